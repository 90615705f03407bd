"""Goods that were not wrong: looked into, and explained."""

from complaints.vocabulary import Apology, Channel, DamageCause, Emotion, EvidenceType, Reason, Remedy, Verdict

QUALITY = "product_quality"


def wc_02_a_steamer_used_wrongly(tale):
    """WC-02: the device failed by wrong use; the cause is explained and the right use shown."""
    yield -13, "10:12"
    tale.registers(
        "limei",
        "挂烫机用了三次就漏水不出汽，你们卖的什么质量，我要退货。",
        customer="何嘉宁",
        goods="手持挂烫机 白色",
        paid=219,
        shop="appliances",
        channel=Channel.ONLINE_CHAT,
        demand="退货退款",
    )
    yield -13, "10:31"
    tale.takes("limei")
    tale.answers("何女士您好，机器漏水给您添麻烦了，请拍一下水箱和底部，我马上请技术看。", channel=Channel.ONLINE_CHAT)
    tale.judges("product.quality")
    yield -13, "14:20"
    tale.receives("水箱与底部")
    tale.hears_account("每次都把水加满，开机以后就平放在桌上。")
    task = tale.asks_department("technical", "请判断漏水原因，给出检测意见。", until=(-11, "18:00"))
    yield -12, "15:05"
    tale.department_answers(task, "xunuo", "整机零件完好，晾干后出汽正常；进水由平放使用造成。")
    tale.receives("技术检测意见", EvidenceType.TECHNICAL_DIAGNOSIS, of="company")
    tale.finds(
        "水位超过最高线并在工作时平放，蒸汽管进水；零件完好。",
        "加水超过最高线且平放使用。",
        "customer",
        damage_cause=DamageCause.CUSTOMER,
        matches_account=False,
    )
    tale.establishes(
        Verdict.UNSUBSTANTIATED,
        basis="检测意见与客户自述的用法一致，机器合格。",
        unreasonable_type="misunderstanding",
        unreasonable_cause="information_asymmetry",
    )
    yield -11, "10:40"
    tale.calls("何女士，机器本身是好的，漏水是因为平放时水进了汽管。我给您演示正确的加水和放置方法，好吗？")
    tale.tells_outcome("使用视频和加水刻度图发您了，机器晾干一晚就能正常用。", channel=Channel.ONLINE_CHAT)
    tale.concludes("原来不能平放，那我知道了，先不退了。")
    yield tale.when_to_call()
    tale.ends_well(
        "按视频用了，现在出汽很足。",
        4,
        "挂烫机恢复正常，客户已会正确加水。",
        "说明书的加水线太小，客户看不清。",
        "说明书对放置方式写得不清楚。",
        (QUALITY, "说明书首页加大加水线和禁止平放的图示。"),
        suggestion="希望机身上也贴个提示。",
    )


def wc_03_a_conformant_quilt(tale):
    """WC-03: the goods are qualified; it is explained with the test report."""
    yield -12, "11:05"
    tale.registers(
        "wanghao",
        "羽绒被闻着有味道，肯定不是鹅绒，你们以次充好！",
        customer="邵明远",
        goods="95白鹅绒被 1.8米",
        paid=1299,
        shop="home",
        channel=Channel.PLATFORM,
        reason=Reason.NOT_AS_DESCRIBED,
        demand="退一赔三",
        emotion=Emotion.AGITATED,
    )
    yield -12, "11:40"
    tale.takes("wanghao")
    tale.answers("邵先生您好，您的担心我们很重视，这批被子有检测报告，我调出来和您核对。", channel=Channel.PLATFORM)
    tale.judges("product.quality", reason=Reason.NOT_AS_DESCRIBED)
    yield -11, "10:20"
    tale.receives("被芯与吊牌")
    tale.receives("第三方检测报告", EvidenceType.TEST_REPORT, of="company")
    tale.hears_account("打开就有股味道，晒了半天还有一点。")
    tale.finds(
        "同批次检测报告：绒子含量95.6%，气味等级合格；新被轻微气味属正常，晾晒后消散。",
        "客户把新羽绒制品的正常气味当作填充物不实。",
        "customer",
        matches_account=False,
    )
    tale.establishes(
        Verdict.UNSUBSTANTIATED, basis="产品合格，陈述与检测结果不符。", unreasonable_type="misunderstanding"
    )
    yield -10, "10:30"
    tale.calls("邵先生，检测报告发您了，每一项都能对上；我们对质量一直很看重，也会把晾晒方法写进说明。")
    tale.tells_outcome("检测报告和晾晒方法已发到平台消息，有疑问随时找我。", channel=Channel.PLATFORM)
    tale.concludes("报告看过了，味道确实散了，那就这样吧。")
    yield tale.when_to_call()
    tale.ends_well(
        "晒过两天没有味道了。",
        4,
        "被子使用正常，客户接受解释。",
        "先给报告再解释，客户更容易接受。",
        "新羽绒制品的气味没有事先提示。",
        (QUALITY, "详情页和包装加入晾晒说明，并附检测报告二维码。"),
    )


def wc_11_not_broken_in_transit(tale):
    """WC-11: it looks like damage in transit, and a detailed check shows otherwise: the verdict changes."""
    yield -10, "09:50"
    tale.registers(
        "wanghao",
        "玻璃养生壶壶底裂了，肯定是快递摔的，你们包装太差。",
        customer="白雪莹",
        goods="玻璃养生壶 1.5L",
        paid=169,
        shop="appliances",
        channel=Channel.ONLINE_CHAT,
        reason=Reason.DAMAGED,
        demand="重新发一个",
    )
    yield -10, "10:15"
    tale.takes("wanghao")
    tale.answers("白女士您好，请拍一下外箱、内托和裂纹，我请物流也把交接记录调出来。", channel=Channel.ONLINE_CHAT)
    tale.judges("product.damaged", reason=Reason.DAMAGED)
    yield -9, "10:05"
    tale.receives("壶底裂纹")
    tale.receives("签收与外箱照片", EvidenceType.SIGNING_RECORD, of="company")
    tale.hears_account("收到那天没拆，用了一周，昨天烧完直接放进冷水里冲了。")
    yield -9, "15:30"
    tale.finds(
        "外箱与内托完好，签收照片无破损；裂纹呈放射状，为骤冷开裂。",
        "热壶入冷水骤冷。",
        "customer",
        damage_cause=DamageCause.CUSTOMER,
        matches_account=False,
    )
    tale.establishes(
        Verdict.UNSUBSTANTIATED,
        basis="双方证据一致指向使用不当，不是运输破损。",
        unreasonable_type="misunderstanding",
        unreasonable_cause="information_asymmetry",
    )
    plan = tale.offers(
        "裂纹是热壶遇冷水造成的，壶身我们可以按成本价给您换，再送一份使用贴士。",
        "外包装完好，裂纹为骤冷开裂，不属运输破损。",
        "换壶后一周回访。",
        (Remedy.PAID_REPAIR, "成本价更换壶身，39元"),
        (Remedy.GUIDANCE, "使用与清洗指导"),
        channel=Channel.ONLINE_CHAT,
        apology=Apology.FOR_EXPERIENCE,
    )
    yield -8, "10:10"
    tale.customer_takes(plan, "39块可以，换一个吧，以后不敢冲冷水了。")
    tale.carries_out((1, "18:00"))


STORIES = (
    wc_02_a_steamer_used_wrongly,
    wc_03_a_conformant_quilt,
    wc_11_not_broken_in_transit,
)
