"""Dry runs on the page of a policy: how far one is, what it found, examples for who may see them, and a download."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation

from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from casemgmt.adminkit.templatetags.desk import span_in_words
from casemgmt.exporting import Column
from policies.admin.texts_of_runs import ShownText, TextsOfRun
from policies.dry_running import cases
from policies.lookup import policies_in_force
from policies.models import DryRun, DryRunLine, PolicyKind, PolicyRow, PolicyState
from policies.readiness import violations_in_body
from policies.words.answers import STOOD_AGAINST
from policies.words.calling import WORDS as WORDS_OF_CALLING
from policies.words.codes import words_of

EXAMPLES = 5
WHAT = {
    "due": gettext_lazy("Due moments"),
    "limit": gettext_lazy("Authority and limits"),
    "block": gettext_lazy("What is refused or asked for"),
    "amount": gettext_lazy("Amounts"),
    "text": gettext_lazy("Texts"),
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
    "block.waits_for_more": gettext_lazy("would wait for more before it goes on"),
    "block.waits_for_less": gettext_lazy("would wait for less before it goes on"),
    "block.waits_for_other": gettext_lazy("would wait for something else"),
    "block.offers_other": gettext_lazy("would be offered something else"),
    "limit.more_often": gettext_lazy("more often than now"),
    "limit.less_often": gettext_lazy("less often than now"),
    "amount.more": gettext_lazy("more money"),
    "amount.less": gettext_lazy("less money"),
    "amount.other": gettext_lazy("another answer"),
    "text.reads_otherwise": gettext_lazy("reads differently"),
    "text.kept_back": gettext_lazy("the new text would be kept back"),
    "text.appears": gettext_lazy("is offered a text that it has not"),
    "text.disappears": gettext_lazy("loses the text"),
}


@dataclass(frozen=True, slots=True)
class Example:
    """A difference in words. `url` is empty for a viewer who may not open the case; `text` is there for texts."""

    number: str
    url: str
    name: str
    before: str
    after: str
    how: str
    text: ShownText | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """One sort of difference: how many, and some examples."""

    label: str
    count: int
    is_grave: bool
    examples: tuple[Example, ...]


WORDS = {
    **WORDS_OF_CALLING,
    **STOOD_AGAINST,
    "call": gettext_lazy("call"),
    "follow_up": gettext_lazy("follow-up call"),
    "message": gettext_lazy("message"),
    "owed": gettext_lazy("owed"),
    "not_owed": gettext_lazy("not owed"),
    "unknown": gettext_lazy("cannot be told yet"),
}
GRAVE = ("due.overdue_now", "due.late_after_all", "limit.nobody", "block.refused", "text.kept_back")


def found_by(run: DryRun, viewer, at: datetime) -> list[Found]:
    """What a finished run found, grave things first, with examples.

    Who may not open a case is told its number and figures and nothing else, and of texts the template's own words;
    of a case against themselves nobody hears here at all.
    """
    keys, names = [key for key in run.counts if "." in key], names_in_force(at, run.row)
    found = []
    for key in sorted(keys, key=lambda key: (key not in GRAVE, key)):
        what, _dot, verdict = key.partition(".")
        lines = list(run.lines.filter(what=what, verdict=verdict).order_by("pk")[: EXAMPLES * 4])
        hidden = cases().hidden_from(viewer, [line.case_id for line in lines])
        lines = [line for line in lines if line.case_id not in hidden][:EXAMPLES]
        links = cases().links(viewer, [line.case_id for line in lines], at)
        texts = TextsOfRun(run, lines, viewer=viewer, at=at)
        examples = tuple(example_of(line, names, links.get(line.case_id, ""), texts.of(line)) for line in lines)
        found.append(Found(str(VERDICTS.get(key, key)), run.counts[key], key in GRAVE, examples))
    return found


def example_of(line: DryRunLine, names: Mapping[str, str], url: str = "", text: ShownText | None = None) -> Example:
    """A line in words."""
    before, after = value_in_words(line.before, names), value_in_words(line.after, names)
    return Example(line.case_number, url, names.get(line.name, line.name), before, after, how_in_words(line), text)


def names_in_force(at: datetime, row: PolicyRow) -> dict[str, str]:
    """What the codes in the lines about `row` are called: clocks, money, limits, phrases, and what stands against."""
    names = {code: str(words) for code, words in (*WORDS.items(), *words_of("dry_run").items())}
    rows = PolicyRow.objects.filter(state=PolicyState.ACTIVE, closing=False, valid_from__lte=at)
    names |= {row.key: row.title for row in rows.order_by("valid_from").defer("body", "cases")}
    language = get_language() or "zh-hans"
    clocks = sorted(policies_in_force(at).clocks.values(), key=lambda clock: not (clock.severities or clock.categories))
    names |= {clock.clock: clock.label.in_language(language) for clock in clocks}
    return names | _items_of(row, at, language)


def _items_of(row: PolicyRow, at: datetime, language: str) -> dict[str, str]:
    """What the items of a checklist are called, those of the edition in force among them."""
    if row.kind != PolicyKind.CHECKLIST:
        return {}
    known = [policies_in_force(at).checklists.get(row.key)]
    if not row.closing and not list(violations_in_body(row)):
        known.append(row.value())
    return {item.code: item.label.in_language(language) for found in known if found for item in found.items}


def value_in_words(value: str, names: Mapping[str, str]) -> str:
    """An instant in local time, codes with their words, anything else as it is; a dash for none."""
    instant = _instant_in(value)
    if instant is not None:
        return date_format(localtime(instant), "Y-m-d H:i")
    return ", ".join(names.get(part, part) for part in value.split(", ") if part) or "—"


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


def columns_of_download(at: datetime, row: PolicyRow) -> tuple[Column, ...]:
    """The columns of the file, codes in words as they are called at `at`."""
    names = names_in_force(at, row)
    return (
        Column("case_number", _("case number"), lambda line: line.case_number),
        Column("is_open", pgettext("case", "open"), lambda line: _("yes") if line.is_open else _("no")),
        Column("what", _("what changes"), lambda line: str(WHAT.get(line.what, line.what))),
        Column("name", _("which"), lambda line: names.get(line.name, line.name)),
        Column("verdict", _("how"), lambda line: str(VERDICTS.get(f"{line.what}.{line.verdict}", line.verdict))),
        Column("before", _("before"), lambda line: value_in_words(line.before, names)),
        Column("after", _("after"), lambda line: value_in_words(line.after, names)),
        Column("difference", _("difference"), how_in_words),
    )


NO_DRY_RUN = {
    "assignment": gettext_lazy("It decides about cases that are still to be given; whoever has a case keeps it."),
    "call_guide": gettext_lazy(
        "It guides the talk and keeps nobody from anything: calls that were made stay as they were written down."
    ),
    "knowledge": gettext_lazy("It is read and decides nothing; no case changes with it."),
    "outside_body": gettext_lazy("It says where customers may turn; the periods that are counted stand in the clocks."),
    "promotion": gettext_lazy("It says when many refunds and returns come in and warns; it decides nothing in a case."),
    "upload": gettext_lazy("It decides about files that are still to come; files that are there stay."),
}
"""Why a draft of a kind is not held against cases: it decides nothing in any that is open."""
