"""What is said about words that must not go out, or not without a second person's yes."""

from django.utils.translation import gettext_lazy as _

from casemgmt.sentences import Sentence

SENTENCES = {
    "wording.blocked": Sentence(_("“%(words)s” must not be sent (%(title)s). %(why)s"), _("Say instead: %(instead)s")),
    "wording.needs_approval": Sentence(
        _("“%(words)s” needs approval (%(title)s). %(why)s"),
        _("Say instead: %(instead)s. Or ask a supervisor to agree to these very words."),
        "ask-wording",
    ),
    "wording.nothing_to_ask": Sentence(
        _("Nothing in these words needs approval."), _("Send them as they are."), "field:words"
    ),
    "wording.asked_already": Sentence(
        _("These very words were asked for already."), _("Wait for the answer, or write other words."), "field:words"
    ),
    "wording.reason_missing": Sentence(
        _("It is not said why these words are needed."), _("Write down the reason."), "field:reason"
    ),
    "wording.remark_missing": Sentence(_("Whoever decides says why."), _("Write down the reason."), "field:remark"),
    "wording.not_pending": Sentence(_("It was decided already: %(state)s."), _("Reload the page.")),
    "story.wording.asked": Sentence(_("asked a supervisor to agree to these words")),
    "story.wording.approved": Sentence(_("agreed to the words")),
    "story.wording.rejected": Sentence(_("did not agree to the words")),
    "notice.wording_awaits_you": Sentence(_("Words to a customer wait for your yes or no.")),
    "notice.wording_approved": Sentence(_("Your words to the customer were agreed to; you can send them.")),
    "notice.wording_rejected": Sentence(_("Your words to the customer were not agreed to.")),
}
