"""What a case expects and what was found, in words: codes of clocks, limits, remedies and the rest by their names."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cached_property
from types import MappingProxyType

from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from policies.in_force import PolicyBook
from policies.models import PolicyRow, PolicyState
from policies.words.calling import WORDS as WORDS_OF_CALLING
from policies.words.codes import words_of
from policies.words.facts import ANSWERS, fact_name

STOOD_AGAINST: Mapping[str, object] = MappingProxyType(
    {
        "nobody": gettext_lazy("nobody"),
        "call.outside_window": gettext_lazy("outside the hours"),
        "call.not_at_this_hour": format_lazy(
            "{} ({})", gettext_lazy("outside the hours"), pgettext_lazy("answer", "the customer")
        ),
        "call.quiet_day": gettext_lazy("quiet day"),
        "call.cap_reached": gettext_lazy("too many calls that day"),
        "call.cap_in_days_reached": gettext_lazy("too many calls in those days"),
        "call.too_soon": gettext_lazy("too soon after the last call"),
        "call.opted_out": gettext_lazy("the customer wants no calls"),
    }
)
"""What stood against a call or a grant, in few words."""

VERDICTS: Mapping[str, object] = MappingProxyType(
    {
        "owed": pgettext_lazy("answer", "owed"),
        "not_owed": pgettext_lazy("answer", "not owed"),
        "unknown": gettext_lazy("cannot be told yet"),
    }
)
NOTHING = "—"
ENTITLED = re.compile(
    r"(?P<verdict>owed|not_owed|unknown)(?: (?P<amount>\d+\.\d\d))?"
    r"(?: without (?P<missing>.+?))?(?: until (?P<until>\S+))?"
)


class AnswerWords:
    """The words for the answers of one book; what has to be read is read once, when a question needs it."""

    def __init__(self, book: PolicyBook):
        self._book = book

    def told(self, question: str, answer: object) -> str:
        """An expected or found answer to `question`, in the language of the reader; instants in local time."""
        match answer:
            case bool():
                return str(ANSWERS["yes" if answer else "no"])
            case datetime():
                return date_format(localtime(answer), "Y-m-d H:i")
            case list() | tuple():
                return _(", ").join(self.told(question, part) for part in answer) or NOTHING
            case None | "" | "nothing" | "nothing of that name":
                return NOTHING
        if question == "entitled":
            return _entitlement_in_words(str(answer))
        if question == "refusal":
            return self._refusal_in_words(str(answer))
        return str(self._codes(question).get(answer, answer))

    def _refusal_in_words(self, answer: str) -> str:
        """An answer in short such as "barred by burden_of_proof"; whatever else is written stays as it is."""
        language = get_language() or "en"
        how, _between, code = answer.rpartition(" ")
        rows = {"barred by": self._latest.refusal_bars, "owed by": self._latest.entitlements}.get(how, {})
        if code in rows:
            words = {"barred by": _("forbidden: %(bar)s"), "owed by": _("owed by law: %(bar)s")}[how]
            return words % {"bar": rows[code].label.in_language(language)}
        if how == "unknown without":
            return _("%(fact)s: %(answers)s") % {"fact": _("missing"), "answers": fact_name(code)}
        return _("allowed") if answer == "allowed" else answer

    def _codes(self, question: str) -> Mapping:
        match question:
            case "clocks":
                return self._clocks
            case "grant":
                return self._limits
            case "wording":
                return self._phrases
            case "promotions":
                return self._promotions
            case "give":
                return {"nobody": _("nobody")}
            case "remedies":
                return words_of("remedies")
            case "attempt":
                return WORDS_OF_CALLING
            case "call":
                return STOOD_AGAINST
            case "call_plan":
                return words_of("plan_because")
        return {}

    @cached_property
    def _latest(self):
        return self._book.on(datetime.max.replace(tzinfo=UTC))

    @cached_property
    def _clocks(self) -> dict[str, str]:
        language = get_language() or "en"
        clocks = sorted(self._latest.clocks.values(), key=lambda clock: not (clock.severities or clock.categories))
        return {clock.clock: clock.label.in_language(language) for clock in clocks}

    @cached_property
    def _phrases(self) -> dict[str, str]:
        language = get_language() or "en"
        return {code: phrase.label.in_language(language) for code, phrase in self._latest.phrases.items()}

    @cached_property
    def _promotions(self) -> dict[str, str]:
        language = get_language() or "en"
        return {code: promotion.label.in_language(language) for code, promotion in self._latest.promotions.items()}

    @cached_property
    def _limits(self) -> dict[str, object]:
        rows = PolicyRow.objects.filter(kind="limit").exclude(state=PolicyState.DISCARDED)
        rows = rows.order_by("edition").defer("body", "cases")
        return {**STOOD_AGAINST, **{row.key: row.title for row in rows}}


def _entitlement_in_words(answer: str) -> str:
    """An answer in short such as "owed 689.00 until 2026-10-12"; whatever else is written stays as it is."""
    found = ENTITLED.fullmatch(answer)
    if found is None:
        return answer
    told = " ".join(str(part) for part in (VERDICTS[found["verdict"]], found["amount"]) if part)
    if found["missing"]:
        told += _(": ") + _("%(fact)s: %(answers)s") % {"fact": _("missing"), "answers": fact_name(found["missing"])}
    return _("%(state)s, until %(due)s") % {"state": told, "due": found["until"]} if found["until"] else told
