"""The phrase library in words, for people who read policies and not codes."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

NAMES: Mapping[str, object] = MappingProxyType(
    {
        "arises_in": gettext_lazy("arises in"),
        "covered_by": gettext_lazy("fits when approved as"),
        "detects": gettext_lazy("numbers found"),
        "forms": gettext_lazy("wordings"),
        "gravity": gettext_lazy("how grave"),
        "group": pgettext_lazy("phrase", "group"),
        "instead": gettext_lazy("say instead"),
        "kept_by": pgettext_lazy("phrase", "kept by"),
        "unless": gettext_lazy("harmless as"),
        "why": gettext_lazy("why"),
    }
)
"""entry of a phrase → what a reader calls it."""

SEVERITIES: Mapping[str, object] = MappingProxyType(
    {
        "block": gettext_lazy("must not be sent"),
        "needs_approval": gettext_lazy("needs approval"),
        "warn": gettext_lazy("mind this"),
    }
)
"""How grave a phrase is, as the composer says it."""

WORDS: Mapping[str, object] = MappingProxyType(
    {
        **SEVERITIES,
        "taboo": gettext_lazy("taboo"),
        "over_promise": gettext_lazy("promise that is hard to keep"),
        "blame": gettext_lazy("blame"),
        "insult": gettext_lazy("insult"),
        "threat": gettext_lazy("threat"),
        "refusal": gettext_lazy("flat refusal"),
        "fobbing_off": gettext_lazy("fobbing off"),
        "impatience": gettext_lazy("impatience"),
        "jargon": gettext_lazy("jargon"),
        "unfair_term": gettext_lazy("unfair term"),
        "obstacle": gettext_lazy("obstacle to a right"),
        "personal_data": gettext_lazy("personal data"),
        "off_platform": gettext_lazy("payment or contact outside the platform"),
        "conduct": gettext_lazy("conduct"),
        "words": gettext_lazy("words and conduct of staff"),
        "rules": gettext_lazy("rules of the company"),
        "communication": gettext_lazy("ways of communicating"),
        "id_number": gettext_lazy("number of an identity card"),
        "bank_card": gettext_lazy("number of a bank card"),
        "mobile_number": gettext_lazy("number of a mobile phone"),
    }
)
"""code → word."""

CODED = frozenset({"group", "gravity", "arises_in", "detects"})
"""Entries that are codes of this page."""


def codes_in_words(entry: str | tuple[str, ...]) -> str:
    """One code or several as words with commas."""
    return _(", ").join(str(WORDS.get(code, code)) for code in ((entry,) if isinstance(entry, str) else entry))
