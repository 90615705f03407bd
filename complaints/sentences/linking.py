"""What is said about cases that have to do with each other."""

from django.utils.translation import gettext_lazy as _

from casemgmt.sentences import Sentence

SENTENCES = {
    "link.other_unknown": Sentence(_("There is no such case."), _("Choose one that you may see."), "field:other_id"),
    "link.to_itself": Sentence(_("A case is not linked with itself."), _("Choose another case."), "field:other_id"),
    "link.merged_together": Sentence(
        _("The two cases are handled as one already."), _("Undo the merge first, if that is wrong."), "unmerge"
    ),
    "link.there_already": Sentence(
        _("The two cases are linked already."), _("Undo that link first, if its kind is wrong."), "field:other_id"
    ),
    "link.kind_unknown": Sentence(
        _("It is not said how the cases belong together."), _("Choose the kind."), "field:kind"
    ),
    "link.undone_already": Sentence(_("This link was undone already.")),
    "link.split_stays": Sentence(_("What was split off stays linked with the case it came from.")),
    "split.money_pending": Sentence(
        _("Money of this case is pending; nobody could say for which of the two matters."),
        _("Pay or cancel it first."),
        "cancel-grant",
    ),
    "split.outside": Sentence(
        _("The case is with somebody outside."), _("Go on with it first, or split it when it comes back.")
    ),
    "split.matter_missing": Sentence(
        _("It is not said what the second matter is."), _("Put it in a sentence."), "field:matter"
    ),
    "split.words_missing": Sentence(
        _("None of the customer's words is chosen for the second matter."),
        _("Choose what was said about it."),
        "field:statements",
    ),
    "split.not_of_this_case": Sentence(_("That is not of this case."), _("Choose from what is offered.")),
    "story.case.linked": Sentence(_("linked the case with another one")),
    "story.case.unlinked": Sentence(_("undid the link with another case")),
    "cite.nothing_there": Sentence(
        _("No linked case has a file that you may read and that is not cited yet."), _("Link the cases first.")
    ),
    "evidence.cited": Sentence(_("Evidence of a linked case is cited.")),
    "story.evidence.cited": Sentence(_("cited evidence of a linked case")),
    "story.case.split_off": Sentence(_("made a case of its own of the second matter")),
}
