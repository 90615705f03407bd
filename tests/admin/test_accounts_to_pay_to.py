"""Whoever pays sees the account for exactly that payment, and every look is logged; nobody else does, nor later."""

import pytest

from casemgmt.privacy.models import AccessEvent
from tests.admin.looking import dialog, send, signed_in, text_of
from tests.admin.world import somebody
from tests.building import a_negotiating_case
from tests.money import PAYEE, a_request, an_approved_grant, pay
from tests.two_people import second_account

pytestmark = pytest.mark.django_db


@pytest.fixture
def grant(world):
    return an_approved_grant(world.cast, a_negotiating_case(world.cast, **somebody()))


def looks():
    rows = AccessEvent.objects.filter(kind="revealed", subject_label="complaints.payee").order_by("pk")
    return [(row.person_name, row.subject_field, row.reason) for row in rows]


def ask(person, grant):
    return send(signed_in(person), dialog(grant, "show-payee"))


def test_the_payer_sees_the_account_once_and_the_look_is_logged(world, grant):
    olga = world.cast.olga
    page = text_of(signed_in(olga).get(dialog(grant, "pay-grant")))
    assert PAYEE["account"] not in page
    shown = ask(olga, grant)
    assert shown.status_code == 200
    assert PAYEE["account"] in text_of(shown)
    assert PAYEE["name"] in text_of(shown)
    assert "no-store" in shown["Cache-Control"]
    assert looks() == [(olga.name, "name", "grant.pay"), (olga.name, "account", "grant.pay")]
    reason = AccessEvent.objects.get(kind="revealed", subject_field="account").statement_id
    assert str(grant.pk) in str(grant.case.statements.get(pk=reason))


def test_nobody_who_could_not_pay_it_sees_it(world, grant):
    twin = second_account(world.cast.tara, "Operations")
    for person, status in ((world.cast.ana, 403), (world.cast.tara, 403), (twin, 422), (world.cast.axel, 403)):
        assert ask(person, grant).status_code == status, person
    waiting = a_request(world.cast, a_negotiating_case(world.cast, **somebody()))
    assert ask(world.cast.olga, waiting).status_code in (404, 422)
    assert looks() == []


def test_after_the_payment_it_is_masked_again(world, grant):
    pay(grant, world.cast.olga, reference="ZF-ACC")
    assert ask(world.cast.olga, grant).status_code == 422
    assert looks() == []
