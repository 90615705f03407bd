"""How people were treated, what they were promised, and what happened in shop and restaurant."""

from complaints.vocabulary import Apology, Channel, Emotion, EvidenceType, Judgement, Reason, Remedy, Verdict

EDUCATION = "staff_education"


def wc_01_a_cleaning_fee_forgotten(tale):
    """WC-01: a fee is promised by service and forgotten by operations; the alarm rings, the review is bad."""
    yield -9, "10:05"
    tale.registers(
        "limei",
        "大衣领口一大块污渍，你们是把二手货发给我吗？第一次在你家买就这样！",
        customer="林晓云",
        goods="羊毛混纺大衣 驼色 M",
        paid=689,
        emotion=Emotion.AGITATED,
        demand="退货",
    )
    yield -9, "10:16"
    tale.takes("limei")
    tale.answers("林女士您好，新衣服有污渍确实不应该，先跟您道歉，请拍一下领口。", apology=Apology.FOR_OUR_FAULT)
    tale.judges("product.quality", severity="high")
    yield -9, "11:20"
    tale.receives("领口污渍")
    tale.finds("仓库监控显示出库前领口已有污渍。", "出库质检漏检。")
    tale.establishes()
    plan = tale.offers(
        "衣服您留着，干洗费60元我们出；不愿意干洗就换一件新的。",
        "出库质检漏检，责任在我方。",
        "干洗费到账后告知并回访。",
        (Remedy.EXPENSES, "承担干洗费60元，三天内到账", 60),
        (Remedy.EXCHANGE_OTHER, "换一件新的，旧的到付寄回"),
    )
    yield -9, "14:30"
    tale.customer_takes(plan, "那就干洗吧，钱别拖。")
    tale.carries_out((-6, "18:00"), owner="hemin", department="operations")
    yield -8, "10:40"
    tale.receives("干洗小票", EvidenceType.RECEIPT)
    fee = tale.requests(
        "expenses", "60", "新衣污渍，承诺承担干洗费。", payee="林晓云", order_of_offers="客户明确要干洗费，不要券。"
    )
    yield -8, "11:30"
    tale.approves("zhaoqian", fee)
    yield -3, "20:15"
    tale.hears("说好三天到账，一个星期了一分钱没见着！质量差还骗人，我已经写了长评。", emotion=Emotion.OUT_OF_CONTROL)
    tale.flags("opinion_risk", "客户已写长篇差评，质疑质量和诚信。")


def wc_04_rude_after_all(tale):
    """WC-04: judged unreasonable at first sight, and the attitude was really bad: the verdict turns."""
    yield -12, "15:10"
    tale.registers(
        "wanghao",
        "你们客服王浩跟我说爱买不买，什么素质！我要投诉他本人。",
        customer="裴书瑶",
        reason=Reason.SERVICE_ATTITUDE,
        emotion=Emotion.AGITATED,
        demand="本人道歉",
    )
    yield -12, "15:30"
    tale.assigns("chenjing", "limei", "投诉涉及王浩，换人处理。")
    tale.is_about("wanghao")
    tale.answers("裴女士，我是李梅，您反映的事由我来查，不会让当事人经手。")
    tale.judges_unreasonable(
        "service_attitude.staff_conduct",
        "emotional",
        "客户当天三次改口，言辞激烈，暂按情绪型登记。",
        reason=Reason.SERVICE_ATTITUDE,
        emotional_expression=True,
    )
    yield -11, "10:30"
    chat = tale.receives("聊天记录", EvidenceType.COMMUNICATION, of="company")
    tale.hears_account("我问能不能开发票，他回我爱买不买，还把对话关了。")
    tale.hears_account("当天接了八十多个会话，确实说了那句话，是我不对。", side="company")
    tale.finds(
        "聊天记录证实当事人说了“爱买不买”并关闭会话。", "当班人手不足，情绪管理不到位。", "staff", matches_account=True
    )
    tale.finds_conduct(tale.case.subjects.get(), Verdict.SUBSTANTIATED)
    tale.establishes(basis=f"聊天记录（证据{chat.pk}）与双方陈述一致，推翻初步判断。")
    plan = tale.offers(
        "裴女士，记录查实了，确实是我们同事说错了话，他和组长一起向您道歉，改进安排也发您。",
        "客服态度确实不好，我们认错。",
        "两天内告知处理结果并回访。",
        (Remedy.APOLOGY, "当事人书面道歉"),
        (Remedy.IMPROVEMENT, "告知客户改进措施"),
        apology=Apology.FOR_OUR_FAULT,
        improvement="高峰期加人，客服情绪管理再培训。",
    )
    yield -11, "14:20"
    tale.customer_takes(plan, "道歉我接受，希望别再有下次。", 0, 1)
    tale.carries_out((-9, "18:00"))
    yield -10, "11:10"
    tale.keeps_everything("道歉信和改进安排已发客户。")
    tale.tells_outcome("道歉信和改进安排已发您，王浩本周参加再培训。")
    tale.completes()
    tale.improves(EDUCATION, "王浩参加情绪管理再培训并跟班一周。", owner="chenjing", concerns="wanghao")
    yield tale.when_to_call()
    tale.calls_back("信看了，你们态度还行。")
    tale.writes_result(4, "客户接受道歉。", suggestion="高峰期多安排人。")
    tale.sums_up("先看记录再下判断，情绪激动的投诉也可能是真的。", "当班人手不足，情绪管理不到位。")
    tale.closes()


def wc_05_a_good_waiter(tale):
    """WC-05: the guest is agitated, the staff behaved well: calmed, apologised to for the evening, invited back."""
    yield -8, "19:40"
    tale.registers(
        "sunyue",
        "服务员给我脸色看，上菜还慢，这饭吃得一肚子气！",
        customer="翟先生",
        shop="restaurant",
        channel=Channel.FACE_TO_FACE,
        reason=Reason.SERVICE_ATTITUDE,
        emotion=Emotion.AGITATED,
        place="棠溪小馆二楼靠窗",
    )
    yield -8, "19:45"
    tale.takes("sunyue")
    tale.answers("翟先生，让您吃得不开心，先跟您赔不是，您慢慢说。", channel=Channel.FACE_TO_FACE)
    tale.is_about("wufan")
    tale.judges("service_attitude.staff_conduct", reason=Reason.SERVICE_ATTITUDE, judgement=Judgement.UNDETERMINED)
    yield -7, "10:30"
    tale.receives("大堂监控截图", of="company")
    tale.hears_account("等了四十分钟，叫了两次没人应。", side="customer")
    tale.hears_account("当晚满座，吴凡两次到桌说明并续茶，监控可见。", side="company")
    tale.finds(
        "监控显示服务员两次上前说明并续茶，态度良好；后厨出菜慢。", "周末满座，出菜慢未提前告知。", "third_party"
    )
    tale.finds_conduct(tale.case.subjects.get(), Verdict.UNSUBSTANTIATED)
    tale.establishes(Verdict.UNSUBSTANTIATED, basis="监控与证言一致，服务员态度良好。", unreasonable_type="emotional")
    yield -7, "11:05"
    tale.calls("让您等了那么久是我们的不是，给您留了靠窗的位子，请您再来坐坐。", apology=Apology.FOR_EXPERIENCE)
    tale.tells_outcome("翟先生，靠窗的位子给您留着，下次来我们送一道时令菜。", channel=Channel.SMS)
    tale.concludes("算了，那天我心情也不好，下次再来。")
    yield tale.when_to_call()
    tale.ends_well(
        "还会再去的。",
        4,
        "客户情绪平复，愿意再来。",
        "上菜慢时先告知，情绪就不会积起来。",
        "满座时出菜慢，没有提前说明。",
        ("service_quality", "等位超过二十分钟主动致歉并送小食。"),
    )


def wc_09_a_salty_fish(tale):
    """WC-09: a dish was not right: an apology before it is asked for, a fresh dish, an invitation."""
    yield -6, "18:50"
    tale.registers(
        "wufan",
        "这鱼咸得没法吃，端回去看看你们自己吃不吃得下。",
        customer="祁女士",
        shop="restaurant",
        channel=Channel.FACE_TO_FACE,
        reason=Reason.OTHER,
    )
    yield -6, "18:52"
    tale.takes("wufan")
    tale.answers(
        "实在对不起，这道鱼确实咸了，我马上请后厨重做一份。", channel=Channel.FACE_TO_FACE, apology="for_our_fault"
    )
    tale.settles("other", reason=Reason.OTHER)
    plan = tale.offers(
        "重做一份免单，另外想请您参加下周的顾客意见会。",
        "后厨放盐失手。",
        "用餐后和两天后各问一次。",
        (Remedy.REDO, "免费重做一份"),
        (Remedy.INVITATION, "邀请参加顾客意见会"),
        channel=Channel.FACE_TO_FACE,
    )
    tale.customer_takes(plan, "行，重做吧，意见会我有空就来。", 0, 1)
    tale.carries_out((-5, "18:00"))
    yield -6, "19:15"
    tale.keeps_everything("新做的鱼已上桌，意见会邀请已登记。")
    tale.tells_outcome("新做的鱼您尝尝，这道不收费，意见会周三下午见。", channel=Channel.FACE_TO_FACE)
    tale.completes()
    yield tale.when_to_call()
    tale.ends_well(
        "重做的很好吃，意见会我会来。",
        5,
        "客人愿意再来。",
        "主动道歉、当场重做，客人不再追究。",
        "后厨放盐没有定量。",
        ("process", "调味改用定量勺。"),
        suggestion="菜单标一下咸淡。",
    )


def wc_16_a_call_after_the_refund(tale):
    """WC-16: after the refund the agent calls on their own initiative and asks how it was."""
    yield -10, "10:30"
    tale.registers(
        "limei",
        "凉鞋穿一天就开胶，退款。",
        customer="明月",
        goods="真皮凉鞋 37码",
        paid=268,
        demand="退款",
    )
    yield -10, "10:42"
    tale.takes("limei")
    tale.answers("新鞋一天就开胶，换谁都生气，抱歉，我来处理。", apology=Apology.FOR_OUR_FAULT)
    tale.judges("product.quality")
    tale.receives("开胶处")
    tale.finds("鞋底胶线不足，同批两双相同。", "胶水批次不良。")
    tale.establishes()
    plan = tale.offers(
        "268元全额退，鞋子不用寄回。",
        "胶水批次不良，责任在我方。",
        "退款后我给您打电话。",
        (Remedy.FULL_REFUND, "全额退款268元", 268),
        (Remedy.EXCHANGE_OTHER, "换一双别的款式"),
    )
    yield -10, "13:20"
    tale.customer_takes(plan, "退款。")
    tale.carries_out((-7, "18:00"), owner="lintao", department="operations")
    refund = tale.requests("full_refund", "268", "开胶，全额退款。", payee="明月")
    yield -10, "14:30"
    tale.approves("zhaoqian", refund)
    yield -9, "10:20"
    tale.pays("hemin", refund)
    tale.tells_outcome("268元已原路退回，过两天我再电话问候您。")
    tale.completes()
    yield tale.when_to_call()
    tale.ends_well(
        "没想到退完款还有人打电话，谢谢，又看中一双靴子。",
        5,
        "客户提到之前的鞋也有点磨脚，愿意再买。",
        "退款不是结束，主动回访带来复购。",
        "胶水批次不良。",
        ("product_quality", "胶水每批做剥离测试。"),
        suggestion="鞋垫可以再软一点。",
    )


STORIES = (
    wc_01_a_cleaning_fee_forgotten,
    wc_04_rude_after_all,
    wc_05_a_good_waiter,
    wc_09_a_salty_fish,
    wc_16_a_call_after_the_refund,
)
