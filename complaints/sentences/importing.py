"""What is said about files of complaints."""

from django.utils.translation import gettext_lazy as _

from casemgmt.sentences import Sentence

SENTENCES = {
    "import.empty": Sentence(_("The file is empty."), _("Choose another file."), "field:file"),
    "import.header_only": Sentence(_("The file has headings and no rows."), _("Choose another file."), "field:file"),
    "import.too_large": Sentence(_("The file has more than %(most)s MB."), _("Split the file."), "field:file"),
    "import.too_many_rows": Sentence(_("The file has more than %(most)s rows."), _("Split the file."), "field:file"),
    "import.not_csv": Sentence(
        _("This is not a CSV file in UTF-8 or GB18030."),
        _("Save the table as “CSV UTF-8” and choose that file."),
        "field:file",
    ),
    "import.column_not_allowed": Sentence(
        _("The column “%(column)s” is not allowed in an import."), _("Remove the column."), "field:file"
    ),
    "import.column_twice": Sentence(_("There are two columns for “%(column)s”."), _("Keep one of them."), "field:file"),
    "import.column_missing": Sentence(
        _("The column “%(column)s” is missing."), _("Add the column with this heading."), "field:file"
    ),
    "import.mode_missing": Sentence(
        _("It is not said whether these are new or old complaints."), _("Choose one."), "field:mode"
    ),
    "import.shop_unknown": Sentence(_("This shop is not known."), _("Choose a shop."), "field:shop_id"),
    "import.cells_missing": Sentence(_("The row has %(cells)s cells; the file has %(columns)s columns.")),
    "import.cell_too_long": Sentence(_("A cell has more than %(most)s characters.")),
    "import.time_not_read": Sentence(_("“%(column)s” is not a time, such as 2026-10-12 14:20.")),
    "import.channel_not_known": Sentence(_("The channel is missing or not known.")),
    "import.amount_not_read": Sentence(_("The amount is not an amount of money.")),
    "import.number_damaged": Sentence(_("“%(column)s”: the number was damaged by a spreadsheet.")),
    "import.row_repeats": Sentence(_("The row repeats row %(line)s.")),
    "import.registered_already": Sentence(_("The row is registered already as %(case)s.")),
    "import.two_customers": Sentence(_("Two customers match.")),
    "import.of_somebody_else": Sentence(_("Somebody else uploaded this file; only they can decide about it.")),
    "import.cancelled": Sentence(_("This file was thrown away."), _("Upload it again.")),
    "import.expired": Sentence(_("This file waited too long."), _("Upload it again.")),
    "import.nothing_good": Sentence(_("No row of this file can be registered."), _("Mend the rows and upload again.")),
    "import.under_way": Sentence(_("The rows are being registered already.")),
    "notice.import_finished": Sentence(_("An import is finished: %(cases)s new cases wait to be taken.")),
    "story.import.staged": Sentence(_("uploaded a file")),
    "story.import.confirmed": Sentence(_("said yes to the import")),
    "story.import.cancelled": Sentence(_("threw the file away")),
}
