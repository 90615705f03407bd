"""Invariant 4: an incident, its plan for all, and what became of each of its cases fit together."""

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Q

from complaints.invariants.breaches import Check
from complaints.models import Incident, IncidentMember, IncidentPlan, IncidentTold
from complaints.states import IncidentPlanState, IncidentState

AGREED = (IncidentPlanState.APPROVED, IncidentPlanState.SUPERSEDED)


def incidents() -> Iterator[Check]:
    """4: a planned incident has an agreed plan, a closed one has settled its cases, messages reach their own."""
    agreed = IncidentPlan.objects.filter(incident=OuterRef("pk"), state=IncidentPlanState.APPROVED)
    planned = Incident.objects.filter(state__in=[IncidentState.PLANNED, IncidentState.CARRIED_OUT])
    yield Check(4, "invariant.incident_without_plan", planned.exclude(Exists(agreed)))
    left_over = Incident.objects.filter(Exists(agreed), state=IncidentState.OPEN)
    yield Check(4, "invariant.incident_plan_left_over", left_over)
    members = IncidentMember.objects.standing()
    over = Q(incident__state=IncidentState.CLOSED)
    yield Check(4, "invariant.member_not_settled", members.filter(over, settled_at__isnull=True), ("incident",))
    yield Check(4, "invariant.member_settled_early", members.filter(~over, settled_at__isnull=False), ("incident",))
    offered = IncidentMember.objects.filter(offered_plan__isnull=False)
    yield Check(
        4,
        "invariant.member_offered_another_plan",
        offered.exclude(offered__case=F("case"), offered_plan__incident=F("incident"), offered_plan__state__in=AGREED),
        ("incident",),
    )
    told = IncidentTold.objects.exclude(contact__case__customer=F("customer"))
    yield Check(4, "invariant.told_somebody_else", told, ("contact",))
