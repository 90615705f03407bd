"""Returns decided: agreed to by a right or beyond it, declined only lawfully, taken back, sent (S-RET)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from casemgmt.ledger import signed
from casemgmt.money import amount_shown
from casemgmt.people.models import Department
from casemgmt.violations import Violation, demand
from complaints.actions.asking_returns import rights_to_return
from complaints.actions.committing import write_commitment
from complaints.actions.entitling import answers_of, write_answer
from complaints.actions.granting import cancel_grant
from complaints.actions.keeping import release
from complaints.actions.knowing import facts_of
from complaints.actions.moving import violations_in_move
from complaints.actions.refunding import DEAD, ask_for_refund, lock_return_for_money, violations_in_refunding
from complaints.actions.stating import state_words
from complaints.actions.timing import start_further_clocks, stop_clocks
from complaints.actions.wording import violations_in_words
from complaints.models import Commitment, Complaint, ReturnRequest
from complaints.roles import day_ends_at, demand_right
from complaints.rules import returning as rules
from complaints.states import GrantState
from complaints.vocabulary import Remedy, Side, StatementKind
from complaints.vocabulary.returning import FreightBearer, ReturnEntrance, ReturnKind
from policies.lookup import PoliciesInForce, policies_in_force
from policies.rules.answering import Answer
from policies.rules.entitlement import answer_to
from policies.values import Entitlement

AGREED, DECIDED, SENT = "return.agreed", "return.decided", "return.sent"
GOES_BACK = (Remedy.RETURN, Remedy.RETURN_IN_TRANSIT, Remedy.EXCHANGE_NEW, Remedy.EXCHANGE_OTHER)


def answer_on(
    request: ReturnRequest, policies: PoliciesInForce, at: datetime
) -> tuple[Entitlement | None, Answer | None]:
    """What the right by which it is asked for says now; None when it is asked for beyond the law."""
    right = policies.entitlements.get(request.entitlement)
    if right is None:
        return None, None
    return right, answer_to(right, facts_of(request.case, at))


def why_not_agree_return(request: ReturnRequest, *, by, at: datetime) -> list[Violation]:
    """Whether it can be agreed to from where it stands."""
    return list(violations_in_move(request, "agree"))


@transaction.atomic
def agree_return(
    return_id: int, *, by, at: datetime, words: str = "", freight: str = "", department_id: int | None = None
) -> ReturnRequest:
    """The goods may come back, or the money goes without them; from here on it is a promise (S-RET-08).

    The answer of the right is kept with its facts and clauses. Its policy says who pays the freight; beyond the law
    `freight` is typed. `department_id` receives the goods and sees the case for it. A refund without goods is drafted
    at once.
    """
    case, request = lock_return_for_money(return_id, by=by)
    demand_right(by, "case.handle", case, at=at)
    policies = policies_in_force(at)
    demand(why_not_agree_return(request, by=by, at=at))
    right, answer = answer_on(request, policies, at)
    without_goods = request.kind == ReturnKind.REFUND_ONLY
    demand(
        rules.violations_in_agreeing(
            verdict=answer.verdict if answer is not None else None,
            freight=freight if freight in FreightBearer.values or without_goods else "",
        )
        if not (without_goods and answer is None)
        else (),
        _violations_in_department(department_id),
        violations_in_words(case, "words", words, at=at),
        violations_in_refunding(request, policies) if without_goods else (),
    )
    with signed(by=by, reason="return.agreed", at=at):
        request.answer = write_answer(case, right, answer, policies, by=by, at=at) if right is not None else None
        request.freight = (right.freight or freight) if right is not None else freight
        period = policies.periods["default"]
        if not without_goods:
            request.send_by = day_ends_at(at) + timedelta(days=period.return_sending_days)
        request.agree(by=by, at=at, words=state_words(case, StatementKind.DECISION, words, by=by, at=at))
        request.save()
        due_at = (request.send_by or day_ends_at(at)) + timedelta(days=period.return_settling_days)
        _promise(case, request, by=by, at=at, due_at=due_at, department_id=department_id)
        if without_goods:
            ask_for_refund(case, request, policies, by=by, at=at)
        stop_clocks(case, DECIDED, at=at, returned=request)
        start_further_clocks(case, AGREED, at=at, returned=request)
        case.save()
    return request


def _violations_in_department(department_id):
    if department_id is not None and not Department.objects.filter(pk=department_id).exists():
        yield Violation("promise.department_unknown", field="department_id")


def _promise(case, request, *, by, at, due_at, department_id) -> Commitment:
    """The promise of a plan that says the same becomes the promise of this return; else one is written."""
    pending = case.commitments.pending().filter(return_request__isnull=True, option__remedy__in=GOES_BACK)
    promise = pending.filter(grant__isnull=True).order_by("due_at", "pk").first()
    if promise is None:
        promise = write_commitment(
            case,
            by=by,
            at=at,
            what=promise_words(request),
            due_at=due_at,
            owner=case.handler or by,
            department_id=department_id,
        )
    promise.return_request = request
    promise.department_id = promise.department_id or department_id
    promise.save()
    return promise


def promise_words(request: ReturnRequest) -> str:
    """What an agreed return promises, in the language of whoever agrees."""
    params = {"items": request.items.words or "", "amount": amount_shown(request.value, request.currency)}
    if request.kind == ReturnKind.EXCHANGE:
        return _("Exchange once the goods came back: %(items)s") % params
    if request.kind == ReturnKind.REFUND_ONLY:
        return _("Refund of %(amount)s, the goods need not come back: %(items)s") % params
    return _("Refund of %(amount)s once the goods came back: %(items)s") % params


def why_not_decline_return(request: ReturnRequest, *, by, at: datetime) -> list[Violation]:
    """Whether it can be declined from where it stands, and whether a right forbids it."""
    found = list(violations_in_move(request, "decline"))
    if found:
        return found
    return [violation for violation in _violations_in_no(request, "…", at) if violation.field is None]


def _violations_in_no(request, words, at):
    policies = policies_in_force(at)
    right, answer = answer_on(request, policies, at)
    language = get_language() or "zh-hans"
    rights = rights_to_return(request.case, policies, request.kind)
    others = [
        other.label.in_language(language)
        for other, found in answers_of(request.case, at)
        if other.code in rights and found.verdict == rules.OWED and (right is None or other.code != right.code)
    ]
    return rules.violations_in_declining(
        verdict=answer.verdict if answer is not None else None,
        missing=answer.missing if answer is not None else (),
        other_rights=others,
        words=words,
    )


@transaction.atomic
def decline_return(return_id: int, *, by, at: datetime, words: str) -> ReturnRequest:
    """Not owed by any right, in words that the customer is told. What a right gives, or may give, is not declined."""
    case = Complaint.objects.locked(returns__pk=return_id)
    demand_right(by, "case.handle", case, at=at)
    request = case.returns.get(pk=return_id)
    demand(violations_in_move(request, "decline"))
    demand(_violations_in_no(request, words or "", at), violations_in_words(case, "words", words, at=at))
    policies = policies_in_force(at)
    right, answer = answer_on(request, policies, at)
    with signed(by=by, reason="return.declined", at=at):
        request.answer = write_answer(case, right, answer, policies, by=by, at=at) if right is not None else None
        request.decline(by=by, at=at, words=state_words(case, StatementKind.DECISION, words, by=by, at=at))
        request.save()
        stop_clocks(case, DECIDED, at=at, returned=request)
        case.save()
    return request


def why_not_cancel_return(request: ReturnRequest, *, by, at: datetime) -> list[Violation]:
    """Taken back before anything was sent, and before its money was approved."""
    found = list(violations_in_move(request, "cancel"))
    if not found and request.refund_id is not None and request.refund.state not in (*DEAD, GrantState.DRAFTED):
        found.append(Violation("return.refund_under_way"))
    return found


@transaction.atomic
def cancel_return(return_id: int, *, by, at: datetime, words: str, by_platform: bool = False) -> ReturnRequest:
    """The customer takes it back, or the platform does, in their own words: its promise is released by them."""
    case, request = lock_return_for_money(return_id, by=by)
    demand_right(by, "case.handle", case, at=at)
    demand(
        why_not_cancel_return(request, by=by, at=at),
        () if (words or "").strip() else (Violation("return.words_missing", field="words"),),
    )
    side = Side.THIRD_PARTY if by_platform else Side.CUSTOMER
    with signed(by=by, reason="return.cancelled_by_platform" if by_platform else "return.cancelled", at=at):
        if request.refund_id is not None and request.refund.state == GrantState.DRAFTED:
            cancel_grant(request.refund_id, by=by, at=at, reason=words)
        for promise in case.commitments.pending().filter(return_request=request):
            release(case, promise, by=by, at=at, customer_words=words, reason="")
        request.cancel(at=at, words=state_words(case, StatementKind.REASON, words, by=by, at=at, side=side))
        request.save()
        stop_clocks(case, DECIDED, at=at, returned=request)
        case.save()
    return request


def why_not_send_return(request: ReturnRequest, *, by, at: datetime) -> list[Violation]:
    """Goods are sent once they are agreed to; money without goods sends none."""
    found = list(violations_in_move(request, "send"))
    if not found and request.kind == ReturnKind.REFUND_ONLY:
        found.append(Violation("case.not_possible_from", params={"state": request.get_kind_display()}))
    return found


@transaction.atomic
def note_sent(
    return_id: int, *, by, at: datetime, waybill_number: str = "", courier: str = "", sent_at: datetime | None = None
) -> ReturnRequest:
    """The goods are on their way to us, with the number by which they can be traced."""
    case = Complaint.objects.locked(returns__pk=return_id)
    demand_right(by, "return.receive", case, at=at)
    request = case.returns.get(pk=return_id)
    moment = sent_at or at
    demand(
        why_not_send_return(request, by=by, at=at),
        rules.violations_in_sending(
            waybill_number=waybill_number or "", at_counter=request.entrance == ReturnEntrance.COUNTER
        ),
        rules.violations_in_moment(moment, since=request.asked_at, at=at, field="sent_at"),
    )
    with signed(by=by, reason="return.sent", at=at):
        request.send(at=moment, waybill_number=(waybill_number or "").strip(), courier=(courier or "").strip())
        request.save()
        stop_clocks(case, SENT, at=at, returned=request)
        case.save()
    return request
