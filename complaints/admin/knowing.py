"""Which knowledge stands beside which dialog: by places, so that an article of a policy finds its way by itself."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from casemgmt.adminkit.acting import Aside
from policies.knowing import articles_for
from policies.knowledge_page import url_of

PLACES: Mapping[str, str] = MappingProxyType(
    {
        "judge": "judge",
        "settle-directly": "judge",
        "record-finding": "investigate",
        "record-account": "investigate",
        "ask-for-evidence": "investigate",
        "establish": "investigate",
        "draft-plan": "plan",
        "offer-plan": "plan",
        "walk-ladder": "plan",
        "propose-refusal": "refuse",
        "approve-refusal": "refuse",
        "record-call": "talk",
        "write-message": "talk",
        "start-call": "talk",
        "write-call-plan": "talk",
        "draft-grant": "pay",
        "change-grant": "pay",
        "approve-grant": "pay",
        "record-attempt": "follow_up",
        "record-result": "follow_up",
        "write-summary": "close",
        "close": "close",
        "record-route": "outside",
        "wait-outside": "outside",
    }
)
"""action → the place of an article."""


def asides_of(name: str, at: datetime) -> list[Aside]:
    """The articles beside the dialog of this action; none where nothing is said about it."""
    if name not in PLACES:
        return []
    return [Aside(entry.subject, entry.lines, url_of(entry.anchor)) for entry in articles_for(PLACES[name], at)]
