"""Evidence shown again to whoever may see it: the original, copies of it, and who has looked (the custody log).

Each look leaves an access event in its own transaction before a byte leaves. What waits for the scanner, or is
infected, is shown to nobody.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import IO

from django.db import transaction

from casemgmt.privacy.access import note
from casemgmt.privacy.models import AccessEvent, AccessKind
from casemgmt.violations import Violation, demand
from complaints.evidence_files import derived, files
from complaints.models import Complaint, Evidence
from complaints.roles import demand_right
from complaints.states import ScanState

LABEL = Evidence._meta.label_lower
PLAYED = "sound and video"
ONE_PLAY = timedelta(minutes=10)
"""A browser asks for a recording in many parts: so long they are one look."""


@dataclass(frozen=True, slots=True)
class Download:
    """A file on its way out. `open` gives the bytes from the beginning; `sha256` is that of the original."""

    name: str
    content_type: str
    size: int | None
    path: str
    sha256: str
    is_original: bool = True

    def open(self) -> IO[bytes]:
        """The bytes. Those of an original are compared with their digest first: raises files.FileChanged.

        Raises FileNotFoundError when they are gone, which the nightly check reports.
        """
        return files.read_sealed(self.path, self.sha256) if self.is_original else files.read(self.path)


def why_not_show(evidence: Evidence) -> list[Violation]:
    """Why its bytes are locked away from everybody."""
    if evidence.scan == ScanState.INFECTED:
        return [Violation("evidence.infected", params={"malware": evidence.scan_says or "?"})]
    return [Violation("evidence.waits_for_scan")] if evidence.scan == ScanState.WAITING else []


def why_not_enclose(pieces: Iterable[Evidence]) -> list[Violation]:
    """Why these files go nowhere yet: bytes that nobody may see leave the house for nobody either."""
    found = {violation.code: violation for piece in pieces for violation in why_not_show(piece)}
    return [replace(violation, field="evidence_ids") for violation in found.values()]


def _asked_for(evidence_id: int, *, by, at: datetime) -> Evidence:
    evidence = Evidence.objects.select_related("case", "file_name").get(pk=evidence_id)
    demand_right(by, "evidence.read", evidence.case, at=at)
    demand(why_not_show(evidence))
    return evidence


@transaction.atomic
def download_evidence(evidence_id: int, *, by, at: datetime, request: str = "") -> Download:
    """Let somebody take the original, in any state of the case. Raises Evidence.DoesNotExist."""
    evidence = _asked_for(evidence_id, by=by, at=at)
    note(AccessKind.DOWNLOADED, by=by, at=at, subject=evidence, field="file", request=request)
    return Download(
        name=evidence.file_name.words or f"{evidence.pk}",
        content_type=evidence.content_type,
        size=evidence.size,
        path=evidence.file.name,
        sha256=evidence.sha256,
    )


def copy_evidence(evidence_id: int, *, by, at: datetime, request: str = "") -> Download:
    """Let somebody take the copy of a picture or a recording, made anew without place, camera and the rest of its head.

    Raises derived.CannotDraw for what has none, Evidence.DoesNotExist.
    """
    evidence = _asked_for(evidence_id, by=by, at=at)
    drawn = derived.drawn(evidence, derived.COPY)
    note(AccessKind.COPIED, by=by, at=at, subject=evidence, field="copy", request=request)
    stem = (evidence.file_name.words or f"{evidence.pk}").rpartition(".")[0] or f"{evidence.pk}"
    return Download(f"{stem}{drawn.ending}", drawn.content_type, None, drawn.path, evidence.sha256, is_original=False)


def preview_evidence(evidence_id: int, *, by, at: datetime, page: int = 1, request: str = "") -> derived.Drawn:
    """Show a picture, or a page of a PDF. Raises derived.CannotDraw, Evidence.DoesNotExist."""
    evidence = _asked_for(evidence_id, by=by, at=at)
    drawn = derived.drawn(evidence, derived.PREVIEW, page=page)
    note(AccessKind.PREVIEWED, by=by, at=at, subject=evidence, field=f"page {page}", request=request)
    return drawn


def play_evidence(evidence_id: int, *, by, at: datetime, request: str = "") -> derived.Drawn:
    """Let somebody listen to or watch a recording: its copy without place and device, never the original.

    Noted once in ten minutes, whichever part is asked for. Raises derived.CannotDraw, Evidence.DoesNotExist.
    """
    evidence = _asked_for(evidence_id, by=by, at=at)
    if not derived.is_recording(evidence.content_type):
        raise derived.CannotDraw(evidence.content_type)
    drawn = derived.drawn(evidence, derived.COPY)
    lately = custody_of([evidence]).filter(
        kind=AccessKind.PREVIEWED, person_id=str(by.pk), subject_field=PLAYED, at__gt=at - ONE_PLAY
    )
    if not lately.exists():
        note(AccessKind.PREVIEWED, by=by, at=at, subject=evidence, field=PLAYED, request=request)
    return drawn


def thumbnail_of(evidence_id: int, *, by, at: datetime) -> derived.Drawn:
    """The small picture in lists, for whoever may open the piece; the look at the list is noted, not each of these.

    Raises derived.CannotDraw, Evidence.DoesNotExist.
    """
    return derived.drawn(_asked_for(evidence_id, by=by, at=at), derived.THUMBNAIL)


def look_at(case: Complaint, *, by, at: datetime, piece: Evidence | None = None, request: str = "") -> None:
    """Note that somebody looks at the evidence of a case, and at one piece of it with its custody log."""
    demand_right(by, "evidence.read", case, at=at)
    note(AccessKind.VIEWED, by=by, at=at, subject=piece or case, field="evidence", request=request)


@transaction.atomic
def export_list(case: Complaint, *, by, at: datetime, request: str = "") -> list[Evidence]:
    """The pieces of a case for a list that leaves the house, each noted as exported."""
    demand_right(by, "evidence.read", case, at=at)
    pieces = list(case.evidence.select_related("file_name", "received_by", "judged_by", "reason"))
    for piece in pieces:
        note(AccessKind.EXPORTED, by=by, at=at, subject=piece, field="list", request=request)
    return pieces


def custody_of(pieces: Iterable[Evidence]):
    """The access events of these pieces, the newest first: every look, copy and export, and every right refused."""
    keys = [str(piece.pk) for piece in pieces]
    return AccessEvent.objects.filter(subject_label=LABEL, subject_pk__in=keys).order_by("-at", "-pk")
