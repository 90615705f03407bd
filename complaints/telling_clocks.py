"""Why a deadline is when it is, as plain values, and the same as text that can be read without this software.

Pure: what is told here was worked out before, from stored rows and events.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from policies.rules.working_time import Stretch


@dataclass(frozen=True, slots=True)
class ToldStretch:
    """Days alike, or the pieces of one day that are alike. `counted` and `so_far` are in the unit of the length."""

    first: datetime
    last: datetime
    times: str
    days: int
    kind: str
    label: str
    make_up: bool
    counted: str
    so_far: str

    @property
    def is_counted(self) -> bool:
        """Whether it brought the deadline nearer."""
        return self.kind == "counted"


@dataclass(frozen=True, slots=True)
class ToldChange:
    """One move of the deadline, with the policy row behind it."""

    at: datetime
    cause: str
    before: datetime
    after: datetime
    policy: str


@dataclass(frozen=True, slots=True)
class ToldPause:
    """A pause that the policy lets stop this clock."""

    category: str
    reason: str
    asked: str
    began_at: datetime
    ended_at: datetime | None
    how: str


@dataclass(frozen=True, slots=True)
class ToldExtension:
    """More time that was given."""

    amount: str
    reason: str
    asked_by: str
    decided_by: str
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """The whole explanation of one clock. `due` is worked out just now; `stored` is what the case shows.

    `pieces` are the stretches as they were counted, one by one.
    """

    case_number: str
    label: str
    started: datetime
    started_by: str
    length: str
    due: datetime | None
    stored: datetime
    first_due: datetime
    stopped_at: datetime | None
    is_same: bool
    is_provisional: bool
    stretches: tuple[ToldStretch, ...]
    sum: str
    without_pauses: datetime | None
    without_extensions: datetime | None
    changes: tuple[ToldChange, ...]
    pauses: tuple[ToldPause, ...]
    extensions: tuple[ToldExtension, ...]
    policy: str
    policy_source: str
    calendar: str
    calendar_source: str
    merged_from: str
    pieces: tuple[Stretch, ...] = ()

    @property
    def paused(self) -> bool:
        """Whether it stands still now."""
        return self.due is None


def day_in_words(instant: datetime) -> str:
    """A day with its weekday, in local time."""
    return date_format(localtime(instant), "Y-m-d D")


def moment_in_words(instant: datetime) -> str:
    """A day and a time of day, in local time; midnight is told as the end of the day before."""
    return date_format(localtime(instant), "Y-m-d D H:i")


def days_of(stretch: ToldStretch) -> str:
    """From which day to which."""
    first, last = day_in_words(stretch.first), day_in_words(stretch.last)
    return first if first == last else f"{first} – {last}"


def told_as_text(told: Told) -> str:
    """The explanation as plain text in the reader's language: every line of the page, in the same order."""
    return "\n".join(_lines(told)) + "\n"


def _lines(told: Told) -> Iterator[str]:
    yield _("%(case)s · %(clock)s") % {"case": told.case_number, "clock": told.label}
    if told.due is None:
        yield _("Due: it stands still; when it runs on, the date follows.")
    else:
        yield _("Due: %(due)s") % {"due": moment_in_words(told.due)}
    yield _("First due: %(due)s") % {"due": moment_in_words(told.first_due)}
    yield _("Began: %(began)s, %(event)s") % {"began": moment_in_words(told.started), "event": told.started_by}
    yield _("Length: %(length)s") % {"length": told.length}
    if told.is_provisional:
        yield _("Provisional: the holidays of a year on the way are not announced yet; the date may move.")
    if told.merged_from:
        yield _("Taken over: the deadline of the merged case %(case)s") % {"case": told.merged_from}
    yield ""
    for stretch in told.stretches:
        yield _stretch_line(stretch)
    if told.sum:
        yield told.sum
    yield ""
    for pause in told.pauses:
        yield _pause_line(pause)
    for more in told.extensions:
        yield _("More time: %(amount)s; %(reason)s (asked by %(asker)s, given by %(giver)s, %(at)s)") % {
            "amount": more.amount, "reason": more.reason, "asker": more.asked_by, "giver": more.decided_by,
            "at": moment_in_words(more.decided_at),
        }  # fmt: skip
    if told.without_pauses is not None:
        yield _("Without pauses: %(due)s") % {"due": moment_in_words(told.without_pauses)}
    if told.without_extensions is not None:
        yield _("Without more time: %(due)s") % {"due": moment_in_words(told.without_extensions)}
    for change in told.changes:
        yield _("%(at)s: %(before)s became %(after)s, because %(cause)s (%(policy)s)") % {
            "at": moment_in_words(change.at), "before": moment_in_words(change.before),
            "after": moment_in_words(change.after), "cause": change.cause, "policy": change.policy,
        }  # fmt: skip
    yield ""
    yield _("Policy: %(policy)s") % {"policy": told.policy}
    yield f"  {told.policy_source}"
    yield _("Calendar: %(calendar)s") % {"calendar": told.calendar}
    yield f"  {told.calendar_source}"
    yield replay_in_words(told)


def replay_in_words(told: Told) -> str:
    """Whether working it out again gave what is stored."""
    if told.is_same:
        return _("Worked out again from the stored policy and events: the same result.")
    return _("Worked out again from the stored policy and events: another result, %(stored)s is stored.") % {
        "stored": moment_in_words(told.stored)
    }


def _stretch_line(stretch: ToldStretch) -> str:
    parts = [days_of(stretch), stretch.times, stretch.label]
    if stretch.counted:
        parts.append(_("%(counted)s, so far %(so_far)s") % {"counted": stretch.counted, "so_far": stretch.so_far})
    return "  " + " | ".join(part for part in parts if part)


def _pause_line(pause: ToldPause) -> str:
    until = moment_in_words(pause.ended_at) if pause.ended_at else _("still")
    told = _("Pause: %(category)s, %(began)s to %(until)s; %(reason)s; asked: %(asked)s") % {
        "category": pause.category, "began": moment_in_words(pause.began_at), "until": until, "reason": pause.reason,
        "asked": pause.asked,
    }  # fmt: skip
    return f"{told} ({pause.how})" if pause.how else told
