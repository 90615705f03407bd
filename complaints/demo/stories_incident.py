"""One cause that hit several customers (W-20, WC-07), and one case that held two matters."""

from complaints.demo.openings import faulty
from complaints.vocabulary import Channel, Reason, Remedy

GOODS = "真丝衬衫 雾蓝"
BATCH = "SK2611"
CUSTOMERS = (
    ("沈园", "limei", "衬衫第一次洗就掉色，把白裤子都染蓝了。"),
    ("顾横波", "wanghao", "雾蓝色衬衫洗了一水，盆里全是蓝的。"),
    ("柳如眉", "limei", "同一件衬衫，领口洗完发白，吊牌批号SK2611。"),
)
ANNOUNCEMENT = (
    "SK2611批次雾蓝色真丝衬衫因固色少了一道工序可能掉色，我们入库抽检没有发现，责任在我们。"
    "请买到这一批的顾客带订单号联系客服，可以退货，也可以换其他颜色，运费由我们承担。"
)
"""What everybody may read: also who bought the shirt and said nothing."""


def wc_44_a_batch_that_lost_its_colour(tale):
    """Three customers, one batch: an incident, one letter to all, one plan and one announcement of two supervisors.

    WC-44, S-ESC-13: the manufacturer is told and owes an improvement, and quality control is strengthened.
    """
    others = [type(tale)(tale.house, tale.days) for _customer in CUSTOMERS[:2]]
    told = [
        faulty(other, -3, who, words, customer=name, goods=GOODS, paid=459, found="固色不足。")
        for other, (name, who, words) in zip(others, CUSTOMERS, strict=False)
    ]
    for moments in zip(*told, strict=True):
        yield moments[0]
        for other in others:
            other.at = tale.at
    name, who, words = CUSTOMERS[2]
    yield -2, "09:20"
    tale.registers(who, words, customer=name, goods=GOODS, paid=459)
    tale.takes(who)
    yield -2, "10:00"
    incident = tale.opens_incident(
        "chenjing",
        "雾蓝真丝衬衫批次掉色",
        "SK2611批次固色工序漏了一道，供应商正在复检。",
        since=tale.days.instant((-4, "09:00")),
        product=GOODS,
        batch=BATCH,
    )
    for case in (*others, tale):
        case.at = tale.at
        case.joins(incident, "吊牌批号一致。")
    yield -2, "10:40"
    tale.tells_all(
        incident,
        "chenjing",
        "您好，您订单{{order_number}}中的{{goods}}属于固色不足的批次，原因是出厂前漏了一道工序，责任在我们，今天给您处理方案。",
    )
    task = tale.asks_department(
        "technical", "通知厂家SK2611批次多次掉色，要求书面说明原因并限期整改。", until=(-1, "18:00"), to="xunuo"
    )
    yield -2, "11:30"
    tale.plans_for_all(
        incident,
        "chenjing",
        "zhouyan",
        (Remedy.RETURN, "退货退款，运费由我们承担"),
        (Remedy.EXCHANGE_OTHER, "换一件检验合格的其他颜色"),
        explanation="供应商固色工序漏了一道，我们入库抽检没有发现。",
        follow_up="收到货后三天内回访。",
        letter="您好，订单{{order_number}}的衬衫掉色责任在我们，您可以退货退款，也可以换其他颜色，请告诉我们您的选择。",
        deviation="同一批次，给每位顾客同样的选择。",
    )
    notice = tale.drafts_announcement(incident, "chenjing", ANNOUNCEMENT)
    yield -2, "14:00"
    tale.offers_to_all(incident, "chenjing")
    tale.agrees_to_announcement(notice, "zhouyan")
    yield -2, "15:00"
    tale.publishes_announcement(notice, "chenjing", "https://weibo.example.com/tangxi/SK2611")
    yield -1, "11:10"
    tale.department_answers(task, "xunuo", "厂家已书面答复：补做固色工序，在库余货退厂返工，下批附色牢度报告。")
    tale.is_mended_by(
        incident, "chenjing", "product_quality", "真丝类入库逐批测色牢度，没有厂家检测报告的不收。", owner="xunuo"
    )


def two_matters_in_one_case(tale):
    """The customer complained of two things at once; the second becomes a case of its own."""
    yield -3, "09:40"
    tale.registers(
        "limei",
        "围巾抽丝了要换；另外上一单的手套说好补寄到现在也没寄。",
        customer="温庭",
        goods="羊绒围巾",
        paid=329,
        channel=Channel.PHONE,
        reason=Reason.QUALITY,
    )
    tale.takes("limei")
    yield -3, "10:05"
    tale.splits_off("上一单的手套答应补寄，一直没有寄出。", "围巾质量与手套补寄是两件事，分开处理。")


STORIES = (wc_44_a_batch_that_lost_its_colour, two_matters_in_one_case)
