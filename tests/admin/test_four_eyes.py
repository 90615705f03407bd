"""Whoever asks does not decide, by no path: dialog, bulk, plain POST, action, second account, superuser, ORM, SQL."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, models, transaction

from casemgmt.ledger import signed
from casemgmt.ledger.tables import tracked_models
from casemgmt.people.models import Person
from casemgmt.violations import RuleBroken
from complaints.actions import causes
from complaints.admin import deciding_many
from complaints.models import CaseAuthority
from tests.admin.looking import dialog, send, signed_in
from tests.cast import AT, later
from tests.two_people import DECISIONS, Decision, second_account

pytestmark = pytest.mark.django_db
NO_DECISION = {
    ("people.substitution", "person", "stands_in_for"): "nobody stands in for themselves",
    ("complaints.handover", "given_to", "given_by"): "work changes hands, nobody says yes to anything",
    ("complaints.caseauthority", "given_by", "person"): "born with the answer to an escalation, see below",
    ("people.rightschange", "person", "proposed_by"): "refused when it is proposed, see tests/people",
    ("people.numberchange", "person", "proposed_by"): "refused when it is proposed, see tests/people",
}


@pytest.fixture(params=DECISIONS)
def asked(request, world):
    """A decision that waits: what it is, its row, and every face of whoever asked."""
    decision: Decision = DECISIONS[request.param]
    row = decision.ask(world)
    asker = Person.objects.get(username=decision.asker)
    second = second_account(asker, decision.group)
    return decision, row, asker, second


def faces(*accounts):
    """Each account as it is, and as a superuser, who holds every right and no other rule."""
    for account in accounts:
        for is_superuser in (False, True):
            Person.objects.filter(pk=account.pk).update(is_superuser=is_superuser)
            yield Person.objects.get(pk=account.pk)
            Person.objects.filter(pk=account.pk).update(is_superuser=False)


def still_waits(decision, row) -> bool:
    """Nothing of it is decided."""
    now = type(row)._base_manager.get(pk=row.pk)
    before = {name: getattr(row, name) for name in ("state", f"{decision.decided_in}_id") if hasattr(row, name)}
    return {name: getattr(now, name) for name in before} == before


def test_not_by_the_action_by_no_account_and_not_as_a_superuser(asked):
    decision, row, *accounts = asked
    for person in faces(*accounts):
        with pytest.raises((RuleBroken, PermissionDenied)) as no:
            decision.decide(row.pk, by=person, at=AT, **decision.given(row))
        if isinstance(no.value, RuleBroken):
            assert decision.code in no.value.codes, (person, no.value.codes)
        else:
            assert not decision.code or not person.is_superuser
        assert still_waits(decision, row), person
    able = Person.objects.get(username=decision.able)
    decision.decide(row.pk, by=able, at=AT, **decision.given(row))
    assert not still_waits(decision, row), "what refuses everybody proves nothing"


def test_not_by_a_plain_post_without_the_button_and_not_by_the_bulk_of_the_inbox(asked):
    decision, row, *accounts = asked

    def post(person):
        sent = {"seen_version": getattr(row, "version", ""), **decision.given(row)}
        return send(signed_in(person), dialog(row, decision.dialog), **sent).status_code

    def post_many(person):
        line = f"{decision.bulk}-{row.pk}"
        seen = deciding_many.KINDS[decision.bulk].seen(row)
        fields = {"form_key": str(uuid4()), "deed": "approve", "line": [line], "remark": "同意。", f"seen-{line}": seen}
        answer = signed_in(person).post("/admin/approvals/decide/", fields)
        return answer.status_code == 200 and answer.context["results"][0].is_done

    for person in faces(*accounts):
        assert post(person) in (403, 404, 422), person
        assert not decision.bulk or not post_many(person), person
        assert still_waits(decision, row), person
    able = Person.objects.get(username=decision.able)
    assert post_many(able) if decision.bulk else post(able) in (200, 204)
    assert not still_waits(decision, row), "what refuses everybody proves nothing"


def test_not_by_the_orm_and_not_by_sql(asked):
    decision, row, asker, second = asked
    able = Person.objects.get(username=decision.able)
    written = decision.written(row)

    def by_orm(signer, decider):
        type(row)._base_manager.filter(pk=row.pk).update(**written, **{decision.decided_in: decider})

    def by_sql(signer, decider):
        values = written | {f"{decision.decided_in}_id": decider.pk}
        columns = ", ".join(f'"{name}" = %s' for name in values)
        with connection.cursor() as cursor:
            cursor.execute(f'UPDATE "{row._meta.db_table}" SET {columns} WHERE id = %s', [*values.values(), row.pk])

    for write in (by_orm, by_sql):
        for signer, decider in ((asker, asker), (second, second), (asker, second)):
            with pytest.raises(IntegrityError), transaction.atomic(), signed(by=signer, reason="test.past", at=AT):
                write(signer, decider)
            assert still_waits(decision, row), (write.__name__, signer, decider)
        with transaction.atomic(), signed(by=able, reason="test.control", at=AT):
            write(able, able)
            assert not still_waits(decision, row), "what refuses everybody proves nothing"
            transaction.set_rollback(True)


def test_nobody_gives_more_authority_to_their_own_second_account(world):
    row = DECISIONS["escalation"].ask(world)
    second = second_account(world.cast.ana, "Supervisors")
    facts = {"amount": 100, "currency": "CNY", "given_at": AT, "valid_until": later(days=1), "limit_policy_id": 1}
    for giver, signer in ((second, second), (world.cast.sven, second)):
        with (
            pytest.raises(IntegrityError, match="one_person"),
            transaction.atomic(),
            signed(by=signer, reason="test.past", at=AT),
        ):
            CaseAuthority.objects.create(case=row.case, escalation=row, person=world.cast.ana, given_by=giver, **facts)


def people_compared(model):
    """Every pair of people of whom a CHECK of the table says that they are not the same."""

    def walk(condition):
        for child in condition.children:
            if isinstance(child, models.Q):
                yield from walk(child)
            elif isinstance(child, tuple) and isinstance(child[1], models.F):
                yield child[0], child[1].name

    def is_person(name):
        return "__" not in name and model._meta.get_field(name).related_model is Person

    for constraint in model._meta.constraints:
        if isinstance(constraint, models.CheckConstraint):
            for one, other in walk(constraint.condition):
                if is_person(one) and is_person(other):
                    yield model._meta.label_lower, one, other


def test_a_decision_of_two_that_is_missing_here_is_seen():
    pairs = {pair for model in tracked_models() for pair in people_compared(model)} - NO_DECISION.keys()
    assert len(pairs) > 10
    assert pairs <= {(decision.model, decision.decided_in, decision.asked_in) for decision in DECISIONS.values()}
    assert {decision.bulk for decision in DECISIONS.values()} - {""} == set(deciding_many.KINDS)
    assert len(causes.REQUESTS) == len(deciding_many.KINDS)
