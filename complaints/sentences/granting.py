"""What is said about compensation: asked for, approved, paid, and come back."""

from django.utils.translation import gettext_lazy as _

from casemgmt.sentences import Sentence, worded
from complaints.vocabulary import EvidenceType

SENTENCES = {
    "grant.amount_too_large": Sentence(
        _("The amount may be at most %(most)s."), _("Correct the amount."), "field:amount"
    ),
    "grant.amount_too_fine": Sentence(
        _("The amount has at most two decimals."), _("Correct the amount."), "field:amount"
    ),
    "grant.kind_unknown": Sentence(
        _("This kind of compensation is not in force."), _("Choose one from the list."), "field:kind"
    ),
    "grant.purpose_unknown": Sentence(
        _("The purpose is missing."), _("Choose what the compensation is for."), "field:purpose"
    ),
    "grant.fault_unknown": Sentence(
        _("Whose fault it was is missing."), _("Choose whose fault it was."), "field:fault"
    ),
    "grant.fault_contradicts_finding": Sentence(
        _("The investigation found another party responsible."),
        _("Name the party of the finding, or record a new finding first."),
        "record-finding",
    ),
    "grant.basis_missing": Sentence(
        _("Why the customer is compensated is missing."), _("Write down on what the compensation rests."), "field:basis"
    ),
    "grant.goodwill_not_marked": Sentence(
        _("The fault is not ours, so this would be goodwill."),
        _("Mark it as goodwill, or correct whose fault it was."),
        "field:goodwill",
    ),
    "grant.law_unknown": Sentence(
        _("This legal basis is not in force."), _("Choose one from the list."), "field:legal_reference"
    ),
    "grant.our_fault_needed": Sentence(
        _("This kind of compensation is only for our own fault."), _("Choose another kind."), "field:kind"
    ),
    "grant.virtual_first": Sentence(
        _("Something virtual comes before cash: a coupon or a member benefit."),
        _("Offer it first, or say why not in this case."),
        "field:order_of_offers",
    ),
    "grant.evidence_missing": Sentence(
        _("The evidence that this kind of compensation needs is missing: %(type)s."),
        _("Add it, or ask the customer for it."),
        "add-evidence",
        shows={"type": worded(EvidenceType)},
    ),
    "grant.payee_missing": Sentence(_("To whom the money goes is missing."), _("Enter the payee."), "enter-payee"),
    "grant.refund_above_paid": Sentence(
        _("More than was paid for the order cannot be refunded: %(left)s of %(paid)s are left."),
        _("Ask for less."),
        "change-grant",
    ),
    "grant.beyond_commitment": Sentence(
        _("Together this is more than the %(paid)s paid for the order, and more than we are bound to."),
        _("Name the legal basis; a supervisor decides."),
        "change-grant",
    ),
    "grant.case_not_open": Sentence(_("No money is moved while the case is “%(state)s”.")),
    "grant.refusal_pending": Sentence(
        _("The case is being refused; no money is granted beside that."),
        _("Take the refusal back, or negotiate again first."),
        "resume",
    ),
    "grant.not_the_asker": Sentence(
        _("Somebody else asked for this grant; only they change it and hand it in."),
        _("Cancel it and draft your own."),
        "cancel-grant",
    ),
    "grant.not_possible_from": Sentence(_("This is not possible while the grant is “%(state)s”.")),
    "grant.reason_missing": Sentence(_("The reason is missing."), _("Write down why."), "field:reason"),
    "grant.approved_by_you_already": Sentence(
        _("You approved this already; a second supervisor must agree."), _("Ask another supervisor.")
    ),
    "grant.approver_entered_payee": Sentence(
        _("You entered the payee; another person must approve."), _("Ask another supervisor.")
    ),
    "grant.changed_since_seen": Sentence(
        _("The request changed after you opened it."), _("Reload the page and look at it again.")
    ),
    "grant.content_changed": Sentence(
        _("What this grant rests on has changed since it was handed in."),
        _("Send it back, so that it is asked for anew."),
        "return-grant",
    ),
    "grant.above_your_authority": Sentence(
        _("This is above your authority."), _("Somebody with a higher limit must decide.")
    ),
    "payee.no_customer": Sentence(
        _("The complainant is unknown, so nobody can be paid."), _("Enter the customer first."), "edit-facts"
    ),
    "payee.method_unknown": Sentence(
        _("The way of payment is missing."), _("Choose how the money is sent."), "field:method"
    ),
    "payee.name_missing": Sentence(_("The name of the payee is missing."), _("Enter the name."), "field:name"),
    "payee.account_missing": Sentence(
        _("This way of payment needs an account."), _("Enter the account."), "field:account"
    ),
    "payee.entered_already": Sentence(_("A payee is entered already."), _("Change the payee instead."), "change-payee"),
    "payee.of_another_customer": Sentence(
        _("This payee belongs to another customer."),
        _("Choose one of this customer, or enter a new one."),
        "field:payee_id",
    ),
    "payee.none_to_change": Sentence(_("No payee is entered yet."), _("Enter the payee."), "enter-payee"),
    "grant.payment_key_stale": Sentence(
        _("This payment was opened before the grant was drafted anew."),
        _("Reload the page and look at payee and amount again."),
    ),
    "grant.already_paid": Sentence(
        _("This grant was paid already, with the reference %(reference)s."), _("Do not pay it again.")
    ),
    "grant.reference_missing": Sentence(
        _("The reference of the payment is missing."), _("Enter the number that the payment bears."), "field:reference"
    ),
    "grant.reference_too_long": Sentence(
        _("A reference has at most %(most)s characters."), _("Check the reference."), "field:reference"
    ),
    "grant.reference_used": Sentence(
        _("Another payment bears this reference."), _("Check the reference."), "field:reference"
    ),
    "grant.proof_not_of_case": Sentence(
        _("This proof does not belong to the case."), _("Choose a proof of this case."), "field:proof_id"
    ),
    "grant.proof_missing": Sentence(
        _("A payment of this kind needs a proof."),
        _("Add the receipt of the bank or platform as a file, or choose it among the evidence."),
        "field:file",
    ),
    "grant.case_merged": Sentence(
        _("The case follows %(leading)s."), _("Make it a case of its own again first."), "unmerge"
    ),
    "grant.payment_not_told": Sentence(
        _("%(amount)s %(currency)s were paid, and the customer was not told."),
        _("Tell the customer and record it."),
        "write-message",
    ),
    "notice.grant_awaits_you": Sentence(_("A compensation of %(amount)s %(currency)s awaits your approval.")),
    "notice.grant_to_be_paid": Sentence(_("A compensation of %(amount)s %(currency)s is to be paid.")),
    "notice.grant_approved": Sentence(_("The compensation of %(amount)s %(currency)s was approved.")),
    "notice.grant_rejected": Sentence(_("The compensation of %(amount)s %(currency)s was rejected.")),
    "notice.grant_returned": Sentence(_("The compensation of %(amount)s %(currency)s was sent back to you.")),
    "notice.grant_lapsed": Sentence(
        _("The facts behind the compensation of %(amount)s %(currency)s changed. Look at it and ask anew.")
    ),
    "notice.grant_paid_tell_customer": Sentence(_("%(amount)s %(currency)s were paid. Tell the customer.")),
    "notice.grant_bounced": Sentence(_("The payment of %(amount)s %(currency)s came back.")),
    "story.grant.drafted": Sentence(_("drafted a compensation")),
    "story.grant.changed": Sentence(_("changed the compensation")),
    "story.grant.submitted": Sentence(_("asked for the compensation")),
    "story.grant.approved_within_own_authority": Sentence(_("granted the compensation within their own authority")),
    "story.grant.approved_first_of_two": Sentence(_("approved the compensation, the first of two")),
    "story.grant.approved": Sentence(_("approved the compensation")),
    "story.grant.rejected": Sentence(_("rejected the compensation")),
    "story.grant.returned": Sentence(_("sent the compensation back")),
    "story.grant.lapsed": Sentence(_("changed the facts, so that the compensation is a draft again")),
    "story.grant.cancelled": Sentence(_("cancelled the compensation")),
    "story.grant.paid": Sentence(_("paid the compensation")),
    "story.grant.bounced": Sentence(_("noted that the payment came back")),
    "story.grant.retried": Sentence(_("let the payment be made again")),
    "story.grant.redrafted": Sentence(_("drafted the compensation anew for another payee")),
    "story.payee.entered": Sentence(_("entered the payee")),
    "story.payee.changed": Sentence(_("changed the payee")),
    "story.case.payment_failed": Sentence(_("carried the case out again, because the payment came back")),
}
