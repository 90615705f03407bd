"""Who has how much: open, overdue, due today, points and cap of each, who is away; and moving cases with a reason."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casemgmt.adminkit.moment import moment
from casemgmt.adminkit.own_pages import drawn, register_page
from casemgmt.adminkit.refused_rights import RightRefused
from casemgmt.people.models import Absence
from casemgmt.refusing import page as refusal_page
from complaints.actions import bulk
from complaints.actions.bulk_kinds import DEEDS
from complaints.actions.loads import Load, loads_of
from complaints.admin.base import visible_cases
from complaints.admin.bulk import run_url
from complaints.admin.landing.heaps import list_url
from complaints.admin.landing.load import members
from complaints.models import BulkRun
from complaints.roles import SUPERVISORS, day_of, groups_of, may, teams_of
from complaints.rules.bulk import MOST_CASES
from policies.lookup import NothingInForce, assignment_in_force
from policies.values import AssignmentPolicy


@dataclass(frozen=True, slots=True)
class LoadRow:
    """One person of the team with what they have. `cap` is None where no policy is in force."""

    pk: int
    name: str
    load: Load
    cap: int | None
    is_away: bool
    stand_in: str
    back_on: date | None
    url: str

    @property
    def is_full(self) -> bool:
        """Whether by rule no further case comes."""
        return self.cap is not None and self.load.cases >= self.cap

    @property
    def percent(self) -> int:
        """How much of the cap is used, at most all of it."""
        return min(100, round(100 * self.load.cases / self.cap)) if self.cap else 0


def _policy(at) -> AssignmentPolicy | None:
    try:
        return assignment_in_force(at)
    except NothingInForce:
        return None


NO_POINTS = AssignmentPolicy(0, "", 0, 0, 0, (), 1, ("cases",), ("due",), False, 0, 1, 2)
"""What counts cases alone, where nobody says what they weigh."""


def rows_of(request, at) -> list[LoadRow]:
    """Each member of the viewer's teams, the most loaded first. Five queries however many people and cases."""
    policy, people = _policy(at), members(request, at)
    loads = loads_of([person.pk for person in people], policy or NO_POINTS, at=at)
    away = dict(Absence.objects.in_force(day_of(at)).values_list("person", "ends_on"))
    rows = [
        LoadRow(
            pk=person.pk,
            name=person.name,
            load=loads[person.pk],
            cap=policy.cap_of(person.username) if policy else None,
            is_away=person.is_away or person.pk in away,
            stand_in=person.stand_in or "",
            back_on=away.get(person.pk),
            url=list_url("complaint", f"?queue=all&handler={person.pk}"),
        )
        for person in people
    ]
    return sorted(rows, key=lambda row: (-row.load.points, -row.load.cases, row.name))


def _leads(request) -> bool:
    return request.user.is_superuser or SUPERVISORS in groups_of(request.user)


@require_safe
def team_load_view(request):
    """For supervisors: the people of the teams that they act for. It takes no parameter."""
    if not _leads(request):
        raise RightRefused("team_load")
    if request.GET:
        return refusal_page(400, _("The value of the filter is not valid."))
    at = moment(request)
    own = visible_cases(request).filter(team__in=teams_of(request.user, day_of(at)))
    policy = _policy(at)
    context = {
        "title": _("Load of the team"),
        "now": at,
        "rows": rows_of(request, at),
        "waiting": own.unassigned().count(),
        "waiting_url": list_url("complaint", "?queue=unassigned"),
        "has_points": policy is not None,
        "policy_url": reverse("admin:policies_policyrow_change", args=[policy.policy_id]) if policy else "",
        "may_move": may(request.user, DEEDS[BulkRun.Kind.ASSIGN].right, on=day_of(at)),
        "absences_url": reverse("admin:people_absence_changelist"),
    }
    return drawn(request, "complaints/team_load.html", context)


def move_cases_view(request, person_id: int):
    """Choose every open case of a member of the team for a bulk run; to whom and why is asked there (POST)."""
    if request.method != "POST":
        return HttpResponseNotAllowed(("POST",))
    at = moment(request)
    if not (_leads(request) and may(request.user, DEEDS[BulkRun.Kind.ASSIGN].right, on=day_of(at))):
        raise RightRefused(DEEDS[BulkRun.Kind.ASSIGN].right)
    if person_id not in {person.pk for person in members(request, at)}:
        raise Http404
    cases = visible_cases(request).open().filter(handler=person_id).order_by("next_due_at", "pk")
    keys = list(cases.values_list("pk", flat=True)[:MOST_CASES])
    if not keys:
        return HttpResponseRedirect(reverse("desk:team_load"))
    return HttpResponseRedirect(run_url(bulk.choose_cases(BulkRun.Kind.ASSIGN, keys, by=request.user, at=at)))


register_page("team-load/", team_load_view, "team_load")
register_page("team-load/<int:person_id>/move/", move_cases_view, "move_cases")
