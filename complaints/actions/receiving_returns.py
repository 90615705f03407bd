"""Goods that came back: received, looked at line by line, accepted or not, sent back, or lost (S-RET-01, 06, 09)."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.violations import Violation, demand
from complaints import notices
from complaints.actions.knowing import facts_of
from complaints.actions.moving import violations_in_move
from complaints.actions.refunding import (
    ask_for_freight_if_owed,
    ask_for_refund,
    lock_return_for_money,
    violations_in_refunding,
)
from complaints.actions.stating import state_words
from complaints.actions.timing import start_further_clocks, stop_clocks
from complaints.actions.wording import violations_in_words
from complaints.models import Commitment, Complaint, ReturnCheck, ReturnRequest
from complaints.roles import demand_right
from complaints.rules import returning as rules
from complaints.states import CommitmentState, EvidenceState, ReturnState
from complaints.vocabulary import StatementKind
from complaints.vocabulary.returning import ReturnKind
from policies.lookup import policies_in_force

RECEIVED, FAILED, EXCHANGED = "return.received", "return.failed", "return.exchanged"


def _locked(return_id, right, *, by, at) -> tuple[Complaint, ReturnRequest]:
    case = Complaint.objects.locked(returns__pk=return_id)
    demand_right(by, right, case, at=at)
    return case, case.returns.select_related("order", "refund", "items").get(pk=return_id)


def why_not_receive_return(request: ReturnRequest, *, by, at: datetime) -> list[Violation]:
    """Only what was sent arrives."""
    return list(violations_in_move(request, "receive"))


@transaction.atomic
def receive_return(return_id: int, *, by, at: datetime, received_at: datetime | None = None) -> ReturnRequest:
    """The goods are with us, or were since `received_at`: from then on the days to refund run (消保法 art. 25)."""
    case, request = _locked(return_id, "return.receive", by=by, at=at)
    moment = received_at or at
    demand(
        why_not_receive_return(request, by=by, at=at),
        rules.violations_in_moment(moment, since=request.sent_at, at=at, field="received_at"),
    )
    with signed(by=by, reason="return.received", at=at):
        request.receive(at=moment)
        request.save()
        start_further_clocks(case, RECEIVED, at=at, started_at=moment, returned=request)
        stop_clocks(case, RECEIVED, at=moment, returned=request)
        case.save()
    notices.queue(case, "notice.return_received", to={case.handler} - {None, by}, at=at, about=request)
    return request


def checks_of(request: ReturnRequest, at: datetime) -> tuple[str, ...]:
    """What is to be looked at in these goods, by the policies in force."""
    right = policies_in_force(at).entitlements.get(request.entitlement)
    kind = facts_of(request.case, at).known.get("product_type")
    return rules.checks_for(right.checklist if right is not None else (), kind)


def why_not_inspect_return(request: ReturnRequest, *, by, at: datetime) -> list[Violation]:
    """Only what is here is looked at, and once."""
    return list(violations_in_move(request, "inspect"))


@transaction.atomic
def inspect_return(
    return_id: int,
    *,
    by,
    at: datetime,
    checks: Mapping[str, bool | None],
    note: str = "",
    evidence_id: int | None = None,
) -> ReturnRequest:
    """Every line of the checklist answered, by whoever has the goods in hands; what fails, with words and a proof.

    It decides nothing: the handler accepts the goods or not.
    """
    case, request = _locked(return_id, "return.receive", by=by, at=at)
    demand(why_not_inspect_return(request, by=by, at=at))
    facts = checks_of(request, at)
    evidence = case.evidence.filter(pk=evidence_id).exclude(state=EvidenceState.EXCLUDED).first()
    known = None if evidence_id is None else evidence is not None
    demand(rules.violations_in_inspecting(facts, checks, note=note or "", evidence_known=known))
    with signed(by=by, reason="return.inspected", at=at):
        found = state_words(case, StatementKind.DESCRIPTION, note, by=by, at=at)
        for fact in facts:
            failed = not checks[fact]
            ReturnCheck.objects.create(
                case=case,
                request=request,
                fact=fact,
                passed=not failed,
                note=found if failed else None,
                evidence=evidence if failed else None,
            )
        request.inspect(by=by, at=at)
        request.save()
    notices.queue(case, "notice.return_inspected", to={case.handler} - {None, by}, at=at, about=request)
    return request


def failed_checks(request: ReturnRequest) -> list[str]:
    """The lines that were not as they should be."""
    return list(request.checks.filter(passed=False).values_list("fact", flat=True))


def why_not_accept_return(request: ReturnRequest, *, by, at: datetime) -> list[Violation]:
    """Only what was inspected is accepted."""
    return list(violations_in_move(request, "accept"))


@transaction.atomic
def accept_return(return_id: int, *, by, at: datetime, words: str = "") -> ReturnRequest:
    """The goods are as they should be, or are taken although they are not, and why: the refund is asked for.

    The refund is a grant of exactly the price of these goods, on the road of every payment. An exchange is a promise.
    """
    case, request = lock_return_for_money(return_id, by=by)
    demand_right(by, "case.handle", case, at=at)
    policies = policies_in_force(at)
    with_money = request.kind == ReturnKind.RETURN
    demand(why_not_accept_return(request, by=by, at=at))
    demand(
        rules.violations_in_accepting(failed=failed_checks(request), words=words or ""),
        violations_in_refunding(request, policies) if with_money else (),
    )
    with signed(by=by, reason="return.accepted", at=at):
        request.judgement = state_words(case, StatementKind.REASON, words, by=by, at=at)
        request.accept()
        request.save()
        if with_money:
            ask_for_refund(case, request, policies, by=by, at=at)
        elif not request.commitments.pending().exists():
            _end_exchange(case, request, at)
        ask_for_freight_if_owed(case, request, policies, by=by, at=at)
    return request


def note_exchange_kept(commitment: Commitment, *, at: datetime) -> None:
    """The other goods are with the customer: the exchange of accepted goods is done. Inside the keeper's signature."""
    request = commitment.return_request
    if request is None or request.kind != ReturnKind.EXCHANGE or request.state != ReturnState.ACCEPTED:
        return
    if commitment.state in (CommitmentState.KEPT, CommitmentState.KEPT_LATE):
        _end_exchange(commitment.case, request, at)


def _end_exchange(case, request, at):
    request.exchange(at=at)
    request.save()
    stop_clocks(case, EXCHANGED, at=at, returned=request)
    case.save()


def why_not_fail_return(request: ReturnRequest, *, by, at: datetime) -> list[Violation]:
    """Only what was inspected, and only when a line failed."""
    found = list(violations_in_move(request, "fail"))
    return found or list(rules.violations_in_failing(failed=failed_checks(request), words="…"))


@transaction.atomic
def fail_return(return_id: int, *, by, at: datetime, words: str) -> ReturnRequest:
    """The goods are not taken, in words that the customer is told. Its promise is released by a second person."""
    case, request = _locked(return_id, "case.handle", by=by, at=at)
    demand(violations_in_move(request, "fail"))
    demand(
        rules.violations_in_failing(failed=failed_checks(request), words=words or ""),
        violations_in_words(case, "words", words, at=at),
    )
    with signed(by=by, reason="return.failed", at=at):
        request.fail(words=state_words(case, StatementKind.DECISION, words, by=by, at=at))
        request.save()
        stop_clocks(case, FAILED, at=at, returned=request)
        case.save()
    return request


def why_not_send_back(request: ReturnRequest, *, by, at: datetime) -> list[Violation]:
    """Only what was not accepted goes back to the customer."""
    return list(violations_in_move(request, "send_back"))


@transaction.atomic
def send_goods_back(return_id: int, *, by, at: datetime, waybill_number: str) -> ReturnRequest:
    """What was not accepted is on its way to the customer again, with the number by which it can be traced."""
    _case, request = _locked(return_id, "return.receive", by=by, at=at)
    demand(
        why_not_send_back(request, by=by, at=at),
        rules.violations_in_sending(waybill_number=waybill_number or "", at_counter=False),
    )
    with signed(by=by, reason="return.sent_back", at=at):
        request.send_back(at=at, waybill_number=waybill_number.strip())
        request.save()
    return request


def why_not_lose_return(request: ReturnRequest, *, by, at: datetime) -> list[Violation]:
    """Only what is on its way can get lost."""
    return list(violations_in_move(request, "lose"))


@transaction.atomic
def lose_return(return_id: int, *, by, at: datetime, words: str, we_bear: bool = False) -> ReturnRequest:
    """It never came, and what the courier says. Where we bear the loss the refund is asked for as if it had come."""
    case, request = lock_return_for_money(return_id, by=by)
    demand_right(by, "case.handle", case, at=at)
    policies = policies_in_force(at)
    with_money = we_bear and request.kind == ReturnKind.RETURN
    demand(
        why_not_lose_return(request, by=by, at=at),
        () if (words or "").strip() else (Violation("return.words_missing", field="words"),),
        violations_in_refunding(request, policies) if with_money else (),
    )
    with signed(by=by, reason="return.lost", at=at):
        request.lose(at=at, words=state_words(case, StatementKind.REASON, words, by=by, at=at))
        request.save()
        if with_money:
            ask_for_refund(case, request, policies, by=by, at=at)
        stop_clocks(case, FAILED, at=at, returned=request)
        case.save()
    return request
