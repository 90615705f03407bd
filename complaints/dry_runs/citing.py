"""Law and rules of the shop under a draft: what refusals and payments of open cases cite, and what bars a refusal."""

from collections.abc import Iterator, Sequence

from complaints.actions.weighing_refusals import weigh_in_law
from complaints.dry_runs.effects import blocks_moved
from complaints.dry_runs.refusals import STANDING
from complaints.models import CompensationGrant, RefusalProposal
from complaints.places import region_of
from complaints.rules.refusing import violations_in_law
from complaints.states import OPEN, UNPAID_GRANTS
from policies.dry_running import Comparison, Effect
from policies.lookup import PoliciesInForce
from policies.rules.regions import holds_in


def citations_judged(comparison: Comparison, case_ids: Sequence[int]) -> Iterator[Effect]:
    """Each refusal that stands, and each payment not made yet, whose clause would bind its shop no more, or now."""
    cited = {"case_id__in": case_ids, "case__state__in": OPEN, "legal_reference": comparison.key}
    refusals = RefusalProposal.objects.filter(**cited, state__in=STANDING)
    for refusal in refusals.select_related("case__shop").order_by("case_id", "pk"):
        yield from _judged(comparison, refusal.case, refusal.proposed_at, "refusal")
    grants = CompensationGrant.objects.filter(**cited, state__in=UNPAID_GRANTS)
    for grant in grants.select_related("case__shop").order_by("case_id", "pk"):
        yield from _judged(comparison, grant.case, grant.asked_at, grant.kind)


def _judged(comparison: Comparison, case, at, name: str) -> Iterator[Effect]:
    rows = [book.on(at).legal_references.get(comparison.key) for book in (comparison.before, comparison.after)]
    found = [[] if row and holds_in(row.regions, region_of(case)) else ["refusal.law_unknown"] for row in rows]
    yield from blocks_moved(case, name, found)


def rules_of_the_shop_judged(comparison: Comparison, case_ids: Sequence[int]) -> Iterator[Effect]:
    """Each refusal that stands on a rule of the shop which the draft makes or ends."""
    cited = RefusalProposal.objects.filter(
        case_id__in=case_ids, case__state__in=OPEN, company_rule=comparison.key, state__in=STANDING
    )
    for refusal in cited.select_related("case").order_by("case_id", "pk"):
        rows = [book.on(refusal.proposed_at).company_rules.get(comparison.key) for book in _books(comparison)]
        yield from blocks_moved(refusal.case, "refusal", [[] if row else ["refusal.rule_unknown"] for row in rows])


def bars_judged(comparison: Comparison, case_ids: Sequence[int]) -> Iterator[Effect]:
    """Each refusal that stands which the law would bar with the draft, or bar no more, on what is known now."""
    standing = RefusalProposal.objects.filter(case_id__in=case_ids, case__state__in=OPEN, state__in=STANDING)
    for refusal in standing.select_related("case__shop", "case__order").order_by("case_id", "pk"):
        found = [_barred(comparison, refusal, book.on(comparison.at)) for book in _books(comparison)]
        yield from blocks_moved(refusal.case, "refusal", found)


def _barred(comparison: Comparison, refusal: RefusalProposal, policies: PoliciesInForce) -> list[str]:
    law = weigh_in_law(refusal.case, refusal.ground, at=comparison.at, policies=policies).facts
    return sorted({violation.code for violation in violations_in_law(law)})


def _books(comparison: Comparison):
    return comparison.before, comparison.after
