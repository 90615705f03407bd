"""Like cases of the past and what they were given: read before somebody asks for money."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import OuterRef, Subquery, Sum

from casemgmt.money import house_currency
from complaints.models import CompensationGrant, Complaint
from complaints.roles import cases_visible_to, day_of
from complaints.rules.comparing import LikeCase, Precedent, precedent_in
from complaints.states import CaseState, GrantState

LIKE_SINCE = timedelta(days=365)
READ_AT_MOST = 300
GIVEN = (GrantState.APPROVED, GrantState.PAID, GrantState.BOUNCED)


def like_cases(case: Complaint, person, *, at: datetime):
    """The newest cases of the category within a year, at most 300, none about the reader, with `given`."""
    grants = CompensationGrant.objects.filter(case=OuterRef("pk"), state__in=GIVEN, currency=house_currency())
    summed = grants.order_by().values("case").annotate(sum=Sum("amount")).values("sum")
    rows = Complaint.objects.not_about(person).filter(category=case.category, registered_at__gte=at - LIKE_SINCE)
    rows = rows.exclude(pk=case.pk).exclude(state__in=(CaseState.VOIDED, CaseState.MERGED))
    return rows.order_by("-registered_at").annotate(given=Subquery(summed))[:READ_AT_MOST]


def precedent_for(case: Complaint, person, *, at: datetime) -> Precedent | None:
    """What like cases were given; None without a category, or when there is nothing to tell. Two queries."""
    if not case.category:
        return None
    rows = list(like_cases(case, person, at=at).values_list("pk", "given", "product", "reason"))
    given = [row for row in rows if row[1]]
    keys = [row[0] for row in given]
    visible = cases_visible_to(person, on=day_of(at)).filter(pk__in=keys).values_list("pk", flat=True) if keys else ()
    seen = frozenset(visible)
    return precedent_in(
        LikeCase(
            pk,
            Decimal(amount),
            same_goods=case.product_id is not None and product == case.product_id,
            same_cause=reason == case.reason,
            is_visible=pk in seen,
        )
        for pk, amount, product, reason in given
    )
