"""What changes hands: a shift that ends, a case given by rule, and a colleague who is away."""

from complaints.vocabulary import Reason


def handed_to_the_next_shift(tale):
    """The handler goes home; the colleague takes over in the evening and writes to the customer."""
    yield -2, "15:30"
    tale.registers(
        "wanghao",
        "窗帘少发了一片，客厅没法挂。",
        customer="纪秋白",
        goods="遮光窗帘 2片装",
        paid=238,
        shop="home",
        reason=Reason.LOGISTICS,
        demand="补发一片",
    )
    yield -2, "15:45"
    tale.takes("wanghao")
    tale.answers("您好，已请仓库核对出库称重，今天给您答复。")
    yield -2, "17:50"
    tale.hands_over(
        to="limei",
        note="客户晚上八点后才方便，先别打电话，发消息即可。",
        words="京东晚上十点到十一点系统维护，消息可能延迟。",
    )
    yield -2, "18:05"
    tale.takes_over("limei")
    tale.answers("仓库确认少放一片，明天补发，单号稍后发您。")


def given_by_rule(tale):
    """Nobody took it; the supervisor lets the rule say who has the least on hand."""
    yield -1, "10:20"
    tale.registers(
        "limei",
        "保温杯盖子漏水，包里全湿了。",
        customer="阮知夏",
        goods="保温杯 500ml",
        paid=89,
        demand="换一个盖子",
    )
    yield -1, "10:50"
    tale.is_given_by_rule("chenjing")
    tale.answers("您好，盖子给您换新的，请拍一下盖子内圈的照片。")


def of_somebody_who_is_away(tale):
    """The handler is away for some days; a colleague stands in and finds what falls due on the own desk."""
    yield -1, "16:40"
    tale.registers(
        "wufan",
        "门店买的台灯忽明忽暗，换过灯泡也一样。",
        customer="穆清",
        goods="护眼台灯",
        paid=199,
        shop="store",
        demand="换货",
    )
    yield -1, "16:55"
    tale.takes("wufan")
    tale.answers("您好，请带上小票和台灯到店，我们当面检测。")
    yield -1, "17:30"
    tale.is_away("wufan", days=2, substitute="sunyue")


STORIES = (handed_to_the_next_shift, given_by_rule, of_somebody_who_is_away)
