"""Rows that wait for somebody, as heaps: counted in one statement, their first rows read in few, drawn as piles."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from casemgmt.adminkit.counting import firsts_of, in_short
from casemgmt.adminkit.landings import Count, Pile, PileRow
from casemgmt.adminkit.moment import moment
from casemgmt.adminkit.pages import ClockCard, Link
from complaints.admin.base import case_url
from complaints.admin.drawing import due_of, first_words, next_is_provisional, severity_of, state_of
from complaints.admin.landing.deeds import deed_in_passing, next_deed
from complaints.admin.queues import ALL
from complaints.clock_words import clock_name
from complaints.models import Clock, Complaint, Statement
from complaints.roles import absent_for, day_of
from complaints.vocabulary import StatementKind

SHOWN = 5
DRAWN = ("customer__key", "handler", "product")


@dataclass(frozen=True, slots=True)
class Heap:
    """Rows of one kind that wait. Without `draw` they are cases; `draw(row)` makes a line of any other row.

    `note` says under the count what is not seen in the number.
    """

    name: str
    label: str
    rows: QuerySet
    url: str
    is_late: bool = False
    draw: Callable[[object], PileRow] | None = None
    note: str = ""
    all_label: str = ""
    shown: int = SHOWN


def list_url(model: str, query: str = "") -> str:
    """The list of a kind of row, with a queue chosen."""
    return reverse(f"admin:complaints_{model}_changelist") + query


def queue_heap(request, name: str, cases: QuerySet, at: datetime) -> Heap:
    """A queue of cases as a heap, the earliest deadline first."""
    queue = ALL[name]
    rows = queue.narrow(cases, request, at).order_by(F("next_due_at").asc(nulls_last=True), "pk")
    return Heap(name, str(queue.label), rows, list_url("complaint", f"?queue={name}"), is_late=queue.is_late)


def with_words(rows: QuerySet, case: str = "case") -> QuerySet:
    """The rows with the words of the complaint as `content_words`; `case` names the way from the row to the case."""
    said = Statement.objects.filter(case=OuterRef(case), kind=StatementKind.CONTENT).order_by("pk")
    return rows.annotate(content_words=Subquery(said.values("words")[:1]))


def on_cases(rows: QuerySet) -> QuerySet:
    """Paperwork with all of its case that a line shows."""
    return with_words(rows.select_related(*(f"case__{name}" for name in DRAWN)))


def piles_of(request, heaps: list[Heap], counts: dict[str, int], at: datetime) -> list[Pile]:
    """The heaps that hold something, with their first rows and what to do next with each."""
    filled = [heap for heap in heaps if counts[heap.name]]
    drawn = _cases_drawn(request, [heap for heap in filled if heap.draw is None], at)
    return [
        Pile(
            heap.label,
            tuple(drawn[heap.name] if heap.draw is None else map(heap.draw, heap.rows[: heap.shown])),
            in_short(counts[heap.name]),
            Link(heap.all_label or _("All of them"), heap.url),
            is_late=heap.is_late,
        )
        for heap in filled
    ]


def counts_drawn(heaps: list[Heap], counts: dict[str, int]) -> tuple[Count, ...]:
    """Each heap as a number that leads to its list."""
    return tuple(
        Count(heap.label, in_short(counts[heap.name]), heap.url, note=heap.note, is_late=heap.is_late)
        if counts[heap.name]
        else Count(heap.label, 0, heap.url)
        for heap in heaps
    )


def _cases_drawn(request, heaps: list[Heap], at: datetime) -> dict[str, list[PileRow]]:
    """The first cases of every heap, in two statements whatever the number of heaps."""
    shown = {heap.name: heap.shown for heap in heaps}
    firsts = firsts_of({heap.name: heap.rows for heap in heaps}, SHOWN)
    keys = {key for found in firsts.values() for key in found}
    clocks = Clock.objects.running().filter(case=OuterRef("pk")).order_by("due_at", "pk")
    rows = with_words(Complaint.objects.filter(pk__in=keys).select_related(*DRAWN), "pk")
    rows = rows.annotate(
        clock_kind=Subquery(clocks.values("kind")[:1]),
        clock_policy=Subquery(clocks.values("policy_id")[:1]),
        next_provisional=next_is_provisional("pk"),
    )
    cases = {case.pk: case for case in rows} if keys else {}
    return {
        name: [
            case_row(request, cases[key], at)
            for key in sorted(found, key=lambda key: (cases[key].next_due_at is None, cases[key].next_due_at, key))[
                : shown[name]
            ]
        ]
        for name, found in firsts.items()
    }


def for_whom(request, case: Complaint) -> str:
    """Whose case it is, where the viewer looks after it for somebody who is away; else ""."""
    stands_in = absent_for(request.user, day_of(moment(request)))
    return _("for %(name)s") % {"name": case.handler.name} if case.handler_id in stands_in else ""


def note_on(case: Complaint, *more: str) -> str:
    """Number, customer (masked) and goods in one line."""
    return " · ".join(filter(None, (case.case_number, str(case.customer or ""), str(case.product or ""), *more)))


def case_row(request, case: Complaint, at: datetime) -> PileRow:
    """A case as a line; `clock_kind` on it is the kind of the clock that runs out first."""
    kind = case.clock_kind or ""
    return PileRow(
        title=first_words(case.content_words),
        url=case_url(case.pk),
        note=note_on(case, for_whom(request, case)),
        clock=_card(case),
        severity=severity_of(case),
        state=state_of(case),
        deed=next_deed(request, case, at, kind),
    )


def _card(case: Complaint) -> ClockCard | None:
    card = due_of(case)
    if card is None or not case.clock_kind:
        return card
    return replace(card, label=clock_name(Clock(kind=case.clock_kind, policy_id=case.clock_policy)))


def paper_row(
    row, *, due_at, deed: Link, note: str = "", title: str = "", amount: str = "", anchor: str = ""
) -> PileRow:
    """A row of paperwork as a line of its case."""
    case = row.case
    return PileRow(
        title=title or first_words(row.content_words),
        url=case_url(case.pk, anchor),
        note=note_on(case, note),
        clock=ClockCard("", due_at) if due_at else None,
        severity=severity_of(case),
        state=state_of(case),
        amount=amount,
        deed=deed,
    )


def promise_heap(title, promises: QuerySet, request=None) -> Heap:
    """These promises, the earliest first; each is said to be kept in passing."""
    return Heap(
        "promises",
        title,
        on_cases(promises).select_related("what").order_by("due_at", "pk"),
        list_url("commitment", "?queue=mine"),
        draw=lambda promise: paper_row(
            promise,
            title=str(promise.what)[:60],
            due_at=promise.due_at,
            note=for_whom(request, promise.case) if request is not None else "",
            deed=deed_in_passing(promise, "keep-commitment", _("Kept")),
            anchor="promises",
        ),
    )
