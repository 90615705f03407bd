"""What must hold before somebody dials, plans a call, or puts one on the calendar (S-COM-09 to S-COM-13)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from casemgmt.violations import Violation
from policies.rules.calling import with_the_penalty
from policies.values import CallingWindow


@dataclass(frozen=True, slots=True)
class DiallingFacts:
    """Where a call stands before it is dialled. `needs_plan` names what makes a plan necessary, empty for nothing."""

    number_known: bool
    one_is_open: bool
    needs_plan: tuple[str, ...]
    has_plan: bool


def violations_in_dialling(
    facts: DiallingFacts, broken: Iterable[Violation], window: CallingWindow
) -> Iterator[Violation]:
    """A number, one call at a time, a plan where one is needed, and every rule of calling with what a breach costs.

    Nothing excuses a call against the rules: what happened all the same is recorded as a breach, but not begun here.
    """
    if not facts.number_known:
        yield Violation("call.no_number")
    if facts.one_is_open:
        yield Violation("call.one_at_a_time")
    if facts.needs_plan and not facts.has_plan:
        yield Violation("call.plan_missing", params={"because": ", ".join(facts.needs_plan)})
    yield from with_the_penalty(broken, window)


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """A call plan as it is typed; several entries stand on lines of their own."""

    authority: str
    demands: str
    fallbacks: str
    bottom_line: str
    beyond: str


def lines_of(text: str) -> list[str]:
    """The entries of a text, one a line, empty ones left out."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def violations_in_call_plan(facts: PlanFacts, *, fallbacks_min: int) -> Iterator[Violation]:
    """The three questions answered, several fallbacks, and a line that is not crossed (S-COM-10)."""
    for name in ("authority", "demands", "bottom_line", "beyond"):
        if not getattr(facts, name).strip():
            yield Violation(f"call_plan.{name}_missing", field=name)
    if len(lines_of(facts.fallbacks)) < fallbacks_min:
        yield Violation("call_plan.too_few_fallbacks", field="fallbacks", params={"least": fallbacks_min})


def violations_in_scheduling_a_call(
    wanted: datetime | None,
    *,
    at: datetime,
    moved_to: datetime | None,
    exactly: bool,
    broken: Iterable[Violation],
    window: CallingWindow,
) -> Iterator[Violation]:
    """A moment ahead, and some moment at all; at this very time only where no rule forbids it (S-COM-13)."""
    if wanted is None or wanted <= at:
        yield Violation("call.wanted_not_ahead", field="wanted_at")
        return
    broken = list(broken)
    if exactly:
        for violation in with_the_penalty(broken, window):
            yield Violation(violation.code, field="wanted_at", params=violation.params)
    elif moved_to is None:
        yield Violation("call.never_by_phone", field="wanted_at")
