"""Money under a draft: who may grant it, what stands against it, and what the customer is owed."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from complaints.actions.counting_money import ASKED_OR_GRANTED, spent_beside
from complaints.actions.weighing_money import grant_facts
from complaints.models import CompensationGrant
from complaints.roles import day_of, groups_of
from complaints.rules.granting import route_of, violations_in_submission
from complaints.states import OPEN
from policies.dry_running import Comparison, Effect
from policies.lookup import PoliciesInForce

NOBODY = "nobody"


def _grants_of(case_ids: Sequence[int]) -> list[CompensationGrant]:
    grants = CompensationGrant.objects.filter(case_id__in=case_ids, state__in=ASKED_OR_GRANTED)
    related = ("case__order", "case__customer", "asked_by", "payee")
    found = list(grants.select_related(*related).order_by("case_id", "pk"))
    people = {grant.asked_by_id: grant.asked_by for grant in found}
    for grant in found:
        grant.asked_by = people[grant.asked_by_id]
    return found


def authorities_moved(comparison: Comparison, case_ids: Sequence[int]) -> Iterator[Effect]:
    """Each grant that another rung would decide, if it were asked for again on its day beside all the others."""
    for grant in _grants_of(case_ids):
        rungs = _rungs(grant, comparison)
        if rungs[0] != rungs[1]:
            verdict = "nobody" if rungs[1] == NOBODY else "somebody" if rungs[0] == NOBODY else "other_rung"
            yield _effect(grant, "limit", verdict, *rungs)


def _rungs(grant: CompensationGrant, comparison: Comparison) -> list[str]:
    """Which limit decides before and after. Limits alone differ, so what the case says is asked for once."""
    before, after = (book.on(grant.asked_at) for book in (comparison.before, comparison.after))
    spent = spent_beside(grant, grant.case, ASKED_OR_GRANTED, requester=grant.asked_by_id, at=grant.asked_at)
    facts = grant_facts(grant, grant.case, before, spent=spent)
    asked = {"roles": groups_of(grant.asked_by), "on": day_of(grant.asked_at)}
    found = [route_of(facts, spent, policies.limits.values(), **asked).limit for policies in (before, after)]
    return [limit.code if limit else NOBODY for limit in found]


def grants_judged(comparison: Comparison, case_ids: Sequence[int]) -> Iterator[Effect]:
    """Each grant of the draft's kind against which something else would stand than did."""
    for grant in _grants_of(case_ids):
        if grant.kind != comparison.key:
            continue
        found = _stands_against(grant, comparison)
        if found[0] != found[1]:
            verdict = "allowed" if not found[1] else "other_reason" if found[0] else "refused"
            yield _effect(grant, "block", verdict, *(", ".join(codes) for codes in found))


def _stands_against(grant: CompensationGrant, comparison: Comparison) -> list[list[str]]:
    """What stands against it before and after; the case is asked once where the kinds are of the same classes."""
    before, after = (book.on(grant.asked_at) for book in (comparison.before, comparison.after))
    spent = spent_beside(grant, grant.case, ASKED_OR_GRANTED, requester=grant.asked_by_id, at=grant.asked_at)
    facts = grant_facts(grant, grant.case, before, spent=spent)
    if _classes(before) == _classes(after):
        changed = replace(facts, kind=after.compensation_kinds.get(grant.kind))
    else:
        changed = grant_facts(grant, grant.case, after, spent=spent)
    return [sorted({found.code for found in violations_in_submission(known)}) for known in (facts, changed)]


def _classes(policies: PoliciesInForce) -> dict[str, tuple[str, bool]]:
    return {code: (kind.kind_class, kind.is_refund) for code, kind in policies.compensation_kinds.items()}


def _effect(grant: CompensationGrant, what: str, verdict: str, before: str, after: str) -> Effect:
    case = grant.case
    return Effect(case.pk, case.case_number, case.state in OPEN, what, grant.kind, verdict, before[:200], after[:200])
