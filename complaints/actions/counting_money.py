"""What is granted already, counted under the locks that keep two people from spending the same limit."""

from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, Sum

from casemgmt.people.models import Person
from casemgmt.people.one_person import accounts_behind
from casemgmt.violations import CaseMovedOn
from complaints.actions.linking import counted_with
from complaints.models import CompensationGrant, Complaint, Customer, Order
from complaints.roles import day_of
from complaints.states import GrantState
from policies.rules.authority import Spent

GRANTED = (GrantState.APPROVED, GrantState.PAID, GrantState.BOUNCED)
"""Money that somebody with authority has given away."""

ASKED_OR_GRANTED = (GrantState.AWAITING_APPROVAL, *GRANTED)
"""What counts when one asks: requests that wait count too, so that a sum is not split over several of them."""


def lock_for_money(case_id: int, people: Iterable[int]) -> Complaint:
    """Lock what limits count: customers and orders of all that is linked, all accounts of the people, then the case.

    The locks of people let other rows refer to them meanwhile, so that nobody who holds a case waits for them.
    Raises CaseMovedOn when the case changed its customer, its order or its links between looking and locking.
    """
    seen = Complaint.objects.get(pk=case_id)
    family = family_of(seen)
    whose = list(Complaint.objects.filter(pk__in=family).order_by().values_list("customer_id", "order_id"))
    _lock(Customer, [customer_id for customer_id, _order in whose])
    _lock(Order, [order_id for _customer, order_id in whose])
    _lock(Person, accounts_behind(people))
    case = Complaint.objects.locked(pk=case_id)
    if (case.customer_id, case.order_id) != (seen.customer_id, seen.order_id) or family_of(case) != family:
        raise CaseMovedOn(f"case {case_id} changed its customer, its order or its links")
    return case


def _lock(model, ids: Iterable[int | None]) -> None:
    wanted = sorted({number for number in ids if number is not None})
    if wanted:
        list(
            model.objects.select_for_update(no_key=True, of=("self",))
            .filter(pk__in=wanted)
            .order_by("pk")
            .values_list("pk", flat=True)
        )


def lock_grant(grant_id: int, *, by) -> tuple[Complaint, CompensationGrant]:
    """A grant with everything that its limits count, locked: its asker, its approvers and whoever acts now."""
    seen = CompensationGrant.objects.values("case_id", "asked_by_id", "approved_by_id").get(pk=grant_id)
    case = lock_for_money(seen["case_id"], [seen["asked_by_id"], seen["approved_by_id"], by.pk])
    return case, case.grants.select_related("basis", "order_of_offers_reason", "payee").get(pk=grant_id)


def family_of(case: Complaint) -> frozenset[int]:
    """The case, the case that leads it, all that follow either, and all that are linked with any of them.

    Links of one customer's matter count however long the chain is, so that none is drawn around a limit.
    """
    leader = case.merged_into_id or case.pk
    followers = Complaint.objects.filter(merged_into_id=leader).values_list("pk", flat=True)
    family = frozenset({case.pk, leader, *followers})
    while linked := counted_with(family):
        leaders = Complaint.objects.filter(pk__in=linked, merged_into__isnull=False).values_list(
            "merged_into", flat=True
        )
        family |= linked | frozenset(leaders)
        family |= frozenset(Complaint.objects.filter(merged_into__in=family).values_list("pk", flat=True))
    return family


def spent_beside(
    grant: CompensationGrant, case: Complaint, states, *, requester: int, approver: int | None = None, at: datetime
) -> Spent:
    """What counts against the limits beside this grant: by case, customer or order, and by person and day."""
    others = CompensationGrant.objects.filter(state__in=states).exclude(pk=grant.pk)
    family = family_of(case)
    linked = Q(case__in=family)
    if case.customer_id is not None:
        linked |= Q(case__customer=case.customer_id)
    if case.order_id is not None:
        linked |= Q(case__order=case.order_id)
    on_customer = others.filter(linked).distinct().values_list("pk", "amount", "approved_at", "asked_at")
    return Spent(
        on_case=spent_on(grant, family, states),
        on_customer=tuple(
            (day_of(approved_at or asked_at), amount) for _, amount, approved_at, asked_at in on_customer
        ),
        by_requester_today=_sum(others.filter(_today(at), asked_by__in=accounts_behind([requester]))),
        by_approver_today=_sum(others.filter(_approved_today(approver, at))) if approver else Decimal(0),
    )


def spent_on(grant: CompensationGrant, family: frozenset[int], states) -> Decimal:
    """What counts on these cases beside this grant."""
    return _sum(CompensationGrant.objects.filter(state__in=states, case__in=family).exclude(pk=grant.pk))


def refunded_beside(
    grant: CompensationGrant, case: Complaint, kinds: Iterable[str], *, family: frozenset[int]
) -> Decimal:
    """What of the order's price is given back already, on whatever case of that order or of the family of the case."""
    refunds = CompensationGrant.objects.filter(state__in=ASKED_OR_GRANTED, kind__in=list(kinds)).exclude(pk=grant.pk)
    same = Q(case__in=family)
    if case.order_id is not None:
        same |= Q(case__order=case.order_id)
    return _sum(refunds.filter(same))


def _sum(grants) -> Decimal:
    return grants.aggregate(total=Sum("amount"))["total"] or Decimal(0)


def _day(at: datetime) -> tuple[datetime, datetime]:
    zone = ZoneInfo(settings.TIME_ZONE)
    today: date = day_of(at)
    return datetime.combine(today, time.min, zone), datetime.combine(today, time.max, zone)


def _today(at: datetime) -> Q:
    return Q(approved_at__range=_day(at)) | Q(approved_at__isnull=True, asked_at__range=_day(at))


def _approved_today(approver: int, at: datetime) -> Q:
    accounts = accounts_behind([approver])
    return Q(approved_by__in=accounts, approved_at__range=_day(at)) | Q(
        second_approved_by__in=accounts, second_approved_at__range=_day(at)
    )
