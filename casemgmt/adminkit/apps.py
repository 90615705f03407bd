"""The adminkit room as an app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdminkitConfig(AppConfig):
    """Found by Django."""

    name = "casemgmt.adminkit"
    label = "adminkit"
    verbose_name = _("pages")
