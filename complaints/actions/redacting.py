"""A copy of a picture with parts covered, to be shown to the other side; the original is untouched.

The copy is a piece of its own: sealed, noted, handed out and compared every night like any other. It proves nothing
by itself, so it is excluded from the first, with the reason for which it was made.
"""

from datetime import datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.violations import Violation, demand
from complaints.actions.evidencing import lock_day_of, violations_in_quotas, why_not_add_evidence
from complaints.actions.showing_evidence import why_not_show
from complaints.actions.stating import state_words
from complaints.evidence_files import derived, files
from complaints.models import Complaint, Evidence
from complaints.roles import demand_right
from complaints.rules.paperwork import violations_in_required_words
from complaints.rules.redacting import areas_in, violations_in_areas
from complaints.vocabulary import Side, StatementKind
from policies.lookup import uploads_in_force

RIGHT = "evidence.add"


def why_not_redact(evidence: Evidence, *, by, at: datetime) -> list[Violation]:
    """Only pictures are covered, not what is locked away, and nothing that was covered already."""
    found = [*why_not_show(evidence), *why_not_add_evidence(evidence.case, by=by, at=at)]
    if evidence.content_type not in derived.PICTURES:
        found.append(Violation("redaction.no_picture"))
    if evidence.redacted_from_id is not None:
        found.append(Violation("redaction.is_redacted"))
    return found


def redact_evidence(evidence_id: int, *, by, at: datetime, areas: str, reason: str) -> Evidence:
    """Cover the areas in a copy; the copy, excluded for this reason. Raises RuleBroken, Evidence.DoesNotExist.

    Drawn and stored first, the row follows; when it is refused the bytes go again.
    """
    evidence = Evidence.objects.select_related("case__merged_into", "file_name").get(pk=evidence_id)
    demand_right(by, RIGHT, evidence.case, at=at)
    demand(
        why_not_redact(evidence, by=by, at=at),
        violations_in_areas(areas),
        violations_in_required_words(reason, code="reason.missing", field="reason"),
    )
    policy = uploads_in_force(at)
    with files.kept(_covered(evidence, areas), policy) as stored, transaction.atomic():
        lock_day_of(by)
        case = Complaint.objects.locked(pk=evidence.case_id)
        demand_right(by, RIGHT, case, at=at)
        demand(
            why_not_redact(evidence, by=by, at=at),
            violations_in_quotas(case, policy, by=by, at=at, adding=stored.size),
        )
        with signed(by=by, reason="evidence.redacted", at=at):
            return _write(case, evidence, stored, reason, by=by, at=at)


def _covered(evidence: Evidence, areas: str) -> SimpleUploadedFile:
    try:
        content, content_type = derived.covered(evidence, areas_in(areas))
    except derived.CannotDraw as failure:
        demand([Violation("redaction.no_picture")])
        raise AssertionError from failure
    stem = (evidence.file_name.words or f"{evidence.pk}").rpartition(".")[0][:80] or f"{evidence.pk}"
    return SimpleUploadedFile(f"{stem}-redacted{derived.ENDINGS[content_type]}", content)


def _write(case: Complaint, evidence: Evidence, stored: files.Stored, reason: str, *, by, at: datetime) -> Evidence:
    side = Side(evidence.supplied_by)
    copy = Evidence.objects.create(
        case=case,
        evidence_type=evidence.evidence_type,
        supplied_by=evidence.supplied_by,
        redacted_from=evidence,
        file_name=state_words(case, StatementKind.FILE_NAME, stored.name, by=by, at=at, side=side),
        file=stored.path,
        sha256=stored.sha256,
        size=stored.size,
        content_type=stored.content_type,
        scan=stored.scan,
        scan_says=stored.scan_says,
        received_by=by,
        received_at=at,
    )
    copy.exclude(by=by, reason=state_words(case, StatementKind.REASON, reason, by=by, at=at))
    copy.save()
    return copy
