"""The privacy room as an app."""

from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _

from casemgmt import sentences
from casemgmt.privacy.checks import check_master_key, check_wrapped_keys
from casemgmt.privacy.sentences import SENTENCES


class PrivacyConfig(AppConfig):
    """Found by Django. Registers what the room says and checks."""

    name = "casemgmt.privacy"
    label = "privacy"
    verbose_name = _("privacy")

    def ready(self):
        sentences.register(SENTENCES)
        checks.register(check_master_key)
        checks.register(check_wrapped_keys, checks.Tags.database)
