"""What is said about promises, and about what other departments do."""

from django.utils.translation import gettext_lazy as _

from casemgmt.sentences import Sentence

SENTENCES = {
    "promise.what_missing": Sentence(_("It is not said what is promised."), _("Write down the promise."), "field:what"),
    "promise.due_in_past": Sentence(
        _("A promise needs a moment that lies ahead."), _("Enter until when it will be done."), "field:due_at"
    ),
    "promise.owner_missing": Sentence(_("Nobody sees to the promise."), _("Choose who sees to it."), "field:owner_id"),
    "promise.owner_is_subject": Sentence(
        _("This person is the subject of the case."), _("Choose somebody else."), "field:owner_id"
    ),
    "promise.department_unknown": Sentence(
        _("This department is not known."), _("Choose one of the list."), "field:department_id"
    ),
    "promise.grant_of_another_case": Sentence(
        _("This grant is not part of this case."), _("Choose a grant of this case."), "field:grant_id"
    ),
    "keep.proof_missing": Sentence(
        _("Nothing shows that it was done."), _("Name the proof, or say how it was done."), "field:words"
    ),
    "keep.proof_of_another_case": Sentence(
        _("This proof is not part of this case."), _("Choose evidence of this case."), "field:proof_id"
    ),
    "keep.proof_does_not_count": Sentence(
        _("This evidence was excluded and proves nothing."), _("Choose other evidence."), "field:proof_id"
    ),
    "keep.done_in_future": Sentence(
        _("It cannot have been done in the future."), _("Enter when it was done."), "field:done_at"
    ),
    "keep.done_before_made": Sentence(
        _("It cannot have been done before it was promised."), _("Enter when it was done."), "field:done_at"
    ),
    "keep.grant_unpaid": Sentence(
        _("The money that was promised has not been paid."), _("Have the grant paid."), "pay-grant"
    ),
    "break.not_due_yet": Sentence(_("The promise is not due yet.")),
    "break.proof_stands": Sentence(
        _("The promise was kept, and its proof stands."),
        _("Exclude the proof first, with a reason."),
        "exclude-evidence",
    ),
    "release.words_or_second_person": Sentence(
        _("A promise is released in the customer's own words, or by another person than its owner."),
        _("Write down the customer's words, or ask a colleague."),
        "field:customer_words",
    ),
    "release.reason_missing": Sentence(_("It is not said why the promise is released."), _("Say why."), "field:reason"),
    "release.still_on_offer": Sentence(
        _("What is owed stays on offer until its date; only the customer's word releases it before."),
        _("Wait until the date, or write down the customer's words."),
        "field:customer_words",
    ),
    "release.offer_not_in_writing": Sentence(
        _("What is owed has not been offered in writing."), _("Write to the customer and record it."), "write-message"
    ),
    "task.what_missing": Sentence(_("It is not said what is to be done."), _("Write down the task."), "field:what"),
    "task.due_in_past": Sentence(
        _("A task needs a moment that lies ahead."), _("Enter until when it is needed."), "field:due_at"
    ),
    "task.department_missing": Sentence(
        _("The department is missing."), _("Choose the department."), "field:department_id"
    ),
    "task.assignee_elsewhere": Sentence(
        _("This person does not work in that department."), _("Choose somebody of the department."), "field:assignee_id"
    ),
    "task.assignee_is_subject": Sentence(
        _("This person is the subject of the case."), _("Choose somebody else."), "field:assignee_id"
    ),
    "task.result_missing": Sentence(_("The result is missing."), _("Say what came of it."), "field:result"),
    "notice.task_made": Sentence(_("There is a task for you.")),
    "notice.task_done": Sentence(_("A department has answered its task.")),
    "notice.promise_kept_tell_customer": Sentence(_("A promise was kept; the customer is to be told.")),
    "commitment.kept_not_told": Sentence(
        _("Promise no. %(number)s was kept, and the customer has not heard of it since."),
        _("Write to the customer."),
        "write-message",
    ),
    "notice.promise_made": Sentence(_("A promise to a customer is yours to keep.")),
    "story.commitment.made": Sentence(_("made a promise")),
    "story.commitment.kept": Sentence(_("kept the promise")),
    "story.commitment.kept_late": Sentence(_("kept the promise late")),
    "story.commitment.broken": Sentence(_("noted that the promise was broken")),
    "story.commitment.proof_fell": Sentence(_("noted that the proof of the promise fell")),
    "story.commitment.released": Sentence(_("released the promise")),
    "story.task.made": Sentence(_("gave a department a task")),
    "story.task.done": Sentence(_("answered the task")),
    "story.task.cancelled": Sentence(_("cancelled the task")),
}
