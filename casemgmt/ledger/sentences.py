"""What the refusals of the database say to people."""

from django.utils.translation import gettext_lazy as _

from casemgmt.ledger import refusals
from casemgmt.sentences import Sentence

SENTENCES = {
    refusals.UNSIGNED: Sentence(_("Nobody signed this change, so it was not made.")),
    refusals.FUTURE: Sentence(
        _("Something that is still to come cannot be recorded as done."), _("Correct the time of the act.")
    ),
    refusals.UNRECORDED: Sentence(_("The change could not be recorded, so it was not made.")),
    refusals.APPEND_ONLY: Sentence(_("What is on record is never changed.")),
    refusals.DELETION: Sentence(_("This is kept for good and cannot be deleted.")),
    refusals.IDENTITY: Sentence(_("A record keeps its number.")),
    refusals.BIRTH: Sentence(_("A record begins at its first state.")),
    refusals.DIAGRAM: Sentence(
        _("This step does not lead on from where the record stands now."), _("Reload the page to see where it stands.")
    ),
    "ledger.reconciled": Sentence(_("Put on record as it was found")),
}
