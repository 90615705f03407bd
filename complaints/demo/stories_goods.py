"""Goods of ours that were wrong: told as they would be in life."""

from complaints.vocabulary import Apology, Channel, Reason, Remedy

PROCESS, QUALITY = "process", "product_quality"


def wc_08_refund_or_exchange_offered(tale):
    """WC-08: the agent offers both a refund and an exchange, and asks later whether it was right."""
    yield -11, "13:10"
    tale.registers(
        "limei",
        "第一次穿毛衣就脱线，袖口散了一大截。",
        customer="傅雨桐",
        goods="圆领羊绒毛衣 雾蓝 S",
        paid=459,
    )
    yield -11, "13:22"
    tale.takes("limei")
    tale.answers("看到您说袖口脱线，换我也会心疼，先跟您说声对不起。", apology=Apology.FOR_OUR_FAULT)
    tale.judges("product.quality")
    tale.receives("袖口脱线")
    tale.finds("袖口锁边漏针，同批抽检三件中有一件相同。", "外协厂锁边漏针，入库抽检未发现。")
    tale.establishes()
    plan = tale.offers(
        "袖口漏针是我们的质量问题，退款或换新由您选，运费我们出。两种都已经备好。",
        "锁边漏针，责任在我方。",
        "新衣签收后三天内回访。",
        (Remedy.RETURN, "退回毛衣，原路退全款", 459),
        (Remedy.EXCHANGE_OTHER, "换一件检验过的同款"),
    )
    yield -11, "15:40"
    tale.customer_takes(plan, "换一件吧，颜色我喜欢。", 1)
    tale.carries_out((-9, "18:00"), owner="limei")
    yield -10, "11:00"
    tale.keeps_everything("新毛衣已寄出，出库前逐针检查。")
    tale.tells_outcome("新毛衣今天寄出了，旧的等快递上门取就行，谢谢您。")
    tale.completes()
    yield tale.when_to_call()
    tale.ends_well(
        "换的这件很好，谢谢。",
        5,
        "新毛衣做工合格，客户满意。",
        "一次给出两种方案，客户当天就定了。",
        "外协厂锁边漏针。",
        (QUALITY, "外协毛衣入库改为全检袖口。"),
    )


def wc_15_not_as_described(tale):
    """WC-15: the colour is another than described; return, a coupon, and a better description."""
    yield -9, "14:00"
    tale.registers(
        "limei",
        "图片是墨绿，收到是军绿，色差太大了，跟描述完全不一样。",
        customer="钟思琪",
        goods="灯芯绒半身裙 墨绿 M",
        paid=239,
        reason=Reason.NOT_AS_DESCRIBED,
        demand="退货，来回运费你们出",
    )
    yield -9, "14:18"
    tale.takes("limei")
    tale.answers("您要的是墨绿，收到却是另一种绿，这确实不是您下单时想要的，抱歉。", apology=Apology.FOR_OUR_FAULT)
    tale.judges("product.not_as_described", reason=Reason.NOT_AS_DESCRIBED)
    tale.receives("实物与页面对比")
    tale.learns("expectation_gap", "页面主图在暖光下拍摄，实物偏黄。")
    tale.finds("换批次后面料偏黄，页面仍用旧图。", "换批次未更新主图。")
    tale.establishes()
    plan = tale.offers(
        "裙子我们全额退，来回运费我们承担，另外送您一张20元券表示歉意。",
        "页面图片与现批次不符，责任在我方。",
        "退款到账后回访。",
        (Remedy.RETURN, "上门取件，全额退款239元", 239),
        (Remedy.COUPON, "20元无门槛券", 20),
    )
    yield -8, "09:40"
    tale.customer_takes(plan, "可以，两个都要。", 0, 1)
    tale.carries_out((-4, "18:00"), owner="hemin", department="operations")
    coupon = tale.requests("coupon", "20", "色差给客户造成不便。")
    refund = tale.requests(
        "full_refund",
        "239",
        "实物与描述不符，全额退款；连同券超出实付，依法办理。",
        payee="钟思琪",
        legal_reference="consumer-law-24",
    )
    yield -8, "11:05"
    tale.approves("zhaoqian", refund)
    tale.pays("lintao", coupon)
    yield -7, "15:00"
    tale.pays("hemin", refund)
    tale.tells_outcome("退款239元已原路退回，20元券也到您账户了，主图我们今天就换。")
    tale.completes()
    tale.improves(PROCESS, "换批次必须重拍主图并由质检比色。", owner="hemin")
    yield tale.when_to_call()
    tale.calls_back("钱收到了，券也看到了。")
    tale.writes_result(5, "退款及时，客户愿意再买。", suggestion="主图别用暖光拍。")
    tale.sums_up("色差投诉要连同页面一起改，不然还会来。", "换批次未更新主图。")
    tale.closes()


def wc_33_the_wrong_jacket(tale):
    """WC-33: the wrong goods, proved by a photo: an apology first, then the right one at once."""
    yield -7, "16:20"
    tale.registers(
        "wanghao",
        "我买的是黑色，你们发来米色，还小一码！",
        customer="范可心",
        goods="短款羽绒服 黑色 L",
        paid=599,
        reason=Reason.WRONG_ITEM,
    )
    yield -7, "16:30"
    tale.takes("wanghao")
    tale.answers("真对不起，是我们发错了。请拍一下吊牌和衣服，我马上安排正确的。", apology=Apology.FOR_OUR_FAULT)
    yield -7, "16:48"
    tale.receives("吊牌与实物")
    tale.settles("product.wrong_item", reason=Reason.WRONG_ITEM)
    plan = tale.offers(
        "黑色L码今天就发顺丰，米色这件快递上门取，您不用出一分钱。",
        "拣货时拿错货位。",
        "新衣签收后回访。",
        (Remedy.RESHIP, "当天补发黑色L码"),
        (Remedy.RETURN, "不要了就退货退款"),
    )
    yield -7, "17:10"
    tale.customer_takes(plan, "好，快点发。")
    tale.carries_out((-5, "18:00"), owner="guoqiang", department="warehouse")
    yield -6, "11:30"
    tale.keeps_everything("黑色L码已出库，单号已告知客服。", who="guoqiang")
    tale.tells_outcome("黑色L码已寄出，单号发您了；米色那件等快递员上门就好。")
    tale.completes()
    yield tale.when_to_call()
    tale.calls_back(outcome="no_answer")


def wc_34_two_cups_missing(tale):
    """WC-34: items are missing; the customer may have the rest shipped or its price back."""
    yield -6, "10:40"
    tale.registers(
        "limei",
        "四只装的杯子只收到两只，少发一半。",
        customer="盛子涵",
        goods="陶瓷杯四只装",
        paid=116,
        shop="home",
        channel=Channel.PLATFORM,
        reason=Reason.SHORT_SHIPMENT,
    )
    yield -6, "10:55"
    tale.takes("limei")
    tale.answers("少了两只确实没法用，抱歉。补发或退这部分的钱都行，您看哪种方便？", channel=Channel.PLATFORM)
    tale.receives("收到的包裹")
    tale.settles("product.short_shipment", reason=Reason.SHORT_SHIPMENT)
    plan = tale.offers(
        "您可以选择补发两只，或者退还两只的58元。",
        "打包时漏放一层。",
        "到账后消息告知并回访。",
        (Remedy.RESHIP, "补发两只"),
        (Remedy.REFUND_UNSHIPPED, "退还未发的两只", 58),
        channel=Channel.PLATFORM,
    )
    yield -6, "13:30"
    tale.customer_takes(plan, "退58吧，两只也够用了。", 1)
    tale.carries_out((-3, "18:00"), owner="hemin", department="operations")
    refund = tale.requests("refund_unshipped", "58", "四只装漏发两只。", payee="盛子涵")
    yield -5, "10:20"
    tale.approves("chenjing", refund)
    yield -5, "16:00"
    tale.pays("lintao", refund)
    tale.tells_outcome("58元已退回，请您查收，再次抱歉。", channel=Channel.PLATFORM)
    tale.completes()
    yield tale.when_to_call()
    tale.calls_back("收到了，谢谢。")


def wc_35_a_cracked_lamp_kept(tale):
    """WC-35: damage proved by a photo; the customer keeps the goods and gets a part of the price back."""
    yield -5, "09:35"
    tale.registers(
        "wanghao",
        "台灯底座磕掉一块漆，灯是亮的，但看着膈应。",
        customer="柳青",
        goods="胡桃木台灯",
        paid=328,
        shop="home",
        channel=Channel.QIANNIU,
        reason=Reason.DAMAGED,
    )
    yield -5, "09:50"
    tale.takes("wanghao")
    tale.answers("新灯磕了漆谁看了都不舒服，抱歉。您拍张近照，我给您两个选择。", apology=Apology.FOR_OUR_FAULT)
    yield -5, "10:30"
    tale.receives("底座掉漆近照")
    tale.settles("product.damaged", reason=Reason.DAMAGED)
    plan = tale.offers(
        "重发一盏，或者您留着这盏，我们退80元，您看呢？",
        "内托太薄，运输中磕碰。",
        "退款到账后回访。",
        (Remedy.RESHIP, "重发一盏，旧的不用退"),
        (Remedy.PARTIAL_REFUND, "退80元，灯留下", 80),
    )
    yield -5, "14:00"
    tale.customer_takes(plan, "那退80，灯我留着。", 1)
    tale.carries_out((-1, "18:00"), owner="hemin", department="operations")
    refund = tale.requests("partial_refund", "80", "底座掉漆，协商部分退款，货留客户。", payee="柳青")
    yield -4, "10:15"
    tale.approves("zhaoqian", refund)
    yield -4, "16:30"
    tale.pays("hemin", refund)
    tale.tells_outcome("80元退好了，感谢您的体谅。")
    tale.completes()


def wc_52_the_zip_again(tale):
    """WC-52: the third complaint about the same zip; the repeat is seen, and this time it is summed up."""
    yield -8, "09:30"
    tale.registers(
        "wanghao",
        "连衣裙拉链又卡死了，这是第二条了，拉头都掉了。",
        customer="乔安",
        goods="法式连衣裙 杏色 M",
        paid=369,
        affects_others=True,
    )
    yield -8, "09:45"
    tale.takes("wanghao")
    tale.answers("乔女士，连着两条都是拉链出问题，实在抱歉，这次我们一定查到底。", apology=Apology.FOR_OUR_FAULT)
    tale.judges("product.quality", severity="high", affects_others=True)
    tale.notes("近一个月同款拉链投诉第三单，供应商批号相同，已请质检拉清单。")
    tale.receives("拉链卡死")
    tale.finds("拉头与链牙公差不合，同批 40 条中 6 条有同样问题。", "供应商更换拉头型号未报备。")
    tale.establishes()
    plan = tale.offers(
        "这条我们全额退款，同款也先下架，您看可以吗？",
        "供应商换了拉头型号，责任在我方。",
        "退款后回访，并告知整改结果。",
        (Remedy.FULL_REFUND, "全额退款369元，裙子不用退", 369),
        (Remedy.EXCHANGE_OTHER, "换其他款式"),
        improvement="更换供应商拉链，全批返检。",
    )
    yield -7, "10:10"
    tale.customer_takes(plan, "退款吧，别再让别人买到了。")
    tale.carries_out((-5, "18:00"), owner="hemin", department="operations")
    refund = tale.requests("full_refund", "369", "同一质量问题再次发生。", payee="乔安")
    yield -7, "11:20"
    tale.approves("chenjing", refund)
    yield -6, "10:40"
    tale.pays("lintao", refund)
    tale.tells_outcome("369元已退回，同款今天下架返检，谢谢您提醒我们。")
    tale.completes()
    yield tale.when_to_call()
    tale.calls_back("退款到了，希望你们真的改。")
    tale.writes_result(4, "退款收到，客户关心整改。", suggestion="拉链换好的牌子。")
    tale.sums_up("同一问题第三次才汇总，前两次结案时没有登记批号。", "供应商更换拉头型号未报备。")
    measure = tale.improves(QUALITY, "全批返检并更换拉链供应商；结案必填批号。", owner="guoqiang")
    tale.closes()
    yield -1, "15:00"
    tale.finishes(measure, "返检 40 条，更换 6 条；批号已列为必填。")


STORIES = (
    wc_08_refund_or_exchange_offered,
    wc_15_not_as_described,
    wc_33_the_wrong_jacket,
    wc_34_two_cups_missing,
    wc_35_a_cracked_lamp_kept,
    wc_52_the_zip_again,
)
