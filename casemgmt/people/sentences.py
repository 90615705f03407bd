"""What is said about people and their rights."""

from django.utils.translation import gettext_lazy as _

from casemgmt.sentences import Sentence

SENTENCES = {
    "rights.own": Sentence(_("Nobody changes their own rights."), _("Ask another administrator.")),
    "rights.kept_apart": Sentence(
        _("Nobody holds two of Supervisors, Auditors and Administrators."), _("Choose one of them.")
    ),
    "rights.kept_apart_by_accounts": Sentence(
        _("The same person holds another of Supervisors, Auditors and Administrators by another account."),
        _("Choose one of them for all accounts of a person."),
    ),
    "rights.one_person_kept_apart": Sentence(
        _("These accounts together hold two of Supervisors, Auditors and Administrators."),
        _("Take one of the groups away first."),
    ),
    "rights.proposed_for_oneself": Sentence(
        _("Nobody proposes themselves, not by another account either."), _("Ask another administrator.")
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
    "duty.one_person": Sentence(
        _("Both accounts belong to one person: somebody else must decide."), _("Ask a colleague.")
    ),
    "duty.in_another_name": Sentence(_("Whoever decides signs it: nobody decides in another person's name.")),
    "duty.asker_changed": Sentence(_("Who asked stays who asked.")),
    "person.no_staff_number": Sentence(
        _("This is not a staff number."), _("Write letters, digits, dots, slashes or dashes, 40 at most.")
    ),
    "person.number_by_two": Sentence(
        _("The staff number of this account is known; another one takes two administrators."),
        _("Propose it; another administrator decides."),
    ),
    "person.number_not_known": Sentence(
        _("This account has no staff number yet, so nobody else has to agree."), _("Set its staff number.")
    ),
    "person.number_unchanged": Sentence(_("This is the staff number of the account."), _("Write another one.")),
    "number_change.rewritten": Sentence(_("A proposal is not rewritten, nor is the answer to it.")),
    "person.number_change_proposed": Sentence(_("Another staff number proposed.")),
    "person.number_change_approved": Sentence(_("Another staff number approved and written.")),
    "person.number_change_declined": Sentence(_("Another staff number declined.")),
    "person.team_unknown": Sentence(_("There is no such team."), _("Write its name as it stands under Teams.")),
    "person.field_refused": Sentence(_("This cannot be taken over."), _("Correct it in the file.")),
    "person.staff_number_set": Sentence(_("Staff number set.")),
    "person.imported": Sentence(_("Account taken over from the staff list.")),
    "password.own": Sentence(
        _("You change your own password on the password page."), None, "url:admin:password_change"
    ),
    "password.service_account": Sentence(_("Nobody signs in as the service account.")),
    "password.given": Sentence(_("New password given.")),
    "absence.ends_before_it_starts": Sentence(_("The last day is before the first."), _("Choose a later last day.")),
    "absence.begins_in_the_past": Sentence(_("The first day is over already."), _("Begin today at the earliest.")),
    "absence.two_at_once": Sentence(
        _("This person is away already on one of these days."), _("End the other absence first, or choose other days.")
    ),
    "absence.stands_in_for_another": Sentence(
        _("On one of these days they stand in for %(name)s, who would be left without anybody."),
        _("Name another substitute for that absence first."),
    ),
    "absence.substitute_is_oneself": Sentence(_("Nobody stands in for themselves."), _("Choose a colleague.")),
    "absence.substitute_cannot_handle": Sentence(
        _("This person does not handle cases."), _("Choose an active colleague of staff or supervisors.")
    ),
    "absence.substitute_is_away": Sentence(
        _("This person is away on one of these days."), _("Choose somebody who is there.")
    ),
    "absence.substitute_is_named": Sentence(_("This person stands in already."), _("Choose somebody else.")),
    "absence.called_off_already": Sentence(_("This absence was called off.")),
    "absence.over": Sentence(_("This absence is over.")),
    "absence.entered": Sentence(_("Absence entered.")),
    "absence.ended": Sentence(_("Absence ended or called off.")),
    "absence.substitute_named": Sentence(_("Another substitute named.")),
    "absence.told": Sentence(_("Beginning or end of an absence told.")),
    "substitution.circle": Sentence(
        _("Two people would stand in for each other on the same day."), _("Choose somebody else, or other days.")
    ),
    "rights.groups_set": Sentence(_("Groups changed.")),
    "rights.proposed": Sentence(_("Change of rights proposed.")),
    "rights.approved": Sentence(_("Change of rights approved.")),
    "rights.declined": Sentence(_("Change of rights declined.")),
    "service_account.made": Sentence(_("Service account set up.")),
}
