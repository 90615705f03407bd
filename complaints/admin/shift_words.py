"""The register of a shift in words: one row a case, as it stands now or as it stood when it was handed over."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgmt.adminkit.pages import ClockCard, Link, Severity, StateChip
from casemgmt.exporting import Column
from casemgmt.money import amount_shown
from complaints.admin.base import case_url
from complaints.admin.drawing import first_words, severity_of, state_of
from complaints.clock_words import clock_name
from complaints.models import Clock, Complaint, HandoverLine, Statement
from complaints.shift_register import ASKED, NEXT, PROMISED, register_of, statements_in
from complaints.states import CaseState, CommitmentState, GrantState, ReturnState
from complaints.vocabulary import Channel


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was promised, or that comes next, and when."""

    words: str
    at: datetime | None

    @property
    def clock(self) -> ClockCard:
        """Its moment, as deadlines are drawn."""
        return ClockCard("", self.at)


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One case of the register. `answer` says what came of a line, `links` what can be done with it."""

    title: str
    url: str
    number: str
    customer: str
    goods: str
    severity: Severity
    state: StateChip
    due: ClockCard
    stands: tuple[str, ...]
    promised: tuple[Entry, ...]
    next: tuple[Entry, ...]
    careful: tuple[str, ...]
    answer: str = ""
    answered_at: datetime | None = None
    answered_by: str = ""
    returned_because: str = ""
    is_waiting: bool = False
    links: tuple[Link, ...] = ()


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _clock(entry, words) -> str:
    return clock_name(Clock(kind=entry["more"]["kind"], policy_id=entry["more"]["policy_id"]))


def _said(label) -> Callable:
    return lambda entry, words: _("%(what)s: %(words)s") % {"what": label(), "words": words}


def _grant(entry, words) -> str:
    more = entry["more"]
    amount = amount_shown(Decimal(more["amount"]), more["currency"])
    return _("%(what)s: %(words)s") % {"what": amount, "words": GrantState(more["state"]).label}


def _promise(entry, words) -> str:
    is_late = entry["more"]["state"] == CommitmentState.BROKEN
    return _("%(words)s (broken)") % {"words": words} if is_late else words


def _follow_up(entry, words) -> str:
    return _("Follow-up, %(channel)s") % {"channel": Channel(entry["more"]["channel"]).label}


def _return(entry, words) -> str:
    return _("%(what)s: %(words)s") % {"what": _("Return"), "words": ReturnState(entry["more"]["state"]).label}


KINDS: Mapping[str, Callable[[dict, str], str]] = {
    "promise": _promise,
    "clock": _clock,
    "follow_up": _follow_up,
    "call": _said(lambda: _("Call")),
    "progress": lambda entry, words: _("Message of progress"),
    "contact": lambda entry, words: _("Regular contact"),
    "task": _said(lambda: _("Department")),
    "evidence": _said(lambda: _("Evidence asked for")),
    "return": _return,
    "grant": _grant,
    "refusal": lambda entry, words: _("A refusal awaits a decision"),
    "wording": lambda entry, words: _("Words await a yes or no"),
    "extension": lambda entry, words: _("More time is asked for"),
}
"""kind of an entry → its words, given the entry and what was said."""


def _entries(line: Mapping, place: str, said: Mapping[int, str]) -> tuple[Entry, ...]:
    found = []
    for entry in line[place]:
        words = first_words(said.get(entry["words"])) if entry["words"] else ""
        found.append(Entry(str(KINDS[entry["kind"]](entry, words)), _instant(entry["at"])))
    return tuple(found)


def words_by_key(lines: Iterable[Mapping], *more: int | None) -> dict[int, str | None]:
    """What was said, by the keys that the lines name; one query. Erased words are None."""
    keys = statements_in(lines) | {key for key in more if key}
    return dict(Statement.objects.filter(pk__in=keys).values_list("pk", "words"))


def row_of(case: Complaint, line: Mapping, said: Mapping[int, str], *, note: int | None = None, **more) -> RegisterRow:
    """A case as the line tells of it. `note` is the key of what was written for the next shift."""
    asked = _entries(line, ASKED, said)
    paused = _instant(line["paused_until"])
    stands = [CaseState(line["state"]).label, *(entry.words for entry in asked)]
    careful = [first_words(said[key]) for key in (note, line["note"]) if key and key in said]
    return RegisterRow(
        title=first_words(case.content_words),
        url=case_url(case.pk),
        number=case.case_number,
        customer=str(case.customer or ""),
        goods=str(case.product or ""),
        severity=severity_of(case),
        state=state_of(case),
        due=ClockCard("", _instant(line["due_at"]), is_paused=paused is not None and line["due_at"] is None),
        stands=tuple(str(words) for words in stands),
        promised=_entries(line, PROMISED, said),
        next=_entries(line, NEXT, said),
        careful=tuple(careful),
        **more,
    )


def rows_now(cases: Iterable[Complaint]) -> list[RegisterRow]:
    """The register of these cases as it stands."""
    cases = list(cases)
    lines = register_of(cases)
    said = words_by_key(lines.values())
    return [row_of(case, lines[case.pk], said) for case in cases]


def rows_then(lines: Iterable[HandoverLine], links: Callable[[HandoverLine], tuple[Link, ...]]) -> list[RegisterRow]:
    """The register as it stood, with the answer of each line. `line.case` was read by `shift_register.with_words`."""
    lines = list(lines)
    said = words_by_key(
        (line.as_it_stood for line in lines),
        *(key for line in lines for key in (line.note_id, line.reason_id)),
    )
    return [
        row_of(
            line.case,
            line.as_it_stood,
            said,
            note=line.note_id,
            answer=str(line.get_state_display()),
            answered_at=line.answered_at,
            answered_by=line.answered_by.name if line.answered_by else "",
            returned_because=said.get(line.reason_id) or "" if line.reason_id else "",
            is_waiting=line.state == "waiting",
            links=links(line),
        )
        for line in lines
    ]


def _listed(entries: tuple[Entry, ...]) -> str:
    return "\n".join(
        f"{entry.words} {localtime(entry.at):%Y-%m-%d %H:%M}" if entry.at else entry.words for entry in entries
    )


COLUMNS = (
    Column("case_number", gettext_lazy("case number"), lambda row: row.number),
    Column("title", gettext_lazy("complaint"), lambda row: row.title),
    Column("customer", gettext_lazy("customer"), lambda row: row.customer),
    Column("goods", gettext_lazy("goods"), lambda row: row.goods),
    Column("severity", gettext_lazy("severity"), lambda row: str(row.severity.label)),
    Column("due_at", gettext_lazy("due at"), lambda row: row.due.due_at, is_time=True),
    Column("stands", gettext_lazy("where it stands"), lambda row: "\n".join(row.stands)),
    Column("promised", gettext_lazy("what was promised"), lambda row: _listed(row.promised)),
    Column("next", gettext_lazy("what is next"), lambda row: _listed(row.next)),
    Column("careful", gettext_lazy("to be careful of"), lambda row: "\n".join(row.careful)),
    Column("answer", gettext_lazy("answer"), lambda row: row.answer),
    Column("answered_by", gettext_lazy("answered by"), lambda row: row.answered_by),
    Column("answered_at", gettext_lazy("answered at"), lambda row: row.answered_at, is_time=True),
)
"""The register as a table that leaves the house."""
