"""Money under a draft: who may grant it, what stands against it, and what the customer is owed."""

from collections.abc import Iterator, Sequence

from complaints.actions.counting_money import ASKED_OR_GRANTED, spent_beside
from complaints.actions.weighing_money import grant_facts
from complaints.models import CompensationGrant
from complaints.roles import day_of, groups_of
from complaints.rules.granting import route_of, violations_in_submission
from complaints.states import OPEN
from policies.dry_running import Comparison, Effect
from policies.lookup import policies_read_once

NOBODY = "nobody"


def _grants_of(case_ids: Sequence[int]) -> list[CompensationGrant]:
    grants = CompensationGrant.objects.filter(case_id__in=case_ids, state__in=ASKED_OR_GRANTED)
    related = ("case__order", "case__customer", "asked_by", "payee")
    return list(grants.select_related(*related).order_by("case_id", "pk"))


def authorities_moved(comparison: Comparison, case_ids: Sequence[int]) -> Iterator[Effect]:
    """Each grant that another rung would decide, if it were asked for again on its day beside all the others."""
    for grant in _grants_of(case_ids):
        rungs = [_rung(grant, book) for book in (comparison.before, comparison.after)]
        if rungs[0] != rungs[1]:
            verdict = "nobody" if rungs[1] == NOBODY else "somebody" if rungs[0] == NOBODY else "other_rung"
            yield _effect(grant, "limit", verdict, *rungs)


def _rung(grant: CompensationGrant, book) -> str:
    policies = book.on(grant.asked_at)
    facts = grant_facts(grant, grant.case, policies)
    spent = spent_beside(grant, grant.case, ASKED_OR_GRANTED, requester=grant.asked_by_id, at=grant.asked_at)
    roles = groups_of(grant.asked_by)
    authority = route_of(facts, spent, policies.limits.values(), roles=roles, on=day_of(grant.asked_at))
    return authority.limit.code if authority.limit else NOBODY


def grants_judged(comparison: Comparison, case_ids: Sequence[int]) -> Iterator[Effect]:
    """Each grant of the draft's kind against which something else would stand than did."""
    for grant in _grants_of(case_ids):
        if grant.kind != comparison.key:
            continue
        found = [_against(grant, book) for book in (comparison.before, comparison.after)]
        if found[0] != found[1]:
            verdict = "allowed" if not found[1] else "other_reason" if found[0] else "refused"
            yield _effect(grant, "block", verdict, *(", ".join(codes) for codes in found))


def _against(grant: CompensationGrant, book) -> list[str]:
    with policies_read_once(book):
        facts = grant_facts(grant, grant.case, book.on(grant.asked_at))
    return sorted({violation.code for violation in violations_in_submission(facts)})


def _effect(grant: CompensationGrant, what: str, verdict: str, before: str, after: str) -> Effect:
    case = grant.case
    return Effect(case.pk, case.case_number, case.state in OPEN, what, grant.kind, verdict, before[:200], after[:200])
