"""WC-01 over the days: a promised fee is warned of, goes up until it is paid, and no case ends before it is told."""

from datetime import timedelta

import pytest

from casemgmt.models import Notice
from complaints.actions import climbing, sweeping
from complaints.actions.approving import approve_grant
from complaints.actions.escalating import acknowledge_escalation, decide_escalation
from complaints.actions.executing import complete
from complaints.actions.granting import submit_grant
from complaints.actions.keeping import keep_commitment
from complaints.actions.overdue import close_escalations
from complaints.actions.paying import bounce_grant, retry_grant
from complaints.models import Escalation
from complaints.states import CaseState, CommitmentState, EscalationState, GrantState
from complaints.vocabulary import ContactPurpose, EvidenceType
from tests.building import add_photo, an_executing_case, answer, tell_outcome
from tests.cast import AT, later
from tests.money import a_cash_draft, pay
from tests.saying_no import refused

pytestmark = pytest.mark.django_db

TICK = timedelta(hours=6)


def time_passes(since, until) -> None:
    """The sweeps ring every six hours; nobody presses a button."""
    at = since
    while at <= until:
        sweeping.warn_of_payments(at)
        sweeping.warn_of_commitments(at)
        climbing.climb_escalations(at)
        close_escalations(at)
        at += TICK


def told(code):
    return {notice.person.username for notice in Notice.objects.filter(code=code)}


def alarms(grant):
    return list(Escalation.objects.filter(cause=f"grant:{grant.pk}").order_by("level").values_list("level", "state"))


@pytest.fixture
def fee(cast):
    """Service in one city persuades the customer to keep the coat; operations in another are to pay 68 yuan."""
    case = an_executing_case(cast)
    add_photo(cast, case, evidence_type=EvidenceType.RECEIPT)
    grant = submit_grant(a_cash_draft(cast, case, "68.00", kind="expenses").pk, by=cast.ana, at=AT)
    approve_grant(grant.pk, by=cast.tara, at=AT, seen_digest=grant.content_digest)
    for promise in case.commitments.filter(grant=None):
        keep_commitment(promise.pk, by=cast.ana, at=AT, words="新衣已签收。")
    tell_outcome(cast, case, at=later(hours=1))
    grant.refresh_from_db()
    return grant


def test_nobody_forgets_it(cast, fee):
    case, due = fee.case, fee.pay_by
    assert fee.commitments.get().owner == cast.olga, "a promise across departments has an owner there"

    time_passes(AT, due - timedelta(hours=25))
    assert not told("notice.payment_due_soon")
    time_passes(due - timedelta(hours=24), due)
    assert told("notice.payment_due_soon") == {"olga", "petra"}, "those who pay are reminded, before it is late"
    assert alarms(fee) == []

    time_passes(due + timedelta(minutes=1), due + timedelta(days=7))
    assert alarms(fee)[0] == (1, EscalationState.OPEN)
    assert len(alarms(fee)) > 1, "day after day it goes higher"
    assert "sven" in told("notice.escalated.grant")
    late = due + timedelta(days=7)
    with refused("complete.commitment_pending", "complete.grant_unpaid"):
        complete(case.pk, by=cast.ana, at=late)

    pay(fee, cast.olga, at=late)
    time_passes(late, late + TICK)
    assert {state for _level, state in alarms(fee)} == {EscalationState.CLOSED}
    assert fee.commitments.get().state == CommitmentState.KEPT_LATE
    with refused("grant.payment_not_told"):
        complete(case.pk, by=cast.ana, at=late)
    answer(cast, case, at=late, purpose=ContactPurpose.COMMITMENT_KEPT, words="干洗费已打款，请查收。")
    assert complete(case.pk, by=cast.ana, at=late).state == CaseState.FOLLOWING_UP


@pytest.mark.parametrize("by_words", ["answered", "taken note of"])
def test_words_do_not_end_the_alarm(cast, fee, by_words):
    """Each level is answered, or taken note of, and nobody pays: a day after the last word it rings again."""

    def everybody_says_something(at):
        for alarm in Escalation.objects.filter(cause=f"grant:{fee.pk}", state=EscalationState.OPEN):
            if by_words == "answered":
                decide_escalation(alarm.pk, by=cast.sven, at=at, decision="return", answer="请尽快付款。")
            else:
                acknowledge_escalation(alarm.pk, by=cast.sven, at=at)

    for days in (1, 4, 7):
        at = fee.pay_by + timedelta(days=days)
        time_passes(at, at)
        everybody_says_something(at)
    assert all(state != EscalationState.OPEN for _level, state in alarms(fee))
    known = len(alarms(fee))
    time_passes(at + timedelta(hours=24), at + timedelta(hours=24))
    assert len(alarms(fee)) == known + 1
    assert alarms(fee)[-1] == (3, EscalationState.OPEN), "on the level it had reached"
    time_passes(at + timedelta(days=3), at + timedelta(days=3))
    assert len(alarms(fee)) == known + 1, "once, while somebody is to take note"
    pay(fee, cast.olga, at=at + timedelta(days=3))
    time_passes(at + timedelta(days=6), at + timedelta(days=6))
    assert {state for _level, state in alarms(fee)} <= {EscalationState.CLOSED, EscalationState.DECIDED}
    assert len(alarms(fee)) == known + 1


def test_money_that_came_back_is_owed_as_before(cast, fee):
    """Paid in time, returned by the bank after it was due: it goes up at once, and again when the next try fails."""
    pay(fee, cast.olga, at=later(hours=2))
    back = fee.pay_by + timedelta(days=1)
    time_passes(fee.pay_by, back)
    assert alarms(fee) == []
    bounce_grant(fee.pk, by=cast.olga, at=back, reason="账户已注销。")
    time_passes(back + timedelta(minutes=1), back + timedelta(minutes=2))
    assert {state for _level, state in alarms(fee)} == {EscalationState.OPEN}
    retry_grant(fee.pk, by=cast.olga, at=back + TICK, reason="客户已恢复账户。")
    fee.refresh_from_db()
    assert fee.state == GrantState.APPROVED
    pay(fee, cast.petra, at=back + TICK, reference="ZF20261020002")
    time_passes(back + TICK, back + 2 * TICK)
    assert {state for _level, state in alarms(fee)} == {EscalationState.CLOSED}
    bounce_grant(fee.pk, by=cast.petra, at=back + 3 * TICK, reason="又退回了。")
    time_passes(back + 4 * TICK, back + 4 * TICK)
    assert alarms(fee)[0] == (1, EscalationState.OPEN), "the same alarm comes back"
