"""Deciding a proposed refusal by somebody else; what becomes of it when the case goes elsewhere (S-REF, W-07)."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.people.one_person import accounts_of
from casemgmt.violations import Violation, demand
from complaints import notices
from complaints.actions.assigning import subjects_of
from complaints.actions.moving import violations_in_move
from complaints.actions.stating import state_words
from complaints.actions.weighing_refusals import TOLD, request_expired, violations_in_told_words, weigh_in_law
from complaints.models import Complaint, Evidence, RefusalProposal
from complaints.roles import demand_right
from complaints.rules import refusing as rules
from complaints.rules.duties import violations_in_decision
from complaints.states import EvidenceState, RefusalState
from complaints.vocabulary import StatementKind
from policies.lookup import policy_by_id


def _lock(refusal_id):
    case = Complaint.objects.locked(refusals__pk=refusal_id)
    return case, case.refusals.get(pk=refusal_id)


def _violations_in_deciding(refusal: RefusalProposal, case: Complaint, by):
    if refusal.state != RefusalState.PROPOSED:
        yield Violation("refusal.not_pending", params={"state": refusal.get_state_display()})
    yield from violations_in_decision(
        asked_by=refusal.proposed_by_id, decided_by=accounts_of(by), subjects=subjects_of(case), handler=case.handler_id
    )


def why_not_approve_refusal(refusal: RefusalProposal, *, by, at: datetime) -> list[Violation]:
    """What stands against this person's yes: who they are, and grounds that fell since it was proposed (T5)."""
    case = refusal.case
    found = list(_violations_in_deciding(refusal, case, by))
    if refusal.state != RefusalState.PROPOSED:
        return found
    moves = list(violations_in_move(case, "refuse"))
    standing = Evidence.objects.for_case(case).filter(refusal_links__refusal=refusal, state=EvidenceState.VERIFIED)
    if standing.count() < refusal.evidence_links.count():
        found.append(Violation("refusal.evidence_fell"))
    told = {name: str(said) for name in TOLD if (said := getattr(refusal, name))}
    found += [replace(violation, field=None) for violation in violations_in_told_words(case, told, at)]
    ground = policy_by_id(refusal.ground_policy_id)
    if ground.needs_evidence_request and not request_expired(case, at):
        found.append(Violation("refusal.evidence_arrived"))
    law = weigh_in_law(case, refusal.ground, at=at).facts
    found += [replace(violation, field=None) for violation in rules.violations_in_law(law)]
    return [*moves, *found]


@transaction.atomic
def approve_refusal(refusal_id: int, *, by, at: datetime, remark: str) -> RefusalProposal:
    """The second pair of eyes agrees and says why; the case is refused, and the customer is to be told.

    Never by the proposer, the handler, or a subject of the complaint. Approving twice is refused.
    """
    case, refusal = _lock(refusal_id)
    demand_right(by, "refusal.decide", case, at=at)
    demand(why_not_approve_refusal(refusal, by=by, at=at), rules.violations_in_remark(remark))
    with signed(by=by, reason="refusal.approved", at=at):
        words = state_words(case, StatementKind.DECISION, remark, by=by, at=at)
        refusal.approve(by=by, at=at, remark=words)
        refusal.save()
        case.refuse(refusal=refusal)
        case.save()
    _tell(case, refusal, "notice.refusal_approved", by, at)
    return refusal


def why_not_send_back_refusal(refusal: RefusalProposal, *, by, at: datetime) -> list[Violation]:
    """What stands against sending it back, whatever the remark."""
    return list(_violations_in_deciding(refusal, refusal.case, by))


@transaction.atomic
def send_back_refusal(refusal_id: int, *, by, at: datetime, remark: str) -> RefusalProposal:
    """Not like this, and why: the case is negotiated again. A better proposal is a new one."""
    case, refusal = _lock(refusal_id)
    demand_right(by, "refusal.decide", case, at=at)
    demand(why_not_send_back_refusal(refusal, by=by, at=at), rules.violations_in_remark(remark))
    with signed(by=by, reason="refusal.sent_back", at=at):
        words = state_words(case, StatementKind.DECISION, remark, by=by, at=at)
        refusal.send_back(by=by, at=at, remark=words)
        refusal.save()
        case.send_back()
        case.save()
    _tell(case, refusal, "notice.refusal_sent_back", by, at)
    return refusal


def why_not_take_back_refusal(refusal: RefusalProposal, *, by, at: datetime) -> list[Violation]:
    """What stands against the proposer taking it back."""
    if refusal.state != RefusalState.PROPOSED:
        return [Violation("refusal.not_pending", params={"state": refusal.get_state_display()})]
    return [] if refusal.proposed_by_id == by.pk else [Violation("refusal.not_the_proposer")]


@transaction.atomic
def take_back_refusal(refusal_id: int, *, by, at: datetime) -> RefusalProposal:
    """The proposer thinks better of it before anybody decided; the case is negotiated again."""
    case, refusal = _lock(refusal_id)
    demand_right(by, "refusal.propose", case, at=at)
    demand(why_not_take_back_refusal(refusal, by=by, at=at))
    with signed(by=by, reason="refusal.taken_back", at=at):
        refusal.take_back()
        refusal.save()
        case.send_back()
        case.save()
    return refusal


def end_pending_refusal(case: Complaint, *, by, at: datetime) -> RefusalProposal | None:
    """A proposal ends undecided because the case goes elsewhere. For lock holders; they move the case."""
    pending = case.refusals.filter(state=RefusalState.PROPOSED).first()
    if pending is not None:
        with signed(by=by, reason="refusal.ended", at=at):
            pending.take_back()
            pending.save()
    return pending


def lapse_refusal(case: Complaint, *, by, at: datetime) -> RefusalProposal | None:
    """An approved refusal holds no longer: the case left it by an alternative, evidence or a ruling."""
    approved = approved_refusal(case)
    if approved is not None:
        with signed(by=by, reason="refusal.lapsed", at=at):
            approved.lapse()
            approved.save()
    return approved


def approved_refusal(case: Complaint) -> RefusalProposal | None:
    """The refusal that stands, the newest if a case was refused more than once."""
    return case.refusals.filter(state=RefusalState.APPROVED).order_by("decided_at", "pk").last()


def _tell(case, refusal, code, by, at):
    people = {refusal.proposed_by, case.handler} - {None, by}
    notices.queue(case, code, to=people, at=at, about=refusal)
