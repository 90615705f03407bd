"""Waiting with a reason, for somebody, not longer than the cap; clocks stop where the policy lets them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casemgmt.ledger import History
from casemgmt.stateful import Stateful
from complaints.vocabulary import PauseCategory, PauseEnd, Side


class Pause(Stateful):
    """A span in which we wait. It ends by an answer, by hand, or at its cap, whichever comes first.

    `remind_at` tells the sweep when the next step of the policy's ladder of reminders falls due.
    """

    case = models.ForeignKey("complaints.Complaint", models.PROTECT, related_name="pauses", verbose_name=_("case"))
    category = models.CharField(_("category"), max_length=24, choices=PauseCategory)
    reason = models.ForeignKey("complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("reason"))
    asked_of = models.CharField(_("waiting for"), max_length=12, choices=Side)
    asked_what = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("what was asked")
    )
    began_at = models.DateTimeField(_("since"))
    cap_at = models.DateTimeField(_("at most until"))
    ended_at = models.DateTimeField(_("ended at"), null=True)
    end_cause = models.CharField(_("how it ended"), max_length=20, choices=PauseEnd, blank=True)
    evidence_request = models.ForeignKey(
        "complaints.EvidenceRequest",
        models.PROTECT,
        related_name="pauses",
        verbose_name=_("request that is waited for"),
        null=True,
    )
    remind_at = models.DateTimeField(_("next reminder at"), null=True, editable=False)
    reminders = models.PositiveSmallIntegerField(_("reminders so far"), default=0)
    began_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("begun by"))
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("ended by"), null=True
    )
    policy_id = models.BigIntegerField(_("policy"))

    history = History(excluded_fields=["remind_at"])

    class Meta:
        verbose_name = _("pause")
        verbose_name_plural = _("pauses")
        ordering = ["began_at", "pk"]
        indexes = [
            models.Index(fields=["cap_at"], condition=models.Q(ended_at__isnull=True), name="open_pauses"),
            models.Index(
                fields=["remind_at", "id"],
                condition=models.Q(ended_at__isnull=True, remind_at__isnull=False),
                name="pauses_to_remind_of",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(ended_at__isnull=True), name="one_pause_at_a_time"
            ),
            models.CheckConstraint(
                name="pause_runs_forward",
                condition=models.Q(cap_at__gt=models.F("began_at"))
                & (models.Q(ended_at__isnull=True) | models.Q(ended_at__gte=models.F("began_at"))),
            ),
            models.CheckConstraint(
                name="pause_ends_for_a_cause",
                condition=models.Q(ended_at__isnull=True, end_cause="")
                | (models.Q(ended_at__isnull=False) & ~models.Q(end_cause="")),
            ),
        ]
