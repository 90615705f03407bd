"""What is said about more time for a deadline, and about deadlines that moved."""

from django.utils.translation import gettext_lazy as _

from casemgmt.sentences import Sentence

SENTENCES = {
    "extension.case_ended": Sentence(_("The case has ended; none of its deadlines runs.")),
    "extension.no_clock": Sentence(_("None of the deadlines of this case can be given more time now.")),
    "extension.clock_unknown": Sentence(
        _("The case has no such deadline."), _("Choose one of its deadlines."), "field:clock_id"
    ),
    "extension.clock_stopped": Sentence(_("This deadline has been met or has ended."), None, "field:clock_id"),
    "extension.not_allowed": Sentence(_("The policy gives no more time for this deadline."), None, "field:clock_id"),
    "extension.of_a_merged_case": Sentence(
        _("This deadline is that of a merged case; it is not given more time."), None, "field:clock_id"
    ),
    "extension.pending": Sentence(
        _("Somebody has asked for more time already, and it is not decided yet."), None, "field:clock_id"
    ),
    "extension.too_often": Sentence(
        _("This deadline is given more time at most %(most)s times."),
        _("Escalate the case instead, and say what is missing."),
        "raise-escalation",
    ),
    "extension.too_late": Sentence(
        _("It was due on %(due)s; more time is asked for before that."),
        _("Escalate the case instead, and say what is missing."),
        "raise-escalation",
    ),
    "extension.amount_out_of_range": Sentence(
        _("The policy gives between 1 and %(most)s at a time."), _("Ask for less."), "field:amount"
    ),
    "extension.reason_missing": Sentence(
        _("The reason is missing."), _("Say why the time does not suffice."), "field:reason"
    ),
    "extension.explanation_missing": Sentence(
        _("What the customer will be told is missing."),
        _("Write how you explain the new date to the customer."),
        "field:explanation",
    ),
    "extension.not_possible_from": Sentence(_("This request is %(state)s already.")),
    "extension.not_the_team_lead": Sentence(_("By the policy the lead of the team decides it.")),
    "notice.extension_asked": Sentence(_("Somebody asks for more time for a deadline; you decide.")),
    "notice.extension_approved": Sentence(_("More time was given; the deadline has moved.")),
    "notice.extension_rejected": Sentence(_("No more time was given; the deadline stands.")),
    "notice.extension_to_be_told": Sentence(_("A deadline has moved: tell the customer the new date.")),
    "notice.clock_recomputed": Sentence(
        _("A deadline has moved because the days of the calendar changed: %(before)s is now %(after)s.")
    ),
    "story.extension.asked": Sentence(_("asked for more time")),
    "story.extension.approved": Sentence(_("gave more time, and the deadline moved")),
    "story.extension.rejected": Sentence(_("gave no more time")),
    "story.extension.taken_back": Sentence(_("took the request for more time back")),
    "story.clock.recomputed": Sentence(_("worked out deadlines anew, because the days of the calendar changed")),
}
