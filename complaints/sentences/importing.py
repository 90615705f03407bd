"""What is said about files of complaints."""

from django.utils.translation import gettext_lazy as _

from casemgmt.sentences import Sentence

AS_XLSX = _("Open it in the spreadsheet program, save it as .xlsx or as “CSV UTF-8”, and choose that file.")
AS_TEXT = _("Format the column as text in the spreadsheet, enter the numbers again, and upload the file again.")

FILES = {
    "import.empty": Sentence(_("The file is empty."), _("Choose another file."), "field:file"),
    "import.header_only": Sentence(_("The file has headings and no rows."), _("Choose another file."), "field:file"),
    "import.no_headings": Sentence(
        _("The first row holds values where headings should be."),
        _("Put a row of headings on top, such as 投诉时间, 渠道, 投诉内容."),
        "field:file",
    ),
    "import.too_large": Sentence(_("The file has more than %(most)s MB."), _("Split the file."), "field:file"),
    "import.too_many_rows": Sentence(_("The file has more than %(most)s rows."), _("Split the file."), "field:file"),
    "import.too_many_columns": Sentence(
        _("The file has more than %(most)s columns."), _("Delete the columns that are not needed."), "field:file"
    ),
    "import.too_many_sheets": Sentence(
        _("The workbook has more than %(most)s sheets."), _("Save the sheet as a file of its own."), "field:file"
    ),
    "import.unpacked_too_large": Sentence(
        _("Unpacked, the workbook would be larger than %(most)s MB."),
        _("Copy the rows into a new workbook, or split it."),
        "field:file",
    ),
    "import.not_csv": Sentence(
        _("This is not a CSV file in UTF-8 or GB18030."),
        _("Save the table as “CSV UTF-8” and choose that file."),
        "field:file",
    ),
    "import.not_a_table": Sentence(_("This is a document or a picture, not a table."), AS_XLSX, "field:file"),
    "import.packed": Sentence(
        _("This is a packed file, not a table."), _("Unpack it and choose the table inside."), "field:file"
    ),
    "import.old_workbook": Sentence(
        _("This is a workbook of the old kind (.xls), or one locked by a password."), AS_XLSX, "field:file"
    ),
    "import.other_workbook": Sentence(_("Workbooks of this kind are not read."), AS_XLSX, "field:file"),
    "import.macros": Sentence(_("The workbook holds macros."), _("Save it as .xlsx, without macros."), "field:file"),
    "import.broken_workbook": Sentence(_("The workbook is damaged and cannot be read."), AS_XLSX, "field:file"),
    "import.formula_without_result": Sentence(
        _("Cell %(cell)s of the sheet “%(sheet)s” holds a formula whose result was never worked out."),
        _("Open the workbook once, save it, and choose it again; or paste the values instead."),
        "field:file",
    ),
    "import.mode_missing": Sentence(
        _("It is not said whether these are new or old complaints."), _("Choose one."), "field:mode"
    ),
    "import.shop_unknown": Sentence(_("This shop is not known."), _("Choose a shop."), "field:shop_id"),
}

COLUMNS = {
    "import.column_not_allowed": Sentence(
        _("The column “%(column)s” is not allowed in an import."), _("Leave the column out.")
    ),
    "import.column_twice": Sentence(_("There are two columns for “%(column)s”."), _("Keep one of them.")),
    "import.column_missing": Sentence(
        _("The column “%(column)s” is missing."), _("Choose which column of the file it is.")
    ),
    "import.channel_column_missing": Sentence(
        _("It is not said by which channel these complaints came."),
        _("Choose the column that says it, or one channel for all rows."),
    ),
    "import.too_many_words": Sentence(
        _("The column “%(column)s” holds more than %(most)s different words, too many to choose from."),
        _("Choose another column, or leave it out."),
    ),
    "import.not_matchable": Sentence(_("The rows are being read or registered; the columns stand fast.")),
    "import.not_matched": Sentence(_("It is not said yet which column is what."), _("Match the columns.")),
    "import.not_checked": Sentence(_("The rows are still being checked."), _("Wait until they are.")),
}

ROWS = {
    "import.cells_missing": Sentence(_("The row has %(cells)s cells; the file has %(columns)s columns.")),
    "import.cell_too_long": Sentence(_("A cell has more than %(most)s characters.")),
    "import.cell_error": Sentence(_("“%(column)s” holds the error %(error)s of the spreadsheet.")),
    "import.time_not_read": Sentence(_("“%(column)s” is not a time, such as 2026-10-12 14:20.")),
    "import.channel_not_known": Sentence(_("The channel is missing or not known.")),
    "import.amount_not_read": Sentence(_("“%(column)s” is not an amount of money.")),
    "import.number_damaged": Sentence(_("“%(column)s”: the number was damaged by a spreadsheet."), AS_TEXT),
    "import.row_repeats": Sentence(_("The row repeats row %(line)s.")),
    "import.registered_already": Sentence(_("The row is registered already as %(case)s.")),
    "import.two_customers": Sentence(_("Two customers match.")),
    "import.row_failed": Sentence(
        _("The row could not be registered, for a reason that the program does not know (%(reason)s)."),
        _("Tell whoever looks after the program."),
    ),
}

DECISIONS = {
    "import.of_somebody_else": Sentence(_("Somebody else uploaded this file; only they can decide about it.")),
    "import.cancelled": Sentence(_("This file was thrown away."), _("Upload it again.")),
    "import.expired": Sentence(_("This file waited too long."), _("Upload it again.")),
    "import.nothing_good": Sentence(_("No row of this file can be registered."), _("Mend the rows and upload again.")),
    "import.under_way": Sentence(_("The rows are being registered already.")),
    "import.over": Sentence(_("The registering of this file is over.")),
    "import.not_undoable": Sentence(_("Only an import that has ended can be undone.")),
    "import.nothing_registered": Sentence(_("Nothing of this file was registered.")),
    "import.touched_since": Sentence(_("Somebody has worked on the case since; it stays.")),
    "import.case_of_others": Sentence(_("The case belongs to a team that is not yours; it stays.")),
}

STORIES = {
    "notice.import_finished": Sentence(_("An import is finished: %(cases)s new cases wait to be taken.")),
    "story.import.staged": Sentence(_("uploaded a file")),
    "story.import.matched": Sentence(_("said what the columns are")),
    "story.import.checked": Sentence(_("had the rows checked")),
    "story.import.confirmed": Sentence(_("said yes to the import")),
    "story.import.stopped": Sentence(_("stopped the import")),
    "story.import.cancelled": Sentence(_("threw the file away")),
    "story.import.expired": Sentence(_("emptied what had waited too long")),
    "story.import.undo_asked": Sentence(_("asked for the import to be undone")),
    "story.import.undone": Sentence(_("undid the import")),
}

SENTENCES = FILES | COLUMNS | ROWS | DECISIONS | STORIES
