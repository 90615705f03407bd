"""Goods that go back or are mended, money that follows them, and a settlement that both sides signed."""

from complaints.vocabulary import Apology, ContactPurpose, Reason, Remedy, ReturnBranch, Side, SignedBy
from complaints.vocabulary.returning import ReturnKind, SigningSide


def wc_36_seven_days_and_back(tale):
    """WC-36: within seven days, fit to be sold again: standard return, inspected line by line, refunded to the cent."""
    yield -5, "10:10"
    tale.registers(
        "limei",
        "裙子颜色和我想的不一样，吊牌没剪，想七天无理由退了。",
        customer="纪安然",
        goods="法式衬衫裙 雾蓝 S",
        paid=169,
        reason=Reason.UNWANTED,
        return_branch=ReturnBranch.RECEIVED,
        demanded_remedy=Remedy.RETURN,
    )
    yield -5, "10:20"
    tale.takes("limei")
    tale.answers("可以的，吊牌在、没洗没穿就能退，我来帮您登记，寄回地址马上发您。")
    tale.settles("product.no_reason_return", reason=Reason.UNWANTED)
    tale.looks_up_parcel("物流轨迹：本人签收。", signed_by=SignedBy.CUSTOMER, signed=(-6, "17:40"))
    tale.states("商品页类目为女装。", goods_class="ordinary", product_type="clothing")
    request = tale.asks_to_return("法式衬衫裙 雾蓝 S，吊牌、包装袋齐全", "颜色和想的不一样。")
    tale.agrees_to_return(request, "请在七天内寄回，单号发我，收到验好就退款。")
    yield -4, "16:30"
    tale.goods_are_sent(request, "YT7730021894455")
    yield -2, "11:00"
    tale.goods_come_back(request)
    refund = tale.accepts_goods(request)
    yield -2, "15:20"
    tale.approves("chenjing", refund)
    yield -1, "10:40"
    tale.pays("hemin", refund)
    tale.answers("裙子验收没问题，169元已经原路退回，请您留意到账。")


def wc_37_the_tag_was_cut(tale):
    """WC-37: told beforehand what a standard return needs; the tag is cut, so the goods go back and the money stays."""
    yield -4, "10:30"
    tale.registers(
        "wanghao",
        "外套穿着显胖，想七天无理由退掉。",
        customer="毕雨晴",
        goods="短款牛仔外套 浅蓝 M",
        paid=219,
        reason=Reason.UNWANTED,
        return_branch=ReturnBranch.RECEIVED,
        demanded_remedy=Remedy.RETURN,
    )
    yield -4, "10:40"
    tale.takes("wanghao")
    tale.answers("可以申请。先跟您说明：吊牌剪了、洗过或穿过的，不符合七天无理由，验货不通过会寄回给您。")
    tale.settles("product.no_reason_return", reason=Reason.UNWANTED)
    tale.looks_up_parcel("物流轨迹：本人签收。", signed_by=SignedBy.CUSTOMER, signed=(-5, "18:10"))
    tale.states("商品页类目为女装。", goods_class="ordinary", product_type="clothing")
    request = tale.asks_to_return("短款牛仔外套 浅蓝 M", "穿着显胖。")
    tale.agrees_to_return(request, "请在七天内寄回，吊牌保持完好，验好就退款。")
    yield -3, "15:00"
    tale.goods_are_sent(request, "YT7730021897718")
    yield -1, "11:20"
    photo = tale.receives("剪断的吊牌", of=Side.COMPANY)
    tale.goods_come_back_unfit(request, photo, "吊牌已剪断，领口有粉底印。", "tags_kept", "unused")
    tale.sends_goods_back(
        request,
        "您寄回的外套吊牌已剪、领口有粉底印，不符合七天无理由，今天给您原样寄回，照片在这里。",
        "YT7730021899002",
    )


def wc_24_asked_in_the_evening(tale):
    """WC-24: money without goods, asked for when after-sales is off shift; to be decided before the day ends."""
    yield 0, "09:05"
    tale.registers(
        "wanghao",
        "申请仅退款：等了一周还没动静，东西不要了。",
        customer="傅云舟",
        goods="帆布收纳箱 三件装",
        paid=59,
        reason=Reason.NOT_RECEIVED,
        return_branch=ReturnBranch.NOT_RECEIVED,
        demanded_remedy=Remedy.FULL_REFUND,
    )
    yield 0, "09:12"
    tale.takes("wanghao")
    tale.answers("您的仅退款申请收到了，我正在查物流，今天之内给您答复。")
    tale.asks_to_return("帆布收纳箱 三件装", "一周没有物流更新。", right="", kind=ReturnKind.REFUND_ONLY)


def wc_06_the_phone_that_froze(tale):
    """WC-06: technicians find a fault of the hardware; repair or money back with a coupon, and progress meanwhile."""
    yield -3, "09:15"
    tale.registers(
        "limei",
        "高端手机一天死机好几回，电话都接不了，我要退机退款。",
        customer="隋文博",
        goods="旗舰智能手机 512G",
        paid=4999,
        shop="appliances",
        demanded_remedy=Remedy.FULL_REFUND,
    )
    yield -3, "09:25"
    tale.takes("limei")
    tale.answers(
        "手机连电话都接不了，太耽误事了，非常抱歉，我们的技术人员今天就给您检测。", apology=Apology.FOR_EXPERIENCE
    )
    tale.judges("product.quality")
    task = tale.asks_department("technical", "检测死机原因，说明可修还是不可修。", until=(-2, "12:00"))
    yield -3, "16:00"
    tale.department_answers(task, "xunuo", "主板供电芯片虚焊，可更换主板修复。")
    tale.receives("死机时的屏幕")
    tale.receives("检测诊断书", "technical_diagnosis", of=Side.COMPANY)
    tale.finds("主板供电芯片虚焊，属于硬件故障。", "主板焊接工艺不良。", damage_cause="seller")
    tale.establishes()
    plan = tale.offers(
        "检测确认是主板故障，责任在我们。免费换主板三天修好，或者全额退款并补偿一张100元券，由您选。",
        "主板供电芯片虚焊，硬件故障。",
        "修好取回后打电话回访，并请您填满意度。",
        (Remedy.REPAIR, "免费更换主板，三天内寄回"),
        (Remedy.FULL_REFUND, "全额退款4999元", 4999),
        (Remedy.COUPON, "另补偿100元券", 100),
        apology=Apology.FOR_OUR_FAULT,
    )
    yield -3, "17:20"
    tale.customer_takes(plan, "里面资料多，先修吧，修不好再退。")
    tale.carries_out((1, "18:00"), owner="xunuo", department="technical")
    yield -1, "14:30"
    tale.writes("主板已经换好，正在做24小时通话测试，明天寄出，单号第一时间发您。", ContactPurpose.PROGRESS)


def signed_by_both(tale):
    """S-SOL-25: on agreement both sides sign; each item is a promise, and the customer gets a copy."""
    yield -3, "09:30"
    tale.registers(
        "limei",
        "衣柜门开裂，安装师傅还把墙刮花了，你们怎么赔？",
        customer="施明哲",
        goods="实木衣柜 两门",
        paid=1280,
        reason=Reason.QUALITY,
    )
    yield -3, "09:45"
    tale.takes("limei")
    tale.answers("让您添堵了，对不起。请拍下柜门和墙面，我马上找工厂核实。")
    tale.judges("product.quality", reason=Reason.QUALITY)
    yield -3, "15:00"
    tale.receives("柜门裂缝与墙面划痕")
    tale.finds("柜门板材含水率超标导致开裂，墙面由我方安装师傅刮花。", "板材烘干不足，安装防护不到位。", "seller")
    tale.establishes()
    yield -2, "10:00"
    plan = tale.offers(
        "我们给您更换新柜门并重新安装，墙面修补的费用由我们承担，可以签一份协议写清楚。",
        "板材与安装都是我们的责任。",
        "安装后三天内回访。",
        (Remedy.EXCHANGE_NEW, "更换两扇新柜门并上门安装"),
        (Remedy.APOLOGY, "安装主管上门致歉"),
        owed="our_fault",
    )
    agreement = tale.puts_in_writing(plan, (4, "18:00"), owner="machao", department="logistics")
    yield -1, "14:00"
    tale.signs(agreement, SigningSide.COMPANY)
    tale.signs(agreement, SigningSide.CUSTOMER)
    tale.carries_out((4, "18:00"))
    yield -1, "15:30"
    tale.hands_over_copy(agreement)
    tale.answers("双方签好的协议书已经发给您一份，新柜门周三前上门安装，安装主管会一起来。")


STORIES = (
    wc_36_seven_days_and_back,
    wc_37_the_tag_was_cut,
    wc_24_asked_in_the_evening,
    wc_06_the_phone_that_froze,
    signed_by_both,
)
