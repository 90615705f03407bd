"""Looking for sums that were split: which grants around a request are close under a limit. Nothing is written."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet

from complaints.actions.counting_money import ASKED_OR_GRANTED
from complaints.models import CompensationGrant, ComplaintSubject
from complaints.roles import day_of
from complaints.rules.splitting import Given, Pattern, floor_of, split_patterns
from policies.values import AuthorityLimits

READ_AT_MOST = 5_000


def close_grants(limits: Iterable[AuthorityLimits]) -> QuerySet[CompensationGrant]:
    """Grants handed in or given whose sum is close under one of these limits."""
    close = Q(pk__in=[])
    for limit in limits:
        floor = floor_of(limit)
        if floor is not None:
            close |= Q(currency=limit.currency, amount__gte=floor, amount__lte=limit.per_grant)
    return CompensationGrant.objects.filter(close, state__in=ASKED_OR_GRANTED)


def patterns_among(grants: QuerySet[CompensationGrant], limits: Iterable[AuthorityLimits]) -> tuple[Pattern, ...]:
    """The patterns of the newest of these grants, at most 5,000. One query."""
    rows = grants.order_by("-asked_at").values_list(
        "pk", "amount", "currency", "asked_at", "case__customer", "case__order", "asked_by"
    )[:READ_AT_MOST]
    given = (
        Given(pk, amount, currency, day_of(asked_at), customer, order, asker)
        for pk, amount, currency, asked_at, customer, order, asker in rows
    )
    return split_patterns(given, limits)


def patterns_around(
    grants: Iterable[CompensationGrant], limits: Iterable[AuthorityLimits], *, seen_by
) -> dict[int, tuple[Pattern, ...]]:
    """Of each grant the patterns that it belongs to, told to `seen_by`; cases about that person do not count.

    One query whatever the number of grants; their cases must be loaded. Reads so far back as the limits look.
    """
    grants, limits = list(grants), list(limits)
    days = max((limit.near_days for limit in limits), default=0)
    if not grants or not days:
        return {}
    zone = ZoneInfo(settings.TIME_ZONE)
    first = min(day_of(grant.asked_at) for grant in grants) - timedelta(days=days)
    akin = Q(asked_by__in={grant.asked_by_id for grant in grants})
    akin |= Q(case__customer__in={grant.case.customer_id for grant in grants} - {None})
    akin |= Q(case__order__in={grant.case.order_id for grant in grants} - {None})
    about = ComplaintSubject.objects.filter(person=seen_by, lifted_at__isnull=True).values("case")
    rows = close_grants(limits).filter(akin, asked_at__gte=datetime.combine(first, time.min, zone))
    rows = rows.exclude(case__in=about)
    found = patterns_among(rows, limits)
    return {grant.pk: tuple(pattern for pattern in found if grant.pk in pattern.keys) for grant in grants}
