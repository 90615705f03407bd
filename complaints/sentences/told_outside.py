"""What groups outside the house read: the same events as in notices, said to many instead of to one."""

from django.utils.translation import gettext_lazy as _

from casemgmt.sentences import Sentence, worded
from complaints.states import CaseState

SENTENCES = {
    "event.case_registered": Sentence(_("A new complaint was registered.")),
    "event.case_moved": Sentence(
        _("The case moved from “%(before)s” to “%(after)s”."),
        shows={"before": worded(CaseState), "after": worded(CaseState)},
    ),
    "story.set_aside.retried": Sentence(_("had a sweep try the row again")),
    "outside.notice.case_assigned": Sentence(_("The case has a handler.")),
    "outside.notice.case_moved_to_team": Sentence(_("The case was moved to another team.")),
    "outside.notice.escalated.clock": Sentence(_("The case is overdue and was escalated (level %(level)s).")),
    "outside.notice.escalated.by_hand": Sentence(_("A handler asked for a superior's help (level %(level)s).")),
    "outside.notice.escalation_decided": Sentence(_("An escalation was answered.")),
    "outside.notice.evidence_not_answered": Sentence(_("Nobody answered a request for evidence in time.")),
    "outside.notice.call_again": Sentence(_("The customer is to be called again now.")),
    "outside.notice.wording_awaits_you": Sentence(_("Words to a customer await a yes or no.")),
    "outside.notice.wording_approved": Sentence(_("Words to the customer were agreed to.")),
    "outside.notice.wording_rejected": Sentence(_("Words to the customer were not agreed to.")),
    "outside.notice.refusal_awaits_you": Sentence(_("A refusal awaits a decision.")),
    "outside.notice.refusal_approved": Sentence(_("A refusal was approved; the customer is to be told.")),
    "outside.notice.extension_asked": Sentence(_("More time is asked for a deadline.")),
    "outside.notice.grant_awaits_you": Sentence(_("A compensation awaits approval.")),
    "outside.notice.grant_returned": Sentence(_("A compensation was sent back to its handler.")),
    "outside.notice.task_made": Sentence(_("There is a new task for a department.")),
    "outside.notice.promise_made": Sentence(_("A promise to a customer was made.")),
    "outside.notice.improvement_set": Sentence(_("A measure against recurrence was set.")),
}
