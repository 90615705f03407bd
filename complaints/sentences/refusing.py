"""What is said about refusals: what a lawful no needs, and who decides it."""

from django.utils.translation import gettext_lazy as _

from casemgmt.sentences import Sentence
from policies.words.facts import fact_name

SENTENCES = {
    "refusal.ladder_talked_further": Sentence(
        _("Nobody talked with the customer any further to find out why."),
        _("Talk, and record what came of it."),
        "walk-ladder",
    ),
    "refusal.ladder_superior": Sentence(
        _("No superior was asked for help."), _("Ask a superior, and record the answer."), "walk-ladder"
    ),
    "refusal.ladder_other_options": Sentence(
        _("No other options were offered."), _("Offer something else, and record what came of it."), "walk-ladder"
    ),
    "refusal.ladder_out_of_order": Sentence(
        _("The steps were not walked in their order: talk, superior, other options."),
        _("Walk the steps that came too early again."),
        "walk-ladder",
    ),
    "refusal.money_standing": Sentence(
        _("Money is asked for or approved on this case; that contradicts a refusal."),
        _("Cancel the grant first, or do not refuse."),
        "cancel-grant",
    ),
    "refusal.understood_missing": Sentence(
        _("It is not said that the problem was understood."),
        _("Put the customer's problem in your own words."),
        "field:understood",
    ),
    "refusal.impact_on_customer_missing": Sentence(
        _("It was not weighed what refusing means for the customer."),
        _("Write down whether a genuine claim could be hurt."),
        "field:impact_on_customer",
    ),
    "refusal.impact_on_opinion_missing": Sentence(
        _("It was not weighed what refusing does to public opinion."),
        _("Write down what could be said in public, and how we would answer."),
        "field:impact_on_opinion",
    ),
    "refusal.impact_in_law_missing": Sentence(
        _("It was not weighed how a refusal would stand in law."),
        _("Write down where the customer could take it, and how we would stand there."),
        "field:impact_in_law",
    ),
    "refusal.company_rule_missing": Sentence(
        _("No rule of the shop is cited."), _("Choose the rule that it rests on."), "field:company_rule"
    ),
    "refusal.company_rule_unknown": Sentence(
        _("This rule of the shop is not in force."), _("Choose one from the list."), "field:company_rule"
    ),
    "refusal.barred_by_law": Sentence(
        _("The law lets nobody refuse with this: %(label)s. %(why)s (%(law)s)"),
        _("Choose another ground, or offer a remedy."),
        "field:ground",
    ),
    "refusal.fact_missing": Sentence(
        _("Whether the law allows this ground cannot be told yet; it is not known: %(facts)s."),
        _("State the facts."),
        "state-facts",
        shows={"facts": fact_name},
    ),
    "refusal.owed_by_law": Sentence(
        _("Just what would be refused is owed by law: %(label)s. %(why)s (%(law)s)"),
        _("Offer it, or look at the facts that it rests on."),
        "draft-plan",
    ),
    "refusal.relationship_missing": Sentence(
        _("The long-term relationship with the customer was not considered."),
        _("Write down what it means for the relationship."),
        "field:relationship",
    ),
    "refusal.company_policy_missing": Sentence(
        _("The company policy is not cited."), _("Cite the policy that the refusal rests on."), "field:company_policy"
    ),
    "refusal.explanation_missing": Sentence(
        _("The explanation to the customer is missing."), _("Explain the no in plain words."), "field:explanation"
    ),
    "refusal.routes_missing": Sentence(
        _("The other routes of the customer are not named."), _("Name where the customer can turn to."), "field:routes"
    ),
    "refusal.law_missing": Sentence(
        _("The law is not cited."), _("Cite the law that the refusal rests on."), "field:legal_reference"
    ),
    "refusal.law_unknown": Sentence(
        _("This law is not in force here."), _("Choose one from the list."), "field:legal_reference"
    ),
    "refusal.ground_unknown": Sentence(
        _("The ground is missing, or not in force."), _("Choose one of the lawful grounds."), "field:ground"
    ),
    "refusal.evidence_of_another_case": Sentence(
        _("Some of this evidence does not belong to the case."),
        _("Choose evidence of this case."),
        "field:evidence_ids",
    ),
    "refusal.evidence_not_verified": Sentence(
        _("Some of this evidence is not verified."), _("Verify it, or leave it out."), "verify-evidence"
    ),
    "refusal.evidence_missing": Sentence(
        _("This ground needs verified evidence of its kind."),
        _("Verify the evidence and name it here."),
        "verify-evidence",
    ),
    "refusal.request_not_expired": Sentence(
        _("No evidence was asked of the customer in vain."),
        _("Ask for it with a deadline, and wait for that."),
        "ask-for-evidence",
    ),
    "refusal.verdict_missing": Sentence(
        _("The verdict is not verified."), _("Establish the facts first."), "reinvestigate"
    ),
    "refusal.not_pending": Sentence(_("This refusal does not wait for a decision: %(state)s.")),
    "refusal.not_the_proposer": Sentence(
        _("Somebody else proposed this; only they take it back."),
        _("Send it back instead, if you may decide."),
        "send-back-refusal",
    ),
    "refusal.remark_missing": Sentence(_("The remark is missing."), _("Say why you decide so."), "field:remark"),
    "refusal.evidence_fell": Sentence(
        _("Evidence that this refusal rests on is no longer verified."), _("Send it back."), "send-back-refusal"
    ),
    "refusal.evidence_arrived": Sentence(
        _("The evidence that was asked for has arrived meanwhile."),
        _("Send it back and look at the evidence."),
        "send-back-refusal",
    ),
    "refusal.not_its_evidence": Sentence(
        _("Some of these copies are nothing that the refusal rests on."),
        _("Send only what was approved with it."),
        "field:evidence_ids",
    ),
    "refusal.letter_before_decision": Sentence(
        _("The letter would be older than the decision."), _("Correct the moment."), "field:occurred_at"
    ),
    "refusal.evidence_not_shown": Sentence(
        _("The customer was not shown the evidence."),
        _("Send the evidence with the explanation, then confirm it here."),
        "field:showed_evidence",
    ),
    "refusal.policy_not_shown": Sentence(
        _("The customer was not shown the policy."),
        _("Send the policy with the explanation, then confirm it here."),
        "field:showed_policy",
    ),
    "resume.because_missing": Sentence(
        _("Why it is negotiated again is missing."), _("Choose what happened."), "field:because"
    ),
    "resume.nothing_arrived": Sentence(
        _("No evidence arrived since then."), _("Add the evidence first."), "add-evidence"
    ),
    "resume.words_missing": Sentence(
        _("What was said, or what arrived, is missing."), _("Write it down."), "field:words"
    ),
    "notice.refusal_awaits_you": Sentence(_("A refusal awaits your decision.")),
    "notice.refusal_approved": Sentence(_("The refusal was approved. Tell the customer.")),
    "notice.refusal_sent_back": Sentence(_("The refusal was sent back.")),
    "story.refusal.proposed": Sentence(_("proposed to refuse")),
    "story.refusal.approved": Sentence(_("approved the refusal")),
    "story.refusal.sent_back": Sentence(_("sent the refusal back")),
    "story.refusal.taken_back": Sentence(_("took the refusal back")),
    "story.refusal.ended": Sentence(_("the proposal to refuse ended undecided")),
    "story.refusal.lapsed": Sentence(_("the refusal lapsed")),
    "story.case.refusal_told": Sentence(_("told the customer the refusal, with its evidence and the policy")),
    "story.case.resumed_alternative_taken": Sentence(_("negotiated again: the alternative is taken")),
    "story.case.resumed_evidence_arrived": Sentence(_("negotiated again: evidence arrived")),
}
