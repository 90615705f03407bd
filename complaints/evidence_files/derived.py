"""Copies of evidence that are drawn anew: small, to be looked at, or to be handed out; never the original.

Each lies under the digest of the original it was drawn from, and may be deleted: it is drawn again when asked for.
Drawing happens in a process of its own (`draw_copy.py`), with limits on time and memory and without our secrets, so
that a hostile file harms nothing but its own picture.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO

from django.core.files import File
from django.core.files.storage import default_storage

from complaints.evidence_files import files
from complaints.evidence_files.contents import BLOCK, TEXT, encoding_of
from complaints.models import Evidence

FOLDER = "derived"
EDITION = "1"
THUMBNAIL, PREVIEW, COPY = "thumbnail", "preview", "copy"
PICTURES = ("image/jpeg", "image/png", "image/gif", "image/webp")
PAGED = "application/pdf"
PAGES_SHOWN = 5
SECONDS = 30
SCRIPT = Path(__file__).with_name("draw_copy.py")
ENDINGS = {"image/png": ".png", "image/jpeg": ".jpg", "image/webp": ".webp"}
TYPES = {ending: content_type for content_type, ending in ENDINGS.items()}
TEXT_SHOWN = 4000


class CannotDraw(Exception):
    """There is no picture of this file: its kind has none, or it cannot be read."""


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
    return content_type in PICTURES or (content_type == PAGED and kind != COPY)


def drawn(evidence: Evidence, kind: str, *, page: int = 1) -> Drawn:
    """The copy, drawn now unless it is there. Pages count from 1, pictures have one. Raises CannotDraw."""
    if not can_draw(evidence.content_type, kind) or not 1 <= page <= PAGES_SHOWN:
        raise CannotDraw(kind)
    folder = f"{FOLDER}/{EDITION}/{evidence.sha256[:2]}/{evidence.sha256}"
    wanted = f"{kind}-{page}-of-"
    there = next((name for name in _names_in(folder) if name.startswith(wanted)), "")
    if there:
        return _named(folder, there)
    content, told = _draw(evidence, kind, page)
    name = f"{wanted}{told['pages']}{ENDINGS[told['type']]}"
    kept = default_storage.save(f"{folder}/{name}", File(BytesIO(content)))
    if kept != f"{folder}/{name}":  # somebody was faster
        default_storage.delete(kept)
    return _named(folder, name)


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
    stem, _dot, ending = name.rpartition(".")
    return Drawn(f"{folder}/{name}", TYPES[f".{ending}"], int(stem.rpartition("-")[2]))


def _draw(evidence: Evidence, kind: str, page: int) -> tuple[bytes, dict]:
    """Ask the other process. The original is compared with its digest before it is drawn from."""
    try:
        with files.read_sealed(evidence.file.name, evidence.sha256) as original:
            content = original.read()
        done = subprocess.run(
            [sys.executable, "-I", str(SCRIPT), kind, evidence.content_type, str(page)],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            env={"LANG": "C.UTF-8"},
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as failure:
        raise CannotDraw(type(failure).__name__) from failure
    head, _line, picture = done.stdout.partition(b"\n")
    return picture, json.loads(head)


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
