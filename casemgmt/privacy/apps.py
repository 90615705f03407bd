"""The privacy room as an app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from casemgmt import sentences
from casemgmt.privacy.sentences import SENTENCES


class PrivacyConfig(AppConfig):
    """Found by Django. Registers what the room says."""

    name = "casemgmt.privacy"
    label = "privacy"
    verbose_name = _("privacy")

    def ready(self):
        sentences.register(SENTENCES)
