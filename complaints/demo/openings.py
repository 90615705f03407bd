"""How many stories begin: a fault of ours up to its verdict, and money agreed about it."""

from complaints.vocabulary import Apology, Remedy


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
