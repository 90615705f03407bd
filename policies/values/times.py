"""When: calendars, clocks, escalation steps, follow-ups and periods."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal
from zoneinfo import available_timezones

from casemgmt.violations import Violation
from policies.values.clock_terms import STARTS, STOPS, ExtensionTerms, PauseReminder
from policies.values.parts import Label, Length, NamedDay, WorkingRange, fault

FIRST_YEAR, LAST_YEAR = 1970, 2120
HOURS_OF_A_DAY = 24
REGION = r"[A-Z]{2}(-[A-Z0-9]{1,3}){0,2}"


@dataclass(frozen=True)
class Calendar:
    """When business is done: ranges per weekday (Monday first), holidays, and make-up days (调休) that work.

    `official_years` are those whose holidays the State Council has announced; all other years are provisional.
    """

    policy_id: int
    code: str
    zone: str
    week: tuple[tuple[WorkingRange, ...], ...]
    make_up_ranges: tuple[WorkingRange, ...]
    holidays: tuple[NamedDay, ...]
    make_up_days: tuple[NamedDay, ...]
    official_years: tuple[int, ...]

    def __hash__(self) -> int:
        return hash((self.policy_id, self.code, self.zone, len(self.holidays), self.official_years))

    def violations_in_itself(self) -> Iterator[Violation]:
        """A zone that exists, seven weekdays, ranges in order, no day named twice, and some time to work in."""
        if self.zone not in available_timezones():
            yield fault("policy.unknown_zone", "zone", zone=self.zone)
        if len(self.week) != 7:
            yield fault("policy.wrong_count", "week", count=7)
        if not any(self.week):
            yield fault("policy.no_working_time", "week")
        for number, ranges in enumerate((*self.week, self.make_up_ranges)):
            ends = [0, *(minute for found in ranges for minute in found.minutes)]
            if any(earlier > later for earlier, later in pairwise(ends)) or any(
                found.minutes[0] == found.minutes[1] for found in ranges
            ):
                yield fault("policy.ranges_out_of_order", f"week[{number}]" if number < 7 else "make_up_ranges")
        if self.make_up_days and not self.make_up_ranges:
            yield fault("policy.no_working_time", "make_up_ranges")
        for number, year in enumerate(self.official_years):
            if not FIRST_YEAR <= year <= LAST_YEAR:
                yield fault("policy.year_out_of_reach", f"official_years[{number}]", first=FIRST_YEAR, last=LAST_YEAR)
            if year in self.official_years[:number]:
                yield fault("policy.year_twice", f"official_years[{number}]", year=year)
        days = [named.day for named in (*self.holidays, *self.make_up_days)]
        for day in sorted({day for day in days if days.count(day) > 1}):
            yield fault("policy.day_twice", "holidays", day=day.isoformat())


@dataclass(frozen=True, slots=True)
class ClockPolicy:
    """One clock of a case, for the severities, categories and regions named (none named: for all).

    Several rows may hold the same `clock`; the most specific one applies. A region is an ISO 3166 code such as
    "CN-ZJ"; it is that of the shop, and "CN" holds in all of its parts. `paused_by` names the categories
    of pause that stop it; `routes` and `bodies` the outside routes and kinds of body that a clock of a route is
    about, `reasons` why the customer writes, as stated. `escalation` is the code of its EscalationSteps, `law` of its
    LegalReferences.
    """

    policy_id: int
    code: str
    clock: str
    label: Label
    starts_on: tuple[str, ...]
    stops_on: tuple[str, ...]
    length: Length
    warn_before: Length
    calendar: str
    escalation: str
    paused_by: tuple[str, ...] = ()
    severities: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    routes: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    moves_to_working_day: bool = False
    extension: ExtensionTerms | None = None
    law: tuple[str, ...] = ()

    def violations_in_itself(self) -> Iterator[Violation]:
        """Some time to do it in, an end, and a warning that can be counted back."""
        if self.length.amount == 0:
            yield fault("policy.no_length", "length")
        for name, known in (("starts_on", STARTS), ("stops_on", STOPS)):
            if not getattr(self, name):
                yield fault("policy.empty_list", name)
            for number, event in enumerate(getattr(self, name)):
                if event not in known:
                    yield fault("policy.not_a_choice", f"{name}[{number}]", choices=", ".join(sorted(known)))
        if self.extension is not None and self.extension.longest.unit != self.length.unit:
            yield fault("policy.extension_in_another_unit", "extension.longest", unit=self.length.unit)
        if self.warn_before.unit not in ("minutes", "hours", "working_minutes"):
            yield fault("policy.warning_in_days", "warn_before")
        for number, region in enumerate(self.regions):
            if not re.fullmatch(REGION, region):
                yield fault("policy.not_a_region", f"regions[{number}]", region=region)


@dataclass(frozen=True, slots=True)
class EscalationStep:
    """Who is told, how long after the due instant. Level 1 is the first."""

    level: int
    after: Length
    to_role: Literal["team_lead", "supervisor", "department_supervisor"]


@dataclass(frozen=True, slots=True)
class EscalationSteps:
    """The ladder of people who hear of something late.

    Whoever is named and does not take note within `acknowledge_within` is reminded, so many times as `reminders` says
    before the next level hears of it too. None: nobody is reminded.
    """

    policy_id: int
    code: str
    calendar: str
    steps: tuple[EscalationStep, ...]
    acknowledge_within: Length | None = None
    reminders: int = 0

    def violations_in_itself(self) -> Iterator[Violation]:
        """Levels count 1, 2, 3 …; at least one. Some time to take note in."""
        if [step.level for step in self.steps] != list(range(1, len(self.steps) + 1)) or not self.steps:
            yield fault("policy.levels_out_of_order", "steps")
        if self.acknowledge_within is not None and self.acknowledge_within.amount == 0:
            yield fault("policy.no_length", "acknowledge_within")
        if self.reminders < 0:
            yield fault("policy.below_zero", "reminders")


HandledOutcome = Literal["remedied", "explained", "refused", "customer_silent", "ruled", "settled_outside"]
FollowUpChannel = Literal["phone", "email", "sms", "online_chat", "qianniu"]


@dataclass(frozen=True, slots=True)
class FollowUpPolicy:
    """When and how the customer is asked how it went, and when trying ends (S-FUP-01).

    The row "default" holds for every case but those of another row: one for cases in which money was given back
    (`after_refund`), else one whose `outcomes` name that of the case. `channel` None is the customer's own. Only
    recorded attempts count towards `attempts_max`; what was asked in writing counts as one after
    `answer_deadline_days` without an answer. In writing it begins as `template`, which a person reads and sends, or,
    with `sent_by` system, goes out by itself. Regular contact that a customer agrees to comes every
    `regular_every_days` for `regular_for_days` (S-FUP-09).
    """

    policy_id: int
    code: str
    delay: Length
    attempts_max: int
    answer_deadline_days: int
    calendar: str
    escalation: str
    outcomes: tuple[HandledOutcome, ...] = ()
    after_refund: bool = False
    channel: FollowUpChannel | None = None
    template: str | None = None
    sent_by: Literal["person", "system"] = "person"
    regular_every_days: int = 90
    regular_for_days: int = 365

    def violations_in_itself(self) -> Iterator[Violation]:
        """At least one attempt and one day; what the system sends has its text."""
        for name in ("attempts_max", "answer_deadline_days", "regular_every_days", "regular_for_days"):
            if getattr(self, name) < 1:
                yield fault("policy.below_one", name)
        if self.sent_by == "system" and not self.template:
            yield fault("policy.no_text", "template")


@dataclass(frozen=True, slots=True)
class PauseCap:
    """The longest that one pause of a category stops a clock, and what it is called."""

    category: str
    label: Label
    days: int
    reminders: tuple[PauseReminder, ...] = ()

    def violations_in_itself(self) -> Iterator[Violation]:
        """It lasts, and reminds one step after the other before it ends."""
        if self.days < 1:
            yield fault("policy.below_one", "pause_caps.days")
        steps = [0, *(step.after_hours for step in self.reminders), self.days * 24]
        if any(earlier >= later for earlier, later in pairwise(steps)):
            yield fault("policy.reminders_out_of_order", "pause_caps.reminders")


@dataclass(frozen=True, slots=True)
class PeriodPolicy:
    """The periods that are no clocks: reopening, advice, pauses, answers, offers, duplicates, late entries.

    `calendar` is the code of the calendar by which the house pays and keeps what it promised. In its working minutes
    a request that waits for a decision is reminded of, and goes up.
    """

    policy_id: int
    code: str
    calendar: str
    reopen_days: int
    unresolved_advice_days: int
    pauses_max: int
    pause_caps: tuple[PauseCap, ...]
    answer_deadline_days: int
    offer_stands_days: int
    evidence_request_days: int
    commitment_warning_hours: int
    task_warning_hours: int
    request_reminder_minutes: int
    request_decision_minutes: int
    progress_message_hours: int
    progress_reminder_minutes: int
    duplicate_window_days: int
    recorded_late_hours: int
    incident_window_days: int
    incident_cases_a_day: int
    return_sending_days: int
    return_settling_days: int
    refund_only_until_hour: int
    refund_only_warning_minutes: int
    agreement_copy_hours: int
    case_authority_days: int
    notices_before_grouped: int
    backlog_notices_grouped: bool
    quiet_reminders: tuple[PauseReminder, ...] = ()

    def pause_cap_days(self, category: str) -> int | None:
        """The cap of a category of pause, or None when the policy knows no such category."""
        cap = self.pause_cap(category)
        return cap and cap.days

    def pause_cap(self, category: str) -> PauseCap | None:
        """What holds for a category of pause, or None when the policy knows no such category."""
        return next((cap for cap in self.pause_caps if cap.category == category), None)

    def violations_in_itself(self) -> Iterator[Violation]:
        """Every period lasts."""
        names = (
            "reopen_days unresolved_advice_days pauses_max answer_deadline_days offer_stands_days "
            "evidence_request_days commitment_warning_hours task_warning_hours request_reminder_minutes "
            "request_decision_minutes progress_message_hours progress_reminder_minutes duplicate_window_days "
            "recorded_late_hours incident_window_days "
            "incident_cases_a_day return_sending_days return_settling_days refund_only_until_hour "
            "refund_only_warning_minutes agreement_copy_hours case_authority_days notices_before_grouped"
        )
        for name in names.split():
            if getattr(self, name) < 1:
                yield fault("policy.below_one", name)
        if self.refund_only_until_hour > HOURS_OF_A_DAY:
            yield fault("policy.beyond_the_day", "refund_only_until_hour")
        if self.request_reminder_minutes >= self.request_decision_minutes:
            yield fault("policy.reminders_out_of_order", "request_reminder_minutes")
