"""Carrying out, planning anew, completing: each clause of *accept*, *replan* and *complete*."""

from decimal import Decimal

import pytest

from complaints.actions.customers import CustomerData
from complaints.actions.evidencing import exclude_evidence, verify_evidence
from complaints.actions.executing import (
    PromiseTerms,
    accept,
    complete,
    replan,
    why_not_accept,
    why_not_complete,
)
from complaints.actions.investigating import establish
from complaints.actions.keeping import keep_commitment, release_commitment
from complaints.actions.planning import OptionDraft
from complaints.actions.subjecting import name_subject
from complaints.states import CaseState, CommitmentState, GrantState, PlanState
from complaints.vocabulary import Channel, ContactOutcome, ContactPurpose, Outcome, Remedy, Verdict
from tests.building import (
    a_case,
    a_drafted_plan,
    a_negotiating_case,
    add_photo,
    an_accepted_plan,
    an_executing_case,
    an_investigating_case,
    an_offered_plan,
    answer,
    find_out,
    tell_outcome,
)
from tests.cast import AT, later
from tests.money import a_draft, an_approved_grant, pay
from tests.saying_no import denied, refused

pytestmark = pytest.mark.django_db

DUE = later(days=3)
CASH = {"options": [OptionDraft(Remedy.RED_PACKET, amount=Decimal("300.00"))]}


@pytest.fixture
def case(cast):
    """Facts established, no plan yet."""
    return a_negotiating_case(cast)


def test_each_chosen_option_becomes_a_promise(cast, case):
    """S-EXE-02: owner and moment; S-PRO-06: across departments."""
    plan = an_accepted_plan(cast, case, chosen=2)
    first, second = plan.options.all()
    terms = {second.pk: PromiseTerms(due_at=later(days=9), owner_id=cast.olga.pk, department_id=cast.operations.pk)}
    case = accept(case.pk, by=cast.ana, at=AT, due_at=DUE, terms=terms)
    assert case.state == CaseState.EXECUTING
    promises = {promise.option: promise for promise in case.commitments.all()}
    assert (promises[first].owner, promises[first].due_at) == (cast.ana, DUE)
    assert promises[first].what.words == first.words.words
    assert (promises[second].owner, promises[second].due_at) == (cast.olga, later(days=9))
    assert promises[second].department == cast.operations


def test_options_not_chosen_promise_nothing(cast, case):
    an_accepted_plan(cast, case, chosen=1)
    assert accept(case.pk, by=cast.ana, at=AT, due_at=DUE).commitments.count() == 1


def test_a_grant_asked_for_before_belongs_to_the_promise(cast, case):
    grant = a_draft(cast, case)
    an_accepted_plan(cast, case, options=[OptionDraft(Remedy.COUPON, amount=Decimal("30.00"))])
    assert accept(case.pk, by=cast.ana, at=AT, due_at=DUE).commitments.get().grant == grant


def test_a_grant_approved_before_makes_one_promise_and_not_two(cast, case):
    grant = an_approved_grant(cast, case)
    an_accepted_plan(cast, case, **CASH)
    promise = accept(case.pk, by=cast.ana, at=AT, due_at=DUE).commitments.get()
    assert (promise.grant, promise.due_at) == (grant, grant.pay_by)
    assert promise.option.remedy == Remedy.RED_PACKET


def test_a_grant_approved_afterwards_is_kept_by_its_payment(cast, case):
    an_accepted_plan(cast, case, **CASH)
    case = accept(case.pk, by=cast.ana, at=AT, due_at=DUE)
    pay(an_approved_grant(cast, case), cast.olga)
    promise = case.commitments.get()
    assert promise.state == CommitmentState.KEPT
    assert promise.grant.state == GrantState.PAID


def test_no_plan_no_offer_no_yes(cast, case):
    """Each missing step is named with the act that mends it."""
    with refused("accept.plan_missing"):
        accept(case.pk, by=cast.ana, at=AT, due_at=DUE)
    a_drafted_plan(cast, case)
    with refused("accept.plan_not_offered"):
        accept(case.pk, by=cast.ana, at=AT, due_at=DUE)
    an_offered_plan(cast, case)
    with refused("accept.yes_missing"):
        accept(case.pk, by=cast.ana, at=AT, due_at=DUE)
    assert [found.code for found in why_not_accept(case, by=cast.ana, at=AT)] == ["accept.yes_missing"]


def test_the_photo_is_confirmed_before_the_solution(cast):
    """S-INV-05; excluded evidence is confirmed to be none."""
    case = an_investigating_case(cast)
    photo, other = add_photo(cast, case), add_photo(cast, case)
    find_out(cast, case)
    establish(case.pk, by=cast.ana, at=AT, verdict=Verdict.SUBSTANTIATED)
    an_accepted_plan(cast, case)
    with refused("accept.evidence_unconfirmed"):
        accept(case.pk, by=cast.ana, at=AT, due_at=DUE)
    exclude_evidence(other.pk, by=cast.ana, at=AT, reason="模糊")
    with refused("accept.evidence_unconfirmed"):
        accept(case.pk, by=cast.ana, at=AT, due_at=DUE)
    verify_evidence(photo.pk, by=cast.ana, at=AT)
    accept(case.pk, by=cast.ana, at=AT, due_at=DUE)


def test_each_clause_of_the_terms_alone_refuses(cast, case):
    name_subject(case.pk, by=cast.ana, at=AT, person_id=cast.ben.pk)
    an_accepted_plan(cast, case)
    for code, terms in {
        "promise.due_in_past": {"due_at": AT},
        "promise.owner_missing": {"due_at": DUE, "owner_id": 999999},
        "promise.owner_is_subject": {"due_at": DUE, "owner_id": cast.ben.pk},
        "promise.department_unknown": {"due_at": DUE, "department_id": 999999},
    }.items():
        with refused(code):
            accept(case.pk, by=cast.ana, at=AT, **terms)
    with refused("promise.due_in_past"):
        accept(case.pk, by=cast.ana, at=AT)


def test_accepting_twice_finds_the_case_elsewhere(cast):
    case = an_executing_case(cast)
    with refused("case.not_possible_from"):
        accept(case.pk, by=cast.ana, at=AT, due_at=DUE)


@pytest.fixture
def executing(cast):
    """One open promise, due in three days."""
    return an_executing_case(cast)


def test_planning_anew_names_what_becomes_of_everything(cast, executing):
    promise, grant = executing.commitments.get(), a_draft(cast, executing)
    plan = executing.plans.get(state=PlanState.ACCEPTED)
    case = replan(
        executing.pk,
        by=cast.ana,
        at=AT,
        reason="同款断码",
        commitments={promise.pk: "release"},
        grants={grant.pk: "cancel"},
        customer_words="那换个方案吧",
    )
    assert case.state == CaseState.NEGOTIATING
    for row in (promise, grant, plan):
        row.refresh_from_db()
    assert promise.state == CommitmentState.RELEASED
    assert promise.released_in.words == "那换个方案吧"
    assert (grant.state, grant.reason.words) == (GrantState.CANCELLED, "同款断码")
    assert plan.state == PlanState.SUPERSEDED


def test_what_is_kept_goes_on(cast, executing):
    promise, grant = executing.commitments.get(), a_draft(cast, executing)
    replan(
        executing.pk,
        by=cast.ana,
        at=AT,
        reason="还缺一件",
        commitments={promise.pk: "keep"},
        grants={grant.pk: "keep"},
    )
    promise.refresh_from_db()
    grant.refresh_from_db()
    assert (promise.state, grant.state) == (CommitmentState.OPEN, GrantState.DRAFTED)


def test_each_clause_of_planning_anew_alone_refuses(cast, executing):
    promise, grant = executing.commitments.get(), a_draft(cast, executing)
    whole = {"reason": "同款断码", "commitments": {promise.pk: "keep"}, "grants": {grant.pk: "keep"}}
    for code, changes in {
        "replan.reason_missing": {"reason": " "},
        "replan.commitment_unnamed": {"commitments": {}},
        "replan.grant_unnamed": {"grants": {}},
        "replan.unknown_commitment": {"commitments": {promise.pk: "keep", 999999: "keep"}},
        "replan.unknown_grant": {"grants": {grant.pk: "keep", 999999: "cancel"}},
        "release.words_or_second_person": {"commitments": {promise.pk: "release"}},
    }.items():
        with refused(code):
            replan(executing.pk, by=cast.ana, at=AT, **whole | changes)
    with refused("replan.commitment_unnamed"):
        replan(executing.pk, by=cast.ana, at=AT, **whole | {"commitments": {promise.pk: "forget"}})


def test_planning_anew_twice_finds_the_case_elsewhere(cast, executing):
    promise = executing.commitments.get()
    again = {"by": cast.ana, "at": AT, "reason": "断码", "commitments": {promise.pk: "keep"}, "grants": {}}
    replan(executing.pk, **again)
    with refused("case.not_possible_from"):
        replan(executing.pk, **again)


def done(cast, case):
    """The promise is kept."""
    keep_commitment(case.commitments.pending().get().pk, by=cast.ana, at=AT, words="新衣已寄出，单号已告知")


def test_a_completed_case_is_followed_up(cast, executing):
    """S-EXE-06; the resolution clock stops here."""
    done(cast, executing)
    tell_outcome(cast, executing)
    case = complete(executing.pk, by=cast.ana, at=later(hours=1))
    assert (case.state, case.outcome) == (CaseState.FOLLOWING_UP, Outcome.REMEDIED)
    assert case.clocks.get(kind="resolution").stopped_at == later(hours=1)
    assert case.follow_ups.get().owner == cast.ana


def test_everything_promised_is_kept_or_released(cast, executing):
    tell_outcome(cast, executing)
    with refused("complete.commitment_pending"):
        complete(executing.pk, by=cast.ana, at=AT)
    release_commitment(executing.commitments.get().pk, by=cast.ana, at=AT, customer_words="不用换了，我自己洗干净了")
    complete(executing.pk, by=cast.ana, at=AT)


def test_every_grant_is_paid(cast, executing):
    done(cast, executing)
    tell_outcome(cast, executing)
    a_draft(cast, executing)
    with refused("complete.grant_unpaid"):
        complete(executing.pk, by=cast.ana, at=AT)


def test_the_customer_is_told(cast, executing):
    done(cast, executing)
    with refused("outcome.not_told"):
        complete(executing.pk, by=cast.ana, at=AT)
    assert [found.code for found in why_not_complete(executing, by=cast.ana, at=AT)] == ["outcome.not_told"]


def test_or_tried_on_every_known_channel_and_once_in_writing(cast, executing):
    done(cast, executing)
    tried = {"purpose": ContactPurpose.OUTCOME, "outcome": ContactOutcome.NO_ANSWER}
    answer(cast, executing, channel=Channel.PHONE, **tried)
    with refused("outcome.not_told"):
        complete(executing.pk, by=cast.ana, at=AT)
    answer(cast, executing, channel=Channel.QIANNIU, **tried)
    complete(executing.pk, by=cast.ana, at=AT)


def test_tried_by_phone_alone_is_not_in_writing(cast):
    case = an_executing_case(cast, customer=CustomerData(name="林晓云", phone="13800136021"))
    done(cast, case)
    tried = {"purpose": ContactPurpose.OUTCOME, "outcome": ContactOutcome.NO_ANSWER}
    answer(cast, case, channel=Channel.PHONE, **tried)
    with refused("outcome.not_told_in_writing"):
        complete(case.pk, by=cast.ana, at=AT)


def test_or_no_contact_is_known(cast):
    case = an_executing_case(
        cast, customer=CustomerData(), complainant="unknown", unknown_because="电话留言，未留姓名号码"
    )
    done(cast, case)
    assert complete(case.pk, by=cast.ana, at=AT).state == CaseState.FOLLOWING_UP


def test_completing_twice_finds_the_case_elsewhere(cast, executing):
    done(cast, executing)
    tell_outcome(cast, executing)
    complete(executing.pk, by=cast.ana, at=AT)
    with refused("case.not_possible_from"):
        complete(executing.pk, by=cast.ana, at=AT)


@pytest.mark.parametrize("name", ["ben", "wen", "olga", "axel"])
def test_others_may_not(cast, executing, name):
    by = getattr(cast, name)
    with denied():
        complete(executing.pk, by=by, at=AT)
    with denied():
        replan(executing.pk, by=by, at=AT, reason="断码", commitments={}, grants={})
    with denied():
        accept(executing.pk, by=by, at=AT, due_at=DUE)


@pytest.mark.parametrize("state", [CaseState.ASSESSING, CaseState.INVESTIGATING])
def test_only_from_the_states_of_the_diagram(cast, state):
    case = a_case(cast, state)
    with refused("case.not_possible_from"):
        accept(case.pk, by=cast.ana, at=AT, due_at=DUE)
    with refused("case.not_possible_from"):
        replan(case.pk, by=cast.ana, at=AT, reason="断码", commitments={}, grants={})
    with refused("case.not_possible_from"):
        complete(case.pk, by=cast.ana, at=AT)
