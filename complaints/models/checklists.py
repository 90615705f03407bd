"""What was ticked on a case, by whom and when."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casemgmt.ledger import History


class ChecklistTick(models.Model):
    """One item of a checklist of the policies on a case. `policy_id` is the edition under which it was last ticked.

    Taken back it stays, not done; the history tells both.
    """

    case = models.ForeignKey("complaints.Complaint", models.PROTECT, related_name="ticks", verbose_name=_("case"))
    checklist = models.CharField(_("checklist"), max_length=64)
    item = models.CharField(_("item"), max_length=64)
    policy_id = models.BigIntegerField(_("policy"))
    is_done = models.BooleanField(_("done"), default=True)
    ticked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("ticked by")
    )
    ticked_at = models.DateTimeField(_("ticked at"))

    history = History()

    class Meta:
        verbose_name = _("tick of a checklist")
        verbose_name_plural = _("ticks of checklists")
        constraints = [models.UniqueConstraint(fields=["case", "checklist", "item"], name="tick_once_an_item")]

    def __str__(self):
        return f"{self.checklist} · {self.item}"
