"""What was learnt from a case, and what will be different (S-CLO)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from casemgmt.ledger import History
from casemgmt.stateful import StateField, Stateful
from complaints.states import TaskState
from complaints.vocabulary import MeasureKind


class CaseSummary(models.Model):
    """The summary of a case: experience, cause, flow (S-CLO-01). After a reopening a new one is written."""

    case = models.ForeignKey("complaints.Complaint", models.PROTECT, related_name="summaries", verbose_name=_("case"))
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    lesson = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("what was learnt")
    )
    root_cause = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("root cause")
    )
    process = models.ForeignKey(
        "complaints.Statement",
        models.PROTECT,
        related_name="+",
        verbose_name=_("what to improve in the flow"),
        null=True,
    )
    difficulty = models.ForeignKey(
        "complaints.Statement",
        models.PROTECT,
        related_name="+",
        verbose_name=_("difficulties met while handling"),
        null=True,
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("written by")
    )
    written_at = models.DateTimeField(_("written at"))

    history = History()

    class Meta:
        verbose_name = _("summary")
        verbose_name_plural = _("summaries")
        ordering = ["written_at", "pk"]


class ImprovementAction(Stateful):
    """A measure against recurrence, or the reason why none is needed; it exists before the case closes."""

    case = models.ForeignKey(
        "complaints.Complaint", models.PROTECT, related_name="improvements", verbose_name=_("case")
    )
    state = StateField(_("state"), choices=TaskState, default=TaskState.OPEN)
    kind = models.CharField(_("kind"), max_length=20, choices=MeasureKind)
    what = models.ForeignKey("complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("measure"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="improvements", verbose_name=_("owner")
    )
    person_concerned = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("member of staff concerned"),
        null=True,
    )
    due_on = models.DateField(_("due on"), null=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("set by"))
    set_at = models.DateTimeField(_("set at"))
    result = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("result"), null=True
    )

    history = History()

    class Meta:
        verbose_name = _("improvement action")
        verbose_name_plural = _("improvement actions")
        ordering = ["set_at", "pk"]

    @transition(field=state, source=TaskState.OPEN, target=TaskState.DONE)
    def finish(self, *, result):
        """Carried out."""
        self.result = result

    @transition(field=state, source=TaskState.OPEN, target=TaskState.CANCELLED)
    def cancel(self, *, result):
        """Given up, and why."""
        self.result = result
