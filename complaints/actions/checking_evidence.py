"""Whether every piece of evidence still has its bytes, unchanged, and nothing lies about that no row names.

The look is made in slices, each going on where the last one stopped, so that a night is enough for any amount and
a killed worker loses a few minutes. No file is ever held in memory as a whole.
"""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.files.storage import default_storage

from casemgmt import turns
from complaints.evidence_files import files
from complaints.models import Evidence, EvidenceCheck

MISSING, CHANGED, EXTRA = "missing", "changed", "extra"
SLICE = timedelta(seconds=40)
TURN, TURN_LASTS = "verify_evidence", timedelta(minutes=5)
"""A slice ends with the piece that it has in hand, however large."""
FOUND_KEPT = 200
NIGHT = range(2, 6)
AFTER = timedelta(hours=20)
LATEST = timedelta(hours=30)
"""A look begins at night, twenty hours after the last; whatever the hour when a night was missed."""

EXTRA_KEPT = timedelta(days=1)
SWEPT_AT_MOST = 20
"""More files without a row than this look like a database put back from a backup: they are reported and stay."""


class Finding(NamedTuple):
    """A piece whose bytes are missing or changed, or a file that no row names (key None)."""

    kind: str
    key: int | None
    path: str


def finding_in(piece: Evidence) -> Finding | None:
    """What is wrong with the stored bytes of a piece; reads all of them."""
    try:
        digest = files.digest_of(piece.file.name)
    except OSError:
        return Finding(MISSING, piece.pk, piece.file.name)
    return None if digest == piece.sha256 else Finding(CHANGED, piece.pk, piece.file.name)


def extra_files() -> Iterator[Finding]:
    """Stored files that no row names, folder by folder."""
    for folder in _folders():
        _below, names = default_storage.listdir(folder)
        known = set(Evidence.objects.filter(file__startswith=f"{folder}/").values_list("file", flat=True))
        for name in sorted(names):
            if f"{folder}/{name}" not in known:
                yield Finding(EXTRA, None, f"{folder}/{name}")


def _folders() -> Iterator[str]:
    try:
        below, _names = default_storage.listdir(files.FOLDER)
    except FileNotFoundError:
        return
    yield files.FOLDER
    yield from (f"{files.FOLDER}/{name}" for name in sorted(below))


def sweep_away(extra: list[Finding], *, at: datetime, at_most: int | None = SWEPT_AT_MOST) -> int:
    """Delete files without a row that have lain for a day: what an upload that broke off left behind.

    More than `at_most` of them stay, all of them. Each is asked about once more before it goes.
    """
    old = [found for found in extra if at - default_storage.get_modified_time(found.path) > EXTRA_KEPT]
    if at_most is not None and len(old) > at_most:
        return 0
    gone = 0
    for found in old:
        if not Evidence.objects.filter(file=found.path).exists():
            default_storage.delete(found.path)
            gone += 1
    return gone


def is_due(at: datetime) -> bool:
    """Whether a new look should begin: at night, or when a night was missed."""
    last = EvidenceCheck.objects.order_by("-started_at").first()
    if last is None:
        return True
    since = at - last.started_at
    hour = at.astimezone(ZoneInfo(settings.TIME_ZONE)).hour
    return since > LATEST or (since > AFTER and hour in NIGHT)


def check_if_due(at: datetime) -> tuple[int, int, str]:
    """Go on with the look under way, or begin one when it is time: pieces looked at, found in order, what is wrong.

    One worker at a time; whoever comes while it looks has nothing to do.
    """
    with turns.taken(TURN, at=at, lasts=TURN_LASTS) as is_mine:
        return _check_if_due(at) if is_mine else (0, 0, "")


def _check_if_due(at: datetime) -> tuple[int, int, str]:
    check = EvidenceCheck.objects.filter(finished_at__isnull=True).first()
    if check is None:
        if not is_due(at):
            return 0, 0, ""
        check = EvidenceCheck.objects.create(started_at=at)
    seen, wrong = check.pieces, check.missing + check.changed
    go_on(check, at=at, sweeping=True)
    looked_at = check.pieces - seen
    found = check.missing + check.changed - wrong
    return looked_at, looked_at - found, f"evidence: {found}" if found else ""


def go_on(check: EvidenceCheck, *, at: datetime, sweeping: bool, span: timedelta | None = SLICE) -> list[Finding]:
    """One slice of the look; without a span, all that is left. The findings of the slice; the row is saved."""
    ends, findings = time.monotonic() + span.total_seconds() if span else None, []
    rows = Evidence.objects.filter(pk__gt=check.after_key).only("file", "sha256", "size").order_by("pk")
    for piece in rows.iterator(chunk_size=200):
        if ends is not None and time.monotonic() > ends:
            _note(check, findings)
            return findings
        found = finding_in(piece)
        check.after_key = piece.pk
        check.pieces += 1
        check.size += piece.size
        findings += [found] if found else []
    extra = list(extra_files())
    check.swept = sweep_away(extra, at=at) if sweeping else 0
    check.finished_at = at
    findings += extra
    _note(check, findings)
    return findings


def _note(check: EvidenceCheck, findings: list[Finding]) -> None:
    check.missing += sum(found.kind == MISSING for found in findings)
    check.changed += sum(found.kind == CHANGED for found in findings)
    check.extra += sum(found.kind == EXTRA for found in findings)
    check.findings = [*check.findings, *(list(found) for found in findings)][:FOUND_KEPT]
    check.save()


def last_check() -> EvidenceCheck | None:
    """The last look that was finished."""
    return EvidenceCheck.objects.filter(finished_at__isnull=False).order_by("-started_at").first()


def health_of_files() -> str:
    """For the machine that watches: "ok", or how many files are missing or changed."""
    check = last_check()
    wrong = 0 if check is None else check.missing + check.changed
    return "ok" if not wrong else f"{wrong} files of evidence are missing or changed; run verify_evidence"
