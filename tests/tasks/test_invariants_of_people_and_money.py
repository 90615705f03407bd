"""Each invariant about people and money is seen when a row breaks it past every guard (1, 2 and 3)."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.apps import apps
from django.contrib.auth.models import Group

from casemgmt.people.models import Person
from complaints.actions.escalating import raise_by_hand
from complaints.invariants import limits, money, people
from complaints.models import (
    ClockExtension,
    Commitment,
    CompensationGrant,
    Complaint,
    ComplaintSubject,
    Escalation,
    IncidentPlan,
    LegalHold,
    Order,
    PublicNotice,
    RefusalProposal,
    ReturnRequest,
    Review,
    WordingOverride,
)
from policies.lookup import limits_in_force
from tests.breaking import nothing_guarded, unseen
from tests.building import a_negotiating_case, an_executing_case
from tests.cast import AT, later
from tests.incidents import a_drafted_announcement, a_proposed_plan, an_incident
from tests.money import a_paid_grant
from tests.outside import an_answered_review
from tests.refusals import an_approved_refusal
from tests.returns import a_bought_case, an_accepted_return

pytestmark = pytest.mark.django_db


def test_too_few_people_are_seen(cast):
    case = a_negotiating_case(cast)
    grant = CompensationGrant.objects.filter(pk=a_paid_grant(cast, case).pk)
    refusal = RefusalProposal.objects.filter(pk=an_approved_refusal(cast).pk)
    review = Review.objects.filter(pk=an_answered_review(cast, case).pk)
    raise_by_hand(case.pk, by=cast.ana, at=AT, reason="求助")
    escalation = Escalation.objects.filter(case=case)
    promised = an_executing_case(cast)
    statement = case.statements.first()
    words = {"case": case, "reason": statement, "asked_by": cast.ana, "asked_at": AT, "decided_by": cast.ana}
    policy = apps.get_model("policies.PolicyRow").objects.filter(activated_by__isnull=False)
    before = AT - timedelta(days=1)

    incident = an_incident(cast)
    decided_alone = {"state": "approved", "decided_by": cast.sven, "decided_at": AT}
    plan, notice = a_proposed_plan(cast, incident), a_drafted_announcement(cast, incident)

    def named(person):
        ComplaintSubject.objects.create(case=case, person=person, named_by=cast.axel, named_at=before)

    def of_refusal():
        case_id = refusal.get().case_id
        ComplaintSubject.objects.create(case_id=case_id, person=cast.sven, named_by=cast.axel, named_at=before)

    def by_their_subject():
        named(cast.sven)
        escalation.update(decided_by=cast.sven, decided_at=AT, state="decided")

    with nothing_guarded():
        assert (
            unseen(
                {
                    "money_by_too_few": lambda: grant.update(approved_by=cast.ana),
                    "money_by_its_subject": lambda: named(cast.tara),
                    "refusal_decided_alone": lambda: refusal.update(decided_by=cast.ana),
                    "refusal_decided_by_its_subject": of_refusal,
                    "incident_plan_decided_alone": lambda: IncidentPlan.objects.filter(pk=plan.pk).update(
                        **decided_alone
                    ),
                    "public_notice_decided_alone": lambda: PublicNotice.objects.filter(pk=notice.pk).update(
                        **decided_alone
                    ),
                    "review_answered_alone": lambda: review.update(needs_approval=True, decided_by=None),
                    "hold_lifted_alone": lambda: LegalHold.objects.create(
                        case=case, reason=statement, set_by=cast.sven, set_at=AT, state="lifted"
                    ),
                    "extension_decided_alone": lambda: ClockExtension.objects.create(
                        clock=case.clocks.first(), amount=1, policy_id=1, **words
                    ),
                    "wording_decided_alone": lambda: WordingOverride.objects.create(
                        phrase_policy_id=1, words=statement, **words
                    ),
                    "promise_released_alone": lambda: promised.commitments.update(
                        state="released", released_by=cast.ana
                    ),
                    "policy_activated_alone": lambda: policy.filter(pk=policy.first().pk).update(
                        pack="", drafted_by=cast.ana, activated_by=cast.ana
                    ),
                    "handled_by_its_subject": lambda: named(cast.ana),
                    "escalation_lies_with_its_subject": lambda: named(escalation.get().to_person),
                    "escalation_decided_by_who_raised_it": lambda: escalation.update(decided_by=cast.ana),
                    "escalation_decided_by_its_subject": by_their_subject,
                    "two_groups_of_one_person": lambda: Person.groups.through.objects.create(
                        person=cast.sven, group=Group.objects.get(name="Auditors")
                    ),
                },
                people.separations,
                people.subjects,
                people.groups,
            )
            == []
        )


def test_money_above_a_limit_or_paid_otherwise_is_seen(cast):
    """2 and 3. Payment and content are changed under the eyes of the ledger, which writes them down."""
    case = a_negotiating_case(cast)
    grant = CompensationGrant.objects.filter(pk=a_paid_grant(cast, case).pk)
    assert unseen(
        {
            "paid_more_than_once": lambda: grant.update(paid_at=later(hours=1)),
            "not_what_was_approved": lambda: grant.update(kind="coupon"),
        },
        money.payments,
    ) == []  # fmt: skip
    with nothing_guarded():
        above = {f"money_above_a_{what}": lambda: grant.update(amount=999999) for what in ("grant", "case", "day")}
        above["money_above_a_customer"] = lambda: grant.update(amount=999999)
        above["money_agreed_to_by_no_limit"] = lambda: grant.update(limit_policy_id=None)
        assert unseen(above, limits.limits) == []


def test_a_refund_that_is_not_one_payment_of_its_sum_is_seen(cast):
    """3."""
    case = a_bought_case(cast)
    request = ReturnRequest.objects.filter(pk=an_accepted_return(cast, case).pk)
    grant = CompensationGrant.objects.filter(pk=request.get().refund_id)
    promise = Commitment.objects.filter(grant__in=grant)

    def paid(**changes):
        grant.update(state="paid", paid_at=AT, paid_by=cast.olga, **changes)

    with nothing_guarded():
        breakages = {
            "refunded_without_its_payment": lambda: request.update(state="refunded", refunded_at=AT),
            "refund_given_up_after_it": lambda: (request.update(refunded_at=AT), grant.update(state="cancelled")),
            "refund_of_another_sum": lambda: paid(amount=Decimal("1.00")),
            "refund_paid_unnoted": paid,
            "refunded_more_than_paid": lambda: (paid(), Order.objects.update(paid_amount=1)),
            "promise_kept_unpaid": lambda: promise.update(state="kept"),
            "promise_open_though_paid": paid,
        }
        assert unseen(breakages, money.refunds, money.promises_of_money) == []
    assert Complaint.objects.filter(pk=case.pk, returns__in=request).exists()


def test_a_limit_that_was_never_enough_is_seen(cast):
    """2: the row that is cited counts, not the highest there is."""
    grant = a_paid_grant(cast, a_negotiating_case(cast), "300.00")
    staff = limits_in_force(AT)["staff"].policy_id
    cite = {"money_above_a_grant": lambda: CompensationGrant.objects.filter(pk=grant.pk).update(limit_policy_id=staff)}
    assert unseen(cite, limits.limits) == []
