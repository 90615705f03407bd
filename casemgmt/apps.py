"""The project as an app: its commands, its checks, its catalogue, its outbox."""

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from casemgmt import sentences
from casemgmt.checks import register_all
from casemgmt.notice_kinds import OPERATION, register_kinds
from casemgmt.operation_sentences import SENTENCES


class CasemgmtConfig(AppConfig):
    """The composition of the house."""

    name = "casemgmt"
    label = "casemgmt"
    verbose_name = _("operation")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        register_all()
        sentences.register(SENTENCES)
        register_kinds([OPERATION])
        import_string("casemgmt.channels.known.register_all")()
