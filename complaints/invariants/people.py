"""Invariant 1: asker, approver and payer are different people, and nobody decides what is about themselves."""

from collections.abc import Iterator

from django.apps import apps
from django.db.models import Exists, F, OuterRef, Q

from casemgmt.people.queries import people_holding_groups_kept_apart
from complaints.invariants.breaches import Check
from complaints.models import (
    ClockExtension,
    Commitment,
    CompensationGrant,
    Complaint,
    ComplaintSubject,
    Escalation,
    IncidentPlan,
    LegalHold,
    PublicNotice,
    RefusalProposal,
    Review,
    WordingOverride,
)
from complaints.states import CommitmentState, EscalationState, LegalHoldState, ReviewState

UNDECIDED = (EscalationState.OPEN, EscalationState.ACKNOWLEDGED)


def _same(first: str, second: str) -> Q:
    """One account in both, or two accounts of one human: also where that came out after the row was written."""
    one_account = Q(**{f"{second}__isnull": False, first: F(second)})
    return one_account | Q(**{f"{first}__staff_number__gt": "", f"{first}__staff_number": F(f"{second}__staff_number")})


def _subject_then(person: str, instant: str, case: str = "case") -> Exists:
    """The person was named as a subject of the case by then, and not yet lifted."""
    named = ComplaintSubject.objects.filter(
        Q(lifted_at__isnull=True) | Q(lifted_at__gt=OuterRef(instant)),
        case=OuterRef(case),
        person=OuterRef(person),
        named_at__lt=OuterRef(instant),
    )
    return Exists(named)


def separations() -> Iterator[Check]:
    """1: the separation of duties of the page of roles, by person, whoever wrote the row."""
    grants = CompensationGrant.objects.filter(
        _same("asked_by", "approved_by")
        | _same("asked_by", "second_approved_by")
        | _same("approved_by", "second_approved_by")
        | _same("asked_by", "paid_by")
        | _same("approved_by", "paid_by")
        | _same("second_approved_by", "paid_by")
    )
    yield Check(1, "invariant.money_by_too_few", grants)
    alone = {
        "invariant.refusal_decided_alone": RefusalProposal.objects.filter(_same("proposed_by", "decided_by")),
        "invariant.extension_decided_alone": ClockExtension.objects.filter(_same("asked_by", "decided_by")),
        "invariant.wording_decided_alone": WordingOverride.objects.filter(_same("asked_by", "decided_by")),
        "invariant.incident_plan_decided_alone": IncidentPlan.objects.filter(_same("proposed_by", "decided_by")),
        "invariant.public_notice_decided_alone": PublicNotice.objects.filter(_same("proposed_by", "decided_by")),
        "invariant.hold_lifted_alone": LegalHold.objects.filter(
            Q(state=LegalHoldState.LIFTED) & (_same("lift_asked_by", "lifted_by") | Q(lifted_by__isnull=True))
        ),
        "invariant.review_answered_alone": Review.objects.filter(
            _same("answered_by", "decided_by")
            | Q(state=ReviewState.ANSWERED, needs_approval=True, decided_by__isnull=True)
        ),
        "invariant.promise_released_alone": Commitment.objects.filter(
            Q(state=CommitmentState.RELEASED, released_in__isnull=True)
            & (Q(released_by__isnull=True) | _same("owner", "released_by"))
        ),
        "invariant.policy_activated_alone": apps.get_model("policies.PolicyRow").objects.filter(
            _same("drafted_by", "activated_by"), pack=""
        ),
    }
    for code, rows in alone.items():
        yield Check(1, code, rows)


def subjects() -> Iterator[Check]:
    """1: whom a complaint is about neither handles it nor says yes, pays or decides on it."""
    standing = ComplaintSubject.objects.filter(lifted_at__isnull=True)
    handled = Complaint.objects.filter(Exists(standing.filter(case=OuterRef("pk"), person=OuterRef("handler"))))
    yield Check(1, "invariant.handled_by_its_subject", handled)
    lies = Escalation.objects.filter(state__in=UNDECIDED)
    yield Check(
        1,
        "invariant.escalation_lies_with_its_subject",
        lies.filter(Exists(standing.filter(case=OuterRef("case"), person=OuterRef("to_person")))),
    )
    yield Check(
        1, "invariant.escalation_decided_by_who_raised_it", Escalation.objects.filter(_same("raised_by", "decided_by"))
    )
    decided = {
        "invariant.money_by_its_subject": CompensationGrant.objects.filter(
            _subject_then("approved_by", "approved_at")
            | _subject_then("second_approved_by", "second_approved_at")
            | _subject_then("paid_by", "paid_at")
        ),
        "invariant.refusal_decided_by_its_subject": RefusalProposal.objects.filter(
            _subject_then("decided_by", "decided_at")
        ),
        "invariant.escalation_decided_by_its_subject": Escalation.objects.filter(
            _subject_then("decided_by", "decided_at")
        ),
    }
    for code, rows in decided.items():
        yield Check(1, code, rows)


def groups() -> Iterator[Check]:
    """1: nobody holds two of the groups that watch each other."""
    yield Check(1, "invariant.two_groups_of_one_person", people_holding_groups_kept_apart())
