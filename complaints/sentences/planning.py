"""What is said about plans, the customer's answer, and the ladder of non-acceptance."""

from django.utils.translation import gettext_lazy as _

from casemgmt.sentences import Sentence, worded
from complaints.vocabulary import LadderStep, Remedy

SENTENCES = {
    "plan.explanation_missing": Sentence(
        _("The explanation is missing."), _("Explain to the customer what happened and why."), "field:explanation"
    ),
    "plan.follow_up_missing": Sentence(
        _("The follow-up is missing."), _("Say how and when you will follow up."), "field:follow_up"
    ),
    "plan.remedy_missing": Sentence(
        _("The plan offers no remedy."), _("Draft a version with at least one option."), "draft-plan"
    ),
    "plan.option_unknown": Sentence(
        _("Option %(number)s: this remedy is not known."), _("Choose one of the list."), "field:options"
    ),
    "plan.amount_not_positive": Sentence(
        _("Option %(number)s: the amount must be greater than 0."),
        _("Enter an amount, or leave it empty."),
        "field:options",
    ),
    "plan.amount_not_money": Sentence(
        _("Option %(number)s: an amount has at most two places."), _("Round the amount."), "field:options"
    ),
    "plan.currency_differs": Sentence(
        _("Option %(number)s: the currency must be %(currency)s for this case."),
        _("Change the currency."),
        "field:options",
    ),
    "plan.hard_to_keep": Sentence(
        _("Option %(number)s promises a full remedy which the facts do not bear out."),
        _("Describe why it can be kept, or offer what can be."),
        "field:options",
    ),
    "plan.owed_by_unknown": Sentence(
        _("It is not clear by what it is owed."), _("Choose one of the list."), "field:owed_by"
    ),
    "plan.not_negotiating": Sentence(
        _("Plans are offered and answered while a plan is negotiated; the case is “%(state)s”."),
        _("Establish the facts first."),
        "establish",
    ),
    "plan.not_delivered": Sentence(
        _("The customer does not have the offer before them yet."),
        _("Record the attempt as a contact, and offer the plan once it reached the customer."),
        "field:outcome",
    ),
    "plan.offer_until_past": Sentence(
        _("The offer must stand until a moment that lies ahead."), _("Enter a later moment."), "field:on_offer_until"
    ),
    "plan.only_one_option": Sentence(
        _("With more than one option the customer takes part in the decision."),
        _("Draft a version with another option, where one is possible."),
        "draft-plan",
    ),
    "plan.nothing_chosen": Sentence(_("No option is chosen."), _("Choose what the customer chose."), "field:chosen"),
    "plan.option_of_another_plan": Sentence(
        _("An option is not part of this plan."), _("Choose among the options of this version."), "field:chosen"
    ),
    "plan.acceptance_missing": Sentence(
        _("It is not said what stands for the customer's yes."), _("Choose one of the list."), "field:acceptance"
    ),
    "plan.yes_missing": Sentence(
        _("The customer's yes is missing."), _("Write down the customer's words."), "field:words"
    ),
    "plan.application_differs": Sentence(
        _("The customer's application asks for something else."),
        _("Record the customer's yes, or offer what was asked for."),
        "field:acceptance",
    ),
    "plan.not_owed": Sentence(
        _("The plan does not say that anything is owed by law or by our fault."),
        _("Record the customer's yes; or draft a version that says what is owed."),
        "field:acceptance",
    ),
    "plan.customer_not_told": Sentence(
        _("The customer has not been told of the plan."),
        _("Tell the customer and record it as an offer."),
        "write-message",
    ),
    "plan.deviation_without_reason": Sentence(
        _("The facts of the case do not suggest: %(remedies)s."),
        _("Say why it is right here, choose one that fits, or state the missing facts."),
        "field:deviation",
        {"remedies": worded(Remedy)},
    ),
    "plan.rejected_without_words": Sentence(
        _("It is not said why the customer declines."), _("Write down the customer's words."), "field:words"
    ),
    "ladder.step_unknown": Sentence(_("This step is not known."), _("Choose one of the list."), "field:step"),
    "ladder.out_of_order": Sentence(
        _("The ladder is walked in order; the step “%(first)s” comes first."),
        _("Walk that step first."),
        "field:step",
        {"first": worded(LadderStep)},
    ),
    "ladder.words_missing": Sentence(
        _("It is not said what came of the step."), _("Write down what came of it."), "field:words"
    ),
    "story.plan.drafted": Sentence(_("drafted a plan")),
    "story.plan.offered": Sentence(_("offered the plan to the customer")),
    "story.plan.accepted": Sentence(_("recorded that the plan is accepted")),
    "story.plan.rejected": Sentence(_("recorded that the customer declines the plan")),
    "story.ladder.walked": Sentence(_("walked a step of the ladder of non-acceptance")),
}
