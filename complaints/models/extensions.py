"""More time for a clock: asked for with a reason, decided by somebody else."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from casemgmt.ledger import History
from casemgmt.people.models.guards import decided_by_two
from casemgmt.stateful import StateField, Stateful
from complaints.models.case_guards import not_by_a_subject
from complaints.states import ExtensionState

E = ExtensionState


class ClockExtension(Stateful):
    """A request for more time. Whoever asks does not decide; the database says so too.

    `amount` is in the unit of the clock's length. `policy_id` is the row of the clock whose terms allowed it.
    """

    case = models.ForeignKey("complaints.Complaint", models.PROTECT, related_name="extensions", verbose_name=_("case"))
    clock = models.ForeignKey("complaints.Clock", models.PROTECT, related_name="extensions", verbose_name=_("clock"))
    state = StateField(_("state"), choices=E, default=E.ASKED)
    amount = models.PositiveIntegerField(_("how much more"))
    reason = models.ForeignKey("complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("reason"))
    explanation = models.ForeignKey(
        "complaints.Statement",
        models.PROTECT,
        related_name="+",
        verbose_name=_("what the customer is told"),
        null=True,
    )
    policy_id = models.BigIntegerField(_("policy"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked at"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("decided by"), null=True
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    remark = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("remark"), null=True
    )

    history = History(
        guards=[*decided_by_two("decided_by", "asked_by", others_stay=True), not_by_a_subject("decided_by")]
    )

    class Meta:
        verbose_name = _("extension of a deadline")
        verbose_name_plural = _("extensions of deadlines")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(name="extension_adds_time", condition=models.Q(amount__gt=0)),
            models.CheckConstraint(
                name="extension_needs_two_people",
                condition=~models.Q(state__in=[E.APPROVED, E.REJECTED])
                | (
                    models.Q(decided_by__isnull=False, decided_at__isnull=False)
                    & ~models.Q(decided_by=models.F("asked_by"))
                ),
            ),
            models.UniqueConstraint(
                fields=["clock"], condition=models.Q(state=E.ASKED), name="one_extension_pending_a_clock"
            ),
        ]

    def __str__(self):
        return f"{self.case.case_number} · {self.clock}"

    @transition(field=state, source=E.ASKED, target=E.APPROVED)
    def approve(self, *, by, at, remark):
        """The second pair of eyes agrees."""
        self._decide(by, at, remark)

    @transition(field=state, source=E.ASKED, target=E.REJECTED)
    def reject(self, *, by, at, remark):
        """The date stands, and why."""
        self._decide(by, at, remark)

    @transition(field=state, source=E.ASKED, target=E.WITHDRAWN)
    def take_back(self):
        """The asker, or the course of the case, takes it back."""

    def _decide(self, by, at, remark):
        self.decided_by = by
        self.decided_at = at
        self.remark = remark
