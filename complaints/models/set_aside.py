"""What a sweep could not deal with: set aside with its reason and shown, so that it stops nothing else."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SetAsideQuerySet(models.QuerySet):
    """How rows set aside are asked for."""

    def kept_from(self, sweep, at):
        """The keys of rows that this sweep leaves alone at the instant `at`."""
        return self.filter(sweep=sweep, retry_at__gt=at).values("row")

    def tried_again(self, sweep, at):
        """The keys of rows that this sweep could not deal with before and takes again at the instant `at`."""
        return self.filter(sweep=sweep, retry_at__lte=at).values("row")


class SetAside(models.Model):
    """A row that a sweep could not deal with, until it succeeds at a later try.

    `reason` is the kind of error, never its text, which may quote what people wrote. Without history: it
    tells about the running of the house, not about a case.
    """

    sweep = models.CharField(_("sweep"), max_length=60)
    row = models.BigIntegerField(_("row"))
    subject_label = models.CharField(_("kind of row"), max_length=60)
    case = models.ForeignKey(
        "complaints.Complaint", models.PROTECT, related_name="+", verbose_name=_("case"), null=True
    )
    reason = models.CharField(_("reason"), max_length=120)
    since = models.DateTimeField(_("since"))
    retry_at = models.DateTimeField(_("tried again at"))
    tries = models.PositiveIntegerField(_("tries"), default=1)

    objects = SetAsideQuerySet.as_manager()

    class Meta:
        verbose_name = _("row set aside")
        verbose_name_plural = _("rows set aside")
        ordering = ["-since", "pk"]
        constraints = [models.UniqueConstraint(fields=["sweep", "row"], name="set_aside_once_a_sweep")]

    def __str__(self):
        return f"{self.sweep} {self.row}"
