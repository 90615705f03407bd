"""What the admin itself remembers: which forms were sent already."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SpentFormKey(models.Model):
    """The one-time key of a form that did its work, written in the same transaction as the work (F29).

    Sending the form again finds the key spent and is led to the first result. Kept for a week; forms that are sent
    later clear away what is older.
    """

    key = models.UUIDField(_("key"), primary_key=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("person")
    )
    led_to = models.CharField(_("led to"), max_length=500)
    at = models.DateTimeField(_("at"), db_index=True)

    class Meta:
        verbose_name = _("spent form key")
        verbose_name_plural = _("spent form keys")
        default_permissions = ()
