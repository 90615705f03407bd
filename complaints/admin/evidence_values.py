"""What the evidence room shows, as plain values: the checklist of the category, the pieces, and one piece whole."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from casemgmt.adminkit.pages import ChecklistItem, Fact, Link
from casemgmt.adminkit.templatetags.desk import instant
from complaints.actions.investigating import known_facts
from complaints.admin import buttons
from complaints.admin.base import action_url, case_url, evidence_url, holds, links_for
from complaints.admin.case_story import size_in_words
from complaints.dry_runs.words import FACTS
from complaints.evidence_files import derived
from complaints.models import Complaint, Evidence, EvidenceRequest
from complaints.states import EvidenceRequestState, EvidenceState, ScanState
from complaints.vocabulary import EvidenceType
from policies.values import Category

MARKS = {
    EvidenceState.RECEIVED: "later",
    EvidenceState.VERIFIED: "met",
    EvidenceState.DISPUTED: "soon",
    EvidenceState.EXCLUDED: "blocked",
}
ICONS = {"audio": "graphic_eq", "video": "movie", "text": "description", "image": "image"}
BACK = "back=evidence"


@dataclass(frozen=True, slots=True)
class Judged:
    """Who judged a piece last, and when."""

    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PieceLine:
    """One piece in the list."""

    piece: Evidence
    url: str
    name: str
    kind: str
    thumbnail: str
    icon: str
    ending: str
    supplied: str
    judged: str
    mark: str
    why: str
    digest: str
    is_struck: bool
    is_locked: bool
    is_chosen: bool
    duplicates: tuple[Link, ...]


def on_the_way_back(link: Link) -> Link:
    """The same dialog, which leads back to the room."""
    return replace(link, url=link.url + ("&" if "?" in link.url else "?") + BACK)


def checklist_of(
    request,
    case: Complaint,
    category: Category | None,
    pieces: list[Evidence],
    requests: list[EvidenceRequest],
    judged: dict[int, Judged],
    at: datetime,
) -> list[ChecklistItem]:
    """The types of evidence that the category asks for: asked of whom until when, here since, verified by whom."""
    if category is None:
        return []
    may_add = case.is_open and holds(request, "evidence.add", case, at)
    may_ask = case.is_open and holds(request, "case.handle", case, at)
    labels = dict(EvidenceType.choices)
    items = []
    for kind in category.needs_evidence:
        here = [piece for piece in pieces if piece.evidence_type == kind and piece.state != EvidenceState.EXCLUDED]
        asked = [row for row in requests if row.evidence_type == kind]
        verified = [piece for piece in here if piece.state == EvidenceState.VERIFIED]
        notes = [_asked_in_words(row) for row in asked]
        if here:
            notes.append(_("here since %(at)s") % {"at": instant(here[0].received_at, at)})
        if verified:
            notes.append(_judged_in_words(verified[0], judged, at))
        elif here:
            notes.append(_("not verified yet"))
        link = None
        waits = any(row.state == EvidenceRequestState.ASKED for row in asked)
        if not here and waits and may_add:
            link = Link(_("Add"), action_url(case, "add-evidence") + f"?evidence_type={kind}", sheet=True)
        elif not here and may_ask:
            link = Link(_("Ask for it"), action_url(case, "ask-for-evidence") + f"?evidence_type={kind}", sheet=True)
        items.append(
            ChecklistItem(
                labels.get(kind, kind),
                is_done=bool(verified),
                is_asked=(bool(here) and not verified) or waits,
                note=" · ".join(notes) or _("missing"),
                link=on_the_way_back(link) if link else None,
            )
        )
    return items


def facts_of(case: Complaint, category: Category | None) -> list[ChecklistItem]:
    """The facts that the category asks for, known or not; they are entered on the page of the case."""
    if category is None or not category.required_facts:
        return []
    known = known_facts(case)
    to_case = Link(_("Enter it on the case"), case_url(case.pk)) if case.is_open else None
    return [
        ChecklistItem(
            str(FACTS.get(fact, fact)),
            is_done=fact in known,
            note=_("known") if fact in known else _("missing"),
            link=None if fact in known else to_case,
        )
        for fact in category.required_facts
    ]


def requests_of(request, case: Complaint, requests: Iterable[EvidenceRequest], at: datetime) -> list[dict]:
    """What somebody was asked for and has not sent yet, with what can be done about it."""
    return [
        {
            "row": row,
            "note": _asked_in_words(row),
            "is_late": row.state == EvidenceRequestState.ASKED and row.due_at < at,
            "links": [on_the_way_back(link) for link in links_for(request, row, buttons.EVIDENCE_REQUEST, case, at)],
        }
        for row in requests
        if row.state != EvidenceRequestState.ANSWERED
    ]


def _asked_in_words(row: EvidenceRequest) -> str:
    return _("%(who)s asked %(side)s, until %(due)s: %(state)s") % {
        "who": row.asked_by.name,
        "side": row.get_asked_from_display(),
        "due": instant(row.due_at),
        "state": row.get_state_display(),
    }


def _judged_in_words(piece: Evidence, judged: dict[int, Judged], at: datetime) -> str:
    known = judged.get(piece.pk)
    if known is None or piece.state == EvidenceState.RECEIVED:
        return _("nobody has verified it yet")
    words = {
        EvidenceState.VERIFIED: _("verified by %(who)s, %(at)s"),
        EvidenceState.DISPUTED: _("disputed by %(who)s, %(at)s"),
        EvidenceState.EXCLUDED: _("excluded by %(who)s, %(at)s"),
    }
    return words[piece.state] % {"who": known.who, "at": instant(known.at, at)}


def line_of(
    case: Complaint,
    piece: Evidence,
    judged: dict[int, Judged],
    same: dict[str, list[Evidence]],
    at: datetime,
    *,
    chosen: Evidence | None,
    state: str,
) -> PieceLine:
    """One piece as the list shows it."""
    name = str(piece.file_name)
    can_be_seen = derived.can_draw(piece.content_type) and not piece.is_locked_away
    others = [other for other in same.get(piece.sha256, ()) if other.pk != piece.pk]
    return PieceLine(
        piece=piece,
        url=evidence_url(case.pk, piece.pk, state),
        name=name,
        kind=_("redacted copy") if piece.redacted_from_id else piece.get_evidence_type_display(),
        thumbnail=reverse("admin:complaints_evidence_thumbnail", args=[piece.pk]) if can_be_seen else "",
        icon=ICONS.get(piece.content_type.partition("/")[0], "draft"),
        ending=name.rpartition(".")[2].upper()[:5],
        supplied=_("supplied by %(side)s, taken in by %(who)s, %(at)s")
        % {
            "side": piece.get_supplied_by_display(),
            "who": piece.received_by.name,
            "at": instant(piece.received_at, at),
        },
        judged="" if piece.redacted_from_id else _judged_in_words(piece, judged, at),
        mark="lock" if piece.is_locked_away else MARKS[piece.state],
        why=str(piece.reason or "") if piece.state in (EvidenceState.DISPUTED, EvidenceState.EXCLUDED) else "",
        digest=f"{piece.sha256[:4]} {piece.sha256[4:8]}",
        is_struck=piece.state == EvidenceState.EXCLUDED and not piece.redacted_from_id,
        is_locked=piece.is_locked_away,
        is_chosen=chosen is not None and chosen.pk == piece.pk,
        duplicates=tuple(
            Link(
                _("%(name)s in %(case)s") % {"name": f"#{other.pk}", "case": other.case.case_number},
                evidence_url(other.case_id, other.pk),
            )
            for other in others
        ),
    )


def facts_about(piece: Evidence, checked: str) -> list[Fact]:
    """What is known of one piece, beside its picture."""
    facts = [
        Fact(_("Type"), f"{piece.get_evidence_type_display()} · {piece.content_type}"),
        Fact(_("Size"), size_in_words(piece.size) + (f" ({piece.size} B)" if piece.size >= 1024 else "")),
    ]
    if piece.redacted_from_id:
        facts.append(
            Fact(
                _("Redacted copy of"),
                f"#{piece.redacted_from_id}",
                Link(f"#{piece.redacted_from_id}", evidence_url(piece.case_id, piece.redacted_from_id)),
            )
        )
    if piece.description_id:
        facts.append(Fact(_("What it shows"), str(piece.description)))
    if piece.scan != ScanState.NOT_SCANNED:
        facts.append(Fact(_("Malware scan"), piece.get_scan_display()))
    facts.append(Fact(_("Sealed bytes"), checked))
    return facts
