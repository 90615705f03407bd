"""Goods that came back: the clock of the law, the checklist, the refund of exactly their price, once, and no other."""

from decimal import Decimal

import pytest
from django.db import transaction
from django.db.utils import DatabaseError, IntegrityError

from casemgmt.ledger import signed
from complaints.actions.entering_payees import enter_payee
from complaints.actions.granting import cancel_grant, change_grant, submit_grant
from complaints.actions.keeping import keep_commitment
from complaints.actions.knowing import facts_of
from complaints.actions.open_returns import violations_in_open_returns
from complaints.actions.receiving_returns import (
    accept_return,
    fail_return,
    inspect_return,
    lose_return,
    send_goods_back,
)
from complaints.actions.refunding import ask_again_for_refund
from complaints.actions.returning import note_sent
from complaints.models import Complaint, ReturnRequest
from complaints.states import CommitmentState, GrantState, ReturnState
from complaints.vocabulary import ResponsibleParty
from complaints.vocabulary.returning import ReturnKind
from tests.building import add_photo
from tests.cast import AT, later
from tests.money import PAYEE, REQUEST, a_request, pay, say_yes
from tests.returns import ALL_WELL, a_bought_case, a_received_return, an_accepted_return, an_agreed_return
from tests.saying_no import denied, refused

pytestmark = pytest.mark.django_db
NEXT = later(days=1, hours=1)


@pytest.fixture
def case(cast):
    return a_bought_case(cast)


def approved(cast, refund, *, at=NEXT):
    """A payee, handed in by ana, agreed to by as many supervisors as the sum needs."""
    enter_payee(refund.pk, by=cast.ana, at=at, **PAYEE)
    asked = submit_grant(refund.pk, by=cast.ana, at=at)
    for person in (cast.tara, cast.sven)[: asked.approvals_needed]:
        asked = say_yes(asked, person, at=at)
    return asked


def test_the_days_to_refund_run_from_the_day_the_goods_came_back(cast, case):
    """消保法 art. 25: seven days, whatever the case waits for; the clock is about this return alone."""
    request = a_received_return(cast, case)
    clock = request.clocks.get()
    assert (clock.kind, clock.started_at) == ("refund_after_return", later(days=1))
    assert clock.due_at.astimezone(AT.tzinfo).isoformat() == "2026-10-21T00:00:00+08:00"
    refund = approved(cast, an_end(cast, request).refund)
    pay(refund, cast.olga, at=later(days=3))
    clock.refresh_from_db()
    assert (clock.stopped_at, clock.stopped_late) == (later(days=3), False)


def an_end(cast, request):
    """Inspected and accepted."""
    inspect_return(request.pk, by=cast.ana, at=NEXT, checks=ALL_WELL)
    return accept_return(request.pk, by=cast.ana, at=NEXT)


def test_every_line_is_answered_by_whoever_has_the_goods(cast, case):
    """S-RET-06, 07, 09: the lines of the right for these goods; a person of the warehouse may answer them."""
    request = a_received_return(cast, case, department=cast.operations)
    with refused("return.check_unanswered", "return.check_unanswered"):
        inspect_return(request.pk, by=cast.olga, at=NEXT, checks={"complete": True, "unused": True})
    with denied():
        inspect_return(request.pk, by=cast.wen, at=NEXT, checks=ALL_WELL)
    inspected = inspect_return(request.pk, by=cast.olga, at=NEXT, checks=ALL_WELL)
    assert (inspected.state, inspected.inspected_by) == (ReturnState.INSPECTED, cast.olga)
    assert {check.fact for check in request.checks.all()} == set(ALL_WELL)
    assert facts_of(Complaint.objects.get(pk=case.pk), NEXT).known["unwashed"] is True
    with denied():
        accept_return(request.pk, by=cast.olga, at=NEXT)


def test_a_line_fails_only_with_words_and_a_photo(cast, case):
    request = a_received_return(cast, case)
    washed = ALL_WELL | {"unwashed": False}
    with refused("return.failing_without_words", "return.failing_without_evidence"):
        inspect_return(request.pk, by=cast.ana, at=NEXT, checks=washed)
    photo = add_photo(cast, case, at=NEXT)
    inspect_return(request.pk, by=cast.ana, at=NEXT, checks=washed, note="领标有水洗痕迹。", evidence_id=photo.pk)
    line = request.checks.get(passed=False)
    assert (line.fact, str(line.note), line.evidence) == ("unwashed", "领标有水洗痕迹。", photo)
    with refused("return.accepted_although"):
        accept_return(request.pk, by=cast.ana, at=NEXT)
    failed = fail_return(request.pk, by=cast.ana, at=NEXT, words="衣服有水洗痕迹，这次不能退，我们给您寄回。")
    assert failed.state == ReturnState.FAILED
    with refused("return.waybill_missing"):
        send_goods_back(request.pk, by=cast.ana, at=NEXT, waybill_number=" ")
    assert send_goods_back(request.pk, by=cast.ana, at=NEXT, waybill_number="YT9").state == ReturnState.SENT_BACK
    assert request.commitments.get().state == CommitmentState.OPEN, "a second person releases what was promised"


def test_goods_that_are_as_they_should_be_are_not_turned_down(cast, case):
    request = a_received_return(cast, case)
    inspect_return(request.pk, by=cast.ana, at=NEXT, checks=ALL_WELL)
    with refused("return.nothing_failed"):
        fail_return(request.pk, by=cast.ana, at=NEXT, words="不退。")


def test_the_refund_is_exact_takes_two_people_and_a_payer_and_is_made_once(cast, case):
    """S-RET-10: the price of the goods to the cent; no gift of ours although the customer changed their mind."""
    request = an_accepted_return(cast, case)
    refund = request.refund
    assert (refund.kind, refund.amount, refund.state) == ("return_refund", Decimal("689.00"), GrantState.DRAFTED)
    assert (refund.fault, refund.goodwill) == (ResponsibleParty.CUSTOMER, False)
    with refused("return.refund_is_exact"):
        change_grant(refund.pk, by=cast.ana, at=NEXT, **REQUEST | {"kind": "return_refund", "amount": "700"})
    asked = approved(cast, refund)
    promise = request.commitments.get()
    assert (asked.state, promise.grant, asked.commitments.count()) == (GrantState.APPROVED, refund, 1)
    with refused("keep.grant_unpaid"):
        keep_commitment(promise.pk, by=cast.ana, at=NEXT, words="已退款。")
    pay(asked, cast.olga, at=later(days=2))
    request.refresh_from_db()
    promise.refresh_from_db()
    assert (request.state, request.refunded_at) == (ReturnState.REFUNDED, later(days=2))
    assert promise.state == CommitmentState.KEPT
    assert list(violations_in_open_returns(Complaint.objects.get(pk=case.pk))) == []
    with refused("return.more_than_bought"):
        an_agreed_return(cast, case, at=later(days=3))


def test_what_was_given_back_before_is_not_given_back_again(cast):
    """Part of the price is on its way back already: the refund is what is left, never more than was paid."""
    case = a_bought_case(cast, paid="400.00")
    a_request(cast, case, "300.00", kind="partial_refund", order_of_offers="")
    assert an_accepted_return(cast, case).refund.amount == Decimal("100.00")


def test_a_cancelled_refund_is_asked_for_again_because_it_is_owed(cast, case):
    request = an_accepted_return(cast, case)
    with refused("case.not_possible_from"):
        ask_again_for_refund(request.pk, by=cast.ana, at=NEXT)
    cancel_grant(request.refund_id, by=cast.ana, at=NEXT, reason="收款账户待确认。")
    again = ask_again_for_refund(request.pk, by=cast.ana, at=NEXT)
    assert (again.refund.amount, again.refund.state) == (Decimal("689.00"), GrantState.DRAFTED)
    assert again.refund != request.refund


def test_a_lost_parcel_is_refunded_where_we_bear_the_loss(cast, case):
    request = an_agreed_return(cast, case)
    note_sent(request.pk, by=cast.ana, at=AT, waybill_number="YT1")
    with refused("return.words_missing"):
        lose_return(request.pk, by=cast.ana, at=NEXT, words="")
    lost = lose_return(request.pk, by=cast.ana, at=NEXT, words="快递确认丢件。", we_bear=True)
    assert (lost.state, lost.refund.amount, lost.is_pending) == (ReturnState.LOST, Decimal("689.00"), True)
    pay(approved(cast, lost.refund), cast.olga, at=later(days=2))
    lost.refresh_from_db()
    assert (lost.state, lost.is_pending) == (ReturnState.LOST, False)


def test_other_goods_end_an_exchange_when_they_are_with_the_customer(cast, case):
    request = an_accepted_return(cast, case, kind=ReturnKind.EXCHANGE)
    assert (request.state, request.refund) == (ReturnState.ACCEPTED, None)
    keep_commitment(request.commitments.get().pk, by=cast.ana, at=later(days=2), words="新衣已签收。")
    request.refresh_from_db()
    assert request.state == ReturnState.EXCHANGED
    assert not request.clocks.filter(stopped_at__isnull=True).exists()


def test_the_database_knows_no_refund_without_its_payment_and_no_failing_line_without_proof(cast, case):
    request = an_accepted_return(cast, case)
    approved(cast, request.refund)
    for changes in (
        {"state": ReturnState.REFUNDED, "refunded_at": NEXT},
        {"refund_amount": Decimal("689.01")},
        {"state": ReturnState.EXCHANGED},
    ):
        with (
            pytest.raises((DatabaseError, IntegrityError)),
            transaction.atomic(),
            signed(by=cast.ana, reason="return.accepted", at=NEXT),
        ):
            ReturnRequest.objects.filter(pk=request.pk).update(**changes)
    with (
        pytest.raises((DatabaseError, IntegrityError)),
        transaction.atomic(),
        signed(by=cast.ana, reason="return.inspected", at=NEXT),
    ):
        request.checks.update(passed=False)
