"""Our own lawyers on a case: engaged by whom, told what, and what they said (S-TPR-12, W-10)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casemgmt.ledger import History


class CounselEngagement(models.Model):
    """Counsel engaged for a case, or for one route of it. Their words are read by fewer people than the case."""

    case = models.ForeignKey("complaints.Complaint", models.PROTECT, related_name="counsel", verbose_name=_("case"))
    route = models.ForeignKey(
        "complaints.ExternalRoute",
        models.PROTECT,
        related_name="counsel",
        verbose_name=_("outside route"),
        null=True,
    )
    who = models.ForeignKey("complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("counsel"))
    instructions = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("instructions")
    )
    engaged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("engaged by")
    )
    engaged_at = models.DateTimeField(_("engaged at"))
    ended_at = models.DateTimeField(_("ended at"), null=True)

    history = History()

    class Meta:
        verbose_name = _("engagement of counsel")
        verbose_name_plural = _("engagements of counsel")
        ordering = ["engaged_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="counsel_ends_after_it_began",
                condition=models.Q(ended_at__isnull=True) | models.Q(ended_at__gte=models.F("engaged_at")),
            )
        ]


class CounselWord(models.Model):
    """What counsel said, or was told later. Write-once, as every word."""

    case = models.ForeignKey(
        "complaints.Complaint", models.PROTECT, related_name="counsel_words", verbose_name=_("case")
    )
    engagement = models.ForeignKey(
        CounselEngagement, models.PROTECT, related_name="words", verbose_name=_("engagement of counsel")
    )
    words = models.ForeignKey("complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("words"))
    said_at = models.DateTimeField(_("said at"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )

    history = History()

    class Meta:
        verbose_name = _("word of counsel")
        verbose_name_plural = _("words of counsel")
        ordering = ["said_at", "pk"]
