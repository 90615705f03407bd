"""Steps along the life of a case: each is one action with plausible words, whether it is allowed now or not."""

from complaints.actions.approving import reject_grant, return_grant
from complaints.actions.assigning import assign_case, take_case
from complaints.actions.closing import close_case
from complaints.actions.committing import make_commitment
from complaints.actions.concluding import conclude
from complaints.actions.entering_payees import enter_payee
from complaints.actions.evidencing import verify_evidence
from complaints.actions.executing import accept, complete, replan
from complaints.actions.following_up import record_attempt, record_result, schedule_follow_up
from complaints.actions.granting import cancel_grant, submit_grant
from complaints.actions.investigating import establish, reinvestigate
from complaints.actions.judging import judge, settle_directly
from complaints.actions.keeping import keep_commitment, release_commitment
from complaints.actions.merging import merge, unmerge
from complaints.actions.paying import bounce_grant, pay_grant, retry_grant
from complaints.actions.planning import accept_plan, offer_plan, reject_plan, walk_ladder
from complaints.actions.refusing import approve_refusal, send_back_refusal, take_back_refusal
from complaints.actions.reopening import reopen
from complaints.actions.resuming import resume
from complaints.actions.reviving import dissatisfied
from complaints.actions.telling_refusals import tell_refusal
from complaints.actions.voiding import unvoid, void
from complaints.actions.withdrawing import withdraw
from tests.building import JUDGEMENT, a_drafted_plan, add_photo, answer, find_out, tell_outcome
from tests.following import sum_up
from tests.money import PAYEE, a_draft, a_receipt, say_yes
from tests.refusals import a_proposal, tell_the_no
from tests.walking.rows import newest

STEPS = {
    "answer": lambda walk, case: answer(walk.cast, case, at=walk.at),
    "tell": lambda walk, case: tell_outcome(walk.cast, case, at=walk.at),
    "tell no": lambda walk, case: tell_the_no(walk.cast, case, at=walk.at),
    "take": lambda walk, case: take_case(case.pk, by=walk.cast.ana, at=walk.at),
    "assign": lambda walk, case: assign_case(case.pk, **walk.who(), handler_id=walk.cast.ana.pk, reason="换人"),
    "judge": lambda walk, case: judge(case.pk, **walk.who(), **JUDGEMENT),
    "settle": lambda walk, case: settle_directly(
        case.pk, **walk.who(), **JUDGEMENT | {"category": "other"}, simple_matter=True, affects_others=False
    ),
    "verify": lambda walk, case: verify_evidence(newest(case.evidence).pk, **walk.who()),
    "photo": lambda walk, case: add_photo(walk.cast, case, at=walk.at),
    "find": lambda walk, case: find_out(walk.cast, case, at=walk.at, responsible_party=walk.pick("seller", "customer")),
    "establish": lambda walk, case: establish(
        case.pk, **walk.who(), verdict=walk.pick("substantiated", "unsubstantiated")
    ),
    "reinvestigate": lambda walk, case: reinvestigate(case.pk, **walk.who(), news="又有新情况"),
    "draft plan": lambda walk, case: a_drafted_plan(walk.cast, case, at=walk.at),
    "offer plan": lambda walk, case: offer_plan(
        newest(case.plans).pk, **walk.who(), channel="qianniu", words="请您选择。"
    ),
    "accept plan": lambda walk, case: accept_plan(
        newest(case.plans).pk,
        **walk.who(),
        acceptance="said_yes",
        chosen=[newest(newest(case.plans).options).pk],
        words="好的",
    ),
    "reject plan": lambda walk, case: reject_plan(newest(case.plans).pk, **walk.who(), words="不要"),
    "accept": lambda walk, case: accept(case.pk, **walk.who(), due_at=walk.soon()),
    "promise": lambda walk, case: make_commitment(case.pk, **walk.who(), what="寄礼品", due_at=walk.soon()),
    "keep": lambda walk, case: keep_commitment(newest(case.commitments.pending()).pk, **walk.who(), words="做到了"),
    "release": lambda walk, case: release_commitment(
        newest(case.commitments.pending()).pk, **walk.who(), customer_words="不用了"
    ),
    "replan": lambda walk, case: replan(
        case.pk,
        **walk.who(),
        reason="断货",
        commitments={row.pk: "keep" for row in case.commitments.pending()},
        grants={row.pk: "keep" for row in case.grants.all()},
    ),
    "complete": lambda walk, case: complete(case.pk, **walk.who()),
    "conclude": lambda walk, case: conclude(case.pk, **walk.who(), because="took_explanation", words="知道了"),
    "draft grant": lambda walk, case: a_draft(
        walk.cast, case, at=walk.at, amount=walk.pick("20.00", "49.99", "300.00", "4000.00"), by=walk.person()
    ),
    "payee": lambda walk, case: enter_payee(newest(case.grants).pk, **walk.who(), **PAYEE),
    "submit": lambda walk, case: submit_grant(newest(case.grants).pk, **walk.who()),
    "approve": lambda walk, case: say_yes(newest(case.grants), walk.person(), at=walk.at),
    "reject": lambda walk, case: reject_grant(newest(case.grants).pk, **walk.who(), reason="太多"),
    "return": lambda walk, case: return_grant(newest(case.grants).pk, **walk.who(), reason="再写清楚"),
    "cancel": lambda walk, case: cancel_grant(newest(case.grants).pk, **walk.who(), reason="不给了"),
    "pay": lambda walk, case: pay_grant(
        newest(case.grants).pk,
        **walk.who(),
        payment_key=newest(case.grants).payment_key,
        reference=f"ZF{walk.number}",
        file=a_receipt(),
    ),
    "bounce": lambda walk, case: bounce_grant(newest(case.grants).pk, **walk.who(), reason="账号不对"),
    "retry": lambda walk, case: retry_grant(newest(case.grants).pk, **walk.who(), reason="账号对了"),
    "ladder": lambda walk, case: walk_ladder(
        case.pk, **walk.who(), step=walk.pick("talked_further", "superior", "other_options"), words="谈过"
    ),
    "propose": lambda walk, case: a_proposal(walk.cast, case, at=walk.at),
    "approve no": lambda walk, case: approve_refusal(newest(case.refusals).pk, **walk.who(), remark="同意"),
    "send back": lambda walk, case: send_back_refusal(newest(case.refusals).pk, **walk.who(), remark="不够"),
    "take back": lambda walk, case: take_back_refusal(newest(case.refusals).pk, **walk.who()),
    "tell refusal": lambda walk, case: tell_refusal(case.pk, **walk.who(), showed_evidence=True, showed_policy=True),
    "resume": lambda walk, case: resume(case.pk, **walk.who(), because="alternative_taken", words="那就换吧"),
    "call back": lambda walk, case: record_attempt(
        newest(case.follow_ups).pk, **walk.who(), outcome=walk.pick("delivered", "no_answer", "declined"), words="聊过"
    ),
    "result": lambda walk, case: record_result(
        newest(case.follow_ups).pk, **walk.who(), satisfaction=walk.pick(1, 5), solved=True, experience="还行"
    ),
    "schedule": lambda walk, case: schedule_follow_up(case.pk, **walk.who()),
    "sum up": lambda walk, case: sum_up(walk.cast, case, at=walk.at),
    "close": lambda walk, case: close_case(case.pk, **walk.who()),
    "dissatisfied": lambda walk, case: dissatisfied(case.pk, **walk.who(), what="又坏了"),
    "withdraw": lambda walk, case: withdraw(case.pk, **walk.who(), words="不投诉了"),
    "void": lambda walk, case: void(case.pk, **walk.who(), why="entered_in_error", reason="录错"),
    "unvoid": lambda walk, case: unvoid(case.pk, **walk.who(), reason="没录错"),
    "merge": lambda walk, case: merge(case.pk, **walk.who(), into_id=walk.other(case).pk, reason="同一件事"),
    "unmerge": lambda walk, case: unmerge(case.pk, **walk.who(), reason="两件事"),
    "reopen": lambda walk, case: reopen(case.pk, **walk.who(), reason="又来了"),
}
"""name → what is tried."""
