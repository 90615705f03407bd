"""What is said about follow-ups."""

from django.utils.translation import gettext_lazy as _

from casemgmt.sentences import Sentence

SENTENCES = {
    "follow_up.wrong_state": Sentence(_("The customer is called back once the case was handled.")),
    "follow_up.one_at_a_time": Sentence(
        _("A follow-up is open already."), _("Record what came of it, or cancel it."), "record-attempt"
    ),
    "follow_up.channel_unknown": Sentence(
        _("A customer is not followed up this way."), _("Choose a channel."), "field:channel"
    ),
    "follow_up.no_window": Sentence(_("This customer wants no calls."), _("Choose another channel."), "field:channel"),
    "follow_up.not_due": Sentence(
        _("The follow-up does not stand on the list now."),
        _("If the customer came first, record that; if you called all the same, record a contact."),
        "customer-came-first",
    ),
    "follow_up.by_phone": Sentence(
        _("This follow-up is to be made by phone."), _("Call the customer."), "record-attempt"
    ),
    "follow_up.nobody_asked": Sentence(
        _("Nobody waits for a written answer to this follow-up."), _("Ask the customer first."), "ask-in-writing"
    ),
    "follow_up.no_discontent": Sentence(_("No discontent waits for a reply.")),
    "follow_up.outcome_unknown": Sentence(
        _("What came of the attempt is missing."), _("Choose what happened."), "field:outcome"
    ),
    "follow_up.not_waiting": Sentence(_("The follow-up waits for nobody any more.")),
    "follow_up.not_reached": Sentence(
        _("A result needs a customer who was reached, and is recorded once."),
        _("Record the attempt first."),
        "record-attempt",
    ),
    "follow_up.satisfaction_out_of_range": Sentence(
        _("Marks go from 1 to 5."), _("Choose a mark, or leave it empty."), "field:satisfaction"
    ),
    "follow_up.solved_missing": Sentence(
        _("Whether the problem is solved is missing."), _("Ask, and choose yes or no."), "field:solved"
    ),
    "follow_up.experience_missing": Sentence(
        _("What the customer said is missing."), _("Write down how they get along."), "field:experience"
    ),
    "follow_up.ended": Sentence(_("The follow-up is over.")),
    "follow_up.reason_missing": Sentence(_("The reason is missing."), _("Say why nobody is to call."), "field:reason"),
    "dissatisfied.nothing_new": Sentence(
        _("What is newly wrong is missing; a low mark alone does not reopen the matter."),
        _("Write down the customer's words."),
        "field:what",
    ),
    "notice.follow_up_due": Sentence(_("A customer is to be called back now.")),
    "notice.dissatisfied": Sentence(_("The customer is not content; the case is looked into again.")),
    "story.follow_up.scheduled": Sentence(_("scheduled a follow-up")),
    "story.follow_up.attempted": Sentence(_("tried to reach the customer for the follow-up")),
    "story.follow_up.customer_came_first": Sentence(_("the customer came before the follow-up")),
    "story.follow_up.result_recorded": Sentence(_("recorded the result of the follow-up")),
    "story.follow_up.cancelled": Sentence(_("cancelled the follow-up")),
    "story.follow_up.fell_due": Sentence(_("the follow-up came onto the list")),
    "story.follow_up.asked": Sentence(_("asked the customer in writing how it went")),
    "story.follow_up.answered": Sentence(_("the customer answered the follow-up")),
    "story.follow_up.not_answered": Sentence(_("the customer did not answer in time")),
    "story.follow_up.left": Sentence(_("left it as it is, though the customer is not content")),
    "story.follow_up.missed": Sentence(_("nobody called; the follow-up moved to the next window")),
    "story.case.dissatisfied": Sentence(_("looked into the case again, because something new is wrong")),
}
