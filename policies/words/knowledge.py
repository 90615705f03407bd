"""Articles, checklists and texts in words, for people who read policies and not codes."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

NAMES: Mapping[str, object] = MappingProxyType(
    {
        "form": pgettext_lazy("template", "form"),
        "items": gettext_lazy("to be ticked"),
        "keywords": gettext_lazy("also found by"),
        "needed_for": gettext_lazy("needed before"),
        "places": gettext_lazy("shown when one"),
        "stages": gettext_lazy("only in the stages"),
        "texts": gettext_lazy("text"),
        "topic": gettext_lazy("topic"),
    }
)
"""entry → what a reader calls it."""

TOPICS: Mapping[str, object] = MappingProxyType(
    {
        "principles": gettext_lazy("Principles"),
        "sentences": gettext_lazy("The seven sentences and other aids"),
        "contingency": gettext_lazy("Contingency plans"),
        "handling": gettext_lazy("Handling a complaint"),
        "talking": gettext_lazy("Talking and writing"),
        "money": gettext_lazy("Compensation"),
        "goods": gettext_lazy("Goods, returns and parcels"),
        "outside": gettext_lazy("Outside bodies"),
        "rights": gettext_lazy("Rights and law"),
    }
)
"""The topics in the order of the page."""

WORDS: Mapping[str, object] = MappingProxyType(
    {
        **TOPICS,
        "message": gettext_lazy("message"),
        "letter": gettext_lazy("letter"),
        "script": gettext_lazy("script"),
        "register": gettext_lazy("registers a complaint"),
        "judge": gettext_lazy("judges"),
        "investigate": gettext_lazy("investigates"),
        "plan": gettext_lazy("plans"),
        "refuse": gettext_lazy("refuses"),
        "talk": gettext_lazy("calls or writes"),
        "pay": gettext_lazy("compensates"),
        "follow_up": gettext_lazy("follows up"),
        "close": gettext_lazy("closes"),
        "outside": gettext_lazy("goes outside"),
        "registered": gettext_lazy("registered"),
        "assessing": gettext_lazy("first assessment"),
        "investigating": gettext_lazy("investigation"),
        "negotiating": gettext_lazy("negotiating a plan"),
        "refusal_proposed": gettext_lazy("refusal proposed"),
        "refused": gettext_lazy("refused"),
        "executing": gettext_lazy("carrying out the plan"),
        "following_up": gettext_lazy("follow-up"),
        "establish": gettext_lazy("Establish the facts"),
        "propose_refusal": gettext_lazy("Propose to refuse"),
        "complete": gettext_lazy("Everything carried out"),
    }
)
"""code → word."""

CODED = frozenset({"form", "needed_for", "places", "stages", "topic"})
"""Entries that are codes of this page."""


def codes_in_words(entry: str | tuple[str, ...]) -> str:
    """One code or several as words with commas."""
    return _(", ").join(str(WORDS.get(code, code)) for code in ((entry,) if isinstance(entry, str) else entry))
