"""Calls: one that was planned, a customer who wants none, and one that should never have been made."""

from complaints.demo.openings import faulty
from complaints.vocabulary import Apology, ContactPurpose, Remedy


def wc_23_beyond_the_handlers_word(tale):
    """WC-23: the call is planned, the demand goes beyond the handler's authority, and the superior calls back."""
    yield from faulty(
        tale,
        -1,
        "limei",
        "四件套颜色和图片差太多，退了重买我还要搭时间。",
        customer="郑晓宁",
        goods="纯棉四件套 1.8米",
        paid=329,
        found="详情页照片偏亮。",
    )
    yield -1, "14:05"
    tale.drafts(
        "照片偏亮，责任在我方。",
        "到货后回访。",
        (Remedy.EXCHANGE_OTHER, "换一套浅灰的，来回运费店铺出"),
        (Remedy.RETURN, "退货退款329元，运费店铺出", 329),
    )
    tale.wants_calls_between("11:00", "17:30", "白天打，十一点以后，晚上带孩子不接。")
    tale.plans_the_call(
        "补偿单笔50元，退货退款329元不用批，来回运费店铺出",
        "换一套浅灰的：可以\n全额退、运费你们出：可以\n不退，补100元：最多50元\n盖章道歉信：请主管",
        "换浅灰，来回运费店铺出\n退货退款，运费店铺出\n留下，退40元",
        "退货退款329元加运费12元，不再补偿",
        "请主管赵倩10分钟内回电，先不答应",
    )
    yield -1, "14:16"
    tale.dials()
    yield -1, "14:25"
    tale.hangs_up(
        "郑女士要留下并补100元，超出权限；请主管今天内回电。",
        apology=Apology.FOR_OUR_FAULT,
        steps={
            "introduce": "已确认是本人",
            "reason": "说明为退货一事",
            "listen": "颜色比图片黄，怕洗了更明显，赶着周末铺新床",
            "propose": "先致歉；换浅灰周五前到",
            "negotiate": "不想再等快递",
            "adjust": "留下退40元，她要100元",
            "apologise": "再次致歉，说明主管会来电",
        },
    )
    tale.schedules_a_call((-1, "19:00"), "主管回电：留下，补偿100元要不要批")


def a_customer_who_wants_no_calls(tale):
    """The customer asks not to be called again; everything goes in writing from then on."""
    yield from faulty(
        tale,
        -2,
        "wanghao",
        "保温杯漏水，包都湿了。",
        customer="祁连",
        goods="保温杯 500ml",
        paid=89,
        found="密封圈偏小。",
    )
    yield -2, "14:10"
    tale.wants_no_calls("我在上班，别给我打电话，有事旺旺说。")
    tale.offers(
        "祁先生您好，给您寄一个新杯子，或者退款，您选。对不起，谢谢您。",
        "密封圈偏小，责任在我方。",
        "签收后回访。",
        (Remedy.EXCHANGE_OTHER, "寄新杯子"),
        (Remedy.RETURN, "退款89元", 89),
    )


def wc_19_called_at_night(tale):
    """WC-19: the customer was called late in the evening; it is recorded as what it was, and the team lead hears."""
    yield from faulty(
        tale,
        -3,
        "wanghao",
        "台灯闪，晃得眼睛疼。",
        customer="乔木",
        goods="护眼台灯",
        paid=159,
        shop="home",
        found="驱动电源不稳。",
    )
    yield -3, "21:40"
    tale.calls(
        "催她改评价，她很生气。",
        ContactPurpose.GENERAL,
        breach_reason="想赶在周报前把评分拉上去，没有看时间。",
    )
    yield -2, "10:30"
    tale.hears("大晚上打电话让我改评价，你们这是骚扰！")
    tale.writes("昨晚不该打扰您，对不起。以后只在白天联系您，谢谢您告诉我们。", apology=Apology.FOR_OUR_FAULT)


STORIES = (wc_23_beyond_the_handlers_word, a_customer_who_wants_no_calls, wc_19_called_at_night)
