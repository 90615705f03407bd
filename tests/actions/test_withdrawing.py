"""The customer takes the complaint back: in their own words, with nothing left hanging."""

import pytest

from complaints.actions.committing import make_commitment
from complaints.actions.escalating import acknowledge_escalation
from complaints.actions.flagging import raise_flag
from complaints.actions.granting import submit_grant
from complaints.actions.summarising import write_summary
from complaints.actions.withdrawing import why_not_withdraw, withdraw
from complaints.states import CaseState, CommitmentState, EscalationState, GrantState, RefusalState
from complaints.vocabulary import Outcome, Side
from tests.building import a_case, an_assessing_case, an_executing_case, an_investigating_case
from tests.cast import AT, later
from tests.money import a_draft, a_paid_grant, a_request
from tests.refusals import a_proposal
from tests.saying_no import denied, refused

pytestmark = pytest.mark.django_db

WORDS = "问题解决了，我撤销投诉。"
SUMMARY = {"lesson": "出库前加拍照。", "root_cause": "漏检。"}


def sum_up(cast, case):
    return write_summary(case.pk, by=cast.ana, at=AT, **SUMMARY)


def test_the_customers_own_word_ends_the_case(cast):
    case = withdraw(an_assessing_case(cast).pk, by=cast.ana, at=later(hours=1), words=WORDS)
    assert (case.state, case.outcome, case.withdrawn_at) == (CaseState.WITHDRAWN, Outcome.WITHDRAWN, later(hours=1))
    assert (case.act_reason.words, case.act_reason.side) == (WORDS, Side.CUSTOMER)
    assert case.state_before == CaseState.ASSESSING
    assert not case.clocks.filter(stopped_at__isnull=True).exists()
    assert case.next_due_at is None
    with refused("case.not_possible_from"):
        withdraw(case.pk, by=cast.ana, at=later(hours=1), words=WORDS)


def test_without_the_customers_word_nothing_is_withdrawn(cast):
    case = an_assessing_case(cast)
    with refused("withdraw.words_missing"):
        withdraw(case.pk, by=cast.ana, at=AT, words="  ")


def test_each_promise_is_released_in_the_customers_words(cast):
    case = an_executing_case(cast)
    sum_up(cast, case)
    promise = case.commitments.get()
    with refused("withdraw.promise_open"):
        withdraw(case.pk, by=cast.ana, at=AT, words=WORDS)
    with refused("withdraw.release_words_missing"):
        withdraw(case.pk, by=cast.ana, at=AT, words=WORDS, released={promise.pk: " "})
    with refused("withdraw.promise_unknown"):
        withdraw(case.pk, by=cast.ana, at=AT, words=WORDS, released={promise.pk: "不用换了。", 987654: "…"})
    withdraw(case.pk, by=cast.ana, at=AT, words=WORDS, released={promise.pk: "不用换了。"})
    promise.refresh_from_db()
    assert (promise.state, promise.released_in.words) == (CommitmentState.RELEASED, "不用换了。")
    assert promise.released_in.side == Side.CUSTOMER


def test_unpaid_grants_are_cancelled_by_name_and_paid_ones_stay(cast):
    case = an_assessing_case(cast)
    paid = a_paid_grant(cast, case, "100")
    draft, waiting = a_draft(cast, case), a_request(cast, case, "120")
    with refused("withdraw.grant_unnamed", "withdraw.grant_unnamed"):
        withdraw(case.pk, by=cast.ana, at=AT, words=WORDS)
    with refused("withdraw.grant_unknown"):
        withdraw(case.pk, by=cast.ana, at=AT, words=WORDS, cancelled=[draft.pk, waiting.pk, paid.pk])
    withdraw(case.pk, by=cast.ana, at=AT, words=WORDS, cancelled=[draft.pk, waiting.pk])
    states = dict(case.grants.values_list("pk", "state"))
    assert states == {paid.pk: GrantState.PAID, draft.pk: GrantState.CANCELLED, waiting.pk: GrantState.CANCELLED}


def test_money_granted_but_not_paid_has_a_promise_of_its_own(cast):
    case = an_assessing_case(cast)
    grant = submit_grant(a_draft(cast, case).pk, by=cast.ana, at=AT)
    promise = grant.commitments.get()
    with refused("withdraw.promise_open"):
        withdraw(case.pk, by=cast.ana, at=AT, words=WORDS, cancelled=[grant.pk])
    withdraw(case.pk, by=cast.ana, at=AT, words=WORDS, cancelled=[grant.pk], released={promise.pk: "券不要了。"})
    grant.refresh_from_db()
    assert grant.state == GrantState.CANCELLED


def test_a_judged_case_is_summed_up_first(cast):
    case = an_investigating_case(cast)
    assert [found.code for found in why_not_withdraw(case, by=cast.ana, at=AT)] == ["withdraw.summary_missing"]
    with refused("withdraw.summary_missing"):
        withdraw(case.pk, by=cast.ana, at=AT, words=WORDS)
    sum_up(cast, case)
    assert withdraw(case.pk, by=cast.ana, at=AT, words=WORDS).state == CaseState.WITHDRAWN


def test_a_safety_inquiry_goes_on(cast):
    """Somebody has taken it on before, and it stays open after."""
    case = an_assessing_case(cast)
    raise_flag(case.pk, by=cast.ana, at=AT, flag="safety", reason="插头冒烟。")
    with refused("withdraw.safety_unacknowledged"):
        withdraw(case.pk, by=cast.ana, at=AT, words=WORDS)
    acknowledge_escalation(case.escalations.get().pk, by=cast.sven, at=AT)
    withdraw(case.pk, by=cast.ana, at=AT, words=WORDS)
    assert case.escalations.get().state == EscalationState.ACKNOWLEDGED


def test_what_else_was_on_its_way_ends(cast):
    """A pending refusal ends undecided, an escalation by hand has lost its cause."""
    refusal = a_proposal(cast)
    sum_up(cast, refusal.case)
    withdraw(refusal.case_id, by=cast.ana, at=AT, words=WORDS)
    refusal.refresh_from_db()
    assert refusal.state == RefusalState.WITHDRAWN
    assert refusal.case.state_before == CaseState.NEGOTIATING


@pytest.mark.parametrize("state", ["voided", "merged", "withdrawn"])
def test_what_has_ended_is_not_withdrawn(cast, state):
    case = a_case(cast, state)
    with refused("case.not_possible_from"):
        withdraw(case.pk, by=cast.sven, at=AT, words=WORDS)


@pytest.mark.parametrize("who", ["ben", "wen", "olga", "axel"])
def test_others_have_no_right(cast, who):
    case = an_assessing_case(cast)
    with denied():
        withdraw(case.pk, by=getattr(cast, who), at=AT, words=WORDS)


def test_a_promise_kept_before_stays_kept(cast):
    case = an_assessing_case(cast)
    make_commitment(case.pk, by=cast.ana, at=AT, what="今天内给您回电。", due_at=later(hours=8))
    promise = case.commitments.get()
    withdraw(case.pk, by=cast.ana, at=AT, words=WORDS, released={promise.pk: "不用回电了。"})
    assert case.commitments.get().state == CommitmentState.RELEASED
