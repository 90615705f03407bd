"""What is said when complaints are registered, taken, noted and talked about."""

from django.utils.translation import gettext_lazy as _

from casemgmt.sentences import Sentence, worded
from complaints.vocabulary import Channel

SENTENCES = {
    "registration.content_missing": Sentence(
        _("The complaint itself is missing."), _("Write down what the customer says."), "field:content"
    ),
    "registration.channel_missing": Sentence(
        _("The channel is missing."), _("Choose how the complaint arrived."), "field:channel"
    ),
    "registration.time_missing": Sentence(
        _("The time of receipt is missing."), _("Enter when the complaint arrived."), "field:received_at"
    ),
    "registration.received_in_the_future": Sentence(
        _("The time of receipt lies in the future."), _("Enter when the complaint arrived."), "field:received_at"
    ),
    "registration.happened_after_receipt": Sentence(
        _("The event cannot have happened after the complaint about it."),
        _("Enter an earlier time, or leave it empty."),
        "field:occurred_at",
    ),
    "registration.unknown_without_reason": Sentence(
        _("Nobody is named as complainant, and no reason is given."),
        _("Say why the complainant is unknown."),
        "field:unknown_because",
    ),
    "registration.complainant_missing": Sentence(
        _("Nobody is named as complainant."),
        _("Enter a name, a phone number or an account; or choose “unknown” and say why."),
        "field:customer_name",
    ),
    "registration.amount_not_positive": Sentence(
        _("The amount must be greater than 0."), _("Enter an amount, or leave it empty."), "field:demanded_amount"
    ),
    "registration.likely_duplicate": Sentence(
        _("This may be the same complaint as %(cases)s."),
        _("Look at it first. If this is another complaint, tick “not a duplicate”."),
        "field:not_a_duplicate",
    ),
    "order.number_damaged": Sentence(
        _("The order number was damaged by a spreadsheet."),
        _("Format the column as text and enter the number again."),
        "field:order_number",
    ),
    "order.number_too_long": Sentence(
        _("An order number has at most %(most)s characters."), _("Check the order number."), "field:order_number"
    ),
    "order.amount_negative": Sentence(
        _("The amount paid cannot be below 0."), _("Check the amount."), "field:paid_amount"
    ),
    "case.not_possible_from": Sentence(_("This is not possible while the case is “%(state)s”.")),
    "case.ended": Sentence(_("The case has ended: %(state)s."), _("It can be reopened by a supervisor."), "reopen"),
    "case.taken_already": Sentence(_("%(handler)s has taken the case already.")),
    "case.decision_pending": Sentence(
        _("A decision on this case is pending; its facts stand still until then."),
        _("Wait for the decision, or take the request back."),
        "take-back-refusal",
    ),
    "handler.cannot_handle": Sentence(
        _("This person cannot handle cases."), _("Choose somebody of staff or a supervisor."), "field:handler_id"
    ),
    "handler.has_it_already": Sentence(
        _("This person has the case already."), _("Choose somebody else."), "field:handler_id"
    ),
    "reason.missing": Sentence(_("The reason is missing."), _("Say why."), "field:reason"),
    "fact.unknown_kind": Sentence(_("This kind of fact is not known."), _("Choose one of the list."), "field:kind"),
    "statement.not_of_this_case": Sentence(_("This text is not part of this case.")),
    "statement.stands": Sentence(
        _("Decisions and reasons stand as they were given."), _("Write a note instead."), "write-note"
    ),
    "statement.corrected_already": Sentence(
        _("This text has been corrected already."), _("Correct the newest one."), "correct-statement"
    ),
    "contact.channel_missing": Sentence(
        _("The channel is missing."), _("Choose how you were in touch."), "field:channel"
    ),
    "contact.in_the_future": Sentence(
        _("The contact lies in the future."), _("Enter when it happened."), "field:occurred_at"
    ),
    "contact.words_missing": Sentence(
        _("What was said is missing."), _("Write down what was said, in the customer's words."), "field:words"
    ),
    "contact.impossible_without_reason": Sentence(
        _("It is not said why the customer cannot be reached."), _("Say why it is impossible."), "field:words"
    ),
    "contact.came_in_though_impossible": Sentence(
        _("A contact that came in cannot have been impossible."), _("Choose another outcome."), "field:outcome"
    ),
    "contact.not_of_this_case": Sentence(_("This is not part of this case."), _("Choose one of this case.")),
    "outcome.not_told": Sentence(
        _("The customer has not been told, nor tried on: %(channels)s."),
        _("Tell the customer, or record the attempt."),
        "write-message",
        {"channels": worded(Channel)},
    ),
    "outcome.not_told_in_writing": Sentence(
        _("The customer was tried, but not once in writing."), _("Send a message or a letter."), "write-message"
    ),
    "duty.asker_decides": Sentence(_("You asked for this; another person must decide.")),
    "duty.handler_decides": Sentence(_("You handle this case; another person must decide.")),
    "duty.subject_decides": Sentence(_("The complaint is about you; another person must decide.")),
    "duty.subject_handles": Sentence(
        _("This person is the subject of the case."), _("Choose somebody else."), "field:handler_id"
    ),
    "duty.asker_pays": Sentence(_("You asked for this grant; another person must pay it.")),
    "duty.approver_pays": Sentence(_("You approved this grant; another person must pay it.")),
    "notice.case_registered": Sentence(_("A new complaint waits to be taken.")),
    "notice.case_assigned": Sentence(_("This case is yours now.")),
    "customer.nothing_to_reveal": Sentence(
        _("There is nothing of this kind on record."), _("Choose something else."), "field:field"
    ),
    "story.payee.revealed": Sentence(_("looked at the account to pay to")),
    "story.customer.revealed": Sentence(_("looked at the customer's data")),
    "story.case.registered": Sentence(_("registered the complaint")),
    "story.case.imported": Sentence(_("registered the complaint from a file")),
    "story.case.taken": Sentence(_("took the case")),
    "story.case.assigned": Sentence(_("assigned the case")),
    "story.case.facts_edited": Sentence(_("put facts right")),
    "story.customer.added": Sentence(_("added the customer")),
    "story.note.written": Sentence(_("wrote a note")),
    "story.fact.added": Sentence(_("added facts")),
    "story.statement.corrected": Sentence(_("corrected a text")),
    "contact.gap_left": Sentence(
        _("Not filled in yet: %(gaps)s."),
        _("Write it in, or take the place out, before the customer reads it."),
        "field:words",
    ),
    "contact.template_unread": Sentence(
        _("This is the template word for word, and nobody has said that it was read through."),
        _("Change it for this customer, or read it through and say so."),
        "field:read_through",
    ),
    "contact.template_unknown": Sentence(
        _("This template is not in force any more."), _("Choose another one."), "field:template_id"
    ),
    "call.again_not_ahead": Sentence(
        _("The next call lies in the past."), _("Choose a moment ahead."), "field:call_again_at"
    ),
    "notice.call_again": Sentence(_("You planned to call this customer again now.")),
    "mention.unknown": Sentence(
        _("Nobody here is called “%(name)s”."),
        _("Choose a name from the list, or put a space after the @."),
        "field:words",
    ),
    "mention.ambiguous": Sentence(
        _("More than one person is called “%(name)s”."), _("Write the sign-in name after the @."), "field:words"
    ),
    "mention.may_not_see": Sentence(
        _("“%(name)s” may not see this case and cannot be told of it."),
        _("Take the @ away, or name somebody else."),
        "field:words",
    ),
    "notice.mentioned": Sentence(_("%(by)s named you in an internal note.")),
    "story.contact.recorded": Sentence(_("recorded a contact")),
}
