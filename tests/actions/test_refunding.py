"""Money for goods that came back is owed until it has arrived: once refunded, nobody gives it up (S-RET-10, S-CMP)."""

import pytest

from complaints.actions.approving import reject_grant
from complaints.actions.closing import why_not_close
from complaints.actions.entering_payees import enter_payee
from complaints.actions.granting import cancel_grant, submit_grant
from complaints.actions.open_returns import violations_in_open_returns
from complaints.actions.paying import bounce_grant, redraft_grant, retry_grant
from complaints.models import CompensationGrant
from complaints.states import GrantState, ReturnState
from tests.cast import later
from tests.money import PAYEE, pay, say_yes
from tests.returns import a_bought_case, an_accepted_return
from tests.saying_no import refused

pytestmark = pytest.mark.django_db

AFTER = later(days=1, hours=2)


@pytest.fixture
def refund(cast) -> CompensationGrant:
    """Refunded, and the money came back from the bank."""
    request = an_accepted_return(cast, a_bought_case(cast, paid="300.00"))
    enter_payee(request.refund_id, by=cast.ana, at=AFTER, **PAYEE)
    submit_grant(request.refund_id, by=cast.ana, at=AFTER)
    grant = CompensationGrant.objects.get(pk=request.refund_id)
    if grant.state == GrantState.AWAITING_APPROVAL:
        grant = say_yes(grant, cast.tara, at=AFTER)
    pay(grant, cast.olga, at=AFTER)
    return bounce_grant(grant.pk, by=cast.olga, at=AFTER, reason="账号与姓名不符。")


def test_a_refund_that_came_back_is_not_given_up(cast, refund):
    request = refund.returns.get()
    assert request.state == ReturnState.REFUNDED
    with refused("return.refund_stays_owed"):
        cancel_grant(refund.pk, by=cast.ana, at=AFTER, reason="不给了。")
    assert [found.code for found in violations_in_open_returns(refund.case)] == ["return.pending"]
    assert why_not_close(refund.case, by=cast.ana, at=AFTER)
    retry_grant(refund.pk, by=cast.olga, at=AFTER, reason="账号更正。")
    refund.refresh_from_db()
    pay(refund, cast.olga, at=AFTER, reference="ZF20261013002")
    assert list(violations_in_open_returns(refund.case)) == []


def test_nor_is_it_rejected_for_a_new_payee(cast, refund):
    redraft_grant(refund.pk, by=cast.ana, at=AFTER, **PAYEE | {"account": "other@example.com"})
    grant = submit_grant(refund.pk, by=cast.ana, at=AFTER)
    if grant.state == GrantState.AWAITING_APPROVAL:
        with refused("return.refund_stays_owed"):
            reject_grant(refund.pk, by=cast.tara, at=AFTER, reason="太多。")
    with refused("return.refund_stays_owed"):
        cancel_grant(refund.pk, by=cast.ana, at=AFTER, reason="不给了。")
