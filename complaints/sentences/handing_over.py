"""What is said when cases are shared out, taken as the next one, and handed to the next shift."""

from django.utils.translation import gettext_lazy as _

from casemgmt.sentences import Sentence

SENTENCES = {
    "assign.no_policy": Sentence(
        _("No policy says how cases are shared out."), _("Give the case to somebody by name.")
    ),
    "assign.nobody_free": Sentence(
        _("Nobody of the team is free for this case: %(people)s were looked at."),
        _("Give it to somebody by name, or look at the load of the team."),
        "url:desk:team_load",
    ),
    "next.nothing_waits": Sentence(_("Nothing waits for you. Cases that nobody has appear here.")),
    "next.away": Sentence(
        _("You are away today, so you are given no new case."),
        _("End your absence first."),
        "url:admin:people_absence_changelist",
    ),
    "next.at_cap": Sentence(
        _("You have %(cases)s open cases; the policy gives nobody more than %(cap)s."),
        _("Finish one, or ask who leads you."),
    ),
    "handler.is_away": Sentence(
        _("%(name)s is away today and is given no case."), _("Choose who stands in."), "field:handler_id"
    ),
    "handover.no_case": Sentence(_("No case is chosen."), _("Tick at least one."), "field:cases"),
    "handover.no_team": Sentence(
        _("You belong to no team whose colleagues could take it."), _("Name a colleague."), "field:given_to_id"
    ),
    "handover.to_oneself": Sentence(
        _("Nobody hands over to themselves."), _("Another person must answer."), "field:given_to_id"
    ),
    "handover.case_ended": Sentence(_("Case %(case)s has ended."), _("Leave it out."), "field:cases"),
    "handover.not_the_givers": Sentence(_("Case %(case)s is somebody else's."), _("Leave it out."), "field:cases"),
    "handover.waits_already": Sentence(
        _("Case %(case)s waits in another handover."), _("Take that one back first, or leave it out."), "field:cases"
    ),
    "handover.receiver_is_subject": Sentence(
        _("Case %(case)s cannot go to this person."), _("Choose somebody else, or leave it out."), "field:given_to_id"
    ),
    "handover.receiver_sees_not": Sentence(
        _("This person may not see case %(case)s."), _("Choose somebody of the team."), "field:given_to_id"
    ),
    "handover.not_waiting": Sentence(_("Nothing waits here for an answer any more.")),
    "handover.not_yours": Sentence(_("This was handed to somebody else.")),
    "handover.case_moved_on": Sentence(_("The case went elsewhere meanwhile, or has ended.")),
    "handover.settled_already": Sentence(_("This handover is settled.")),
    "handover.not_given_by_you": Sentence(_("Only who gave it, or leads them, takes it back.")),
    "notice.handover_given": Sentence(_("%(by)s hands %(n)s cases over to you.")),
    "notice.handover_accepted": Sentence(_("%(by)s took over %(n)s cases from you.")),
    "notice.handover_returned": Sentence(_("%(by)s returned a case that you handed over.")),
    "notice.handover_waits": Sentence(_("%(n)s cases of %(by)s still wait to be taken over.")),
    "notice.escalated.handover": Sentence(_("A case was handed over and nobody took it (level %(level)s).")),
    "notice.absence_begun": Sentence(_("You stand in for %(name)s from today: %(n)s open cases.")),
    "notice.absence_over": Sentence(_("Welcome back: %(n)s open cases are yours again.")),
    "story.case.assigned_by_rule": Sentence(_("the case was given by rule")),
    "story.case.next_taken": Sentence(_("took the case as the next one")),
    "story.handover.given": Sentence(_("handed the case over to the next shift")),
    "story.handover.accepted": Sentence(_("took the case over from the last shift")),
    "story.handover.returned": Sentence(_("returned the handover")),
    "story.handover.taken_back": Sentence(_("took the handover back")),
    "story.handover.lapsed": Sentence(_("the handover lapsed: the case went elsewhere")),
    "story.handover.overdue": Sentence(_("nobody took the case over in time")),
    "story.handover.reminded": Sentence(_("reminded of a handover")),
    "story.absence.told": Sentence(_("told of an absence")),
}
