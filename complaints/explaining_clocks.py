"""How a deadline came about: replayed from the policy rows and events that its clock keeps, and told in words."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from complaints.actions.reckoning import Reckoner, extensions_of, pauses_of
from complaints.clock_words import amount_in_words, clock_name, extension_in_words
from complaints.models import Clock, Complaint
from complaints.states import ExtensionState
from complaints.telling_clocks import Told, ToldChange, ToldExtension, ToldPause, ToldStretch
from policies.lookup import PolicyWords, policies_in_words
from policies.rules.clocks import explain_due
from policies.rules.working_time import Stretch

IN_DAYS = ("working_days", "calendar_days")


def told_of(case: Complaint, clock: Clock, at: datetime) -> Told:
    """The clock worked out again, with everything that made it; `at` is until when a paused one is told."""
    reckoner = Reckoner()
    policy = reckoner.policy(clock)
    time = reckoner.time_of(clock)
    pauses, extensions = _counted_pauses(case, clock), extensions_of(clock)
    found = explain_due(policy, clock.started_at, time, *reckoner.events_behind(clock, pauses, extensions), at=at)
    due = reckoner.due(clock, pauses, extensions)
    changes = list(clock.changes.all())
    calendar_id, days_id = clock.working["calendar"], clock.days_policy_id
    words = policies_in_words({clock.policy_id, calendar_id, days_id, *(change.policy_id for change in changes)})
    stretches = _told_stretches(found.stretches, found.length.unit)
    adopted = clock.working.get("adopted") or list(filter(None, [clock.working.get("taken_over")]))
    return Told(
        case_number=case.case_number,
        label=clock_name(clock),
        started=clock.started_at,
        started_by=event_in_words(clock.started_on),
        length=_length_in_words(policy.length, found.length),
        due=due,
        stored=clock.due_at,
        first_due=clock.first_due_at,
        stopped_at=clock.stopped_at,
        is_same=due in (None, clock.due_at),
        is_provisional=found.provisional,
        stretches=stretches,
        sum=_sum(stretches) if due is not None else "",
        without_pauses=_other(found.due_without_pauses_at, found.due_at),
        without_extensions=_other(found.due_without_extensions_at, found.due_at),
        changes=tuple(
            ToldChange(
                change.changed_at,
                str(change.get_cause_display()),
                change.due_before,
                change.due_after,
                edition_in_words(words[change.policy_id]),
            )
            for change in changes
        ),
        pauses=tuple(_told_pauses(case, policy.paused_by)),
        extensions=tuple(_told_extensions(clock)),
        policy=_row_in_words(words[clock.policy_id]),
        policy_source=words[clock.policy_id].source,
        calendar=_calendar_in_words(words[calendar_id], words[days_id], time.calendar),
        calendar_source=words[days_id].source,
        merged_from=str(Complaint.objects.get(pk=adopted[-1]["case"]).case_number) if adopted else "",
        pieces=found.stretches,
    )


def _counted_pauses(case: Complaint, clock: Clock) -> list:
    """The pauses of the case; of a clock that has stopped, those that were over by then."""
    pauses = pauses_of(case)
    if clock.stopped_at is None:
        return pauses
    return [pause for pause in pauses if pause.ended_at is not None and pause.ended_at <= clock.stopped_at]


def event_in_words(event: str) -> str:
    """What a clock began with."""
    words = {
        "case.registered": _("with the receipt of the complaint"),
        "case.reopened": _("with the case taken up again"),
        "case.judged": _("with the first judgement"),
        "case.executing": _("with the customer's yes to the plan"),
        "evidence.asked": _("with the request for evidence"),
        "route.filed": _("with the filing outside"),
        "route.accepted": _("with the acceptance outside"),
    }
    return words.get(event, event)


def edition_in_words(row: PolicyWords) -> str:
    """Title and edition of a policy row."""
    return _("%(title)s, edition %(edition)s") % {"title": row.title, "edition": row.edition}


def _row_in_words(row: PolicyWords) -> str:
    return _("%(edition)s, from %(day)s, drafted by %(drafter)s, switched on by %(activator)s") % {
        "edition": edition_in_words(row),
        "day": f"{localtime(row.valid_from):%Y-%m-%d}",
        "drafter": row.drafted_by,
        "activator": row.activated_by,
    }


def _calendar_in_words(hours: PolicyWords, days: PolicyWords, calendar) -> str:
    official = _(", ").join(str(year) for year in calendar.official_years)
    if hours == days:
        return _("%(edition)s; official years: %(years)s") % {"edition": edition_in_words(hours), "years": official}
    return _("hours of %(hours)s; days of edition %(days)s; official years: %(years)s") % {
        "hours": edition_in_words(hours), "days": days.edition, "years": official,
    }  # fmt: skip


def _length_in_words(own, extended) -> str:
    told = amount_in_words(own.amount, own.unit)
    if own.unit in IN_DAYS:
        told = _("%(length)s, the first day not counted") % {"length": told}
    if extended.amount == own.amount:
        return told
    more = amount_in_words(extended.amount - own.amount, own.unit)
    return _("%(length)s, and %(more)s more") % {"length": told, "more": more}


def _other(due: datetime | None, told: datetime | None) -> datetime | None:
    return due if due != told else None


def _told_pauses(case: Complaint, stopping: Iterable[str]):
    for pause in case.pauses.select_related("reason", "asked_what"):
        if pause.category in stopping:
            yield ToldPause(
                str(pause.get_category_display()),
                str(pause.reason),
                f"{pause.get_asked_of_display()}, {pause.asked_what}",
                pause.began_at,
                pause.ended_at,
                str(pause.get_end_cause_display()) if pause.end_cause else "",
            )


def _told_extensions(clock: Clock):
    granted = clock.extensions.filter(state=ExtensionState.APPROVED)
    for row in granted.select_related("reason", "asked_by", "decided_by"):
        yield ToldExtension(
            extension_in_words(row, clock), str(row.reason), row.asked_by.name, row.decided_by.name, row.decided_at
        )


# -- the stretches, day by day ---------------------------------------------------------------------------------


def _told_stretches(stretches: Iterable[Stretch], unit: str) -> tuple[ToldStretch, ...]:
    """The way as rows: pieces of a day that are alike stand together, and so do days alike that follow each other."""
    rows: list[ToldStretch] = []
    counted = timedelta()
    days = 0
    for stretch in stretches:
        if stretch.kind == "off_hours":
            continue
        whole_days = unit in IN_DAYS or stretch.kind in ("holiday", "day_off")
        if stretch.kind == "counted":
            counted, days = counted + (stretch.ended_at - stretch.began_at), days + 1
        row = _row(stretch, unit, counted, days, whole_days)
        if rows and _belong_together(rows[-1], row, whole_days):
            rows[-1] = _joined(rows[-1], row, whole_days)
        else:
            rows.append(row)
    return tuple(rows)


def _row(stretch: Stretch, unit: str, counted: timedelta, days: int, whole_days: bool) -> ToldStretch:
    began, ended = localtime(stretch.began_at), localtime(stretch.ended_at)
    last = localtime(stretch.ended_at - timedelta(microseconds=1))
    in_days = unit in IN_DAYS
    length = "1" if in_days else in_hours(stretch.ended_at - stretch.began_at)
    is_counted = stretch.kind == "counted"
    return ToldStretch(
        first=began,
        last=last,
        times="" if whole_days else f"{began:%H:%M}–{_closing(began, ended)}",
        days=1,
        kind=stretch.kind,
        label=_label(stretch),
        make_up=stretch.make_up,
        counted=length if is_counted else "",
        so_far=(str(days) if in_days else in_hours(counted)) if is_counted else "",
    )


def _closing(began: datetime, ended: datetime) -> str:
    if ended.date() == began.date():
        return f"{ended:%H:%M}"
    return "24:00" if ended - began <= timedelta(days=1) and ended.hour + ended.minute == 0 else f"{ended:%m-%d %H:%M}"


def _belong_together(before: ToldStretch, row: ToldStretch, whole_days: bool) -> bool:
    alike = (before.kind, before.label) == (row.kind, row.label)
    if whole_days:
        return alike and before.times == "" and row.first.date() - before.last.date() <= timedelta(days=1)
    return alike and before.times != "" and row.first.date() == before.last.date()


def _joined(before: ToldStretch, row: ToldStretch, whole_days: bool) -> ToldStretch:
    if whole_days:
        days = before.days + 1
        return replace(before, last=row.last, days=days, counted=str(days) if before.counted else "", so_far=row.so_far)
    together = _in_minutes(before.counted) + _in_minutes(row.counted)
    return replace(
        before,
        last=row.last,
        times=f"{before.times}, {row.times}",
        counted=in_hours(timedelta(minutes=together)) if before.counted else "",
        so_far=row.so_far,
    )


def in_hours(span: timedelta) -> str:
    """A span as hours and minutes, such as "7:30"."""
    minutes = int(span.total_seconds() // 60)
    return f"{minutes // 60}:{minutes % 60:02}"


def _in_minutes(told: str) -> int:
    hours, _colon, minutes = told.partition(":")
    return int(hours) * 60 + int(minutes) if told else 0


def _sum(stretches: Iterable[ToldStretch]) -> str:
    counted = [stretch for stretch in stretches if stretch.is_counted]
    if not counted:
        return ""
    return f"{' + '.join(stretch.counted for stretch in counted)} = {counted[-1].so_far}"


def _label(stretch: Stretch) -> str:
    kinds = {
        "counted": _("counted"),
        "paused": _("paused"),
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
    return f"{label} · {name}" if name else label
