"""What is said when a case is judged at first sight or settled directly."""

from django.utils.translation import gettext_lazy as _

from casemgmt.sentences import Sentence, worded
from complaints.vocabulary import EvidenceType

SENTENCES = {
    "judge.not_answered": Sentence(
        _("The customer has not been answered yet, nor tried; an automatic acknowledgement is no answer."),
        _("Answer the customer and record it; or record the attempt, or why it is impossible."),
        "write-message",
    ),
    "judge.reason_not_stated": Sentence(
        _("The reason of the complaint is not stated yet."), _("Choose the reason."), "field:reason"
    ),
    "judge.category_missing": Sentence(_("The category is missing."), _("Choose a category."), "field:category"),
    "judge.category_unknown": Sentence(
        _("This category was not in force when the complaint was registered."),
        _("Choose one of the list."),
        "field:category",
    ),
    "judge.severity_missing": Sentence(_("The severity is missing."), _("Choose how serious it is."), "field:severity"),
    "judge.judgement_missing": Sentence(
        _("The judgement at first sight is missing."),
        _("Choose reasonable, unreasonable or “cannot be told yet”."),
        "field:judgement",
    ),
    "judge.basis_missing": Sentence(
        _("Calling a complaint unreasonable takes a reason."),
        _("Write down what the judgement rests on."),
        "field:basis",
    ),
    "judge.type_missing": Sentence(
        _("The type of the unreasonable complaint is missing."), _("Choose the type."), "field:unreasonable_type"
    ),
    "judge.definition_missing": Sentence(
        _("It is not said in what sense the complaint is unreasonable."),
        _("Choose the definition."),
        "field:unreasonable_definition",
    ),
    "judge.type_without_mark": Sentence(
        _("A type of unreasonable complaint is chosen, but the complaint is not judged unreasonable."),
        _("Leave the type empty, or change the judgement."),
        "field:unreasonable_type",
    ),
    "settle.safety": Sentence(
        _("A matter of safety is never settled directly."), _("Judge it, and have it looked into."), "judge"
    ),
    "settle.legal_dispute": Sentence(
        _("A legal dispute is never settled directly."), _("Judge it, and have it looked into."), "judge"
    ),
    "settle.not_simple": Sentence(
        _("Only a simple or individual matter can be settled directly."),
        _("Tick “simple matter” if it is one; otherwise judge the case."),
        "field:simple_matter",
    ),
    "settle.affects_others": Sentence(
        _("What may affect other customers goes through the investigation."),
        _("Judge the case, and have it looked into."),
        "field:affects_others",
    ),
    "settle.category_not_direct": Sentence(
        _("Complaints of this category are looked into before they are settled."),
        _("Judge the case, or choose the category that fits."),
        "field:category",
    ),
    "settle.evidence_missing": Sentence(
        _("Evidence of the type “%(type)s” has not been received, which this category needs."),
        _("Add the evidence; or judge the case and ask for it."),
        "add-evidence",
        {"type": worded(EvidenceType)},
    ),
    "story.case.judged": Sentence(_("judged the case at first sight")),
    "story.case.settled_directly": Sentence(_("took the simple matter straight to a plan")),
}
