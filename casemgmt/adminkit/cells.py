"""Cells of lists: two lines, a shape beside each colour, words beside each number."""

from datetime import datetime
from decimal import Decimal

from django.template.loader import render_to_string
from django.utils import timezone

from casemgmt.adminkit.pages import ClockCard, Severity, StateChip, Words
from casemgmt.money import amount_shown


def two_lines(first: Words, second: Words = "", *, marks: tuple[Words, ...] = ()) -> str:
    """What it is, and below it, smaller, what else helps to know it again."""
    return render_to_string("adminkit/cells/two_lines.html", {"first": first, "second": second, "marks": marks})


def state_chip(state: StateChip) -> str:
    """The state as a word with a bar of the steps done."""
    return render_to_string("adminkit/cells/state.html", {"state": state})


def severity_mark(severity: Severity | None) -> str:
    """The severity as shape and word."""
    return render_to_string("adminkit/cells/severity.html", {"severity": severity})


def deadline(clock: ClockCard | None, now: datetime | None = None) -> str:
    """A deadline in words, and below it which clock it is and the instant."""
    return render_to_string("adminkit/cells/deadline.html", {"clock": clock, "now": now or timezone.now()})


def money(amount: Decimal | None, currency: str = "") -> str:
    """An amount with two places, or a dash; "" is the currency of the house."""
    shown = "" if amount is None else amount_shown(amount, currency)
    return render_to_string("adminkit/cells/money.html", {"shown": shown})


def opening(url: str, first: Words, second: Words = "", *, marks: tuple[Words, ...] = (), preview: str = "") -> str:
    """Two lines of which the first opens the row; `preview` is shown when the link is pointed at or has the focus."""
    return render_to_string(
        "adminkit/cells/opening.html",
        {"url": url, "first": first, "second": second, "marks": marks, "preview": preview},
    )


def event(happened) -> str:
    """What happened (`says`) and when (`at`), or a dash."""
    return render_to_string("adminkit/cells/event.html", {"event": happened, "now": timezone.now()})


def moment_of(instant: datetime) -> str:
    """An instant as people say it."""
    return render_to_string("adminkit/cells/moment.html", {"instant": instant, "now": timezone.now()})
