"""What lies on the desks: new, running out, waiting, dangerous, with a superior."""

from datetime import timedelta

from complaints.demo.openings import faulty
from complaints.vocabulary import Channel, Emotion, EvidenceType, Reason, Remedy, ReturnBranch, Side, StatementKind


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
    yield -1, "16:10"
    tale.asks_more_time(2, "中转站要到后天才能盘完滞留件。", "快递后天盘点完，我们会在新的期限前给您结果。")


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
    tale.is_put_on_hold("chenjing", "代理人来函，可能起诉，材料一律保留。")
    tale.receives("商品页面截图", EvidenceType.ORDER_SCREENSHOT, of="company")
    tale.receives_text("客服聊天记录", "客户：真的永不褪色吗？\n客服：亲，我们的纯棉不易褪色哦。\n")
    other = tale.receives("褪色照片", believed=False)
    tale.excludes(other, "吊牌货号不是这件商品，原件照样保存。")
    tale.asks_for(EvidenceType.INVOICE, "购买凭证或付款截图", until=(2, "18:00"))
    tale.asks_department("legal", "评估“永不褪色”宣传用语的风险，拟答复函。", until=(1, "18:00"))
    yield -1, "14:00"
    tale.asks_more_time(2, "法务的评估明天下班前才出。", "法务评估需要到后天，我们会在新的期限前书面答复您。")
    yield -1, "15:30"
    tale.gets_more_time("chenjing", "法律函件，等评估是值得的。")
    tale.writes("您的来函正在由法务评估，我们会在新的期限前书面答复您，感谢理解。", "progress")
    tale.keeps_everything("已写信告知新的期限。")


def help_was_asked_for(tale):
    """Asked a superior for more authority; nobody took note, so that it went one level up (S-ESC-01)."""
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


def more_authority_was_given(tale):
    """The superior lends more authority for this case alone, up to an amount and until a day (S-ESC-03)."""
    yield from faulty(
        tale,
        -2,
        "limei",
        "烤箱门把手断了，烫到手。",
        customer="俞秀",
        goods="桌面烤箱",
        paid=399,
        found="把手螺丝孔开裂，出厂就有暗伤。",
    )
    yield -2, "16:00"
    tale.asks_superior("客户要求补偿烫伤药费和误工，超出我的权限。")
    yield -2, "16:20"
    tale.superior_answers(
        "chenjing", "more_authority", "这一单300元以内你来定，先问清药费再谈。", amount="300", until=(4, "18:00")
    )


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
    waiting_for_the_customer,
    waiting_for_the_laboratory,
    waiting_for_the_courier,
    danger_to_a_child,
    a_case_about_the_law,
    help_was_asked_for,
    more_authority_was_given,
    taken_over_by_a_superior,
    a_return_within_seven_days,
    about_to_run_out,
    just_in,
    from_an_unknown_caller,
)
