"""A lawful no, end to end: the ladder, the checks, the second person, the telling, and the way back."""

import pytest

from casemgmt.models import Notice
from complaints.actions.assigning import assign_case
from complaints.actions.evidencing import dispute_evidence, verify_evidence
from complaints.actions.granting import cancel_grant
from complaints.actions.judging import settle_directly
from complaints.actions.knowing import state_facts
from complaints.actions.proposing_refusals import propose_refusal, why_not_propose_refusal
from complaints.actions.refusing import approve_refusal, send_back_refusal, take_back_refusal
from complaints.actions.requesting_evidence import answer_evidence_request, ask_for_evidence
from complaints.actions.resuming import resume
from complaints.actions.subjecting import name_subject
from complaints.actions.telling_refusals import tell_refusal, why_not_tell_refusal
from complaints.models import Clock
from complaints.states import CaseState, FollowUpState, RefusalState
from complaints.vocabulary import ContactOutcome, EvidenceType, Outcome
from tests.building import JUDGEMENT, a_case, add_photo, an_assessing_case, an_investigating_case, answer
from tests.cast import AT, later
from tests.money import a_request
from tests.refusals import (
    GROUNDS,
    a_proposal,
    a_refused_case,
    an_approved_refusal,
    an_unreasonable_case,
    tell_the_no,
    walk_the_ladder,
)
from tests.saying_no import denied, refused

pytestmark = pytest.mark.django_db

SHOWN = {"showed_evidence": True, "showed_policy": True}


@pytest.fixture
def case(cast):
    """An unsubstantiated case with verified evidence, the ladder walked."""
    return an_unreasonable_case(cast)


def propose(cast, case, *, at=AT, **changes):
    facts = GROUNDS | {"evidence_ids": list(case.evidence.values_list("pk", flat=True))} | changes
    return propose_refusal(case.pk, by=cast.ana, at=at, **facts)


def not_durable(cast, case):
    """Clothing: the proof does not lie with the shop."""
    state_facts(case.pk, by=cast.ana, at=AT, facts={"durable": "no"}, reason="服装不属于耐用商品。")


def test_a_complete_refusal_waits_for_another_person(cast, case):
    """WC-46, W-07."""
    refusal = propose(cast, case)
    case.refresh_from_db()
    assert case.state == CaseState.REFUSAL_PROPOSED
    assert (refusal.state, refusal.proposed_by) == (RefusalState.PROPOSED, cast.ana)
    assert refusal.explanation.words == GROUNDS["explanation"]
    assert [link.evidence for link in refusal.evidence_links.all()] == list(case.evidence.all())
    told = Notice.objects.filter(code="notice.refusal_awaits_you").values_list("person", flat=True)
    assert set(told) == {cast.sven.pk, cast.tara.pk}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"ground": "bad_mood"}, "refusal.ground_unknown"),
        ({"understood": " "}, "refusal.understood_missing"),
        ({"impact_on_customer": ""}, "refusal.impact_on_customer_missing"),
        ({"impact_on_opinion": " "}, "refusal.impact_on_opinion_missing"),
        ({"impact_in_law": ""}, "refusal.impact_in_law_missing"),
        ({"company_rule": ""}, "refusal.company_rule_missing"),
        ({"company_rule": "hammurabi"}, "refusal.company_rule_unknown"),
        ({"relationship": ""}, "refusal.relationship_missing"),
        ({"company_policy": ""}, "refusal.company_policy_missing"),
        ({"explanation": ""}, "refusal.explanation_missing"),
        ({"routes": ""}, "refusal.routes_missing"),
        ({"legal_reference": ""}, "refusal.law_missing"),
        ({"legal_reference": "hammurabi"}, "refusal.law_unknown"),
        ({"evidence_ids": []}, "refusal.evidence_missing"),
    ],
)
def test_each_check_alone_refuses(cast, case, changes, code):
    """WC-47."""
    with refused(code):
        propose(cast, case, **changes)


def test_no_direct_refusal(cast):
    """S-REF-13, WC-32: each step of the ladder is asked for, together with what is typed."""
    case = an_unreasonable_case(cast, walked=False)
    with refused("refusal.ladder_talked_further", "refusal.ladder_superior", "refusal.ladder_other_options"):
        propose(cast, case)
    walk_the_ladder(cast, case)
    assert why_not_propose_refusal(case, by=cast.ana, at=AT) == []


def test_money_and_a_refusal_contradict_each_other(cast, case):
    grant = a_request(cast, case, "100", fault="customer", goodwill=True)
    with refused("refusal.money_standing"):
        propose(cast, case)
    cancel_grant(grant.pk, by=cast.ana, at=AT, reason="改为拒绝。")
    assert propose(cast, case).pk


def test_evidence_of_another_case_does_not_count(cast, case):
    other = add_photo(cast, an_investigating_case(cast))
    with refused("refusal.evidence_of_another_case"):
        propose(cast, case, evidence_ids=[*case.evidence.values_list("pk", flat=True), other.pk])


def test_evidence_that_nobody_verified_does_not_count(cast, case):
    add_photo(cast, case)
    with refused("refusal.evidence_not_verified"):
        propose(cast, case)


def test_evidence_asked_for_in_vain_is_a_ground(cast, case):
    """Not before its deadline, and not when it came."""
    request = ask_for_evidence(
        case.pk, by=cast.ana, at=AT, evidence_type=EvidenceType.TEST_REPORT, what="质检报告", due_at=later(days=7)
    )
    not_durable(cast, case)
    silence = {"ground": "no_concrete_evidence", "legal_reference": "consumer-law-23", "evidence_ids": []}
    with refused("refusal.request_not_expired"):
        propose(cast, case, at=later(days=7), **silence)
    refusal = propose(cast, case, at=later(days=8), **silence)
    answer_evidence_request(request.pk, by=cast.ana, at=later(days=9))
    with refused("refusal.evidence_arrived"):
        approve_refusal(refusal.pk, by=cast.sven, at=later(days=9), remark="同意。")


@pytest.mark.parametrize("state", ["registered", "assessing", "investigating", "executing", "external", "withdrawn"])
def test_a_refusal_is_proposed_from_negotiating_alone(cast, state):
    case = a_case(cast, state)
    with refused("case.not_possible_from"):
        propose_refusal(case.pk, by=cast.sven, at=AT, **GROUNDS)


def test_a_case_settled_directly_has_no_verified_verdict_yet(cast):
    """S-TRI-01: whether it is true is found out before anybody is refused."""
    case = an_assessing_case(cast)
    answer(cast, case)
    typed = JUDGEMENT | {"category": "product.no_reason_return", "simple_matter": True, "return_branch": "received"}
    settle_directly(case.pk, by=cast.ana, at=AT, **typed)
    verify_evidence(add_photo(cast, case).pk, by=cast.ana, at=AT)
    walk_the_ladder(cast, case)
    with refused("refusal.verdict_missing"):
        propose(cast, case)


def test_proposing_twice_is_refused(cast, case):
    propose(cast, case)
    with refused("case.not_possible_from"):
        propose(cast, case)


def test_another_person_approves_and_says_why(cast):
    refusal = a_proposal(cast)
    with refused("refusal.remark_missing"):
        approve_refusal(refusal.pk, by=cast.sven, at=AT, remark=" ")
    approved = approve_refusal(refusal.pk, by=cast.sven, at=AT, remark="依据充分。")
    assert (approved.state, approved.decided_by, approved.remark.words) == ("approved", cast.sven, "依据充分。")
    assert (approved.case.state, approved.case.outcome) == (CaseState.REFUSED, Outcome.REFUSED)
    assert approved.case.clocks.get(kind=Clock.Kind.RESOLUTION).stopped_at is None, "it runs until the customer knows"
    with refused("refusal.not_pending"):
        approve_refusal(refusal.pk, by=cast.tara, at=AT, remark="依据充分。")


def test_nobody_decides_what_they_proposed(cast, case):
    """T3: a supervisor who proposes finds another one."""
    facts = GROUNDS | {"evidence_ids": list(case.evidence.values_list("pk", flat=True))}
    refusal = propose_refusal(case.pk, by=cast.sven, at=AT, **facts)
    for decide in (approve_refusal, send_back_refusal):
        with refused("duty.asker_decides"):
            decide(refusal.pk, by=cast.sven, at=AT, remark="…")
    assert approve_refusal(refusal.pk, by=cast.tara, at=AT, remark="同意。").decided_by == cast.tara


def test_the_handler_does_not_decide(cast):
    refusal = a_proposal(cast)
    assign_case(refusal.case_id, by=cast.sven, at=AT, handler_id=cast.tara.pk, reason="安娜休假。")
    with refused("duty.handler_decides"):
        approve_refusal(refusal.pk, by=cast.tara, at=AT, remark="同意。")


def test_whom_the_complaint_is_about_does_not_even_see_it(cast):
    refusal = a_proposal(cast)
    name_subject(refusal.case_id, by=cast.ana, at=AT, person_id=cast.sven.pk)
    with denied():
        approve_refusal(refusal.pk, by=cast.sven, at=AT, remark="同意。")


def test_evidence_that_fell_meanwhile_stops_the_approval(cast):
    """T5."""
    refusal = a_proposal(cast)
    dispute_evidence(refusal.case.evidence.get().pk, by=cast.ana, at=AT, reason="照片日期存疑。")
    with refused("refusal.evidence_fell"):
        approve_refusal(refusal.pk, by=cast.sven, at=AT, remark="同意。")


def test_sent_back_it_is_negotiated_and_proposed_again(cast):
    refusal = a_proposal(cast)
    with refused("refusal.remark_missing"):
        send_back_refusal(refusal.pk, by=cast.sven, at=AT, remark="")
    sent = send_back_refusal(refusal.pk, by=cast.sven, at=AT, remark="请补充质检报告。")
    assert (sent.state, sent.case.state) == (RefusalState.SENT_BACK, CaseState.NEGOTIATING)
    assert a_proposal(cast, sent.case).pk != refusal.pk
    with refused("refusal.not_pending"):
        send_back_refusal(refusal.pk, by=cast.sven, at=AT, remark="…")


def test_the_proposer_takes_it_back(cast):
    refusal = a_proposal(cast)
    with refused("refusal.not_the_proposer"):
        take_back_refusal(refusal.pk, by=cast.sven, at=AT)
    taken = take_back_refusal(refusal.pk, by=cast.ana, at=AT)
    assert (taken.state, taken.case.state) == (RefusalState.WITHDRAWN, CaseState.NEGOTIATING)
    with refused("refusal.not_pending"):
        take_back_refusal(refusal.pk, by=cast.ana, at=AT)


@pytest.mark.parametrize("who", ["ben", "wen", "olga", "axel"])
def test_others_have_no_right(cast, case, who):
    person = getattr(cast, who)
    with denied():
        propose_refusal(case.pk, by=person, at=AT, **GROUNDS)
    refusal = propose(cast, case)
    for decide in (approve_refusal, send_back_refusal):
        with denied():
            decide(refusal.pk, by=person, at=AT, remark="…")
    with denied():
        approve_refusal(refusal.pk, by=cast.ana, at=AT, remark="…")
    with denied():
        tell_refusal(case.pk, by=person, at=AT, **SHOWN)


def test_the_customer_is_told_with_evidence_and_policy(cast):
    """S-REF-06, S-REF-07: then the resolution clock stops and a follow-up is due."""
    case = a_refused_case(cast)
    contact = tell_the_no(cast, case, at=later(hours=1))
    told = tell_refusal(case.pk, by=cast.ana, at=later(hours=1), **SHOWN)
    assert told.state == CaseState.FOLLOWING_UP
    assert told.refusals.get().told == contact
    assert told.clocks.get(kind=Clock.Kind.RESOLUTION).stopped_at == later(hours=1)
    assert told.follow_ups.get().state == FollowUpState.SCHEDULED
    with refused("case.not_possible_from"):
        tell_refusal(case.pk, by=cast.ana, at=later(hours=1), **SHOWN)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"showed_evidence": False}, "refusal.evidence_not_shown"),
        ({"showed_policy": False}, "refusal.policy_not_shown"),
    ],
)
def test_a_bare_no_is_not_enough(cast, changes, code):
    case = a_refused_case(cast)
    tell_the_no(cast, case)
    with refused(code):
        tell_refusal(case.pk, by=cast.ana, at=AT, **SHOWN | changes)


def test_telling_means_told_or_tried_everywhere(cast):
    case = a_refused_case(cast)
    with refused("outcome.not_told"):
        tell_refusal(case.pk, by=cast.ana, at=AT, **SHOWN)
    tell_the_no(cast, case, outcome=ContactOutcome.NO_ANSWER)
    with refused("outcome.not_told"):
        tell_refusal(case.pk, by=cast.ana, at=AT, **SHOWN)
    tell_the_no(cast, case, channel="phone", outcome=ContactOutcome.NO_ANSWER)
    assert tell_refusal(case.pk, by=cast.ana, at=AT, **SHOWN).state == CaseState.FOLLOWING_UP


def test_what_was_said_before_the_decision_does_not_tell_it(cast, case):
    tell_the_no(cast, case, at=AT)
    an_approved_refusal(cast, case, at=later(hours=1))
    case.refresh_from_db()
    assert [found.code for found in why_not_tell_refusal(case, by=cast.ana, at=later(hours=2))] == ["outcome.not_told"]


def test_the_alternative_is_taken_and_the_refusal_lapses(cast):
    case = a_refused_case(cast)
    resumed = resume(case.pk, by=cast.ana, at=AT, because="alternative_taken", words="那就按优惠券来吧。")
    assert (resumed.state, resumed.outcome) == (CaseState.NEGOTIATING, "")
    assert resumed.refusals.get().state == RefusalState.LAPSED
    assert resumed.act_reason.side == "customer"
    assert resumed.clocks.filter(kind=Clock.Kind.RESOLUTION).count() == 1, "its clock never stopped"
    with refused("case.not_possible_from"):
        resume(case.pk, by=cast.ana, at=AT, because="alternative_taken", words="…")


def test_after_telling_new_evidence_resumes_with_a_new_clock(cast):
    case = a_refused_case(cast)
    tell_the_no(cast, case)
    tell_refusal(case.pk, by=cast.ana, at=AT, **SHOWN)
    with refused("resume.nothing_arrived"):
        resume(case.pk, by=cast.ana, at=later(days=1), because="evidence_arrived", words="客户补交了检测报告。")
    add_photo(cast, case, at=later(days=1), evidence_type=EvidenceType.TEST_REPORT)
    resumed = resume(case.pk, by=cast.ana, at=later(days=1), because="evidence_arrived", words="客户补交了检测报告。")
    assert resumed.clocks.filter(kind=Clock.Kind.RESOLUTION, stopped_at__isnull=True).get().round == 2
    assert resumed.follow_ups.get().state == FollowUpState.CANCELLED
    assert resumed.refusals.get().state == RefusalState.LAPSED


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"because": "mood"}, "resume.because_missing"), ({"words": " "}, "resume.words_missing")],
)
def test_each_clause_of_resuming_alone_refuses(cast, changes, code):
    case = a_refused_case(cast)
    typed = {"because": "alternative_taken", "words": "那就按优惠券来吧。"} | changes
    with refused(code):
        resume(case.pk, by=cast.ana, at=AT, **typed)
    with denied():
        resume(case.pk, by=cast.ben, at=AT, **typed)
