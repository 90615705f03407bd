"""Hundreds of cases that are late at one instant, and the reckoning of what a sweep must have made of them."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count

from casemgmt.ledger import signed
from casemgmt.models import Notice, OutboxMessage
from casemgmt.people.models import Person
from casemgmt.setwise import insert_objects
from complaints.actions.reckoning import Reckoner
from complaints.models import Clock, Complaint, Escalation
from complaints.roles import SUPERVISORS
from policies.lookup import policies_in_force
from policies.rules.clocks import level_moments
from tests.cast import AT, Cast

LATE = AT + timedelta(days=35)
"""When the sweep finds them: by then all levels of the old ones have fallen due, and one of the others."""
OLD = 5
"""One in so many has been overdue for weeks."""


def overdue_cases(cast: Cast, count: int, *, since: int = 0) -> None:
    """So many cases whose first answer is late at LATE; one in OLD so long that every level has fallen due."""
    policies = policies_in_force(AT)
    ladder = policies.escalations["overdue"].policy_id
    calendar = policies.calendars["cn-official"].policy_id
    numbers = range(since, since + count)
    cases = [
        Complaint(
            case_number=f"K{number:08}",
            complainant="unknown",
            channel="phone",
            received_at=AT,
            registered_at=AT,
            registered_by=cast.ana,
            team=cast.team,
        )
        for number in numbers
    ]
    with signed(by=cast.ana, reason="test", at=AT):
        insert_objects(cases)
        insert_objects(
            [
                Clock(
                    case=case,
                    kind=Clock.Kind.FIRST_RESPONSE,
                    policy_id=policies.clocks["first_response"].policy_id,
                    started_at=AT,
                    due_at=_due(number),
                    first_due_at=_due(number),
                    next_level=1,
                    next_level_at=_due(number),
                    days_policy_id=calendar,
                    working={"escalation": ladder, "calendar": calendar},
                )
                for number, case in zip(numbers, cases, strict=True)
            ]
        )


def _due(number: int) -> datetime:
    if number % OLD == 0:
        return AT + timedelta(days=1, seconds=number)
    return LATE - timedelta(seconds=1 + number % 600)


@dataclass(frozen=True)
class Account:
    """What became of every level that had fallen due: `wanted` of them; the rest must be nought."""

    wanted: int
    lost: int
    doubled: int
    uncalled: int
    wrong_times: int
    without_one_record: int
    without_one_notice: int
    without_one_letter: int
    clocks_moved_wrongly: int

    @property
    def is_clean(self) -> bool:
        """Each level once, with one row of history, one notice, one letter, and each clock moved on once."""
        return self.wanted > 0 and not any(
            (
                self.lost,
                self.doubled,
                self.uncalled,
                self.wrong_times,
                self.without_one_record,
                self.without_one_notice,
                self.without_one_letter,
                self.clocks_moved_wrongly,
            )
        )


def account_at(at: datetime) -> Account:
    """Compare what stands in the tables with what the policies say had fallen due before `at`.

    Works the levels out clock by clock, as the sweep does not. Nothing but such cases may be overdue.
    """
    reckoner = Reckoner()
    wanted: dict[tuple[str, int], datetime] = {}
    clocks = list(Clock.objects.filter(case__case_number__startswith="K"))
    for clock in clocks:
        steps, time = reckoner.ladder(
            clock.working["escalation"], clock.working["calendar"], clock.days_policy_id, clock.started_at
        )
        for moment in level_moments(steps, clock.due_at, time):
            if moment.at < at:
                wanted[f"clock:{clock.pk}", moment.level] = moment.at
    raised = list(Escalation.objects.values_list("pk", "cause", "level", "due_at", "to_person"))
    made = Counter((cause, level) for _pk, cause, level, _due, _person in raised)
    records = Counter(Escalation.history.filter(history_type="+").values_list("id", flat=True))
    others = set(Escalation.history.exclude(history_type="+").values_list("id", flat=True))
    supervisors = list(Person.objects.filter(groups__name=SUPERVISORS, is_active=True).values_list("pk", flat=True))
    keys = [
        f"notice.escalated:{cause}:{level}:{due.isoformat()}:{told}"
        for _pk, cause, level, due, person in raised
        for told in ([person] if person else supervisors)
    ]
    notices, letters = (
        Counter(model.objects.filter(**only).values_list("key", flat=True))
        for model, only in ((Notice, {}), (OutboxMessage, {"channel": "email"}))
    )
    moves = Clock.history.filter(history_type="~").values("id").annotate(times=Count("*"))
    moved = dict(moves.values_list("id", "times"))
    due = {int(cause.removeprefix("clock:")) for cause, _level in wanted}
    return Account(
        wanted=len(wanted),
        lost=len(wanted.keys() - made.keys()),
        doubled=sum(times - 1 for times in made.values()),
        uncalled=len(made.keys() - wanted.keys()),
        wrong_times=sum(wanted.get((cause, level)) != due_at for _pk, cause, level, due_at, _person in raised),
        without_one_record=sum(records[pk] != 1 or pk in others for pk, *_ in raised),
        without_one_notice=sum(notices[key] != 1 for key in keys) + abs(len(notices) - len(keys)),
        without_one_letter=sum(letters[key] != 1 for key in keys) + abs(len(letters) - len(keys)),
        clocks_moved_wrongly=sum(moved.get(clock.pk, 0) != (clock.pk in due) for clock in clocks),
    )
