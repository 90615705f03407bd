"""The project as an app: its commands, its checks, its catalogue, its outbox."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasemgmtConfig(AppConfig):
    """The composition of the house."""

    name = "casemgmt"
    label = "casemgmt"
    verbose_name = _("operation")
