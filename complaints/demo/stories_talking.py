"""How one talks: a question instead of an accusation, who and why first, and feedback that is answered too."""

from complaints.vocabulary import Apology, ContactPurpose, DamageCause, EvidenceType, Reason, Remedy, Side, SignedBy

TALKED = {
    "introduce": "说明是棠溪服饰客服小李",
    "listen": "听完没有打断",
    "propose": "先登记，退货地址已发",
    "negotiate": "同意",
    "adjust": "不需要调整",
    "apologise": "致歉并道谢",
}


def wc_21_the_bedding_set(tale):
    """WC-21: the customer asked for a return; the call asks for the reason and accuses nobody."""
    yield -2, "10:10"
    tale.registers(
        "limei",
        "四件套我申请退货了，麻烦处理一下。",
        customer="沈秋月",
        goods="全棉四件套 1.5米",
        paid=269,
        reason=Reason.UNWANTED,
    )
    yield -2, "10:20"
    tale.takes("limei")
    tale.answers("沈女士您好，看到您的退货申请了，我稍后给您打个电话确认一下，打扰您了，谢谢。")
    yield -2, "10:35"
    tale.dials(ContactPurpose.ENQUIRY)
    yield -2, "10:41"
    tale.hangs_up(
        "您在我们店铺购买的四件套提出了退货，我想请问下是什么原因呢？客户说尺寸买小了，想换1.8米的。很抱歉让您费心，谢谢您。",
        apology=Apology.FOR_EXPERIENCE,
        steps=TALKED | {"reason": "四件套提出了退货，请问是什么原因"},
    )


def wc_20_and_22_the_wok(tale):
    """WC-20: one call began with the matter and confused the customer. WC-22: the next one says who and why first."""
    yield -3, "10:15"
    tale.registers(
        "wanghao",
        "炒锅有质量问题！",
        customer="魏国良",
        goods="不粘炒锅 32厘米",
        paid=189,
        shop="home",
        reason=Reason.QUALITY,
    )
    yield -3, "10:30"
    tale.takes("wanghao")
    tale.answers("魏先生您好，看到您的反馈了，先跟您道歉，我马上打电话了解，谢谢您。", apology=Apology.FOR_EXPERIENCE)
    yield -3, "11:00"
    tale.dials(ContactPurpose.ENQUIRY)
    yield -3, "11:02"
    tale.hangs_up(
        "一接通就问锅怎么了，客户问“你哪位”，很不高兴地挂了。",
        steps=TALKED | {"introduce": None, "reason": None, "apologise": None},
    )
    yield -2, "10:30"
    tale.dials(ContactPurpose.ENQUIRY)
    yield -2, "10:38"
    tale.hangs_up(
        "魏先生您好，我是棠溪家居客服，昨天没说清楚就问您，很抱歉。您反馈炒锅有质量问题，能跟我说下是哪里的问题么？"
        "客户说涂层起泡。谢谢您。",
        apology=Apology.FOR_OUR_FAULT,
        steps=TALKED | {"reason": "您反馈炒锅有质量问题，能跟我说下是哪里的问题么"},
    )


def wc_38_nobody_signed(tale):
    """WC-38: the parcel was left somewhere and nobody signed for it: the seller bears it."""
    yield -2, "11:00"
    tale.registers(
        "limei",
        "显示已送达，我根本没签收，驿站也没有！",
        customer="韩立群",
        goods="羊绒围巾 灰色",
        paid=239,
        reason=Reason.NOT_RECEIVED,
    )
    yield -2, "11:10"
    tale.takes("limei")
    tale.answers("韩先生您好，没收到东西却显示送达，换谁都着急，对不起。我现在就找快递核实。")
    tale.judges("logistics.misdelivered", reason=Reason.NOT_RECEIVED)
    yield -2, "15:20"
    tale.receives("运单底联", EvidenceType.WAYBILL, of=Side.COMPANY)
    tale.looks_up_parcel("快递回复：放在楼道，没有人签收。", signed_by=SignedBy.NOT_SIGNED)
    tale.finds("包裹放在楼道，无人签收，已丢失。", "未经收件人同意投放。", "courier", damage_cause=DamageCause.COURIER)
    tale.establishes()
    yield -1, "10:05"
    tale.offers(
        "韩先生，没有您签收，损失由我们承担：今天补发一条，或者全额退款，您选。给您添麻烦了，谢谢您。",
        "包裹未经签收而丢失，由我们承担。",
        "签收后两天内回访。",
        (Remedy.RESHIP, "今天补发一条"),
        (Remedy.FULL_REFUND, "全额退款", 239),
    )


def wc_50_and_53_words_that_make_it_worse(tale):
    """WC-50, WC-53: told that they understood it wrongly and that the courier is to blame, the customer is furious."""
    yield -1, "10:20"
    tale.registers(
        "wanghao",
        "包装盒都压扁了，送人怎么送得出手！",
        customer="顾念慈",
        goods="礼盒装茶具",
        paid=328,
        shop="home",
        reason=Reason.DAMAGED,
    )
    yield -1, "10:35"
    tale.takes("wanghao")
    tale.calls("您理解错了，包装这是快递公司的责任，跟我们店没有关系。", ContactPurpose.FIRST_ANSWER)
    yield -1, "10:40"
    tale.hears("什么叫我理解错了？我在你们店买的，我找谁？")
    yield -1, "10:50"
    tale.writes(
        "顾女士，是我们没跟您说清楚，对不起。东西是在我们店买的，就由我们负责；快递那边我们去找。请拍一下盒子，"
        "我今天给您方案，谢谢您告诉我们。",
        ContactPurpose.FIRST_ANSWER,
        apology=Apology.FOR_OUR_FAULT,
    )
    tale.judges("product.damaged", reason=Reason.DAMAGED)


def a_suggestion_is_answered(tale):
    """S-SLA-16: no complaint, a suggestion; it is answered as promptly."""
    yield -1, "15:10"
    tale.registers(
        "limei",
        "衣服很好，就是吊牌缝在领口扎脖子，建议换个地方。",
        customer="白露",
        goods="针织开衫 米白",
        paid=159,
        reason=Reason.FEEDBACK,
    )
    yield -1, "15:25"
    tale.takes("limei")
    tale.answers("白女士，谢谢您的建议，已经转给产品部，这周内告诉您怎么改。")


STORIES = (
    wc_21_the_bedding_set,
    wc_20_and_22_the_wok,
    wc_38_nobody_signed,
    wc_50_and_53_words_that_make_it_worse,
    a_suggestion_is_answered,
)
