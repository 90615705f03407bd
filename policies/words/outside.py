"""Bodies outside and the ways to deal with them in words, for people who read policies and not codes."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import gettext_lazy, pgettext_lazy

NAMES: Mapping[str, object] = MappingProxyType(
    {
        "advised": gettext_lazy("named to customers"),
        "answer_warning_hours": gettext_lazy("hours of warning before an answer to a body is due"),
        "answers": gettext_lazy("by when it is answered"),
        "body_kind": gettext_lazy("kind of body"),
        "hearing_warning_hours": gettext_lazy("hours of warning before a hearing"),
        "ladder": gettext_lazy("rungs in their order"),
        "media_answered_by": gettext_lazy("who may answer the press"),
        "needs": gettext_lazy("what it needs"),
        "phone": pgettext_lazy("phone", "number"),
        "points_alarm": gettext_lazy("penalty points that are grave"),
        "points_window_days": gettext_lazy("days in which penalty points count"),
        "review_answer_hours": gettext_lazy("hours to answer a public review"),
        "review_approval_stars": gettext_lazy("stars up to which two people answer a review"),
        "route": gettext_lazy("outside route"),
        "site": gettext_lazy("web page"),
    }
)
"""entry → what a reader calls it."""

SPOKESPERSONS = (
    ("handler", gettext_lazy("the handler")),
    ("team_lead", gettext_lazy("the team lead")),
    ("supervisor", gettext_lazy("the supervisor")),
)
"""Who may speak to the press, by the code of the policy."""
