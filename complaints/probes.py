"""What of the cases waits for a sweep, and what administrators keep an eye on; see `casemgmt.probing`."""

from django.utils.translation import gettext_lazy as _

from casemgmt.probing import Gauge, Probe, in_column, register_gauge, register_probe
from complaints.actions import causes
from complaints.actions.waiting_requests import late_requests
from complaints.models import (
    Clock,
    Commitment,
    CompensationGrant,
    DepartmentTask,
    Escalation,
    EvidenceRequest,
    FollowUpCall,
    Pause,
    SetAside,
)
from complaints.states import CommitmentState, EscalationState, EvidenceRequestState, FollowUpState, TaskState

PROBES = (
    Probe(
        "clock_levels",
        _("Deadlines to escalate"),
        in_column("next_level_at", lambda at: Clock.objects.running().filter(next_level_at__lt=at)),
    ),
    Probe(
        "clock_warnings",
        _("Deadlines to warn of"),
        in_column("warn_at", lambda at: Clock.objects.running().filter(warned_at__isnull=True, warn_at__lte=at)),
    ),
    Probe(
        "escalation_levels",
        _("Escalations to take further up"),
        in_column("next_level_at", lambda at: Escalation.objects.climbing().filter(next_level_at__lt=at)),
    ),
    Probe(
        "escalation_reminders",
        _("Escalations to remind of"),
        in_column("remind_at", lambda at: Escalation.objects.unnoticed().filter(remind_at__lte=at)),
    ),
    Probe(
        "tasks",
        _("Tasks of departments to take further up"),
        in_column(
            "due_at",
            lambda at: causes.unknown_higher_up(
                DepartmentTask.objects.filter(state=TaskState.OPEN, due_at__lt=at), causes.TASK, "due_at"
            ),
        ),
    ),
    Probe("requests", _("Requests to take further up"), late_requests),
    Probe(
        "payments",
        _("Payments to take further up"),
        in_column(
            "pay_by",
            lambda at: causes.unknown_higher_up(
                CompensationGrant.objects.filter(state__in=causes.UNPAID, pay_by__lt=at), causes.GRANT, "pay_by"
            ),
        ),
    ),
    Probe(
        "follow_ups",
        _("Follow-up calls to put on lists"),
        in_column(
            "scheduled_for",
            lambda at: FollowUpCall.objects.filter(state=FollowUpState.SCHEDULED, scheduled_for__lte=at),
        ),
    ),
    Probe(
        "commitments",
        _("Promises to call broken"),
        in_column("due_at", lambda at: Commitment.objects.filter(state=CommitmentState.OPEN, due_at__lt=at)),
    ),
    Probe(
        "pauses",
        _("Pauses to end"),
        in_column("cap_at", lambda at: Pause.objects.filter(ended_at__isnull=True, cap_at__lte=at)),
    ),
    Probe(
        "pause_reminders",
        _("Pauses to remind of"),
        in_column("remind_at", lambda at: Pause.objects.filter(ended_at__isnull=True, remind_at__lte=at)),
    ),
    Probe(
        "evidence_requests",
        _("Evidence requests to give up"),
        in_column("due_at", lambda at: EvidenceRequest.objects.filter(state=EvidenceRequestState.ASKED, due_at__lt=at)),
    ),
)
GAUGES = (
    Gauge(
        "set_aside",
        _("Rows set aside by sweeps"),
        lambda: SetAside.objects.all(),
        "admin:complaints_setaside_changelist",
        "complaints.view_setaside",
        is_bad=True,
    ),
    Gauge(
        "escalations_open",
        _("Escalations that nobody has taken up"),
        lambda: Escalation.objects.filter(state=EscalationState.OPEN),
        "admin:complaints_escalation_changelist",
        "complaints.view_escalation",
    ),
)


def register_all() -> None:
    """Register them; called once, when the app is ready."""
    for probe in PROBES:
        register_probe(probe)
    for gauge in GAUGES:
        register_gauge(gauge)
