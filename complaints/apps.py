"""The complaints app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from complaints.sentences import register_all


class ComplaintsConfig(AppConfig):
    """Registers the sentences of its rules when Django is ready, and gives the groups their rights after a migrate."""

    name = "complaints"
    verbose_name = _("complaints")

    def ready(self):
        register_all()
        post_migrate.connect(import_string("complaints.roles.install_roles"), sender=self)
