"""What is said while the facts are looked into, and about whom the complaint is."""

from django.utils.translation import gettext_lazy as _

from casemgmt.sentences import Sentence, worded
from complaints.vocabulary import EvidenceType

FACTS = {
    "order": _("order"),
    "product": _("product"),
    "damage_cause": _("cause of damage"),
    "return_branch": _("return application"),
    "signed_by": _("signed for by"),
    "subject": _("person complained about"),
    "occurred_at": _("happened at"),
}
"""The facts that a category may ask for."""

SENTENCES = {
    "account.words_missing": Sentence(
        _("The account is missing."), _("Write down what was said, in their own words."), "field:words"
    ),
    "account.side_unknown": Sentence(
        _("It is not said who gave the account."), _("Choose customer, company or third party."), "field:side"
    ),
    "account.given_in_future": Sentence(
        _("The account cannot have been given in the future."), _("Enter when it was given."), "field:given_at"
    ),
    "finding.words_missing": Sentence(_("The finding is missing."), _("Write down what was found."), "field:words"),
    "finding.undetermined_unexplained": Sentence(
        _("It is not said why the responsible party cannot be determined."),
        _("Say why."),
        "field:undetermined_because",
    ),
    "establish.account_missing": Sentence(
        _("The customer's account is missing; nothing is judged on one side's word."),
        _("Record what the customer says."),
        "record-account",
    ),
    "establish.finding_missing": Sentence(
        _("Our own finding is missing; nothing is judged on one side's word."),
        _("Record what the investigation found."),
        "record-finding",
    ),
    "establish.party_missing": Sentence(
        _("The responsible party is missing."),
        _("Record a finding that names the party; or “undetermined”, and why."),
        "record-finding",
    ),
    "establish.root_cause_missing": Sentence(
        _("The root cause is missing."),
        _("Record a finding with the root cause; or “undetermined”, and why."),
        "record-finding",
    ),
    "establish.order_fact_missing": Sentence(
        _("A fact of the order that this category needs is not known: %(fact)s."),
        _("Record what is known of the order."),
        "record-order",
        {"fact": worded(FACTS)},
    ),
    "establish.damage_cause_missing": Sentence(
        _("The cause of the damage is not known, which this category needs."),
        _("Record a finding with the cause of the damage."),
        "record-finding",
    ),
    "establish.subject_missing": Sentence(
        _("It is not said whom the complaint is about."), _("Name the person complained about."), "name-subject"
    ),
    "order.number_missing": Sentence(_("The order number is missing."), _("Enter the order number."), "field:number"),
    "order.signer_unknown": Sentence(
        _("It is not clear who signed for the parcel."), _("Choose one of the list."), "field:signed_by"
    ),
    "order.moment_in_future": Sentence(_("This cannot have happened in the future."), _("Enter when it happened.")),
    "story.case.order_recorded": Sentence(_("recorded the order")),
    "establish.fact_missing": Sentence(
        _("A fact that this category needs is not known: %(fact)s."),
        _("Enter the fact."),
        "edit-facts",
        {"fact": worded(FACTS)},
    ),
    "establish.evidence_missing": Sentence(
        _("Evidence of the type “%(type)s” is neither received nor asked for in vain."),
        _("Add it; or ask for it and wait until the deadline."),
        "ask-for-evidence",
        {"type": worded(EvidenceType)},
    ),
    "establish.verdict_missing": Sentence(
        _("The verified verdict is missing."), _("Choose the verdict."), "field:verdict"
    ),
    "establish.type_without_mark": Sentence(
        _("A substantiated complaint is not unreasonable."), _("Leave the type empty."), "field:unreasonable_type"
    ),
    "reinvestigate.news_missing": Sentence(_("It is not said what is new."), _("Say what is new."), "field:news"),
    "subject.unknown": Sentence(_("This person is not known."), _("Choose a person."), "field:person_id"),
    "subject.already_named": Sentence(
        _("The complaint is about this person already."), _("Choose somebody else."), "field:person_id"
    ),
    "subject.handles_it": Sentence(
        _("This person handles the case, which must change hands in the same act."),
        _("Choose a new handler."),
        "field:new_handler_id",
    ),
    "subject.already_lifted": Sentence(_("The complaint is no longer about this person.")),
    "subject.finding_missing": Sentence(
        _("It is not said whether the conduct was found at fault."), _("Choose the finding."), "field:finding"
    ),
    "flag.unknown": Sentence(_("This flag is not known."), _("Choose one of the list."), "field:flag"),
    "flag.already_raised": Sentence(_("This flag is raised already."), _("Choose another flag."), "field:flag"),
    "flag.not_raised": Sentence(_("This flag is not raised."), _("Choose another flag."), "field:flag"),
    "story.account.recorded": Sentence(_("recorded an account")),
    "story.finding.recorded": Sentence(_("recorded a finding")),
    "story.case.established": Sentence(_("established the facts")),
    "story.case.reinvestigated": Sentence(_("opened the investigation again")),
    "story.subject.named": Sentence(_("named the person complained about")),
    "story.subject.conduct_found": Sentence(_("recorded what was found about the person's conduct")),
    "story.subject.lifted": Sentence(_("noted that the complaint is not about this person")),
    "story.flag.safety_raised": Sentence(_("raised the safety flag")),
    "story.flag.legal_raised": Sentence(_("raised the legal flag")),
    "story.flag.opinion_risk_raised": Sentence(_("raised the flag for public opinion")),
    "story.flag.safety_lowered": Sentence(_("lowered the safety flag")),
    "story.flag.legal_lowered": Sentence(_("lowered the legal flag")),
    "story.flag.opinion_risk_lowered": Sentence(_("lowered the flag for public opinion")),
}
