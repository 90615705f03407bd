"""Celery: every minute a doorbell. What is due stands in the database, so a lost ring is only a later ring."""

import gc
import logging
import os

from celery import Celery, Task
from celery.signals import setup_logging, worker_process_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casemgmt.settings")

logger = logging.getLogger(__name__)

# The sweeps by the name under which they note their runs, and the task that runs them.
SWEEPS = {
    "escalate_overdue": "complaints.tasks.escalate_overdue",
    "close_escalations": "complaints.tasks.close_escalations",
    "remind_of_escalations": "complaints.tasks.remind_of_escalations",
    "warn_of_tasks": "complaints.tasks.warn_of_tasks",
    "put_follow_ups_on_lists": "complaints.tasks.put_follow_ups_on_lists",
    "send_follow_ups": "complaints.tasks.send_follow_ups",
    "owe_progress": "complaints.tasks.owe_progress",
    "keep_in_touch": "complaints.tasks.keep_in_touch",
    "remind_of_quiet_customers": "complaints.tasks.remind_of_quiet_customers",
    "note_dispatches": "complaints.tasks.note_dispatches",
    "warn_of_commitments": "complaints.tasks.warn_of_commitments",
    "warn_of_clocks": "complaints.tasks.warn_of_clocks",
    "warn_of_payments": "complaints.tasks.warn_of_payments",
    "remind_of_refund_only": "complaints.tasks.remind_of_refund_only",
    "end_capped_pauses": "complaints.tasks.end_capped_pauses",
    "remind_of_pauses": "complaints.tasks.remind_of_pauses",
    "remind_of_requests": "complaints.tasks.remind_of_requests",
    "recompute_clocks": "complaints.tasks.recompute_clocks",
    "give_up_evidence_requests": "complaints.tasks.give_up_evidence_requests",
    "advise_of_routes": "complaints.tasks.advise_of_routes",
    "remind_of_routes": "complaints.tasks.remind_of_routes",
    "remind_of_reviews": "complaints.tasks.remind_of_reviews",
    "assign_waiting": "complaints.tasks.assign_waiting",
    "remind_of_handovers": "complaints.tasks.remind_of_handovers",
    "tell_of_absences": "complaints.tasks.tell_of_absences",
    "scan_evidence": "complaints.tasks.scan_evidence",
    "verify_evidence": "complaints.tasks.verify_evidence",
    "register_imports": "complaints.tasks.register_imports",
    "run_bulk_runs": "complaints.tasks.run_bulk_runs",
    "run_policy_dry_runs": "policies.tasks.run_policy_dry_runs",
    "remind_of_policy_reviews": "policies.tasks.remind_of_policy_reviews",
    "relay_outbox": "casemgmt.tasks.relay_outbox",
}
# What is asked every minute too, but has something to do once a day; being idle is no sign of anything.
DAILY = {"check_ledger": "casemgmt.tasks.check_ledger"}
EVERY_MINUTE = 60.0
BIGGEST_KEY = 2**63 - 1


class KeysOnlyTask(Task):
    """A task that takes nothing but keys of rows.

    Anything else – a word, nothing, a negative number, the arguments of an older release – is logged and dropped:
    trying it again could never help.
    """

    def __call__(self, *args, **kwargs):
        if kwargs or not all(type(key) is int and 0 < key <= BIGGEST_KEY for key in args):
            logger.error("dropped %s: its arguments are no keys of rows", self.name)
            return None
        try:
            self.__header__(*args)
        except TypeError:
            logger.error("dropped %s: it takes another number of keys than %s", self.name, len(args))
            return None
        return super().__call__(*args)


app = Celery("casemgmt", task_cls=KeysOnlyTask)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(
    accept_content=["json"],
    task_serializer="json",
    result_serializer="json",
    task_ignore_result=True,
    task_store_errors_even_if_ignored=False,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_time_limit=600,
    task_soft_time_limit=540,
    task_publish_retry=False,
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    worker_cancel_long_running_tasks_on_connection_loss=True,
    broker_connection_retry_on_startup=True,
    broker_connection_timeout=2,
    broker_transport_options={
        "visibility_timeout": 900,
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
        "socket_timeout": 5,
        "socket_connect_timeout": 2,
        "retry_on_timeout": False,
        "max_retries": 0,
    },
    beat_scheduler="casemgmt.beating:HeardScheduler",
    timezone="UTC",
    beat_schedule={
        name: {"task": task, "schedule": EVERY_MINUTE, "options": {"expires": 55}}
        for name, task in (SWEEPS | DAILY).items()
    },
)
app.autodiscover_tasks()


@setup_logging.connect
def keep_the_logging_of_the_settings(**_kwargs):
    """Celery would put its own handlers beside ours; connecting anything here stops it."""


@worker_process_init.connect
def leave_what_stands_out_of_every_search_for_garbage(**_kwargs):
    """A sweep makes tens of thousands of rows; each search would go through all that was imported, for nothing."""
    gc.collect()
    gc.freeze()
