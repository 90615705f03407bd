"""Deadlines as rows: when each began, when it is due, and why."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from casemgmt.ledger import History


class ClockQuerySet(models.QuerySet):
    """How clocks are asked for."""

    def running(self):
        """Clocks that nothing has stopped or paused."""
        return self.filter(stopped_at__isnull=True, paused_at__isnull=True)

    def overdue(self, at):
        """Running clocks that were due before the instant `at`."""
        return self.running().filter(due_at__lt=at)


class Clock(models.Model):
    """One deadline of a case. It equals the function of its events and of the policy row it names.

    `first_due_at` stays shown for ever. `next_level_at` and `next_level` tell the sweep when the next
    escalation step of the policy falls due, so that a tick costs nothing when nothing is late.
    `working` keeps the inputs that made `due_at`: the rows of calendar and escalation, and the clocks of merged
    cases. `days_policy_id` is the edition of the calendar whose holidays count; its hours stay those of the start.
    A clock of an outside route names it; so does one that waits for requested evidence, and one of a return.
    """

    class Kind(models.TextChoices):
        """The clocks that the code itself asks about; policies may add any other."""

        FIRST_RESPONSE = "first_response", _("first response")
        RESOLUTION = "resolution", _("resolution")
        STATUTORY = "statutory_15_days", _("statutory 15 days")

    case = models.ForeignKey("complaints.Complaint", models.PROTECT, related_name="clocks", verbose_name=_("case"))
    kind = models.CharField(_("clock"), max_length=40)
    round = models.PositiveSmallIntegerField(_("round"), default=1, help_text=_("Grows when the case is reopened."))
    policy_id = models.BigIntegerField(_("policy"))
    days_policy_id = models.BigIntegerField(_("edition of the calendar's days"))
    started_on = models.CharField(_("started by"), max_length=40, default="case.registered")
    route = models.ForeignKey(
        "complaints.ExternalRoute", models.PROTECT, related_name="clocks", verbose_name=_("outside route"), null=True
    )
    evidence_request = models.ForeignKey(
        "complaints.EvidenceRequest",
        models.PROTECT,
        related_name="clocks",
        verbose_name=_("request for evidence"),
        null=True,
    )
    return_request = models.ForeignKey(
        "complaints.ReturnRequest", models.PROTECT, related_name="clocks", verbose_name=_("return"), null=True
    )
    started_at = models.DateTimeField(_("started at"))
    due_at = models.DateTimeField(_("due at"))
    first_due_at = models.DateTimeField(_("first due at"))
    warn_at = models.DateTimeField(_("warn at"), null=True)
    warned_at = models.DateTimeField(_("warned at"), null=True)
    paused_at = models.DateTimeField(_("paused at"), null=True)
    stopped_at = models.DateTimeField(_("stopped at"), null=True)
    stopped_late = models.BooleanField(_("stopped late"), null=True)
    next_level = models.PositiveSmallIntegerField(_("next escalation level"), null=True)
    next_level_at = models.DateTimeField(_("next escalation at"), null=True)
    provisional = models.BooleanField(_("provisional calendar"), default=False)
    working = models.JSONField(_("how it was worked out"), default=dict)

    objects = ClockQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = _("clock")
        verbose_name_plural = _("clocks")
        ordering = ["due_at", "pk"]
        indexes = [
            models.Index(
                fields=["next_level_at", "id"],
                condition=models.Q(stopped_at__isnull=True, paused_at__isnull=True, next_level_at__isnull=False),
                name="clocks_to_escalate",
            ),
            models.Index(
                fields=["warn_at", "id"],
                condition=models.Q(stopped_at__isnull=True, warned_at__isnull=True, warn_at__isnull=False),
                name="clocks_to_warn",
            ),
            models.Index(
                fields=["warn_at", "due_at"],
                condition=models.Q(stopped_at__isnull=True, paused_at__isnull=True),
                name="running_clocks_by_warning",
            ),
            models.Index(
                fields=["days_policy_id", "id"],
                condition=models.Q(stopped_at__isnull=True),
                name="running_clocks_by_calendar",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["case", "kind", "round"], name="clock_once_a_round"),
            models.CheckConstraint(
                name="clock_due_after_its_start", condition=models.Q(due_at__gte=models.F("started_at"))
            ),
        ]

    def __str__(self):
        return str(dict(self.Kind.choices).get(self.kind, self.kind))
