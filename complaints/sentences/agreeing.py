"""What is said about settlement agreements."""

from django.utils.translation import gettext_lazy as _

from casemgmt.sentences import Sentence

SENTENCES = {
    "agreement.plan_missing": Sentence(_("There is no plan to agree on."), _("Choose a plan."), "field:plan_id"),
    "agreement.plan_not_offered": Sentence(
        _("An agreement is drawn from a plan that is before the customer."), _("Offer the plan first."), "offer-plan"
    ),
    "agreement.option_of_another_plan": Sentence(
        _("What was chosen is not part of this plan."), _("Choose what this plan offers."), "field:chosen"
    ),
    "agreement.nothing_chosen": Sentence(
        _("An agreement binds to something."), _("Choose what this plan offers."), "field:chosen"
    ),
    "agreement.due_in_past": Sentence(
        _("An agreement needs a date that lies ahead."), _("Enter until when it is carried out."), "field:due_at"
    ),
    "agreement.template_missing": Sentence(_("No policy in force holds the template of an agreement.")),
    "agreement.one_at_a_time": Sentence(
        _("Another agreement of this case is under way."),
        _("Drop it first, or let it be carried out."),
        "drop-agreement",
    ),
    "agreement.gap": Sentence(
        _("The case does not know what belongs here: %(gap)s."), _("Record it first."), "edit-facts"
    ),
    "agreement.side_unknown": Sentence(_("It is not said who signed."), _("Choose who signed."), "field:side"),
    "agreement.signed_by_this_side": Sentence(
        _("This side has signed already."), _("Record the other side's signature."), "field:side"
    ),
    "agreement.way_unknown": Sentence(_("It is not said how it was signed."), _("Choose how."), "field:how"),
    "agreement.file_missing": Sentence(
        _("The customer's signature needs the signed copy."), _("Add the file, or name the evidence."), "field:file"
    ),
    "agreement.file_of_another_case": Sentence(
        _("This evidence is not part of this case, or was excluded."), _("Choose another one."), "field:evidence_id"
    ),
    "agreement.signed_in_future": Sentence(
        _("It cannot have been signed in the future."), _("Enter when it was signed."), "field:signed_at"
    ),
    "agreement.signed_before_drafted": Sentence(
        _("It cannot have been signed before it was drafted."), _("Enter when it was signed."), "field:signed_at"
    ),
    "agreement.text_rewritten": Sentence(_("An agreement is never rewritten.")),
    "agreement.signature_rewritten": Sentence(_("A signature is given once.")),
    "agreement.unsigned": Sentence(
        _("Settlement agreement no. %(number)s is neither signed by both sides nor dropped."),
        _("Have it signed, or drop it."),
        "sign-agreement",
    ),
    "story.agreement.drafted": Sentence(_("drafted a settlement agreement")),
    "story.agreement.signed_by_customer": Sentence(_("recorded the customer's signature")),
    "story.agreement.signed_by_company": Sentence(_("recorded the shop's signature")),
    "story.agreement.dropped": Sentence(_("dropped the settlement agreement")),
}
