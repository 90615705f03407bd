"""What is said about messages to waiting customers, what became of them, and regular contact afterwards."""

from django.utils.translation import gettext_lazy as _

from casemgmt.sentences import Sentence

SENTENCES = {
    "dispatch.happened_already": Sentence(
        _("Only what is written now can be sent from here."),
        _("Leave the moment empty, or record it as sent by you."),
        "field:occurred_at",
    ),
    "dispatch.no_way": Sentence(
        _("Nothing leaves from here to this customer on this channel."),
        _("Send it there yourself and record it, or choose e-mail or SMS where their address is known."),
        "field:channel",
    ),
    "dispatch.no_copies": Sentence(
        _("A text message carries no copies of evidence."), _("Send the letter by e-mail."), "field:channel"
    ),
    "progress.not_due": Sentence(_("No message of progress is due any more; the customer has heard from us.")),
    "regular.too_early": Sentence(_("Regular contact is agreed on when the matter is settled.")),
    "regular.nobody_known": Sentence(_("No customer is known to whom it could be promised.")),
    "regular.one_at_a_time": Sentence(
        _("This customer is contacted regularly already."), _("End that first, or let it go on.")
    ),
    "regular.channel_unknown": Sentence(
        _("Customers are not contacted regularly this way."), _("Choose another channel."), "field:channel"
    ),
    "regular.channel_refused": Sentence(
        _("The customer wants nothing on this channel."), _("Choose another channel."), "field:channel"
    ),
    "regular.too_often": Sentence(
        _("Nobody is asked more often than every %(days)s days."), _("Enter more days."), "field:every_days"
    ),
    "regular.ends_too_soon": Sentence(_("The last day has to lie ahead."), _("Choose a later day."), "field:ends_on"),
    "regular.ended": Sentence(_("This regular contact has ended.")),
    "regular.not_due": Sentence(_("The next regular contact is not due yet.")),
    "notice.customer_not_told": Sentence(
        _("A message to the customer did not go out: they were not told. Tell them another way.")
    ),
    "notice.customer_quiet": Sentence(_("The customer was asked something and has not answered.")),
    "notice.progress_due": Sentence(_("A customer waits for another department: today's message of progress is due.")),
    "notice.progress_waits": Sentence(_("Today's message of progress is still not sent.")),
    "notice.progress_missed": Sentence(_("A customer heard nothing for another working day; the message is overdue.")),
    "notice.regular_contact_due": Sentence(_("A regular contact with a customer is due.")),
    "story.dispatch.noted": Sentence(_("noted what became of a message to the customer")),
    "story.progress.fell_due": Sentence(_("a message of progress fell due")),
    "story.progress.missed": Sentence(_("another working day passed without a message of progress")),
    "story.progress.reminded": Sentence(_("reminded of a message of progress")),
    "story.progress.dropped": Sentence(_("nobody waits any more; no message of progress is due")),
    "story.progress.told": Sentence(_("told the customer how it stands")),
    "story.regular.agreed": Sentence(_("agreed with the customer on regular contact")),
    "story.regular.fell_due": Sentence(_("a regular contact came onto the list")),
    "story.regular.contacted": Sentence(_("contacted the customer as agreed")),
    "story.regular.ended": Sentence(_("ended the regular contact")),
    "story.regular.stopped": Sentence(_("the regular contact ended, by its last day or the customer's wish")),
}
