"""Ending without a remedy: each clause of *conclude*, and what never ends there."""

from datetime import timedelta

import pytest

from complaints.actions.committing import make_commitment
from complaints.actions.concluding import conclude, why_not_conclude
from complaints.actions.executing import replan
from complaints.actions.keeping import keep_commitment
from complaints.actions.planning import reject_plan
from complaints.models import Order
from complaints.states import CaseState
from complaints.vocabulary import (
    ContactOutcome,
    Direction,
    Outcome,
    OwedBy,
    Remedy,
    ResponsibleParty,
    SignedBy,
    Verdict,
)
from policies.lookup import periods_in_force
from tests.building import (
    a_case,
    a_drafted_plan,
    a_negotiating_case,
    an_accepted_plan,
    an_executing_case,
    an_offered_plan,
    answer,
    tell_outcome,
)
from tests.cast import AT, later
from tests.money import a_draft
from tests.saying_no import denied, refused

pytestmark = pytest.mark.django_db

EXPLAINED = {"because": "took_explanation", "words": "原来是我自己熨坏的，明白了。"}


def unsubstantiated(cast, **changes):
    """Nothing is owed: the customer's own doing."""
    return a_negotiating_case(
        cast, verdict=Verdict.UNSUBSTANTIATED, responsible_party=ResponsibleParty.CUSTOMER, **changes
    )


@pytest.fixture
def case(cast):
    """Nothing is owed, and the customer was told how it ended."""
    case = unsubstantiated(cast)
    tell_outcome(cast, case)
    return case


def test_an_explanation_that_was_taken_ends_it(cast, case):
    """WC-02, WC-03: explained, and guided to the right use."""
    case = conclude(case.pk, by=cast.ana, at=later(hours=1), **EXPLAINED)
    assert (case.state, case.outcome) == (CaseState.FOLLOWING_UP, Outcome.EXPLAINED)
    assert case.act_reason.words == EXPLAINED["words"]
    assert case.clocks.get(kind="resolution").stopped_at == later(hours=1)
    assert case.follow_ups.exists()


def test_the_customers_words_are_written_down(cast, case):
    with refused("conclude.words_missing"):
        conclude(case.pk, by=cast.ana, at=AT, because="took_explanation", words=" ")


@pytest.mark.parametrize("because", ["", "bored"])
def test_a_reason_is_chosen(cast, case, because):
    with refused("conclude.because_missing"):
        conclude(case.pk, by=cast.ana, at=AT, because=because)


def test_who_asked_for_nothing_gets_an_explanation(cast, case):
    assert conclude(case.pk, by=cast.ana, at=AT, because="asked_for_nothing").outcome == Outcome.EXPLAINED


@pytest.mark.parametrize("asked", [{"demanded_remedy": Remedy.FULL_REFUND}, {"demand": "全额退款"}])
def test_a_standing_demand_is_a_refusal(cast, asked):
    case = unsubstantiated(cast, **asked)
    tell_outcome(cast, case)
    with refused("conclude.demand_stands"):
        conclude(case.pk, by=cast.ana, at=AT, because="asked_for_nothing")


@pytest.mark.parametrize("because", ["asked_for_nothing", "silent"])
def test_who_declined_our_plan_still_demands(cast, case, because):
    reject_plan(an_offered_plan(cast, case).pk, by=cast.ana, at=AT, words="不接受")
    with refused("conclude.demand_stands"):
        conclude(case.pk, by=cast.ana, at=later(days=60), because=because)


def test_silence_is_an_answer_past_its_deadline(cast, case):
    """The boundary: at the deadline itself the customer may still answer."""
    days = timedelta(days=periods_in_force(AT).answer_deadline_days)
    with refused("conclude.still_time_to_answer"):
        conclude(case.pk, by=cast.ana, at=AT + days, because="silent")
    case = conclude(case.pk, by=cast.ana, at=AT + days + timedelta(seconds=1), because="silent")
    assert case.outcome == Outcome.CUSTOMER_SILENT


def test_who_answered_is_not_silent(cast, case):
    answer(cast, case, at=later(hours=1), direction=Direction.INCOMING, words="我再想想")
    with refused("conclude.customer_answered"):
        conclude(case.pk, by=cast.ana, at=later(days=60), because="silent")


def test_who_was_never_reached_is_not_silent(cast):
    case = unsubstantiated(cast)
    case.contacts.update(outcome=ContactOutcome.NO_ANSWER)
    tried = {"outcome": ContactOutcome.NO_ANSWER, "purpose": "outcome"}
    answer(cast, case, channel="phone", **tried)
    answer(cast, case, channel="qianniu", **tried)
    with refused("conclude.never_asked"):
        conclude(case.pk, by=cast.ana, at=later(days=60), because="silent")


@pytest.mark.parametrize("party", [ResponsibleParty.SELLER, ResponsibleParty.COURIER])
@pytest.mark.parametrize("verdict", [Verdict.SUBSTANTIATED, Verdict.PARTLY_SUBSTANTIATED])
def test_our_fault_is_carried_out_and_not_concluded(cast, verdict, party):
    """S-SOL-03, S-SOL-14; towards the customer the shop answers for its courier."""
    case = a_negotiating_case(cast, verdict=verdict, responsible_party=party)
    tell_outcome(cast, case)
    with refused("conclude.something_owed"):
        conclude(case.pk, by=cast.ana, at=AT, **EXPLAINED)


@pytest.mark.parametrize("signed_by", [SignedBy.NOT_SIGNED, SignedBy.UNAUTHORISED])
def test_a_parcel_that_was_not_handed_over_is_owed(cast, case, signed_by):
    """S-SOL-16, WC-38."""
    Order.objects.filter(pk=case.order_id).update(signed_by=signed_by)
    with refused("conclude.something_owed"):
        conclude(case.pk, by=cast.ana, at=AT, **EXPLAINED)


def test_a_parcel_signed_for_by_the_customer_is_not(cast, case):
    """WC-39."""
    Order.objects.filter(pk=case.order_id).update(signed_by=SignedBy.CUSTOMER)
    conclude(case.pk, by=cast.ana, at=AT, **EXPLAINED)


def test_what_a_plan_calls_owed_is_owed(cast, case):
    a_drafted_plan(cast, case, owed_by=OwedBy.LAW)
    with refused("conclude.something_owed"):
        conclude(case.pk, by=cast.ana, at=AT, **EXPLAINED)


def test_once_remedied_our_fault_is_no_longer_owed(cast):
    case = an_executing_case(cast)
    keep_commitment(case.commitments.get().pk, by=cast.ana, at=AT, words="已换新")
    replan(case.pk, by=cast.ana, at=AT, reason="客户又问保养", commitments={}, grants={})
    tell_outcome(cast, case)
    an_offered_plan(cast, case)
    conclude(case.pk, by=cast.ana, at=AT, **EXPLAINED)


def test_what_is_substantiated_is_offered_a_remedy_first(cast):
    """S-TRI-21; WC-04: the attitude of staff was bad."""
    case = a_negotiating_case(cast, responsible_party=ResponsibleParty.STAFF)
    tell_outcome(cast, case)
    with refused("conclude.no_remedy_offered"):
        conclude(case.pk, by=cast.ana, at=AT, **EXPLAINED)
    an_offered_plan(cast, case)
    conclude(case.pk, by=cast.ana, at=AT, **EXPLAINED)


def test_no_promise_and_no_grant_is_left(cast, case):
    make_commitment(case.pk, by=cast.ana, at=AT, what="补寄吊牌", due_at=later(days=1))
    with refused("conclude.commitment_pending"):
        conclude(case.pk, by=cast.ana, at=AT, **EXPLAINED)
    a_draft(cast, case, fault=ResponsibleParty.CUSTOMER, goodwill=True)
    with refused("conclude.commitment_pending", "conclude.grant_unpaid"):
        conclude(case.pk, by=cast.ana, at=AT, **EXPLAINED)


def test_the_outcome_is_told(cast):
    case = unsubstantiated(cast)
    with refused("outcome.not_told"):
        conclude(case.pk, by=cast.ana, at=AT, **EXPLAINED)
    assert [found.code for found in why_not_conclude(case, by=cast.ana, at=AT)] == ["outcome.not_told"]


def test_twice_finds_the_case_elsewhere(cast, case):
    conclude(case.pk, by=cast.ana, at=AT, **EXPLAINED)
    with refused("case.not_possible_from"):
        conclude(case.pk, by=cast.ana, at=AT, **EXPLAINED)


@pytest.mark.parametrize("name", ["ben", "wen", "olga", "axel"])
def test_others_may_not(cast, case, name):
    with denied():
        conclude(case.pk, by=getattr(cast, name), at=AT, **EXPLAINED)


@pytest.mark.parametrize("state", [CaseState.ASSESSING, CaseState.INVESTIGATING, CaseState.EXECUTING])
def test_only_while_negotiating(cast, state):
    case = a_case(cast, state)
    with refused("case.not_possible_from"):
        conclude(case.pk, by=cast.ana, at=AT, **EXPLAINED)


def test_a_plan_the_customer_accepted_is_carried_out_first(cast, case):
    """An accepted plan that is owed stays owed until it is carried out."""
    an_accepted_plan(cast, case, owed_by=OwedBy.OUR_FAULT)
    with refused("conclude.something_owed"):
        conclude(case.pk, by=cast.ana, at=AT, **EXPLAINED)
