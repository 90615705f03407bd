"""What the page of a bulk run shows: the dry run, how far it is, or what came of each case."""

from collections import Counter
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from casemgmt.people.models import Person
from casemgmt.sentences import say, say_mend
from complaints.actions.bulk import Outcome, can_retry, reasons_of
from complaints.admin.base import case_url
from complaints.admin.bulk_effects import effects_of, lines_seen_by
from complaints.admin.drawing import with_titles
from complaints.models import BulkLine, BulkRun, Complaint
from complaints.roles import cases_visible_to, day_of
from complaints.states import BulkState

ROWS_A_PAGE = 20
EVERYTHING = "all"
CASES_OF_A_REASON = 5
MOST_REASONS = 30
MARKS = {
    Outcome.DONE: "met",
    Outcome.FAILED: "late",
    Outcome.WILL: "later",
    Outcome.WILL_NOT: "blocked",
    Outcome.STOPPED: "paused",
}
ORDER = (Outcome.FAILED, Outcome.STOPPED, Outcome.WILL_NOT, Outcome.WILL, Outcome.DONE)
ALONG_THE_BAR = (Outcome.DONE, Outcome.WILL, Outcome.FAILED, Outcome.STOPPED, Outcome.WILL_NOT)
CHANGED = {
    "handler": gettext_lazy("handler"),
    "team": gettext_lazy("team"),
    "held": gettext_lazy("their open cases"),
    "tag": gettext_lazy("tag"),
    "reminded": gettext_lazy("reminded"),
    "incident": gettext_lazy("incident"),
    "offered": gettext_lazy("plan offered by"),
    "told": gettext_lazy("message by"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A case of the run as the table shows it. `url` is empty for a case that the viewer does not see any more."""

    title: str
    number: str
    url: str
    outcome: str
    outcome_label: str
    mark: str
    changes: tuple[tuple[str, str, str], ...]
    reasons: tuple[str, ...]
    mends: tuple[str, ...]
    can_retry: bool
    done_at: object


@dataclass(frozen=True, slots=True)
class Group:
    """Cases with the same reason, and the way out."""

    says: str
    mend: str
    count: int
    rows: list[Row]

    @property
    def more(self) -> int:
        """How many are not named."""
        return self.count - len(self.rows)


def deed_of(run: BulkRun) -> str:
    """What the run does, in words."""
    people = _(", ").join(Person.objects.filter(pk__in=run.handler_ids).order_by("name").values_list("name", flat=True))
    words = {
        BulkRun.Kind.ASSIGN: _("Assign to %(people)s"),
        BulkRun.Kind.TAKE: _("Take the cases"),
        BulkRun.Kind.SHARE: _("Give out by rule"),
        BulkRun.Kind.MOVE: _("Move to %(team)s, to %(people)s") if people else _("Move to %(team)s"),
        BulkRun.Kind.TAG: _("Tag with “%(tag)s”"),
        BulkRun.Kind.UNTAG: _("Remove the tag “%(tag)s”"),
        BulkRun.Kind.REMIND: _("Remind the handlers"),
        BulkRun.Kind.LINK: _("Link to the incident “%(incident)s”"),
        BulkRun.Kind.OFFER: _("Offer the plan of “%(incident)s” to each customer"),
        BulkRun.Kind.TELL: _("Write to every customer of “%(incident)s”"),
    }
    if run.state == BulkState.CHOSEN:
        return run.get_kind_display()
    return words[run.kind] % {
        "people": people,
        "team": run.to_team or "",
        "tag": run.tag or "",
        "incident": run.incident or "",
    }


def short_deed_of(run: BulkRun) -> str:
    """The same for lists, without the people: no query."""
    return " ".join(filter(None, (run.get_kind_display(), str(run.to_team or run.tag or run.incident or ""))))


def button_of(run: BulkRun, count: int) -> str:
    """The button that runs what is shown."""
    words = {
        BulkRun.Kind.ASSIGN: ngettext("Assign %(n)s case", "Assign %(n)s cases", count),
        BulkRun.Kind.TAKE: ngettext("Take %(n)s case", "Take %(n)s cases", count),
        BulkRun.Kind.SHARE: ngettext("Give out %(n)s case", "Give out %(n)s cases", count),
        BulkRun.Kind.MOVE: ngettext("Move %(n)s case", "Move %(n)s cases", count),
        BulkRun.Kind.TAG: ngettext("Tag %(n)s case", "Tag %(n)s cases", count),
        BulkRun.Kind.UNTAG: ngettext("Remove the tag from %(n)s case", "Remove the tag from %(n)s cases", count),
        BulkRun.Kind.REMIND: ngettext("Remind of %(n)s case", "Remind of %(n)s cases", count),
        BulkRun.Kind.LINK: ngettext("Link %(n)s case", "Link %(n)s cases", count),
        BulkRun.Kind.OFFER: ngettext("Offer it to %(n)s customer", "Offer it to %(n)s customers", count),
        BulkRun.Kind.TELL: ngettext("Write to %(n)s customer", "Write to %(n)s customers", count),
    }
    return words[run.kind] % {"n": count}


def counts_of(run: BulkRun, viewer) -> Counter:
    """How many cases have which result, for this viewer."""
    counted = lines_seen_by(run, viewer).order_by().values_list("outcome").annotate(Count("pk"))
    return Counter(dict(counted))


def context_of(run: BulkRun, request, at) -> dict:
    """Everything the page shows to this viewer; the rows by page and by result, as the address says."""
    lines = lines_seen_by(run, request.user)
    counts = counts_of(run, request.user)
    shown = _shown(run, request.GET.get("show"), counts)
    rows = lines.filter(outcome=shown) if shown else lines
    page = Paginator(_sorted(rows), ROWS_A_PAGE).get_page(request.GET.get("p"))
    warnings, facts = ([], [])
    if run.state == BulkState.PLANNED:
        warnings, facts = effects_of(run, lines.filter(outcome=Outcome.WILL), at)
    total = sum(counts.values())
    return {
        "run": run,
        "deed": deed_of(run),
        "total": total,
        "bar": [(name, counts[name]) for name in ALONG_THE_BAR if counts[name]],
        "counts": {name: counts.get(name, 0) for name in Outcome.values},
        "will": counts.get(Outcome.WILL, 0),
        "groups": _groups(lines, _failures_of(run), request.user, at),
        "rows": _rows(page.object_list, request.user, at),
        "page": page,
        "tabs": _tabs(counts, shown),
        "shown": shown,
        "warnings": warnings,
        "facts": facts,
        "retryable": sum(can_retry(line) for line in lines.filter(outcome__in=[Outcome.FAILED, Outcome.STOPPED])),
    }


def _shown(run, asked, counts) -> str:
    """Which results the table shows: as asked; else of a dry run what will change, of a result everything."""
    if asked == EVERYTHING or asked in counts:
        return "" if asked == EVERYTHING else asked
    return Outcome.WILL.value if run.state == BulkState.PLANNED and counts[Outcome.WILL] else ""


def _failures_of(run) -> tuple[str, ...]:
    if run.state == BulkState.PLANNED:
        return (Outcome.WILL_NOT,)
    return (Outcome.FAILED, Outcome.STOPPED, Outcome.WILL_NOT)


def _sorted(lines):
    """Failures first, then in the order in which the cases were chosen."""
    whens = {name: place for place, name in enumerate(ORDER)}
    ordered = list(lines.order_by("place").values_list("pk", "outcome"))
    ordered.sort(key=lambda line: whens.get(line[1], len(ORDER)))
    return [key for key, _outcome in ordered]


def _tabs(counts, shown) -> list[tuple[str, str, int, bool]]:
    tabs = [(EVERYTHING, _("All"), sum(counts.values()), not shown)]
    labels = dict(Outcome.choices)
    return tabs + [(name, str(labels[name]), counts[name], name == shown) for name in ORDER if counts[name]]


def _rows(keys, viewer, at) -> list[Row]:
    lines = BulkLine.objects.in_bulk(list(keys))
    return _drawn([lines[key] for key in keys], viewer, at)


def _drawn(lines, viewer, at) -> list[Row]:
    keys = [line.case_id for line in lines]
    visible = set(cases_visible_to(viewer, on=day_of(at)).filter(pk__in=keys).values_list("pk", flat=True))
    cases = {case.pk: case for case in with_titles(Complaint.objects.filter(pk__in=keys))}
    return [_row(line, cases[line.case_id], line.case_id in visible) for line in lines]


def _row(line, case, is_visible) -> Row:
    reasons = reasons_of(line)
    names = line.after or line.before
    return Row(
        title=case.title_words if is_visible else case.case_number,
        number=case.case_number if is_visible else "",
        url=case_url(case.pk) if is_visible else "",
        outcome=line.outcome,
        outcome_label=line.get_outcome_display(),
        mark=MARKS.get(line.outcome, ""),
        changes=tuple((str(CHANGED[name]), line.before.get(name, ""), line.after.get(name, "")) for name in names),
        reasons=tuple(say(reason) for reason in reasons),
        mends=tuple(filter(None, (say_mend(reason) for reason in reasons))),
        can_retry=can_retry(line),
        done_at=line.done_at,
    )


def _groups(lines, outcomes, viewer, at) -> list[Group]:
    """By what is said, the most frequent first within the order of results."""
    found: dict[tuple, list[BulkLine]] = {}
    for line in lines.filter(outcome__in=outcomes).order_by("place"):
        reasons = reasons_of(line)
        said = " ".join(say(reason) for reason in reasons)
        mend = " ".join(filter(None, (say_mend(reason) for reason in reasons)))
        found.setdefault((outcomes.index(line.outcome), said, mend), []).append(line)
    ordered = sorted(found.items(), key=lambda item: (item[0][0], -len(item[1])))[:MOST_REASONS]
    named = [line for _said, members in ordered for line in members[:CASES_OF_A_REASON]]
    drawn = {line.pk: row for line, row in zip(named, _drawn(named, viewer, at), strict=True)}
    return [
        Group(said, mend, len(members), [drawn[line.pk] for line in members[:CASES_OF_A_REASON]])
        for (_outcome, said, mend), members in ordered
    ]


def run_url(run: BulkRun) -> str:
    """The page of a run."""
    return reverse("admin:complaints_bulkrun_change", args=[run.pk])
