"""Cases in which the law says what is owed, also where what one was taught says otherwise."""

from complaints.vocabulary import Apology, DamageCause, Emotion, Reason, Remedy, SignedBy


def wc_39_a_parcel_signed_for(tale):
    """WC-39, as the law has it: the customer signed for a damaged parcel, and the shop bears it all the same (C-06)."""
    yield -3, "10:20"
    tale.registers(
        "limei",
        "昨天签收的花瓶，拆开一看碎成两半！你们说签收了就不管？",
        customer="邵雨晴",
        goods="手工玻璃花瓶 茶色",
        paid=268,
        reason=Reason.DAMAGED,
        emotion=Emotion.DISSATISFIED,
        demanded_remedy=Remedy.RESHIP,
    )
    yield -3, "10:35"
    tale.takes("limei")
    tale.answers("邵女士，让您收到碎的花瓶，真抱歉。签收不等于您认可质量，请拍下外箱和花瓶，我马上找快递核实。")
    tale.judges("logistics.damaged_parcel", reason=Reason.DAMAGED)
    yield -3, "14:10"
    tale.receives("外箱压痕与碎片")
    tale.looks_up_parcel("物流轨迹：本人签收。", signed_by=SignedBy.CUSTOMER, signed=(-4, "18:20"))
    tale.finds(
        "外箱一角塌陷，内衬移位，碎裂由运输挤压造成。", "外箱内衬过薄。", "courier", damage_cause=DamageCause.COURIER
    )
    tale.establishes()
    tale.states("商品页为网店销售，顾客来图可见质量问题。", defect_confirmed="yes", product_type="other")
    tale.writes_down_what_is_owed("faulty_return")
    yield -2, "09:40"
    plan = tale.offers(
        "我们今天就给您补发一只新的，双层气泡箱；您要是不想等，也可以退全款，碎的不用寄回。",
        "运输挤压造成破损，签收不影响您的权利，由我们负责。",
        "签收后两天内回访。",
        (Remedy.RESHIP, "补发一只，加固包装"),
        (Remedy.FULL_REFUND, "全额退款", 268),
        owed="law",
        apology=Apology.FOR_EXPERIENCE,
    )
    yield -2, "11:05"
    tale.customer_takes(plan, "补发吧，这次包好一点。")
    tale.carries_out((1, "18:00"), owner="machao", department="logistics")


STORIES = (wc_39_a_parcel_signed_for,)
