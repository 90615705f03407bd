"""Asker, approver and payer are three people whoever writes: SQL, update(), bulk, another name in the row."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from casemgmt.ledger import Refused, signed
from complaints.models import CompensationGrant
from complaints.states import GrantState
from tests.building import an_assessing_case
from tests.cast import AT
from tests.money import a_draft, a_request, an_approved_grant, say_yes

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast):
    return an_assessing_case(cast)


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def refused_by_the_database(by, grant, **values):
    """Written past every rule, signed by this person; nothing may stay of it. The code of the guard, or ""."""
    columns = ", ".join(f"{name} = %s" for name in values)
    before = CompensationGrant.objects.filter(pk=grant.pk).values().get()
    with (
        pytest.raises((Refused, IntegrityError, DatabaseError)) as refusal,
        transaction.atomic(),
        signed(by=by, reason="test.past_the_rules", at=AT),
    ):
        sql(f"UPDATE complaints_compensationgrant SET {columns} WHERE id = %s", *values.values(), grant.pk)
    assert CompensationGrant.objects.filter(pk=grant.pk).values().get() == before
    return getattr(refusal.value, "code", "")


def approved(by, **changes):
    values = {"state": "approved", "approved_by_id": by.pk, "approved_at": AT, "limit_policy_id": 1}
    return values | changes


def test_the_asker_is_no_approver_in_any_column(cast, case):
    grant = a_request(cast, case)
    refused_by_the_database(cast.ana, grant, **approved(cast.ana))
    refused_by_the_database(cast.ana, grant, second_approved_by_id=cast.ana.pk)
    refused_by_the_database(cast.ana, grant, own_authority=True, state="approved", limit_policy_id=None)


def test_nobody_says_yes_in_another_persons_name(cast, case):
    """The asker writes a supervisor's yes, or makes somebody else the asker first."""
    grant = a_request(cast, case)
    assert refused_by_the_database(cast.ana, grant, **approved(cast.tara)) == "grant.in_another_name"
    assert refused_by_the_database(cast.ana, grant, asked_by_id=cast.ben.pk) == "grant.asker_changed"
    say_yes(grant, cast.tara)


def test_one_supervisor_is_not_two(cast, case):
    grant = say_yes(a_request(cast, case, "600", legal_reference="consumer-law-55"), cast.sven)
    assert (grant.state, grant.approvals_needed) == (GrantState.AWAITING_APPROVAL, 2)
    refused_by_the_database(cast.sven, grant, state="approved", second_approved_by_id=cast.sven.pk, limit_policy_id=1)
    refused_by_the_database(cast.sven, grant, state="approved", limit_policy_id=1)
    again = {"state": "approved", "second_approved_by_id": cast.tara.pk, "limit_policy_id": 1}
    assert refused_by_the_database(cast.sven, grant, **again) == "grant.in_another_name"


def test_the_payer_is_a_third_person_and_signs(cast, case):
    grant = an_approved_grant(cast, case)
    paid = {"state": "paid", "payment_reference": "ZF-SQL", "paid_at": AT}
    for person in (cast.ana, cast.tara):
        refused_by_the_database(person, grant, **paid, paid_by_id=person.pk)
    assert refused_by_the_database(cast.tara, grant, **paid, paid_by_id=cast.olga.pk) == "grant.in_another_name"
    refused_by_the_database(cast.olga, grant, **paid | {"payment_reference": ""}, paid_by_id=cast.olga.pk)


def test_nothing_is_paid_twice_or_born_paid(cast, case):
    grant = a_draft(cast, case)
    refused_by_the_database(cast.olga, grant, state="paid", paid_by_id=cast.olga.pk, paid_at=AT, payment_reference="Z")
    born = CompensationGrant(
        case=case, kind="coupon", amount=10, purpose="restore_trust", fault="seller", basis=grant.basis,
        asked_by=cast.ana, asked_at=AT, approved_by=cast.tara,
    )  # fmt: skip
    with pytest.raises(Refused) as refusal, transaction.atomic(), signed(by=cast.tara, reason="test.bulk", at=AT):
        CompensationGrant.objects.bulk_create([born])
    assert refusal.value.code == "grant.born_decided"


def test_update_and_bulk_update_meet_the_same_wall(cast, case):
    grant = a_request(cast, case)
    with pytest.raises((Refused, IntegrityError)), transaction.atomic(), signed(by=cast.ana, reason="test.up", at=AT):
        CompensationGrant.objects.filter(pk=grant.pk).update(**approved(cast.ana))
    grant.approved_by = cast.tara
    with pytest.raises(Refused), transaction.atomic(), signed(by=cast.ana, reason="test.bulk", at=AT):
        CompensationGrant.objects.bulk_update([grant], ["approved_by"])
    assert CompensationGrant.objects.get(pk=grant.pk).approved_by is None
