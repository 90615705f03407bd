"""What is said about personal data and typed words."""

from django.utils.translation import gettext_lazy as _

from casemgmt.sentences import Sentence

SENTENCES = {
    "text.too_long": Sentence(_("At most %(limit)s characters."), _("Shorten the text.")),
    "text.null_character": Sentence(_("Null characters are not allowed."), _("Type the text again.")),
    "text.half_character": Sentence(_("The text holds a broken character."), _("Type the text again.")),
    "text.piled_up_accents": Sentence(_("Too many accents on one character."), _("Type the text again without them.")),
    "words.missing": Sentence(_("Write it in words."), _("The field must not be empty.")),
    "phone.not_recognised": Sentence(
        _("Phone number not recognised."), _("Enter a number like 138 0013 8000 or +44 20 7946 0000.")
    ),
    "email.not_recognised": Sentence(_("E-mail address not recognised."), _("Enter an address like name@example.com.")),
    "id_number.not_recognised": Sentence(
        _("A Chinese ID number has 18 characters."), _("For another document choose “other document”.")
    ),
    "id_number.check_digit": Sentence(_("Check digit does not match."), _("Compare the number with the document.")),
    "reveal.nothing_there": Sentence(_("There is nothing to show.")),
    "reveal.erased": Sentence(_("This was erased and cannot be shown any more.")),
    "reveal.reason_missing": Sentence(_("Say why you need to see it."), _("Enter a reason."), "field:reason"),
}
