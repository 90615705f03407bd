"""The running numbers of the days, counted up under their lock."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CaseNumberSeries(models.Model):
    """The running number of a day (local date), counted up under its lock."""

    day = models.DateField(_("day"), primary_key=True)
    last = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("case numbers of a day")
        verbose_name_plural = _("case numbers of days")
