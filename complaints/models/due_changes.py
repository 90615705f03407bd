"""Every move of a deadline: from when to when, why, and by which policy. Nothing moves silently."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casemgmt.ledger import History
from complaints.vocabulary import DueChangeCause


class DueChange(models.Model):
    """One move of one clock. `policy_id` is the row behind it: of the calendar, or of the clock."""

    case = models.ForeignKey("complaints.Complaint", models.PROTECT, related_name="due_changes", verbose_name=_("case"))
    clock = models.ForeignKey("complaints.Clock", models.PROTECT, related_name="changes", verbose_name=_("clock"))
    cause = models.CharField(_("cause"), max_length=12, choices=DueChangeCause)
    due_before = models.DateTimeField(_("due before"))
    due_after = models.DateTimeField(pgettext_lazy("change", "due now"))
    policy_id = models.BigIntegerField(_("policy"))
    changed_at = models.DateTimeField(_("changed at"))

    history = History()

    class Meta:
        verbose_name = _("change of a deadline")
        verbose_name_plural = _("changes of deadlines")
        ordering = ["changed_at", "pk"]
        constraints = [
            models.CheckConstraint(name="due_change_moves", condition=~models.Q(due_before=models.F("due_after")))
        ]
