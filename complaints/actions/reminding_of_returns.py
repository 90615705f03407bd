"""Requests for money without goods are decided before the day ends: whoever has the case hears of it in time."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from complaints.actions.batches import Tally, sweep_once
from complaints.actions.sweeping import tell_each
from complaints.models import ReturnRequest
from complaints.states import ReturnState
from policies.lookup import periods_in_force

REMIND = "remind_of_refund_only"


def remind_of_refund_only(at: datetime) -> Tally:
    """Remind of each once, so many minutes before its hour as the policy says; late ones too (S-SLA-10, WC-24).

    Of a case that nobody has taken its team's lead hears.
    """
    ahead = timedelta(minutes=periods_in_force(at).refund_only_warning_minutes)
    asked = ReturnRequest.objects.filter(state=ReturnState.ASKED, decide_by__isnull=False, decide_by__lte=at + ahead)
    rows = asked.order_by("decide_by", "pk").values_list(
        "pk", "case_id", "case__case_number", "case__handler_id", "case__team__lead_id"
    )

    def remind(found: Sequence[tuple]) -> None:
        told = [(*row[:3], row[3] or row[4]) for row in found]
        tell_each("notice.refund_only_due", told, at=at, key="decide")

    return sweep_once(REMIND, ReturnRequest, rows, remind, at=at, reason="clock.warned")
