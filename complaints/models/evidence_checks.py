"""What the nightly look at the stored bytes found."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EvidenceCheck(models.Model):
    """One comparison of rows and stored bytes, in slices: `after_key` is the last piece that was looked at.

    Unfinished while `finished_at` is empty. `findings` names the first two hundred: kind, key of the row, path.
    Without history: it tells about the running of the house, and can be made again.
    """

    started_at = models.DateTimeField(_("started at"))
    finished_at = models.DateTimeField(_("finished at"), null=True)
    after_key = models.BigIntegerField(_("looked at up to"), default=0)
    pieces = models.PositiveIntegerField(_("pieces"), default=0)
    size = models.PositiveBigIntegerField(_("bytes read"), default=0)
    missing = models.PositiveIntegerField(_("missing"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    extra = models.PositiveIntegerField(_("without a row"), default=0)
    swept = models.PositiveIntegerField(_("of these swept away"), default=0)
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
        """Whether every row had its bytes, unchanged; files without a row harm nobody."""
        return not self.missing and not self.changed
