"""A follow-up showed a customer who is not content: looked into again, a superior, or left with a reason (S-FUP-08)."""

from datetime import datetime

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from casemgmt.ledger import signed
from casemgmt.violations import Violation, demand
from complaints.actions import causes
from complaints.actions.stating import state_words
from complaints.models import Complaint, Escalation, FollowUpCall
from complaints.roles import demand_right
from complaints.rules.following_up import LOW_MARK, is_dissatisfied
from complaints.states import EscalationState, FollowUpState
from complaints.vocabulary import DissatisfiedReply, StatementKind


def discontent(follow_ups: QuerySet[FollowUpCall]) -> QuerySet[FollowUpCall]:
    """Those of these follow-ups that showed a customer who is not content, and to which nothing followed yet.

    A superior who was asked by hand since, or who answered the low mark, is something that followed.
    """
    since = Escalation.objects.filter(case=OuterRef("case"), raised_at__gte=OuterRef("ended_at"))
    asked = since.filter(cause__startswith=f"{causes.BY_HAND}:")
    answered = Escalation.objects.filter(
        case=OuterRef("case"),
        cause=Concat(Value(f"{causes.LOW_MARK}:"), Cast(OuterRef("pk"), CharField())),
        state__in=[EscalationState.DECIDED, EscalationState.CLOSED],
    )
    said = Q(satisfaction__lte=LOW_MARK) | Q(solved=False)
    waiting = follow_ups.filter(said, state=FollowUpState.DONE, reply="")
    return waiting.exclude(Exists(asked)).exclude(Exists(answered))


def _shown_in(case: Complaint) -> list[FollowUpCall]:
    done = case.follow_ups.filter(state=FollowUpState.DONE, reply="")
    return [follow_up for follow_up in done if is_dissatisfied(follow_up.satisfaction, follow_up.solved)]


def discontent_of(case: Complaint) -> int:
    """How many follow-ups of this case wait for a reply; a query only where a customer was not content."""
    shown = _shown_in(case)
    return discontent(FollowUpCall.objects.filter(pk__in=[row.pk for row in shown])).count() if shown else 0


def looked_into_again(case: Complaint) -> None:
    """The case goes back to its investigation: that is the reply. Inside the caller's transaction and signature."""
    for follow_up in _shown_in(case):
        follow_up.reply = DissatisfiedReply.LOOKED_INTO
        follow_up.save()


def why_not_leave_as_it_is(follow_up: FollowUpCall, *, by, at: datetime) -> list[Violation]:
    """What stands against leaving it: the customer was content, or something followed already."""
    waits = discontent(FollowUpCall.objects.filter(pk=follow_up.pk)).exists()
    return [] if waits else [Violation("follow_up.no_discontent")]


@transaction.atomic
def leave_as_it_is(follow_up_id: int, *, by, at: datetime, reason: str) -> FollowUpCall:
    """The customer is not content and nothing more is done, and why; the second time is refused."""
    case = Complaint.objects.locked(follow_ups__pk=follow_up_id)
    follow_up = case.follow_ups.get(pk=follow_up_id)
    demand_right(by, "follow_up.record", case, at=at)
    demand(
        why_not_leave_as_it_is(follow_up, by=by, at=at),
        [] if reason.strip() else [Violation("reason.missing", field="reason")],
    )
    with signed(by=by, reason="follow_up.left", at=at):
        follow_up.reply = DissatisfiedReply.LEFT
        follow_up.reply_reason = state_words(case, StatementKind.REASON, reason, by=by, at=at)
        follow_up.save()
    return follow_up
