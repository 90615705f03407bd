"""What must hold whatever happened: the invariants of the page of roles, read from the database as it stands.

Nothing here repairs anything. Each check yields breaches, which name a row and a rule and hold no personal data.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from django.apps import apps
from django.db import connection
from django.db.models import Count, F, Q, Sum

from casemgmt.ledger import drift
from casemgmt.ledger.diagram import diagram_of, state_fields
from casemgmt.ledger.tables import history_of, tracked_models
from casemgmt.privacy.fields import SealedField
from complaints.actions import causes
from complaints.actions.checking_evidence import CHANGED, MISSING, finding_in
from complaints.actions.reckoning import Reckoner, extensions_of, pauses_of
from complaints.models import (
    Clock,
    CompensationGrant,
    Complaint,
    Escalation,
    Evidence,
    FollowUpCall,
    RefusalProposal,
    ScheduledCall,
)
from complaints.states import ENDED, CaseState, EscalationState, FollowUpState, GrantState, PlanState, RefusalState
from policies.lookup import policy_by_id

GRANTED = (GrantState.APPROVED, GrantState.PAID, GrantState.BOUNCED)
UNFINISHED = (FollowUpState.SCHEDULED, FollowUpState.DUE, FollowUpState.NO_ANSWER, FollowUpState.REACHED)
UNDECIDED = (EscalationState.OPEN, EscalationState.ACKNOWLEDGED)


class Breach(NamedTuple):
    """A row that breaks an invariant: its number on the page of roles, the kind of row, its key, and what is wrong."""

    invariant: int
    subject: str
    key: object
    what: str


def _breaches(invariant, rows, what) -> Iterator[Breach]:
    for key in rows.order_by("pk").values_list("pk", flat=True):
        yield Breach(invariant, rows.model._meta.label_lower, key, what)


def separations() -> Iterator[Breach]:
    """1: asker, approver and payer are different people, and nobody handles or decides what is about themselves."""
    about = Q(case__subjects__lifted_at__isnull=True)
    grants = CompensationGrant.objects.filter(
        Q(approved_by=F("asked_by")) | Q(second_approved_by=F("asked_by")) | Q(paid_by=F("asked_by"))
        | Q(paid_by=F("approved_by")) | Q(paid_by=F("second_approved_by"))
    )  # fmt: skip
    yield from _breaches(1, grants, "asked, approved and paid by fewer people")
    yield from _breaches(1, RefusalProposal.objects.filter(decided_by=F("proposed_by")), "decided by its proposer")
    yield from _breaches(
        1,
        Complaint.objects.filter(subjects__lifted_at__isnull=True, subjects__person=F("handler")),
        "handled by a person it is about",
    )
    escalations = Escalation.objects.filter(
        Q(decided_by=F("raised_by")) | about & Q(case__subjects__person=F("to_person"), state__in=UNDECIDED)
    )
    yield from _breaches(1, escalations.distinct(), "decided by, or lies with, the wrong person")


def limits() -> Iterator[Breach]:
    """2: no grant and no case is above the limit that was cited when it was approved."""
    for grant in CompensationGrant.objects.filter(state__in=GRANTED).order_by("pk"):
        limit = policy_by_id(grant.limit_policy_id)
        earlier = CompensationGrant.objects.filter(
            case=grant.case_id, state__in=GRANTED, approved_at__lte=grant.approved_at, currency=grant.currency
        )
        spent = earlier.aggregate(spent=Sum("amount"))["spent"]
        if grant.amount > limit.per_grant or spent > limit.per_case:
            yield Breach(2, grant._meta.label_lower, grant.pk, "above the limit it cites")


def payments() -> Iterator[Breach]:
    """3: at most one payment for each key, unless it came back in between."""
    paid = CompensationGrant.history.filter(state=GrantState.PAID).values("payment_key", "id", "paid_at")
    keys: dict[tuple, set[datetime]] = {}
    for row in paid.order_by("history_id"):
        keys.setdefault((row["id"], row["payment_key"]), set()).add(row["paid_at"])
    for (key, payment_key), moments in keys.items():
        bounced = CompensationGrant.history.filter(id=key, payment_key=payment_key, state=GrantState.BOUNCED).count()
        if len(moments) > 1 + bounced:
            yield Breach(3, CompensationGrant._meta.label_lower, key, "paid more than once")


def paths() -> Iterator[Breach]:
    """4: the states of a case follow the arrows of its diagram, and its paperwork fits where it stands."""
    diagram = diagram_of(state_fields(Complaint)[0])
    last: dict[int, str] = {}
    for key, state in Complaint.history.order_by("history_id").values_list("id", "state"):
        before = last.get(key)
        if (before is None and state != diagram.initial) or (
            before is not None and before != state and (before, state) not in diagram.arrows
        ):
            yield Breach(4, Complaint._meta.label_lower, key, f"moved from {before} to {state}")
        last[key] = state
    fits = (
        (CaseState.REFUSAL_PROPOSED, {"refusals__state": RefusalState.PROPOSED}, "without a proposal"),
        (CaseState.REFUSED, {"refusals__state": RefusalState.APPROVED}, "without an approved refusal"),
        (CaseState.EXTERNAL, {"routes__isnull": False}, "without a route"),
        (CaseState.MERGED, {"merges__undone_at__isnull": True, "merges__isnull": False}, "without a merge"),
        (CaseState.CLOSED, {"summaries__isnull": False}, "without a summary"),
    )
    for state, paperwork, what in fits:
        fitting = Complaint.objects.filter(state=state, **paperwork)
        yield from _breaches(4, Complaint.objects.filter(state=state).exclude(pk__in=fitting.values("pk")), what)
    proposed = RefusalProposal.objects.filter(state=RefusalState.PROPOSED)
    yield from _breaches(4, proposed.exclude(case__state=CaseState.REFUSAL_PROPOSED), "proposed on another state")
    twice = Complaint.objects.annotate(
        accepted=Count("plans", filter=Q(plans__state=PlanState.ACCEPTED), distinct=True)
    ).filter(accepted__gt=1)
    yield from _breaches(4, twice, "two accepted plans")


def records() -> Iterator[Breach]:
    """5: each row is what its last history row says, and every history row has a person and a reason."""
    for found in drift():
        yield Breach(5, found.table, found.key, found.kind)
    for model in tracked_models():
        unsigned = history_of(model).objects.filter(Q(history_actor="") | Q(history_change_reason=""))
        for key in unsigned.values_list("history_id", flat=True):
            yield Breach(5, model._meta.label_lower, key, "nobody signed it")


def escalations(at: datetime) -> Iterator[Breach]:
    """6: each level that fell due before `at` is raised exactly once; a closed case has none that waits."""
    unswept = Clock.objects.running().filter(next_level_at__lt=at)
    yield from _breaches(6, unswept, "a level fell due and was not raised")
    climbing = Escalation.objects.climbing().filter(next_level_at__lt=at)
    yield from _breaches(6, causes.with_cause(climbing, at=at), "its next level fell due and was not raised")
    for clock in Clock.objects.running().filter(due_at__lt=at).order_by("pk"):
        levels = Escalation.objects.filter(cause=f"clock:{clock.pk}", due_at__gte=clock.due_at)
        found = sorted(levels.values_list("level", flat=True))
        raised = found[: clock.next_level - 1] if clock.next_level is not None else found
        if raised != list(range(1, len(raised) + 1)) or len(set(found)) != len(found):
            yield Breach(6, Clock._meta.label_lower, clock.pk, f"levels raised: {found}")
    waiting = Escalation.objects.filter(state__in=UNDECIDED, case__state=CaseState.CLOSED)
    yield from _breaches(6, waiting, "waits on a closed case")


def follow_ups(at: datetime) -> Iterator[Breach]:
    """7: a follow-up that is due stands on the list of somebody who works here; no call on cases that have ended."""
    open_ones = FollowUpCall.objects.filter(state__in=UNFINISHED)
    yield from _breaches(7, open_ones.filter(case__state__in=ENDED), "open on a case that has ended")
    to_make = ScheduledCall.objects.filter(ended_at__isnull=True, case__state__in=ENDED)
    yield from _breaches(7, to_make, "scheduled on a case that has ended")
    due = open_ones.filter(state=FollowUpState.DUE)
    yield from _breaches(7, due.filter(owner__is_active=False), "due on nobody's list")
    doubled = Complaint.objects.annotate(calls=Count("follow_ups", filter=Q(follow_ups__state__in=UNFINISHED)))
    yield from _breaches(7, doubled.filter(calls__gt=1), "more than one follow-up open")


def evidence_bytes() -> Iterator[Breach]:
    """8: each piece of evidence has its bytes, with the digest noted on arrival."""
    said = {MISSING: "its file cannot be read", CHANGED: "its file was changed"}
    for evidence in Evidence.objects.order_by("pk").iterator():
        found = finding_in(evidence)
        if found is not None:
            yield Breach(8, Evidence._meta.label_lower, evidence.pk, said[found.kind])


def sealed_columns() -> Iterator[Breach]:
    """9: columns of personal data hold ciphertext alone, in the tables and in their history."""
    quote = connection.ops.quote_name
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, SealedField):
                table, column = quote(model._meta.db_table), quote(field.column)
                with connection.cursor() as cursor:
                    cursor.execute(
                        f"SELECT COUNT(*) FROM {table} WHERE {column} IS NOT NULL AND {column} NOT LIKE 'v1:%%'", []
                    )
                    (found,) = cursor.fetchone()
                if found:
                    yield Breach(9, model._meta.label_lower, field.name, f"in clear in {found} rows")


def clocks() -> Iterator[Breach]:
    """10: a running clock is due when its start, its policy, its pauses and its extensions say.

    What stands behind it is read from the ids that it keeps, so an old edition of a policy answers as it did.
    """
    reckoner = Reckoner()
    for clock in Clock.objects.running().select_related("case").order_by("pk"):
        due = reckoner.due(clock, pauses_of(clock.case), extensions_of(clock))
        if due != clock.due_at:
            yield Breach(10, Clock._meta.label_lower, clock.pk, f"due {clock.due_at}, worked out {due}")


def broken_invariants(at: datetime) -> Iterator[Breach]:
    """Every breach there is. `at`: up to when the sweeps must have seen to what fell due."""
    yield from separations()
    yield from limits()
    yield from payments()
    yield from paths()
    yield from records()
    yield from escalations(at)
    yield from follow_ups(at)
    yield from evidence_bytes()
    yield from sealed_columns()
    yield from clocks()
