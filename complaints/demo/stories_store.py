"""In the store: a customer broke something and wants a new one; one story for each way it may go."""

from complaints.vocabulary import Apology, Channel, DamageCause, Emotion, Reason, Remedy, Verdict

IN_STORE = {"shop": "store", "channel": Channel.FACE_TO_FACE, "reason": Reason.DAMAGED, "demand": "换一个新的"}


def looked_at(tale, who, name, what, cause):
    """The customer is listened to, the goods are looked at, and it was not the goods."""
    tale.takes(who)
    tale.answers("您先消消气，坐下慢慢说，东西给我看看，咱们一起想办法。", channel=Channel.FACE_TO_FACE)
    tale.judges("product.damaged", reason=Reason.DAMAGED)
    tale.receives(name)
    tale.finds(what, cause, "customer", damage_cause=DamageCause.CUSTOMER)
    tale.establishes(Verdict.PARTLY_SUBSTANTIATED, basis="当面查验，客户也认可。")


def wc_28_a_scratched_glass(tale):
    """WC-28: broken by the customer, lightly, and in stock: an exchange for a new one."""
    yield -7, "13:05"
    tale.registers(
        "sunyue",
        "你们这杯子什么破质量，一碰就掉漆，给我换新的！",
        customer="申先生",
        goods="不锈钢保温杯",
        paid=89,
        emotion=Emotion.AGITATED,
        **IN_STORE,
    )
    yield -7, "13:12"
    looked_at(tale, "sunyue", "杯口掉漆", "杯口轻微磕碰掉漆，不影响保温，门店有现货。", "客户磕碰。")
    tale.states("门店当面查看，货架上还有两只。", damage_extent="light", in_stock="yes")
    plan = tale.offers(
        "磕碰不重，店里有现货，我给您换一只新的，也送您一个杯套防磕。",
        "轻微人为损坏，有现货可换。",
        "两天后问候一次。",
        (Remedy.EXCHANGE_NEW, "损坏轻微且有现货，在店员权限内换新"),
        (Remedy.COUPON, "10元券", 10),
        channel=Channel.FACE_TO_FACE,
        apology=Apology.FOR_EXPERIENCE,
    )
    tale.customer_takes(plan, "换新的，还算讲道理。")
    tale.carries_out((-6, "18:00"))
    yield -7, "13:25"
    tale.keeps_everything("当场换新。")
    tale.tells_outcome("新杯子给您，杯套也装上了。", channel=Channel.FACE_TO_FACE)
    tale.completes()
    yield tale.when_to_call()
    tale.ends_well(
        "杯套挺好用。",
        5,
        "新杯使用正常。",
        "轻微损坏当场换新，比争执省事。",
        "客户磕碰。",
        ("service_quality", "保温杯随货附送杯套。"),
    )


def wc_29_a_smashed_vase(tale):
    """WC-29: broken beyond exchange: a discount or a coupon."""
    yield -6, "16:10"
    tale.registers(
        "wufan",
        "花瓶刚买出门就碎了，你们得赔我一个！",
        customer="霍女士",
        goods="手工陶瓷花瓶",
        paid=358,
        emotion=Emotion.AGITATED,
        **IN_STORE,
    )
    yield -6, "16:20"
    looked_at(tale, "wufan", "碎瓷片", "花瓶在停车场摔碎，无法修复，门店无同款。", "客户失手摔碎。")
    plan = tale.offers(
        "同款没有了，也修不了。您再挑一件，我给您打八折，或者送您50元券。",
        "严重人为损坏，不能换。",
        "下次到店时关照。",
        (Remedy.DISCOUNT, "另购一件八折", 50),
        (Remedy.COUPON, "50元券", 50),
        channel=Channel.FACE_TO_FACE,
        apology=Apology.FOR_EXPERIENCE,
    )
    tale.customer_takes(plan, "那给我券吧，下回再来挑。", 1)
    tale.carries_out((-5, "18:00"), owner="lintao", department="operations")
    coupon = tale.requests("coupon", "50", "人为损坏，善意安抚。", fault="customer", goodwill=True)
    yield -6, "16:40"
    tale.pays("lintao", coupon)
    tale.tells_outcome("50元券已放到您的会员卡里。", channel=Channel.FACE_TO_FACE)
    tale.completes()
    yield tale.when_to_call()
    tale.calls_back("券看到了，谢谢。", outcome="declined")
    tale.sums_up("摔碎的不赔新，但给台阶，客户能接受。", "客户失手摔碎。")
    tale.improves("none_needed", "属客户失手，包装与提示均无不足，无需改进。")
    tale.closes()


def wc_30_a_chair_leg(tale):
    """WC-30: repairable: the part is replaced."""
    yield -4, "10:30"
    tale.registers(
        "sunyue",
        "椅子腿断了一根，整把给我换了！",
        customer="邱先生",
        goods="实木餐椅",
        paid=420,
        **IN_STORE,
    )
    yield -4, "10:45"
    looked_at(tale, "sunyue", "断裂的椅腿", "椅腿因站立踩踏断裂，可更换单腿。", "客户站在椅子上。")
    tale.states("仓库师傅看过断口。", repairable="yes")
    plan = tale.offers(
        "不用整把换，我们把这条腿换好，跟新的一样，工费免了。",
        "可修复，更换零件即可。",
        "换好后回访。",
        (Remedy.REPLACE_PARTS, "免费更换椅腿"),
        (Remedy.REPAIR, "现场加固"),
        channel=Channel.FACE_TO_FACE,
    )
    tale.customer_takes(plan, "能换腿也行。")
    tale.carries_out((0, "18:00"), owner="guoqiang", department="warehouse")


def wc_31_more_than_the_agent_may_give(tale):
    """WC-31: the demand is above the agent's authority: it goes up, and the superior offers something better."""
    yield -5, "11:00"
    tale.registers(
        "wufan",
        "床垫睡塌了，我腰都疼，赔我八百！",
        customer="陶女士",
        goods="乳胶床垫 1.5米",
        paid=2680,
        emotion=Emotion.AGITATED,
        shop="store",
        channel=Channel.FACE_TO_FACE,
        reason=Reason.QUALITY,
        demanded_amount=800,
    )
    yield -5, "11:10"
    tale.takes("wufan")
    tale.answers("您腰疼我先跟您说声抱歉，床垫我们上门看，钱的事我请示主管。", channel=Channel.FACE_TO_FACE)
    tale.judges("product.quality", severity="high")
    yield -5, "15:20"
    tale.receives("床垫塌陷处")
    tale.finds("上门测量，中部塌陷3.2厘米，超出标准。", "乳胶密度不足。")
    tale.establishes()
    tale.asks_superior("客户要求赔800元，超出我的权限，请主管定。")
    yield -5, "16:10"
    tale.superior_sees("zhouyan")
    tale.superior_answers("zhouyan", "better_solution", "换一张加密款，差价我们承担，另补偿300元误工费，由我批。")
    yield -4, "10:20"
    plan = tale.offers(
        "主管亲自定的：给您换加密款，差价我们出，另外补偿您300元。",
        "乳胶密度不足，责任在我方。",
        "送货后一周回访。",
        (Remedy.EXCHANGE_OTHER, "换加密款床垫，差价免"),
        (Remedy.DISTRESS, "补偿300元", 300),
        channel=Channel.PHONE,
        apology=Apology.FOR_OUR_FAULT,
    )
    tale.customer_takes(plan, "主管都出面了，就这么办吧。", 0, 1)
    tale.carries_out((2, "18:00"), owner="hemin", department="operations")
    grant = tale.requests(
        "distress", "300", "床垫塌陷影响休息。", payee="陶女士", order_of_offers="客户身体不适，明确不要券。"
    )
    yield -4, "11:30"
    tale.approves("zhouyan", grant)
    yield -3, "15:00"
    tale.pays("hemin", grant)


def wc_32_nothing_is_enough(tale):
    """WC-32: every offer refused: the reason asked, the superior heard, other options, and then the principle."""
    yield -8, "14:30"
    tale.registers(
        "sunyue",
        "我不管，花盆就是自己裂的，必须赔我十倍！",
        customer="余先生",
        goods="陶土花盆",
        paid=49,
        emotion=Emotion.OUT_OF_CONTROL,
        **IN_STORE | {"demand": "十倍赔偿"},
    )
    yield -8, "14:40"
    tale.takes("sunyue")
    tale.answers("您先喝口水，花盆我看看，能帮您的我一定帮。", channel=Channel.FACE_TO_FACE)
    tale.judges("product.damaged", reason=Reason.DAMAGED)
    tale.receives("花盆裂口")
    tale.finds("裂口有钝器敲击痕迹，店内监控可见客户用铲柄敲击。", "客户敲击。", "customer", damage_cause="customer")
    tale.establishes(Verdict.UNSUBSTANTIATED, basis="监控与裂口一致。", unreasonable_type="profit_driven")
    plan = tale.offers(
        "花盆不是质量问题，我们可以按成本价给您换一个。",
        "损坏由敲击造成。",
        "有疑问随时联系。",
        (Remedy.PAID_REPAIR, "成本价换一个，20元"),
        (Remedy.COUPON, "10元券", 10),
        channel=Channel.FACE_TO_FACE,
    )
    tale.customer_declines(plan, "二十块也不出，就要十倍。")
    yield -7, "10:40"
    tale.walks_ladder(
        "再谈一次，问原因：邻居说闹一闹就能拿到赔偿。",
        "请示周岩：只能按成本价或送券，不能十倍赔偿。",
        "另给八折和优先送货，客户都不要。",
    )
    refusal = tale.proposes_refusal(
        law="consumer-law-55",
        understood="客户要求按十倍赔偿一只49元的花盆。",
        impact_on_customer="未影响客户正常使用。",
        impact_on_opinion="可能在门店吵闹，已安排人员陪同。",
        impact_in_law="无安全风险，监控完整。",
        company_rule="no_false_claims",
        relationship="首次到店客户，保留优惠。",
        company_policy="人为损坏不予赔偿，可按成本价更换。",
        explanation="裂口由敲击造成，有监控为证，不存在欺诈，十倍赔偿没有依据。",
        routes="可向义乌市场监管部门或消费者协会申请调解。",
        alternatives="成本价更换或10元券，七日内有效。",
    )
    yield -7, "15:10"
    tale.approves_refusal("zhouyan", refusal, "证据清楚，同意坚持原则，保留替代方案。")
    yield -6, "10:15"
    tale.writes(
        "余先生，裂口照片、监控说明和售后政策都发您了，十倍赔偿没有依据；换一个只收成本价，随时有效。",
        "refusal",
        channel=Channel.SMS,
    )
    tale.tells_refusal()
    yield tale.when_to_call()
    tale.calls_back("客户说知道了，不再纠缠。", outcome="declined")
    tale.sums_up("监控先留存，原则才站得住。", "客户敲击后索赔。")
    tale.improves("rules", "门店公示人为损坏的处理标准。", owner="zhouyan")
    tale.closes()


STORIES = (
    wc_28_a_scratched_glass,
    wc_29_a_smashed_vase,
    wc_30_a_chair_leg,
    wc_31_more_than_the_agent_may_give,
    wc_32_nothing_is_enough,
)
