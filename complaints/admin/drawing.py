"""How a case looks in lists and heads: state, severity, deadline, title, money."""

from datetime import datetime

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from casemgmt.adminkit.pages import ClockCard, Severity, StateChip, Step
from complaints.clock_words import clock_name
from complaints.models import Clock, Complaint
from complaints.states import MAIN_PATH, CaseState
from complaints.vocabulary import Severity as SeverityCode
from complaints.vocabulary import StatementKind

LEVELS = {
    SeverityCode.GRAVE: "critical",
    SeverityCode.SERIOUS: "serious",
    SeverityCode.ORDINARY: "normal",
    SeverityCode.MINOR: "minor",
}
TITLE_LENGTH = 34


def state_of(case: Complaint) -> StateChip:
    """The state in words, with a bar on the main path."""
    if case.state in MAIN_PATH:
        return StateChip(case.get_state_display(), (MAIN_PATH.index(case.state) + 1) / len(MAIN_PATH))
    return StateChip(case.get_state_display())


def severity_of(case: Complaint) -> Severity:
    """The severity by shape and word."""
    return Severity(LEVELS[case.severity], case.get_severity_display())


def steps_of(case: Complaint) -> tuple[Step, ...]:
    """The main path, as far as the case has come; nothing for a case beside it."""
    if case.state not in MAIN_PATH:
        return ()
    here = MAIN_PATH.index(case.state)
    return tuple(
        Step(CaseState(state).label, is_done=place < here, is_current=place == here)
        for place, state in enumerate(MAIN_PATH)
    )


def due_of(case: Complaint) -> ClockCard | None:
    """The next deadline of the case."""
    if case.next_due_at is None:
        return None
    return ClockCard("", case.next_due_at, is_provisional=bool(getattr(case, "next_provisional", False)))


def next_is_provisional(case: str) -> Subquery:
    """Whether the next deadline hangs on a year without announced holidays; `case` names the way from the row."""
    running = Clock.objects.running().filter(case=OuterRef(case)).order_by("due_at", "pk")
    return Subquery(running.values("provisional")[:1])


def with_titles(cases) -> list[Complaint]:
    """The cases with the first words of the complaint as `title_words`; one query for all."""
    cases = list(cases)
    model = Complaint._meta.get_field("act_reason").related_model
    rows = model.objects.filter(case__in=[case.pk for case in cases], kind=StatementKind.CONTENT).order_by("-pk")
    words = dict(rows.values_list("case_id", "words"))
    for case in cases:
        case.title_words = first_words(words.get(case.pk))
    return cases


def title_of(case: Complaint) -> str:
    """The first words of the complaint."""
    if hasattr(case, "title_words"):
        return case.title_words
    content = case.statements.filter(kind=StatementKind.CONTENT).order_by("pk")
    return first_words(content.values_list("words", flat=True).first() if content else "")


def first_words(text: str | None) -> str:
    """So much of a text as fits a line."""
    if text is None:
        return _("(erased)")
    line = " ".join(text.split())
    return line if len(line) <= TITLE_LENGTH else f"{line[:TITLE_LENGTH]}…"


def marks_of(case: Complaint) -> tuple[str, ...]:
    """What must not be overlooked."""
    marks = (
        (case.safety_flag, _("safety")),
        (case.legal_flag, _("legal dispute")),
        (case.opinion_risk, _("risk of public opinion")),
        (case.backlog, _("from the backlog")),
        (bool(case.reopened), _("reopened")),
    )
    return tuple(label for is_set, label in marks if is_set)


def clocks_of(clocks, at: datetime, why_url) -> tuple[ClockCard, ...]:
    """The clocks of the case as cards: running, paused, or met; ended ones without a result are left out."""
    return tuple(
        ClockCard(
            clock_name(clock),
            clock.stopped_at or clock.due_at,
            is_paused=clock.paused_at is not None and clock.stopped_at is None,
            is_met=clock.stopped_at is not None,
            why=why_url(clock),
            note=_note(clock),
            is_provisional=clock.provisional and clock.stopped_at is None,
        )
        for clock in clocks
        if clock.stopped_at is None or clock.stopped_late is not None
    )


def _note(clock: Clock) -> str:
    if clock.stopped_late:
        return _("met, but late")
    return ""
