"""How a deadline came about: replayed from the policy rows that made it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from complaints.actions.reckoning import Reckoner, extensions_of, pauses_of
from complaints.admin.case_facts import short
from complaints.clock_words import clock_name
from complaints.models import Clock, Complaint
from policies.lookup import policy_in_words
from policies.rules.clocks import explain_due

SHOWN_STRETCHES = 60


@dataclass(frozen=True, slots=True)
class StretchLine:
    """One stretch on the way to the deadline."""

    began: str
    ended: str
    kind: str
    label: str
    minutes: int
    is_counted: bool


@dataclass(frozen=True, slots=True)
class Why:
    """The explanation of one clock, in words."""

    label: str
    started: str
    due: str
    first_due: str
    replayed: bool
    length: str
    policy: str
    policy_source: str
    calendar: str
    provisional: bool
    stretches: tuple[StretchLine, ...]
    is_cut: bool
    paused: bool
    adopted_from: str


def explanation_of(case: Complaint, clock: Clock, at: datetime) -> Why:
    """The arithmetic of the clock, computed again from its start, its policy row and the pauses of the case."""
    reckoner = Reckoner()
    policy = reckoner.policy(clock)
    found = explain_due(policy, clock.started_at, reckoner.time_of(clock), pauses_of(case), extensions_of(clock), at=at)
    row = policy_in_words(clock.policy_id)
    adopted = clock.working.get("adopted")
    adopted = adopted[-1] if adopted else None
    return Why(
        label=clock_name(clock),
        started=short(clock.started_at),
        due=short(clock.due_at),
        first_due=short(clock.first_due_at),
        replayed=found.due_at == clock.due_at or bool(adopted) or clock.stopped_at is not None,
        length=_length(policy.length),
        policy=_("%(title)s, edition %(edition)s") % {"title": row.title, "edition": row.edition},
        policy_source=row.source,
        calendar=policy_in_words(clock.working["calendar"]).title,
        provisional=found.provisional,
        stretches=tuple(_line(stretch) for stretch in found.stretches[:SHOWN_STRETCHES]),
        is_cut=len(found.stretches) > SHOWN_STRETCHES,
        paused=found.due_at is None,
        adopted_from=str(Complaint.objects.get(pk=adopted["case"])) if adopted else "",
    )


def _length(length) -> str:
    words = {
        "minutes": _("%(n)s minutes"),
        "hours": _("%(n)s hours, day and night"),
        "working_minutes": _("%(n)s working minutes"),
        "working_days": _("%(n)s working days, the first day not counted"),
        "calendar_days": _("%(n)s calendar days, the first day not counted"),
    }
    return words[length.unit] % {"n": length.amount}


def _line(stretch) -> StretchLine:
    kinds = {
        "counted": _("counted"),
        "paused": _("paused"),
        "off_hours": _("outside working hours"),
        "day_off": _("day off"),
        "holiday": _("holiday"),
        "start_day": _("first day, not counted"),
    }
    label = kinds.get(stretch.kind, stretch.kind)
    name = stretch.name
    if name is not None and hasattr(name, "in_language"):
        name = name.in_language(get_language() or "zh-hans")
    if stretch.make_up:
        label = _("%(label)s, make-up working day") % {"label": label}
    return StretchLine(
        short(stretch.began_at),
        short(stretch.ended_at),
        stretch.kind,
        f"{label} · {name}" if name else label,
        round((stretch.ended_at - stretch.began_at).total_seconds() / 60),
        stretch.kind == "counted",
    )
