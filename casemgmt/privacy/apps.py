"""The privacy room as an app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrivacyConfig(AppConfig):
    """Found by Django."""

    name = "casemgmt.privacy"
    label = "privacy"
    verbose_name = _("privacy")
