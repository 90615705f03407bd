"""Parcels that did not arrive, or went astray."""

from datetime import timedelta

from complaints.vocabulary import Apology, Channel, Emotion, EvidenceType, Reason, Remedy, Verdict

PROCESS = "process"


def wc_10_what_the_customer_really_needs(tale):
    """WC-10: the complaint says "courier late"; the real need is another one and is kept apart."""
    yield -9, "10:20"
    tale.registers(
        "limei",
        "快递太慢了，五天还没到，你们到底发没发？",
        customer="韦可馨",
        goods="棉麻衬衫 白色 M",
        paid=189,
        reason=Reason.LOGISTICS,
        channel=Channel.PLATFORM,
    )
    yield -9, "10:45"
    tale.takes("limei")
    tale.answers("韦女士，您的包裹在中转站滞留了一天，我一直盯着。方便电话里和您说说吗？", channel=Channel.PLATFORM)
    tale.judges("logistics.problem_shipment", reason=Reason.LOGISTICS)
    yield -9, "11:30"
    tale.calls("和客户细聊：慢一两天能接受，但下单后一直没人确认、出了问题找不到人，心里没底。")
    tale.learns("real_need", "需要下单后及时确认发货时间，并且售后随时找得到人；并非只嫌快递慢。")
    yield -8, "10:05"
    tale.receives("运单轨迹", EvidenceType.WAYBILL, of="third_party")
    tale.finds("中转站分拣积压一天；我方发货后未发确认消息。", "发货后没有主动通知。", "seller")
    tale.establishes(Verdict.PARTLY_SUBSTANTIATED)
    plan = tale.offers(
        "包裹今天派送。以后您的订单，出库、在途、签收都会主动告诉您，售后也由我专门跟进。",
        "中转积压加上我方没有主动告知。",
        "签收后两天内回访。",
        (Remedy.IMPROVEMENT, "订单各节点主动通知，专人跟进"),
        (Remedy.COUPON, "15元券", 15),
        channel=Channel.PLATFORM,
    )
    yield -8, "14:10"
    tale.customer_takes(plan, "能主动说一声就行。")
    tale.carries_out((-6, "18:00"))
    yield -7, "16:00"
    tale.keeps_everything("已为客户打开节点通知，并指定李梅跟进。")
    tale.tells_outcome("通知已经打开，包裹也签收了，有事直接找我。", channel=Channel.PLATFORM)
    tale.completes()
    yield tale.when_to_call()
    tale.ends_well(
        "这次每一步都收到消息，安心多了。",
        5,
        "客户看重确认和找得到人。",
        "先问清楚真正要什么，再谈方案。",
        "发货后没有主动通知。",
        (PROCESS, "所有订单出库后自动发送确认消息。"),
    )


def wc_13_a_lost_parcel_and_short_tempers(tale):
    """WC-13: the parcel is lost, the customer agitated, the agent impatient; calmed down, they understand."""
    yield -8, "11:10"
    tale.registers(
        "wanghao",
        "包裹显示丢了！你们和快递互相推，我等了九天！",
        customer="龚雪",
        goods="儿童羽绒马甲 120",
        paid=159,
        reason=Reason.NOT_RECEIVED,
        emotion=Emotion.OUT_OF_CONTROL,
        demand="马上给个说法",
    )
    yield -8, "11:25"
    tale.takes("wanghao")
    tale.answers("龚女士，我在查，请您稍等。")
    tale.hears("稍等稍等，你们就会说稍等！", emotion=Emotion.OUT_OF_CONTROL)
    tale.notes("刚才回复生硬，已请组长提醒；改由电话先听客户说完。")
    tale.judges("logistics.lost", reason=Reason.NOT_RECEIVED)
    yield -8, "14:00"
    tale.calls(
        "先听客户说完，再道歉：孩子等着穿，包裹丢了您着急是应该的，这件事从现在起我负责到底。",
        apology=Apology.FOR_OUR_FAULT,
        emotion=Emotion.DISSATISFIED,
    )
    tale.receives("快递遗失证明", EvidenceType.WAYBILL, of="third_party")
    tale.finds("快递确认干线遗失。", "快递干线遗失，报丢流程慢。", "courier")
    tale.establishes()
    plan = tale.offers(
        "马甲今天重新发顺丰，不用您等快递理赔；或者马上退款，您来选。",
        "快递遗失，由我们先行承担。",
        "签收当天确认，两天后回访。",
        (Remedy.RESHIP, "当天重发，顺丰"),
        (Remedy.FULL_REFUND, "立即退款159元", 159),
        apology=Apology.FOR_EXPERIENCE,
    )
    yield -8, "15:20"
    tale.hears("你刚才那样说我能理解，重发吧，别再丢了。", emotion=Emotion.CALM)
    tale.customer_takes(plan, "重发吧。")
    tale.carries_out((-6, "18:00"), owner="guoqiang", department="warehouse")
    yield -7, "10:30"
    tale.keeps_everything("顺丰已揽收。", who="guoqiang")
    tale.tells_outcome("新的马甲已由顺丰揽收，单号发您了，我每天给您报进度。")
    tale.completes()
    yield tale.when_to_call()
    tale.ends_well(
        "收到了，孩子已经穿上，谢谢你们后来的态度。",
        4,
        "马甲合身，客户谅解。",
        "客户激动时先听完再说，第一句话不能敷衍。",
        "快递报丢流程慢，我方先行赔付不及时。",
        ("staff_education", "丢件一律先行补发或退款，再向快递追偿；加练安抚话术。"),
    )


def wc_14_a_day_of_silence(tale):
    """WC-14: a complaint about late dispatch, and nobody answers for more than a day: overdue, and it goes up."""
    yield timedelta(hours=-31)
    tale.registers(
        "wanghao",
        "说好48小时发货，第四天了还没动静，客服也没人理！",
        customer="黎浩然",
        goods="男士冲锋衣 藏蓝 XL",
        paid=469,
        reason=Reason.LATE_DISPATCH,
        emotion=Emotion.AGITATED,
    )
    yield timedelta(hours=-2)
    tale.hears("一天多没人回我，我要投诉到平台！", emotion=Emotion.OUT_OF_CONTROL, who="chenjing")


def wc_17_an_order_gone_astray(tale):
    """WC-17: an anomaly of the order; warehouse, logistics and service work on it together."""
    yield -7, "10:00"
    tale.registers(
        "limei",
        "一个订单拆成三个包裹，到了两个，一个退回去了，系统还显示已完成？",
        customer="章若涵",
        goods="家纺四件套加枕芯组合",
        paid=699,
        shop="home",
        channel=Channel.PLATFORM,
        reason=Reason.LOGISTICS,
    )
    yield -7, "10:25"
    tale.takes("limei")
    tale.answers("章女士，订单状态确实不对，我请仓库和物流一起查，今天下班前给您回话。", channel=Channel.PLATFORM)
    tale.judges("logistics.problem_shipment", reason=Reason.LOGISTICS)
    yard = tale.asks_department("warehouse", "核对该订单三个包裹的出库记录和重量。", until=(-6, "12:00"), to="guoqiang")
    couriers = tale.asks_department("logistics", "查第三个包裹为何退回。", until=(-6, "12:00"))
    yield -7, "15:10"
    tale.department_answers(yard, "guoqiang", "三个包裹均已出库，第三个面单电话少一位。")
    yield -7, "16:20"
    tale.department_answers(couriers, "machao", "电话无法接通被退回，现在义乌分拨，可改单再派。")
    tale.writes("查到了：第三个包裹的面单少打了一位电话，明天改单重派。", "progress", channel=Channel.PLATFORM)
    yield -6, "09:40"
    tale.receives("面单照片", EvidenceType.WAYBILL, of="company")
    tale.finds("打单系统拆单时截断电话。", "拆单打印截断电话末位。")
    tale.establishes()
    plan = tale.offers(
        "包裹改单重派，明天送到；系统状态也恢复了。另送您会员免邮三个月。",
        "拆单打印错误，责任在我方。",
        "签收后回访。",
        (Remedy.RESHIP, "改单重派"),
        (Remedy.FULL_REFUND, "退还未收到的部分"),
        channel=Channel.PLATFORM,
        deviation="三个包裹只有一个没到，补发若再延误，客户可以直接选退这一件的钱。",
    )
    yield -6, "11:15"
    tale.customer_takes(plan, "能送到就好，辛苦你们几个部门了。")
    tale.carries_out((-4, "18:00"), owner="machao", department="logistics")
    yield -5, "17:00"
    tale.keeps_everything("第三个包裹已签收。", who="machao")
    tale.tells_outcome("三个包裹都到齐了，谢谢您的理解。", channel=Channel.PLATFORM)
    tale.completes()
    yield tale.when_to_call()
    tale.calls_back("都收到了。")
    tale.writes_result(5, "东西齐了，客户理解。")


def wc_40_a_wrong_address(tale):
    """WC-40: the address of the customer was wrong, the courier returned it; contacted, and shipped again."""
    yield -4, "10:10"
    tale.registers(
        "limei",
        "显示退回了？我天天在家，怎么就退了？",
        customer="尤佳",
        goods="法兰绒睡衣 套装",
        paid=199,
        reason=Reason.NOT_RECEIVED,
    )
    yield -4, "10:25"
    tale.takes("limei")
    tale.answers("我查到快递按地址找不到楼栋，能和您核对一下地址吗？")
    tale.judges("logistics.problem_shipment", reason=Reason.NOT_RECEIVED)
    tale.hears("啊，是我写成老地址了，现在搬到三期12幢。")
    tale.receives("退回面单", EvidenceType.WAYBILL, of="third_party")
    tale.finds("收件地址为客户旧址，快递联系未果退回。", "客户填写了旧地址。", "customer")
    tale.establishes(Verdict.UNSUBSTANTIATED, basis="退回原因为地址有误。")
    plan = tale.offers(
        "按新地址给您补发，这次运费我们承担，以后记得改默认地址哦。",
        "地址有误被退回，我们补发。",
        "签收后回访。",
        (Remedy.RESHIP, "按新地址补发，运费我们承担"),
    )
    yield -4, "11:30"
    tale.customer_takes(plan, "好的，谢谢，我的错。")
    tale.carries_out((-1, "18:00"), owner="guoqiang", department="warehouse")
    yield -3, "10:20"
    tale.keeps_everything("已按新地址补发。", who="guoqiang")
    tale.tells_outcome("已补发，单号发您了。")
    tale.completes()


def wc_41_no_tracking_at_all(tale):
    """WC-41: no tracking; the slip shows that it never left, and it is shipped again."""
    yield -3, "09:40"
    tale.registers(
        "wanghao",
        "单号三天没有任何物流信息，是不是根本没发？",
        customer="卞欣然",
        goods="护颈枕 2只",
        paid=178,
        shop="home",
        reason=Reason.NOT_RECEIVED,
    )
    yield -3, "09:55"
    tale.takes("wanghao")
    tale.answers("我现在就去仓库核对发货底单，中午前答复您。")
    yield -3, "11:20"
    tale.receives("发货底单", EvidenceType.SHIPPING_SLIP, of="company")
    tale.settles("logistics.no_tracking", reason=Reason.NOT_RECEIVED)
    plan = tale.offers(
        "底单显示只打了单没有出库，是我们的错。今天加急补发，或者退款，您选。",
        "打单未出库。",
        "揽收后告知，签收后回访。",
        (Remedy.RESHIP, "今天补发"),
        (Remedy.FULL_REFUND, "全额退款", 178),
        apology=Apology.FOR_OUR_FAULT,
    )
    yield -3, "13:30"
    tale.customer_takes(plan, "补发，今天一定要发。")
    tale.carries_out((0, "18:00"), owner="guoqiang", department="warehouse")


def wc_42_delivered_next_door(tale):
    """WC-42: delivered to somebody else: an apology, the number is looked up, and an answer given."""
    yield -4, "13:15"
    tale.registers(
        "limei",
        "显示已签收，我根本没收到，谁签的？",
        customer="凌霄",
        goods="真皮腰带",
        paid=129,
        reason=Reason.NOT_RECEIVED,
        emotion=Emotion.DISSATISFIED,
    )
    yield -4, "13:25"
    tale.takes("limei")
    tale.answers("抱歉，没收到却显示签收，您着急我理解。我马上查单号和签收人。", apology=Apology.FOR_EXPERIENCE)
    yield -4, "15:40"
    tale.receives("派送记录", EvidenceType.WAYBILL, of="third_party")
    tale.settles("logistics.misdelivered", reason=Reason.NOT_RECEIVED)
    plan = tale.offers(
        "查到错送到隔壁单元，快递今天取回给您送去；明天还没到我们就补发。",
        "快递派错件，由我们负责追回。",
        "收到后回访。",
        (Remedy.RESHIP, "追回送达，逾期补发"),
        (Remedy.FULL_REFUND, "全额退款", 129),
    )
    yield -4, "16:20"
    tale.customer_takes(plan, "行，明天见不到我就退。")
    tale.carries_out((-2, "18:00"), owner="machao", department="logistics")
    yield -3, "10:50"
    tale.keeps_everything("已追回并送达本人。", who="machao")
    tale.tells_outcome("腰带已由快递员当面交给您，签收照片也发您了。")
    tale.completes()
    yield tale.when_to_call()
    tale.calls_back("收到了。")


STORIES = (
    wc_10_what_the_customer_really_needs,
    wc_13_a_lost_parcel_and_short_tempers,
    wc_14_a_day_of_silence,
    wc_17_an_order_gone_astray,
    wc_40_a_wrong_address,
    wc_41_no_tracking_at_all,
    wc_42_delivered_next_door,
)
