"""What is said about closing, summaries and improvements."""

from django.utils.translation import gettext_lazy as _

from casemgmt.sentences import Sentence

SENTENCES = {
    "suggestion.nothing_learnt_yet": Sentence(
        _("The case is not judged yet: nothing is learnt from it so far."), _("Judge the case first."), "judge"
    ),
    "close.follow_up_missing": Sentence(
        _("The customer was not followed up."),
        _("Schedule a follow-up and record what came of it."),
        "schedule-follow-up",
    ),
    "close.discontent_unanswered": Sentence(
        _("The follow-up showed that the customer is not content, and nothing followed."),
        _("Look into the case again, ask a superior, or leave it as it is with the reason."),
        "dissatisfied",
    ),
    "close.follow_up_open": Sentence(
        _("A follow-up is still open."), _("Record what came of it, or cancel it."), "record-attempt"
    ),
    "close.follow_up_result_missing": Sentence(
        _("The customer was reached, and what they said is not written down."), _("Record the result."), "record-result"
    ),
    "close.outcome_missing": Sentence(
        _("How the case ended for the customer is not known."), _("Tell them."), "write-message"
    ),
    "close.summary_missing": Sentence(
        _("The summary with its root cause is missing."), _("Write the summary."), "write-summary"
    ),
    "close.measure_missing": Sentence(
        _("No measure against recurrence is set."),
        _("Set one, or say why none is needed."),
        "set-improvement",
    ),
    "close.task_open": Sentence(
        _("Tasks of other departments are open: %(number)s."), _("Have them done, or cancel them."), "finish-task"
    ),
    "close.commitment_open": Sentence(
        _("Promises to the customer are open: %(number)s."), _("Keep or release each of them."), "keep-commitment"
    ),
    "close.grant_open": Sentence(
        _("Compensations are not paid: %(number)s."), _("Have them paid, or cancel them."), "pay-grant"
    ),
    "close.approval_open": Sentence(
        _("Something waits for a decision: %(number)s."), _("Ask a supervisor to decide it."), "approve-grant"
    ),
    "close.route_open": Sentence(
        _("The matter is pending outside: %(number)s."), _("Record how it ended."), "route-ended"
    ),
    "close.escalation_open": Sentence(
        _("Escalations are not answered: %(number)s."), _("Ask the supervisor to decide them."), "decide-escalation"
    ),
    "close.scheduled_call_open": Sentence(
        _("Calls to the customer are on the calendar: %(number)s."),
        _("Make each of them, or call it off."),
        "cancel-scheduled-call",
    ),
    "summary.too_early": Sentence(_("A case is summed up once it was judged.")),
    "summary.lesson_missing": Sentence(_("What was learnt is missing."), _("Write it down."), "field:lesson"),
    "summary.root_cause_missing": Sentence(_("The root cause is missing."), _("Name it."), "field:root_cause"),
    "improvement.kind_unknown": Sentence(_("There is no such measure."), _("Choose its kind."), "field:kind"),
    "improvement.what_missing": Sentence(
        _("What is to change is missing."), _("Say what is to be done, or why nothing."), "field:what"
    ),
    "improvement.owner_unknown": Sentence(
        _("Nobody by that name works here."), _("Choose a colleague."), "field:owner_id"
    ),
    "improvement.person_unknown": Sentence(
        _("Nobody by that name works here."), _("Choose a colleague."), "field:person_concerned_id"
    ),
    "improvement.due_in_the_past": Sentence(_("That day is past."), _("Choose a later day."), "field:due_on"),
    "improvement.not_open": Sentence(_("This measure has ended already.")),
    "improvement.result_missing": Sentence(_("What came of it is missing."), _("Write it down."), "field:result"),
    "notice.improvement_set": Sentence(_("A measure was set for you.")),
    "story.case.closed": Sentence(_("closed the case")),
    "story.summary.written": Sentence(_("wrote the summary")),
    "story.improvement.set": Sentence(_("set a measure against recurrence")),
    "story.improvement.finished": Sentence(_("carried out the measure")),
    "story.improvement.cancelled": Sentence(_("gave the measure up")),
}
