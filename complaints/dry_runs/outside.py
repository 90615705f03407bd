"""How outside routes and public reviews are dealt with under a draft: warnings, answers, and who must agree to them."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from complaints.dry_runs.effects import moments_moved, waits_moved
from complaints.models import ExternalRoute, Review
from complaints.states import OPEN, ReviewState
from policies.dry_running import Comparison, Effect
from policies.values import OutsidePolicy

THE_HOUSE = "default"


def outside_moved(comparison: Comparison, case_ids: Sequence[int]) -> Iterator[Effect]:
    """Each warning before a hearing or an answer, and each review to be answered, that the draft treats otherwise."""
    if comparison.key != THE_HOUSE:
        return
    routes = ExternalRoute.objects.filter(case_id__in=case_ids, case__state__in=OPEN, ended_at__isnull=True)
    rows = _pair(comparison, comparison.at)
    for route in routes.select_related("case").order_by("case_id", "pk"):
        for name, moment in (
            ("hearing", route.hearing_at),
            ("answer", None if route.answered_at else route.answer_due_at),
        ):
            if moment is not None and moment > comparison.at:
                warned = [row and moment - timedelta(hours=getattr(row, f"{name}_warning_hours")) for row in rows]
                yield from moments_moved(route.case, f"{name}_warning", *warned)
    reviews = Review.objects.filter(case_id__in=case_ids, case__state__in=OPEN, state=ReviewState.FOUND)
    for review in reviews.select_related("case").order_by("case_id", "pk"):
        then = _pair(comparison, review.found_at)
        due = [row and review.found_at + timedelta(hours=row.review_answer_hours) for row in then]
        if review.answer_due_at == due[0]:
            yield from moments_moved(review.case, "review", *due)
        agreed = [["two_people"] if row and review.stars <= row.review_approval_stars else [] for row in then]
        yield from waits_moved(review.case, "review", agreed)


def _pair(comparison: Comparison, on: datetime) -> tuple[OutsidePolicy | None, OutsidePolicy | None]:
    before, after = (book.on(on).of_kind("outside").get(THE_HOUSE) for book in (comparison.before, comparison.after))
    return before, after
