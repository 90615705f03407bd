"""The roads that a case may take, each from its first word to its end, by the people of the cast."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from casemgmt.violations import RuleBroken
from complaints.actions.assigning import take_case
from complaints.actions.closing import close_case
from complaints.actions.executing import complete
from complaints.actions.following_up import cancel_follow_up
from complaints.actions.improving import set_improvement
from complaints.actions.keeping import keep_commitment
from complaints.actions.merging import unmerge
from complaints.actions.outside import outside_decided
from complaints.actions.overdue import escalate_overdue
from complaints.actions.paying import bounce_grant, retry_grant
from complaints.actions.planning import OptionDraft
from complaints.actions.refusing import approve_refusal
from complaints.actions.reopening import reopen
from complaints.actions.routing import move_route
from complaints.actions.summarising import write_summary
from complaints.actions.sweeping import warn_of_commitments, warn_of_payments
from complaints.actions.telling_refusals import tell_refusal
from complaints.actions.voiding import unvoid
from complaints.invariants import broken_invariants
from complaints.models import Complaint
from complaints.states import CaseState, EscalationState, GrantState, RefusalState
from complaints.vocabulary import Outcome, Remedy
from tests.building import a_registered_case, an_executing_case, tell_outcome
from tests.cast import AT, later
from tests.following import a_closed_case, a_following_up_case, follow_up, sum_up
from tests.money import a_draft, a_request, an_approved_grant, pay, say_yes
from tests.refusals import (
    a_merged_case,
    a_proposal,
    a_voided_case,
    a_withdrawn_case,
    an_external_case,
    an_unreasonable_case,
    tell_the_no,
)

pytestmark = pytest.mark.django_db

MAIN_PATH = ["registered", "assessing", "investigating", "negotiating", "executing", "following_up", "closed"]


def path_of(case):
    """The states of the case in their order, each once where it stayed."""
    path = []
    for state in case.history.order_by("history_id").values_list("state", flat=True):
        if not path or path[-1] != state:
            path.append(state)
    return path


def signers_of(row):
    """Who acted on the row, with the reason codes, in their order."""
    return list(row.history.order_by("history_id").values_list("history_actor", "history_change_reason"))


def again(row):
    """The row as it stands now."""
    return type(row).objects.get(pk=row.pk)


def test_from_registration_to_closed(cast):
    """Given a stain on a coat, when everything is done in its order, the case closes and tells its whole story."""
    case = a_closed_case(cast)
    assert path_of(case) == MAIN_PATH
    assert case.outcome == Outcome.REMEDIED
    assert not case.clocks.filter(stopped_at__isnull=True).exists()
    assert all(actor and reason for actor, reason in signers_of(case))
    assert list(broken_invariants(case.closed_at)) == []


def test_a_refusal_needs_a_second_person(cast):
    """Given a proposal of ana's, neither she nor anybody of no right decides it; sven does, and the case closes."""
    case = an_unreasonable_case(cast)
    refusal = a_proposal(cast, case)
    with pytest.raises(PermissionDenied):
        approve_refusal(refusal.pk, by=cast.ana, at=AT, remark="我自己批。")
    approve_refusal(refusal.pk, by=cast.sven, at=AT, remark="依据充分。")
    tell_the_no(cast, case)
    tell_refusal(case.pk, by=cast.ana, at=AT, showed_evidence=True, showed_policy=True)
    told = follow_up(cast, again(case), satisfaction=3)
    sum_up(cast, again(case), at=told.ended_at)
    closed = close_case(case.pk, by=cast.ana, at=told.ended_at)
    assert (closed.state, closed.outcome) == (CaseState.CLOSED, Outcome.REFUSED)
    assert again(refusal).state == RefusalState.APPROVED


@pytest.mark.parametrize(
    ("missing", "code"),
    [
        ({"understood": ""}, "refusal.understood_missing"),
        ({"impact_in_law": " "}, "refusal.impact_in_law_missing"),
        ({"relationship": ""}, "refusal.relationship_missing"),
        ({"company_policy": ""}, "refusal.company_policy_missing"),
        ({"legal_reference": ""}, "refusal.law_missing"),
        ({"legal_reference": "consumer-law-999"}, "refusal.law_unknown"),
        ({"explanation": ""}, "refusal.explanation_missing"),
        ({"routes": ""}, "refusal.routes_missing"),
        ({"ground": ""}, "refusal.ground_unknown"),
        ({"evidence_ids": []}, "refusal.evidence_missing"),
    ],
)
def test_wc_47_an_incomplete_refusal_is_blocked_item_by_item(cast, missing, code):
    """Given every check but one, the proposal is refused with that one reason, and nothing has changed."""
    case = an_unreasonable_case(cast)
    with pytest.raises(RuleBroken) as broken:
        a_proposal(cast, case, **missing)
    assert broken.value.codes == [code]
    assert again(case).state == CaseState.NEGOTIATING
    assert not case.refusals.exists()


def test_wc_47_the_ladder_is_an_item_too(cast):
    case = an_unreasonable_case(cast, walked=False)
    with pytest.raises(RuleBroken) as broken:
        a_proposal(cast, case)
    assert set(broken.value.codes) == {
        "refusal.ladder_talked_further",
        "refusal.ladder_superior",
        "refusal.ladder_other_options",
    }


def test_wc_51_without_a_follow_up_nothing_closes(cast):
    """Given a resolved case whose follow-up nobody made, closing is blocked, and is allowed once it was made."""
    case = a_following_up_case(cast)
    sum_up(cast, case)
    with pytest.raises(RuleBroken) as broken:
        close_case(case.pk, by=cast.ana, at=later(days=1))
    assert broken.value.codes == ["close.follow_up_open"]
    cancel_follow_up(case.follow_ups.get().pk, by=cast.ana, at=later(days=1), reason="没空打")
    with pytest.raises(RuleBroken) as broken:
        close_case(case.pk, by=cast.ana, at=later(days=1))
    assert broken.value.codes == ["close.follow_up_missing"]
    assert again(case).state == CaseState.FOLLOWING_UP


def test_wc_14_nobody_answers_for_a_day(cast):
    """Given a case that nobody answers, at 24 hours it is still in time, and right after that it goes up."""
    case = a_registered_case(cast)
    escalate_overdue(later(hours=24))
    assert not case.escalations.exists()
    escalate_overdue(later(hours=24, minutes=1))
    escalation = case.escalations.get()
    assert escalation.to_person == cast.sven
    escalate_overdue(later(hours=24, minutes=2))
    assert case.escalations.count() == 1


def test_wc_01_a_payout_that_is_forgotten_goes_up(cast):
    """Given an approved fee, when its day passes without payment, payment and promise are both escalated."""
    case = an_executing_case(
        cast,
        plan={"options": [OptionDraft(Remedy.RED_PACKET, words="承担干洗费")]},
    )
    grant = again(an_approved_grant(cast, case, "60.00"))
    promise = case.commitments.get(grant=grant)
    late = max(grant.pay_by, promise.due_at) + timedelta(minutes=1)
    warn_of_payments(late)
    warn_of_commitments(late)
    raised = {cause.partition(":")[0] for cause in case.escalations.values_list("cause", flat=True)}
    assert {"grant", "commitment"} <= raised
    assert again(promise).state == "broken"
    pay(grant, cast.olga, at=late)
    assert again(promise).state == "kept_late"


def test_a_grant_above_the_limit_takes_three_people(cast):
    """Given 300 yuan, ana asks, tara approves, olga pays; nobody does two of it."""
    case = an_executing_case(cast)
    grant = a_request(cast, case, "300.00")
    assert grant.state == GrantState.AWAITING_APPROVAL
    with pytest.raises(PermissionDenied):
        say_yes(grant, cast.ana)
    approved = say_yes(grant, cast.tara)
    assert approved.state == GrantState.APPROVED
    for person in (cast.ana, cast.tara):
        with pytest.raises(PermissionDenied):
            pay(again(grant), person)
    paid = pay(again(grant), cast.olga)
    assert (paid.asked_by, paid.approved_by, paid.paid_by) == (cast.ana, cast.tara, cast.olga)
    assert [actor for actor, _reason in signers_of(paid)][-1] == cast.olga.name


def test_a_payment_that_comes_back_after_closing_is_paid_again(cast):
    """Given a closed case, a bounced payment brings it back, and it cannot close before the customer has the money."""
    case = an_executing_case(cast)
    grant = pay(again(an_approved_grant(cast, case)), cast.olga)
    for promise in again(case).commitments.pending():
        keep_commitment(promise.pk, by=cast.ana, at=AT, words="新衣已寄出")
    tell_outcome(cast, case)
    closed = _to_the_end(cast, case)
    bounce_grant(grant.pk, by=cast.olga, at=closed.closed_at + timedelta(days=1), reason="账户已注销")
    back = again(case)
    assert back.state == CaseState.EXECUTING
    assert back.clocks.filter(stopped_at__isnull=True).exists()
    retried = retry_grant(grant.pk, by=cast.olga, at=closed.closed_at + timedelta(days=2), reason="账户恢复")
    paid = pay(retried, cast.petra, at=closed.closed_at + timedelta(days=2), reference="ZF20261020002")
    assert (paid.state, paid.payment_key) == (GrantState.PAID, grant.payment_key)
    assert not again(case).commitments.pending().exists()


def _to_the_end(cast, case):
    complete(case.pk, by=cast.ana, at=AT)
    told = follow_up(cast, again(case))
    sum_up(cast, again(case), at=told.ended_at)
    return close_case(case.pk, by=cast.ana, at=told.ended_at)


def test_withdrawn_and_reopened_goes_where_it_was(cast):
    case = a_withdrawn_case(cast)
    assert not case.clocks.filter(stopped_at__isnull=True).exists()
    with pytest.raises(PermissionDenied):
        reopen(case.pk, by=cast.ana, at=later(days=2), reason="客户又来了。")
    back = reopen(case.pk, by=cast.sven, at=later(days=2), reason="客户又来了。")
    assert back.state == CaseState.ASSESSING
    assert back.clocks.filter(stopped_at__isnull=True).exists()


def test_voided_and_back(cast):
    case = a_voided_case(cast)
    assert case.outcome == Outcome.VOIDED
    back = unvoid(case.pk, by=cast.sven, at=later(hours=1), reason="确实是投诉。")
    assert (back.state, back.outcome) == (CaseState.ASSESSING, "")


def test_merged_and_two_cases_again(cast):
    """Given two cases of one customer, the follower rests in the leading one, and comes back with its own words."""
    case = a_merged_case(cast)
    leading = case.merged_into
    assert (case.state, leading.state) == (CaseState.MERGED, CaseState.ASSESSING)
    back = unmerge(case.pk, by=cast.sven, at=later(hours=2), reason="是两件事。")
    assert (back.state, back.merged_into) == (CaseState.ASSESSING, None)
    assert back.statements.get(kind="content").words == "还有一件毛衣也起球了。"


def test_a_ruling_from_outside_is_carried_out(cast):
    """Given a body that decides, what it orders is a promise with a date, and the case ends as ruled."""
    case = an_external_case(cast)
    route = case.routes.get()
    for step, words in (("accepted", ""), ("heard", ""), ("decided", "退还货款。")):
        move_route(route.pk, by=cast.ana, at=later(days=1), to=step, words=words)
    ruled = outside_decided(
        case.pk,
        by=cast.ana,
        at=later(days=1),
        route_id=route.pk,
        to=CaseState.EXECUTING,
        obliges=True,
        promise="退还货款",
        due_at=later(days=5),
    )
    promise = ruled.commitments.get(route=route)
    assert (ruled.state, promise.due_at) == (CaseState.EXECUTING, later(days=5))
    keep_commitment(promise.pk, by=cast.ana, at=later(days=2), words="已退还")
    move_route(route.pk, by=cast.ana, at=later(days=2), to="complied")
    tell_outcome(cast, case, at=later(days=2))
    assert complete(case.pk, by=cast.ana, at=later(days=2)).outcome == Outcome.RULED


def test_somebody_was_faster(cast):
    """Given an unassigned case that ben has taken, ana is told so."""
    case = a_registered_case(cast)
    take_case(case.pk, by=cast.ben, at=AT)
    with pytest.raises(RuleBroken) as broken:
        take_case(case.pk, by=cast.ana, at=AT)
    assert broken.value.codes == ["case.taken_already"]
    assert again(case).handler == cast.ben


def test_the_auditor_changes_nothing(cast):
    """Given a case with everything on it, each kind of act is refused to the auditor, and no row changes."""
    case = a_following_up_case(cast)
    grant = a_draft(cast, an_executing_case(cast))
    before = [row.history.count() for row in (case, grant)]
    for act in (
        lambda: close_case(case.pk, by=cast.axel, at=AT),
        lambda: write_summary(case.pk, by=cast.axel, at=AT, lesson="看看", root_cause="看看"),
        lambda: set_improvement(case.pk, by=cast.axel, at=AT, kind="rules", what="改规则"),
        lambda: say_yes(grant, cast.axel),
        lambda: pay(grant, cast.axel),
        lambda: take_case(a_registered_case(cast).pk, by=cast.axel, at=AT),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert [again(row).history.count() for row in (case, grant)] == before


def test_escalations_of_a_closed_case_are_closed_with_it(cast):
    case = a_closed_case(cast)
    assert not case.escalations.filter(state__in=[EscalationState.OPEN, EscalationState.ACKNOWLEDGED]).exists()
    assert Complaint.objects.get(pk=case.pk).state == CaseState.CLOSED
