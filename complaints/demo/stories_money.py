"""Money that waits: for a supervisor, for two, for operations, for a better account."""

from complaints.demo.openings import faulty, refunded
from complaints.vocabulary import EvidenceType, Remedy


def a_grant_that_awaits_approval(tale):
    """Above the agent's own limit: it waits for a supervisor."""
    yield from faulty(
        tale,
        -1,
        "limei",
        "西装一洗就起泡，没法穿了。",
        customer="段鹏",
        goods="男士西装 175",
        paid=899,
        found="粘合衬脱胶。",
    )
    yield -1, "15:10"
    refunded(tale, "给您退300元，衣服您留着改穿。", amount=300, yes="行，退300。", until=(3, "18:00"))


def a_grant_for_two_supervisors(tale):
    """So much that two supervisors must agree; the first has."""
    yield from faulty(
        tale,
        -2,
        "limei",
        "定制衣柜门板全都鼓包了，全屋都是味道！",
        customer="孟女士",
        goods="定制衣柜",
        paid=4800,
        shop="home",
        found="板材封边不良受潮。",
    )
    yield -2, "15:20"
    grant = refunded(
        tale,
        "门板全部重做，或者退您1200元自己找人修。",
        amount=1200,
        yes="退1200吧，我自己找师傅。",
        until=(4, "18:00"),
    )
    yield -1, "10:40"
    tale.approves("zhaoqian", grant)


def a_grant_said_no_to(tale):
    """The supervisor says no to the sum; a smaller one is prepared."""
    yield from faulty(
        tale,
        -3,
        "wanghao",
        "裤子掉色把我沙发都染了。",
        customer="左岸",
        goods="牛仔直筒裤",
        paid=259,
        found="固色不足。",
    )
    yield -3, "14:10"
    plan = tale.offers(
        "裤子退款，沙发清洗费凭票我们也承担一部分。",
        "固色不足，责任在我方。",
        "到账后回访。",
        (Remedy.PARTIAL_REFUND, "补偿200元", 200),
        (Remedy.COUPON, "50元券", 50),
    )
    grant = tale.requests("partial_refund", "200", "染色沙发。")
    yield -2, "11:00"
    tale.rejects("chenjing", grant, "没有清洗票据，先请客户提供小票，再按实际金额申请。")
    tale.customer_declines(plan, "小票我找找，先别急着结案。")
    tale.asks_for(EvidenceType.RECEIPT, "沙发清洗小票", until=(3, "18:00"))


def money_to_be_paid_today(tale):
    """Approved in time; to be paid today."""
    yield from faulty(
        tale, -4, "limei", "皮带扣断了，才用两周。", customer="席宇", goods="牛皮腰带", paid=159, found="扣针铸造气孔。"
    )
    yield -4, "14:30"
    grant = refunded(tale, "退您80元，扣子再给您寄一个。", amount=80, yes="可以。", until=(1, "18:00"))
    yield -3, "16:10"
    tale.approves("chenjing", grant)


def a_payment_that_came_back_after_closing(tale):
    """Paid, followed up, closed; then the money came back, and it is to be paid again."""
    yield from faulty(
        tale,
        -15,
        "limei",
        "毛毯一抖全是毛，呼吸都难受。",
        customer="关山月",
        goods="珊瑚绒毛毯",
        paid=139,
        found="剪毛工序不良。",
    )
    yield -15, "14:00"
    grant = refunded(tale, "退您139元，毛毯不用退。", amount=139, yes="好，退款。", until=(-11, "18:00"))
    yield -14, "10:20"
    tale.approves("zhaoqian", grant)
    yield -13, "10:40"
    tale.pays("hemin", grant)
    tale.tells_outcome("139元已退，请查收。")
    tale.completes()
    yield tale.when_to_call()
    tale.ends_well(
        "好的，知道了。",
        4,
        "客户接受退款。",
        "毛毯出厂前要抽检掉毛率。",
        "剪毛工序不良。",
        ("product_quality", "增加掉毛率抽检。"),
    )
    yield -3, "16:30"
    tale.bounces("hemin", grant, "收款账户已注销，款项退回。")
    yield -2, "10:30"
    tale.rings_in_vain("enquiry")
    tale.writes("关女士，之前的退款被银行退回了，麻烦您核对一下收款账户，我们马上重打。", "enquiry")


def a_bounced_payment_paid_again(tale):
    """The money came back and was paid again under the same key."""
    yield from faulty(
        tale,
        -9,
        "wanghao",
        "卫衣印花掉了一半。",
        customer="简丹",
        goods="印花卫衣",
        paid=129,
        found="印花固化温度不够。",
    )
    yield -9, "14:00"
    grant = refunded(tale, "退60元，衣服您留着。", amount=60, yes="行吧。", until=(-4, "18:00"))
    yield -8, "10:15"
    tale.approves("zhaoqian", grant)
    yield -7, "10:10"
    tale.pays("lintao", grant)
    yield -6, "15:00"
    tale.bounces("lintao", grant, "账户临时限额。")
    yield -5, "10:20"
    tale.retries("lintao", grant, "客户确认账户已恢复。")
    yield -5, "10:50"
    tale.pays("hemin", grant)
    tale.tells_outcome("60元重新打过去了，这次到账了，让您久等。")
    yield -5, "11:00"
    tale.keeps_everything("款项已到账。")
    tale.completes()


STORIES = (
    a_grant_that_awaits_approval,
    a_grant_for_two_supervisors,
    a_grant_said_no_to,
    money_to_be_paid_today,
    a_payment_that_came_back_after_closing,
    a_bounced_payment_paid_again,
)
