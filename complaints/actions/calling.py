"""Calling a customer: what came of it in one click, and when to call again within the rules (S-COM-11 to 13)."""

from datetime import datetime

from django.db import transaction

from complaints.actions.contacting import record_contact
from complaints.actions.following_up import record_attempt
from complaints.actions.reaching import calls_to, wish_of
from complaints.models import Complaint, Contact, FollowUpCall
from complaints.rules.calling_again import Following, Proposal, end_of_call, following, propose
from complaints.rules.contacting import CALLS
from complaints.states import FollowUpState
from complaints.vocabulary import Channel, ContactOutcome, ContactPurpose, Direction
from policies.lookup import attempt_ladder_in_force, calling_window_in_force, working_time_in_force


def follow_up_to_call(case: Complaint) -> FollowUpCall | None:
    """The follow-up by phone that stands on the list now; a call to this customer is an attempt at it."""
    return case.follow_ups.filter(state=FollowUpState.DUE, channel=Channel.PHONE).first()


def proposed_call(case: Complaint, *, at: datetime) -> Proposal:
    """When to call next if a call made now is not answered."""
    window = calling_window_in_force(at)
    return propose(at, window, calls_to(case, window), wish=wish_of(case.customer))


FAILED = (
    ContactOutcome.NO_ANSWER,
    ContactOutcome.BUSY,
    ContactOutcome.SWITCHED_OFF,
    ContactOutcome.CALL_LATER,
    ContactOutcome.WRONG_NUMBER,
    ContactOutcome.DECLINED,
)
"""Outcomes of a call in which nothing could be talked about."""


def failed_in_a_row(case: Complaint) -> int:
    """How many calls on this case failed since somebody last talked with the customer."""
    calls = case.contacts.filter(direction=Direction.OUTGOING, channel__in=CALLS).order_by("-occurred_at", "-pk")
    count = 0
    for outcome in calls.values_list("outcome", flat=True):
        if outcome not in FAILED:
            break
        count += 1
    return count


def what_follows(case: Complaint, *, at: datetime, without: int | None = None) -> dict[str, Following]:
    """What the policy says to do after a call made at `at`, by its outcome; `without` is the started call itself."""
    window, ladder = calling_window_in_force(at), attempt_ladder_in_force(at)
    calls = calls_to(case, window, without=without)
    attempt = failed_in_a_row(case) + 1
    waited = working_time_in_force(at, ladder.calendar).after
    wish = wish_of(case.customer)
    return {
        outcome: following(outcome, attempt, end_of_call(at), ladder, window, calls, wish=wish, waited=waited)
        for outcome in FAILED
    }


@transaction.atomic
def record_call(
    case_id: int,
    *,
    by,
    at: datetime,
    outcome: str,
    words: str = "",
    purpose: str = ContactPurpose.GENERAL,
    call_again_at: datetime | None = None,
    **draft,
) -> Contact | FollowUpCall:
    """Record a call of ours and what came of it; the attempt at a follow-up when one by phone is due.

    `call_again_at` plans the next call: the caller is told when it comes, and a follow-up moves there. Further
    fields are those of ContactDraft. A second call writes a second row.
    """
    case = Complaint.objects.locked(pk=case_id)
    follow_up = follow_up_to_call(case)
    if follow_up is not None:
        return record_attempt(
            follow_up.pk, by=by, at=at, outcome=outcome, words=words, call_again_at=call_again_at, **draft
        )
    return record_contact(
        case_id,
        by=by,
        at=at,
        channel=Channel.PHONE,
        direction=Direction.OUTGOING,
        outcome=outcome,
        words=words,
        purpose=purpose,
        call_again_at=call_again_at,
        **draft,
    )
