"""Nobody takes note: the same person is reminded as often as the ladder says, then the next level hears of it, once."""

from datetime import timedelta

import pytest

from casemgmt.ledger import signed
from casemgmt.models import Notice
from casemgmt.people.models import Substitution
from complaints.actions import climbing, overdue
from complaints.actions.escalating import acknowledge_escalation, decide_escalation, raise_by_hand
from complaints.actions.overdue import close_escalations
from complaints.actions.reminding_of_escalations import remind_of_escalations
from complaints.models import Clock, Escalation, EscalationReminder, SetAside
from complaints.states import EscalationState
from policies.lookup import escalation_steps_in_force, working_time_in_force
from tests.building import an_assessing_case
from tests.cast import AT

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)


@pytest.fixture
def case(cast):
    return an_assessing_case(cast)


@pytest.fixture
def raised(cast, case):
    return raise_by_hand(case.pk, by=cast.ana, at=AT, reason="需要主管出面")


def lapses(since, count, ladder="overdue"):
    """When each of the first reminders falls due, as the ladder in force says."""
    steps = escalation_steps_in_force(AT)[ladder]
    time = working_time_in_force(AT, steps.calendar)
    found = [since]
    for _number in range(count):
        found.append(time.after(found[-1], steps.acknowledge_within))
    return found[1:]


def reminders(escalation):
    rows = EscalationReminder.objects.filter(escalation=escalation).order_by("number")
    return list(rows.values_list("number", "due_at", "made_at", "goes_higher"))


def told(code="notice.escalation_waits"):
    return list(Notice.objects.filter(code=code).order_by("pk").values_list("person__username", flat=True))


def test_before_the_time_is_over_nobody_is_reminded(raised):
    (first,) = lapses(AT, 1)
    assert remind_of_escalations(first - SECOND).done == 0
    assert told() == []


def test_the_same_person_twice_and_then_the_next_level(cast, case, raised):
    first, second, third = lapses(AT, 3)
    for at in (first, second, third):
        assert remind_of_escalations(at).done == 1
    assert reminders(raised) == [(1, first, first, False), (2, second, second, False), (3, third, third, True)]
    assert told() == ["sven", "sven", "sven"]
    assert climbing.climb_escalations(third + SECOND).done == 1
    above = case.escalations.get(level=2)
    assert (above.to_person, above.due_at, above.raised_by, above.reason) == (cast.tara, third, cast.ana, raised.reason)
    assert climbing.climb_escalations(third + SECOND).selected == 0


def test_twice_changes_nothing(raised):
    (first,) = lapses(AT, 1)
    remind_of_escalations(first)
    before = list(Notice.objects.values()), list(EscalationReminder.objects.values())
    assert remind_of_escalations(first).selected == 0
    assert remind_of_escalations(first + SECOND).selected == 0
    assert (list(Notice.objects.values()), list(EscalationReminder.objects.values())) == before


def test_after_an_outage_each_is_made_once_with_both_times_and_told_in_one_notice(case, raised):
    due = lapses(AT, 3)
    at = AT + timedelta(days=40)
    assert remind_of_escalations(at).done == 1
    assert reminders(raised) == [(number, moment, at, number == 3) for number, moment in enumerate(due, start=1)]
    assert told() == ["sven"]
    assert climbing.climb_escalations(at).done == 1
    assert case.escalations.get(level=2).due_at == due[-1]
    assert SetAside.objects.count() == 0


def test_whoever_takes_note_is_left_in_peace_and_it_goes_no_higher(cast, case, raised):
    first, second, third = lapses(AT, 3)
    for at in (first, second, third):
        remind_of_escalations(at)
    acknowledge_escalation(raised.pk, by=cast.sven, at=third)
    assert climbing.climb_escalations(third + timedelta(days=9)).done == 0
    assert remind_of_escalations(third + timedelta(days=9)).selected == 0
    assert case.escalations.count() == 1


def test_an_answer_and_the_end_of_the_cause_end_the_reminders(cast, case, raised):
    (first,) = lapses(AT, 1)
    decide_escalation(raised.pk, by=cast.sven, at=AT, decision="return", answer="按原方案")
    assert remind_of_escalations(first).selected == 0
    clock = case.clocks.get(kind=Clock.Kind.FIRST_RESPONSE)
    at = clock.due_at + SECOND
    overdue.escalate_overdue(at)
    Clock.objects.filter(pk=clock.pk).update(stopped_at=at, next_level=None, next_level_at=None)
    close_escalations(at)
    assert remind_of_escalations(at + timedelta(days=30)).selected == 0


def test_a_clock_brings_its_own_next_level_forward_and_never_doubles_it(case):
    clock = case.clocks.get(kind=Clock.Kind.FIRST_RESPONSE)
    raised_at = clock.due_at + SECOND
    overdue.escalate_overdue(raised_at)
    clock.refresh_from_db()
    assert clock.next_level == 2
    third = lapses(raised_at, 3)[-1]
    sooner = third < clock.next_level_at
    remind_of_escalations(third)
    clock.refresh_from_db()
    assert sooner
    assert clock.next_level_at == third
    overdue.escalate_overdue(third + timedelta(days=30))
    levels = Escalation.objects.filter(cause=f"clock:{clock.pk}").order_by("level").values_list("level", "due_at")
    assert [level for level, _due in levels] == [1, 2, 3]
    assert levels[1][1] == third


def test_at_the_top_it_goes_on_and_an_outage_makes_no_dozens(cast, case):
    top = raise_by_hand(case.pk, by=cast.ana, at=AT, reason="没人接", level=3)
    for at in lapses(AT, 4):
        remind_of_escalations(at)
    assert [(number, higher) for number, _due, _made, higher in reminders(top)] == [
        (1, False), (2, False), (3, False), (4, False),
    ]  # fmt: skip
    remind_of_escalations(AT + timedelta(days=35))
    assert len(reminders(top)) == 5
    top.refresh_from_db()
    assert (top.state, case.escalations.count()) == (EscalationState.OPEN, 1)


def test_a_substitute_is_reminded_instead_of_whoever_is_away(cast, raised):
    (first,) = lapses(AT, 1)
    with signed(by=cast.tara, reason="test.substitution", at=AT):
        day = first.date()
        Substitution.objects.create(person=cast.tara, stands_in_for=cast.sven, starts_on=day, ends_on=day)
    remind_of_escalations(first)
    assert told() == ["tara"]


def test_dozens_at_once_are_told_in_one(cast, raised, monkeypatch):
    others = [raise_by_hand(an_assessing_case(cast).pk, by=cast.ana, at=AT, reason="一样") for _ in range(3)]
    (first,) = lapses(AT, 1)
    monkeypatch.setattr(overdue.NoticesOfARun, "one_by_one", 1)
    assert remind_of_escalations(first).done == 4
    assert told() == ["sven"]
    assert told("notice.escalation_waits.many") == ["sven"]
    assert EscalationReminder.objects.filter(escalation__in=[raised, *others]).count() == 4
