"""The timeline of the case page: the story of the case as entries, with filters."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from casemgmt.adminkit.pages import Change, Link, Tab, TimelineEntry
from casemgmt.sentences import say
from casemgmt.violations import Violation
from complaints.admin.case_events import access_entries, policy_entries
from complaints.admin.why_contact import contact_why_url
from complaints.admin.wording_told import noted_in_words
from complaints.case_file import CaseFile
from complaints.models import Evidence
from complaints.roles import day_of, may_in_scope
from complaints.timeline import Entry, story_of
from complaints.vocabulary import StatementKind
from policies.lookup import PoliciesInForce, policies_in_words

ICONS = {
    "message": "chat",
    "call": "call",
    "note": "lock",
    "file": "attach_file",
    "money": "payments",
    "promise": "handshake",
    "escalation": "trending_up",
    "decision": "gavel",
    "outside": "account_balance",
    "clock": "pause_circle",
    "plan": "assignment",
    "facts": "fact_check",
    "state": "arrow_forward",
}
GRAVE = frozenset({"escalation"})
SHOWN_AT_FIRST = 60


SAID_TO_EACH_OTHER = frozenset({StatementKind.MESSAGE, StatementKind.CALL_NOTE})
"""What the customer heard or read, or said; other words of a call are for colleagues."""


def filters() -> list[tuple[str, str, frozenset[str]]]:
    """The filters of the timeline: name, label, kinds of entries."""
    return [
        ("messages", _("Messages"), frozenset({"message"})),
        ("calls", _("Calls"), frozenset({"call"})),
        ("notes", _("Notes"), frozenset({"note"})),
        (
            "state",
            _("State and deadlines"),
            frozenset({"state", "facts", "clock", "escalation", "outside", "decision", "plan"}),
        ),
        ("money", _("Money and promises"), frozenset({"money", "promise"})),
        ("files", _("Files"), frozenset({"file"})),
        ("policy", _("Policies"), frozenset({"policy"})),
        ("access", _("Access"), frozenset({"access"})),
    ]


@dataclass(frozen=True, slots=True)
class Shown:
    """What of a story is wanted: one filter or all, and all of it or the latest entries."""

    kind: str = ""
    everything: bool = False
    with_notes: bool = True


def timeline_of(
    file: CaseFile, policies: PoliciesInForce, shown: Shown, *, person, at: datetime, address: Callable[..., str]
) -> tuple[list[TimelineEntry], list[Tab], bool]:
    """The entries to show, the filters with their counts, and whether older entries are left out.

    `address` gives the page with other parameters.
    """
    files = {row.pk: file_link(row) for row in file.rows[Evidence]}
    told = story_of(file.case, policies, file)
    if not shown.with_notes or not may_in_scope(person, "contact.record", file.case, on=day_of(at)):
        told = [_without_plans(entry) for entry in told]
    phrases = policies_in_words(found["policy"] for entry in told for found in entry.wording)
    story = [_entry(entry, files, phrases, file.case.pk) for entry in told]
    story += policy_entries(file, policies, at) + access_entries(file, person)
    if not shown.with_notes:
        story = [entry for entry in story if entry.kind != "note"]
    story.sort(key=lambda entry: entry.at, reverse=True)
    kept = story
    tabs = [Tab(_("All"), address(), len(story), is_active=not shown.kind)]
    for name, label, kinds in filters():
        found = [entry for entry in story if entry.kind in kinds]
        if found or name == shown.kind:
            tabs.append(Tab(label, address(kind=name), len(found), is_active=name == shown.kind))
        if name == shown.kind:
            kept = found
    cut = not shown.everything and len(kept) > SHOWN_AT_FIRST
    return (kept[:SHOWN_AT_FIRST] if cut else kept), tabs, cut


def _without_plans(entry: Entry) -> Entry:
    """Where a talk ends is known to those who may call alone, and never to the customer."""
    return replace(entry, said=[said for said in entry.said if said.kind != StatementKind.CALL_PLAN])


def _entry(entry: Entry, files: dict[int, Link], phrases: dict, case_id: int) -> TimelineEntry:
    theirs = any(said.theirs for said in entry.said)
    kinds = {said.kind for said in entry.said}
    side = "internal" if entry.kind == "note" or StatementKind.CALL_PLAN in kinds else ""
    if entry.kind in ("message", "call") and kinds & SAID_TO_EACH_OTHER:
        side = "customer" if theirs else "us"
    elif theirs:
        side = "customer"
    many = len(entry.said) > 1
    words = "\n".join(
        f"{said.label}{_(': ')}{said.words}" if many or said.in_step else said.words for said in entry.said
    )
    return TimelineEntry(
        kind=entry.kind,
        at=entry.at,
        who=entry.who,
        title=entry.headline,
        words=words,
        changes=tuple(Change(change.label, change.old or "", change.new) for change in entry.changes),
        icon=ICONS.get(entry.kind, "radio_button_unchecked"),
        side=side,
        aside=entry.channel,
        note=_note(entry, phrases),
        files=(*(files[key] for key in entry.evidence_ids if key in files), *_why(entry, case_id)),
        recorded_at=entry.written_at if entry.recorded_late else None,
        is_grave=entry.kind in GRAVE or bool(entry.breach) or any(found["breach"] for found in entry.wording),
        naming=tuple(name for said in entry.said for name in said.naming),
    )


def _note(entry: Entry, phrases: dict) -> str:
    notes = [entry.outcome]
    if entry.breach:
        notes.append(_("outside the calling rules"))
    notes += [say(Violation(code)) for code in entry.lacks]
    notes += noted_in_words(entry.wording, phrases)
    if entry.source in ("task", "import"):
        notes.append(_("by the system"))
    return " · ".join(note for note in notes if note)


def _why(entry: Entry, case_id: int) -> tuple[Link, ...]:
    """The way to what the rules said, where they said something against it."""
    if entry.contact_id is None or not (entry.breach or entry.wording):
        return ()
    return (Link(_("Why?"), contact_why_url(entry.contact_id, case_id), icon="help"),)


def file_link(evidence: Evidence) -> Link:
    """The way to a file: always through the check of rights."""
    url = reverse("admin:complaints_evidence_file", args=[evidence.pk])
    return Link(str(evidence.file_name), url, icon="draft", note=size_in_words(evidence.size))


def size_in_words(size: int) -> str:
    """A size as people read it."""
    if size < 1024:
        return f"{size} B"
    return f"{size / 1024:.0f} KB" if size < 1024 * 1024 else f"{size / 1024 / 1024:.1f} MB"
