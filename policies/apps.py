"""The policies app."""

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from casemgmt.notice_kinds import register_kinds
from casemgmt.notice_words import page_of, register_ways
from casemgmt.sentences import register
from policies.notice_kinds import KINDS
from policies.sentences.entitlements import SENTENCES as ENTITLEMENT_SENTENCES
from policies.sentences.rows import SENTENCES


class PoliciesConfig(AppConfig):
    """Registers the sentences of its rules, its notices and its words for codes when Django is ready."""

    name = "policies"
    verbose_name = _("policies")

    def ready(self):
        register(SENTENCES)
        register(ENTITLEMENT_SENTENCES)
        register_kinds(KINDS)
        register_ways("policies.policyrow", {"": page_of("policies_policyrow")})
        import_string("policies.forms.words.lend_words")()
