"""What comes from outside and must not be forgotten: hearings, answers to bodies, public reviews (W-10, S-PUB-03).

As the other sweeps: safe twice, late and in parallel, under the lock of the row.
"""

from datetime import datetime, timedelta

from django.db.models import F

from complaints.actions import causes
from complaints.actions.batches import Tally, sweep_rows
from complaints.actions.sweeping import raise_late, tell_each
from complaints.models import ExternalRoute, Review
from complaints.models.reviews import WITHOUT_ANSWER
from complaints.models.routes import RUNNING
from complaints.states import OPEN
from policies.lookup import outside_policy_in_force

AT_ONCE = 1000


def remind_of_routes(at: datetime) -> Tally:
    """Warn the handler before a hearing and before an answer is due; an answer that is late goes up (S-TPR-11)."""
    policy = outside_policy_in_force(at)
    running = ExternalRoute.objects.filter(state__in=RUNNING)
    hearings = running.filter(
        hearing_warned_at__isnull=True,
        hearing_at__gte=at,
        hearing_at__lte=at + timedelta(hours=policy.hearing_warning_hours),
    )
    unanswered = running.filter(answered_at__isnull=True)
    answers = unanswered.filter(
        answer_warned_at__isnull=True,
        answer_due_at__gte=at,
        answer_due_at__lte=at + timedelta(hours=policy.answer_warning_hours),
    )
    late = unanswered.filter(answer_due_at__lt=at, case__state__in=OPEN)
    return (
        _warn("remind_of_hearings", hearings.order_by("hearing_at", "pk"), "hearing", at)
        + _warn("remind_of_answers", answers.order_by("answer_due_at", "pk"), "answer", at)
        + raise_late(
            "escalate_answers",
            causes.ROUTE,
            late.order_by("answer_due_at", "pk"),
            "answer_due_at",
            at=at,
            reason="route.answer_overdue",
        )
    )


def _warn(name, due, what, at):
    def settle(rows):
        ExternalRoute.objects.filter(pk__in=[row[0] for row in rows]).update(
            **{f"{what}_warned_at": at, "version": F("version") + 1}
        )
        tell_each(f"notice.route_{what}_soon", rows, at=at, key=at.date().isoformat())

    return sweep_rows(name, due, settle, "case__handler_id", at=at, reason=f"route.{what}_warned", size=AT_ONCE)


def remind_of_reviews(at: datetime) -> Tally:
    """Tell the handler once when a public review has waited for its answer as long as the policy lets it (S-PUB-03)."""

    def settle(rows):
        Review.objects.filter(pk__in=[row[0] for row in rows]).update(warned_at=at, version=F("version") + 1)
        tell_each("notice.review_answer_due", rows, at=at, key="due")

    due = Review.objects.filter(state__in=WITHOUT_ANSWER, warned_at__isnull=True, answer_due_at__lte=at)
    return sweep_rows(
        "remind_of_reviews",
        due.order_by("answer_due_at", "pk"),
        settle,
        "case__handler_id",
        at=at,
        reason="review.warned",
        size=AT_ONCE,
    )
