"""Evidence: taken in, and looked at."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Sum

from casemgmt.ledger import signed
from casemgmt.people.models import Person
from casemgmt.people.one_person import accounts_of
from casemgmt.violations import Violation, demand
from complaints.actions.lapsing import lapse_changed_grants
from complaints.actions.moving import violations_in_move
from complaints.actions.requesting_evidence import (
    let_evidence_take_effect,
    violations_in_side,
    violations_in_type,
)
from complaints.actions.stating import state_words
from complaints.evidence_files import files
from complaints.models import Commitment, Complaint, Evidence
from complaints.roles import cases_visible_to, day_ends_at, day_of, demand_right
from complaints.rules.paperwork import violations_in_required_words, violations_in_writing
from complaints.rules.uploads import Quota, violations_in_quota
from complaints.states import CaseState, CommitmentState, EvidenceRequestState
from complaints.vocabulary import Side, StatementKind
from policies.lookup import uploads_in_force
from policies.values import UploadPolicy


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
    rows; `same_bytes` finds them. With a request, that request is answered. Refused beyond the quotas of the policy.
    """
    case = Complaint.objects.select_related("merged_into").get(pk=case_id)
    demand_right(by, "evidence.add", case, at=at)
    policy = uploads_in_force(at)
    demand(
        why_not_add_evidence(case, by=by, at=at),
        violations_in_type(evidence_type),
        violations_in_side(supplied_by, "supplied_by"),
        violations_in_quotas(case, policy, by=by, at=at, adding=file.size or 0),
    )
    with files.kept(file, policy) as stored, transaction.atomic():
        lock_day_of(by)
        case = Complaint.objects.locked(pk=case_id)
        demand_right(by, "evidence.add", case, at=at)
        demand(
            why_not_add_evidence(case, by=by, at=at),
            _violations_in_request(case, request_id),
            violations_in_quotas(case, policy, by=by, at=at, adding=stored.size),
        )
        with signed(by=by, reason="evidence.added", at=at):
            return write_evidence(case, stored, evidence_type, supplied_by, request_id, description, by=by, at=at)


def violations_in_quotas(case: Complaint, policy: UploadPolicy, *, by, at: datetime, adding: int) -> list[Violation]:
    """What one more file would be too much for: the case, or the day of the person by whatever account.

    Both are counted again under their locks before the row is written.
    """
    held = _counted(Evidence.objects.filter(case=case))
    begins = day_ends_at(at) - timedelta(days=1)
    own = Evidence.objects.filter(received_by__in=accounts_of(by))
    today = _counted(own.filter(received_at__gte=begins, received_at__lt=day_ends_at(at)))
    return [
        *violations_in_quota(Quota(*held, policy.case_files_max, policy.case_bytes_max), adding=adding, code="case"),
        *violations_in_quota(Quota(*today, policy.day_files_max, policy.day_bytes_max), adding=adding, code="day"),
    ]


def lock_day_of(by) -> None:
    """What one person adds at the same moment to two cases is counted one after the other. People before cases."""
    accounts = Person.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=accounts_of(by))
    list(accounts.order_by("pk").values_list("pk", flat=True))


def _counted(rows) -> tuple[int, int]:
    found = rows.aggregate(files=Count("pk"), size=Sum("size"))
    return found["files"], found["size"] or 0


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
        scan=stored.scan,
        scan_says=stored.scan_says,
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


def same_bytes(pieces: Iterable[Evidence], *, by, at: datetime) -> dict[str, list[Evidence]]:
    """By digest, every piece with the very bytes of one of these, in the cases that the person may see (U9).

    One query however many there are. A hint, nothing more; one digest with a single piece is not a duplicate.
    """
    rows = Evidence.objects.filter(
        sha256__in={piece.sha256 for piece in pieces}, case__in=cases_visible_to(by, on=day_of(at))
    )
    found: dict[str, list[Evidence]] = {}
    for row in rows.select_related("case").order_by("received_at", "pk"):
        found.setdefault(row.sha256, []).append(row)
    return {digest: rows for digest, rows in found.items() if len(rows) > 1}


def why_not_judge_evidence(evidence: Evidence, *, by, at: datetime, move: str) -> list[Violation]:
    """Why it cannot be verified, disputed or excluded ("verify", "dispute", "exclude") from where it stands."""
    return [
        *violations_in_writing(is_open=evidence.case.is_open, state=evidence.case.get_state_display()),
        *violations_in_move(evidence, move),
        *([Violation("evidence.waits_for_scan")] if move == "verify" and evidence.is_locked_away else ()),
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
    let_exclusion_take_effect(case, evidence, by=by, at=at)
    return evidence


def let_exclusion_take_effect(case: Complaint, evidence: Evidence, *, by, at: datetime) -> None:
    """Promises that were kept by this very piece are broken again, money that rests on it is asked for anew.

    For holders of the lock.
    """
    with signed(by=by, reason="commitment.proof_fell", at=at):
        for commitment in Commitment.objects.filter(proof=evidence, state=CommitmentState.KEPT):
            commitment.break_()
            commitment.save()
    lapse_changed_grants(case, by=by, at=at)


def _evidence_to_judge(evidence_id, by, at):
    case = Complaint.objects.locked(evidence__pk=evidence_id)
    demand_right(by, "evidence.judge", case, at=at)
    return case, case.evidence.get(pk=evidence_id)
