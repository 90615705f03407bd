"""Orders that were no longer wanted, on their way or not yet shipped."""

from complaints.vocabulary import Reason, Remedy, ReturnBranch


def wc_26_on_its_way_and_unwanted(tale):
    """WC-26: in transit and no longer wanted; asked to wait, the customer insists, and the parcel is called back."""
    yield -6, "14:20"
    tale.registers(
        "wanghao",
        "别送了，我不想要了，直接退款。",
        customer="谭卓",
        goods="加绒卫衣 灰色 L",
        paid=139,
        reason=Reason.UNWANTED,
        return_branch=ReturnBranch.NOT_RECEIVED,
        demanded_remedy=Remedy.RETURN_IN_TRANSIT,
    )
    yield -6, "14:35"
    tale.takes("wanghao")
    tale.answers("卫衣明天就能送到，您要不要先试试，不合适七天内随时退？")
    tale.settles("logistics.unwanted_in_transit", reason=Reason.UNWANTED)
    tale.hears("不用了，已经买了别的，拦回去吧。")
    tale.states("顾客回复：拦回去吧。", insists_on_return="yes")
    plan = tale.offers(
        "好的，已经通知快递拦截，退回入库就退款。",
        "客户改变主意，按物流退回处理。",
        "退款后消息告知。",
        (Remedy.RETURN_IN_TRANSIT, "拦截退回后全额退款", 139),
    )
    tale.customer_takes(plan, "", acceptance="applied_for_it")
    tale.carries_out((-2, "18:00"), owner="machao", department="logistics")
    refund = tale.requests("full_refund", "139", "在途退回，退还货款。", fault="customer", goodwill=True, payee="谭卓")
    yield -5, "10:30"
    tale.approves("chenjing", refund)


def wc_27_not_yet_shipped_and_unwanted(tale):
    """WC-27: not yet shipped and no longer wanted: the money goes back."""
    yield -5, "15:00"
    tale.registers(
        "limei",
        "拍错尺码了，还没发吧？帮我退了。",
        customer="宋佳怡",
        goods="针织开衫 米白 均码",
        paid=45,
        reason=Reason.UNWANTED,
        return_branch=ReturnBranch.NOT_RECEIVED,
        demanded_remedy=Remedy.FULL_REFUND,
    )
    yield -5, "15:05"
    tale.takes("limei")
    tale.answers("还没出库，马上给您退，需要正确尺码的话我帮您留一件。")
    tale.settles("logistics.unwanted_unshipped", reason=Reason.UNWANTED)
    plan = tale.offers(
        "45元今天原路退回。",
        "未发货，直接退款。",
        "到账后消息告知。",
        (Remedy.FULL_REFUND, "未发货，全额退款", 45),
    )
    tale.customer_takes(plan, "", acceptance="applied_for_it")
    tale.carries_out((-3, "18:00"), owner="lintao", department="operations")
    refund = tale.requests("full_refund", "45", "未发货退款。", fault="customer", goodwill=True, payee="宋佳怡")
    yield -5, "17:10"
    tale.pays("lintao", refund)
    tale.tells_outcome("45元已退，欢迎您随时回来拍。")
    tale.completes()
    yield tale.when_to_call()
    tale.ends_well(
        "退得很快，谢谢。",
        5,
        "退款当天到账。",
        "未发货的退款当天办结，客户好感高。",
        "尺码表不够醒目。",
        ("service_quality", "尺码表放到首屏。"),
    )


STORIES = (wc_26_on_its_way_and_unwanted, wc_27_not_yet_shipped_and_unwanted)
