"""Customers who hear from the shop: in writing after the case, regularly, and each day while a department works."""

from complaints.demo.openings import faulty
from complaints.vocabulary import Channel, Remedy


def followed_up_in_writing(tale):
    """The customer wants no call: asked and answered in writing, closed, and asked again now and then (S-FUP-09)."""
    yield from faulty(
        tale, -12, "limei", "雨伞伞骨断了一根。", customer="南枝", goods="十骨晴雨伞", paid=79, found="伞骨铆钉松。"
    )
    yield -12, "14:10"
    plan = tale.offers(
        "换一把新伞。", "铆钉松。", "收到后回访。", (Remedy.EXCHANGE_OTHER, "换新伞"), (Remedy.COUPON, "券", 10)
    )
    tale.customer_takes(plan, "换新的，别打电话，发消息就行。")
    tale.carries_out((-10, "18:00"))
    yield -11, "10:20"
    tale.keeps_everything("新伞已寄出。")
    tale.tells_outcome("新伞寄出了。")
    tale.completes()
    tale.follows_up_in_writing(Channel.QIANNIU, "顾客说不方便接电话，改发消息。")
    yield tale.when_to_call()
    tale.asks_how_it_went("您好，新伞用了几天了，伞骨都好吗？您给我们打几分（1到5分）？有什么建议直接说，谢谢您。")
    yield -6, "11:00"
    tale.gets_an_answer("好用，5分。要是有收纳袋就更好了。", 5, "新伞开合顺畅。", suggestion="配一个收纳袋。")
    tale.sums_up("铆钉抽检加严。", "铆钉松。")
    tale.improves("product_quality", "铆钉拉力抽检。")
    tale.closes()
    tale.agrees_to_stay_in_touch("可以，过段时间问问我用得怎么样。")


def waits_for_the_lab(tale):
    """Another department works for days: told on the first day, the message of the second is due (S-SLA-09)."""
    yield -2, "10:00"
    tale.registers("limei", "电热毯一角特别烫，不敢用了。", customer="谷雨", goods="电热毯", paid=159, shop="home")
    tale.takes("limei")
    tale.answers("您好，先别再用了，我们马上请技术部检测，有进展每天告诉您。")
    tale.asks_department("technical", "检测电热毯发热丝，给出结论。", until=(3, "18:00"))
    yield -1, "10:40"
    tale.tells_how_it_stands("您好，技术部今天收到了毯子，正在测发热丝的温度。明天这个时候再告诉您，不用您来问。")


STORIES = (followed_up_in_writing, waits_for_the_lab)
