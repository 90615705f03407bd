"""What a file may be called, and whether it is what it says it is (S-INV-03; bad inputs U1 to U21)."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from casemgmt.violations import Violation

TEXT = "text/plain"
"""Text is anything that reads as such, a script too: only with the ending of a text is it one."""
NOT_IN_NAMES = frozenset('/\\:*?"<>|')
INVISIBLE = frozenset({"Cf", "Cc", "Co", "Cs", "Cn", "Zl", "Zp"})
FRAMES_MAX = 500
PIXELS_MAX = 100_000_000
EXTENSIONS = {
    "image/jpeg": ("jpg", "jpeg", "jpe", "jfif"),
    "image/png": ("png", "apng"),
    "image/gif": ("gif",),
    "image/webp": ("webp",),
    "application/pdf": ("pdf",),
    "audio/mpeg": ("mp3", "mpga"),
    "audio/mp4": ("m4a", "mp4"),
    "audio/x-wav": ("wav",),
    "audio/amr": ("amr",),
    "video/mp4": ("mp4", "m4v"),
    "video/quicktime": ("mov", "qt"),
    "video/webm": ("webm",),
    "application/zip": ("zip",),
    "text/plain": ("txt", "log", "csv", "md"),
}
"""Which endings fit a type that was found by looking inside."""


def normal_name(name: str) -> str:
    """The name in its one written form (NFC), without spaces around it."""
    return unicodedata.normalize("NFC", name or "").strip()


def violations_in_name(name: str, *, longest: int) -> Iterator[Violation]:
    """Of a name already in its normal form: something visible, not too long, and no path."""
    if not name:
        yield Violation("upload.name_empty", field="file")
        return
    if len(name) > longest:
        yield Violation("upload.name_too_long", field="file", params={"most": longest})
    if any(unicodedata.category(character) in INVISIBLE for character in name):
        yield Violation("upload.name_invisible", field="file")
    if any(character in NOT_IN_NAMES for character in name) or name.strip(". ") == "":
        yield Violation("upload.name_characters", field="file")


@dataclass(frozen=True, slots=True)
class ContentFacts:
    """What was found inside. `second_type`: bytes of another type that a reader could be tricked into."""

    size: int
    content_type: str
    second_type: str = ""
    readable: bool = True
    frames: int = 1
    pixels: int = 0
    malware: bool = False


def violations_in_content(facts: ContentFacts, *, name: str, allowed: Iterable[str], bytes_max: int):
    """Only what the policy takes, whole, of one type alone, and named for what it is."""
    if facts.size == 0:
        yield Violation("upload.empty", field="file")
        return
    if facts.size > bytes_max:
        yield Violation("upload.too_large", field="file", params={"megabytes": max(1, bytes_max // 1048576)})
        return
    if facts.malware:
        yield Violation("upload.malware", field="file")
        return
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if facts.content_type == "text/html" and ending not in ("html", "htm", "xhtml"):
        yield Violation("upload.html_inside", field="file", params={"named": ending.upper() or "?"})
    elif facts.content_type not in allowed or (facts.content_type == TEXT and ending not in EXTENSIONS[TEXT]):
        yield Violation("upload.type_not_accepted", field="file")
    elif facts.second_type:
        yield Violation("upload.two_types", field="file", params={"other": facts.second_type})
    elif ending not in EXTENSIONS.get(facts.content_type, ()):
        yield Violation(
            "upload.named_otherwise",
            field="file",
            params={"content": facts.content_type, "named": ending.upper() or "?"},
        )
    elif not facts.readable:
        yield Violation("upload.damaged", field="file")
    if facts.frames > FRAMES_MAX:
        yield Violation("upload.too_many_frames", field="file", params={"most": FRAMES_MAX})
    if facts.pixels > PIXELS_MAX:
        yield Violation("upload.too_many_pixels", field="file", params={"most": PIXELS_MAX // 1_000_000})


@dataclass(frozen=True, slots=True)
class Quota:
    """How many files and bytes there are, and how many there may be."""

    files: int
    size: int
    files_max: int
    bytes_max: int


def violations_in_quota(quota: Quota, *, adding: int, code: str) -> Iterator[Violation]:
    """One file of `adding` bytes more than there are; exactly the limit still fits. `code`: whose quota it is."""
    if quota.files + 1 > quota.files_max:
        yield Violation(f"upload.{code}_files", field="file", params={"most": quota.files_max})
    if quota.size + adding > quota.bytes_max:
        left = max(0, quota.bytes_max - quota.size) // 1048576
        megabytes = quota.bytes_max // 1048576
        yield Violation(f"upload.{code}_bytes", field="file", params={"megabytes": megabytes, "left": left})


@dataclass(frozen=True, slots=True)
class ArchiveEntry:
    """One line of an archive's table of contents."""

    name: str
    size: int
    packed_size: int
    is_link: bool
    is_encrypted: bool


RATIO_MAX = 100


def violations_in_archive(entries: Iterable[ArchiveEntry], *, bytes_max: int) -> Iterator[Violation]:
    """An archive is listed and never unpacked; what would be dangerous to unpack elsewhere is refused."""
    names: set[str] = set()
    total = 0
    for entry in entries:
        total += entry.size
        parts = entry.name.replace("\\", "/").split("/")
        if ".." in parts or parts[0] == "" or parts[0].endswith(":"):
            yield Violation("upload.archive_path", field="file")
        if entry.is_link:
            yield Violation("upload.archive_link", field="file")
        if entry.is_encrypted:
            yield Violation("upload.archive_encrypted", field="file")
        if entry.name in names:
            yield Violation("upload.archive_name_twice", field="file")
        names.add(entry.name)
        if entry.size > 1_000_000 and entry.size > RATIO_MAX * max(entry.packed_size, 1):
            yield Violation("upload.archive_bomb", field="file")
    if total > 10 * bytes_max:
        yield Violation("upload.archive_bomb", field="file")
