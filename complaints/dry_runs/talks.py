"""Calls under a draft: which of those made or planned would break a rule, and which no more."""

from collections.abc import Iterator, Sequence

from complaints.actions.reaching import calls_to, wish_of
from complaints.dry_runs.effects import blocks_moved
from complaints.models import Contact, FollowUpCall
from complaints.rules.contacting import CALLS
from complaints.states import FollowUpState
from complaints.vocabulary import Direction
from policies.dry_running import Comparison, Effect
from policies.rules.calling import violations_in_call

PLANNED = (FollowUpState.SCHEDULED, FollowUpState.DUE)


def calls_judged(comparison: Comparison, case_ids: Sequence[int]) -> Iterator[Effect]:
    """Each call that was made, and each that is planned, which another window would forbid or allow."""
    made = Contact.objects.filter(case_id__in=case_ids, direction=Direction.OUTGOING, channel__in=CALLS)
    for call in made.select_related("case__customer").order_by("case_id", "pk"):
        yield from _judged(comparison, call.case, call.occurred_at, "call")
    planned = FollowUpCall.objects.filter(case_id__in=case_ids, state__in=PLANNED, channel__in=CALLS)
    for call in planned.select_related("case__customer").order_by("case_id", "pk"):
        yield from _judged(comparison, call.case, call.scheduled_for, "follow_up")


def _judged(comparison, case, at, name) -> Iterator[Effect]:
    found = []
    for book in (comparison.before, comparison.after):
        window = book.on(at).calling_windows.get(comparison.key)
        earlier = [] if window is None else [call for call in calls_to(case, window) if call < at]
        broken = () if window is None else violations_in_call(at, window, earlier, wish=wish_of(case.customer))
        found.append(sorted({violation.code for violation in broken}))
    yield from blocks_moved(case, name, found)
