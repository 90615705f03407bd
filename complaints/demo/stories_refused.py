"""Refusals in every stage, and complaints that went outside."""

from complaints.vocabulary import BodyKind, EvidenceType, Remedy, RouteKind, Verdict

WORDS = {
    "impact_on_customer": "事实核对过两次，误伤真实诉求的可能低。",
    "impact_on_opinion": "客户可能在平台给差评，已准备答复。",
    "impact_in_law": "无安全风险；若投诉到12315，检测报告和沟通记录齐全。",
    "company_rule": "wear_and_tear",
    "relationship": "老客户，解释时保留下次优惠。",
    "routes": "可申请平台介入，或拨打12315、联系消费者协会。",
}


def unfounded(tale, day, who, words, *, customer, goods, found, cause, offer, **facts):
    """Looked into, found wanting, an offer declined, the ladder walked. Ends on the day after `day`."""
    yield day, "10:10"
    tale.registers(who, words, customer=customer, goods=goods, **{"demand": "退款并赔偿"} | facts)
    yield day, "10:30"
    tale.takes(who)
    tale.answers("您好，您说的情况我们会逐项核实，今天先请您补几张照片。")
    tale.judges("product.quality")
    tale.receives("客户照片")
    yield day, "15:30"
    tale.receives("出库复核记录", EvidenceType.TEST_REPORT, of="company")
    tale.finds(found, cause, "customer", matches_account=False)
    tale.establishes(Verdict.UNSUBSTANTIATED, basis="记录与陈述不符。", unreasonable_type="profit_driven")
    plan = tale.offers(
        offer,
        found,
        "三天内再联系一次。",
        (Remedy.GUIDANCE, "保养指导"),
        (Remedy.COUPON, "10元券", 10),
    )
    yield day, "16:40"
    tale.customer_declines(plan, "这点打发谁，我就要全额退款加赔偿。")
    tale.walks_ladder(
        "再问原因，客户坚持说是质量问题。", "请示组长，同意只给保养和小额券。", "另给换购八折，客户不接受。"
    )


def wc_46_a_complete_refusal(tale):
    """WC-46: ground, understanding, impact, policy, law, relationship, explanation: all there, and allowed."""
    yield from unfounded(
        tale,
        -12,
        "limei",
        "鞋子穿一周就变形，质量太差，退全款还要赔三倍。",
        customer="余文斌",
        goods="跑步鞋 42码",
        paid=499,
        found="鞋面有机洗和烘干痕迹，胶体受热变形；同批无同类投诉。",
        cause="机洗烘干。",
        offer="鞋子变形是机洗烘干造成的，我们可以教您整形，再送一张券。",
    )
    yield -11, "10:20"
    refusal = tale.proposes_refusal(
        understood="客户认为跑鞋质量差，要求退款并三倍赔偿。",
        company_policy="水洗标写明不可机洗烘干，因此变形不予退款。",
        explanation="鞋面有机洗烘干痕迹，检测报告显示胶体受热变形，不属质量问题。",
        **WORDS,
    )
    yield -11, "14:00"
    tale.approves_refusal("zhaoqian", refusal, "证据与条款齐全，同意。")
    yield -11, "15:20"
    tale.writes_refusal("余先生，检测报告和水洗标说明发您了，变形由机洗烘干造成，很抱歉不能退款；整形方法一并附上。")
    yield tale.when_to_call()
    tale.calls_back("我保留意见，不过解释我看了。")
    tale.writes_result(3, "客户知道了原因，仍不满意结果。", solved=False)
    tale.leaves_discontent("依据与其他途径都已告知，结果不变。")
    tale.sums_up("检测报告一开始就给，争执少一半。", "水洗标太小，客户没看到。")
    tale.improves("service_quality", "鞋盒内加一张保养卡。")
    tale.closes()


def a_refusal_not_yet_told(tale):
    """Approved by another person; the customer does not know yet."""
    yield from unfounded(
        tale,
        -5,
        "limei",
        "这条丝巾勾丝了，刚拆就这样，退一赔三。",
        customer="贺楠",
        goods="真丝丝巾",
        paid=329,
        found="勾丝处有魔术贴纤维，吊牌已剪。",
        cause="佩戴中勾挂。",
        offer="勾丝是佩戴中造成的，我们可以免费修一次。",
    )
    yield -3, "11:20"
    refusal = tale.proposes_refusal(
        understood="客户认为丝巾出厂即勾丝。",
        company_policy="剪吊牌并佩戴后的勾挂不属质量问题。",
        explanation="勾丝处有魔术贴纤维，说明是佩戴中勾挂；可免费修补一次。",
        **WORDS,
    )
    yield -1, "15:00"
    tale.approves_refusal("zhaoqian", refusal, "同意，记得附照片。")


def a_refusal_taken_back(tale):
    """The proposer thinks better of it: something better is offered."""
    yield from unfounded(
        tale,
        -4,
        "limei",
        "箱子轮子坏了一个，全新退款！",
        customer="施雅",
        goods="登机箱 20寸",
        paid=399,
        found="轮轴有楼梯磕碰痕迹。",
        cause="拖行下楼梯。",
        offer="轮子可以换一个，成本价15元。",
    )
    yield -2, "10:15"
    refusal = tale.proposes_refusal(
        understood="客户要求全额退款。",
        company_policy="磕碰不属质保范围。",
        explanation="轮轴有磕碰痕迹。",
        **WORDS,
    )
    yield -2, "14:30"
    tale.takes_back(refusal)
    tale.offers(
        "我们再想了想，轮子免费给您换，来回运费您出，可以吗？",
        "磕碰造成，但换轮成本低，愿意多走一步。",
        "换好后回访。",
        (Remedy.REPLACE_PARTS, "免费换轮，运费自理"),
        (Remedy.COUPON, "20元券", 20),
    )


def a_refusal_and_the_alternative_taken(tale):
    """Told no, the customer comes back and takes the alternative; the refusal lapses."""
    yield from unfounded(
        tale,
        -11,
        "wanghao",
        "锅底黑了一圈，质量问题，退款！",
        customer="白志远",
        goods="珐琅铸铁锅",
        paid=459,
        found="锅底为干烧痕迹，珐琅层完好。",
        cause="干烧。",
        offer="锅底是干烧痕迹，我们送您清洁膏，教您养锅。",
        shop="home",
    )
    yield -10, "10:20"
    refusal = tale.proposes_refusal(
        understood="客户认为锅底发黑是质量问题。",
        company_policy="干烧痕迹不属质量问题。",
        explanation="珐琅层完好，发黑为干烧痕迹，可用清洁膏去除。",
        alternatives="清洁膏一支和养锅指导。",
        **WORDS,
    )
    yield -10, "14:00"
    tale.approves_refusal("chenjing", refusal, "同意。")
    yield -10, "15:00"
    tale.writes("白先生，照片和检测发您了，锅没坏，清洁膏随时可以寄给您。", "refusal")
    tale.tells_refusal()
    yield -9, "20:10"
    tale.hears("清洁膏寄一支吧，我试试。")
    yield -8, "09:40"
    tale.resumes("alternative_taken", "清洁膏寄一支吧，我试试。")
    plan = tale.offers(
        "好的，清洁膏今天寄出，养锅视频也发您。",
        "干烧痕迹可以清除。",
        "一周后问效果。",
        (Remedy.GUIDANCE, "寄清洁膏并指导养锅"),
    )
    tale.customer_takes(plan, "好，谢谢。")
    tale.carries_out((1, "18:00"))


def wc_48_what_the_mediator_decided(tale):
    """WC-48: the mediator decided; the company complies, as a promise with a due date."""
    yield from unfounded(
        tale,
        -14,
        "limei",
        "沙发半年塌陷，你们只肯换垫子，我不服。",
        customer="汤女士",
        goods="布艺沙发 三人位",
        paid=3999,
        found="坐垫海绵密度合格，塌陷不明显。",
        cause="使用感受差异。",
        offer="可以给您换一套坐垫。",
        shop="home",
    )
    yield -12, "10:30"
    route = tale.goes_to("义乌市消费者协会", "客户申请调解，要求换新沙发。", reference_number="YW-2231")
    tale.waits_outside("消协已受理，等待调解。", "等调解结果。")
    yield -9, "11:00"
    tale.moves_route(route, "accepted")
    yield -7, "14:30"
    tale.moves_route(route, "heard")
    yield -6, "16:00"
    tale.moves_route(route, "decided", "消协出具意见：经营者更换整套坐垫并承担上门费用，七日内履行。")
    yield -5, "09:50"
    tale.follows_decision(route, "executing", promise="按消协意见更换整套坐垫，上门费用我方承担。", until=(2, "18:00"))
    tale.writes("汤女士，消协的意见我们照办，整套坐垫本周上门更换。", "progress")


def waiting_at_the_platform(tale):
    """The platform has stepped in, and we wait."""
    yield from unfounded(
        tale,
        -7,
        "wanghao",
        "耳机只有一边响，退款不肯，我找平台！",
        customer="谷雨",
        goods="蓝牙耳机",
        paid=259,
        found="寄回检测两边均正常。",
        cause="蓝牙未重新配对。",
        offer="寄回检测两边都正常，教您重新配对。",
        shop="appliances",
    )
    yield -5, "10:05"
    platform = {"kind": RouteKind.PLATFORM, "body_kind": BodyKind.PLATFORM}
    route = tale.goes_to("抖音电商平台", "客户申请平台介入，要求退款。", reference_number="DY-58821", **platform)
    tale.waits_outside("平台已介入。", "等平台判定。")
    yield -4, "15:20"
    tale.answers_body(route, "随附寄回检测记录：两边单元均正常，配对后恢复。请核。")


def an_outside_route_that_led_nowhere(tale):
    """The route ended without agreement, and we act again."""
    yield from unfounded(
        tale,
        -13,
        "limei",
        "地毯掉毛严重，要求退款和清洁费。",
        customer="席慕",
        goods="长绒地毯",
        paid=699,
        found="长绒地毯初期浮毛属正常，检测合格。",
        cause="初期浮毛。",
        offer="浮毛吸两三次就好，我们送您吸尘刷。",
        shop="home",
    )
    yield -12, "10:20"
    route = tale.goes_to("京东平台客服", "客户申请平台调解。", kind=RouteKind.PLATFORM, body_kind=BodyKind.PLATFORM)
    tale.waits_outside("平台调解中。", "等平台回复。")
    yield -11, "16:30"
    tale.answers_body(route, "随附检测报告：长绒地毯初期浮毛属正常现象，掉毛率合格。")
    yield -5, "11:00"
    tale.moves_route(route, "ended_without_agreement", "双方未达成一致。")
    tale.acts_again("route_ended", "平台调解未成，继续协商。")
    yield -4, "10:30"
    tale.offers(
        "吸尘刷照送，另外给您20元券，您看可以吗？",
        "浮毛属正常，愿意表示心意。",
        "两周后回访。",
        (Remedy.COUPON, "20元券和吸尘刷", 20),
        (Remedy.GUIDANCE, "除浮毛的方法"),
    )


STORIES = (
    wc_46_a_complete_refusal,
    a_refusal_not_yet_told,
    a_refusal_taken_back,
    a_refusal_and_the_alternative_taken,
    wc_48_what_the_mediator_decided,
    waiting_at_the_platform,
    an_outside_route_that_led_nowhere,
)
