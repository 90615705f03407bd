"""The policies of calling in words, for people who read policies and not codes."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from policies.values import AttemptStep, GuideStep, Label, ReasonScript
from policies.words.codes import gaps_in_words, word_for

NAMES: Mapping[str, object] = MappingProxyType(
    {
        "emotions": gettext_lazy("when the customer is"),
        "exempt_purposes": gettext_lazy("never for the purposes"),
        "fallbacks_min": gettext_lazy("other ways out at least"),
        "in_calls": gettext_lazy("conduct in calls"),
        "in_writing": gettext_lazy("conduct in writing"),
        "mailed_channels": gettext_lazy("what counts as a mailed item"),
        "penalty_points": gettext_lazy("points that the platform takes for harassment"),
        "quiet_hours": gettext_lazy("quiet hours"),
        "reasons": gettext_lazy("the reason said, by complaint"),
        "states": gettext_lazy("when the case stands at"),
        "when_legal": gettext_lazy("in a legal dispute"),
        "when_opinion_risk": gettext_lazy("with a risk of public opinion"),
    }
)
"""entry of a policy → what a reader calls it."""

WORDS: Mapping[str, object] = MappingProxyType(
    {
        "no_answer": gettext_lazy("no answer"),
        "busy": pgettext_lazy("call", "busy"),
        "switched_off": gettext_lazy("switched off or empty number"),
        "wrong_number": gettext_lazy("wrong number or address"),
        "call_later": gettext_lazy("wants a call later"),
        "declined": gettext_lazy("customer does not want to talk"),
        "call_again": gettext_lazy("call again"),
        "other_channel": gettext_lazy("take another channel"),
        "write_once": gettext_lazy("write once, then wait"),
        "check_number": gettext_lazy("check the number first"),
        "stop_calling": gettext_lazy("stop calling"),
        "parcel": gettext_lazy("mailed item"),
        "letter": gettext_lazy("letter"),
        "sms": gettext_lazy("SMS"),
        "email": gettext_lazy("e-mail"),
        "online_chat": gettext_lazy("online chat"),
        "qianniu": gettext_lazy("Qianniu"),
        "platform": gettext_lazy("platform complaint"),
        "agitated": gettext_lazy("agitated"),
        "out_of_control": gettext_lazy("out of control"),
        "negotiating": gettext_lazy("negotiation"),
        "refusal_proposed": gettext_lazy("refusal proposed"),
        "refused": gettext_lazy("refused"),
        "critical": gettext_lazy("grave"),
        "high": gettext_lazy("serious"),
        "normal": gettext_lazy("ordinary"),
        "low": gettext_lazy("minor"),
        "general": gettext_lazy("general"),
        "first_answer": gettext_lazy("first answer"),
        "follow_up": gettext_lazy("follow-up"),
        "commitment_kept": gettext_lazy("promise carried out"),
        "quality": gettext_lazy("quality problem"),
        "not_as_described": gettext_lazy("not as described"),
        "unwanted": gettext_lazy("no longer wanted"),
        "wrong_item": gettext_lazy("wrong item sent"),
        "short_shipment": gettext_lazy("items missing"),
        "damaged": gettext_lazy("goods damaged"),
        "not_received": gettext_lazy("goods not received"),
        "logistics": gettext_lazy("trouble with the courier"),
        "late_dispatch": gettext_lazy("late dispatch"),
        "service_attitude": gettext_lazy("attitude of staff"),
        "refund_delay": gettext_lazy("refund or payment late"),
    }
)
"""code → word; a code that stands here is never shown as such."""

CODED = frozenset({"emotions", "exempt_purposes", "mailed_channels", "states"})
"""Entries that are lists of codes."""


def codes_in_words(codes: tuple[str, ...]) -> str:
    """Codes as words with commas; one that no word is known for stays as it is."""
    return _(", ").join(str(WORDS.get(code, code)) for code in codes)


def part_in_words(part: AttemptStep | GuideStep | ReasonScript, length_in_words) -> str:
    """A step of a ladder, a step of a talk or a script, in lines; lengths are worded by `length_in_words`."""
    match part:
        case AttemptStep():
            said = {"outcome": WORDS[part.outcome], "attempt": part.attempt, "deed": WORDS[part.deed]}
            if part.after is None:
                return _("%(outcome)s, time %(attempt)s: %(deed)s") % said
            return _("%(outcome)s, time %(attempt)s: %(deed)s after %(after)s") % {
                **said, "after": length_in_words(part.after),
            }  # fmt: skip
        case GuideStep():
            told = [f"{_label(part.label)}{_(': ')}{gaps_in_words(part.say)}"]
            told += [_("Mind: %(words)s") % {"words": _sentences(part.mind)}] if part.mind else []
            told += [_("Avoid: %(words)s") % {"words": _sentences(part.avoid)}] if part.avoid else []
            return "\n".join(told)
    reasons = _(", ").join(word_for("reasons", code) for code in part.reasons)
    return f"{reasons}{_(': ')}{gaps_in_words(part.say)}"


def _sentences(labels: tuple[Label, ...]) -> str:
    return _("; ").join(_label(label).rstrip("。.") for label in labels)


def _label(label: Label) -> str:
    return label.in_language(get_language() or "en")
