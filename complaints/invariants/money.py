"""Invariant 3: money is paid once, as it was approved; a refund is one payment of exactly its sum."""

from collections.abc import Iterator

from django.db.models import Count, Exists, F, OuterRef, Q, Sum

from complaints.invariants.breaches import Breach, Check
from complaints.models import Commitment, CompensationGrant, Order, ReturnRequest
from complaints.states import CommitmentState, GrantState, ReturnState

CONTENT = ("amount", "currency", "kind", "payee_id", "content_digest")
GRANTED = (GrantState.APPROVED, GrantState.PAID, GrantState.BOUNCED)
DEAD = (GrantState.CANCELLED, GrantState.REJECTED)
LABEL = CompensationGrant._meta.label_lower


def payments() -> Iterator[Breach]:
    """3: at most one payment for each key unless it came back in between, and of the content that was approved."""
    history = CompensationGrant.history.order_by()
    paid = (
        history.filter(state=GrantState.PAID)
        .values("id", "payment_key")
        .annotate(times=Count("paid_at", distinct=True))
    )
    bounces = history.filter(state=GrantState.BOUNCED).values("id", "payment_key").annotate(times=Count("pk"))
    came_back = {(row["id"], row["payment_key"]): row["times"] for row in bounces}
    for row in paid.filter(times__gt=1):
        if row["times"] > 1 + came_back.get((row["id"], row["payment_key"]), 0):
            yield Breach(3, "invariant.paid_more_than_once", LABEL, row["id"])
    seen: dict[tuple, tuple] = {}
    agreed = history.filter(state__in=GRANTED).values_list("id", "payment_key", "approved_at", *CONTENT).distinct()
    for key, payment_key, approved_at, *content in agreed:
        if seen.setdefault((key, payment_key, approved_at), tuple(content)) != tuple(content):
            yield Breach(3, "invariant.not_what_was_approved", LABEL, key)


def refunds() -> Iterator[Check]:
    """3: a return is refunded by the payment that it names, of its very sum, and no order by more than it cost."""
    refunded = ReturnRequest.objects.filter(Q(state=ReturnState.REFUNDED) | Q(refunded_at__isnull=False))
    payment = CompensationGrant.history.filter(
        id=OuterRef("refund"), state=GrantState.PAID, case=OuterRef("case"), amount=OuterRef("refund_amount")
    )
    yield Check(3, "invariant.refunded_without_its_payment", refunded.exclude(Exists(payment)), ("refund",))
    yield Check(3, "invariant.refund_given_up_after_it", refunded.filter(refund__state__in=DEAD), ("refund",))
    paid = ReturnRequest.objects.filter(refund__state=GrantState.PAID)
    yield Check(3, "invariant.refund_of_another_sum", paid.exclude(refund__amount=F("refund_amount")), ("refund",))
    unseen = paid.filter(refunded_at__isnull=True)
    yield Check(3, "invariant.refund_paid_unnoted", unseen, ("refund",))
    back = Order.objects.annotate(back=Sum("returns__refund_amount", filter=Q(returns__refund__state=GrantState.PAID)))
    yield Check(3, "invariant.refunded_more_than_paid", back.filter(back__gt=F("paid_amount")), ("back",))


def promises_of_money() -> Iterator[Check]:
    """3: a promise of money is kept by its payment alone, and once it is paid nobody waits for it any more."""
    with_money = Commitment.objects.filter(grant__isnull=False)
    kept = with_money.filter(state__in=[CommitmentState.KEPT, CommitmentState.KEPT_LATE])
    ever_paid = CompensationGrant.history.filter(id=OuterRef("grant"), state=GrantState.PAID)
    yield Check(3, "invariant.promise_kept_unpaid", kept.exclude(Exists(ever_paid)), ("grant",))
    yield Check(
        3,
        "invariant.promise_open_though_paid",
        with_money.filter(state=CommitmentState.OPEN, grant__state=GrantState.PAID),
        ("grant",),
    )
