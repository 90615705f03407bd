"""Steps outside the house: bodies, letters, counsel, public reviews, legal hold."""

from complaints.actions.answering_bodies import write_letter
from complaints.actions.engaging_counsel import end_counsel, engage_counsel, record_counsel_word
from complaints.actions.holding import ask_to_lift, let_hold_stay, lift_hold, set_hold
from complaints.actions.outside import go_on, outside_decided, wait_outside
from complaints.actions.reviewing import (
    answer_review,
    approve_answer,
    note_improvement,
    note_platform_decision,
    record_review,
    request_removal,
    send_back_answer,
)
from complaints.actions.routing import move_route, set_route_dates
from complaints.vocabulary import RemovalGround
from tests.outside import ANSWER
from tests.refusals import a_route
from tests.walking.rows import newest

STEPS = {
    "route": lambda walk, case: a_route(walk.cast, case, at=walk.at, by=walk.person()),
    "move route": lambda walk, case: move_route(
        newest(case.routes).pk,
        **walk.who(),
        to=walk.pick("accepted", "decided", "ended_without_agreement", "withdrawn", "nothing_to_do"),
        words="如此",
    ),
    "outside": lambda walk, case: wait_outside(case.pk, **walk.who(), reason="已立案", asked_what="等结果"),
    "go on": lambda walk, case: go_on(
        case.pk, **walk.who(), because=walk.pick("route_ended", "we_act_again"), reason="继续"
    ),
    "ruled": lambda walk, case: outside_decided(
        case.pk,
        **walk.who(),
        route_id=newest(case.routes).pk,
        to=walk.pick("negotiating", "executing", "following_up"),
        obliges=walk.pick(True, False),
        promise="照办",
        due_at=walk.soon(),
    ),
    "route obliges": lambda walk, case: move_route(
        newest(case.routes).pk,
        **walk.who(),
        to=walk.pick("decided", "settled"),
        words="责令退款。",
        obliges=True,
        promise="按决定退款",
        due_at=walk.soon(),
    ),
    "complied": lambda walk, case: move_route(newest(case.routes).pk, **walk.who(), to="complied", words="已履行"),
    "route dates": lambda walk, case: set_route_dates(
        newest(case.routes).pk, **walk.who(), hearing_at=walk.soon(), answer_due_at=walk.soon()
    ),
    "letter": lambda walk, case: write_letter(
        newest(case.routes).pk,
        **walk.who(),
        **walk.pick(
            {"direction": "received", "words": "请于三日内提交凭证。"},
            {"direction": "sent", "words": "现提交订单与质检记录。", "is_answer": True},
        ),
    ),
    "counsel": lambda walk, case: engage_counsel(
        case.pk, **walk.who(), who="吴律师", instructions="请评估。", legal_dispute=walk.pick(True, False)
    ),
    "counsel says": lambda walk, case: record_counsel_word(newest(case.counsel).pk, **walk.who(), words="建议和解"),
    "counsel ends": lambda walk, case: end_counsel(newest(case.counsel).pk, **walk.who()),
    "review": lambda walk, case: record_review(
        case.pk,
        **walk.who(),
        platform="tmall",
        stars=walk.pick(1, 2, 4),
        words="衣服是旧的。",
        written_at=walk.at,
    ),
    "answer review": lambda walk, case: answer_review(newest(case.reviews).pk, **walk.who(), answer=ANSWER),
    "approve answer": lambda walk, case: approve_answer(newest(case.reviews).pk, **walk.who()),
    "send back answer": lambda walk, case: send_back_answer(newest(case.reviews).pk, **walk.who(), remark="太硬"),
    "ask removal": lambda walk, case: request_removal(
        newest(case.reviews).pk,
        **walk.who(),
        ground=walk.pick(*RemovalGround.values),
        words="与事实不符。",
        evidence_ids=list(case.evidence.values_list("pk", flat=True)),
        nothing_given=True,
    ),
    "platform says": lambda walk, case: note_platform_decision(
        newest(case.reviews).pk, **walk.who(), removed=walk.pick(True, False), words="平台已核实。"
    ),
    "review improves": lambda walk, case: note_improvement(
        newest(case.reviews).pk, **walk.who(), stars=walk.pick(3, 5), words="处理得不错。"
    ),
    "hold": lambda walk, case: set_hold(case.pk, **walk.who(), reason="可能诉讼。"),
    "ask to lift": lambda walk, case: ask_to_lift(newest(case.holds).pk, **walk.who(), reason="已和解。"),
    "lift": lambda walk, case: lift_hold(newest(case.holds).pk, **walk.who()),
    "hold stays": lambda walk, case: let_hold_stay(newest(case.holds).pk, **walk.who(), reason="还有上诉期。"),
}
"""name → what is tried."""
