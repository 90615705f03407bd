"""The landing page of who leads: what waits for a decision, who has what, what others owe, what may be approved."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from casemgmt.adminkit.counting import in_short
from casemgmt.adminkit.landings import Count, Deed, Meter
from casemgmt.adminkit.pages import FactGroup, Link, Piece
from casemgmt.adminkit.templatetags.desk import due_in_words
from casemgmt.money import amount_shown
from casemgmt.people.models import Person
from complaints.admin.base import case_url
from complaints.admin.landing.breaches import breaches_of
from complaints.admin.landing.deeds import deed_in_passing
from complaints.admin.landing.heaps import Heap, list_url, on_cases, paper_row, queue_heap
from complaints.admin.landing.outside import outside_heaps
from complaints.admin.waiting import approved_today, money_of_the_day
from complaints.models import DepartmentTask
from complaints.roles import day_of, groups_of, teams_of
from complaints.states import EscalationState, TaskState
from policies.lookup import limits_in_force

DECISIONS = ("escalations", "grants", "refusals", "extensions")
"""Kinds of requests with a heap of their own; the others are counted, and decided in the inbox."""
URGENT = (*DECISIONS, "overdue", "unassigned")
TASKS_SHOWN = 6
ROWS_SHOWN = 3
"""Of each pile: who leads sees the whole team below."""


def heaps_of(request, cases, at: datetime, waiting: Mapping[str, QuerySet]) -> list[Heap]:
    """What waits for a supervisor: decisions first, then what the team is late with. `waiting`: by kind of request."""
    own_team = cases.filter(team__in=teams_of(request.user, day_of(at)))
    heaps = [
        _escalations(waiting["escalations"]),
        _grants(waiting["grants"]),
        _refusals(waiting["refusals"]),
        _extensions(waiting["extensions"]),
        queue_heap(request, "overdue", own_team, at),
        queue_heap(request, "unassigned", cases, at),
        *outside_heaps(request, own_team, at),
        breaches_of(own_team, at),
    ]
    return [replace(heap, shown=ROWS_SHOWN) for heap in heaps]


def _inbox(kind: str) -> str:
    return reverse("desk:approvals") + f"?kind={kind}"


def _escalations(rows) -> Heap:
    def draw(row):
        seen = row.state == EscalationState.ACKNOWLEDGED
        name, label = ("decide-escalation", _("Decide")) if seen else ("acknowledge-escalation", _("Take note"))
        return paper_row(
            row,
            due_at=row.due_at,
            deed=deed_in_passing(row, name, label),
            note=_("level %(level)s") % {"level": row.level},
            anchor="escalations",
        )

    rows = on_cases(rows).order_by("due_at", "level", "pk")
    return Heap("escalations", _("Escalations to me"), rows, _inbox("escalation"), is_late=True, draw=draw)


def _grants(rows) -> Heap:
    def draw(row):
        second = _("the second of two") if row.approved_by_id else _("the first of two")
        return paper_row(
            row,
            due_at=row.case.next_due_at,
            deed=Link(_("Look at it"), _inbox("grant")),
            note=" · ".join(filter(None, (row.asked_by.name, second if row.approvals_needed == 2 else ""))),
            amount=amount_shown(row.amount, row.currency),
            anchor="grants",
        )

    rows = on_cases(rows).select_related("asked_by").order_by(F("case__next_due_at").asc(nulls_last=True), "pk")
    return Heap("grants", _("Money to approve"), rows, _inbox("grant"), draw=draw, all_label=_("To the inbox"))


def _refusals(rows) -> Heap:
    def draw(row):
        return paper_row(
            row,
            due_at=row.case.next_due_at,
            deed=Link(_("Look at it"), _inbox("refusal")),
            note=row.proposed_by.name,
            anchor="refusals",
        )

    rows = on_cases(rows).select_related("proposed_by").order_by(F("case__next_due_at").asc(nulls_last=True), "pk")
    return Heap("refusals", _("Refusals to decide"), rows, _inbox("refusal"), draw=draw, all_label=_("To the inbox"))


def _extensions(rows) -> Heap:
    def draw(row):
        return paper_row(
            row,
            due_at=row.clock.due_at,
            deed=Link(_("Look at it"), _inbox("extension")),
            note=row.asked_by.name,
            anchor="extensions",
        )

    rows = on_cases(rows).select_related("asked_by", "clock").order_by("clock__due_at", "pk")
    return Heap(
        "extensions", _("More time to decide"), rows, _inbox("extension"), draw=draw, all_label=_("To the inbox")
    )


def other_decisions(waiting: Mapping[str, QuerySet]) -> dict[str, QuerySet]:
    """What waits in the inbox without a heap on the desk, such as words, holds and plans. Names meet no heap's."""
    return {f"inbox.{kind}": rows for kind, rows in waiting.items() if kind not in DECISIONS}


def count_of_others(number: int) -> Count:
    """Those decisions as a number that leads to the inbox."""
    return Count(_("Other decisions"), in_short(number) if number else 0, reverse("desk:approvals"))


def look_into_the_inbox() -> Deed:
    """What to begin with when only decisions wait that have no heap."""
    return Deed(
        _("Decisions wait in the inbox"),
        _("Words, public answers and announcements, legal holds or plans of incidents."),
        Link(_("To the inbox"), reverse("desk:approvals")),
    )


def owed_by_others(cases, at: datetime) -> FactGroup:
    """Open tasks of other departments on visible cases, the earliest first."""
    rows = DepartmentTask.objects.filter(case__in=cases, state=TaskState.OPEN)
    rows = rows.select_related("department", "what", "case").order_by("due_at", "pk")[: TASKS_SHOWN + 1]
    found = list(rows)
    pieces = tuple(
        Piece(
            str(task.what)[:50],
            f"{task.department} · {due_in_words(task.due_at, at)}",
            case_url(task.case_id, "tasks"),
        )
        for task in found[:TASKS_SHOWN]
    )
    more = _("All of them") if len(found) > TASKS_SHOWN else _("To the list")
    return FactGroup(
        _("What other departments owe"),
        quote="" if found else _("Nothing is open."),
        pieces=pieces,
        link=Link(more, list_url("departmenttask", "?queue=open")),
    )


def approving_meter(person, at: datetime, people: Iterable[Person] = ()) -> Meter | None:
    """What this person may still approve today, against the limits in force. `people` may hold the person already."""
    spent = next((other.approved for other in people if other.pk == person.pk), None)
    if spent is None:
        spent = Person.objects.filter(pk=person.pk).values_list(approved_today(at), flat=True).get()
    money = money_of_the_day(person, limits_in_force(at).values(), spent, groups_of(person))
    if money is None:
        return None
    return Meter(
        title=_("What I may still approve today"),
        used=amount_shown(money.left, places=0),
        most=amount_shown(money.per_day, places=0),
        percent=100 - money.percent,
        note=_("at most %(amount)s at once") % {"amount": amount_shown(money.per_grant, places=0)},
    )
