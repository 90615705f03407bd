"""Promises and follow-ups that did not go as planned."""

from complaints.demo.openings import faulty
from complaints.vocabulary import Remedy


def something_new_is_wrong(tale):
    """In the follow-up something else turns out to be wrong: looked into again."""
    yield from faulty(
        tale,
        -9,
        "wanghao",
        "行军床支架弯了。",
        customer="燕归",
        goods="折叠行军床",
        paid=199,
        shop="home",
        found="管壁过薄。",
    )
    yield -9, "14:10"
    plan = tale.offers(
        "换一副新支架。", "管壁过薄。", "收到后回访。", (Remedy.REPLACE_PARTS, "寄新支架"), (Remedy.RETURN, "退货", 199)
    )
    tale.customer_takes(plan, "换支架。")
    tale.carries_out((-6, "18:00"))
    yield -8, "10:20"
    tale.keeps_everything("新支架已寄出。")
    tale.tells_outcome("新支架寄出了。")
    tale.completes()
    yield tale.when_to_call()
    tale.calls_back("支架换了，但布面也开线了。")
    tale.writes_result(2, "支架好了，布面开线。", solved=False)
    tale.is_dissatisfied("布面缝线开裂，和支架无关。")


def a_low_mark(tale):
    """Solved, and the customer is not happy: a superior hears of the mark."""
    yield from faulty(
        tale,
        -8,
        "limei",
        "枕头一股橡胶味。",
        customer="米多",
        goods="乳胶枕",
        paid=219,
        shop="home",
        found="散味不足即装箱。",
    )
    yield -8, "14:10"
    plan = tale.offers(
        "换一只散过味的。", "散味不足。", "收到后回访。", (Remedy.EXCHANGE_OTHER, "换一只"), (Remedy.COUPON, "券", 20)
    )
    tale.customer_takes(plan, "换。")
    tale.carries_out((-6, "18:00"))
    yield -7, "10:10"
    tale.keeps_everything("已换新寄出。")
    tale.tells_outcome("新枕头寄出了。")
    tale.completes()
    yield tale.when_to_call()
    tale.calls_back("东西换了，可来回折腾一个星期，体验很差。")
    tale.writes_result(1, "枕头好了，过程太折腾。", suggestion="换货应该先发新的。")


def nobody_answers_the_phone(tale):
    """Called three times without an answer: exhausted, summed up and closed."""
    yield from faulty(
        tale, -13, "limei", "袜子一穿就破。", customer="于归", goods="棉袜 6双", paid=39, found="脚尖缝合薄。"
    )
    yield -13, "14:10"
    plan = tale.offers("补寄六双。", "缝合薄。", "收到后回访。", (Remedy.RESHIP, "补寄"), (Remedy.COUPON, "券", 10))
    tale.customer_takes(plan, "补寄吧。")
    tale.carries_out((-11, "18:00"))
    yield -12, "10:10"
    tale.keeps_everything("补寄已发。")
    tale.tells_outcome("补寄的已发出。")
    tale.completes()
    for _attempt in range(3):
        yield tale.when_to_call()
        tale.calls_back(outcome="no_answer")
    yield -3, "10:30"
    tale.sums_up("电话打不通时改发消息。", "脚尖缝合薄。")
    tale.improves("product_quality", "脚尖改双线。")
    tale.closes()


def reached_but_not_written_down(tale):
    """The customer came first; the result is still to be written down."""
    yield from faulty(
        tale, -4, "wanghao", "帽子掉毛。", customer="沐阳", goods="羊毛贝雷帽", paid=89, found="缩绒不足。"
    )
    yield -4, "14:10"
    plan = tale.offers(
        "换一顶。", "缩绒不足。", "收到后回访。", (Remedy.EXCHANGE_OTHER, "换一顶"), (Remedy.COUPON, "券", 10)
    )
    tale.customer_takes(plan, "换。")
    tale.carries_out((-2, "18:00"))
    yield -3, "10:10"
    tale.keeps_everything("已换新寄出。")
    tale.tells_outcome("新帽子寄出了。")
    tale.completes()
    yield -1, "14:00"
    tale.customer_comes_first("新帽子收到了，不掉毛了。")


def the_plan_cannot_be_carried_out(tale):
    """The goods are sold out: a new plan is needed."""
    yield from faulty(
        tale,
        -5,
        "limei",
        "大衣扣子少一颗，还是异形的。",
        customer="傅蓉",
        goods="双面呢大衣",
        paid=1099,
        found="装箱漏检。",
    )
    yield -5, "14:10"
    plan = tale.offers(
        "换一件全新的。", "漏检。", "收到后回访。", (Remedy.EXCHANGE_OTHER, "换一件"), (Remedy.REPAIR, "补扣")
    )
    tale.customer_takes(plan, "换一件。")
    tale.carries_out((-2, "18:00"))
    yield -3, "15:10"
    pending = {row.pk: "release" for row in tale.case.commitments.pending()}
    tale.plans_anew("同款断货，无法换新。", commitments=pending, customer_words="断货了也没办法，那你们再想想。")
    tale.drafts(
        "同款断货。", "补扣后回访。", (Remedy.REPAIR, "定制同款扣子上门缝好"), (Remedy.PARTIAL_REFUND, "退200元", 200)
    )


def a_promise_that_was_broken(tale):
    """The part was promised for the day before yesterday; the promise is broken and goes up."""
    yield from faulty(
        tale,
        -6,
        "limei",
        "落地灯灯罩裂了。",
        customer="言蹊",
        goods="落地灯",
        paid=299,
        shop="home",
        found="内托破损。",
    )
    yield -6, "14:10"
    plan = tale.offers(
        "灯罩两天内寄出。",
        "内托破损。",
        "收到后回访。",
        (Remedy.REPLACE_PARTS, "寄新灯罩"),
        (Remedy.RETURN, "退货", 299),
    )
    tale.customer_takes(plan, "寄灯罩。")
    tale.carries_out((-3, "18:00"), owner="guoqiang", department="warehouse")


STORIES = (
    something_new_is_wrong,
    a_low_mark,
    nobody_answers_the_phone,
    reached_but_not_written_down,
    the_plan_cannot_be_carried_out,
    a_promise_that_was_broken,
)
