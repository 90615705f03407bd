"""Accounts, findings, the verified verdict, and looking again: each clause of *establish* and *reinvestigate*."""

from datetime import timedelta

import pytest

from complaints.actions.customers import OrderData
from complaints.actions.evidencing import add_evidence, exclude_evidence, verify_evidence
from complaints.actions.executing import accept
from complaints.actions.investigating import (
    establish,
    record_account,
    record_finding,
    reinvestigate,
    why_not_establish,
)
from complaints.actions.judging import judge
from complaints.actions.ordering import record_order
from complaints.actions.requesting_evidence import ask_for_evidence
from complaints.actions.subjecting import name_subject
from complaints.models import Assessment
from complaints.states import CaseState
from complaints.vocabulary import (
    DamageCause,
    EvidenceType,
    Judgement,
    ResponsibleParty,
    Side,
    UnreasonableDefinition,
    UnreasonableType,
    Verdict,
)
from tests.building import (
    JUDGEMENT,
    a_case,
    a_negotiating_case,
    a_photo,
    add_photo,
    an_accepted_plan,
    an_assessing_case,
    an_investigating_case,
    answer,
    find_out,
)
from tests.cast import AT, later
from tests.saying_no import denied, refused

pytestmark = pytest.mark.django_db

FOUND = {"words": "检测合格，无质量问题。", "root_cause": "使用不当", "responsible_party": ResponsibleParty.CUSTOMER}


@pytest.fixture
def case(cast):
    """Judged, and nothing found out yet."""
    return an_investigating_case(cast)


@pytest.fixture
def ready(cast, case):
    """Everything is there but the verdict."""
    add_photo(cast, case)
    find_out(cast, case)
    return case


def test_the_verdict_rests_on_the_newest_finding(cast, ready):
    newest = record_finding(ready.pk, by=cast.ana, at=later(hours=1), **FOUND)
    case = establish(ready.pk, by=cast.ana, at=later(hours=2), verdict=Verdict.UNSUBSTANTIATED, basis="检测报告")
    assert case.state == CaseState.NEGOTIATING
    verified = case.assessments.get(stage=Assessment.Stage.VERIFIED)
    assert (verified.verdict, verified.finding) == (Verdict.UNSUBSTANTIATED, newest)


@pytest.mark.parametrize(
    ("judgement", "verdict"),
    [(Judgement.UNREASONABLE, Verdict.SUBSTANTIATED), (Judgement.REASONABLE, Verdict.UNSUBSTANTIATED)],
)
def test_the_verdict_may_reverse_the_judgement_either_way(cast, judgement, verdict):
    """S-TRI-03; WC-04 (the attitude was really bad), WC-11 (not the transport, but misuse)."""
    case = an_assessing_case(cast)
    answer(cast, case)
    unreasonable = judgement == Judgement.UNREASONABLE
    judge(
        case.pk,
        by=cast.ana,
        at=AT,
        **JUDGEMENT | {"judgement": judgement},
        basis="初看与事实不符" if unreasonable else "",
        unreasonable_type=UnreasonableType.EMOTIONAL if unreasonable else "",
        unreasonable_definition=UnreasonableDefinition.OFF_POLICY if unreasonable else "",
    )
    add_photo(cast, case)
    find_out(cast, case)
    establish(case.pk, by=cast.ana, at=AT, verdict=verdict)
    assert list(case.assessments.values_list("judgement", "verdict")) == [(judgement, ""), ("", verdict)]


def test_one_side_alone_carries_no_verdict(cast, case):
    """S-INV-08: the customer's account stands since registration; our finding is missing."""
    add_photo(cast, case)
    with refused("establish.finding_missing"):
        establish(case.pk, by=cast.ana, at=AT, verdict=Verdict.SUBSTANTIATED)


def test_another_account_is_not_needed_when_none_came(cast, ready):
    """The registered account counts; tests/rules tells what happens without any."""
    assert not ready.accounts.exists()
    assert why_not_establish(ready, by=cast.ana, at=AT) == []


@pytest.mark.parametrize(
    ("found", "code"),
    [
        (FOUND | {"root_cause": ""}, "establish.root_cause_missing"),
        (FOUND | {"responsible_party": ""}, "establish.party_missing"),
    ],
)
def test_cause_and_party_are_named(cast, case, found, code):
    """S-INV-09, S-TRI-17."""
    add_photo(cast, case)
    record_finding(case.pk, by=cast.ana, at=AT, **found)
    with refused(code):
        establish(case.pk, by=cast.ana, at=AT, verdict=Verdict.SUBSTANTIATED)


def test_undetermined_is_an_answer_when_it_says_why(cast, case):
    add_photo(cast, case)
    undetermined = FOUND | {"responsible_party": ResponsibleParty.UNDETERMINED, "root_cause": ""}
    with refused("finding.undetermined_unexplained"):
        record_finding(case.pk, by=cast.ana, at=AT, **undetermined)
    record_finding(case.pk, by=cast.ana, at=AT, **undetermined, undetermined_because="快递与仓库各执一词，监控已覆盖")
    establish(case.pk, by=cast.ana, at=AT, verdict=Verdict.PARTLY_SUBSTANTIATED)


@pytest.mark.parametrize("verdict", ["", "guilty"])
def test_a_verdict_is_given(cast, ready, verdict):
    with refused("establish.verdict_missing"):
        establish(ready.pk, by=cast.ana, at=AT, verdict=verdict)


def test_what_is_substantiated_is_not_unreasonable(cast, ready):
    with refused("establish.type_without_mark"):
        establish(
            ready.pk,
            by=cast.ana,
            at=AT,
            verdict=Verdict.SUBSTANTIATED,
            unreasonable_type=UnreasonableType.MALICIOUS,
        )


def test_the_evidence_of_the_category_is_received(cast, case):
    find_out(cast, case)
    with refused("establish.evidence_missing"):
        establish(case.pk, by=cast.ana, at=AT, verdict=Verdict.SUBSTANTIATED)
    photo = add_photo(cast, case)
    exclude_evidence(photo.pk, by=cast.ana, at=AT, reason="不是本单商品")
    with refused("establish.evidence_missing"):
        establish(case.pk, by=cast.ana, at=AT, verdict=Verdict.SUBSTANTIATED)
    add_evidence(
        case.pk, by=cast.ana, at=AT, file=a_photo(), evidence_type=EvidenceType.PHOTO, supplied_by=Side.CUSTOMER
    )
    establish(case.pk, by=cast.ana, at=AT, verdict=Verdict.SUBSTANTIATED)


def test_or_asked_for_and_its_deadline_passed(cast, case):
    """The boundary: at the deadline itself there is still time."""
    find_out(cast, case)
    request = ask_for_evidence(
        case.pk, by=cast.ana, at=AT, evidence_type=EvidenceType.PHOTO, what="请拍一张领口的照片", due_at=later(days=2)
    )
    with refused("establish.evidence_missing"):
        establish(case.pk, by=cast.ana, at=request.due_at, verdict=Verdict.UNSUBSTANTIATED)
    establish(case.pk, by=cast.ana, at=request.due_at + timedelta(seconds=1), verdict=Verdict.UNSUBSTANTIATED)


def test_the_facts_of_the_category_are_known(cast):
    case = an_investigating_case(cast, category="product.damaged", order=OrderData())
    add_photo(cast, case)
    find_out(cast, case)
    with refused("establish.order_fact_missing", "establish.order_fact_missing", "establish.damage_cause_missing"):
        establish(case.pk, by=cast.ana, at=AT, verdict=Verdict.SUBSTANTIATED)
    record_order(case.pk, by=cast.ana, at=AT, number="3391770212", product_name="羊毛大衣", reason="客户补充")
    record_finding(case.pk, by=cast.ana, at=AT, **FOUND, damage_cause=DamageCause.CUSTOMER)
    establish(case.pk, by=cast.ana, at=AT, verdict=Verdict.UNSUBSTANTIATED)


def test_a_complaint_about_somebody_names_them(cast):
    case = an_investigating_case(cast, category="service_attitude.staff_conduct")
    find_out(cast, case)
    with refused("establish.subject_missing"):
        establish(case.pk, by=cast.ana, at=AT, verdict=Verdict.SUBSTANTIATED)
    name_subject(case.pk, by=cast.ana, at=AT, person_id=cast.ben.pk)
    establish(case.pk, by=cast.ana, at=AT, verdict=Verdict.SUBSTANTIATED)


def test_a_return_says_which_branch_it_takes(cast):
    """S-INT-16."""
    case = an_investigating_case(cast, category="product.no_reason_return")
    find_out(cast, case)
    with refused("establish.fact_missing"):
        establish(case.pk, by=cast.ana, at=AT, verdict=Verdict.SUBSTANTIATED)


def test_the_facts_may_put_the_case_into_another_category(cast, ready):
    """WC-11: not the goods, but misuse; what the new category needs counts."""
    with refused("judge.category_unknown"):
        establish(ready.pk, by=cast.ana, at=AT, verdict=Verdict.UNSUBSTANTIATED, category="product.unheard_of")
    with refused("establish.damage_cause_missing"):
        establish(ready.pk, by=cast.ana, at=AT, verdict=Verdict.UNSUBSTANTIATED, category="product.misuse")
    record_finding(ready.pk, by=cast.ana, at=AT, **FOUND, damage_cause=DamageCause.CUSTOMER)
    case = establish(ready.pk, by=cast.ana, at=AT, verdict=Verdict.UNSUBSTANTIATED, category="product.misuse")
    assert case.category == "product.misuse"


def test_the_finding_tells_the_cause_of_damage(cast):
    case = an_investigating_case(cast, category="product.damaged")
    verify_evidence(add_photo(cast, case).pk, by=cast.ana, at=AT)
    record_finding(case.pk, by=cast.ana, at=AT, **FOUND, damage_cause=DamageCause.CUSTOMER)
    establish(case.pk, by=cast.ana, at=AT, verdict=Verdict.UNSUBSTANTIATED)


def test_twice_finds_the_case_elsewhere(cast, ready):
    establish(ready.pk, by=cast.ana, at=AT, verdict=Verdict.SUBSTANTIATED)
    with refused("case.not_possible_from"):
        establish(ready.pk, by=cast.ana, at=AT, verdict=Verdict.SUBSTANTIATED)


@pytest.mark.parametrize("name", ["ben", "wen", "olga", "axel"])
def test_others_may_not(cast, ready, name):
    by = getattr(cast, name)
    with denied():
        establish(ready.pk, by=by, at=AT, verdict=Verdict.SUBSTANTIATED)
    with denied():
        record_finding(ready.pk, by=by, at=AT, **FOUND)
    with denied():
        record_account(ready.pk, by=by, at=AT, words="……")


def test_looking_again_says_what_is_new(cast):
    case = a_negotiating_case(cast)
    with refused("reinvestigate.news_missing"):
        reinvestigate(case.pk, by=cast.ana, at=AT, news=" ")
    case = reinvestigate(case.pk, by=cast.ana, at=AT, news="快递员补充了签收照片")
    assert case.state == CaseState.INVESTIGATING
    assert case.act_reason.words == "快递员补充了签收照片"
    with refused("case.not_possible_from"):
        reinvestigate(case.pk, by=cast.ana, at=AT, news="再次")
    with denied():
        reinvestigate(case.pk, by=cast.ben, at=AT, news="再次")


def test_accounts_of_both_sides_stand_as_they_were_given(cast, case):
    account = record_account(case.pk, by=cast.ana, at=AT, words="我拆开就是脏的", given_at=later(hours=-2))
    other = record_account(case.pk, by=cast.ana, at=AT, words="出库时完好", side=Side.COMPANY)
    assert list(case.accounts.all()) == [account, other]
    assert (account.statement.side, other.statement.side) == (Side.CUSTOMER, Side.COMPANY)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"words": ""}, "account.words_missing"),
        ({"side": "neighbour"}, "account.side_unknown"),
        ({"given_at": later(seconds=1)}, "account.given_in_future"),
    ],
)
def test_each_clause_of_an_account_alone_refuses(cast, case, changes, code):
    with refused(code):
        record_account(case.pk, by=cast.ana, at=AT, **{"words": "脏的"} | changes)


def test_a_finding_says_what_was_found(cast, case):
    with refused("finding.words_missing"):
        record_finding(case.pk, by=cast.ana, at=AT, **FOUND | {"words": ""})


def test_facts_may_be_added_in_any_open_state(cast):
    case = a_negotiating_case(cast)
    an_accepted_plan(cast, case)
    accept(case.pk, by=cast.ana, at=AT, due_at=later(days=1))
    record_account(case.pk, by=cast.ana, at=AT, words="补充一句")


@pytest.mark.parametrize("state", [CaseState.ASSESSING, CaseState.NEGOTIATING, CaseState.EXECUTING])
def test_only_a_case_under_investigation_is_established(cast, state):
    case = a_case(cast, state)
    with refused("case.not_possible_from"):
        establish(case.pk, by=cast.ana, at=AT, verdict=Verdict.SUBSTANTIATED)
