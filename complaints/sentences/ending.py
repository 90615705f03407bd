"""What is said when a case is withdrawn, voided, merged, and brought back."""

from django.utils.translation import gettext_lazy as _

from casemgmt.sentences import Sentence

SENTENCES = {
    "withdraw.words_missing": Sentence(
        _("The customer's own word is missing."), _("Write down what the customer said."), "field:words"
    ),
    "withdraw.promise_open": Sentence(
        _("Promise %(commitment)s is still open."),
        _("Keep it, or write down how the customer released us from it."),
        "field:released",
    ),
    "withdraw.promise_unknown": Sentence(
        _("Promise %(commitment)s is not an open promise of this case."), _("Leave it out."), "field:released"
    ),
    "withdraw.release_words_missing": Sentence(
        _("The customer's words on promise %(commitment)s are missing."), _("Write them down."), "field:released"
    ),
    "withdraw.grant_unnamed": Sentence(
        _("Grant %(grant)s is not paid yet."), _("Name it as cancelled, or pay it first."), "field:cancelled"
    ),
    "withdraw.grant_unknown": Sentence(
        _("Grant %(grant)s is not an unpaid grant of this case."), _("Leave it out."), "field:cancelled"
    ),
    "withdraw.safety_unacknowledged": Sentence(
        _("Nobody has taken on the safety matter of this case; it goes on after a withdrawal."),
        _("Let a supervisor acknowledge it first."),
        "acknowledge-escalation",
    ),
    "withdraw.summary_missing": Sentence(
        _("The case was judged, so it is summed up before it ends."), _("Write the summary."), "write-summary"
    ),
    "withdraw.scheduled_call_open": Sentence(
        _("Calls to the customer are on the calendar: %(number)s."),
        _("Make each of them, or call it off."),
        "cancel-scheduled-call",
    ),
    "void.promised": Sentence(_("Something was promised to the customer."), _("Handle the case to its end.")),
    "void.paid": Sentence(_("Something was paid to the customer."), _("Handle the case to its end.")),
    "void.money_pending": Sentence(_("Money is asked for or to be paid."), _("Cancel it first."), "cancel-grant"),
    "void.leads_others": Sentence(
        _("Other cases follow this one."), _("Make them cases of their own first."), "unmerge"
    ),
    "void.scheduled_call_open": Sentence(
        _("Calls to the customer are on the calendar: %(number)s."),
        _("Make each of them, or call it off."),
        "cancel-scheduled-call",
    ),
    "void.why_unknown": Sentence(
        _("Only errors, spam, tests and mere enquiries are voided; never a complaint that seems unreasonable."),
        _("Choose one of the reasons."),
        "field:why",
    ),
    "void.reason_missing": Sentence(_("The reason is missing."), _("Write down why."), "field:reason"),
    "unvoid.reason_missing": Sentence(_("The reason is missing."), _("Write down why."), "field:reason"),
    "merge.reason_missing": Sentence(_("The reason is missing."), _("Write down why."), "field:reason"),
    "unmerge.reason_missing": Sentence(_("The reason is missing."), _("Write down why."), "field:reason"),
    "reopen.reason_missing": Sentence(_("The reason is missing."), _("Write down why."), "field:reason"),
    "merge.money_pending": Sentence(_("Money of this case is pending."), _("Pay or cancel it first."), "cancel-grant"),
    "merge.approval_pending": Sentence(
        _("A refusal of this case awaits a decision."),
        _("Take it back, or wait for the decision."),
        "take-back-refusal",
    ),
    "merge.route_pending": Sentence(
        _("An outside route of this case is pending."), _("Wait until it has ended."), "route-ended"
    ),
    "merge.leads_others": Sentence(
        _("Other cases follow this one."), _("Make them cases of their own first."), "unmerge"
    ),
    "merge.scheduled_call_open": Sentence(
        _("Calls to the customer are on the calendar: %(number)s."),
        _("Make each of them, or call it off."),
        "cancel-scheduled-call",
    ),
    "merge.leading_unknown": Sentence(
        _("There is no such case."), _("Enter the number of the leading case."), "field:into_id"
    ),
    "merge.into_itself": Sentence(
        _("A case cannot be merged into itself."), _("Choose another case."), "field:into_id"
    ),
    "merge.circular": Sentence(_("That case follows this one already."), _("Undo that merge first."), "field:into_id"),
    "merge.leading_is_merged": Sentence(
        _("That case follows another one itself."), _("Choose the case that leads."), "field:into_id"
    ),
    "merge.leading_ended": Sentence(_("That case has ended: %(state)s."), _("Choose an open case."), "field:into_id"),
    "merge.different_customers": Sentence(
        _("The two cases are of different customers."), _("Only cases of one customer are merged."), "field:into_id"
    ),
    "merge.handled_by_subject": Sentence(
        _("This complaint is about the person who handles that case."),
        _("Let somebody else handle it first."),
        "assign-case",
    ),
    "reopen.period_over": Sentence(
        _("The period of %(days)s days to reopen the case ended on %(until)s."),
        _("Register a new complaint."),
        "url:admin:complaints_complaint_add",
    ),
    "notice.case_merged": Sentence(_("The case %(case)s was merged into this one.")),
    "notice.merge_proposed": Sentence(_("A colleague proposes to merge the case into %(leading)s.")),
    "notice.case_reopened": Sentence(_("The case was reopened.")),
    "story.case.withdrawn": Sentence(_("the customer took the complaint back")),
    "story.case.voided": Sentence(_("voided the case")),
    "story.case.unvoided": Sentence(_("took the voided case up again")),
    "story.case.merged": Sentence(_("merged the case into another one")),
    "story.case.leads_another": Sentence(_("another case follows this one from now on")),
    "story.case.unmerged": Sentence(_("made it a case of its own again")),
    "story.case.reopened": Sentence(_("reopened the case")),
}
