"""Calls under a draft: which of those made or planned would break a rule, and which no more."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from complaints.actions.reaching import calls_to_each, wish_of
from complaints.dry_runs.effects import blocks_moved
from complaints.models import Complaint, Contact, FollowUpCall
from complaints.rules.contacting import CALLS
from complaints.states import FollowUpState
from complaints.vocabulary import Direction
from policies.dry_running import Comparison, Effect
from policies.rules.calling import violations_in_call
from policies.values import CallingWindow

PLANNED = (FollowUpState.SCHEDULED, FollowUpState.DUE)


def calls_judged(comparison: Comparison, case_ids: Sequence[int]) -> Iterator[Effect]:
    """Each call that was made, and each that is planned, which another window would forbid or allow."""
    made = Contact.objects.filter(case_id__in=case_ids, direction=Direction.OUTGOING, channel__in=CALLS)
    made = list(made.select_related("case__customer").order_by("case_id", "pk"))
    planned = FollowUpCall.objects.filter(case_id__in=case_ids, state__in=PLANNED, channel__in=CALLS)
    planned = list(planned.select_related("case__customer").order_by("case_id", "pk"))
    calls = CallsOfBatch([row.case for row in (*made, *planned)])
    for call in made:
        yield from _judged(comparison, calls, call.case, call.occurred_at, "call")
    for call in planned:
        yield from _judged(comparison, calls, call.case, call.scheduled_for, "follow_up")


class CallsOfBatch:
    """When the customers of these cases were called, read once for each way of counting."""

    def __init__(self, cases: Sequence[Complaint]):
        self._cases = {case.pk: case for case in cases}
        self._read: dict[tuple[str, ...], dict[int, list[datetime]]] = {}

    def before(self, at: datetime, case: Complaint, window: CallingWindow) -> list[datetime]:
        """The calls to the customer of the case before `at`, as this window counts them."""
        counted = tuple(window.counted_channels)
        if counted not in self._read:
            self._read[counted] = calls_to_each(self._cases.values(), window)
        return [call for call in self._read[counted][case.pk] if call < at]


def _judged(comparison, calls: CallsOfBatch, case, at, name) -> Iterator[Effect]:
    found = []
    for book in (comparison.before, comparison.after):
        window = book.on(at).calling_windows.get(comparison.key)
        earlier = [] if window is None else calls.before(at, case, window)
        broken = () if window is None else violations_in_call(at, window, earlier, wish=wish_of(case.customer))
        found.append(sorted({violation.code for violation in broken}))
    yield from blocks_moved(case, name, found)
