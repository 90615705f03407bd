"""The ladders of broken promises, late payments and dangers: every level once for ever, until the cause is gone."""

from datetime import timedelta

import pytest

from casemgmt.models import Notice
from complaints.actions import climbing, sweeping
from complaints.actions.committing import make_commitment
from complaints.actions.escalating import decide_escalation
from complaints.actions.flagging import lower_flag, raise_flag
from complaints.actions.keeping import keep_commitment
from complaints.actions.overdue import close_escalations
from complaints.invariants import broken_invariants
from complaints.models import Escalation, SetAside
from complaints.states import EscalationState
from complaints.tasks import escalate_overdue
from policies.lookup import escalation_steps_in_force, working_time_in_force
from tests.building import a_negotiating_case, an_assessing_case
from tests.cast import AT, later
from tests.money import an_approved_grant, pay

pytestmark = pytest.mark.django_db

DUE = later(days=3)
SECOND = timedelta(seconds=1)


@pytest.fixture
def case(cast):
    return an_assessing_case(cast)


@pytest.fixture
def promise(cast, case):
    return make_commitment(case.pk, by=cast.ana, at=AT, what="三天内付干洗费", due_at=DUE)


def instants(code, since):
    """When each level of a ladder falls due."""
    steps = escalation_steps_in_force(AT)[code]
    time = working_time_in_force(AT, steps.calendar)
    return [since, *(time.after(since, step.after) for step in steps.steps[1:])]


def levels(cause):
    return list(Escalation.objects.filter(cause=cause).order_by("level").values_list("level", "due_at", "raised_at"))


def breaches_of_levels(at):
    return [found for found in broken_invariants(at) if found.subject == "complaints.escalation"]


def test_a_promise_that_stays_broken_goes_up_level_by_level(cast, promise):
    """WC-01, S-ESC-01: four working hours after the team lead, the department supervisor hears of it."""
    cause, (first, second) = f"commitment:{promise.pk}", instants("commitment", DUE)
    sweeping.warn_of_commitments(first + SECOND)
    assert climbing.climb_escalations(second).done == 0
    assert levels(cause) == [(1, first, first + SECOND)]
    assert climbing.climb_escalations(second + SECOND).done == 1
    assert levels(cause) == [(1, first, first + SECOND), (2, second, second + SECOND)]
    assert Escalation.objects.get(level=2).policy_id == Escalation.objects.get(level=1).policy_id
    assert Notice.objects.filter(code="notice.escalated.commitment").values("params").distinct().count() == 2


def test_twice_and_long_after_the_top_changes_nothing(cast, promise):
    _first, second = instants("commitment", DUE)
    sweeping.warn_of_commitments(DUE + SECOND)
    climbing.climb_escalations(second + SECOND)
    before = list(Escalation.objects.order_by("pk").values()), list(Notice.objects.order_by("pk").values())
    for at in (second + SECOND, second + SECOND, second + timedelta(days=90)):
        assert climbing.climb_escalations(at).selected == 0
    assert (list(Escalation.objects.order_by("pk").values()), list(Notice.objects.order_by("pk").values())) == before


def test_after_an_outage_each_level_of_a_late_payment_is_made_once_with_both_times(cast):
    case = a_negotiating_case(cast)
    grant = an_approved_grant(cast, case, "120.00")
    at = grant.pay_by + timedelta(days=10)
    sweeping.warn_of_payments(at)
    assert climbing.climb_escalations(at).done == 2
    assert climbing.climb_escalations(at).selected == 0
    due = instants("overdue", grant.pay_by)
    assert levels(f"grant:{grant.pk}") == [(level, moment, at) for level, moment in enumerate(due, start=1)]
    assert Escalation.objects.climbing().count() == 0
    assert SetAside.objects.count() == 0


def test_what_was_kept_in_between_climbs_no_further_and_is_closed(cast, case, promise):
    _first, second = instants("commitment", DUE)
    sweeping.warn_of_commitments(DUE + SECOND)
    keep_commitment(promise.pk, by=cast.ana, at=DUE + SECOND, words="已付")
    assert climbing.climb_escalations(second + SECOND).done == 0
    close_escalations(second + SECOND)
    assert set(case.escalations.filter(cause__startswith="commitment").values_list("level", "state")) == {
        (1, EscalationState.CLOSED)
    }


def test_both_levels_close_when_the_payment_is_made(cast):
    case = a_negotiating_case(cast)
    grant = an_approved_grant(cast, case, "120.00")
    _first, second, third = instants("overdue", grant.pay_by)
    sweeping.warn_of_payments(second + SECOND)
    climbing.climb_escalations(second + SECOND)
    pay(grant, cast.olga)
    close_escalations(third + SECOND)
    assert climbing.climb_escalations(third + SECOND).done == 0
    states = Escalation.objects.filter(cause=f"grant:{grant.pk}").order_by("level").values_list("level", "state")
    assert list(states) == [(1, EscalationState.CLOSED), (2, EscalationState.CLOSED)]


def test_an_answer_does_not_stop_the_ladder_but_the_end_of_its_cause_does(cast, promise):
    _first, second = instants("commitment", DUE)
    sweeping.warn_of_commitments(DUE + SECOND)
    low = Escalation.objects.get(cause=f"commitment:{promise.pk}")
    decide_escalation(low.pk, by=cast.sven, at=DUE + SECOND, decision="better_solution", answer="今天付掉。")
    keep_commitment(promise.pk, by=cast.ana, at=DUE + SECOND, words="已付")
    assert Escalation.objects.climbing().filter(pk=low.pk).exists()
    climbing.climb_escalations(second + SECOND)
    assert not Escalation.objects.climbing().filter(pk=low.pk).exists()
    assert levels(f"commitment:{promise.pk}")[1:] == []


@pytest.fixture
def danger(cast, case):
    """A danger that somebody reported; it went up at once."""
    raise_flag(case.pk, by=cast.ana, at=AT, flag="safety", reason="插头冒烟。")
    return case.escalations.get(cause="safety")


def test_a_danger_that_nobody_answers_goes_up(danger):
    first, second = instants("safety", AT)
    assert climbing.climb_escalations(second).done == 0
    assert breaches_of_levels(second + SECOND) != []
    assert climbing.climb_escalations(second + SECOND).done == 1
    assert levels("safety") == [(1, first, first), (2, second, second + SECOND)]
    assert breaches_of_levels(second + SECOND) == []


def test_an_answered_danger_goes_no_higher_while_it_is_looked_into(cast, case, danger):
    _first, second = instants("safety", AT)
    by = danger.to_person
    help_sent = {"department_id": cast.warehouse.pk, "due_at": AT + timedelta(hours=8)}
    words = {"decision": "more_resources", "answer": "立即停售，今天送检。"}
    decide_escalation(danger.pk, by=by, at=AT + SECOND, **words, **help_sent)
    assert climbing.climb_escalations(second + SECOND).done == 0
    assert levels("safety")[1:] == []
    assert breaches_of_levels(second + SECOND) == []


def test_a_lowered_flag_goes_no_higher(cast, case, danger):
    _first, second = instants("safety", AT)
    lower_flag(case.pk, by=cast.sven, at=AT + SECOND, flag="safety", reason="检测合格。")
    assert climbing.climb_escalations(second + SECOND).done == 0
    close_escalations(second + SECOND)
    assert climbing.climb_escalations(second + SECOND).done == 0
    assert case.escalations.get().state == EscalationState.CLOSED


def test_a_level_that_nobody_raised_is_a_broken_invariant(cast, promise):
    _first, second = instants("commitment", DUE)
    sweeping.warn_of_commitments(DUE + SECOND)
    assert breaches_of_levels(second) == []
    assert len(breaches_of_levels(second + SECOND)) == 1
    climbing.climb_escalations(second + SECOND)
    assert breaches_of_levels(second + SECOND) == []


def test_the_doorbell_of_what_is_late_rings_for_ladders_too(cast, promise, monkeypatch):
    _first, second = instants("commitment", DUE)
    sweeping.warn_of_commitments(DUE + SECOND)
    monkeypatch.setattr("django.utils.timezone.now", lambda: second + SECOND)
    escalate_overdue()
    assert [level for level, _due, _raised in levels(f"commitment:{promise.pk}")] == [1, 2]
