"""Words that a waiting customer is owed: each working day while another department works (S-SLA-09, S-TRA-02, 03)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casemgmt.ledger import History


class ProgressNotice(models.Model):
    """A message of progress that fell due while a department was asked to do something for the case.

    At most one of a case is open. `due_at` is when the first day fell due, `days` how many working days it
    covers by now: after ten days without a word the customer gets one message, not ten. It ends with the exchange
    that told the customer (`contact`), or without one when nobody is waited for any more (`dropped_at`).
    """

    case = models.ForeignKey(
        "complaints.Complaint", models.PROTECT, related_name="progress_notices", verbose_name=_("case")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="progress_notices", verbose_name=_("on the list of")
    )
    due_at = models.DateTimeField(_("due at"))
    made_at = models.DateTimeField(_("noticed at"))
    next_at = models.DateTimeField(_("next day at"), editable=False)
    remind_at = models.DateTimeField(_("reminded at"), null=True, editable=False)
    days = models.PositiveSmallIntegerField(_("working days covered"), default=1)
    contact = models.ForeignKey(
        "complaints.Contact", models.PROTECT, related_name="progress_notices", verbose_name=_("contact"), null=True
    )
    told_at = models.DateTimeField(_("told at"), null=True)
    dropped_at = models.DateTimeField(_("no longer due since"), null=True)
    policy_id = models.BigIntegerField(_("policy"))

    history = History(excluded_fields=["next_at", "remind_at"])

    class Meta:
        verbose_name = _("message of progress")
        verbose_name_plural = _("messages of progress")
        ordering = ["due_at", "pk"]
        indexes = [
            models.Index(
                fields=["owner", "due_at"],
                condition=models.Q(told_at__isnull=True, dropped_at__isnull=True),
                name="progress_to_tell",
            ),
            models.Index(
                fields=["next_at", "id"],
                condition=models.Q(told_at__isnull=True, dropped_at__isnull=True),
                name="progress_next_day",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(told_at__isnull=True, dropped_at__isnull=True),
                name="one_progress_at_a_time",
            ),
            models.CheckConstraint(
                name="progress_told_by_a_contact",
                condition=models.Q(told_at__isnull=True, contact__isnull=True)
                | models.Q(told_at__isnull=False, contact__isnull=False, dropped_at__isnull=True),
            ),
            models.CheckConstraint(
                name="progress_noticed_when_due", condition=models.Q(made_at__gte=models.F("due_at"), days__gte=1)
            ),
        ]

    def __str__(self):
        return f"{self.case_id} {self.due_at:%Y-%m-%d}"
