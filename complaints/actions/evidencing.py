"""Evidence: taken in, looked at, and shown again to whoever may see it."""

from dataclasses import dataclass
from datetime import datetime
from typing import IO

from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.privacy.access import note
from casemgmt.privacy.models import AccessKind
from casemgmt.violations import Violation, demand
from complaints import files
from complaints.actions.lapsing import lapse_changed_grants
from complaints.actions.moving import violations_in_move
from complaints.actions.requesting_evidence import (
    let_evidence_take_effect,
    violations_in_side,
    violations_in_type,
)
from complaints.actions.stating import state_words
from complaints.models import Commitment, Complaint, Evidence
from complaints.roles import demand_right
from complaints.rules.paperwork import violations_in_required_words, violations_in_writing
from complaints.states import CaseState, CommitmentState, EvidenceRequestState
from complaints.vocabulary import Side, StatementKind
from policies.lookup import uploads_in_force


def why_not_add_evidence(case: Complaint, *, by, at: datetime) -> list[Violation]:
    """Evidence is taken while the case is open; that of a merged case goes to the leading one."""
    if case.state == CaseState.MERGED:
        return [Violation("evidence.case_merged", params={"leading": case.merged_into.case_number})]
    return list(violations_in_writing(is_open=case.is_open, state=case.get_state_display()))


def add_evidence(
    case_id: int,
    *,
    by,
    at: datetime,
    file,
    evidence_type: str,
    supplied_by: str,
    request_id: int | None = None,
    description: str = "",
) -> Evidence:
    """Take in a file. `file` has a name and chunks, as an upload of Django's.

    The bytes are looked into and stored first, the row follows in its own transaction; when the row is refused
    the bytes go again, so that no row lacks its bytes and nothing refused is kept. The same bytes twice are two
    rows; `same_bytes` finds them. With a request, that request is answered.
    """
    case = Complaint.objects.select_related("merged_into").get(pk=case_id)
    demand_right(by, "evidence.add", case, at=at)
    policy = uploads_in_force(at)
    demand(
        why_not_add_evidence(case, by=by, at=at),
        violations_in_type(evidence_type),
        violations_in_side(supplied_by, "supplied_by"),
    )
    with files.kept(file, policy) as stored, transaction.atomic():
        case = Complaint.objects.locked(pk=case_id)
        demand_right(by, "evidence.add", case, at=at)
        demand(
            why_not_add_evidence(case, by=by, at=at),
            _violations_in_request(case, request_id),
        )
        with signed(by=by, reason="evidence.added", at=at):
            return write_evidence(case, stored, evidence_type, supplied_by, request_id, description, by=by, at=at)


def _violations_in_request(case, request_id):
    if request_id is not None and not case.evidence_requests.filter(pk=request_id).exists():
        yield Violation("evidence.request_of_another_case", field="request_id")


def write_evidence(
    case: Complaint,
    stored: files.Stored,
    evidence_type: str,
    supplied_by: str,
    request_id: int | None,
    description: str,
    *,
    by,
    at: datetime,
) -> Evidence:
    """The row of bytes that are stored already. For holders of the case's lock, inside `signed`."""
    side = Side(supplied_by)
    evidence = Evidence.objects.create(
        case=case,
        evidence_type=evidence_type,
        supplied_by=supplied_by,
        request_id=request_id,
        file_name=state_words(case, StatementKind.FILE_NAME, stored.name, by=by, at=at, side=side),
        description=state_words(case, StatementKind.DESCRIPTION, description, by=by, at=at),
        file=stored.path,
        sha256=stored.sha256,
        size=stored.size,
        content_type=stored.content_type,
        received_by=by,
        received_at=at,
    )
    request = evidence.request
    if request is not None and request.state != EvidenceRequestState.ANSWERED:
        request.answer(at=at)
        request.save()
    let_evidence_take_effect(case, by=by, at=at, supplied_by=supplied_by, request=request)
    lapse_changed_grants(case, by=by, at=at)
    return evidence


def same_bytes(evidence: Evidence):
    """Other evidence of the case with the very same bytes, as a hint (U9)."""
    return Evidence.objects.filter(case=evidence.case_id, sha256=evidence.sha256).exclude(pk=evidence.pk)


def why_not_judge_evidence(evidence: Evidence, *, by, at: datetime, move: str) -> list[Violation]:
    """Why it cannot be verified, disputed or excluded ("verify", "dispute", "exclude") from where it stands."""
    return [
        *violations_in_writing(is_open=evidence.case.is_open, state=evidence.case.get_state_display()),
        *violations_in_move(evidence, move),
    ]


@transaction.atomic
def verify_evidence(evidence_id: int, *, by, at: datetime) -> Evidence:
    """Looked at and believed; what was disputed may be believed again."""
    case, evidence = _evidence_to_judge(evidence_id, by, at)
    demand(why_not_judge_evidence(evidence, by=by, at=at, move="verify"))
    with signed(by=by, reason="evidence.verified", at=at):
        evidence.verify(by=by)
        evidence.save()
    lapse_changed_grants(case, by=by, at=at)
    return evidence


@transaction.atomic
def dispute_evidence(evidence_id: int, *, by, at: datetime, reason: str) -> Evidence:
    """Somebody doubts it and says why; it still counts as received."""
    case, evidence = _evidence_to_judge(evidence_id, by, at)
    demand(
        why_not_judge_evidence(evidence, by=by, at=at, move="dispute"),
        violations_in_required_words(reason, code="reason.missing", field="reason"),
    )
    with signed(by=by, reason="evidence.disputed", at=at):
        evidence.dispute(by=by, reason=state_words(case, StatementKind.REASON, reason, by=by, at=at))
        evidence.save()
    lapse_changed_grants(case, by=by, at=at)
    return evidence


@transaction.atomic
def exclude_evidence(evidence_id: int, *, by, at: datetime, reason: str) -> Evidence:
    """It does not count, for a reason; it is kept. A promise that it proved is broken by that."""
    case, evidence = _evidence_to_judge(evidence_id, by, at)
    demand(
        why_not_judge_evidence(evidence, by=by, at=at, move="exclude"),
        violations_in_required_words(reason, code="reason.missing", field="reason"),
    )
    with signed(by=by, reason="evidence.excluded", at=at):
        evidence.exclude(by=by, reason=state_words(case, StatementKind.REASON, reason, by=by, at=at))
        evidence.save()
    with signed(by=by, reason="commitment.proof_fell", at=at):
        for commitment in Commitment.objects.filter(proof=evidence, state=CommitmentState.KEPT):
            commitment.break_()
            commitment.save()
    lapse_changed_grants(case, by=by, at=at)
    return evidence


def _evidence_to_judge(evidence_id, by, at):
    case = Complaint.objects.locked(evidence__pk=evidence_id)
    demand_right(by, "evidence.judge", case, at=at)
    return case, case.evidence.get(pk=evidence_id)


@dataclass(frozen=True, slots=True)
class Download:
    """A file on its way out, always as an attachment. `open` gives the bytes from the beginning."""

    name: str
    content_type: str
    size: int
    path: str

    def open(self) -> IO[bytes]:
        """The stored bytes. Raises FileNotFoundError when they are gone, which the nightly check reports."""
        return files.read(self.path)


@transaction.atomic
def download_evidence(evidence_id: int, *, by, at: datetime, request: str = "") -> Download:
    """Let somebody see a file, in any state of the case, and note who saw it. Raises Evidence.DoesNotExist."""
    evidence = Evidence.objects.select_related("case", "file_name").get(pk=evidence_id)
    demand_right(by, "evidence.read", evidence.case, at=at)
    note(AccessKind.DOWNLOADED, by=by, at=at, subject=evidence, field="file", request=request)
    return Download(
        name=evidence.file_name.words or f"{evidence.pk}",
        content_type=evidence.content_type,
        size=evidence.size,
        path=evidence.file.name,
    )
