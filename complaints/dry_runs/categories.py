"""Categories and checklists under a draft: what the next step of each open case would wait for."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from complaints.actions.investigating import known_facts
from complaints.actions.requesting_evidence import evidence_facts, unconfirmed_evidence
from complaints.dry_runs.effects import blocks_moved, waits_moved
from complaints.models import ChecklistTick, Complaint
from complaints.rules.establishing import EvidenceFacts, violations_in_evidence
from complaints.states import CaseState
from policies.dry_running import Comparison, Effect
from policies.values import Category, Checklist

UNTIL_THE_FACTS_STAND = (CaseState.REGISTERED, CaseState.ASSESSING, CaseState.INVESTIGATING)
NEXT_STEP = {
    **dict.fromkeys(UNTIL_THE_FACTS_STAND, "establish"),
    CaseState.NEGOTIATING: "propose_refusal",
    CaseState.EXECUTING: "complete",
    CaseState.FOLLOWING_UP: "close",
}
"""The step of a checklist that a case comes to next."""


def demands_of_categories_judged(comparison: Comparison, case_ids: Sequence[int]) -> Iterator[Effect]:
    """Each open case of the draft's category that would need other facts or evidence, or another way to settle."""
    states = (*UNTIL_THE_FACTS_STAND, CaseState.NEGOTIATING)
    cases = Complaint.objects.filter(pk__in=case_ids, category=comparison.key, state__in=states)
    for case in cases.select_related("order").prefetch_related("findings").order_by("pk"):
        rows = [book.on(case.registered_at).categories.get(comparison.key) for book in _books(comparison)]
        if None in rows:
            found = [[] if row else ["judge.category_unknown"] for row in rows]
            yield from blocks_moved(case, "category", found)
        elif case.state == CaseState.NEGOTIATING:
            yield from waits_moved(case, "evidence_confirmed", [unconfirmed_evidence(case, row) for row in rows])
        else:
            yield from _before_the_facts(comparison, case, rows)


def _before_the_facts(comparison: Comparison, case: Complaint, rows: Sequence[Category]) -> Iterator[Effect]:
    if rows[0].required_facts != rows[1].required_facts:
        known = known_facts(case)
        yield from waits_moved(
            case, "facts", [[f"fact.{fact}" for fact in row.required_facts if fact not in known] for row in rows]
        )
    if rows[0].needs_evidence != rows[1].needs_evidence:
        facts = evidence_facts(case, rows[0], at=comparison.at)
        missing = [_missing(replace(facts, needed=row.needs_evidence)) for row in rows]
        yield from waits_moved(case, "evidence", missing)
    if case.state == CaseState.ASSESSING:
        closed = [[] if row.direct_settlement else ["settle.category_not_direct"] for row in rows]
        yield from blocks_moved(case, "settle_directly", closed)


def _missing(facts: EvidenceFacts) -> list[str]:
    return [found.params["type"] for found in violations_in_evidence(facts, code="establish.evidence_missing")]


def checklists_judged(comparison: Comparison, case_ids: Sequence[int]) -> Iterator[Effect]:
    """Each open case whose next step would wait for other items of the draft's checklist."""
    rows = [book.on(comparison.at).checklists.get(comparison.key) for book in _books(comparison)]
    cases = list(Complaint.objects.filter(pk__in=case_ids, state__in=NEXT_STEP).order_by("pk"))
    ticked: dict[int, set[str]] = {}
    ticks = ChecklistTick.objects.filter(case__in=cases, checklist=comparison.key, is_done=True)
    for case_id, item in ticks.values_list("case_id", "item"):
        ticked.setdefault(case_id, set()).add(item)
    for case in cases:
        done = ticked.get(case.pk, set())
        step = NEXT_STEP[case.state]
        yield from waits_moved(case, step, [_items(row, case, step, done) for row in rows])


def _items(row: Checklist | None, case: Complaint, step: str, done: set[str]) -> list[str]:
    """The codes of what is not ticked, where the step waits for the checklist."""
    if row is None or step not in row.needed_for:
        return []
    if not row.fits(case.category, row.stages[0] if row.stages else case.state):
        return []
    return [item.code for item in row.items if item.code not in done]


def _books(comparison: Comparison):
    return comparison.before, comparison.after
