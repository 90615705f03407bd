"""What a file is, by what stands in its bytes alone, whatever it says of itself (bad inputs U5 to U19).

Nothing is unpacked, run or believed: types are read off the bytes, pictures are decoded within limits, archives are
listed.
"""

import codecs
import re
import unicodedata
import warnings
import zipfile
from typing import IO

import filetype
from PIL import Image, UnidentifiedImageError

from casemgmt.violations import Violation
from complaints.evidence_files.apart import CLIPS_SCRIPT, RECORDINGS, CannotDraw, asked_apart
from complaints.rules.uploads import FRAMES_MAX, PIXELS_MAX, ArchiveEntry, ContentFacts, violations_in_archive

BLOCK = 64 * 1024
MARKUP = re.compile(rb"\s*<(?:!--|!doctype|html|head|body|script|svg|iframe|\?xml|\w+:html)", re.IGNORECASE)
MHTML = re.compile(rb"\s*(?:from|mime-version|content-type|subject|date):", re.IGNORECASE)
SCRIPT_INSIDE = re.compile(rb"<\s*(?:script|html|!doctype\s+html|\?php)\b|__HALT_COMPILER\s*\(", re.IGNORECASE)
LONGEST_MARK = 32
MALWARE_TEST_STRING = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
ARCHIVE_END = b"PK\x05\x06"
SYMLINK = 0o120000
TEXT = "text/plain"
ENCODINGS = ("utf-8-sig", "gb18030")
LINES = "\n\r\t\f"
MP4_BRANDS = frozenset(brand.encode() for brand in "isom iso2 iso4 iso5 iso6 mp41 mp42 avc1 MSNV dash mmp4".split()) | {
    b"M4V "
}


def look_into(file: IO[bytes], size: int) -> ContentFacts:
    """What the bytes are, by what stands in them alone."""
    file.seek(0)
    head = file.read(BLOCK)
    if MALWARE_TEST_STRING in head:
        return ContentFacts(size, "", malware=True)
    content_type = _type_of(head) or _text_type(file)
    if content_type == "text/html" or not content_type:
        return ContentFacts(size, content_type)
    if content_type == TEXT:
        return ContentFacts(size, TEXT, "script" if _holds_script(file) else "")
    second = _second_type(file, size, content_type, head)
    if content_type.startswith("image/"):
        readable, frames, pixels = _look_at_image(file)
        return ContentFacts(size, content_type, second, readable, frames, pixels)
    if content_type in RECORDINGS:
        return _look_at_recording(file, size, content_type, second)
    readable = content_type != "application/pdf" or _ends_as_pdf(file, size)
    return ContentFacts(size, content_type, second, readable)


def _type_of(head):
    plain = head.removeprefix(b"\xef\xbb\xbf")
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        plain = head.decode("utf-16", "ignore").encode()
    if MARKUP.match(plain):
        return "text/html"
    if MHTML.match(plain):
        return ""
    return _recording_type(head) or filetype.guess_mime(head) or ""


def _recording_type(head):
    """Sound and video by their first bytes; "" for what is none, or none that browsers know."""
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        if brand == b"qt  ":
            return "video/quicktime"
        if brand in (b"M4A ", b"M4B "):
            return "audio/mp4"
        return "video/mp4" if brand in MP4_BRANDS else ""
    if head.startswith((b"#!AMR\n", b"#!AMR-WB\n")):
        return "audio/amr"
    if head.startswith(b"\x1aE\xdf\xa3"):
        return "video/webm" if b"\x42\x82\x84webm" in head[:64] else "video/x-matroska"
    return ""


def _text_type(file):
    """Plain text when every character of it can be read as such, in one of the known encodings."""
    return TEXT if encoding_of(file) else ""


def encoding_of(file: IO[bytes]) -> str:
    """The encoding in which the whole file is plain text; "" when it is none."""
    return next((encoding for encoding in ENCODINGS if _is_text(file, encoding)), "")


def _is_text(file, encoding):
    decoder = codecs.getincrementaldecoder(encoding)()
    file.seek(0)
    try:
        while block := file.read(BLOCK):
            if _holds_controls(decoder.decode(block)):
                return False
        return not _holds_controls(decoder.decode(b"", final=True))
    except UnicodeDecodeError:
        return False


def _holds_controls(text):
    return any(unicodedata.category(character) in ("Cc", "Cn", "Cs") and character not in LINES for character in text)


def _second_type(file, size, content_type, head):
    """Another type hidden in the same bytes: a script in a picture, an archive behind it."""
    if content_type == "application/pdf" and SCRIPT_INSIDE.search(head[:1024]):
        return "HTML"
    if content_type.startswith("image/") and _holds_script(file):
        return "script"
    if content_type != "application/zip":
        file.seek(max(0, size - BLOCK - 22))
        if ARCHIVE_END in file.read():
            return "ZIP"
    return ""


def _holds_script(file):
    file.seek(0)
    tail = b""
    while block := file.read(BLOCK):
        if SCRIPT_INSIDE.search(tail + block):
            return True
        tail = block[-LONGEST_MARK:]
    return False


def _look_at_recording(file, size, content_type, second):
    """Another process reads its head and one part; a video without a picture is sound."""
    try:
        told, _nothing = asked_apart(CLIPS_SCRIPT, file, "look", content_type)
    except CannotDraw:
        return ContentFacts(size, content_type, second, readable=False)
    if content_type == "video/mp4" and not told["has_picture"]:
        content_type = "audio/mp4"
    return ContentFacts(size, content_type, second, pixels=told["pixels"])


def _look_at_image(file):
    """Whether it can be read, how many frames it has (counted no further than the limit) and how many pixels."""
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(file)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return True, 1, PIXELS_MAX + 1
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        return False, 1, 0
    pixels = image.width * image.height
    if pixels > PIXELS_MAX:
        return True, 1, pixels
    frames = _frames_of_gif(file) if image.format == "GIF" else getattr(image, "n_frames", 1)
    if frames > FRAMES_MAX:
        return True, frames, pixels
    try:
        file.seek(0)
        Image.open(file).load()
    except (OSError, ValueError, SyntaxError, EOFError):
        return False, frames, pixels
    return True, frames, pixels


def _frames_of_gif(file):
    """Count the pictures of a GIF by walking its blocks, undecoded, and stop beyond the limit."""
    file.seek(0)
    header = file.read(13)
    if header[10] & 0x80:
        file.seek(3 << ((header[10] & 7) + 1), 1)
    frames = 0
    while frames <= FRAMES_MAX and (mark := file.read(1)):
        if mark == b"!":
            file.seek(1, 1)
        elif mark == b",":
            frames += 1
            place = file.read(9)
            if len(place) < 9:
                break
            if place[8] & 0x80:
                file.seek(3 << ((place[8] & 7) + 1), 1)
            file.seek(1, 1)
        else:
            break
        while (length := file.read(1)) and length != b"\x00":
            file.seek(length[0], 1)
    return frames


def _ends_as_pdf(file, size):
    file.seek(max(0, size - 2048))
    return b"%%EOF" in file.read()


def list_archive(file: IO[bytes], bytes_max: int) -> list[Violation]:
    """What is wrong with the table of contents of an archive. Nothing is unpacked."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            entries = [
                ArchiveEntry(
                    name=info.filename,
                    size=info.file_size,
                    packed_size=info.compress_size,
                    is_link=(info.external_attr >> 16) & 0o170000 == SYMLINK,
                    is_encrypted=bool(info.flag_bits & 1),
                )
                for info in archive.infolist()
            ]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return [Violation("upload.damaged", field="file")]
    found = {violation.code: violation for violation in violations_in_archive(entries, bytes_max=bytes_max)}
    return list(found.values())
