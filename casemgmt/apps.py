"""The project as an app: its commands, its checks, its catalogue, its outbox."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from casemgmt.checks import register_all


class CasemgmtConfig(AppConfig):
    """The composition of the house."""

    name = "casemgmt"
    label = "casemgmt"
    verbose_name = _("operation")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        register_all()
