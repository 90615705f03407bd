"""Two accounts known as one person become two people by two administrators alone, whichever way somebody tries."""

import csv
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from casemgmt.ledger import Refused, signed
from casemgmt.people.groups import GroupName
from casemgmt.people.joining import COLUMNS, set_staff_number
from casemgmt.people.models import NumberChange, Person
from casemgmt.people.one_person import same_person
from casemgmt.people.renumbering import approve_number_change, decline_number_change, propose_number_change
from tests.saying_no import refused

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
LATER = AT + timedelta(hours=1)


def account(username, *groups, **fields):
    person = Person.objects.create(username=username, name=username.title(), is_staff=True, **fields)
    person.groups.set(Group.objects.filter(name__in=groups))
    return person


@pytest.fixture
def ada():
    return account("ada", GroupName.ADMINISTRATORS, staff_number="E1")


@pytest.fixture
def ole():
    return account("ole", GroupName.ADMINISTRATORS)


@pytest.fixture
def lin():
    """One human's accounts, by day and by night."""
    return account("lin.day", staff_number="E7"), account("lin.night", GroupName.SUPERVISORS, staff_number="E7")


def again(person):
    return Person.objects.get(pk=person.pk)


def by_sql(by, statement, *values):
    """Written past every rule in this person's name."""
    with transaction.atomic(), signed(by=by, reason="test.past", at=LATER), connection.cursor() as cursor:
        cursor.execute(statement, values)


def propose(lin, by, number="E8"):
    return propose_number_change(lin[1].pk, number, "two_people", by=by, at=AT)


def test_two_administrators_take_accounts_apart_and_history_says_who(ada, ole, lin):
    change = propose(lin, ada, " e-8 ")
    assert same_person(*map(again, lin))
    approve_number_change(change.pk, by=ole, at=LATER)
    change.refresh_from_db()
    assert (change.state, change.number_before, change.number) == ("carried_out", "E7", "E-8")
    assert not same_person(*map(again, lin))
    row = again(lin[1]).history.first()
    assert (row.history_actor, row.history_change_reason) == ("Ole", "person.number_change_approved")
    assert [row.state for row in change.history.order_by("history_id")] == ["proposed", "approved", "carried_out"]


def test_a_no_leaves_them_one_person_and_another_proposal_may_follow(ada, ole, lin):
    change = propose(lin, ada)
    with refused("rights.already_proposed"):
        propose(lin, ole)
    decline_number_change(change.pk, by=ole, at=LATER)
    assert same_person(*map(again, lin))
    assert propose(lin, ole, "").number == ""


def test_nobody_alone_by_no_way_through_the_rules(ada, ole, lin, tmp_path):
    """Neither set at once, nor by the list of the house, nor by one's second account, nor by whose account it is."""
    for number in ("", "E8"):
        with refused("person.number_by_two"):
            set_staff_number(lin[1].pk, number, by=ada, at=AT)
    listed = tmp_path / "staff.csv"
    with listed.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows([COLUMNS, ["lin.night", "", "", "", "E8"]])
    with pytest.raises(CommandError):
        call_command("import_people", listed, by="ada")
    change = propose(lin, ada)
    second = account("ada2", GroupName.ADMINISTRATORS, staff_number="E1")
    for person in (ada, second):
        with refused("rights.proposed_by_you"):
            approve_number_change(change.pk, by=person, at=LATER)
    with pytest.raises(PermissionDenied):
        approve_number_change(change.pk, by=lin[0], at=LATER)
    with refused("rights.own"):
        propose_number_change(second.pk, "E9", "mistyped", by=again(ada), at=AT)
    with pytest.raises(PermissionDenied):
        propose(lin, lin[0])
    assert same_person(*map(again, lin))


def test_a_first_number_needs_nobody_else_and_the_same_number_is_no_change(ada, lin):
    new = account("new")
    with refused("person.number_not_known"):
        propose_number_change(new.pk, "E9", "mistyped", by=ada, at=AT)
    set_staff_number(new.pk, "E9", by=ada, at=AT)
    assert set_staff_number(new.pk, "e9", by=ada, at=AT).staff_number == "E9"
    with refused("person.number_unchanged"):
        propose(lin, ada, "e7")
    with refused("person.no_staff_number"):
        propose(lin, ada, "工号 7")


def test_accounts_that_would_hold_two_groups_kept_apart_are_not_joined_by_two_either(ada, ole, lin):
    account("aud", GroupName.AUDITORS, staff_number="E8")
    with refused("rights.kept_apart_by_accounts"):
        propose(lin, ada, "E8")


SEPARATIONS = {
    "one account": "UPDATE people_person SET staff_number = 'E8' WHERE username = 'lin.night'",
    "no number": "UPDATE people_person SET staff_number = '' WHERE username = 'lin.night'",
    "all in one statement": "UPDATE people_person SET staff_number = UPPER(username) WHERE staff_number = 'E7'",
    "one after the other": "UPDATE people_person SET staff_number = 'E8' WHERE username = 'lin.day'",
}


@pytest.mark.parametrize("way", SEPARATIONS)
def test_not_by_sql(ada, ole, lin, way):
    """Not before two agreed, and while a proposal waits not either."""
    with pytest.raises(Refused, match="number_by_two"):
        by_sql(ada, SEPARATIONS[way])
    propose(lin, ada)
    with pytest.raises(Refused, match="number_by_two"):
        by_sql(ole, SEPARATIONS[way])
    assert same_person(*map(again, lin))


def test_not_by_the_orm(ada, lin):
    night = again(lin[1])
    night.staff_number = "E8"
    for write in (
        night.save,
        lambda: Person.objects.filter(pk=night.pk).update(staff_number=""),
        lambda: Person.objects.bulk_update([night], ["staff_number"]),
    ):
        with pytest.raises(Refused, match="number_by_two"), transaction.atomic():
            write()
    assert same_person(*map(again, lin))


def test_no_yes_is_given_in_another_name_or_to_something_else(ada, ole, lin):
    """A forged proposal, a forged yes, a proposal that becomes another one, one that is born approved."""
    facts = {"person": lin[1], "number_before": "E7", "number": "E8", "reason": "mistyped", "proposed_at": AT}
    forged = {
        "another_name": lambda: NumberChange.objects.create(proposed_by=ole, **facts),
        "birth": lambda: NumberChange.objects.create(
            proposed_by=ada, state="approved", decided_by=ole, decided_at=AT, **facts
        ),
    }
    for code, write in forged.items():
        with pytest.raises(Refused, match=code), transaction.atomic(), signed(by=ada, reason="test.past", at=LATER):
            write()
    change = propose(lin, ada)
    table = "UPDATE people_numberchange SET"
    yes = f"{table} state = 'approved', decided_at = proposed_at, decided_by_id = {ole.pk}"
    for statement, code in (
        (yes, "another_name"),
        (yes.replace(f"_id = {ole.pk}", f"_id = {ada.pk}"), "decided_by_someone_else"),
        (f"{table} number = 'E9'", "number_change.rewritten"),
        (f"{table} number_before = 'E9'", "number_change.rewritten"),
        (f"{table} person_id = {lin[0].pk}", "asker_changed"),
        (f"{table} proposed_by_id = {ole.pk}", "asker_changed"),
        ("DELETE FROM people_numberchange", "ledger.deletion"),
    ):
        with pytest.raises(IntegrityError, match=code):
            by_sql(ada, statement)
    change.refresh_from_db()
    assert change.state == "proposed"


def test_an_approval_is_used_once_and_for_its_number_alone(ada, ole, lin):
    """Also when somebody says yes past the action and never says that it is carried out."""
    change = propose(lin, ada)
    by_sql(
        ole, f"UPDATE people_numberchange SET state = 'approved', decided_at = proposed_at, decided_by_id = {ole.pk}"
    )
    night = f"UPDATE people_person SET staff_number = %s WHERE id = {lin[1].pk}"
    with pytest.raises(Refused, match="number_by_two"):
        by_sql(ole, night, "E9")
    with pytest.raises(Refused, match="number_by_two"):
        by_sql(ole, f"UPDATE people_person SET staff_number = 'E8' WHERE id = {lin[0].pk}")
    by_sql(ole, night, "E8")
    with pytest.raises(Refused, match="number_by_two"):
        by_sql(ole, night, "E7")
    by_sql(ole, "UPDATE people_numberchange SET state = 'carried_out'")
    assert propose_number_change(lin[1].pk, "E7", "mistyped", by=ole, at=LATER).pk != change.pk
    approve_number_change(NumberChange.objects.get(state="proposed").pk, by=ada, at=LATER)
    assert same_person(*map(again, lin))
    with pytest.raises(Refused, match="number_by_two"):
        by_sql(ole, night, "E8")


def test_the_pages_propose_and_decide(client, ada, ole, lin):
    def do(row, name, **typed):
        url = reverse(f"admin:people_{row._meta.model_name}_do", args=[row.pk, name])
        return client.post(url, {"form_key": uuid4(), **typed}).status_code

    client.force_login(ada)
    assert do(lin[1], "set-staff-number", number="E8") == 422
    assert do(lin[1], "propose-staff-number", number="E8", reason="nonsense") == 422
    assert do(lin[1], "propose-staff-number", number="E8", reason="two_people") == 302
    change = NumberChange.objects.get()
    assert do(change, "approve") == 422
    assert same_person(*map(again, lin))
    client.force_login(ole)
    assert reverse("admin:people_numberchange_changelist") in client.get(reverse("admin:index")).content.decode()
    shown = client.get(reverse("admin:people_numberchange_change", args=[change.pk])).content.decode()
    assert "lin.day" in shown, "whose account it is taken from"
    assert do(change, "approve") == 302
    assert not same_person(*map(again, lin))
