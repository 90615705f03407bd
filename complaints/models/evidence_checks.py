"""What the nightly look at the stored bytes found."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from casemgmt.ledger import append_only


class EvidenceCheck(models.Model):
    """One whole comparison of rows and stored bytes. The database takes new rows alone.

    `findings` names at most the first two hundred: kind, key of the row or None, and path.
    """

    started_at = models.DateTimeField(_("started at"))
    finished_at = models.DateTimeField(_("finished at"))
    pieces = models.PositiveIntegerField(_("pieces"))
    size = models.PositiveBigIntegerField(_("bytes read"))
    missing = models.PositiveIntegerField(_("missing"))
    changed = models.PositiveIntegerField(_("changed"))
    extra = models.PositiveIntegerField(_("without a row"))
    swept = models.PositiveIntegerField(_("of these swept away"))
    findings = models.JSONField(_("findings"), default=list)

    class Meta:
        verbose_name = _("check of stored evidence")
        verbose_name_plural = _("checks of stored evidence")
        default_permissions = ("view",)
        ordering = ["-started_at", "-pk"]

    def __str__(self):
        return f"{self.started_at:%Y-%m-%d %H:%M}"

    @property
    def is_well(self) -> bool:
        """Whether every row has its bytes, unchanged; files without a row harm nobody."""
        return not self.missing and not self.changed


append_only(EvidenceCheck)
