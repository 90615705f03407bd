"""What else is on the desks: grants that wait, payments that came back, pauses, flags, cases that ended otherwise."""

from datetime import timedelta

from complaints.vocabulary import (
    Apology,
    Channel,
    Emotion,
    EvidenceType,
    Reason,
    Remedy,
    ReturnBranch,
    Side,
    StatementKind,
)


def faulty(tale, day, who, words, *, customer, goods, paid, found="出库质检漏检。", shop="flagship", **facts):
    """A complaint of quality that proves right, up to its verdict, in one day."""
    yield day, "10:05"
    tale.registers(who, words, customer=customer, goods=goods, paid=paid, shop=shop, **facts)
    yield day, "10:20"
    tale.takes(who)
    tale.answers("您好，看到您的反馈了，先跟您道歉，请拍张照片，我马上核实。", apology=Apology.FOR_OUR_FAULT)
    tale.judges("product.quality")
    yield day, "11:30"
    tale.receives("问题部位")
    tale.finds(f"核实属实：{found}", found)
    tale.establishes()


def refunded(tale, offer, *, amount, yes, until, kind="partial_refund", remedy=Remedy.PARTIAL_REFUND):
    """Offered, taken, to be carried out; the request for the money is handed in and given back."""
    plan = tale.offers(
        offer, "质量问题，责任在我方。", "到账后回访。", (remedy, "", amount), (Remedy.EXCHANGE_OTHER, "换一件")
    )
    tale.customer_takes(plan, yes)
    tale.carries_out(until, owner="hemin", department="operations")
    return tale.requests(kind, str(amount), "质量问题，与客户协商一致。")


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
    grant = refunded(tale, "全额退款139元，毛毯不用退。", amount=139, yes="好，退款。", until=(-11, "18:00"))
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


def waiting_for_the_customer(tale):
    """The customer was asked; while we wait the clock stands still."""
    yield -3, "14:05"
    tale.registers(
        "limei",
        "床单缩水严重，铺不上了。",
        customer="皮小鱼",
        goods="水洗棉床单",
        paid=169,
        shop="home",
        demand="换大一号",
    )
    yield -3, "14:20"
    tale.takes("limei")
    tale.answers("您好，请量一下现在的长宽，并告诉我洗涤水温，我核对缩水率。")
    tale.judges("product.quality")
    yield -3, "14:40"
    tale.writes("麻烦您补一张量尺的照片，收到马上处理。", "enquiry")
    tale.asks_for(EvidenceType.PHOTO, "床单量尺照片", until=(3, "18:00"))
    tale.waits("awaiting_customer", "等客户补量尺照片。", "量尺照片和洗涤水温")


def waiting_for_the_laboratory(tale):
    """A test decides; that takes its time."""
    yield -6, "09:40"
    tale.registers(
        "limei",
        "面膜巾有刺鼻味道，怀疑甲醛超标。",
        customer="温迪",
        goods="洗脸巾 6包",
        paid=79,
        shop="home",
        affects_others=True,
    )
    yield -6, "10:00"
    tale.takes("limei")
    tale.answers("您的担心我们同样重视，先别用了，我们送检同批次。")
    tale.judges("product.quality", severity="high", affects_others=True)
    tale.receives("外包装与批号")
    yield -5, "10:30"
    tale.waits("awaiting_test", "同批次送第三方检测。", "甲醛含量检测", of=Side.THIRD_PARTY)


def waiting_for_the_courier(tale):
    """The courier searches."""
    yield -2, "10:10"
    tale.registers(
        "wanghao", "物流停在杭州三天不动了。", customer="骆一鸣", goods="行李箱 24寸", paid=359, reason=Reason.LOGISTICS
    )
    yield -2, "10:30"
    tale.takes("wanghao")
    tale.answers("已经请快递查件，今天下班前给您消息。")
    tale.judges("logistics.problem_shipment", reason=Reason.LOGISTICS)
    tale.asks_department("logistics", "催查杭州中转站滞留件。", until=(1, "12:00"), to="machao")
    tale.waits("awaiting_courier", "快递查件中。", "包裹现在的位置", of=Side.THIRD_PARTY)


def danger_to_a_child(tale):
    """A matter of safety goes up the moment it is registered; a supervisor has taken it on."""
    yield -1, "16:20"
    tale.registers(
        "limei",
        "儿童台灯插头冒火花，差点烧到孩子！",
        customer="池女士",
        goods="儿童护眼灯",
        paid=219,
        shop="appliances",
        channel=Channel.PHONE,
        safety_flag=True,
        affects_others=True,
        severity="critical",
        emotion=Emotion.AGITATED,
    )
    yield -1, "16:26"
    tale.takes("limei")
    tale.calls("先确认孩子没事，请客户立即停用拔下插头；我们两小时内回电并上门取件。", "first_answer")
    yield -1, "16:50"
    tale.superior_sees("chenjing")
    tale.judges("product.quality", severity="critical", affects_others=True)
    tale.asks_department("technical", "取回台灯检测插头，今晚出初步意见。", until=(1, "12:00"), to="xunuo")


def a_case_about_the_law(tale):
    """A lawyer's letter: the matter is marked as legal."""
    yield -3, "15:30"
    tale.registers(
        "chenjing",
        "代理人来函：主张宣传用语“永不褪色”构成虚假宣传，要求三日内答复。",
        customer="方律师",
        goods="纯棉T恤 黑色",
        paid=79,
        channel=Channel.LETTER,
        complainant="representative",
        reason=Reason.NOT_AS_DESCRIBED,
        legal_flag=True,
        opinion_risk=True,
    )
    yield -3, "15:50"
    tale.assigns("chenjing", "limei", "法律函件，由李梅主办，法务协助。")
    tale.answers("来函收悉，我们已转法务核查，将在期限内书面答复。", channel=Channel.EMAIL)
    tale.judges("product.not_as_described", reason=Reason.NOT_AS_DESCRIBED, severity="high")
    tale.asks_department("legal", "评估“永不褪色”宣传用语的风险，拟答复函。", until=(1, "18:00"))


def a_customer_who_took_it_back(tale):
    """Withdrawn in the customer's own words, before it was judged."""
    yield -6, "11:20"
    tale.registers(
        "wanghao", "发票抬头开错了，重开！", customer="万里", goods="商务衬衫 白色", paid=199, reason=Reason.OTHER
    )
    yield -6, "11:30"
    tale.takes("wanghao")
    tale.answers("马上给您重开，请发正确抬头。")
    yield -6, "13:05"
    tale.customer_withdraws("不用了，是我自己填错了，撤诉。")


def withdrawn_and_taken_up_again(tale):
    """Withdrawn, and reopened by a supervisor because the customer came back."""
    yield -7, "10:15"
    tale.registers("limei", "毛衣有线头，换一件。", customer="尹川", goods="粗棒针毛衣", paid=289)
    yield -7, "10:30"
    tale.takes("limei")
    tale.answers("好的，请拍下线头位置。")
    yield -7, "15:00"
    tale.customer_withdraws("剪掉就好了，算了。")
    yield -2, "10:10"
    tale.reopens("chenjing", "客户来电说剪线后破洞，要求继续处理。")


def entered_for_a_test(tale):
    """Voided: a colleague tried the form."""
    yield -4, "09:35"
    tale.registers("wanghao", "测试测试，请忽略。", customer="测试", goods="测试商品", paid=1)
    yield -4, "09:50"
    tale.voids("chenjing", "test", "新人练习时录入。")


def a_mere_enquiry(tale):
    """Voided: somebody only asked for the opening hours."""
    yield -3, "13:10"
    tale.registers(
        "sunyue", "请问周末几点开门？", customer="路过的客人", shop="store", channel=Channel.PHONE, reason=Reason.OTHER
    )
    yield -3, "13:20"
    tale.voids("zhouyan", "mere_enquiry", "只是咨询营业时间，不是投诉。")


def the_same_order_twice(tale):
    """Two complaints of one customer about one order: the second follows the first."""
    yield -4, "10:00"
    tale.registers(
        "limei", "鞋子一只大一只小！", customer="庄周", goods="帆布鞋 40码", paid=119, reason=Reason.WRONG_ITEM
    )
    yield -4, "10:12"
    tale.takes("limei")
    tale.answers("真抱歉，我查一下装箱记录，请拍一下鞋标。")
    yield -4, "14:00"
    second = type(tale)(tale.house, tale.days)
    second.at = tale.at
    second.registers("wanghao", "同一单，鞋盒也是破的，到现在没人管？", customer=tale, reason=Reason.WRONG_ITEM)
    second.takes("wanghao")
    second.follows("chenjing", tale, "同一订单，由李梅一并处理。")
    yield -4, "14:30"
    tale.judges("product.wrong_item", reason=Reason.WRONG_ITEM)


def merged_and_parted_again(tale):
    """Merged by mistake: two matters after all."""
    yield -5, "10:40"
    tale.registers("limei", "雨伞骨断了一根。", customer="梅子", goods="三折晴雨伞", paid=59)
    tale.takes("limei")
    tale.answers("收到，请拍一下断的地方。")
    yield -5, "11:00"
    other = type(tale)(tale.house, tale.days)
    other.at = tale.at
    other.registers(
        "wanghao", "上个月买的帽子也褪色了，另一单。", customer=tale, reason=Reason.QUALITY, goods="渔夫帽", paid=49
    )
    other.takes("wanghao")
    other.answers("帽子的问题我来跟进。")
    other.follows("chenjing", tale, "同一客户。")
    yield -5, "15:30"
    other.at = tale.at
    other.stands_alone("chenjing", "两单不同商品，分开处理。")


def closed_and_reopened(tale):
    """Closed, and reopened because the repair did not hold."""
    yield from faulty(
        tale, -14, "limei", "箱包拉链头掉了。", customer="桑榆", goods="双肩包", paid=239, found="拉链头压合不牢。"
    )
    yield -14, "14:10"
    plan = tale.offers(
        "免费换拉链头。", "压合不牢。", "换好回访。", (Remedy.REPAIR, "免费维修"), (Remedy.EXCHANGE_OTHER, "换一个")
    )
    tale.customer_takes(plan, "修吧。")
    tale.carries_out((-10, "18:00"))
    yield -12, "10:00"
    tale.keeps_everything("拉链头已更换寄回。")
    tale.tells_outcome("包修好寄回了。")
    tale.completes()
    yield tale.when_to_call()
    tale.ends_well(
        "好用了。", 4, "包可以用了。", "维修后要加测拉力。", "压合不牢。", ("product_quality", "拉链头加测拉力。")
    )
    yield -2, "11:10"
    tale.reopens("chenjing", "客户反映拉链头又掉了。")
    tale.hears("修好的地方又掉了，你们到底会不会修？", emotion=Emotion.DISSATISFIED)


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


def help_was_asked_for(tale):
    """Asked a superior for more authority; nobody has answered yet."""
    yield from faulty(
        tale,
        -2,
        "wanghao",
        "冰袖过敏起疹子，要赔医药费。",
        customer="舒朗",
        goods="冰丝袖套",
        paid=29,
        found="个别客户对染料过敏。",
    )
    yield -2, "15:00"
    tale.learns(StatementKind.DEMAND, "赔偿门诊费三百元")
    tale.asks_superior("医药费超出我的权限，请示处理口径。")


def taken_over_by_a_superior(tale):
    """The supervisor takes the case over."""
    yield -4, "15:10"
    tale.registers(
        "wanghao",
        "你们客服换了四个人，每个都让我重说一遍！",
        customer="盛夏",
        reason=Reason.SERVICE_ATTITUDE,
        emotion=Emotion.AGITATED,
    )
    yield -4, "15:20"
    tale.takes("wanghao")
    tale.answers("让您反复说，是我们交接没做好，对不起。")
    tale.asks_superior("客户要求主管直接处理。")
    yield -3, "10:05"
    tale.superior_answers("zhaoqian", "take_over", "我来接手，一次讲清。")
    tale.judges("service_attitude.slow_answer", reason=Reason.SERVICE_ATTITUDE)


def a_return_within_seven_days(tale):
    """A plain right: settled directly, the parcel is on its way back."""
    yield -2, "11:10"
    tale.registers(
        "limei",
        "不喜欢这个版型，七天无理由退。",
        customer="叶知秋",
        goods="阔腿裤 卡其",
        paid=149,
        reason=Reason.UNWANTED,
        return_branch=ReturnBranch.RECEIVED,
        demanded_remedy=Remedy.RETURN,
    )
    yield -2, "11:16"
    tale.takes("limei")
    tale.answers("好的，吊牌在就可以退，已帮您叫了上门取件。")
    tale.settles("product.no_reason_return", reason=Reason.UNWANTED)
    plan = tale.offers("收到退货核对后当天退款。", "七天无理由。", "到账告知。", (Remedy.RETURN, "退货退款", 149))
    tale.customer_takes(plan, "", acceptance="applied_for_it")
    tale.carries_out((2, "18:00"), owner="lintao", department="operations")


def about_to_run_out(tale):
    """Registered 22 hours ago, and nobody has answered: two hours are left."""
    yield timedelta(hours=-22)
    tale.registers(
        "limei", "赠品没收到，页面写了送围巾。", customer="纪念", goods="羊绒围巾套装", paid=329, reason=Reason.PRICE
    )


def just_in(tale):
    """Came in a moment ago."""
    yield timedelta(minutes=-25)
    tale.registers(
        "wanghao",
        "优惠券说满300减50，付款时没减！",
        customer="程橙",
        goods="羊毛背心",
        paid=319,
        reason=Reason.PRICE,
        channel=Channel.ONLINE_CHAT,
    )


def from_an_unknown_caller(tale):
    """Nobody knows who called."""
    yield timedelta(hours=-4)
    tale.registers(
        "sunyue",
        "门店门口的广告牌摇摇欲坠，有人被砸到怎么办？",
        customer="",
        complainant="unknown",
        unknown_because="来电未显示号码，对方不愿留姓名。",
        shop="store",
        channel=Channel.PHONE,
        reason=Reason.OTHER,
        safety_flag=True,
    )


STORIES = (
    a_grant_that_awaits_approval,
    a_grant_for_two_supervisors,
    a_grant_said_no_to,
    money_to_be_paid_today,
    a_payment_that_came_back_after_closing,
    a_bounced_payment_paid_again,
    waiting_for_the_customer,
    waiting_for_the_laboratory,
    waiting_for_the_courier,
    danger_to_a_child,
    a_case_about_the_law,
    a_customer_who_took_it_back,
    withdrawn_and_taken_up_again,
    entered_for_a_test,
    a_mere_enquiry,
    the_same_order_twice,
    merged_and_parted_again,
    closed_and_reopened,
    something_new_is_wrong,
    a_low_mark,
    nobody_answers_the_phone,
    reached_but_not_written_down,
    the_plan_cannot_be_carried_out,
    a_promise_that_was_broken,
    help_was_asked_for,
    taken_over_by_a_superior,
    a_return_within_seven_days,
    about_to_run_out,
    just_in,
    from_an_unknown_caller,
)
