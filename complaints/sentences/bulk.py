"""What is said about work on many cases at once, and about tags, teams and reminders."""

from django.utils.translation import gettext_lazy as _

from casemgmt.sentences import Sentence

SENTENCES = {
    "bulk.nothing_chosen": Sentence(_("No case is chosen."), _("Tick cases in the list, or take the whole queue.")),
    "bulk.too_many": Sentence(
        _("At most %(most)s cases go into one run; here are more than that."),
        _("Narrow the list with its filters and run the parts one after another."),
    ),
    "bulk.not_planned": Sentence(
        _("This run is no longer a dry run: %(state)s."), _("Look at its result, or choose the cases again.")
    ),
    "bulk.not_running": Sentence(_("This run is not under way: %(state)s.")),
    "bulk.nothing_will_change": Sentence(
        _("None of the cases would change."), _("Change the choice, or choose other cases.")
    ),
    "bulk.nothing_to_retry": Sentence(_("Trying again would help none of these cases.")),
    "bulk.no_right": Sentence(
        _("The case is not yours to change in this way."), _("Whoever leads its team can do it.")
    ),
    "bulk.moved_on": Sentence(
        _("Somebody changed the case after the dry run; it was left as they made it."),
        _("Trying again shows how it stands now."),
    ),
    "bulk.broke": Sentence(
        _("Something went wrong on our side; the case is as it was."),
        _("Trying again rarely helps; the error has been recorded."),
    ),
    "bulk.set_aside": Sentence(
        _("The worker died over this case again and again; it was set aside."),
        _("Open the case and do it there, or tell the administrators."),
    ),
    "bulk.stopped": Sentence(_("The run was stopped before this case had its turn."), _("It can be tried again.")),
    "bulk.handlers_missing": Sentence(
        _("It is not said who takes the cases over."), _("Choose somebody."), "field:handler_ids"
    ),
    "bulk.handler_elsewhere": Sentence(
        _("%(names)s do not belong to this team."), _("Choose people of the team."), "field:handler_ids"
    ),
    "team.unknown": Sentence(_("This team is not known."), _("Choose a team."), "field:team_id"),
    "team.has_it_already": Sentence(_("The case is in this team already."), _("Choose another."), "field:team_id"),
    "team.case_has_a_handler": Sentence(
        _("%(handler)s handles the case; a case in somebody's hands goes from hand to hand."),
        _("Choose people of the new team who take such cases over."),
    ),
    "tag.not_in_use": Sentence(_("This tag is not in use."), _("Choose another."), "field:tag_id"),
    "tag.there_already": Sentence(_("The tag “%(tag)s” is on the case already."), None, "field:tag_id"),
    "tag.not_there": Sentence(_("The tag “%(tag)s” is not on the case."), None, "field:tag_id"),
    "reminder.nobody_handles": Sentence(
        _("Nobody handles the case yet, so nobody can be reminded."), _("Give it to somebody."), "assign-case"
    ),
    "reminder.of_oneself": Sentence(_("The case is your own; you need no notice for it.")),
    "notice.case_moved_to_team": Sentence(_("A case was moved into your team's queue.")),
    "notice.handler_reminded": Sentence(_("%(by)s reminds you; the words stand on the case as a note.")),
    "notice.bulk_finished": Sentence(_("A bulk run is finished: %(done)s done, %(failed)s failed.")),
    "story.case.moved_to_team": Sentence(_("moved the case to another team")),
    "story.case.tagged": Sentence(_("tagged the case")),
    "story.case.untagged": Sentence(_("removed a tag")),
    "story.handler.reminded": Sentence(_("reminded the handler")),
    "story.bulk.chosen": Sentence(_("chose cases for a bulk run")),
    "story.bulk.planned": Sentence(_("tried the bulk run dry")),
    "story.bulk.started": Sentence(_("started the bulk run")),
    "story.bulk.finished": Sentence(_("finished the bulk run")),
    "story.bulk.stopped": Sentence(_("stopped the bulk run")),
    "story.bulk.cancelled": Sentence(_("threw the bulk run away")),
}
