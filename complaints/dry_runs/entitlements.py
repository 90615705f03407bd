"""What customers are owed under a draft: every open case asked again on what is known now."""

from collections.abc import Iterator, Sequence

from complaints.actions.knowing import facts_of
from complaints.models import Complaint
from complaints.places import region_of
from complaints.states import OPEN
from policies.dry_running import Comparison, Effect
from policies.lookup import policies_read_once
from policies.rules.answering import CaseFacts
from policies.rules.entitlement import answer_to
from policies.rules.regions import holds_in
from policies.values import Entitlement

KNOWN_FROM = ("findings", "assessments", "subjects", "stated_facts")


def amounts_moved(comparison: Comparison, case_ids: Sequence[int]) -> Iterator[Effect]:
    """Each open case in which the answer of the draft's entitlement differs from the one in force."""
    rows = [book.on(comparison.at).entitlements.get(comparison.key) for book in (comparison.before, comparison.after)]
    cases = Complaint.objects.filter(pk__in=case_ids, state__in=OPEN).order_by("pk")
    for case in cases.select_related("order__product", "product", "shop").prefetch_related(*KNOWN_FROM):
        facts = facts_of(case, comparison.at)
        with policies_read_once(comparison.before):
            old, new = (_answer(row, facts, region_of(case)) for row in rows)
        if old == new:
            continue
        is_money = old[1] is not None and new[1] is not None
        how = "other" if not is_money else "more" if new[1] > old[1] else "less"
        told = [str(amount) if amount is not None else verdict for verdict, amount in (old, new)]
        yield Effect(case.pk, case.case_number, True, "amount", comparison.key, how, *told)


def _answer(row: Entitlement | None, facts: CaseFacts, region: str) -> tuple[str, object]:
    if row is None or not holds_in(row.regions, region):
        return "", None
    answer = answer_to(row, facts)
    return str(answer.verdict), answer.amount
