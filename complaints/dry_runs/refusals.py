"""Refusals under a draft: whether their ground still carries."""

from collections.abc import Iterator, Sequence

from complaints.models import EvidenceRequest, RefusalProposal
from complaints.rules.refusing import violations_in_ground
from complaints.states import OPEN, EvidenceRequestState, EvidenceState, RefusalState
from complaints.vocabulary import Side
from policies.dry_running import Comparison, Effect

STANDING = (RefusalState.PROPOSED, RefusalState.APPROVED)


def refusals_judged(comparison: Comparison, case_ids: Sequence[int]) -> Iterator[Effect]:
    """Each refusal on the draft's ground, proposed or approved, that would fall or stand with it."""
    refusals = RefusalProposal.objects.filter(case_id__in=case_ids, ground=comparison.key, state__in=STANDING)
    for refusal in refusals.select_related("case").order_by("case_id", "pk"):
        found = [_against(refusal, book, comparison.key) for book in (comparison.before, comparison.after)]
        if found[0] != found[1]:
            verdict = "allowed" if not found[1] else "other_reason" if found[0] else "refused"
            case, told = refusal.case, [", ".join(codes)[:200] for codes in found]
            is_open = case.state in OPEN
            yield Effect(case.pk, case.case_number, is_open, "block", comparison.key, verdict, *told)


def _against(refusal: RefusalProposal, book, code: str) -> list[str]:
    ground = book.on(refusal.proposed_at).refusal_grounds.get(code)
    if ground is None:
        return ["refusal.ground_unknown"]
    case = refusal.case
    verified = case.evidence.filter(state=EvidenceState.VERIFIED, refusal_links__refusal=refusal)
    asked = EvidenceRequest.objects.filter(case=case, asked_from=Side.CUSTOMER)
    found = violations_in_ground(
        ground,
        verified_types=frozenset(verified.values_list("evidence_type", flat=True)),
        request_expired=asked.filter(state=EvidenceRequestState.NOT_ANSWERED).exists()
        and not asked.filter(state=EvidenceRequestState.ANSWERED).exists(),
        verdict_verified=case.assessments.filter(stage="verified").exists(),
    )
    return sorted({violation.code for violation in found})
