"""What is said about people and their rights."""

from django.utils.translation import gettext_lazy as _

from casemgmt.sentences import Sentence

SENTENCES = {
    "rights.own": Sentence(_("Nobody changes their own rights."), _("Ask another administrator.")),
    "rights.kept_apart": Sentence(
        _("Nobody holds two of Supervisors, Auditors and Administrators."), _("Choose one of them.")
    ),
    "rights.second_person_needed": Sentence(
        _("Supervisors and Auditors are appointed by two people."),
        _("Propose it; another administrator decides."),
        "url:admin:people_rightschange_add",
    ),
    "rights.no_second_person_needed": Sentence(
        _("This group is given directly and needs no second person."), _("Change the groups of the person.")
    ),
    "rights.unknown_group": Sentence(_("There is no such group.")),
    "rights.service_account": Sentence(_("The service account holds no group.")),
    "rights.already_held": Sentence(_("The person is in this group already.")),
    "rights.already_proposed": Sentence(_("This is proposed already and waits for a decision.")),
    "rights.already_decided": Sentence(_("This was decided already.")),
    "rights.proposed_by_you": Sentence(
        _("You proposed this; another administrator must decide."), _("Ask another administrator.")
    ),
    "password.own": Sentence(
        _("You change your own password on the password page."), None, "url:admin:password_change"
    ),
    "password.service_account": Sentence(_("Nobody signs in as the service account.")),
    "password.given": Sentence(_("New password given.")),
    "rights.groups_set": Sentence(_("Groups changed.")),
    "rights.proposed": Sentence(_("Change of rights proposed.")),
    "rights.approved": Sentence(_("Change of rights approved.")),
    "rights.declined": Sentence(_("Change of rights declined.")),
    "service_account.made": Sentence(_("Service account set up.")),
}
