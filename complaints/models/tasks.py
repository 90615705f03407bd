"""What other departments do for a case (S-ESC-06, 07)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from casemgmt.ledger import History
from casemgmt.people.models import Department
from casemgmt.stateful import StateField, Stateful
from complaints.states import TaskState


class DepartmentTask(Stateful):
    """Something a department is to do for a case, with an answer."""

    case = models.ForeignKey("complaints.Complaint", models.PROTECT, related_name="tasks", verbose_name=_("case"))
    made_for = models.ForeignKey(
        "complaints.Complaint",
        models.PROTECT,
        related_name="+",
        verbose_name=_("case it was made for"),
        help_text=_("Differs from the case after a merge."),
    )
    state = StateField(_("state"), choices=TaskState, default=TaskState.OPEN)
    department = models.ForeignKey(Department, models.PROTECT, related_name="tasks", verbose_name=_("department"))
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="tasks", verbose_name=_("assignee"), null=True
    )
    what = models.ForeignKey("complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("task"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made at"))
    due_at = models.DateTimeField(_("due at"))
    warned_at = models.DateTimeField(_("warned at"), null=True)
    escalation = models.ForeignKey(
        "complaints.Escalation",
        models.PROTECT,
        related_name="tasks",
        verbose_name=_("escalation"),
        null=True,
        help_text=_("The escalation whose answer gave it."),
    )
    result = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("result"), null=True
    )
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("done by"), null=True
    )
    done_at = models.DateTimeField(_("done at"), null=True)

    history = History()

    class Meta:
        verbose_name = _("department task")
        verbose_name_plural = _("department tasks")
        ordering = ["due_at", "pk"]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=models.Q(state=TaskState.OPEN), name="tasks_to_be_done")
        ]
        constraints = [
            models.CheckConstraint(
                name="task_done_with_a_result",
                condition=~models.Q(state=TaskState.DONE)
                | models.Q(result__isnull=False, done_by__isnull=False, done_at__isnull=False),
            )
        ]

    @transition(field=state, source=TaskState.OPEN, target=TaskState.DONE)
    def finish(self, *, by, at, result):
        """Done, with what came of it."""
        self.done_by = by
        self.done_at = at
        self.result = result

    @transition(field=state, source=TaskState.OPEN, target=TaskState.CANCELLED)
    def cancel(self, *, reason):
        """No longer needed, and why."""
        self.result = reason
