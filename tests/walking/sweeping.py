"""Everything that beat rings for on cases, in the order of its tasks."""

from datetime import datetime

from complaints.actions import (
    advising,
    awaiting,
    bulk_running,
    climbing,
    overdue,
    recomputing,
    reminding_of_handovers,
    reminding_of_returns,
    reminding_of_routes,
    sharing_out,
    sweeping,
    waiting_requests,
)

SWEEPS = (
    overdue.escalate_overdue,
    climbing.climb_escalations,
    overdue.close_escalations,
    sweeping.put_follow_ups_on_lists,
    sweeping.warn_of_commitments,
    sweeping.warn_of_clocks,
    sweeping.warn_of_payments,
    reminding_of_returns.remind_of_refund_only,
    sweeping.end_capped_pauses,
    awaiting.remind_of_pauses,
    waiting_requests.remind_of_requests,
    recomputing.recompute_clocks,
    sweeping.give_up_evidence_requests,
    advising.advise_of_routes,
    reminding_of_routes.remind_of_routes,
    reminding_of_routes.remind_of_reviews,
    sharing_out.assign_waiting,
    reminding_of_handovers.remind_of_handovers,
    reminding_of_handovers.tell_of_absences,
    bulk_running.run_all,
)


def sweep_everything(at: datetime) -> None:
    """One tick. What a pause that ended lets run again may be overdue at once, so the levels come a second time."""
    for sweep in (*SWEEPS, overdue.escalate_overdue, overdue.close_escalations):
        sweep(at)
