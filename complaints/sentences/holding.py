"""What is said about legal holds."""

from django.utils.translation import gettext_lazy as _

from casemgmt.sentences import Sentence

SENTENCES = {
    "hold.not_possible_from": Sentence(_("The legal hold does not stand as this would need it.")),
    "hold.asked_by_yourself": Sentence(
        _("You asked to lift this hold; another person must lift it."), _("Ask another supervisor.")
    ),
    "hold.stands_against_erasing": Sentence(
        _("Nothing can be erased while a legal hold stands: %(cases)s."), _("Have the hold lifted first.")
    ),
    "statement.on_legal_hold": Sentence(_("Nothing can be erased while the case is on legal hold.")),
    "notice.hold_lift_asked": Sentence(_("Somebody asks to lift a legal hold; another supervisor decides.")),
    "story.hold.set": Sentence(_("put the case on legal hold")),
    "story.hold.lift_asked": Sentence(_("asked to lift the legal hold")),
    "story.hold.lifted": Sentence(_("lifted the legal hold")),
    "story.hold.stays": Sentence(_("let the legal hold stand")),
}
