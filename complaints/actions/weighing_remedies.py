"""Which remedies fit a case, kept with the plan so that it can be told, and computed again, years later."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from complaints.models import HandlingPlan
from policies.lookup import policy_by_id
from policies.rules.answering import CaseFacts
from policies.rules.remedies import Fit, deviating, remedies_that_fit
from policies.values.case_facts import read_fact, write_fact


def fitting_to_keep(fit: Fit, facts: CaseFacts, chosen: Iterable[str]) -> dict:
    """What the matrix said: the facts, the rows that spoke, what fitted, and what was chosen beside it."""
    return {
        "facts": {name: write_fact(value) for name, value in facts.known.items()},
        "as_of": facts.today.isoformat(),
        "policies": [rule.policy_id for rule in fit.rules],
        "fits": list(fit.codes),
        "deviates": list(deviating(chosen, fit)),
    }


@dataclass(frozen=True, slots=True)
class FitOfPlan:
    """What fitted when the plan was drafted, computed again from the rows of then."""

    fit: Fit
    facts: CaseFacts
    deviates: tuple[str, ...]
    is_same: bool


def fit_again(plan: HandlingPlan) -> FitOfPlan | None:
    """The rows that spoke, asked again with the facts of then; None for a plan of the time before the matrix."""
    kept = plan.fitting
    if not kept:
        return None
    known = {name: read_fact(name, text) for name, text in kept["facts"].items()}
    facts = CaseFacts(date.fromisoformat(kept["as_of"]), MappingProxyType(known))
    fit = remedies_that_fit([policy_by_id(number) for number in kept["policies"]], facts)
    return FitOfPlan(fit, facts, tuple(kept["deviates"]), list(fit.codes) == kept["fits"])
