"""What is said about pauses."""

from django.utils.translation import gettext_lazy as _

from casemgmt.sentences import Sentence

SENTENCES = {
    "pause.case_ended": Sentence(_("The case has ended; nothing is waited for.")),
    "pause.one_at_a_time": Sentence(_("The case is paused already."), _("End the pause first."), "end-pause"),
    "pause.too_many": Sentence(
        _("A case is paused at most %(most)s times."),
        _("Go on without a pause, or ask a supervisor for help."),
        "raise-escalation",
    ),
    "pause.unknown_category": Sentence(
        _("The policy knows no such pause."), _("Choose what you wait for."), "field:category"
    ),
    "pause.reason_missing": Sentence(_("The reason is missing."), _("Say why the case waits."), "field:reason"),
    "pause.asked_of_missing": Sentence(
        _("Who was asked is missing."), _("Choose for whom you wait."), "field:asked_of"
    ),
    "pause.asked_what_missing": Sentence(
        _("What was asked for is missing."), _("Say what you wait for."), "field:asked_what"
    ),
    "pause.ends_before_it_begins": Sentence(
        _("The pause would be over before it begins."), _("Choose a later end."), "field:until"
    ),
    "pause.beyond_cap": Sentence(
        _("Such a pause lasts %(days)s days at most."), _("Choose an earlier end."), "field:until"
    ),
    "pause.not_asked": Sentence(
        _("The customer was not asked for anything since the last pause."),
        _("Ask the customer, and record it as asking for facts or evidence."),
        "write-message",
    ),
    "pause.none_open": Sentence(_("The case is not paused.")),
    "notice.pause_ended": Sentence(_("A pause has reached its end; the clocks run again.")),
    "story.case.paused": Sentence(_("paused the case")),
    "story.case.pause_ended": Sentence(_("ended the pause")),
    "story.case.pause_answered": Sentence(_("the customer answered, and the pause ended")),
    "story.case.pause_evidence": Sentence(_("what was asked for arrived, and the pause ended")),
    "notice.pause_reminder": Sentence(_("A case still waits for an answer: remind whoever was asked.")),
    "story.pause.reminded": Sentence(_("reminded that an answer is awaited")),
    "story.case.pause_capped": Sentence(_("the pause ended at its cap")),
}
