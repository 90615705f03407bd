"""What is said about returns and the money that follows them."""

from django.utils.translation import gettext_lazy as _

from casemgmt.sentences import Sentence
from policies.words.facts import fact_name

SENTENCES = {
    "return.kind_unknown": Sentence(
        _("It is not said what the customer asks for."), _("Choose one of the list."), "field:kind"
    ),
    "return.entrance_unknown": Sentence(
        _("It is not said where it was asked for."), _("Choose one of the list."), "field:entrance"
    ),
    "return.right_unknown": Sentence(
        _("This right is not in force here, or does not give what is asked for."),
        _("Choose another right, or none when the shop agrees beyond the law."),
        "field:entitlement",
    ),
    "return.items_missing": Sentence(_("It is not said which goods."), _("Name the goods."), "field:items"),
    "return.reason_missing": Sentence(
        _("The customer's reason is missing."), _("Write it down; “no reason” is one."), "field:reason"
    ),
    "return.price_unknown": Sentence(
        _("The order and the price paid are not known."), _("Record the order with its price."), "record-order"
    ),
    "return.nothing_paid": Sentence(_("Nothing was paid for this order, so nothing can be given back.")),
    "return.quantity_missing": Sentence(_("A return has at least one piece."), _("Enter how many."), "field:quantity"),
    "return.more_than_bought": Sentence(
        _("More would go back than was bought; %(left)s can still be returned."),
        _("Enter fewer, or take another return back."),
        "field:quantity",
    ),
    "return.not_owed_by_this": Sentence(
        _("This right does not give it."),
        _("See why under what the customer is owed; decline it, or let it be asked for anew without a right."),
    ),
    "return.freight_not_ours": Sentence(_("The shop does not bear the freight of this return.")),
    "return.freight_asked_already": Sentence(
        _("This freight is being given back already."), _("Cancel that compensation first if the sum is wrong.")
    ),
    "return.freight_kind_missing": Sentence(
        _("No kind of compensation gives freight back."), _("Add one to the policies.")
    ),
    "return.freight_amount": Sentence(
        _("This is no sum for freight."), _("Enter what the customer paid the courier."), "field:amount"
    ),
    "return.freight_not_owed": Sentence(_("Freight is given back once, as it was paid, where the shop bears it.")),
    "story.return.freight_noted": Sentence(_("noted the freight that the customer paid")),
    "return.freight_noted": Sentence(_("Freight noted; it is given back with the goods taken.")),
    "return.freight_missing": Sentence(
        _("It is not said who pays the way back."), _("Choose who pays the freight."), "field:freight"
    ),
    "return.decision_missing": Sentence(
        _("There are no words for the customer."), _("Say why, plainly and politely."), "field:words"
    ),
    "return.owed_by_law": Sentence(
        _("The law gives this return; it cannot be declined."), _("Agree to it."), "agree-return"
    ),
    "return.facts_missing": Sentence(
        _("Nobody can tell yet whether the law gives it. Missing: %(facts)s."),
        _("State the facts first."),
        "state-facts",
        {"facts": fact_name},
    ),
    "return.owed_by_another_right": Sentence(
        _("Another right gives it: %(right)s."), _("Let it be asked for by that right."), "ask-return"
    ),
    "return.waybill_missing": Sentence(
        _("The waybill number is missing."), _("Enter it, so that the parcel can be traced."), "field:waybill_number"
    ),
    "return.in_future": Sentence(_("This lies in the future."), _("Enter when it happened.")),
    "return.before_the_step_before": Sentence(_("This lies before the step before it."), _("Enter when it happened.")),
    "return.check_unanswered": Sentence(
        _("Not answered: %(fact)s."), _("Look at the goods and answer it."), "", {"fact": fact_name}
    ),
    "return.failing_without_words": Sentence(_("It is not said what was found."), _("Describe it."), "field:note"),
    "return.failing_without_evidence": Sentence(
        _("What fails needs a photo or the like."), _("Add a file, then name it here."), "add-evidence"
    ),
    "return.evidence_of_another_case": Sentence(
        _("This evidence is not part of this case, or was excluded."), _("Choose another one."), "field:evidence_id"
    ),
    "return.accepted_although": Sentence(
        _("A line failed; it is not said why the goods are taken all the same."), _("Say why."), "field:words"
    ),
    "return.nothing_failed": Sentence(
        _("Every line of the inspection is as it should be."), _("Accept the goods."), "accept-return"
    ),
    "return.words_missing": Sentence(_("The words are missing."), _("Write them down."), "field:words"),
    "return.refund_under_way": Sentence(_("Its refund is under way already."), _("Cancel that first."), "cancel-grant"),
    "return.nothing_left_to_refund": Sentence(_("All that was paid for this order is given back already.")),
    "return.no_kind_of_refund": Sentence(
        _("No policy in force knows a compensation by which the price is given back.")
    ),
    "return.refund_is_exact": Sentence(
        _("The refund of a return is the price of its goods, to the cent; it is not changed."),
        _("Cancel it and ask for it again from the return."),
        "cancel-grant",
    ),
    "return.pending": Sentence(
        _("Return no. %(number)s is not finished."), _("Finish it, or write down that it was taken back."), "ask-return"
    ),
    "return.refund_stays_owed": Sentence(
        _("The goods came back, and this money is owed for them."),
        _("Pay it again, or change the payee and have it approved anew."),
    ),
    "return.more_than_paid": Sentence(_("More would be given back than was paid.")),
    "return.refunded_unpaid": Sentence(_("A return is refunded by one payment of exactly its sum.")),
    "return.terms_rewritten": Sentence(_("What goes back, and what it is worth, is never rewritten.")),
    "notice.return_received": Sentence(_("Returned goods have arrived.")),
    "notice.return_inspected": Sentence(_("Returned goods were inspected; decide whether they are accepted.")),
    "notice.refund_only_due": Sentence(_("A request for money without goods is to be decided today.")),
    "story.return.asked": Sentence(_("wrote down a request to return")),
    "story.return.agreed": Sentence(_("agreed to the return")),
    "story.return.declined": Sentence(_("declined the return")),
    "story.return.cancelled": Sentence(_("noted that the customer took the return back")),
    "story.return.cancelled_by_platform": Sentence(_("noted that the platform cancelled the return")),
    "story.return.sent": Sentence(_("noted that the goods are on their way back")),
    "story.return.received": Sentence(_("received the returned goods")),
    "story.return.inspected": Sentence(_("inspected the returned goods")),
    "story.return.accepted": Sentence(_("accepted the returned goods")),
    "story.return.failed": Sentence(_("did not accept the returned goods")),
    "story.return.sent_back": Sentence(_("sent the goods back to the customer")),
    "story.return.lost": Sentence(_("noted that the returned goods were lost")),
    "story.return.refund_asked_again": Sentence(_("asked for the refund again")),
}
