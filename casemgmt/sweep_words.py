"""What the sweeps are called on pages."""

from django.utils.translation import gettext_lazy as _

SWEEP_LABELS = {
    "escalate_overdue": _("Escalate overdue cases"),
    "close_escalations": _("Close escalations whose cause is gone"),
    "remind_of_escalations": _("Remind of escalations that nobody took note of"),
    "warn_of_tasks": _("Warn of tasks of departments"),
    "put_follow_ups_on_lists": _("Put follow-up calls on lists"),
    "warn_of_commitments": _("Warn of promises"),
    "warn_of_clocks": _("Warn of deadlines"),
    "warn_of_payments": _("Warn of payments"),
    "remind_of_refund_only": _("Remind of refund-only requests"),
    "end_capped_pauses": _("End pauses at their cap"),
    "remind_of_pauses": _("Remind of pauses"),
    "remind_of_requests": _("Remind of requests that wait"),
    "recompute_clocks": _("Recompute deadlines"),
    "give_up_evidence_requests": _("Give up evidence requests"),
    "advise_of_routes": _("Advise of official routes"),
    "remind_of_routes": _("Remind of outside routes"),
    "remind_of_reviews": _("Remind of public reviews"),
    "scan_evidence": _("Scan evidence for malware"),
    "verify_evidence": _("Compare stored evidence"),
    "register_imports": _("Register imports"),
    "run_bulk_runs": _("Change many cases"),
    "run_policy_dry_runs": _("Dry runs of policies"),
    "remind_of_policy_reviews": _("Remind of policy reviews"),
    "relay_outbox": _("Send messages"),
}
