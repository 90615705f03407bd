"""The register of a shift (售后订单登记簿): of each case where it stands, what was promised, and what comes next.

Codes, instants, amounts and ids alone, as JSON: a copy stays with every handover, and no words of anybody are in it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, OuterRef, Subquery

from complaints.models import (
    Clock,
    ClockExtension,
    Commitment,
    CompensationGrant,
    Complaint,
    DepartmentTask,
    EvidenceRequest,
    FollowUpCall,
    Pause,
    ProgressNotice,
    RefusalProposal,
    RegularContact,
    ReturnRequest,
    ScheduledCall,
    Statement,
    WordingOverride,
)
from complaints.states import (
    CommitmentState,
    EvidenceRequestState,
    ExtensionState,
    FollowUpState,
    GrantState,
    OverrideState,
    RefusalState,
    ReturnState,
    TaskState,
)
from complaints.vocabulary import StatementKind

PROMISED = "promised"
NEXT = "next"
ASKED = "asked"
EXPECTED = (ReturnState.ASKED, ReturnState.AGREED, ReturnState.SENT, ReturnState.RECEIVED, ReturnState.INSPECTED)


@dataclass(frozen=True, slots=True)
class Source:
    """Where one kind of entry comes from. `at` is its due instant, `words` the statement that says what; `more` are
    further fields that are kept as they are.
    """

    kind: str
    place: str
    rows: Callable
    at: str
    words: str = ""
    more: tuple[str, ...] = ()


SOURCES = (
    Source(
        "promise",
        PROMISED,
        lambda: Commitment.objects.filter(state__in=[CommitmentState.OPEN, CommitmentState.BROKEN]),
        "due_at",
        "what_id",
        ("state",),
    ),
    Source("clock", NEXT, lambda: Clock.objects.running(), "due_at", more=("kind", "policy_id")),
    Source(
        "follow_up",
        NEXT,
        lambda: FollowUpCall.objects.filter(
            state__in=[FollowUpState.SCHEDULED, FollowUpState.DUE, FollowUpState.NO_ANSWER]
        ),
        "scheduled_for",
        more=("channel",),
    ),
    Source("call", NEXT, lambda: ScheduledCall.objects.filter(ended_at__isnull=True), "scheduled_for", "what_id"),
    Source(
        "progress",
        NEXT,
        lambda: ProgressNotice.objects.filter(told_at__isnull=True, dropped_at__isnull=True),
        "due_at",
    ),
    Source("contact", NEXT, lambda: RegularContact.objects.filter(ended_at__isnull=True), "next_at"),
    Source("task", NEXT, lambda: DepartmentTask.objects.filter(state=TaskState.OPEN), "due_at", "what_id"),
    Source(
        "evidence",
        NEXT,
        lambda: EvidenceRequest.objects.filter(state=EvidenceRequestState.ASKED),
        "due_at",
        "what_id",
    ),
    Source("return", NEXT, lambda: ReturnRequest.objects.filter(state__in=EXPECTED), "send_by", more=("state",)),
    Source(
        "grant",
        ASKED,
        lambda: CompensationGrant.objects.filter(state__in=[GrantState.AWAITING_APPROVAL, GrantState.APPROVED]),
        "pay_by",
        more=("state", "amount", "currency"),
    ),
    Source("refusal", ASKED, lambda: RefusalProposal.objects.filter(state=RefusalState.PROPOSED), "proposed_at"),
    Source("wording", ASKED, lambda: WordingOverride.objects.filter(state=OverrideState.ASKED), "asked_at"),
    Source("extension", ASKED, lambda: ClockExtension.objects.filter(state=ExtensionState.ASKED), "asked_at"),
)
PLACES = (PROMISED, NEXT, ASKED)
FAR = "9999"


def with_words(cases):
    """The cases with everything that a row of the register shows of them; the complaint itself as `content_words`."""
    said = Statement.objects.filter(case=OuterRef("pk"), kind=StatementKind.CONTENT).order_by("pk")
    shown = cases.select_related("customer__key", "handler", "team", "product")
    return shown.annotate(content_words=Subquery(said.values("words")[:1]))


def held_by(person_id: int):
    """The open cases of a person, the earliest deadline first."""
    held = Complaint.objects.open().filter(handler=person_id)
    return with_words(held).order_by(F("next_due_at").asc(nulls_last=True), "pk")


def register_of(cases: Iterable[Complaint]) -> dict[int, dict]:
    """The line of each case by its key, ready to be stored. Sixteen queries however many cases."""
    cases = list(cases)
    keys = [case.pk for case in cases]
    found: dict[int, dict[str, list]] = defaultdict(lambda: {place: [] for place in PLACES})
    for source in SOURCES:
        for case_id, entry in _entries(source, keys):
            found[case_id][source.place].append(entry)
    paused = dict(Pause.objects.filter(case__in=keys, ended_at__isnull=True).values_list("case", "cap_at"))
    notes = dict(
        Statement.objects.filter(case__in=keys, kind=StatementKind.NOTE).order_by("pk").values_list("case", "pk")
    )
    return {
        case.pk: {
            "state": str(case.state),
            "severity": str(case.severity),
            "safety": case.safety_flag,
            "legal": case.legal_flag,
            "received_at": _text(case.received_at),
            "due_at": _text(case.next_due_at),
            "paused_until": _text(paused.get(case.pk)),
            "note": notes.get(case.pk),
            **{place: sorted(found[case.pk][place], key=lambda entry: entry["at"] or FAR) for place in PLACES},
        }
        for case in cases
    }


def _entries(source: Source, keys: list[int]) -> Iterator[tuple[int, dict]]:
    names = ("case_id", "pk", source.at, *((source.words,) if source.words else ()), *source.more)
    for row in source.rows().filter(case__in=keys).order_by("pk").values(*names):
        yield (
            row["case_id"],
            {
                "kind": source.kind,
                "id": row["pk"],
                "at": _text(row[source.at]),
                "words": row[source.words] if source.words else None,
                "more": {name: _plain(row[name]) for name in source.more},
            },
        )


def _text(instant: datetime | None) -> str | None:
    return None if instant is None else instant.isoformat()


def _plain(value: object) -> object:
    return value if isinstance(value, int | type(None)) else str(value)


def statements_in(lines: Iterable[Mapping]) -> set[int]:
    """The keys of all statements that lines of a register name."""
    found: set[int] = set()
    for line in lines:
        found |= {line["note"], *(entry["words"] for place in PLACES for entry in line[place])}
    return found - {None}
