"""The policies app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from casemgmt.sentences import register
from policies.entitlement_sentences import SENTENCES as ENTITLEMENT_SENTENCES
from policies.sentences import SENTENCES


class PoliciesConfig(AppConfig):
    """Registers the sentences of its rules when Django is ready."""

    name = "policies"
    verbose_name = _("policies")

    def ready(self):
        register(SENTENCES)
        register(ENTITLEMENT_SENTENCES)
