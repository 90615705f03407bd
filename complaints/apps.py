"""The complaints app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from complaints.sentences import register_all


class ComplaintsConfig(AppConfig):
    """Registers the sentences of its rules when Django is ready."""

    name = "complaints"
    verbose_name = _("complaints")

    def ready(self):
        register_all()
