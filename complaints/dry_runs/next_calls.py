"""When customers are called next under a draft: follow-ups on the list, the next try, and calls that need a plan."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db.models import Min

from complaints.actions.calling import FAILED
from complaints.actions.planning_calls import why_plan_needed
from complaints.actions.reaching import wish_of
from complaints.dry_runs.effects import counts_moved, moments_moved, offers_moved, waits_moved
from complaints.dry_runs.talks import CallsOfBatch
from complaints.models import CallPlan, CompensationGrant, Complaint, Contact, FollowUpCall, ScheduledCall
from complaints.rules.calling_again import Following, end_of_call, following
from complaints.rules.contacting import CALLS
from complaints.rules.following_up import next_slot, policy_for
from complaints.states import OPEN, FollowUpState, GrantState
from complaints.vocabulary import Channel, ContactPurpose, Direction
from policies.dry_running import Comparison, Effect
from policies.in_force import PoliciesInForce, PolicyBook
from policies.values import FollowUpPolicy

WAITING = (FollowUpState.SCHEDULED, FollowUpState.DUE)
THE_HOUSE = "default"


def _books(comparison: Comparison) -> tuple[PolicyBook, PolicyBook]:
    return comparison.before, comparison.after


def follow_ups_moved(comparison: Comparison, case_ids: Sequence[int]) -> Iterator[Effect]:
    """Each follow-up that waits whose first call the draft moves, or that would be tried more or less often.

    A moment that somebody chose, and the next try after a failed one, do not hang on this policy.
    """
    waiting = FollowUpCall.objects.filter(case_id__in=case_ids, state__in=WAITING)
    calls = list(waiting.select_related("case__customer").order_by("case_id", "pk"))
    written, made = _written_at(calls), CallsOfBatch([call.case for call in calls])
    paid = CompensationGrant.objects.filter(case_id__in=[call.case_id for call in calls], state=GrantState.PAID)
    refunded = set(paid.values_list("case_id", flat=True))
    for call in calls:
        made_at = written[call.pk]
        rows = [_row_for(call, book.on(made_at), refunded) for book in _books(comparison)]
        if comparison.key not in {row.code for row in rows if row is not None}:
            continue
        if rows[0] is not None and call.attempts_max == rows[0].attempts_max and rows[1] is not None:
            yield from counts_moved(call.case, "follow_up", rows[0].attempts_max, rows[1].attempts_max)
        slots = [
            _first_slot(call, row, book.on(made_at), made_at, made)
            for row, book in zip(rows, _books(comparison), strict=True)
        ]
        if call.state == FollowUpState.SCHEDULED and not call.missed and call.scheduled_for == slots[0]:
            yield from moments_moved(call.case, "follow_up", *slots)


def _written_at(calls: Sequence[FollowUpCall]) -> dict[int, datetime]:
    versions = FollowUpCall.history.filter(id__in=[call.pk for call in calls]).order_by()
    return dict(versions.values_list("id").annotate(first=Min("history_at")))


def _row_for(call: FollowUpCall, policies: PoliciesInForce, refunded: set[int]) -> FollowUpPolicy | None:
    """The row that this book follows the case up by; None before there was any."""
    if THE_HOUSE not in policies.follow_ups:
        return None
    return policy_for(policies.follow_ups, outcome=call.case.outcome or "", refunded=call.case_id in refunded)


def _first_slot(
    call: FollowUpCall,
    policy: FollowUpPolicy | None,
    policies: PoliciesInForce,
    made_at: datetime,
    made: CallsOfBatch,
) -> datetime | None:
    window = policies.calling_windows.get(THE_HOUSE)
    if policy is None or window is None:
        return None
    earliest = policies.working_time(policy.calendar).after(made_at, policy.delay)
    earlier = made.before(made_at, call.case, window)
    slot = next_slot(earliest, window, earlier, channel=call.channel, wish=wish_of(call.case.customer))
    return slot and slot.opens_at


def next_tries_moved(comparison: Comparison, case_ids: Sequence[int]) -> Iterator[Effect]:
    """Each open case whose newest call failed, and after which the draft would do something else, or later."""
    if comparison.key != THE_HOUSE:
        return
    by_case = _calls_of(case_ids)
    made = CallsOfBatch([calls[-1].case for calls in by_case.values()])
    for calls in by_case.values():
        if calls[-1].outcome not in FAILED:
            continue
        attempt = next((n for n, call in enumerate(reversed(calls)) if call.outcome not in FAILED), len(calls))
        found = [_what_follows(calls[-1], attempt, book, made) for book in _books(comparison)]
        deeds = [[follows.deed] if follows and follows.deed else [] for follows in found]
        yield from offers_moved(calls[-1].case, "after_the_call", *deeds)
        if deeds[0] == deeds[1]:
            yield from moments_moved(calls[-1].case, "next_try", *(follows and follows.at for follows in found))


def _calls_of(case_ids: Sequence[int]) -> dict[int, list[Contact]]:
    made = Contact.objects.filter(
        case_id__in=case_ids, case__state__in=OPEN, direction=Direction.OUTGOING, channel__in=CALLS
    )
    found: dict[int, list[Contact]] = {}
    for call in made.select_related("case__customer").order_by("case_id", "occurred_at", "pk"):
        found.setdefault(call.case_id, []).append(call)
    return found


def _what_follows(call: Contact, attempt: int, book: PolicyBook, made: CallsOfBatch) -> Following | None:
    policies = book.on(call.occurred_at)
    window, ladder = policies.calling_windows.get(THE_HOUSE), policies.attempt_ladders.get(THE_HOUSE)
    if window is None or ladder is None:
        return None
    earlier = made.before(call.occurred_at, call.case, window)
    waited = policies.working_time(ladder.calendar).after
    wish, ends_at = wish_of(call.case.customer), end_of_call(call.occurred_at)
    return following(call.outcome, attempt, ends_at, ladder, window, earlier, wish=wish, waited=waited)


def plans_of_calls_judged(comparison: Comparison, case_ids: Sequence[int]) -> Iterator[Effect]:
    """Each open case with a call on its calendar that would need a plan first, or none any more."""
    if comparison.key != THE_HOUSE:
        return
    purposes: dict[int, set[str]] = {}
    for case_id, purpose in ScheduledCall.objects.filter(case_id__in=case_ids, ended_at=None).values_list(
        "case_id", "purpose"
    ):
        purposes.setdefault(case_id, set()).add(purpose)
    called_back = FollowUpCall.objects.filter(case_id__in=case_ids, state__in=WAITING, channel=Channel.PHONE)
    for case_id in called_back.values_list("case_id", flat=True):
        purposes.setdefault(case_id, set()).add(ContactPurpose.FOLLOW_UP)
    planned = set(CallPlan.objects.filter(case_id__in=purposes).values_list("case_id", flat=True))
    for case in Complaint.objects.filter(pk__in=purposes.keys() - planned, state__in=OPEN).order_by("pk"):
        rows = [book.on(comparison.at).call_plans.get(comparison.key) for book in _books(comparison)]
        needed = [
            [f"plan.{why}" for purpose in sorted(purposes[case.pk]) for why in why_plan_needed(case, purpose, row)]
            if row
            else []
            for row in rows
        ]
        yield from waits_moved(case, "call_plan", needed)
