"""A late payment whose alarm everybody answered or took note of, and that nobody makes, is not forgotten (WC-01)."""

from datetime import datetime, timedelta

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from casemgmt.people.accounts import service_account
from complaints.actions import causes
from complaints.actions.batches import Tally, sweep_rows
from complaints.actions.escalating import raise_escalation
from complaints.models import CompensationGrant, Complaint, Escalation
from complaints.states import EscalationState
from policies.lookup import periods_in_force

SEEN = (EscalationState.ACKNOWLEDGED, EscalationState.DECIDED)


def insist_on_payments(at: datetime) -> Tally:
    """Raise the alarm of a late payment once more, on the level it had reached, when words alone have followed it.

    So long after the last answer as the policy warns before a payment is due. While anybody is still to take note, or
    a higher level is still to come, that goes on instead. The second time finds somebody who is to take note.
    """
    quiet = timedelta(hours=periods_in_force(at).commitment_warning_hours)
    raised = Escalation.objects.filter(
        case=OuterRef("case"), cause=Concat(Value(f"{causes.GRANT}:"), Cast(OuterRef("pk"), CharField()))
    )
    heard = Q(state=EscalationState.OPEN) | Q(state__in=SEEN, next_level_at__isnull=False)
    lately = Q(acknowledged_at__gt=at - quiet) | Q(decided_at__gt=at - quiet)
    silent = (
        CompensationGrant.objects.filter(Exists(raised.filter(state__in=SEEN)), state__in=causes.UNPAID, pay_by__lt=at)
        .exclude(Exists(raised.filter(heard | lately)))
        .order_by("pay_by", "pk")
    )

    def settle(rows):
        service = service_account()
        cases = Complaint.objects.in_bulk({row[1] for row in rows})
        for pk, case_id, *_ in rows:
            code = causes.cause(causes.GRANT, pk)
            known = Escalation.objects.filter(case=case_id, cause=code)
            raise_escalation(
                cases[case_id],
                cause=code,
                level=known.order_by("-level").values_list("level", flat=True)[0],
                due_at=_last_answer(known) + quiet,
                by=service,
                at=at,
            )

    return sweep_rows("insist_on_payments", silent, settle, at=at, reason="grant.overdue")


def _last_answer(known: QuerySet[Escalation]) -> datetime:
    seen = known.filter(state__in=SEEN).values_list("acknowledged_at", "decided_at")
    return max(moment for moments in seen for moment in moments if moment is not None)
