"""What is said when a plan is carried out, planned anew, completed, or a case concluded without one."""

from django.utils.translation import gettext_lazy as _

from casemgmt.sentences import Sentence, worded
from complaints.vocabulary import EvidenceType

SENTENCES = {
    "accept.plan_missing": Sentence(
        _("There is no plan yet."), _("Draft a plan and offer it to the customer."), "draft-plan"
    ),
    "accept.plan_not_offered": Sentence(
        _("The plan has not been offered to the customer."), _("Offer the plan."), "offer-plan"
    ),
    "accept.yes_missing": Sentence(
        _("The customer's yes to the plan is not recorded."),
        _("Record the yes, or what stands for it."),
        "accept-plan",
    ),
    "accept.evidence_unconfirmed": Sentence(
        _("Evidence of the type “%(type)s” has arrived and nobody has confirmed it."),
        _("Look at it, then verify or exclude it."),
        "verify-evidence",
        {"type": worded(EvidenceType)},
    ),
    "replan.reason_missing": Sentence(
        _("It is not said why the plan cannot be carried out."), _("Say why."), "field:reason"
    ),
    "replan.commitment_unnamed": Sentence(
        _("It is not said what becomes of promise no. %(number)s."), _("Keep or release it."), "field:commitments"
    ),
    "replan.unknown_commitment": Sentence(
        _("Promise no. %(number)s is not an open one of this case."), _("Leave it out."), "field:commitments"
    ),
    "replan.grant_unnamed": Sentence(
        _("It is not said what becomes of grant no. %(number)s."), _("Keep or cancel it."), "field:grants"
    ),
    "replan.unknown_grant": Sentence(
        _("Grant no. %(number)s is not an unpaid one of this case."), _("Leave it out."), "field:grants"
    ),
    "complete.commitment_pending": Sentence(
        _("Promise no. %(number)s is neither kept nor released."),
        _("Fulfil it or have it released."),
        "keep-commitment",
    ),
    "complete.grant_unpaid": Sentence(
        _("Grant no. %(number)s is not paid."), _("Have it paid, or cancel it."), "pay-grant"
    ),
    "conclude.something_owed": Sentence(
        _("Something is owed to the customer, by law or by our fault."),
        _("Offer it in a plan and carry it out."),
        "draft-plan",
    ),
    "conclude.no_remedy_offered": Sentence(
        _("The complaint is substantiated and no remedy has been offered."),
        _("Offer a remedy on our own initiative."),
        "offer-plan",
    ),
    "conclude.commitment_pending": Sentence(
        _("Promises that are neither kept nor released: %(count)s."), _("Keep or release them."), "keep-commitment"
    ),
    "conclude.grant_unpaid": Sentence(
        _("Grants that are not paid: %(count)s."), _("Have them paid, or cancel them."), "pay-grant"
    ),
    "conclude.because_missing": Sentence(
        _("It is not said why the case can be concluded."), _("Choose one of the list."), "field:because"
    ),
    "conclude.words_missing": Sentence(
        _("The customer's words are missing."), _("Write down how the customer took the explanation."), "field:words"
    ),
    "conclude.demand_stands": Sentence(
        _("The customer's demand still stands; declining it is a refusal."),
        _("Propose a refusal, or offer a plan."),
        "propose-refusal",
    ),
    "conclude.never_asked": Sentence(
        _("Nothing has reached the customer to which they could be silent."),
        _("Write to the customer and wait for an answer."),
        "write-message",
    ),
    "conclude.customer_answered": Sentence(
        _("The customer has answered since."), _("Answer the customer."), "write-message"
    ),
    "conclude.still_time_to_answer": Sentence(
        _("The customer may still answer, until %(until)s."), _("Wait until then."), "field:because"
    ),
    "story.case.accepted": Sentence(_("started to carry out the plan")),
    "story.case.replanned": Sentence(_("took the plan back to be made anew")),
    "story.case.completed": Sentence(_("completed the plan")),
    "story.case.concluded": Sentence(_("concluded the case without a remedy")),
}
