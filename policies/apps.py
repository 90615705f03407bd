"""The policies app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PoliciesConfig(AppConfig):
    """Found by Django."""

    name = "policies"
    verbose_name = _("policies")
