"""What comes from outside within the warning of the policy: hearings, answers to bodies, reviews without an answer."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from casemgmt.adminkit.pages import Link
from complaints.admin.base import outside_url
from complaints.admin.landing.deeds import deed_on
from complaints.admin.landing.heaps import Heap, list_url, on_cases, paper_row
from complaints.models import ExternalRoute, Review
from complaints.models.reviews import WITHOUT_ANSWER
from complaints.models.routes import RUNNING
from policies.lookup import NothingInForce, outside_policy_in_force


def outside_heaps(request, cases, at: datetime) -> list[Heap]:
    """Routes and reviews of these cases that ask for something soon; none without a policy in force."""
    try:
        policy = outside_policy_in_force(at)
    except NothingInForce:
        return []
    hearing = Q(hearing_at__gte=at, hearing_at__lte=at + timedelta(hours=policy.hearing_warning_hours))
    answer = Q(answered_at__isnull=True, answer_due_at__lte=at + timedelta(hours=policy.answer_warning_hours))
    routes = ExternalRoute.objects.filter(hearing | answer, case__in=cases, state__in=RUNNING)
    reviews = Review.objects.filter(case__in=cases, state__in=WITHOUT_ANSWER)
    return [
        Heap(
            "outside",
            _("Hearings and answers to bodies"),
            on_cases(routes.order_by("hearing_at", "answer_due_at", "pk")),
            list_url("externalroute", "?queue=running"),
            draw=lambda route: paper_row(
                route,
                due_at=_next_date(route, at),
                deed=Link(_("Look at it"), outside_url(route.case_id, f"route-{route.pk}")),
                note=f"{route.get_kind_display()} · {route.body_name}",
                anchor="routes",
            ),
        ),
        Heap(
            "reviews",
            _("Public reviews to answer"),
            on_cases(reviews.order_by("answer_due_at", "pk")),
            list_url("review", "?queue=answer"),
            draw=lambda review: paper_row(
                review,
                due_at=review.answer_due_at,
                deed=deed_on(review, "answer-review", _("Answer in public")),
                note=_("%(stars)s of 5") % {"stars": review.stars},
                anchor="routes",
            ),
        ),
    ]


def _next_date(route: ExternalRoute, at: datetime) -> datetime:
    """Our answer while it is owed, else the hearing; the earlier of both."""
    dates = [route.answer_due_at] if route.answered_at is None else []
    dates.append(route.hearing_at if route.hearing_at and route.hearing_at >= at else None)
    return min(filter(None, dates))
