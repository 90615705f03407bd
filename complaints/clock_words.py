"""Clocks in words: their names, their lengths, and how their dates moved, in the reader's language."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from django.utils.translation import get_language, ngettext

from complaints.models import Clock
from policies.lookup import policy_by_id


def clock_name(clock) -> str:
    """What a clock is called: the words of the code for the clocks it knows, else those of its policy."""
    known = dict(Clock.Kind.choices).get(clock.kind)
    if known is not None:
        return str(known)
    return policy_by_id(clock.policy_id).label.in_language(get_language() or "en")


def _minutes(n: int) -> str:
    return ngettext("%(n)s minute", "%(n)s minutes", n)


def _hours(n: int) -> str:
    return ngettext("%(n)s hour", "%(n)s hours", n)


def _working_minutes(n: int) -> str:
    return ngettext("%(n)s working minute", "%(n)s working minutes", n)


def _working_days(n: int) -> str:
    return ngettext("%(n)s working day", "%(n)s working days", n)


def _calendar_days(n: int) -> str:
    return ngettext("%(n)s calendar day", "%(n)s calendar days", n)


UNITS: Mapping[str, Callable[[int], str]] = MappingProxyType(
    {
        "minutes": _minutes,
        "hours": _hours,
        "working_minutes": _working_minutes,
        "working_days": _working_days,
        "calendar_days": _calendar_days,
    }
)


def amount_in_words(amount: int, unit: str) -> str:
    """So much of a unit of time, such as "5 working days"."""
    return UNITS[unit](amount) % {"n": amount}


def extension_in_words(extension, clock) -> str:
    """How much more was asked for, such as "+5 working days"."""
    return f"+{amount_in_words(extension.amount, policy_by_id(clock.policy_id).length.unit)}"
