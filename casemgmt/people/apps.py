"""The people room as an app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """Found by Django."""

    name = "casemgmt.people"
    label = "people"
    verbose_name = _("people")
