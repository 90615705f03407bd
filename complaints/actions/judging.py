"""Judging a case at first sight: into the investigation, or straight to a plan when it is simple."""

from datetime import datetime

from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.violations import Violation, demand
from complaints.actions.moving import violations_in_move
from complaints.actions.requesting_evidence import evidence_facts
from complaints.actions.stating import state_words
from complaints.actions.timing import JUDGED, refit_clocks, start_further_clocks
from complaints.models import Assessment, Complaint
from complaints.roles import demand_right
from complaints.rules import establishing, judging
from complaints.rules.following_up import CALL_LATER, NOT_REACHED
from complaints.states import RouteState
from complaints.vocabulary import (
    ContactOutcome,
    Direction,
    Judgement,
    Reason,
    RouteKind,
    Severity,
    StatementKind,
    UnreasonableCause,
    UnreasonableDefinition,
    UnreasonableType,
)
from policies.lookup import categories_in_force

LEGAL_ROUTES = (RouteKind.ADMINISTRATIVE_COMPLAINT, RouteKind.ARBITRATION, RouteKind.LITIGATION)
OPEN_ROUTES = (RouteState.FILED, RouteState.ACCEPTED, RouteState.HEARD)


def why_not_judge(case: Complaint, *, by, at: datetime) -> list[Violation]:
    """What keeps the case from being judged, whatever is typed."""
    impossible = list(violations_in_move(case, "judge"))
    return impossible or list(judging.violations_in_first_answer(first_answer(case)))


def why_not_settle_directly(case: Complaint, *, by, at: datetime) -> list[Violation]:
    """What keeps the case from being settled directly, whatever is typed."""
    impossible = list(violations_in_move(case, "settle_directly"))
    if impossible:
        return impossible
    return [
        *judging.violations_in_first_answer(first_answer(case)),
        *(found for found in _violations_in_settling(case, case.category, at) if found.field is None),
    ]


def first_answer(case: Complaint) -> judging.FirstAnswer:
    """How far the customer has been answered by the contacts on record."""
    contacts = case.contacts.filter(direction=Direction.OUTGOING).values_list("outcome", "words")
    outcomes = {outcome for outcome, _ in contacts}
    return judging.FirstAnswer(
        made=ContactOutcome.DELIVERED in outcomes,
        tried=bool(outcomes & (NOT_REACHED | {CALL_LATER, ContactOutcome.DECLINED})),
        impossible_because=any(
            outcome == ContactOutcome.IMPOSSIBLE and words is not None for outcome, words in contacts
        ),
    )


def _violations_in_settling(case, category_code, at):
    category = categories_in_force(case.registered_at).get(category_code)
    yield from judging.violations_in_direct_settlement(
        judging.SettlingFacts(
            simple_matter=case.simple_matter,
            affects_others=case.affects_others,
            safety=case.safety_flag,
            legal_dispute=case.legal_flag or case.routes.filter(kind__in=LEGAL_ROUTES, state__in=OPEN_ROUTES).exists(),
            category_allows=category is not None and category.direct_settlement,
        )
    )
    if category is not None:
        facts = evidence_facts(case, category, at=at, vain_counts=False)
        yield from establishing.violations_in_evidence(facts, code="settle.evidence_missing")


@transaction.atomic
def judge(
    case_id: int,
    *,
    by,
    at: datetime,
    reason: str,
    category: str,
    severity: str,
    judgement: str,
    basis: str = "",
    authentic: bool | None = None,
    unreasonable_type: str = "",
    unreasonable_definition: str = "",
    unreasonable_cause: str = "",
    strongly_subjective: bool = False,
    emotional_expression: bool = False,
    no_clear_purpose: bool = False,
    simple_matter: bool | None = None,
    affects_others: bool | None = None,
    claim_type: str | None = None,
    return_branch: str | None = None,
    real_need: str = "",
) -> Complaint:
    """The preliminary judgement; the case is looked into whichever way it was judged (S-TRI-02, S-UNR-17).

    For whoever handles the case. Clocks are fitted to the severity and category judged. A second call finds
    the case in another state and is refused.
    """
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "case.handle", case, at=at)
    demand(violations_in_move(case, "judge"))
    _set_marks(case, simple_matter, affects_others, claim_type, return_branch)
    typed = _typed(judgement, unreasonable_type, unreasonable_definition, unreasonable_cause, basis, real_need)
    marks = _marks(authentic, strongly_subjective, emotional_expression, no_clear_purpose)
    demand(why_not_judge(case, by=by, at=at), _violations_in_typed(case, reason, category, severity, typed))
    with signed(by=by, reason="case.judged", at=at):
        assessment = _assess(case, reason, category, severity, typed, marks, by=by, at=at)
        case.judge(assessment=assessment)
        refit_clocks(case, at=at)
        start_further_clocks(case, JUDGED, at=at)
        case.save()
    return case


@transaction.atomic
def settle_directly(
    case_id: int,
    *,
    by,
    at: datetime,
    reason: str,
    category: str,
    severity: str,
    judgement: str,
    basis: str = "",
    authentic: bool | None = None,
    unreasonable_type: str = "",
    unreasonable_definition: str = "",
    unreasonable_cause: str = "",
    strongly_subjective: bool = False,
    emotional_expression: bool = False,
    no_clear_purpose: bool = False,
    simple_matter: bool | None = None,
    affects_others: bool | None = None,
    claim_type: str | None = None,
    return_branch: str | None = None,
    real_need: str = "",
) -> Complaint:
    """A simple, individual matter goes straight to the plan, with the paperwork of *judge* (S-TRI-06).

    Besides, the evidence that the category asks for is there, and neither safety nor law is in question.
    """
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "case.handle", case, at=at)
    demand(violations_in_move(case, "settle_directly"))
    _set_marks(case, simple_matter, affects_others, claim_type, return_branch)
    typed = _typed(judgement, unreasonable_type, unreasonable_definition, unreasonable_cause, basis, real_need)
    marks = _marks(authentic, strongly_subjective, emotional_expression, no_clear_purpose)
    demand(
        judging.violations_in_first_answer(first_answer(case)),
        _violations_in_typed(case, reason, category, severity, typed),
        _violations_in_settling(case, category, at),
    )
    with signed(by=by, reason="case.settled_directly", at=at):
        assessment = _assess(case, reason, category, severity, typed, marks, by=by, at=at)
        case.settle_directly(assessment=assessment)
        refit_clocks(case, at=at)
        start_further_clocks(case, JUDGED, at=at)
        case.save()
    return case


def _set_marks(case, simple_matter, affects_others, claim_type, return_branch):
    """What was ticked overrides what was registered; None leaves it. Saved with the move."""
    given = {
        "simple_matter": simple_matter,
        "affects_others": affects_others,
        "claim_type": claim_type,
        "return_branch": return_branch,
    }
    for name, value in given.items():
        if value is not None:
            setattr(case, name, value)


def _typed(judgement, unreasonable_type, unreasonable_definition, unreasonable_cause, basis, real_need):
    return {
        "judgement": judgement if judgement in Judgement.values else "",
        "unreasonable_type": unreasonable_type if unreasonable_type in UnreasonableType.values else "",
        "unreasonable_definition": (
            unreasonable_definition if unreasonable_definition in UnreasonableDefinition.values else ""
        ),
        "unreasonable_cause": unreasonable_cause if unreasonable_cause in UnreasonableCause.values else "",
        "basis": basis or "",
        "real_need": real_need or "",
    }


def _marks(authentic, strongly_subjective, emotional_expression, no_clear_purpose):
    return {
        "authentic": authentic,
        "strongly_subjective": bool(strongly_subjective),
        "emotional_expression": bool(emotional_expression),
        "no_clear_purpose": bool(no_clear_purpose),
    }


def _violations_in_typed(case, reason, category, severity, typed):
    return judging.violations_in_judging(
        judging.JudgingFacts(
            reason_stated=reason in Reason.values and reason != Reason.NOT_STATED,
            category=category,
            known_categories=frozenset(categories_in_force(case.registered_at)),
            severity=severity if severity in Severity.values else "",
            judgement=typed["judgement"],
            basis=typed["basis"],
            unreasonable_type=typed["unreasonable_type"],
            unreasonable_definition=typed["unreasonable_definition"],
        )
    )


def _assess(case, reason, category, severity, typed, marks, *, by, at):
    case.reason = reason
    case.category = category
    case.severity = severity
    state_words(case, StatementKind.REAL_NEED, typed["real_need"], by=by, at=at)
    return Assessment.objects.create(
        case=case,
        stage=Assessment.Stage.PRELIMINARY,
        judgement=typed["judgement"],
        unreasonable_type=typed["unreasonable_type"],
        unreasonable_definition=typed["unreasonable_definition"],
        unreasonable_cause=typed["unreasonable_cause"],
        basis=state_words(case, StatementKind.BASIS, typed["basis"], by=by, at=at),
        judged_by=by,
        judged_at=at,
        **marks,
    )
