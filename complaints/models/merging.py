"""Which case was merged into which, by whom, why, and whether that was undone."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casemgmt.ledger import History
from casemgmt.stateful import Stateful


class Merge(Stateful):
    """One merge. The merged case keeps its own rows verbatim; undoing it is noted here too."""

    case = models.ForeignKey("complaints.Complaint", models.PROTECT, related_name="merges", verbose_name=_("case"))
    leading = models.ForeignKey(
        "complaints.Complaint", models.PROTECT, related_name="merges_led", verbose_name=_("leading case")
    )
    reason = models.ForeignKey("complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("reason"))
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("merged by")
    )
    merged_at = models.DateTimeField(_("merged at"))
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("undone by"), null=True
    )
    undone_at = models.DateTimeField(_("undone at"), null=True)
    undone_because = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("why undone"), null=True
    )

    history = History()

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        ordering = ["merged_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(undone_at__isnull=True), name="merged_into_one_case"
            ),
            models.CheckConstraint(name="merge_of_two_cases", condition=~models.Q(case=models.F("leading"))),
        ]
