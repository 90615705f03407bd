"""Evidence that a case needs: what is there, what was asked for, what came of it (S-INV-05)."""

from datetime import datetime, timedelta

from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.violations import Violation, demand
from complaints.actions.moving import violations_in_move
from complaints.actions.pausing import end_pause_if_evidence_came
from complaints.actions.stating import state_words
from complaints.actions.timing import EVIDENCE_ASKED, EVIDENCE_RECEIVED, start_further_clocks, stop_clocks
from complaints.actions.wording import violations_in_words
from complaints.models import Complaint, Evidence, EvidenceRequest
from complaints.roles import demand_right
from complaints.rules.establishing import EvidenceFacts
from complaints.rules.paperwork import (
    violations_in_due_moment,
    violations_in_required_words,
    violations_in_writing,
)
from complaints.states import EvidenceState
from complaints.vocabulary import EvidenceType, Side, StatementKind
from policies.lookup import periods_in_force
from policies.values import Category


def evidence_facts(case: Complaint, category: Category, *, at: datetime, vain_counts: bool = True) -> EvidenceFacts:
    """What the category asks for and what is there. Excluded evidence does not count."""
    received = (
        Evidence.objects.for_case(case).exclude(state=EvidenceState.EXCLUDED).values_list("evidence_type", flat=True)
    )
    asked = case.evidence_requests.filter(due_at__lt=at).values_list("evidence_type", flat=True)
    return EvidenceFacts(
        needed=category.needs_evidence,
        received=frozenset(received),
        asked_in_vain=frozenset(asked) if vain_counts else frozenset(),
    )


def unconfirmed_evidence(case: Complaint, category: Category) -> tuple[str, ...]:
    """Types that the category asks for, of which something came and none was looked at and believed (S-INV-05)."""
    states: dict[str, set[str]] = {}
    for kind, state in Evidence.objects.for_case(case).values_list("evidence_type", "state"):
        states.setdefault(kind, set()).add(state)
    return tuple(
        kind
        for kind in category.needs_evidence
        if EvidenceState.RECEIVED in states.get(kind, set()) and EvidenceState.VERIFIED not in states[kind]
    )


@transaction.atomic
def ask_for_evidence(
    case_id: int,
    *,
    by,
    at: datetime,
    evidence_type: str,
    what: str,
    asked_from: str = Side.CUSTOMER,
    due_at: datetime | None = None,
    contact_id: int | None = None,
) -> EvidenceRequest:
    """Ask somebody for evidence, with a deadline; without one, the policy's days. `contact_id`: how it was asked.

    After the deadline the facts may be established without it (row *establish*); a late answer still counts.
    """
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "case.handle", case, at=at)
    until = due_at or at + timedelta(days=periods_in_force(at).evidence_request_days)
    demand(
        violations_in_writing(is_open=case.is_open, state=case.get_state_display()),
        violations_in_type(evidence_type),
        violations_in_side(asked_from, "asked_from"),
        violations_in_required_words(what, code="evidence_request.what_missing", field="what"),
        violations_in_due_moment(until, at, code="evidence_request.due_in_past", field="due_at"),
        _violations_in_contact(case, contact_id),
        violations_in_words(case, "what", what, at=at) if asked_from == Side.CUSTOMER else (),
    )
    with signed(by=by, reason="evidence.asked_for", at=at):
        request = EvidenceRequest.objects.create(
            case=case,
            evidence_type=evidence_type,
            asked_from=asked_from,
            what=state_words(case, StatementKind.REQUEST, what, by=by, at=at),
            contact_id=contact_id,
            asked_by=by,
            asked_at=at,
            due_at=until,
        )
        if start_further_clocks(case, EVIDENCE_ASKED, at=at, request=request):
            case.save()
    return request


def violations_in_type(evidence_type: str):
    """One of the known types of evidence (S-INV-03)."""
    if evidence_type not in EvidenceType.values:
        yield Violation("evidence.type_unknown", field="evidence_type")


def violations_in_side(side: str, field: str):
    """Customer, company or third party (S-INV-04)."""
    if side not in Side.values:
        yield Violation("evidence.side_unknown", field=field)


def _violations_in_contact(case, contact_id):
    if contact_id is not None and not case.contacts.filter(pk=contact_id).exists():
        yield Violation("contact.not_of_this_case", field="contact_id")


def why_not_answer_evidence_request(request: EvidenceRequest, *, by, at: datetime) -> list[Violation]:
    """Why it cannot be answered from where it stands."""
    return [
        *violations_in_writing(is_open=request.case.is_open, state=request.case.get_state_display()),
        *violations_in_move(request, "answer"),
    ]


@transaction.atomic
def answer_evidence_request(request_id: int, *, by, at: datetime) -> EvidenceRequest:
    """What was asked for has arrived, in time or late. Adding evidence to the request does this by itself."""
    case = Complaint.objects.locked(evidence_requests__pk=request_id)
    demand_right(by, "case.handle", case, at=at)
    request = case.evidence_requests.get(pk=request_id)
    demand(why_not_answer_evidence_request(request, by=by, at=at))
    with signed(by=by, reason="evidence_request.answered", at=at):
        request.answer(at=at)
        request.save()
        let_evidence_take_effect(case, by=by, at=at, supplied_by=request.asked_from, request=request)
    return request


def let_evidence_take_effect(
    case: Complaint, *, by, at: datetime, supplied_by: str, request: EvidenceRequest | None
) -> None:
    """What has arrived ends the clocks of its request, and the pause that waits for it (S-SLA-07).

    For holders of the lock, inside `signed`. The case is saved when anything came of it.
    """
    stopped = stop_clocks(case, EVIDENCE_RECEIVED, at=at, request=request) if request is not None else []
    pause = end_pause_if_evidence_came(case, by=by, at=at, supplied_by=supplied_by, request=request)
    if stopped or pause is not None:
        case.save()


def why_not_give_up_evidence_request(request: EvidenceRequest, *, by, at: datetime) -> list[Violation]:
    """Why it is too early, or too late, to give the request up."""
    found = [
        *violations_in_writing(is_open=request.case.is_open, state=request.case.get_state_display()),
        *violations_in_move(request, "give_up"),
    ]
    if not found and at <= request.due_at:
        found.append(Violation("evidence_request.still_time", params={"until": request.due_at}))
    return found


@transaction.atomic
def give_up_evidence_request(request_id: int, *, by, at: datetime) -> EvidenceRequest:
    """The deadline passed and nothing came. A late answer is still taken."""
    case = Complaint.objects.locked(evidence_requests__pk=request_id)
    demand_right(by, "case.handle", case, at=at)
    request = case.evidence_requests.get(pk=request_id)
    demand(why_not_give_up_evidence_request(request, by=by, at=at))
    with signed(by=by, reason="evidence_request.given_up", at=at):
        request.give_up()
        request.save()
    return request
