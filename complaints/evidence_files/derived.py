"""Copies of evidence that are drawn anew: small, to be looked at, or to be handed out; never the original.

Each lies under the digest of the original it was drawn from, and may be deleted: it is drawn again when asked for.
Drawing happens in a process of its own (`apart.py`), with limits on time and memory and without our secrets, so that a
hostile file harms nothing but its own picture.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from django.core.files import File
from django.core.files.storage import default_storage

from complaints.evidence_files import files
from complaints.evidence_files.apart import (
    CLIPS_SCRIPT,
    PICTURES_SCRIPT,
    RECORDINGS,
    CannotDraw,
    NothingInIt,
    asked_apart,
)
from complaints.evidence_files.contents import BLOCK, TEXT, encoding_of
from complaints.models import Evidence

FOLDER = "derived"
EDITION = "1"
THUMBNAIL, PREVIEW, COPY = "thumbnail", "preview", "copy"
PICTURES = ("image/jpeg", "image/png", "image/gif", "image/webp")
PAGED = "application/pdf"
PAGES_SHOWN = 5
ENDINGS = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
    "video/mp4": ".mp4",
    "video/webm": ".webm",
    "audio/mp4": ".m4a",
    "audio/mpeg": ".mp3",
    "audio/x-wav": ".wav",
}
TYPES = {ending: content_type for content_type, ending in ENDINGS.items()}
NOTHING = ".none"
"""The ending of a mark: it was tried, and nothing can be drawn."""
TEXT_SHOWN = 4000


@dataclass(frozen=True, slots=True)
class Drawn:
    """A derived copy: where it lies, what it is, and how many pages its original has."""

    path: str
    content_type: str
    pages: int

    @property
    def ending(self) -> str:
        """The ending of a file of this type."""
        return ENDINGS[self.content_type]

    def open(self) -> IO[bytes]:
        """The bytes, from the beginning."""
        return files.read(self.path)


def can_draw(content_type: str, kind: str = PREVIEW) -> bool:
    """Whether there is such a copy of this type at all."""
    if content_type in RECORDINGS:
        return kind == COPY or content_type.startswith("video/")
    return content_type in PICTURES or (content_type == PAGED and kind != COPY)


def is_recording(content_type: str) -> bool:
    """Whether it is played rather than looked at."""
    return content_type in RECORDINGS


def drawn(evidence: Evidence, kind: str, *, page: int = 1) -> Drawn:
    """The copy, drawn now unless it is there. Pages count from 1, pictures have one. Raises CannotDraw."""
    most = 1 if is_recording(evidence.content_type) else PAGES_SHOWN
    if not can_draw(evidence.content_type, kind) or not 1 <= page <= most:
        raise CannotDraw(kind)
    folder = f"{FOLDER}/{EDITION}/{evidence.sha256[:2]}/{evidence.sha256}"
    wanted = f"{kind}-{page}-of-"
    there = next((name for name in _names_in(folder) if name.startswith(wanted)), "")
    if there:
        return _named(folder, there)
    try:
        content, told = _draw(evidence, kind, page)
        name = f"{wanted}{told['pages']}{ENDINGS[told['type']]}"
    except NothingInIt:
        _keep(f"{folder}/{wanted}0{NOTHING}", b"")
        raise
    _keep(f"{folder}/{name}", content)
    return _named(folder, name)


def covered(evidence: Evidence, areas: Sequence[tuple[int, int, int, int]]) -> tuple[bytes, str]:
    """The picture drawn anew with these areas black, and its type; kept nowhere. Raises CannotDraw.

    Areas are left, top, width and height in thousandths of the upright picture. What lies below them is gone.
    """
    if evidence.content_type not in PICTURES:
        raise CannotDraw(evidence.content_type)
    words = ",".join(str(number) for area in areas for number in area)
    content, told = _draw(evidence, COPY, 1, words)
    return content, told["type"]


def can_be_played(evidence: Evidence) -> bool:
    """Whether its copy is there to be listened to or watched. Writes the copy when it must."""
    if not is_recording(evidence.content_type):
        return False
    try:
        return bool(drawn(evidence, COPY))
    except CannotDraw:
        return False


def _keep(path: str, content: bytes) -> None:
    kept = default_storage.save(path, File(BytesIO(content)))
    if kept != path:  # somebody was faster
        default_storage.delete(kept)


def pages_to_see(evidence: Evidence) -> int:
    """How many pages can be looked at; 0 when there is no picture of this file. Draws the first when it must."""
    if evidence.content_type in PICTURES:
        return 1
    try:
        return min(PAGES_SHOWN, drawn(evidence, PREVIEW).pages)
    except CannotDraw:
        return 0


def _names_in(folder: str) -> list[str]:
    try:
        return default_storage.listdir(folder)[1]
    except FileNotFoundError:
        return []


def _named(folder: str, name: str) -> Drawn:
    stem, dot, ending = name.rpartition(".")
    if dot + ending == NOTHING:
        raise CannotDraw(stem)
    return Drawn(f"{folder}/{name}", TYPES[dot + ending], int(stem.rpartition("-")[2]))


def _draw(evidence: Evidence, kind: str, page: int, areas: str = "") -> tuple[bytes, dict]:
    """Ask the other process. The original is compared with its digest before it is drawn from."""
    is_clip = evidence.content_type in RECORDINGS
    words = (kind, evidence.content_type) if is_clip else (kind, evidence.content_type, str(page), areas)
    try:
        with files.read_sealed(evidence.file.name, evidence.sha256) as original:
            told, content = asked_apart(CLIPS_SCRIPT if is_clip else PICTURES_SCRIPT, original, *words)
    except OSError as failure:
        raise CannotDraw(type(failure).__name__) from failure
    return content, told


def beginning_of(evidence: Evidence) -> str:
    """The first characters of a text, as it was written; "" for what is none. Shown escaped, never run."""
    if evidence.content_type != TEXT:
        return ""
    try:
        with files.read(evidence.file.name) as stored:
            encoding = encoding_of(stored)
            stored.seek(0)
            return stored.read(BLOCK).decode(encoding or "utf-8", "replace")[:TEXT_SHOWN]
    except OSError:
        return ""
