"""What is said about evidence and the files that hold it."""

from django.utils.translation import gettext_lazy as _

from casemgmt.sentences import Sentence

ANOTHER_FILE = _("Choose another file.")

SENTENCES = {
    "evidence.type_unknown": Sentence(
        _("This type of evidence is not known."), _("Choose one of the list."), "field:evidence_type"
    ),
    "evidence.side_unknown": Sentence(
        _("It is not said which side it comes from."), _("Choose customer, company or third party.")
    ),
    "evidence.case_merged": Sentence(
        _("The case was merged; evidence goes to the leading case %(leading)s."), _("Open the leading case.")
    ),
    "evidence.request_of_another_case": Sentence(
        _("This request is not part of this case."), _("Choose a request of this case."), "field:request_id"
    ),
    "evidence_request.what_missing": Sentence(
        _("It is not said what is asked for."), _("Say what you need, and why."), "field:what"
    ),
    "evidence_request.due_in_past": Sentence(
        _("The deadline must lie ahead."), _("Enter a later moment."), "field:due_at"
    ),
    "evidence_request.still_time": Sentence(
        _("The deadline has not passed: there is time until %(until)s."), _("Wait until the deadline.")
    ),
    "evidence.waits_for_scan": Sentence(
        _("This file waits for the malware scanner, which cannot be reached; until then nobody can open it."),
        _("It is tried again every minute."),
    ),
    "evidence.infected": Sentence(
        _("The scanner found malware in this file: %(malware)s. It is kept, and nobody can open it.")
    ),
    "evidence.bytes_changed": Sentence(
        _("The stored bytes are not those that were sealed, or are gone. Nothing was handed out."),
        _("Tell the administrators at once."),
    ),
    "evidence.sealed": Sentence(_("The bytes of evidence are sealed on arrival and never change.")),
    "evidence.copy_of_its_case": Sentence(_("A redacted copy is made of an original of its own case.")),
    "evidence.copy_stays_one": Sentence(_("What a redacted copy was made from never changes.")),
    "evidence.scanned_once": Sentence(_("What the scanner said of a file stands.")),
    "upload.name_empty": Sentence(_("File name is empty."), _("Give the file a name."), "field:file"),
    "upload.name_too_long": Sentence(
        _("File name is too long: at most %(most)s characters."), _("Give the file a shorter name."), "field:file"
    ),
    "upload.name_invisible": Sentence(
        _("File name contains invisible characters."), _("Give the file another name."), "field:file"
    ),
    "upload.name_characters": Sentence(
        _("File name contains characters that are not allowed."), _("Give the file another name."), "field:file"
    ),
    "upload.empty": Sentence(_("The file is empty."), ANOTHER_FILE, "field:file"),
    "upload.too_large": Sentence(
        _("The file is too large: at most %(megabytes)s MB."), _("Choose a smaller file."), "field:file"
    ),
    "upload.case_files": Sentence(
        _("The case holds as many files as it may: at most %(most)s."),
        _("Put several pages into one PDF, or have the policy changed."),
        "field:file",
    ),
    "upload.case_bytes": Sentence(
        _("The files of a case may hold %(megabytes)s MB together, of which %(left)s MB are left."),
        _("Choose a smaller file."),
        "field:file",
    ),
    "upload.day_files": Sentence(
        _("You have added as many files today as one person may: at most %(most)s."),
        _("Go on tomorrow, or let a colleague add it."),
        "field:file",
    ),
    "upload.day_bytes": Sentence(
        _("One person may add %(megabytes)s MB a day, of which %(left)s MB are left for you today."),
        _("Choose a smaller file, or go on tomorrow."),
        "field:file",
    ),
    "upload.malware": Sentence(_("The scanner found malware."), ANOTHER_FILE, "field:file"),
    "upload.type_not_accepted": Sentence(
        _("This file type is not accepted."), _("Choose a picture, a PDF, a recording or a video."), "field:file"
    ),
    "upload.html_inside": Sentence(_("Content is HTML but the name says %(named)s."), ANOTHER_FILE, "field:file"),
    "upload.named_otherwise": Sentence(
        _("Content is %(content)s but the name says %(named)s."),
        _("Give the file the ending that fits."),
        "field:file",
    ),
    "upload.two_types": Sentence(
        _("The file is two types in one: %(other)s is hidden in it."), ANOTHER_FILE, "field:file"
    ),
    "upload.damaged": Sentence(_("The file is damaged and cannot be read."), ANOTHER_FILE, "field:file"),
    "upload.too_many_frames": Sentence(
        _("The picture has too many frames: at most %(most)s."), _("Choose a shorter one, or a video."), "field:file"
    ),
    "upload.too_many_pixels": Sentence(
        _("The picture is too large: at most %(most)s million pixels."), _("Choose a smaller one."), "field:file"
    ),
    "upload.archive_path": Sentence(
        _("The archive holds a file whose path leads out of it."), ANOTHER_FILE, "field:file"
    ),
    "upload.archive_link": Sentence(_("The archive holds a link."), ANOTHER_FILE, "field:file"),
    "upload.archive_encrypted": Sentence(
        _("The archive is encrypted."), _("Choose one without a password."), "field:file"
    ),
    "upload.archive_name_twice": Sentence(
        _("The archive holds two files of the same name."), ANOTHER_FILE, "field:file"
    ),
    "upload.archive_bomb": Sentence(_("The archive would be too large unpacked."), ANOTHER_FILE, "field:file"),
    "story.evidence.asked_for": Sentence(_("asked for evidence")),
    "story.evidence_request.given_up": Sentence(_("noted that nobody answered the request for evidence")),
    "story.evidence_request.answered": Sentence(_("noted that the evidence asked for has arrived")),
    "redaction.no_picture": Sentence(_("Only a picture can be covered in parts.")),
    "redaction.is_redacted": Sentence(_("This is a redacted copy already."), _("Make another copy from the original.")),
    "redaction.nothing_covered": Sentence(_("Nothing is covered yet."), _("Draw over at least one part.")),
    "redaction.not_areas": Sentence(
        _("Each area is four numbers: left, top, width, height."), _("For instance 100 100 300 50.")
    ),
    "redaction.outside": Sentence(
        _("An area lies outside the picture, or has no size."), _("Numbers go from 0 to 1000.")
    ),
    "redaction.too_many_areas": Sentence(_("At most %(most)s areas are covered."), _("Draw larger ones.")),
    "story.evidence.redacted": Sentence(_("made a redacted copy")),
    "story.evidence.added": Sentence(_("added evidence")),
    "story.evidence.verified": Sentence(_("verified evidence")),
    "story.evidence.disputed": Sentence(_("disputed evidence")),
    "story.evidence.excluded": Sentence(_("excluded evidence")),
    "story.evidence.scanned": Sentence(_("had a waiting file scanned; it is clean")),
    "story.evidence.malware_found": Sentence(_("found malware in a waiting file and excluded it")),
}
