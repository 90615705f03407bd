"""The money of a return: the exact sum, asked for as a grant, seen by two people, paid once (S-RET-10, S-CMP)."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from casemgmt.amounts import storable_amount_in
from casemgmt.ledger import signed
from casemgmt.violations import Violation, demand
from complaints.actions.counting_money import ASKED_OR_GRANTED, lock_for_money
from complaints.actions.investigating import newest_finding
from complaints.actions.stating import state_words
from complaints.actions.timing import stop_clocks
from complaints.models import CompensationGrant, Complaint, ReturnRequest
from complaints.roles import demand_right
from complaints.rules import returning as rules
from complaints.states import GrantState, ReturnState
from complaints.vocabulary import GrantPurpose, ResponsibleParty, StatementKind
from complaints.vocabulary.returning import FreightBearer, ReturnKind
from policies.lookup import PoliciesInForce, policies_in_force

KINDS = ("return_refund", "full_refund")
"""Kinds of compensation that give back the price of goods, the one to use first."""

RETURN_REFUNDED = "return.refunded"
GOODS_TAKEN = (ReturnState.ACCEPTED, ReturnState.REFUNDED, ReturnState.EXCHANGED)
FREIGHT_KINDS = ("return_freight", "expenses")
"""Kinds of compensation that give back what the customer laid out for the way, the one to use first."""
DEAD = (GrantState.CANCELLED, GrantState.REJECTED)


def refund_kind(policies: PoliciesInForce) -> str:
    """The kind of compensation by which the price of returned goods is given back; "" when policies know none."""
    return next((kind for kind in KINDS if kind in policies.compensation_kinds), "")


def left_to_refund(request: ReturnRequest, policies: PoliciesInForce) -> Decimal:
    """The sum to be refunded for these goods, to the cent, with everything of the order counted that is given back."""
    kinds = [code for code, kind in policies.compensation_kinds.items() if kind.is_refund]
    others = CompensationGrant.objects.filter(
        Q(case__order=request.order_id) | Q(case=request.case_id), state__in=ASKED_OR_GRANTED, kind__in=kinds
    ).exclude(pk=request.refund_id)
    refunded = others.aggregate(total=Sum("amount"))["total"] or Decimal(0)
    return rules.amount_to_refund(request.value, paid=request.order.paid_amount or Decimal(0), refunded=refunded)


def violations_in_refunding(request: ReturnRequest, policies: PoliciesInForce):
    """What stands against asking for the refund of a return."""
    standing = request.refund_id is not None and request.refund.state not in DEAD
    return rules.violations_in_refund(
        amount=left_to_refund(request, policies), standing=standing, kind_known=bool(refund_kind(policies))
    )


def ask_for_refund(case: Complaint, request: ReturnRequest, policies: PoliciesInForce, *, by, at: datetime) -> None:
    """Draft the grant of exactly the sum, and bind it to the return and to its promise.

    For holders of the locks of money, inside `signed`; the caller has asked `violations_in_refunding`.
    """
    request.refund_amount = left_to_refund(request, policies)
    words = _("Refund for returned goods: %(items)s") % {"items": request.items.words or ""}
    kind = refund_kind(policies)
    request.refund = _draft(case, request, policies, kind, request.refund_amount, words, by=by, at=at)
    request.save()
    for promise in case.commitments.pending().filter(return_request=request):
        promise.grant = request.refund
        promise.save()


def freight_kind(policies: PoliciesInForce) -> str:
    """The kind of compensation by which freight is given back; "" when policies know none."""
    return next((kind for kind in FREIGHT_KINDS if kind in policies.compensation_kinds), "")


def ask_for_freight_if_owed(
    case: Complaint, request: ReturnRequest, policies: PoliciesInForce, *, by, at: datetime
) -> CompensationGrant | None:
    """Draft the freight that we owe as a sum of its own, with the clause by which we bear it; None when none is owed.

    For holders of the locks of money, inside `signed`. Its road is that of every payment: somebody else agrees, a
    third one pays, once. The second time finds nothing.
    """
    standing = request.freight_refund_id is not None and request.freight_refund.state not in DEAD
    if request.freight != FreightBearer.SHOP or not request.freight_paid or standing:
        return None
    words = _("Freight of the way back, borne by the shop: %(items)s") % {"items": request.items.words or ""}
    kind = freight_kind(policies)
    request.freight_refund = _draft(case, request, policies, kind, request.freight_paid, words, by=by, at=at)
    request.save()
    return request.freight_refund


def _draft(case, request, policies, kind, amount, words, *, by, at) -> CompensationGrant:
    right = policies.entitlements.get(request.entitlement)
    party = _party(case, right)
    return CompensationGrant.objects.create(
        case=case,
        kind=kind,
        amount=amount,
        currency=request.currency,
        purpose=GrantPurpose.CORRECT_ERROR,
        fault=party,
        goodwill=right is None and party not in (ResponsibleParty.SELLER, ResponsibleParty.STAFF),
        basis=state_words(case, StatementKind.BASIS, words, by=by, at=at),
        legal_reference=next(iter(right.law), "") if right is not None else "",
        asked_by=by,
        asked_at=at,
    )


FREIGHT_FROM = (ReturnState.SENT, ReturnState.RECEIVED, ReturnState.INSPECTED, *GOODS_TAKEN)


def why_not_note_freight(request: ReturnRequest, *, by, at: datetime) -> list[Violation]:
    """Only what we bear, of goods on their way or here, and not what is given back already."""
    if request.state not in FREIGHT_FROM:
        return [Violation("case.not_possible_from", params={"state": request.get_state_display()})]
    if request.freight != FreightBearer.SHOP:
        return [Violation("return.freight_not_ours")]
    if request.freight_refund_id is not None and request.freight_refund.state not in DEAD:
        return [Violation("return.freight_asked_already")]
    return [] if freight_kind(policies_in_force(at)) else [Violation("return.freight_kind_missing")]


@transaction.atomic
def note_freight(return_id: int, *, by, at: datetime, amount: Decimal | str) -> ReturnRequest:
    """What the customer laid out for the way back, where the shop bears it; it is given back with the goods taken.

    Noted before, it is drafted when the goods are accepted; noted afterwards, at once. Handler or supervisor.
    """
    case, request = lock_return_for_money(return_id, by=by)
    demand_right(by, "case.handle", case, at=at)
    policies = policies_in_force(at)
    paid = storable_amount_in(amount)
    demand(why_not_note_freight(request, by=by, at=at), rules.violations_in_freight(paid))
    with signed(by=by, reason="return.freight_noted", at=at):
        request.freight_paid, request.freight_refund = paid, None
        request.save()
        if request.state in GOODS_TAKEN:
            ask_for_freight_if_owed(case, request, policies, by=by, at=at)
    return request


def _party(case, right) -> str:
    finding = newest_finding(case)
    if finding is not None:
        return finding.responsible_party
    is_ours = right is None or right.freight == FreightBearer.SHOP
    return ResponsibleParty.SELLER if is_ours else ResponsibleParty.CUSTOMER


def why_not_ask_again(request: ReturnRequest, *, by, at: datetime) -> list[Violation]:
    """A refund is asked for again only where one is owed and the one before was given up or rejected."""
    waits = request.state == ReturnState.ACCEPTED and request.kind == ReturnKind.RETURN
    waits = waits or (request.kind == ReturnKind.REFUND_ONLY and request.state == ReturnState.AGREED)
    if request.refund_id is None or not waits or request.refund.state not in DEAD:
        return [Violation("case.not_possible_from", params={"state": request.get_state_display()})]
    return []


@transaction.atomic
def ask_again_for_refund(return_id: int, *, by, at: datetime) -> ReturnRequest:
    """Draft the refund anew after the first was cancelled or rejected; what is owed stays owed."""
    case, request = lock_return_for_money(return_id, by=by)
    demand_right(by, "grant.ask", case, at=at)
    policies = policies_in_force(at)
    demand(why_not_ask_again(request, by=by, at=at))
    demand(violations_in_refunding(request, policies))
    with signed(by=by, reason="return.refund_asked_again", at=at):
        ask_for_refund(case, request, policies, by=by, at=at)
    return request


def lock_return_for_money(return_id: int, *, by) -> tuple[Complaint, ReturnRequest]:
    """A return with everything that its money counts, locked."""
    case = lock_for_money(ReturnRequest.objects.values_list("case_id", flat=True).get(pk=return_id), [by.pk])
    return case, case.returns.select_related("order", "refund", "freight_refund", "items").get(pk=return_id)


def note_refund_paid(case: Complaint, grant: CompensationGrant, *, at: datetime) -> None:
    """The payment of a refund ends its return and stops the days to refund. Inside the payer's lock and signature."""
    for request in case.returns.filter(refund=grant, refunded_at__isnull=True):
        if request.state == ReturnState.ACCEPTED:
            request.refunded(at=at)
        else:
            request.refunded_at = at
        request.save()
        stop_clocks(case, RETURN_REFUNDED, at=at, returned=request)
        case.save()
