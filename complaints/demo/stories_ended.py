"""Cases that ended otherwise, and some that came back."""

from complaints.demo.openings import faulty
from complaints.vocabulary import Channel, Emotion, Reason, Remedy


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


STORIES = (
    a_customer_who_took_it_back,
    withdrawn_and_taken_up_again,
    entered_for_a_test,
    a_mere_enquiry,
    the_same_order_twice,
    merged_and_parted_again,
    closed_and_reopened,
)
