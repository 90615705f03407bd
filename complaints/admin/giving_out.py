"""Taking the next case by one button, and why a case went to whom: each candidate as the rule saw them."""

from dataclasses import dataclass
from datetime import datetime

from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from casemgmt.adminkit.acting import CaseAction
from casemgmt.adminkit.moment import moment
from casemgmt.adminkit.pages import Band, Link
from casemgmt.adminkit.refused_rights import RightRefused
from casemgmt.people.models import Person
from complaints.actions.sharing_out import replay, replay_order, take_next_case, why_not_take_next
from complaints.admin.base import case_url
from complaints.models import Assignment, Complaint
from complaints.roles import day_of, may
from policies.lookup import policies_by_id, policies_in_words
from policies.words.codes import word_for

TAKE_NEXT = CaseAction(
    "take-next",
    gettext_lazy("Take the next case"),
    "case.take",
    take_next_case,
    why_not=lambda row, *, by, at: why_not_take_next(by, at=at),
    intro=gettext_lazy("You get the most urgent case that waits for your team; you see then why it is this one."),
)


def next_url() -> str:
    """Where the next case is taken."""
    return reverse("admin:complaints_complaint_next")


def next_links(person, *, at: datetime) -> tuple[Link, ...]:
    """The button for whoever may take cases; nothing for others."""
    if not may(person, "case.take", on=day_of(at)):
        return ()
    return (Link(_("Take the next case"), next_url(), sheet=True, icon="inbox"),)


def bands_after(person, case: Complaint, *, at: datetime) -> tuple[Band, ...]:
    """On a case of one's own that has come to its end: what to go on with."""
    if case.is_open or case.handler_id != person.pk:
        return ()
    links = next_links(person, at=at)
    return (Band(_("This case has come to its end."), links=links, icon="task_alt"),) if links else ()


def given_url(case_id: int) -> str:
    """Why the case went to whom."""
    return reverse("admin:complaints_complaint_given", args=[case_id])


@dataclass(frozen=True, slots=True)
class CandidateShown:
    """One person as the rule saw them."""

    name: str
    cases: int
    cap: int
    points: int
    has_skill: bool
    out: str
    place: int | None
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class GivenShown:
    """One assignment, with the arithmetic of then, and whether it comes out the same today."""

    row: Assignment
    title: str
    why: str
    candidates: tuple[CandidateShown, ...]
    same: bool
    policy: object
    policy_url: str


def _out_words(code: str) -> str:
    return {
        "away": _("away that day"),
        "about": _("the complaint is about them"),
        "at_cap": _("as many cases as allowed"),
        "lacks_skill": _("does not know this kind"),
        "": "",
    }.get(code, code)


def _ordered(entry: str, codes) -> str:
    return _(", then ").join(word_for(entry, code) for code in codes)


def _by_rule(row: Assignment, policy, names: dict[int, str]) -> dict:
    choice = replay(row)
    candidates = tuple(
        CandidateShown(
            name=names.get(one.candidate.person, one.candidate.username),
            cases=one.candidate.cases,
            cap=one.cap,
            points=one.candidate.points,
            has_skill=one.has_skill,
            out=_out_words(one.out),
            place=one.place,
            is_chosen=one.candidate.person == row.person_id,
        )
        for one in choice.standings
    )
    return {
        "title": _("Given by rule to %(name)s") % {"name": row.person.name},
        "why": _("People were compared by: %(order)s.") % {"order": _ordered("candidates_by", policy.candidates_by)},
        "candidates": candidates,
        "same": choice.person == row.person_id,
    }


def _as_next(row: Assignment, policy) -> dict:
    facts = row.facts
    behind = facts["waiting"] - 1
    told = ngettext("%(n)s other case waited behind it.", "%(n)s other cases waited behind it.", behind) % {"n": behind}
    held = _("%(name)s had %(cases)s of at most %(cap)s open cases.") % {
        "name": row.person.name, "cases": facts["cases"], "cap": facts["cap"],
    }  # fmt: skip
    order = _("Waiting cases are taken by: %(order)s.") % {"order": _ordered("next_by", policy.next_by)}
    return {
        "title": _("Taken as the next case by %(name)s") % {"name": row.person.name},
        "why": " ".join((order, told, held)),
        "candidates": (),
        "same": replay_order(row),
    }


def shown(rows) -> list[GivenShown]:
    """Each assignment in words, replayed from the facts that were kept."""
    rows = list(rows)
    values, titles = policies_by_id({row.policy_id for row in rows}), policies_in_words(row.policy_id for row in rows)
    people = {one["person"] for row in rows for one in row.facts.get("candidates", ())}
    names = dict(Person.objects.filter(pk__in=people).values_list("pk", "name"))
    found = []
    for row in rows:
        policy = values[row.policy_id]
        told = _by_rule(row, policy, names) if row.how == Assignment.How.RULE else _as_next(row, policy)
        url = reverse("admin:policies_policyrow_change", args=[row.policy_id])
        found.append(GivenShown(row=row, policy=titles.get(row.policy_id), policy_url=url, **told))
    return found


class GivingOutPages:
    """What the admin of cases shows of how they are given out. Stands before the list and the actions."""

    def get_urls(self):
        """Taking the next case, and why a case went to whom."""
        view = self.admin_site.admin_view
        return [
            path("next/", view(self.next_view), name="complaints_complaint_next"),
            path("<int:object_id>/given/", view(self.given_view), name="complaints_complaint_given"),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        """The list, with the button above it."""
        links = {"list_links": next_links(request.user, at=moment(request))}
        return super().changelist_view(request, links | (extra_context or {}))

    def next_view(self, request):
        """The button: an action without a row yet; afterwards the case."""
        if not may(request.user, "case.take", on=day_of(moment(request))):
            raise RightRefused("case.take", self.opts.label_lower, "")
        return self.dialog_or_deed(request, TAKE_NEXT, Complaint())

    def given_view(self, request, object_id: int):
        """Every assignment by rule of a case, the newest first, each made again from what was kept."""
        if request.method not in ("GET", "HEAD"):
            return self.only_read(request, "view", object_id)
        case = self.seen_or_404(request, object_id)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Why it went to whom"),
            "content_title": f"{case.case_number} · {_('Why it went to whom')}",
            "opts": None,
            "case": case,
            "case_url": case_url(case.pk),
            "given": shown(case.assignments.select_related("person").order_by("-at", "-pk")),
            "may_read_policies": request.user.has_perm("policies.view_policyrow"),
        }
        return TemplateResponse(request, "complaints/given.html", context)
