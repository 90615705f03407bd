"""Proposing to say no: weighed in every respect before it is handed in, kept as a draft meanwhile (S-REF, W-07)."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.privacy.models import PersonKey
from casemgmt.privacy.plain_text import violations_in_text
from casemgmt.privacy.sealed import Erased, Sealed, reveal, seal
from casemgmt.violations import Violation, demand
from complaints import notices
from complaints.actions.assigning import subjects_of
from complaints.actions.moving import violations_in_move
from complaints.actions.planning import steps_walked
from complaints.actions.stating import state_words
from complaints.actions.superiors import Superiors
from complaints.actions.ticking import violations_in_checklists
from complaints.actions.weighing_refusals import (
    LegalWeighing,
    request_expired,
    verdict_verified,
    violations_in_told_words,
    weigh_in_law,
)
from complaints.models import Complaint, Evidence, RefusalDraft, RefusalEvidence, RefusalProposal
from complaints.places import region_of
from complaints.roles import demand_right
from complaints.rules import refusing as rules
from complaints.states import EvidenceState, GrantState
from complaints.vocabulary import StatementKind
from policies.lookup import PoliciesInForce, legal_references_in_force, policies_in_force
from policies.rules.answering import CaseFacts
from policies.values import LegalReference

STANDING_MONEY = (GrantState.AWAITING_APPROVAL, GrantState.APPROVED, GrantState.BOUNCED)

KINDS = {
    "understood": StatementKind.UNDERSTOOD,
    "impact_on_customer": StatementKind.IMPACT,
    "impact_on_opinion": StatementKind.IMPACT,
    "impact_in_law": StatementKind.IMPACT,
    "relationship": StatementKind.RELATIONSHIP,
    "company_policy": StatementKind.BASIS,
    "explanation": StatementKind.EXPLANATION,
    "alternatives": StatementKind.ALTERNATIVES,
    "routes": StatementKind.ROUTES,
}
"""Field of a proposal → what kind of words stands there."""


def why_not_propose_refusal(case: Complaint, *, by, at: datetime) -> list[Violation]:
    """What the case lacks before a refusal can be proposed, whatever is typed."""
    moves = list(violations_in_move(case, "propose_refusal"))
    if moves:
        return moves
    paperwork = rules.Paperwork(
        ladder=steps_walked(case),
        money_standing=case.grants.filter(state__in=STANDING_MONEY).exists(),
    )
    return [*rules.violations_in_paperwork(paperwork), *violations_in_checklists(case, "propose_refusal", at=at)]


@dataclass(frozen=True, slots=True)
class WeighedProposal:
    """A proposal as typed so far, held against the case, the policies and the law; `violations` are all there are."""

    violations: tuple[Violation, ...]
    policies: PoliciesInForce
    clause: LegalReference | None
    in_law: LegalWeighing
    evidence: tuple[Evidence, ...]

    @property
    def facts(self) -> CaseFacts:
        """What was known of the case when the law was asked."""
        return self.in_law.known


def weigh_proposal(case: Complaint, typed: Mapping, *, by, at: datetime) -> WeighedProposal:
    """Everything that stands against handing this in now. `typed` has the inputs of `propose_refusal`, or some."""
    policies = policies_in_force(at)
    ground, rule, law = (typed.get(name, "") for name in ("ground", "company_rule", "legal_reference"))
    clause = legal_references_in_force(at, region=region_of(case)).get(law)
    in_law = weigh_in_law(case, ground, at=at, policies=policies)
    named = set(typed.get("evidence_ids", ()))
    evidence = tuple(Evidence.objects.for_case(case).filter(pk__in=named))
    verified = [piece for piece in evidence if piece.state == EvidenceState.VERIFIED]
    facts = rules.ProposalFacts(
        ground=policies.refusal_grounds.get(ground),
        words=tuple((name, typed.get(name, "")) for name in KINDS),
        law=law,
        law_known=clause is not None and clause.in_force,
        company_rule=rule,
        company_rule_known=rule in policies.company_rules,
        is_pretext=bool(in_law.facts.bars) and ground not in policies.refusal_grounds,
        evidence_given=len(named),
        evidence_of_case=len(evidence),
        evidence_verified=len(verified),
        verified_types=frozenset(piece.evidence_type for piece in verified),
        request_expired=request_expired(case, at),
        verdict_verified=verdict_verified(case),
    )
    found = why_not_propose_refusal(case, by=by, at=at)
    if not any(violation.code == "case.not_possible_from" for violation in found):
        found += rules.violations_in_proposal(facts)
        found += rules.violations_in_law(in_law.facts)
        found += violations_in_told_words(case, typed, at)
    return WeighedProposal(tuple(found), policies, clause, in_law, evidence)


@transaction.atomic
def propose_refusal(
    case_id: int,
    *,
    by,
    at: datetime,
    ground: str,
    understood: str,
    impact_on_customer: str,
    impact_on_opinion: str,
    impact_in_law: str,
    relationship: str,
    company_rule: str,
    company_policy: str,
    legal_reference: str,
    explanation: str,
    routes: str,
    alternatives: str = "",
    evidence_ids: Iterable[int] = (),
) -> RefusalProposal:
    """Propose to refuse. The ladder was walked, every check of W-07 is made, and somebody else will decide.

    `ground`, `company_rule` and `legal_reference` are codes of policies in force; `evidence_ids` name what goes to the
    customer with the refusal. What the law bars, and what is owed by law, is refused with the clause. A second
    proposal, while the first waits, is refused by the state of the case. The proposer's draft is thrown away.
    """
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "refusal.propose", case, at=at)
    words = {
        "understood": understood,
        "impact_on_customer": impact_on_customer,
        "impact_on_opinion": impact_on_opinion,
        "impact_in_law": impact_in_law,
        "relationship": relationship,
        "company_policy": company_policy,
        "explanation": explanation,
        "alternatives": alternatives,
        "routes": routes,
    }
    codes = {"ground": ground, "company_rule": company_rule, "legal_reference": legal_reference}
    weighed = weigh_proposal(case, words | codes | {"evidence_ids": set(evidence_ids)}, by=by, at=at)
    demand(weighed.violations)
    with signed(by=by, reason="refusal.proposed", at=at):
        said = {name: state_words(case, kind, words[name], by=by, at=at) for name, kind in KINDS.items()}
        refusal = RefusalProposal.objects.create(
            case=case,
            proposed_by=by,
            proposed_at=at,
            ground_policy_id=weighed.policies.refusal_grounds[ground].policy_id,
            company_rule_policy_id=weighed.policies.company_rules[company_rule].policy_id,
            legal_policy_id=weighed.clause.policy_id,
            refuses=case.demanded_remedy,
            weighed=dict(weighed.in_law.asked),
            **codes,
            **said,
        )
        for piece in weighed.evidence:
            RefusalEvidence.objects.create(refusal=refusal, evidence=piece)
        case.propose_refusal(refusal=refusal)
        case.save()
    throw_draft_away(case, by=by)
    passed_over = subjects_of(case) | {by.pk, case.handler_id}
    notices.queue(
        case,
        "notice.refusal_awaits_you",
        to=Superiors(at).told(case.team_id, None, passed_over),
        at=at,
        about=refusal,
    )
    return refusal


@transaction.atomic
def keep_draft(case_id: int, *, by, at: datetime, typed: Mapping) -> RefusalDraft:
    """Keep what this person has typed of a refusal so far; the newest replaces the one before. Nothing is decided.

    Sealed by the key of the customer. Raises RuleBroken, at its field, for a text that nothing could keep.
    """
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "refusal.propose", case, at=at)
    demand(*(violations_in_text(str(words), field=name) for name, words in typed.items()))
    text = json.dumps(dict(typed), ensure_ascii=False)
    known = RefusalDraft.objects.filter(case=case, person=by).first()
    key = case.customer.key if case.customer_id else known.key if known else None
    if key is None:
        key = PersonKey.fresh()
        key.save()
    sealed = {"key": key, "sealed_words": seal(key, text).token, "saved_at": at}
    return RefusalDraft.objects.update_or_create(case=case, person=by, defaults=sealed)[0]


def draft_of(case: Complaint, person) -> tuple[dict, datetime | None]:
    """What this person typed so far, and when it was kept; nothing for nobody's draft, or an erased customer's."""
    draft = RefusalDraft.objects.filter(case=case, person=person).first()
    if draft is None or draft.key_id is None:
        return {}, None
    try:
        return json.loads(reveal(Sealed(draft.sealed_words, "text"))), draft.saved_at
    except Erased:
        return {}, None


def throw_draft_away(case: Complaint, *, by) -> None:
    """This person's draft is not needed any more. The second time there is none."""
    RefusalDraft.objects.filter(case=case, person=by).delete()
