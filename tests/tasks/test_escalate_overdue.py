"""The overdue sweep: each level that fell due, once for ever, whenever it runs and however often."""

from datetime import timedelta

import pytest
from django.db import connection

from casemgmt.ledger import signed
from casemgmt.models import Notice, OutboxMessage
from complaints.actions import overdue
from complaints.actions.retrying import retry_set_aside
from complaints.actions.timing import stop_clock
from complaints.models import Clock, Complaint, ComplaintSubject, Escalation, SetAside
from complaints.states import EscalationState
from tests.building import a_registered_case, an_assessing_case
from tests.cast import AT, later

pytestmark = pytest.mark.django_db


def first_response(case):
    return case.clocks.get(kind=Clock.Kind.FIRST_RESPONSE)


def levels_of(clock):
    cause = f"clock:{clock.pk}"
    return list(Escalation.objects.filter(cause=cause).values_list("level", "due_at", "raised_at").order_by("level"))


def test_nothing_happens_at_the_due_instant_itself(cast):
    case = a_registered_case(cast)
    clock = first_response(case)
    assert overdue.escalate_overdue(clock.due_at).done == 0
    assert levels_of(clock) == []


def test_a_moment_later_the_first_level_goes_to_the_team_lead(cast):
    case = an_assessing_case(cast)
    clock = first_response(case)
    at = clock.due_at + timedelta(seconds=1)
    assert overdue.escalate_overdue(at)[:2] == (1, 1)
    assert levels_of(clock) == [(1, clock.due_at, at)]
    escalation = Escalation.objects.get()
    assert escalation.to_person == cast.sven
    assert escalation.raised_by == cast.system
    assert Notice.objects.get(code="notice.escalated.clock").person == cast.sven
    assert OutboxMessage.objects.get(kind="notice.escalated.clock").recipient == cast.sven


def test_twice_changes_nothing(cast):
    case = an_assessing_case(cast)
    at = first_response(case).due_at + timedelta(seconds=1)
    overdue.escalate_overdue(at)
    before = list(Escalation.objects.values()), list(Notice.objects.values())
    assert overdue.escalate_overdue(at).selected == 0
    assert overdue.escalate_overdue(at + timedelta(minutes=1)).selected == 0
    assert (list(Escalation.objects.values()), list(Notice.objects.values())) == before


@pytest.mark.parametrize(
    ("outage", "levels"), [(timedelta(hours=36), [1, 2]), (timedelta(days=40), [1, 2, 3])], ids=["36 h", "40 days"]
)
def test_after_an_outage_each_missed_level_is_made_once_with_both_times(cast, outage, levels):
    case = an_assessing_case(cast)
    clock = first_response(case)
    at = clock.due_at + outage
    overdue.escalate_overdue(at)
    found = levels_of(clock)
    assert [level for level, _, _ in found] == levels
    assert found[0][1] == clock.due_at
    assert all(due < at and raised == at for _, due, raised in found)
    assert sorted(due for _, due, _ in found) == [due for _, due, _ in found]
    clock.refresh_from_db()
    assert clock.next_level == (levels[-1] + 1 if levels[-1] < 3 else None)


def test_the_history_names_the_system_the_reason_and_both_times(cast):
    case = an_assessing_case(cast)
    at = first_response(case).due_at + timedelta(minutes=3)
    overdue.escalate_overdue(at)
    row = Escalation.objects.get().history.get()
    assert (row.history_user_id, row.history_change_reason, row.history_source) == (
        str(cast.system.pk),
        "escalation.raised",
        "task",
    )


def test_whoever_the_complaint_is_about_is_passed_over(cast):
    case = an_assessing_case(cast)
    ComplaintSubject.objects.create(case=case, person=cast.sven, named_by=cast.tara, named_at=AT)
    overdue.escalate_overdue(first_response(case).due_at + timedelta(seconds=1))
    assert Escalation.objects.get().to_person == cast.tara


def test_nobody_is_named_when_everybody_is_passed_over_and_the_others_are_told(cast):
    case = an_assessing_case(cast)
    for person in (cast.sven, cast.tara):
        ComplaintSubject.objects.create(case=case, person=person, named_by=cast.axel, named_at=AT)
    overdue.escalate_overdue(first_response(case).due_at + timedelta(seconds=1))
    assert Escalation.objects.get().to_person is None
    assert not Notice.objects.filter(code="notice.escalated.clock").exists()


def test_an_answer_in_the_same_second_leaves_no_trace_of_an_escalation(cast):
    case = an_assessing_case(cast)
    clock = first_response(case)
    at = clock.due_at + timedelta(seconds=1)
    stop_clock(case, Clock.Kind.FIRST_RESPONSE, at=clock.due_at)
    assert overdue.escalate_overdue(at).selected == 0
    clock.refresh_from_db()
    assert clock.stopped_late is False


def test_an_answer_after_the_sweep_closes_what_was_raised(cast):
    case = an_assessing_case(cast)
    clock = first_response(case)
    at = clock.due_at + timedelta(seconds=1)
    overdue.escalate_overdue(at)
    assert overdue.close_escalations(at).done == 0
    stop_clock(case, Clock.Kind.FIRST_RESPONSE, at=at)
    assert overdue.close_escalations(at).done == 1
    assert overdue.close_escalations(at).done == 0
    escalation = Escalation.objects.get()
    assert (escalation.state, escalation.closed_at) == (EscalationState.CLOSED, at)


def test_a_cause_that_returns_opens_the_same_escalation_again(cast):
    case = an_assessing_case(cast)
    clock = first_response(case)
    at = clock.due_at + timedelta(hours=1)
    overdue.escalate_overdue(at)
    Clock.objects.filter(pk=clock.pk).update(stopped_at=at)
    overdue.close_escalations(at)
    Clock.objects.filter(pk=clock.pk).update(stopped_at=None, next_level=1, next_level_at=clock.due_at)
    overdue.escalate_overdue(at + timedelta(hours=1))
    escalation = Escalation.objects.get()
    assert (escalation.state, escalation.closed_at) == (EscalationState.OPEN, None)


def test_a_clock_that_cannot_be_swept_is_set_aside_and_stops_nothing(cast):
    poisoned, good = an_assessing_case(cast), an_assessing_case(cast)
    bad = first_response(poisoned)
    broken = bad.working | {"escalation": 999_999}
    Clock.objects.filter(pk=bad.pk).update(next_level_at=AT, next_level=1, working=broken)
    at = first_response(good).due_at + timedelta(seconds=1)
    tally = overdue.escalate_overdue(at)
    assert tally.error
    assert levels_of(first_response(good))
    aside = SetAside.objects.get()
    assert (aside.row, aside.case_id, aside.sweep) == (bad.pk, poisoned.pk, overdue.ESCALATE)
    assert aside.reason == "KeyError"
    assert overdue.escalate_overdue(at).selected == 0


def test_a_row_set_aside_is_tried_again_and_taken_back_when_it_is_mended(cast):
    case = an_assessing_case(cast)
    clock = first_response(case)
    working = clock.working
    Clock.objects.filter(pk=clock.pk).update(working=working | {"escalation": 999_999})
    at = clock.due_at + timedelta(seconds=1)
    overdue.escalate_overdue(at)
    overdue.escalate_overdue(at + timedelta(hours=2))
    assert SetAside.objects.get().tries == 2
    Clock.objects.filter(pk=clock.pk).update(working=working)
    overdue.escalate_overdue(at + timedelta(hours=4))
    assert not SetAside.objects.exists()
    assert levels_of(clock)


def test_after_three_failures_a_row_is_in_quarantine_until_somebody_asks_or_a_day_has_passed(cast):
    case = an_assessing_case(cast)
    clock = first_response(case)
    Clock.objects.filter(pk=clock.pk).update(working=clock.working | {"escalation": 999_999})
    at = clock.due_at + timedelta(seconds=1)
    tried = []
    for minute in range(60):
        if overdue.escalate_overdue(at + timedelta(minutes=minute)).selected:
            tried.append(minute)
    assert tried == [0, 1, 11]
    Clock.objects.filter(pk=clock.pk).update(working=clock.working)
    aside = SetAside.objects.get()
    assert (aside.tries, aside.reason) == (3, "KeyError")
    assert aside.retry_at == at + timedelta(days=1, minutes=11)
    asked_at = at + timedelta(hours=1)
    retry_set_aside(aside.pk, by=cast.sven, at=asked_at)
    assert overdue.escalate_overdue(asked_at).done == 1
    assert levels_of(clock) == [(1, clock.due_at, asked_at)]
    assert not SetAside.objects.exists()


def test_a_row_that_the_database_refuses_is_found_among_the_others(cast, monkeypatch):
    cases = [an_assessing_case(cast) for _ in range(5)]
    broken = first_response(cases[2])
    at = broken.due_at + timedelta(seconds=1)
    write = overdue._Overdue._write

    def refuse(run, raised):
        if any(found.clock.pk == broken.pk for found in raised):
            with connection.cursor() as cursor:
                cursor.execute("INSERT INTO complaints_escalation (level) VALUES (NULL)")
        write(run, raised)

    monkeypatch.setattr(overdue._Overdue, "_write", refuse)
    overdue.escalate_overdue(at)
    assert SetAside.objects.get().row == broken.pk
    assert Escalation.objects.count() == 4


def test_notices_about_the_backlog_are_grouped(cast):
    cases = [a_registered_case(cast) for _ in range(3)]
    with signed(by=cast.system, reason="test"):
        Complaint.objects.update(backlog=True)
    overdue.escalate_overdue(first_response(cases[0]).due_at + timedelta(seconds=1))
    assert Escalation.objects.count() == 3
    assert Notice.objects.filter(person=cast.sven, code__startswith="notice.escalated").count() == 1


def test_a_deputy_takes_the_place_of_whoever_is_away(cast):
    cast.sven.substituted_by.create(person=cast.tara, starts_on=AT.date(), ends_on=later(days=7).date())
    case = an_assessing_case(cast)
    overdue.escalate_overdue(first_response(case).due_at + timedelta(seconds=1))
    assert Escalation.objects.get().to_person == cast.tara


def test_a_storm_is_told_in_a_few_notices_and_one_more(cast, monkeypatch):
    """What comes after the first few stands in the list; nobody gets hundreds of bells."""
    cases = [an_assessing_case(cast) for _ in range(5)]
    monkeypatch.setattr(overdue.NoticesOfARun, "one_by_one", 2)
    at = max(first_response(case).due_at for case in cases) + timedelta(seconds=1)
    assert overdue.escalate_overdue(at).done == 5
    assert Escalation.objects.count() == 5
    told = Notice.objects.filter(person=cast.sven, code__startswith="notice.escalated").order_by("pk")
    assert list(told.values_list("code", flat=True)) == [
        "notice.escalated.clock",
        "notice.escalated.clock",
        "notice.escalated.many",
    ]
