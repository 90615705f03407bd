"""The complaints app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.uploading import take_files_up_to
from casemgmt.concealing import register_concealed
from casemgmt.health_parts import register_part
from casemgmt.notice_kinds import register_kinds
from casemgmt.privacy.codes_in_words import lend_rights
from complaints.notice_kinds import KINDS
from complaints.sentences import register_all


class ComplaintsConfig(AppConfig):
    """Registers sentences and kinds of notices when Django is ready; gives the groups their rights after a migrate."""

    name = "complaints"
    verbose_name = _("complaints")

    def ready(self):
        register_all()
        register_kinds(KINDS)
        import_string("complaints.dry_runs.register_all")()
        import_string("complaints.policy_vocabulary.lend_words")()
        lend_rights(import_string("complaints.models.rights.RIGHT_TITLES"))
        import_string("complaints.announcing.register_all")()
        import_string("complaints.notice_ways.register_all")()
        import_string("complaints.probes.register_all")()
        import_string("complaints.customer_channels.register_all")()
        take_files_up_to(import_string("complaints.evidence_files.limits.largest_file"))
        register_part("evidence", import_string("complaints.actions.checking_evidence.health_of_files"))
        register_concealed(import_string("complaints.notices.about_cases_against"))
        post_migrate.connect(import_string("complaints.roles.install_roles"), sender=self)
