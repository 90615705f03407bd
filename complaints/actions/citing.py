"""What was given in one case and proves something in another one: cited, never copied, and seen in its custody."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from casemgmt.ledger import signed
from casemgmt.violations import Violation, demand
from complaints.actions.lapsing import lapse_changed_grants
from complaints.models import CaseLink, Citation, Complaint, Evidence
from complaints.roles import day_of, demand_right, may
from complaints.rules.paperwork import violations_in_writing
from complaints.states import EvidenceState


def evidence_to_cite(case: Complaint, person, *, at: datetime) -> list[Evidence]:
    """What counts in cases linked with this one and may be read there by this person, and is not cited yet."""
    rows = Evidence.objects.filter(case__in=_linked_with(case)).exclude(state=EvidenceState.EXCLUDED)
    rows = rows.exclude(pk__in=case.citations.filter(evidence__isnull=False).values("evidence"))
    cases = {row.case for row in rows.select_related("case")}
    readable = {source.pk for source in cases if may(person, "evidence.read", source, on=day_of(at))}
    return list(rows.filter(case__in=readable).select_related("case", "file_name").order_by("received_at", "pk"))


def _linked_with(case: Complaint) -> QuerySet:
    """The cases at the other end of a link that stands, of whatever kind."""
    links = CaseLink.objects.standing().order_by()
    there = Q(pk__in=links.filter(case=case).values("other")) | Q(pk__in=links.filter(other=case).values("case"))
    return Complaint.objects.filter(there).exclude(pk=case.pk)


def why_not_cite_evidence(case: Complaint, *, by, at: datetime) -> list[Violation]:
    """What stands against citing now: the case ended, or no linked case has anything."""
    found = list(violations_in_writing(is_open=case.is_open, state=case.get_state_display()))
    return found or ([] if evidence_to_cite(case, by, at=at) else [Violation("cite.nothing_there")])


@transaction.atomic
def cite_evidence(case_id: int, *, by, at: datetime, evidence: Iterable[int]) -> list[Citation]:
    """Let this case rest on files of a linked one. They count for its needs as its own do, and stay where they were
    given, with their custody, in which each citation stands.

    Whoever may handle this case and read the files there. What is cited already is refused like what is not there.
    """
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "case.handle", case, at=at)
    chosen = set(evidence)
    pieces = [piece for piece in evidence_to_cite(case, by, at=at) if piece.pk in chosen]
    demand(violations_in_writing(is_open=case.is_open, state=case.get_state_display()))
    demand([Violation("split.not_of_this_case", "evidence")] if not chosen or len(pieces) < len(chosen) else [])
    with signed(by=by, reason="evidence.cited", at=at):
        rows = [Citation.objects.create(case=case, evidence=piece, cited_by=by, cited_at=at) for piece in pieces]
        lapse_changed_grants(case, by=by, at=at)
    return rows


def citations_of(evidence: Evidence) -> QuerySet:
    """In which other cases a piece is cited, by whom and since when."""
    return evidence.cited_in.select_related("case", "cited_by").order_by("cited_at", "pk")
