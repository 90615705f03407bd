"""Requests that wait for a decision: the same for the inbox, the landing page and the badge."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, DecimalField, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from casemgmt.adminkit.moment import moment
from casemgmt.people.one_person import accounts_of
from complaints.admin.base import keys_of_visible_cases
from complaints.admin.drawing import next_is_provisional
from complaints.admin.landing.heaps import on_cases
from complaints.models import (
    ClockExtension,
    CompensationGrant,
    Escalation,
    Evidence,
    IncidentPlan,
    LegalHold,
    PublicNotice,
    RefusalProposal,
    Review,
    WordingOverride,
)
from complaints.roles import AUDITORS, SUPERVISORS, acts_as, day_of, groups_of
from complaints.states import (
    EscalationState,
    EvidenceState,
    ExtensionState,
    GrantState,
    IncidentPlanState,
    LegalHoldState,
    OverrideState,
    PublicNoticeState,
    RefusalState,
    ReviewState,
)

UNDECIDED = (EscalationState.OPEN, EscalationState.ACKNOWLEDGED)


def decides(person) -> bool:
    """Whether the person decides requests of others."""
    return person.is_superuser or SUPERVISORS in groups_of(person)


def may_look(person) -> bool:
    """Whether the inbox is for this person: who decides, and auditors, who only look."""
    return decides(person) or AUDITORS in groups_of(person)


def grants_waiting(request) -> QuerySet:
    """Every grant of a visible case that waits for approval, whoever asked."""
    return CompensationGrant.objects.filter(case__in=keys_of_visible_cases(request), state=GrantState.AWAITING_APPROVAL)


def refusals_waiting(request) -> QuerySet:
    """Every refusal of a visible case that waits for a decision, whoever proposed it."""
    return RefusalProposal.objects.filter(case__in=keys_of_visible_cases(request), state=RefusalState.PROPOSED)


def wordings_waiting(request) -> QuerySet:
    """Words of visible cases that wait for a yes or no, whoever asked."""
    return WordingOverride.objects.filter(case__in=keys_of_visible_cases(request), state=OverrideState.ASKED)


def extensions_waiting(request) -> QuerySet:
    """Every request for more time of a visible case, whoever asked."""
    return ClockExtension.objects.filter(case__in=keys_of_visible_cases(request), state=ExtensionState.ASKED)


def reviews_waiting(request) -> QuerySet:
    """Public answers of visible cases that wait for somebody's yes, whoever wrote them."""
    return Review.objects.filter(case__in=keys_of_visible_cases(request), state=ReviewState.ANSWER_PROPOSED)


def holds_waiting(request) -> QuerySet:
    """Legal holds of visible cases of which somebody asks that they be lifted."""
    return LegalHold.objects.filter(case__in=keys_of_visible_cases(request), state=LegalHoldState.LIFT_ASKED)


def plans_waiting(request) -> QuerySet:
    """Plans of incidents that wait for a second person; incidents are seen by whoever decides or audits."""
    return IncidentPlan.objects.filter(state=IncidentPlanState.PROPOSED)


def announcements_waiting(request) -> QuerySet:
    """Public announcements about incidents that wait for a second person; seen as their incidents are."""
    return PublicNotice.objects.filter(state=PublicNoticeState.PROPOSED)


def escalations_waiting(request) -> QuerySet:
    """Escalations of visible cases without an answer: to the viewer, to every supervisor, or raised by the viewer.

    Of one cause only the highest of them: the answer to it answers the others.
    """
    rows = Escalation.objects.filter(case__in=keys_of_visible_cases(request), state__in=UNDECIDED)
    if decides(request.user):
        own = acts_as(request.user, day_of(moment(request)))
        rows = rows.filter(Q(to_person__in=own) | Q(to_person__isnull=True) | Q(raised_by=request.user))
    return rows.topmost()


def for_the_viewer(request) -> dict[str, QuerySet]:
    """Of each kind what waits for this viewer: not what they asked for, handle, or approved as the first of two."""
    me = accounts_of(request.user)
    grants = grants_waiting(request).exclude(asked_by__in=me).exclude(case__handler__in=me).exclude(approved_by__in=me)
    refusals = refusals_waiting(request).exclude(proposed_by__in=me).exclude(case__handler__in=me)
    escalations = escalations_waiting(request).exclude(raised_by__in=me)
    wordings = wordings_waiting(request).exclude(asked_by__in=me).exclude(case__handler__in=me)
    extensions = extensions_waiting(request).exclude(asked_by__in=me).exclude(case__handler__in=me)
    papers = {"grants": grants, "refusals": refusals, "wordings": wordings, "extensions": extensions}
    return papers | {
        "reviews": reviews_waiting(request).exclude(answered_by__in=me),
        "holds": holds_waiting(request).exclude(lift_asked_by__in=me),
        "plans": plans_waiting(request).exclude(proposed_by__in=me),
        "announcements": announcements_waiting(request).exclude(proposed_by__in=me),
        "escalations": escalations,
    }


def _evidence(*states) -> Coalesce:
    rows = Evidence.objects.filter(case=OuterRef("case")).exclude(state=EvidenceState.EXCLUDED)
    if states:
        rows = rows.filter(state__in=states)
    counted = rows.order_by().values("case").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


def with_evidence(rows: QuerySet) -> QuerySet:
    """The rows with `evidence_count` and `evidence_verified` of their cases."""
    return on_cases(rows).annotate(
        evidence_count=_evidence(),
        evidence_verified=_evidence(EvidenceState.VERIFIED),
        due=F("case__next_due_at"),
        due_is_provisional=next_is_provisional("case"),
    )


@dataclass(frozen=True, slots=True)
class MoneyOfTheDay:
    """What an approver has approved today, and may approve in all and at once."""

    spent: Decimal
    per_day: Decimal
    per_grant: Decimal

    @property
    def left(self) -> Decimal:
        """What may still be approved today."""
        return max(self.per_day - self.spent, Decimal(0))

    @property
    def percent(self) -> int:
        """How much of the day's sum is used, at most all of it."""
        return min(100, round(100 * self.spent / self.per_day)) if self.per_day else 100


def money_of_the_day(person, limits, spent_today: Decimal, roles) -> MoneyOfTheDay | None:
    """The limits by which this person approves for others; None for who approves nothing."""
    rungs = [limit for limit in limits if limit.approvers == 1 and limit.role in roles]
    if not rungs:
        return None
    rung = max(rungs, key=lambda limit: limit.per_grant)
    return MoneyOfTheDay(spent_today, rung.per_day, rung.per_grant)


def approved_today(at: datetime) -> Coalesce:
    """Of each person of a query what they approved since midnight of the local day, in one expression."""
    today = day_of(at)
    first = Q(approved_by=OuterRef("pk"), approved_at__date=today)
    second = Q(second_approved_by=OuterRef("pk"), second_approved_at__date=today)
    states = (GrantState.APPROVED, GrantState.PAID, GrantState.BOUNCED)
    rows = CompensationGrant.objects.filter(first | second, state__in=states).order_by()
    money = DecimalField(max_digits=14, decimal_places=2)
    summed = rows.values("currency").annotate(sum=Sum("amount")).values("sum")[:1]
    return Coalesce(Subquery(summed, output_field=money), Value(Decimal(0), output_field=money))
