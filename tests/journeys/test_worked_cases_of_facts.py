"""The worked cases told by running the actions: from the complaint to a plan carried out, or an explanation taken."""

import pytest

from complaints.actions.concluding import conclude
from complaints.actions.escalating import decide_escalation, raise_by_hand
from complaints.actions.evidencing import verify_evidence
from complaints.actions.executing import accept, complete
from complaints.actions.investigating import establish, record_account, record_finding
from complaints.actions.judging import judge, settle_directly
from complaints.actions.keeping import keep_commitment
from complaints.actions.ordering import record_order
from complaints.actions.planning import OptionDraft, accept_plan, offer_plan, reject_plan, walk_ladder
from complaints.actions.subjecting import find_conduct, name_subject
from complaints.actions.tasking import finish_task, make_task
from complaints.rules.planning import missing_steps
from complaints.states import CaseState
from complaints.vocabulary import (
    Acceptance,
    Apology,
    Channel,
    ContactPurpose,
    DamageCause,
    EvidenceType,
    Judgement,
    LadderStep,
    Outcome,
    Reason,
    Remedy,
    ResponsibleParty,
    Side,
    SignedBy,
    StatementKind,
    UnreasonableDefinition,
    UnreasonableType,
    Verdict,
)
from tests.building import (
    JUDGEMENT,
    a_drafted_plan,
    a_photo,
    add_photo,
    an_assessing_case,
    answer,
    tell_outcome,
)
from tests.cast import AT, later
from tests.journeys.told_cases import CARRIED_OUT, CONFORMANT, MISUSED, STAFF_FINE, Told
from tests.saying_no import refused

pytestmark = pytest.mark.django_db


def begin(cast, told):
    """Registered, taken, answered, with its evidence."""
    case = an_assessing_case(cast, content=told.says, reason=told.reason, **told.more)
    answer(cast, case)
    for kind in told.evidence:
        verify_evidence(add_photo(cast, case, evidence_type=kind).pk, by=cast.ana, at=AT)
    if told.signed_by:
        record_order(case.pk, by=cast.ana, at=AT, signed_by=told.signed_by, reason="物流轨迹")
    return case


def judged(told, **changes):
    return JUDGEMENT | {"reason": told.reason, "category": told.category} | changes


def find(cast, case, told):
    """Looked into, and the verdict given."""
    record_finding(
        case.pk,
        by=cast.ana,
        at=AT,
        words=told.found,
        root_cause=told.found,
        responsible_party=told.party,
        damage_cause=told.damage,
    )
    establish(case.pk, by=cast.ana, at=AT, verdict=told.verdict)


def offer_and_choose(cast, case, remedies, *, apology=""):
    """Every remedy offered; the customer takes them all."""
    plan = a_drafted_plan(cast, case, options=[OptionDraft(remedy, words="可行：门店有货") for remedy in remedies])
    offer_plan(plan.pk, by=cast.ana, at=AT, channel=Channel.QIANNIU, words="方案如下", apology=apology)
    chosen = list(plan.options.values_list("pk", flat=True))
    accept_plan(plan.pk, by=cast.ana, at=AT, acceptance=Acceptance.SAID_YES, chosen=chosen, words="可以")


def carry_out(cast, case):
    """Every promise kept in time, the customer told."""
    accept(case.pk, by=cast.ana, at=AT, due_at=later(days=3))
    for promise in case.commitments.pending():
        keep_commitment(promise.pk, by=cast.ana, at=later(days=1), words="已办理")
    tell_outcome(cast, case, at=later(days=1))
    return complete(case.pk, by=cast.ana, at=later(days=1))


@pytest.mark.parametrize("told", CARRIED_OUT, ids=lambda told: told.code)
def test_a_plan_is_agreed_and_carried_out(cast, told):
    case = begin(cast, told)
    if told.direct:
        settle_directly(case.pk, by=cast.ana, at=AT, **judged(told), simple_matter=True)
    else:
        judge(case.pk, by=cast.ana, at=AT, **judged(told))
        find(cast, case, told)
    apology = Apology.FOR_OUR_FAULT if told.party == ResponsibleParty.SELLER else Apology.FOR_EXPERIENCE
    offer_and_choose(cast, case, told.remedies, apology=apology)
    case = carry_out(cast, case)
    assert (case.state, case.outcome) == (CaseState.FOLLOWING_UP, Outcome.REMEDIED)
    assert case.plans.get().offer.apology == apology


@pytest.mark.parametrize("told", [MISUSED, CONFORMANT, STAFF_FINE], ids=lambda told: told.code)
def test_an_explanation_is_given_and_taken(cast, told):
    case = begin(cast, told)
    judge(case.pk, by=cast.ana, at=AT, **judged(told))
    find(cast, case, told)
    answer(cast, case, words="我们的解释与建议", purpose=ContactPurpose.OUTCOME, apology=Apology.FOR_EXPERIENCE)
    case = conclude(case.pk, by=cast.ana, at=AT, because="took_explanation", words="好吧，明白了")
    assert (case.state, case.outcome) == (CaseState.FOLLOWING_UP, Outcome.EXPLAINED)


def test_wc_04_the_attitude_was_really_bad(cast):
    """Filed as unreasonable; the verdict flips, the person named neither sees nor handles it."""
    told = Told(
        "WC-04",
        "客服骂人！",
        "service_attitude.staff_conduct",
        Reason.SERVICE_ATTITUDE,
        ResponsibleParty.STAFF,
        "录音证实辱骂。",
        (Remedy.APOLOGY, Remedy.IMPROVEMENT),
    )
    case = begin(cast, told)
    subject = name_subject(case.pk, by=cast.ana, at=AT, person_id=cast.ben.pk)
    unreasonable = {
        "judgement": Judgement.UNREASONABLE,
        "basis": "情绪激动，无具体事实",
        "unreasonable_type": UnreasonableType.EMOTIONAL,
        "unreasonable_definition": UnreasonableDefinition.OFF_POLICY,
    }
    judge(case.pk, by=cast.ana, at=AT, **judged(told, **unreasonable))
    find(cast, case, told)
    find_conduct(subject.pk, by=cast.ana, at=AT, finding=Verdict.SUBSTANTIATED)
    answer(cast, case, purpose=ContactPurpose.OUTCOME, words="抱歉", apology=Apology.FOR_OUR_FAULT)
    with refused("conclude.no_remedy_offered"):
        conclude(case.pk, by=cast.ana, at=AT, because="took_explanation", words="算了")
    offer_and_choose(cast, case, told.remedies, apology=Apology.FOR_OUR_FAULT)
    assert carry_out(cast, case).outcome == Outcome.REMEDIED


def test_wc_06_two_options_and_progress(cast):
    """Technicians diagnose; repair is chosen of two options; progress is told during it."""
    told = Told(
        "WC-06",
        "手机总死机，接不了电话，退机！",
        "product.quality",
        Reason.QUALITY,
        ResponsibleParty.SELLER,
        "技术诊断为主板故障。",
        (Remedy.REPAIR,),
        evidence=(EvidenceType.PHOTO, EvidenceType.TECHNICAL_DIAGNOSIS),
    )
    case = begin(cast, told)
    judge(case.pk, by=cast.ana, at=AT, **judged(told))
    find(cast, case, told)
    plan = a_drafted_plan(cast, case, options=[OptionDraft(Remedy.REPAIR), OptionDraft(Remedy.FULL_REFUND)])
    offer_plan(plan.pk, by=cast.ana, at=AT, channel=Channel.QIANNIU, words="免费维修，或全额退款并补偿")
    repair = plan.options.get(remedy=Remedy.REPAIR)
    accept_plan(plan.pk, by=cast.ana, at=AT, acceptance=Acceptance.SAID_YES, chosen=[repair.pk], words="先修")
    accept(case.pk, by=cast.ana, at=AT, due_at=later(days=5))
    answer(cast, case, at=later(days=1), purpose=ContactPurpose.PROGRESS, words="主板已更换，测试中")
    promise = case.commitments.get()
    assert promise.option == repair
    keep_commitment(promise.pk, by=cast.ana, at=later(days=2), words="修好寄回")
    tell_outcome(cast, case, at=later(days=2))
    assert complete(case.pk, by=cast.ana, at=later(days=2)).state == CaseState.FOLLOWING_UP


def test_wc_10_the_real_need_is_stored_apart(cast):
    told = Told(
        "WC-10", "快递太慢！", "other", Reason.LOGISTICS, ResponsibleParty.SELLER, "……", (Remedy.APOLOGY,), direct=True
    )
    case = begin(cast, told)
    settle_directly(
        case.pk,
        by=cast.ana,
        at=AT,
        **judged(told),
        simple_matter=True,
        real_need="希望及时确认订单，并有后续售后保障",
    )
    kinds = dict(case.statements.values_list("kind", "words"))
    assert kinds[StatementKind.CONTENT] == "快递太慢！"
    assert kinds[StatementKind.REAL_NEED] == "希望及时确认订单，并有后续售后保障"


def test_wc_11_not_the_transport_but_misuse(cast):
    """Both sides are heard; the facts put the case into another category."""
    told = Told(
        "WC-11",
        "运输途中摔坏了！",
        "product.quality",
        Reason.DAMAGED,
        ResponsibleParty.CUSTOMER,
        "外包装完好，磕痕为使用造成。",
        (),
        evidence=(EvidenceType.PHOTO,),
        damage=DamageCause.CUSTOMER,
    )
    case = begin(cast, told)
    judge(case.pk, by=cast.ana, at=AT, **judged(told))
    record_account(case.pk, by=cast.ana, at=AT, words="快递员称签收时外箱完好", side=Side.THIRD_PARTY)
    record_finding(
        case.pk,
        by=cast.ana,
        at=AT,
        words=told.found,
        root_cause="使用不当",
        responsible_party=told.party,
        damage_cause=told.damage,
        matches_account=False,
    )
    case = establish(
        case.pk, by=cast.ana, at=AT, verdict=Verdict.UNSUBSTANTIATED, category="product.misuse", basis="双方证据"
    )
    assert case.category == "product.misuse"
    assert list(case.assessments.values_list("judgement", "verdict")) == [
        (Judgement.REASONABLE, ""),
        ("", Verdict.UNSUBSTANTIATED),
    ]


def test_wc_17_departments_work_together(cast):
    told = Told("WC-17", "订单异常！", "other", Reason.OTHER, ResponsibleParty.SELLER, "……", (Remedy.APOLOGY,))
    case = begin(cast, told)
    task = make_task(
        case.pk,
        by=cast.ana,
        at=AT,
        department_id=cast.operations.pk,
        what="查明订单为何被拆成两单",
        due_at=later(hours=6),
    )
    finish_task(task.pk, by=cast.olga, at=later(hours=2), result="系统按仓拆单，明日合并发出")
    answer(cast, case, at=later(hours=3), purpose=ContactPurpose.PROGRESS, words="已查明原因并安排合并发货")
    assert case.tasks.get().result.words == "系统按仓拆单，明日合并发出"


def test_wc_31_beyond_authority_goes_up(cast):
    told = Told("WC-31", "必须赔我五千！", "other", Reason.OTHER, ResponsibleParty.SELLER, "……", (Remedy.APOLOGY,))
    case = begin(cast, told)
    escalation = raise_by_hand(case.pk, by=cast.ana, at=AT, reason="超出权限")
    decided = decide_escalation(
        escalation.pk, by=cast.sven, at=later(hours=1), decision="better_solution", answer="换新并延保一年"
    )
    assert decided.answer.words == "换新并延保一年"


def test_wc_32_the_ladder_comes_before_the_principle(cast):
    told = CONFORMANT
    case = begin(cast, told)
    judge(case.pk, by=cast.ana, at=AT, **judged(told))
    find(cast, case, told)
    plan = a_drafted_plan(cast, case)
    offer_plan(plan.pk, by=cast.ana, at=AT, channel=Channel.QIANNIU, words="两个方案")
    reject_plan(plan.pk, by=cast.ana, at=AT, words="都不要，只要退款")
    for step in LadderStep.values:
        walk_ladder(case.pk, by=cast.ana, at=AT, step=step, words="仍不接受")
    assert missing_steps(frozenset(case.ladder.values_list("step", flat=True))) == ()
    tell_outcome(cast, case)
    with refused("conclude.demand_stands"):
        conclude(case.pk, by=cast.ana, at=later(days=60), because="silent")


@pytest.mark.parametrize(
    ("signed_by", "owed"), [(SignedBy.NOT_SIGNED, True), (SignedBy.UNAUTHORISED, True), (SignedBy.AUTHORISED, False)]
)
def test_wc_38_and_39_who_signed_for_the_parcel_decides(cast, signed_by, owed):
    told = Told(
        "WC-38",
        "包裹不见了！",
        "logistics.misdelivered",
        Reason.NOT_RECEIVED,
        ResponsibleParty.THIRD_PARTY,
        "已查运单。",
        (Remedy.RESHIP,),
        evidence=(EvidenceType.WAYBILL,),
        verdict=Verdict.UNSUBSTANTIATED,
        signed_by=signed_by,
    )
    case = begin(cast, told)
    judge(case.pk, by=cast.ana, at=AT, **judged(told))
    find(cast, case, told)
    tell_outcome(cast, case)
    if owed:
        with refused("conclude.something_owed"):
            conclude(case.pk, by=cast.ana, at=AT, because="took_explanation", words="知道了")
    else:
        assert conclude(case.pk, by=cast.ana, at=AT, because="took_explanation", words="知道了").outcome


def test_a_photo_that_nobody_confirmed_holds_the_solution_up(cast):
    """WC-33, S-INV-05."""
    told = Told(
        "WC-33",
        "寄错了！",
        "product.wrong_item",
        Reason.WRONG_ITEM,
        ResponsibleParty.SELLER,
        "……",
        (Remedy.RESHIP,),
        direct=True,
    )
    case = begin(cast, told)
    photo = add_photo(cast, case, file=a_photo("错发.png"))
    settle_directly(case.pk, by=cast.ana, at=AT, **judged(told), simple_matter=True)
    offer_and_choose(cast, case, told.remedies)
    with refused("accept.evidence_unconfirmed"):
        accept(case.pk, by=cast.ana, at=AT, due_at=later(days=1))
    verify_evidence(photo.pk, by=cast.ana, at=AT)
    assert carry_out(cast, case).outcome == Outcome.REMEDIED
