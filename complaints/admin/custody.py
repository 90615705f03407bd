"""The custody log of a piece: what became of it, and who looked at it, took it or was not let."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from casemgmt.privacy.models import AccessEvent, AccessKind
from casemgmt.sentences import registered
from complaints.actions.citing import citations_of
from complaints.actions.showing_evidence import custody_of
from complaints.admin.evidence_values import Judged
from complaints.models import Complaint, Evidence

ONE_LOOK = timedelta(minutes=10)
JUDGED = ("evidence.verified", "evidence.disputed", "evidence.excluded", "evidence.malware_found")
LINES = 100


@dataclass(frozen=True, slots=True)
class CustodyLine:
    """One thing that happened to a piece, or looks of one person within ten minutes, counted."""

    at: datetime
    who: str
    what: str
    times: int = 1


def versions_of(case: Complaint) -> list:
    """What was written about each piece of the case, the oldest first; one query."""
    return list(
        Evidence.history.filter(case_id=case.pk)
        .order_by("history_id")
        .values_list("id", "history_change_reason", "history_actor", "history_at", named=True)
    )


def judged_in(versions: Iterable) -> dict[int, Judged]:
    """By piece, who judged it last."""
    return {
        row.id: Judged(row.history_actor, row.history_at) for row in versions if row.history_change_reason in JUDGED
    }


def log_of(piece: Evidence, versions: Iterable, *, sees_all: bool, person) -> list[CustodyLine]:
    """Everything, the newest first, at most a hundred lines. Auditors and superiors see every look; others see
    who holds and judged it, and their own looks.
    """
    deeds = [
        CustodyLine(row.history_at, row.history_actor, _told(row.history_change_reason))
        for row in versions
        if row.id == piece.pk
    ]
    deeds += [CustodyLine(row.cited_at, row.cited_by.name, _cited_in(row.case, person)) for row in citations_of(piece)]
    events = custody_of([piece])
    if not sees_all:
        events = events.filter(person_id=str(person.pk))
    lines = deeds + _grouped(events[: 5 * LINES])
    return sorted(lines, key=lambda line: line.at, reverse=True)[:LINES]


def _cited_in(case: Complaint, person) -> str:
    """With the number for whoever may see the case that rests on it."""
    if Complaint.objects.not_about(person).filter(pk=case.pk).exists():
        return _("cited in case %(number)s") % {"number": case.case_number}
    return _("cited in another case")


def _told(reason: str) -> str:
    sentence = registered().get(f"story.{reason}")
    return str(sentence.says) if sentence else reason


def _grouped(events: Iterable[AccessEvent]) -> list[CustodyLine]:
    """Looks of the same kind by the same person in a row within ten minutes are one line with a number."""
    lines: list[CustodyLine] = []
    for event in events:
        what = AccessKind(event.kind).label
        if event.kind == AccessKind.REFUSED_RIGHT:
            what = _("was not let: %(right)s") % {"right": event.reason or event.subject_field}
        last = lines[-1] if lines else None
        if last and (last.who, last.what) == (event.person_name, str(what)) and last.at - event.at < ONE_LOOK:
            lines[-1] = CustodyLine(last.at, last.who, last.what, last.times + 1)
        else:
            lines.append(CustodyLine(event.at, event.person_name, str(what)))
    return lines
