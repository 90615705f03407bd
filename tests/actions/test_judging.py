"""Judging at first sight, and settling a simple matter directly: each clause of both rows of the table."""

import pytest

from complaints.actions.flagging import raise_flag
from complaints.actions.judging import judge, settle_directly, why_not_judge, why_not_settle_directly
from complaints.models import Assessment, Clock, ExternalRoute
from complaints.states import CaseState
from complaints.vocabulary import (
    BodyKind,
    ContactOutcome,
    ContactPurpose,
    Judgement,
    Reason,
    RouteKind,
    Severity,
    StatementKind,
    UnreasonableDefinition,
    UnreasonableType,
)
from policies.lookup import clock_policies_in_force
from tests.building import JUDGEMENT, a_case, add_photo, an_assessing_case, answer
from tests.cast import AT, later
from tests.saying_no import denied, refused

pytestmark = pytest.mark.django_db

SIMPLE = JUDGEMENT | {"category": "product.no_reason_return", "simple_matter": True, "return_branch": "received"}
UNREASONABLE = {
    "judgement": Judgement.UNREASONABLE,
    "basis": "照片与商品不符，且拒绝补拍。",
    "unreasonable_type": UnreasonableType.PROFIT_DRIVEN,
    "unreasonable_definition": UnreasonableDefinition.CONTRADICTS_FACTS,
}


@pytest.fixture
def answered(cast):
    """A case that ana took and answered."""
    case = an_assessing_case(cast)
    answer(cast, case)
    return case


def test_a_judged_case_is_looked_into(cast, answered):
    case = judge(answered.pk, by=cast.ana, at=AT, real_need="想尽快穿上干净的大衣", **JUDGEMENT)
    assert case.state == CaseState.INVESTIGATING
    assert (case.reason, case.category, case.severity) == (Reason.QUALITY, "product.quality", Severity.ORDINARY)
    assessment = case.assessments.get()
    assert (assessment.stage, assessment.judgement) == (Assessment.Stage.PRELIMINARY, Judgement.REASONABLE)
    assert case.statements.filter(kind=StatementKind.REAL_NEED).exists()
    assert case.history.latest("history_id").history_change_reason == "case.judged"


def test_an_unreasonable_complaint_is_looked_into_all_the_same(cast, answered):
    """S-UNR-17: the mark removes no step."""
    case = judge(answered.pk, by=cast.ana, at=AT, **JUDGEMENT | UNREASONABLE)
    assert case.state == CaseState.INVESTIGATING
    assert case.assessments.get().basis.words == UNREASONABLE["basis"]


def test_clocks_follow_the_severity_judged(cast, answered):
    """The resolution clock of a grave case is another policy row (S-TRI-04, S-SLA-02)."""
    judge(answered.pk, by=cast.ana, at=AT, **JUDGEMENT | {"severity": Severity.GRAVE})
    clock = answered.clocks.get(kind=Clock.Kind.RESOLUTION)
    policies = {policy.policy_id: policy for policy in clock_policies_in_force(AT).values()}
    assert Severity.GRAVE in policies[clock.policy_id].severities
    assert clock.due_at < clock.first_due_at


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reason": Reason.NOT_STATED}, "judge.reason_not_stated"),
        ({"reason": "whatever"}, "judge.reason_not_stated"),
        ({"category": ""}, "judge.category_missing"),
        ({"category": "product.unheard_of"}, "judge.category_unknown"),
        ({"severity": ""}, "judge.severity_missing"),
        ({"severity": "5"}, "judge.severity_missing"),
        ({"judgement": ""}, "judge.judgement_missing"),
        (UNREASONABLE | {"basis": " "}, "judge.basis_missing"),
        (UNREASONABLE | {"unreasonable_type": ""}, "judge.type_missing"),
        (UNREASONABLE | {"unreasonable_definition": ""}, "judge.definition_missing"),
        ({"unreasonable_type": UnreasonableType.EMOTIONAL}, "judge.type_without_mark"),
    ],
)
@pytest.mark.parametrize(("act", "typed"), [(judge, JUDGEMENT), (settle_directly, SIMPLE)])
def test_each_clause_of_the_judgement_alone_refuses(cast, answered, act, typed, changes, code):
    more = ["settle.category_not_direct"] if act is settle_directly and "category" in changes else []
    with refused(code, *more):
        act(answered.pk, by=cast.ana, at=AT, **typed | changes)


def test_everything_missing_is_said_at_once(cast):
    case = an_assessing_case(cast)
    with refused(
        "judge.not_answered",
        "judge.reason_not_stated",
        "judge.category_missing",
        "judge.severity_missing",
        "judge.judgement_missing",
    ):
        judge(case.pk, by=cast.ana, at=AT, reason="", category="", severity="", judgement="")


@pytest.mark.parametrize("act", [judge, settle_directly])
def test_nobody_is_judged_unanswered(cast, act):
    """S-SLA-01; an automatic acknowledgement is no answer."""
    case = an_assessing_case(cast)
    answer(cast, case, outcome=ContactOutcome.AUTOMATIC)
    with refused("judge.not_answered"):
        act(case.pk, by=cast.ana, at=AT, **SIMPLE)
    assert [found.code for found in why_not_judge(case, by=cast.ana, at=AT)] == ["judge.not_answered"]


@pytest.mark.parametrize(
    "outcome",
    [ContactOutcome.DELIVERED, ContactOutcome.NO_ANSWER, ContactOutcome.WRONG_NUMBER, ContactOutcome.IMPOSSIBLE],
)
def test_answered_tried_or_impossible_lets_the_case_be_judged(cast, outcome):
    case = an_assessing_case(cast)
    answer(cast, case, outcome=outcome)
    assert why_not_judge(case, by=cast.ana, at=AT) == []


def test_a_ring_without_answer_does_not_stop_the_clock(cast):
    case = an_assessing_case(cast)
    answer(cast, case, channel="phone", outcome=ContactOutcome.NO_ANSWER)
    assert judge(case.pk, by=cast.ana, at=AT, **JUDGEMENT).clocks.get(kind="first_response").stopped_at is None


@pytest.mark.parametrize("state", [CaseState.REGISTERED, CaseState.INVESTIGATING, CaseState.NEGOTIATING])
@pytest.mark.parametrize("act", [judge, settle_directly])
def test_only_a_case_in_its_first_assessment(cast, act, state):
    case = a_case(cast, state)
    by = cast.ana if case.handler_id else cast.sven
    with refused("case.not_possible_from"):
        act(case.pk, by=by, at=AT, **SIMPLE)


def test_twice_finds_the_case_elsewhere(cast, answered):
    judge(answered.pk, by=cast.ana, at=AT, **JUDGEMENT)
    with refused("case.not_possible_from"):
        judge(answered.pk, by=cast.ana, at=later(minutes=1), **JUDGEMENT)


@pytest.mark.parametrize("act", [judge, settle_directly])
def test_a_supervisor_of_the_team_may(cast, answered, act):
    assert act(answered.pk, by=cast.tara, at=AT, **SIMPLE).assessments.get().judged_by == cast.tara


@pytest.mark.parametrize("name", ["ben", "wen", "olga", "axel"])
@pytest.mark.parametrize("act", [judge, settle_directly])
def test_others_may_not(cast, answered, act, name):
    with denied():
        act(answered.pk, by=getattr(cast, name), at=AT, **SIMPLE)


def test_a_simple_matter_goes_straight_to_the_plan(cast, answered):
    """S-TRI-06; a plain return within seven days is no legal dispute."""
    case = settle_directly(answered.pk, by=cast.ana, at=AT, **SIMPLE)
    assert case.state == CaseState.NEGOTIATING
    assert case.simple_matter
    assert case.assessments.get().stage == Assessment.Stage.PRELIMINARY


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"simple_matter": False}, "settle.not_simple"),
        ({"affects_others": True}, "settle.affects_others"),
        ({"category": "product.quality"}, "settle.category_not_direct"),
    ],
)
def test_each_clause_of_direct_settlement_alone_refuses(cast, answered, changes, code):
    add_photo(cast, answered)
    with refused(code):
        settle_directly(answered.pk, by=cast.ana, at=AT, **SIMPLE | changes)


@pytest.mark.parametrize(("flag", "code"), [("safety", "settle.safety"), ("legal", "settle.legal_dispute")])
def test_safety_and_law_are_never_settled_directly(cast, answered, flag, code):
    raise_flag(answered.pk, by=cast.ana, at=AT, flag=flag, reason="顾客称面料引起过敏")
    with refused(code):
        settle_directly(answered.pk, by=cast.ana, at=AT, **SIMPLE)
    answered.refresh_from_db()
    assert code in [found.code for found in why_not_settle_directly(answered, by=cast.ana, at=AT)]


def test_a_case_before_a_court_is_a_legal_dispute(cast, answered):
    ExternalRoute.objects.create(
        case=answered,
        kind=RouteKind.LITIGATION,
        body_kind=BodyKind.COURT,
        body_name="义乌市人民法院",
        filed_at=AT,
        recorded_by=cast.ana,
        account=answered.statements.first(),
    )
    with refused("settle.legal_dispute"):
        settle_directly(answered.pk, by=cast.ana, at=AT, **SIMPLE)


def test_the_evidence_of_the_category_is_there(cast, answered):
    """WC-33: a wrong item is settled directly once its photo arrived."""
    wrong_item = SIMPLE | {"category": "product.wrong_item", "reason": Reason.WRONG_ITEM}
    with refused("settle.evidence_missing"):
        settle_directly(answered.pk, by=cast.ana, at=AT, **wrong_item)
    add_photo(cast, answered)
    assert settle_directly(answered.pk, by=cast.ana, at=AT, **wrong_item).state == CaseState.NEGOTIATING


def test_an_offer_counts_as_an_answer(cast):
    case = an_assessing_case(cast)
    answer(cast, case, purpose=ContactPurpose.PROGRESS)
    assert why_not_judge(case, by=cast.ana, at=AT) == []
