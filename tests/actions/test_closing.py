"""Closing: each clause of the row *close* refuses alone, says so, and changes nothing (T9, WC-51)."""

import pytest
from django.core.exceptions import PermissionDenied

from casemgmt.violations import RuleBroken
from complaints.actions.closing import close_case, why_not_close
from complaints.actions.committing import make_commitment
from complaints.actions.escalating import decide_escalation, raise_by_hand
from complaints.actions.following_up import cancel_follow_up, record_attempt, schedule_follow_up
from complaints.actions.improving import cancel_improvement
from complaints.actions.reviving import dissatisfied
from complaints.actions.routing import record_route
from complaints.actions.summarising import write_summary
from complaints.actions.tasking import make_task
from complaints.actions.telling_refusals import tell_refusal
from complaints.models import Complaint, Contact, Customer
from complaints.states import CaseState, EscalationState, FollowUpState
from complaints.vocabulary import BodyKind, ContactOutcome, Outcome, RouteKind
from tests.cast import later
from tests.following import a_case_ready_to_close, a_due_follow_up, a_following_up_case, follow_up, sum_up
from tests.refusals import a_refused_case, tell_the_no

pytestmark = pytest.mark.django_db

AFTER = later(days=4)


@pytest.fixture
def ready(cast):
    return a_case_ready_to_close(cast)


def codes(case, cast):
    return [found.code for found in why_not_close(case, by=cast.ana, at=AFTER)]


def test_a_case_with_everything_done_closes(cast, ready):
    assert codes(ready, cast) == []
    closed = close_case(ready.pk, by=cast.ana, at=AFTER)
    assert (closed.state, closed.closed_at) == (CaseState.CLOSED, AFTER)
    assert not closed.clocks.filter(stopped_at__isnull=True).exists()
    assert closed.history.latest("history_id").history_change_reason == "case.closed"


def test_everything_missing_is_listed_at_once(cast):
    case = a_following_up_case(cast)
    assert codes(case, cast) == ["close.follow_up_open", "close.summary_missing", "close.measure_missing"]


def test_a_refused_case_still_counts_for_improvement(cast):
    """A lawful no ends no lesson: without cause and measure the case stays open (S-REF, S-CLO-01)."""
    case = a_refused_case(cast)
    told = tell_the_no(cast, case)
    tell_refusal(case.pk, by=cast.ana, at=told.occurred_at, showed_evidence=True, showed_policy=True)
    follow_up(cast, case)
    case = Complaint.objects.get(pk=case.pk)
    assert case.outcome == Outcome.REFUSED
    assert codes(case, cast) == ["close.summary_missing", "close.measure_missing"]
    with pytest.raises(RuleBroken):
        close_case(case.pk, by=cast.ana, at=AFTER)
    with pytest.raises(RuleBroken) as broken:
        write_summary(case.pk, by=cast.ana, at=AFTER, lesson="发货照片救了我们。", root_cause=" ")
    assert broken.value.codes == ["summary.root_cause_missing"]
    sum_up(cast, case, at=AFTER)
    assert close_case(case.pk, by=cast.ana, at=AFTER).state == CaseState.CLOSED


def test_a_case_that_nobody_followed_up_is_not_closed(cast):
    """WC-51, S-FUP-07."""
    case = a_following_up_case(cast)
    sum_up(cast, case)
    cancel_follow_up(case.follow_ups.get().pk, by=cast.ana, at=AFTER, reason="打错了")
    assert codes(case, cast) == ["close.follow_up_missing"]
    with pytest.raises(RuleBroken):
        close_case(case.pk, by=cast.ana, at=AFTER)
    assert Complaint.objects.get(pk=case.pk).state == CaseState.FOLLOWING_UP


def test_a_customer_whom_nobody_can_reach_needs_no_follow_up(cast):
    case = a_following_up_case(cast)
    sum_up(cast, case)
    cancel_follow_up(case.follow_ups.get().pk, by=cast.ana, at=AFTER, reason="查无联系方式")
    Customer.objects.filter(pk=case.customer_id).update(phone=None, email=None, account=None)
    assert codes(Complaint.objects.get(pk=case.pk), cast) == []


@pytest.mark.parametrize("outcome", [ContactOutcome.DECLINED, ContactOutcome.NO_ANSWER])
def test_declined_and_exhausted_count_as_followed_up(cast, outcome):
    case = a_following_up_case(cast)
    sum_up(cast, case)
    call = a_due_follow_up(cast, case)
    call.attempts_max = 1
    call.save()
    record_attempt(call.pk, by=cast.ana, at=call.scheduled_for, outcome=outcome, words="不用回访了")
    assert codes(case, cast) == []


def test_a_result_that_is_not_written_down_is_missing(cast):
    case = a_following_up_case(cast)
    sum_up(cast, case)
    call = a_due_follow_up(cast, case)
    record_attempt(call.pk, by=cast.ana, at=call.scheduled_for, outcome=ContactOutcome.DELIVERED, words="很好")
    assert codes(case, cast) == ["close.follow_up_result_missing"]


def test_a_customer_who_was_not_told_keeps_it_open(cast, ready):
    Contact.objects.filter(case=ready, purpose="outcome").update(purpose="general")
    assert codes(ready, cast) == ["outcome.not_told"]


def test_without_an_outcome_it_stays_open(cast, ready):
    Complaint.objects.filter(pk=ready.pk).update(outcome="")
    assert codes(Complaint.objects.get(pk=ready.pk), cast) == ["close.outcome_missing"]


def test_a_measure_that_was_given_up_is_none(cast, ready):
    cancel_improvement(ready.improvements.get().pk, by=cast.ana, at=AFTER, result="行不通")
    assert codes(ready, cast) == ["close.measure_missing"]


def test_an_open_task_keeps_it_open(cast, ready):
    make_task(ready.pk, by=cast.ana, at=AFTER, what="查库存", department_id=cast.warehouse.pk, due_at=later(days=5))
    assert codes(ready, cast) == ["close.task_open"]


def test_an_open_promise_keeps_it_open(cast, ready):
    make_commitment(ready.pk, by=cast.ana, at=AFTER, what="再寄一张券", due_at=later(days=6))
    assert codes(ready, cast) == ["close.commitment_open"]


def test_a_pending_route_keeps_it_open(cast, ready):
    record_route(
        ready.pk,
        by=cast.ana,
        at=AFTER,
        kind=RouteKind.PLATFORM,
        body_kind=BodyKind.PLATFORM,
        body_name="平台客服",
        filed_at=AFTER,
        account="客户申请平台介入",
    )
    assert codes(ready, cast) == ["close.route_open"]


def test_an_escalation_must_be_answered_first(cast, ready):
    escalation = raise_by_hand(ready.pk, by=cast.ana, at=AFTER, reason="客户想要额外补偿")
    assert codes(ready, cast) == ["close.escalation_open"]
    decide_escalation(escalation.pk, by=cast.sven, at=AFTER, decision="return", answer="不用补偿")
    close_case(ready.pk, by=cast.ana, at=AFTER)
    escalation.refresh_from_db()
    assert escalation.state == EscalationState.CLOSED


def test_twice_is_refused_by_the_state(cast, ready):
    close_case(ready.pk, by=cast.ana, at=AFTER)
    with pytest.raises(RuleBroken) as broken:
        close_case(ready.pk, by=cast.ana, at=AFTER)
    assert broken.value.codes == ["case.not_possible_from"]


@pytest.mark.parametrize("name", ["ben", "wen", "olga", "axel"])
def test_only_the_handler_or_the_team_s_supervisor_closes(cast, ready, name):
    with pytest.raises(PermissionDenied):
        close_case(ready.pk, by=getattr(cast, name), at=AFTER)


def test_a_follow_up_before_the_case_was_taken_up_again_does_not_count(cast, ready):
    dissatisfied(ready.pk, by=cast.ana, at=AFTER, what="新衣又掉扣子")
    case = Complaint.objects.get(pk=ready.pk)
    assert case.state == CaseState.INVESTIGATING
    assert case.clocks.filter(kind="resolution", round=2, stopped_at__isnull=True).exists()
    Complaint.objects.filter(pk=case.pk).update(state="negotiating")
    Complaint.objects.filter(pk=case.pk).update(state="following_up", outcome="remedied")
    assert codes(Complaint.objects.get(pk=case.pk), cast) == ["close.follow_up_missing"]


def test_dissatisfied_needs_something_new(cast, ready):
    """A low mark alone reopens nothing."""
    with pytest.raises(RuleBroken) as broken:
        dissatisfied(ready.pk, by=cast.ana, at=AFTER, what=" ")
    assert broken.value.codes == ["dissatisfied.nothing_new"]


def test_dissatisfied_calls_open_follow_ups_off(cast):
    case = a_following_up_case(cast)
    dissatisfied(case.pk, by=cast.ana, at=AFTER, what="颜色也不对")
    assert case.follow_ups.get().state == FollowUpState.CANCELLED
    with pytest.raises(RuleBroken) as broken:
        schedule_follow_up(case.pk, by=cast.ana, at=AFTER)
    assert broken.value.codes == ["follow_up.wrong_state"]
