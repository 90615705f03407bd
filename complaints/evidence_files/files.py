"""Files of evidence: looked into before they are kept, stored under a random name, and read back whole.

Nothing here knows a case or a right. The bytes are stored before any row names them, so that a row without
bytes cannot exist; `discard` takes them away when the row did not come about.
"""

import hashlib
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from django.core.files import File
from django.core.files.storage import default_storage

from casemgmt import scanning
from casemgmt.violations import Violation, demand
from complaints.evidence_files.contents import BLOCK, list_archive, look_into
from complaints.rules.uploads import ContentFacts, normal_name, violations_in_content, violations_in_name
from complaints.states import ScanState
from policies.values import UploadPolicy

FOLDER = "evidence"


class FileChanged(OSError):
    """The stored bytes are not those that were sealed."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A file that is stored: what it was called, where and what its bytes are, and what the scanner said."""

    name: str
    path: str
    sha256: str
    size: int
    content_type: str
    scan: str = ScanState.NOT_SCANNED
    scan_says: str = ""


def keep(upload, policy: UploadPolicy) -> Stored:
    """Look into an upload and store it under a random name. Raises RuleBroken with every reason at the field "file".

    `upload` has a name, a size and chunks, as Django's; one that was hashed on its way (`sha256`) is not copied
    again. Reading stops one block beyond the limit. Its own statement of its type is ignored. Nothing stays behind
    when it is refused. When the scanner is away the file waits for it, stored and unseen.
    """
    name = normal_name(upload.name)
    found = list(violations_in_name(name, longest=policy.name_max))
    with _at_hand(upload, policy.bytes_max) as (copy, digest, size):
        facts = look_into(copy, size) if 0 < size <= policy.bytes_max else ContentFacts(size, "")
        found += violations_in_content(facts, name=name, allowed=policy.content_types, bytes_max=policy.bytes_max)
        if not found and facts.content_type == "application/zip":
            found += list_archive(copy, policy.bytes_max)
        demand(found)
        scan, says = scanned(copy)
        demand([Violation("upload.malware", field="file")] if scan == ScanState.INFECTED else [])
        copy.seek(0)
        path = default_storage.save(_new_path(), File(copy))
    return Stored(name, path, digest, size, facts.content_type, scan, says)


def scanned(file: IO[bytes]) -> tuple[str, str]:
    """What the scanner says of the bytes, and its words; a file waits while the scanner is away."""
    if not scanning.is_configured():
        return ScanState.NOT_SCANNED, ""
    try:
        malware = scanning.scan(file)
    except scanning.ScannerAway as away:
        return ScanState.WAITING, str(away)[:120]
    return (ScanState.INFECTED, malware) if malware else (ScanState.CLEAN, "")


def _new_path() -> str:
    """A random name; by its first letters in one of 256 folders, so that none grows too long."""
    key = uuid.uuid4().hex
    return f"{FOLDER}/{key[:2]}/{key}"


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
    """SHA-256 of the stored bytes, to compare with what was noted when they came. Reads block by block."""
    digest = hashlib.sha256()
    with read(path) as stored:
        while block := stored.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()


def read_sealed(path: str, sha256: str) -> IO[bytes]:
    """The stored bytes, after a look at all of them. Raises FileChanged, FileNotFoundError."""
    if digest_of(path) != sha256:
        raise FileChanged(path)
    return read(path)


@contextmanager
def _at_hand(upload, bytes_max: int) -> Iterator[tuple[IO[bytes], str, int]]:
    """The bytes where they can be read again and again, with digest and size."""
    known = getattr(upload, "sha256", "")
    if known:
        yield upload.file, known, upload.size
        return
    with tempfile.TemporaryFile() as copy:
        yield copy, *_copy(upload, copy, bytes_max)


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
