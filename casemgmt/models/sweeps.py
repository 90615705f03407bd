"""The diary of the machine: runs of sweeps, whose turn it is, and signs of life of what runs beside the web."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sweep(models.Model):
    """One run of a sweep: when, how much it found and did. Without `finished_at` it runs still, or died."""

    name = models.CharField(_("name"), max_length=100)
    started_at = models.DateTimeField(_("started at"))
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    selected = models.PositiveIntegerField(_("selected"), default=0)
    done = models.PositiveIntegerField(_("done"), default=0)
    error = models.CharField(_("error"), max_length=200, blank=True, default="")

    class Meta:
        verbose_name = _("sweep")
        verbose_name_plural = _("sweeps")
        ordering = ("-started_at", "-pk")
        permissions = [("view_operation", _("Can look at how the house runs"))]
        indexes = [
            models.Index(fields=["name", "-finished_at"], name="sweep_last_of_name"),
            models.Index(fields=["finished_at", "name"], name="sweep_finished_lately"),
        ]


class Pulse(models.Model):
    """The last sign of life of a process that works without being asked: beat, relay. Without history."""

    name = models.CharField(_("name"), max_length=40, primary_key=True)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("sign of life")
        verbose_name_plural = _("signs of life")
        default_permissions = ()


class Turn(models.Model):
    """Work of which one worker at a time may do some: until when it is in somebody's hands. Without history."""

    name = models.CharField(_("name"), max_length=40, primary_key=True)
    until = models.DateTimeField(_("until"))

    class Meta:
        verbose_name = _("turn")
        verbose_name_plural = _("turns")
        default_permissions = ()
