"""Dry runs on the page of a policy: how far one is, what it found, examples for who may see them, and a download."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation

from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgmt.adminkit.templatetags.desk import span_in_words
from casemgmt.exporting import Column
from policies.code_words import word_for
from policies.dry_running import cases
from policies.models import DryRun, DryRunLine

EXAMPLES = 5
WHAT = {
    "due": gettext_lazy("Due moments"),
    "limit": gettext_lazy("Authority and limits"),
    "block": gettext_lazy("What is refused or asked for"),
    "amount": gettext_lazy("Amounts"),
}
VERDICTS = {
    "due.earlier": gettext_lazy("due earlier"),
    "due.later": gettext_lazy("due later"),
    "due.overdue_now": gettext_lazy("overdue at once"),
    "due.late_after_all": gettext_lazy("would have been late"),
    "due.in_time_after_all": gettext_lazy("would have been in time"),
    "due.appears": gettext_lazy("gets a deadline that it has not"),
    "due.disappears": gettext_lazy("loses a deadline"),
    "due.escalates_earlier": gettext_lazy("goes up earlier"),
    "due.escalates_later": gettext_lazy("goes up later"),
    "limit.other_rung": gettext_lazy("another person decides"),
    "limit.nobody": gettext_lazy("nobody may grant it any more"),
    "limit.somebody": gettext_lazy("somebody may grant it now"),
    "block.refused": gettext_lazy("would be refused"),
    "block.allowed": gettext_lazy("would be allowed"),
    "block.other_reason": gettext_lazy("refused for another reason"),
    "amount.more": gettext_lazy("more money"),
    "amount.less": gettext_lazy("less money"),
    "amount.other": gettext_lazy("another answer"),
}


@dataclass(frozen=True, slots=True)
class Example:
    """A difference in words. `url` is empty for a viewer who may not open the case."""

    number: str
    url: str
    name: str
    before: str
    after: str
    how: str


@dataclass(frozen=True, slots=True)
class Found:
    """One sort of difference: how many, and some examples."""

    label: str
    count: int
    is_grave: bool
    examples: tuple[Example, ...]


GRAVE = ("due.overdue_now", "due.late_after_all", "limit.nobody", "block.refused")


def found_by(run: DryRun, viewer, at: datetime) -> list[Found]:
    """What a finished run found, grave things first, with examples.

    Who may not open a case is told its number and figures and nothing else; of a case against themselves nobody
    hears here at all.
    """
    keys = [key for key in run.counts if "." in key]
    found = []
    for key in sorted(keys, key=lambda key: (key not in GRAVE, key)):
        what, _dot, verdict = key.partition(".")
        lines = list(run.lines.filter(what=what, verdict=verdict).order_by("pk")[: EXAMPLES * 4])
        hidden = cases().hidden_from(viewer, [line.case_id for line in lines])
        lines = [line for line in lines if line.case_id not in hidden][:EXAMPLES]
        links = cases().links(viewer, [line.case_id for line in lines], at)
        examples = tuple(example_of(line, links.get(line.case_id, "")) for line in lines)
        found.append(Found(str(VERDICTS.get(key, key)), run.counts[key], key in GRAVE, examples))
    return found


def example_of(line: DryRunLine, url: str = "") -> Example:
    """A line in words."""
    before, after = value_in_words(line.before), value_in_words(line.after)
    return Example(line.case_number, url, word_for("clock", line.name), before, after, how_in_words(line))


def value_in_words(value: str) -> str:
    """An instant in local time, codes with their words, anything else as it is; a dash for none."""
    instant = _instant_in(value)
    if instant is not None:
        return date_format(localtime(instant), "Y-m-d H:i")
    return ", ".join(word_for("effect", part) for part in value.split(", ") if part) or "—"


def how_in_words(line: DryRunLine) -> str:
    """How much earlier or later, or how much more."""
    before, after = _instant_in(line.before), _instant_in(line.after)
    if before and after:
        words = _("%(span)s earlier") if after < before else _("%(span)s later")
        return words % {"span": span_in_words(after - before)}
    try:
        return f"{Decimal(line.after) - Decimal(line.before):+}"
    except InvalidOperation:
        return str(VERDICTS.get(f"{line.what}.{line.verdict}", ""))


def _instant_in(value: str) -> datetime | None:
    try:
        found = parse_datetime(value) if "T" in value else None
    except ValueError:
        return None
    return found if found is not None and found.tzinfo else None


DOWNLOAD = (
    Column("case_number", gettext_lazy("case number"), lambda line: line.case_number),
    Column("is_open", gettext_lazy("open"), lambda line: _("yes") if line.is_open else _("no")),
    Column("what", gettext_lazy("what changes"), lambda line: str(WHAT.get(line.what, line.what))),
    Column("name", gettext_lazy("which"), lambda line: word_for("clock", line.name)),
    Column("verdict", gettext_lazy("how"), lambda line: str(VERDICTS.get(f"{line.what}.{line.verdict}", line.verdict))),
    Column("before", gettext_lazy("before"), lambda line: value_in_words(line.before)),
    Column("after", gettext_lazy("after"), lambda line: value_in_words(line.after)),
    Column("difference", gettext_lazy("difference"), how_in_words),
)
