"""The doorbells of the sweeps: they take no argument and decide nothing; what is due stands in the database."""

from celery import shared_task
from django.utils import timezone

from casemgmt import sweeps
from complaints.actions import (
    advising,
    asking_in_writing,
    awaiting,
    bulk_running,
    checking_evidence,
    climbing,
    dispatching,
    importing,
    keeping_in_touch,
    overdue,
    progress,
    quiet_customers,
    recomputing,
    reminding_of_escalations,
    reminding_of_handovers,
    reminding_of_returns,
    reminding_of_routes,
    scanning_evidence,
    sharing_out,
    sweeping,
    waiting_requests,
    watching_tasks,
)


def _run(name, sweep):
    at = timezone.now()
    with sweeps.recorded(name, at=at) as diary:
        diary.selected, diary.done, diary.error = sweep(at)


@shared_task
def escalate_overdue():
    """Twice is harmless: an escalation is one for ever per case, cause, level and due instant."""
    _run("escalate_overdue", lambda at: overdue.escalate_overdue(at) + climbing.climb_escalations(at))


@shared_task
def close_escalations():
    """Twice is harmless: what is closed waits no more."""
    _run("close_escalations", overdue.close_escalations)


@shared_task
def remind_of_escalations():
    """Twice is harmless: a reminder is one for ever per escalation and number."""
    _run("remind_of_escalations", reminding_of_escalations.remind_of_escalations)


@shared_task
def warn_of_tasks():
    """Twice is harmless: a task notes that it was warned of, and goes up once."""
    _run("warn_of_tasks", watching_tasks.warn_of_tasks)


@shared_task
def put_follow_ups_on_lists():
    """Twice is harmless: what stands on a list, or has moved to the next window, is not due again."""
    _run("put_follow_ups_on_lists", sweeping.put_follow_ups_on_lists)


@shared_task
def send_follow_ups():
    """Twice is harmless: what was asked is not due, and silence ends once."""
    _run("send_follow_ups", lambda at: asking_in_writing.end_silence(at) + asking_in_writing.send_follow_ups(at))


@shared_task
def owe_progress():
    """Twice is harmless: a case owes one message of progress at a time."""
    _run("owe_progress", progress.owe_progress)


@shared_task
def keep_in_touch():
    """Twice is harmless: a series notes of which moment its owner was told."""
    _run("keep_in_touch", keeping_in_touch.keep_in_touch)


@shared_task
def remind_of_quiet_customers():
    """Twice is harmless: each reminder has one key for ever."""
    _run("remind_of_quiet_customers", quiet_customers.remind_of_quiet_customers)


@shared_task
def note_dispatches():
    """Twice is harmless: a sending that says what the outbox says is left alone."""
    _run("note_dispatches", dispatching.note_dispatches)


@shared_task
def warn_of_commitments():
    """Twice is harmless: a promise notes that it was warned of, and a broken one is not open."""
    _run("warn_of_commitments", sweeping.warn_of_commitments)


@shared_task
def warn_of_clocks():
    """Twice is harmless: a clock notes that it was warned of."""
    _run("warn_of_clocks", sweeping.warn_of_clocks)


@shared_task
def warn_of_payments():
    """Twice is harmless: each notice has one key for ever, and a late payment goes up once."""
    _run("warn_of_payments", sweeping.warn_of_payments)


@shared_task
def remind_of_refund_only():
    """Twice is harmless: each notice has one key for ever."""
    _run("remind_of_refund_only", reminding_of_returns.remind_of_refund_only)


@shared_task
def end_capped_pauses():
    """Twice is harmless: a pause that has ended is not open."""
    _run("end_capped_pauses", sweeping.end_capped_pauses)


@shared_task
def remind_of_pauses():
    """Twice is harmless: a pause counts its reminders."""
    _run("remind_of_pauses", awaiting.remind_of_pauses)


@shared_task
def remind_of_requests():
    """Twice is harmless: each reminder has one key for ever, and a request goes up once."""
    _run("remind_of_requests", waiting_requests.remind_of_requests)


@shared_task
def recompute_clocks():
    """Twice is harmless: a clock that counts the newest days is not stale."""
    _run("recompute_clocks", recomputing.recompute_clocks)


@shared_task
def give_up_evidence_requests():
    """Twice is harmless: what was given up is not asked for any more."""
    _run("give_up_evidence_requests", sweeping.give_up_evidence_requests)


@shared_task
def advise_of_routes():
    """Twice is harmless: routes are owed once a case, and each notice has one key for ever."""
    _run("advise_of_routes", advising.advise_of_routes)


@shared_task
def remind_of_routes():
    """Twice is harmless: a route notes that it was warned of, and a late answer goes up once."""
    _run("remind_of_routes", reminding_of_routes.remind_of_routes)


@shared_task
def remind_of_reviews():
    """Twice is harmless: a review notes that it was warned of."""
    _run("remind_of_reviews", reminding_of_routes.remind_of_reviews)


@shared_task
def assign_waiting():
    """Twice is harmless: who has a case keeps it."""
    _run("assign_waiting", sharing_out.assign_waiting)


@shared_task
def remind_of_handovers():
    """Twice is harmless: a handover notes that it was reminded of, and each line goes up once."""
    _run("remind_of_handovers", reminding_of_handovers.remind_of_handovers)


@shared_task
def tell_of_absences():
    """Twice is harmless: an absence notes what was told."""
    _run("tell_of_absences", reminding_of_handovers.tell_of_absences)


@shared_task
def scan_evidence():
    """Twice is harmless: what the scanner has judged does not wait any more."""
    _run("scan_evidence", scanning_evidence.scan_waiting)


@shared_task
def verify_evidence():
    """Twice is harmless: it reads alone, and what it sweeps away has no row and lies there for a day."""
    _run("verify_evidence", checking_evidence.check_if_due)


@shared_task
def register_imports():
    """Twice is harmless: a row that is a case already is not registered again."""
    _run("register_imports", importing.register_staged)


@shared_task
def run_bulk_runs():
    """Twice is harmless: a case that was dealt with is not taken again."""
    _run("run_bulk_runs", bulk_running.run_all)


@shared_task
def run_bulk_run(run_id: int):
    """The doorbell of one run, so that nobody waits for the minute. Twice is harmless, as above."""
    bulk_running.run_lines(run_id, at=timezone.now())
