"""What the codes in the lines of dry runs are called."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

from complaints.sentences.calling import PLAN_REASONS
from complaints.template_values import NAMES as GAPS
from complaints.vocabulary import EvidenceType, Remedy

FACTS = {
    "order": _("the order"),
    "product": _("the goods"),
    "damage_cause": _("the cause of the damage"),
    "return_branch": _("where the return stands"),
    "signed_by": _("who signed for the parcel"),
    "subject": _("whom it is about"),
    "occurred_at": _("when it happened"),
}

WORDS: Mapping[str, object] = MappingProxyType(
    {
        "advice": _("advice to name other routes"),
        "after_the_call": _("what follows the call that failed"),
        "answer_warning": _("warning before our answer to the body"),
        "call_plan": _("plan before the next call"),
        "category": _("category"),
        "close": _("closing"),
        "complete": _("completing the plan"),
        "establish": _("establishing the facts"),
        "evidence": _("evidence"),
        "evidence_confirmed": _("evidence that must be looked at"),
        "evidence_request": _("time to send evidence"),
        "facts": _("facts of the case"),
        "gaps": _("gaps that nothing fills"),
        "hearing_warning": _("warning before the hearing"),
        "next_try": _("next try to call"),
        "offer": _("end of the offer"),
        "pause": _("longest end of the pause"),
        "pauses_left": _("pauses that are left"),
        "passes": _("passes the wording check"),
        "payment": _("payment day"),
        "promise_warning": _("warning before the promise"),
        "propose_refusal": _("proposing to refuse"),
        "reason_for_remedies": _("remedies that need a reason"),
        "refusal": _("refusal"),
        "remedies_offered": _("remedies offered in the plan"),
        "reopening": _("end of reopening"),
        "review": _("answer to the review"),
        "settle_directly": _("settling without an investigation"),
        "silence": _("end of waiting for an answer"),
        "template": _("the words of this template"),
        "two_people": _("a second person"),
        "words_agreed_to": _("words that wait for a yes"),
        "judge.category_unknown": _("no such category"),
        "refusal.barred_by_law": _("barred by law"),
        "refusal.fact_missing": _("a fact is missing"),
        "refusal.owed_by_law": _("owed by law"),
        "refusal.rule_unknown": _("no such rule of the shop"),
        "refusal.law_unknown": _("the clause does not bind this shop"),
        "settle.category_not_direct": _("the category does not allow it"),
        **{f"fact.{code}": words for code, words in FACTS.items()},
        **{f"gap.{code}": words for code, words in GAPS.items()},
        **{f"plan.{code}": words for code, words in PLAN_REASONS.items()},
        **dict(EvidenceType.choices),
        **dict(Remedy.choices),
    }
)
