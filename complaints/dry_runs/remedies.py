"""Remedies under a draft: which open plans would deviate from the matrix, and which would be offered something else."""

from collections.abc import Iterator, Sequence
from datetime import date
from types import MappingProxyType

from complaints.dry_runs.effects import offers_moved, waits_moved
from complaints.models import HandlingPlan
from complaints.states import OPEN, PlanState
from policies.dry_running import Comparison, Effect
from policies.rules.answering import CaseFacts
from policies.rules.remedies import deviating, remedies_that_fit
from policies.values.case_facts import read_fact

UNFINISHED = (PlanState.DRAFTED, PlanState.OFFERED, PlanState.ACCEPTED)


def plans_judged(comparison: Comparison, case_ids: Sequence[int]) -> Iterator[Effect]:
    """Each open plan whose options would need another reason, or that would be offered other remedies.

    Asked with the facts that the plan was drafted on, which stand in the plan.
    """
    plans = HandlingPlan.objects.filter(case_id__in=case_ids, case__state__in=OPEN, state__in=UNFINISHED)
    for plan in plans.select_related("case").prefetch_related("options").order_by("case_id", "pk"):
        if not plan.fitting:
            continue
        facts = _facts_of(plan)
        fits = [
            remedies_that_fit(book.on(plan.drafted_at).remedies.values(), facts)
            for book in (comparison.before, comparison.after)
        ]
        chosen = [option.remedy for option in plan.options.all()]
        yield from waits_moved(plan.case, "reason_for_remedies", [deviating(chosen, fit) for fit in fits])
        yield from offers_moved(plan.case, "remedies_offered", *(fit.codes for fit in fits))


def _facts_of(plan: HandlingPlan) -> CaseFacts:
    kept = plan.fitting
    known = {name: read_fact(name, text) for name, text in kept["facts"].items()}
    return CaseFacts(date.fromisoformat(kept["as_of"]), MappingProxyType(known))
