"""Steps about time, people and evidence: pauses, more time, flags, subjects, tasks, calls, superiors."""

from complaints.actions.committing import make_commitment
from complaints.actions.dialling import finish_call, start_call
from complaints.actions.escalating import acknowledge_escalation, decide_escalation, raise_by_hand
from complaints.actions.evidencing import dispute_evidence, exclude_evidence
from complaints.actions.extending import (
    approve_extension,
    ask_for_extension,
    reject_extension,
    take_back_extension,
)
from complaints.actions.flagging import lower_flag, raise_flag
from complaints.actions.following_up import cancel_follow_up, customer_came_first
from complaints.actions.keeping import break_commitment
from complaints.actions.noting import correct_statement, write_note
from complaints.actions.overriding import approve_wording, ask_for_wording, reject_wording
from complaints.actions.pausing import begin_pause, end_pause
from complaints.actions.requesting_evidence import (
    answer_evidence_request,
    ask_for_evidence,
    give_up_evidence_request,
)
from complaints.actions.scheduling_calls import cancel_scheduled_call, schedule_call
from complaints.actions.subjecting import lift_subject, name_subject
from complaints.actions.tasking import cancel_task, finish_task, make_task
from complaints.vocabulary import EvidenceType, PauseCategory
from tests.building import answer
from tests.walking.rows import newest

STEPS = {
    "pause": lambda walk, case: begin_pause(
        case.pk,
        **walk.who(),
        category=walk.pick(*PauseCategory.values),
        reason="等",
        asked_of="customer",
        asked_what="照片",
    ),
    "end pause": lambda walk, case: end_pause(case.pk, **walk.who()),
    "more time": lambda walk, case: ask_for_extension(
        case.pk,
        **walk.who(),
        clock_id=newest(case.clocks).pk,
        amount=walk.pick(1, 2, 60),
        reason="工厂还在检",
        explanation="检测需要时间。",
    ),
    "give time": lambda walk, case: approve_extension(newest(case.extensions).pk, **walk.who(), remark="可以"),
    "refuse time": lambda walk, case: reject_extension(newest(case.extensions).pk, **walk.who(), reason="不行"),
    "no more time": lambda walk, case: take_back_extension(newest(case.extensions).pk, **walk.who()),
    "flag": lambda walk, case: raise_flag(case.pk, **walk.who(), flag=walk.pick("safety", "legal"), reason="过敏"),
    "lower flag": lambda walk, case: lower_flag(
        case.pk, **walk.who(), flag=walk.pick("safety", "legal"), reason="查过了"
    ),
    "subject": lambda walk, case: name_subject(
        case.pk,
        **walk.who(),
        person_id=walk.pick(walk.cast.ana, walk.cast.sven, walk.cast.tara, walk.cast.olga).pk,
        new_handler_id=walk.pick(None, walk.cast.ben.pk, walk.cast.ana.pk),
        reason="客户点名投诉",
    ),
    "lift subject": lambda walk, case: lift_subject(newest(case.subjects).pk, **walk.who(), reason="不是他"),
    "task": lambda walk, case: make_task(
        case.pk, **walk.who(), department_id=walk.cast.warehouse.pk, what="查监控", due_at=walk.soon()
    ),
    "task done": lambda walk, case: finish_task(newest(case.tasks).pk, **walk.who(), result="查过了"),
    "task off": lambda walk, case: cancel_task(newest(case.tasks).pk, **walk.who(), reason="不用了"),
    "ask evidence": lambda walk, case: ask_for_evidence(
        case.pk, **walk.who(), evidence_type=EvidenceType.PHOTO, what="吊牌照片"
    ),
    "evidence came": lambda walk, case: answer_evidence_request(newest(case.evidence_requests).pk, **walk.who()),
    "evidence in vain": lambda walk, case: give_up_evidence_request(newest(case.evidence_requests).pk, **walk.who()),
    "doubt": lambda walk, case: dispute_evidence(newest(case.evidence).pk, **walk.who(), reason="像是旧照片"),
    "set aside": lambda walk, case: exclude_evidence(newest(case.evidence).pk, **walk.who(), reason="不是本单"),
    "break promise": lambda walk, case: break_commitment(newest(case.commitments).pk, **walk.who()),
    "promise to another": lambda walk, case: make_commitment(
        case.pk,
        **walk.who(),
        what="仓库补寄",
        due_at=walk.soon(),
        owner_id=walk.pick(walk.cast.ben, walk.cast.sven).pk,
        department_id=walk.cast.warehouse.pk,
    ),
    "ask wording": lambda walk, case: ask_for_wording(
        case.pk, **walk.who(), words="我们保证三天内全额退款。", reason="客户要求", channel="qianniu"
    ),
    "agree wording": lambda walk, case: approve_wording(newest(case.wording_overrides).pk, **walk.who(), remark="可"),
    "refuse wording": lambda walk, case: reject_wording(newest(case.wording_overrides).pk, **walk.who(), remark="否"),
    "go up": lambda walk, case: raise_by_hand(case.pk, **walk.who(), reason="需要帮助", level=walk.pick(1, 2, 3)),
    "take note": lambda walk, case: acknowledge_escalation(newest(case.escalations).pk, **walk.who()),
    "superior decides": lambda walk, case: decide_escalation(
        newest(case.escalations).pk,
        **walk.who(),
        decision=walk.pick("return", "take_over", "more_authority"),
        answer="这样办",
    ),
    "customer writes": lambda walk, case: answer(
        walk.cast, case, at=walk.at, direction="incoming", words="你们到底管不管？", purpose="enquiry"
    ),
    "plan call": lambda walk, case: schedule_call(case.pk, **walk.who(), wanted_at=walk.soon()),
    "no call": lambda walk, case: cancel_scheduled_call(
        case.pk, **walk.who(), scheduled_call_id=newest(case.scheduled_calls).pk, reason="不用打了"
    ),
    "dial": lambda walk, case: start_call(case.pk, **walk.who()),
    "hang up": lambda walk, case: finish_call(
        case.pk, **walk.who(), outcome=walk.pick("delivered", "no_answer"), words="说了几句"
    ),
    "customer came": lambda walk, case: customer_came_first(newest(case.follow_ups).pk, **walk.who(), words="挺好"),
    "no follow-up": lambda walk, case: cancel_follow_up(newest(case.follow_ups).pk, **walk.who(), reason="换方式"),
    "note": lambda walk, case: write_note(case.pk, **walk.who(), words="客户情绪稳定。"),
    "correct": lambda walk, case: correct_statement(
        case.pk, **walk.who(), statement_id=newest(case.statements).pk, words="更正：是左袖。"
    ),
}
"""name → what is tried."""
