"""Files of evidence: looked into before they are kept, stored under a random name, and read back whole.

Nothing here knows a case or a right. The bytes are stored before any row names them, so that a row without
bytes cannot exist; `discard` takes them away when the row did not come about.
"""

import hashlib
import re
import tempfile
import uuid
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

import filetype
from django.core.files import File
from django.core.files.storage import default_storage
from PIL import Image, UnidentifiedImageError

from casemgmt.violations import Violation, demand
from complaints.rules.uploads import (
    FRAMES_MAX,
    PIXELS_MAX,
    ArchiveEntry,
    ContentFacts,
    normal_name,
    violations_in_archive,
    violations_in_content,
    violations_in_name,
)
from policies.values import UploadPolicy

BLOCK = 64 * 1024
FOLDER = "evidence"
MARKUP = re.compile(rb"\s*<(?:!--|!doctype|html|head|body|script|svg|iframe|\?xml|\w+:html)", re.IGNORECASE)
MHTML = re.compile(rb"\s*(?:from|mime-version|content-type|subject|date):", re.IGNORECASE)
SCRIPT_INSIDE = re.compile(rb"<\s*(?:script|html|!doctype\s+html|\?php)\b|__HALT_COMPILER\s*\(", re.IGNORECASE)
LONGEST_MARK = 32
MALWARE_TEST_STRING = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
ARCHIVE_END = b"PK\x05\x06"
SYMLINK = 0o120000


@dataclass(frozen=True, slots=True)
class Stored:
    """A file that is stored: what it was called, and where and what its bytes are."""

    name: str
    path: str
    sha256: str
    size: int
    content_type: str


def keep(upload, policy: UploadPolicy) -> Stored:
    """Look into an upload and store it under a random name. Raises RuleBroken with every reason at the field "file".

    `upload` has a name and chunks, as Django's. Reading stops one block beyond the limit. Its own statement of
    its type is ignored. Nothing stays behind when it is refused.
    """
    name = normal_name(upload.name)
    found = list(violations_in_name(name, longest=policy.name_max))
    with tempfile.TemporaryFile() as copy:
        digest, size = _copy(upload, copy, policy.bytes_max)
        facts = look_into(copy, size) if 0 < size <= policy.bytes_max else ContentFacts(size, "")
        found += violations_in_content(facts, name=name, allowed=policy.content_types, bytes_max=policy.bytes_max)
        if not found and facts.content_type == "application/zip":
            found += list_archive(copy, policy.bytes_max)
        demand(found)
        copy.seek(0)
        path = default_storage.save(f"{FOLDER}/{uuid.uuid4().hex}", File(copy))
    return Stored(name, path, digest, size, facts.content_type)


def discard(stored: Stored) -> None:
    """Take the bytes away again, because no row names them. The second time finds nothing."""
    default_storage.delete(stored.path)


@contextmanager
def kept(upload, policy: UploadPolicy) -> Iterator[Stored]:
    """Stored as long as the block succeeds; taken away when it raises."""
    stored = keep(upload, policy)
    try:
        yield stored
    except BaseException:
        discard(stored)
        raise


def read(path: str) -> IO[bytes]:
    """The stored bytes, from the beginning. Raises FileNotFoundError."""
    return default_storage.open(path, "rb")


def digest_of(path: str) -> str:
    """SHA-256 of the stored bytes, to compare with what was noted when they came."""
    digest = hashlib.sha256()
    with read(path) as stored:
        while block := stored.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _copy(upload, copy, bytes_max):
    digest, size = hashlib.sha256(), 0
    for block in upload.chunks(BLOCK):
        size += len(block)
        digest.update(block)
        copy.write(block)
        if size > bytes_max:
            break
    copy.flush()
    return digest.hexdigest(), size


def look_into(file: IO[bytes], size: int) -> ContentFacts:
    """What the bytes are, by what stands in them alone."""
    file.seek(0)
    head = file.read(BLOCK)
    if MALWARE_TEST_STRING in head:
        return ContentFacts(size, "", malware=True)
    content_type = _type_of(head)
    if content_type == "text/html" or not content_type:
        return ContentFacts(size, content_type)
    second = _second_type(file, size, content_type, head)
    if content_type.startswith("image/"):
        readable, frames, pixels = _look_at_image(file)
        return ContentFacts(size, content_type, second, readable, frames, pixels)
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
    return filetype.guess_mime(head) or ""


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
