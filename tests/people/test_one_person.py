"""One human with two accounts is one person: to the rules about groups, to imports, and to the database."""

import csv
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from casemgmt.ledger import Refused, signed
from casemgmt.people.actions import approve_rights_change, propose_rights_change, set_groups
from casemgmt.people.groups import GroupName
from casemgmt.people.joining import COLUMNS, set_staff_number
from casemgmt.people.models import Person, RightsChange
from casemgmt.people.one_person import accounts_behind, accounts_of, likely_twins, number_as_kept, same_person
from casemgmt.people.queries import people_holding_groups_kept_apart
from tests.saying_no import refused

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


def account(username, *groups, **fields):
    fields = {"name": username.title(), "email": f"{username}@example.com", "is_staff": True} | fields
    person = Person.objects.create(username=username, **fields)
    person.groups.set(Group.objects.filter(name__in=groups))
    return person


@pytest.fixture
def ada():
    return account("ada", GroupName.ADMINISTRATORS, staff_number="E1")


@pytest.fixture
def ole():
    return account("ole", GroupName.ADMINISTRATORS)


@pytest.mark.parametrize("typed", [" e-0042", "Ｅ－００４２", "E-0042 ", "e-00 42"])
def test_a_number_is_one_however_it_is_typed(ada, typed):
    one, other = account("one"), account("other", staff_number="E-0042")
    assert number_as_kept(typed) == "E-0042"
    one = set_staff_number(one.pk, typed, by=ada, at=AT)
    assert same_person(one, other)
    assert accounts_of(one) == accounts_behind([other.pk, None]) == {one.pk, other.pk}
    assert one.history.first().history_change_reason == "person.staff_number_set"


def test_without_a_number_everybody_is_somebody_else(ada):
    one, other = account("one"), account("other")
    assert not same_person(one, other)
    assert accounts_of(one) == {one.pk}


def test_nobody_says_whose_their_own_accounts_are(ada, ole):
    second = account("ada2", staff_number="E1")
    with refused("rights.own", "person.number_by_two"):
        set_staff_number(second.pk, "", by=ada, at=AT)
    second = account("ada3")
    with refused("person.no_staff_number"):
        set_staff_number(second.pk, "工号 7", by=ole, at=AT)
    with pytest.raises(PermissionDenied):
        set_staff_number(second.pk, "E9", by=account("bob", GroupName.STAFF), at=AT)


def test_groups_are_exclusive_for_the_human(ada):
    """Neither by joining accounts, nor by a group for the second account, nor past the rules."""
    day = account("day", GroupName.SUPERVISORS)
    night = account("night", GroupName.AUDITORS)
    set_staff_number(day.pk, "E7", by=ada, at=AT)
    with refused("rights.kept_apart_by_accounts"):
        set_staff_number(night.pk, "E7", by=ada, at=AT)
    with pytest.raises(Refused, match="one_person_kept_apart"), transaction.atomic():
        Person.objects.filter(pk=night.pk).update(staff_number="E7")
    third = account("third", staff_number="E7")
    with refused("rights.kept_apart_by_accounts"):
        set_groups(third.pk, [GroupName.ADMINISTRATORS], by=ada, at=AT)
    with pytest.raises(Refused, match="groups_kept_apart"), transaction.atomic():
        third.groups.add(Group.objects.get(name=GroupName.ADMINISTRATORS))
    third.groups.add(Group.objects.get(name=GroupName.SUPERVISORS))
    assert not people_holding_groups_kept_apart().exists()


def test_own_rights_are_not_given_by_the_second_account(ada, ole):
    """The account of an administrator proposes, approves or gives nothing to the same human's other account."""
    second = account("ada2", GroupName.STAFF, staff_number="E1")
    with refused("rights.own"):
        set_groups(second.pk, [GroupName.STAFF, GroupName.OPERATIONS], by=ada, at=AT)
    third = account("ada3", GroupName.ADMINISTRATORS, staff_number="E1")
    bob = account("bob", GroupName.STAFF)
    change = propose_rights_change(bob.pk, GroupName.SUPERVISORS, by=ada, at=AT)
    with refused("rights.proposed_by_you"):
        approve_rights_change(change.pk, by=third, at=AT)
    with pytest.raises(IntegrityError, match="one_person"), transaction.atomic(), signed(by=third, reason="t", at=AT):
        RightsChange.objects.filter(pk=change.pk).update(state="approved", decided_by=third, decided_at=AT)
    with pytest.raises(IntegrityError, match="another_name"), transaction.atomic(), signed(by=ada, reason="t", at=AT):
        RightsChange.objects.filter(pk=change.pk).update(state="approved", decided_by=ole, decided_at=AT)
    approve_rights_change(change.pk, by=ole, at=AT)


def test_accounts_that_look_like_one_person_are_shown_until_they_are_told_apart(ada, client):
    one, other = account("lin", name="林小红"), account("lin2", name="林小红")
    account("lin3", name="林小虹", email="LIN@example.com")
    assert [found.username for found in likely_twins().order_by("username")] == ["lin", "lin2", "lin3"]
    ada.is_superuser = True
    ada.save()
    client.force_login(ada)
    page = client.get(f"/admin/people/person/{one.pk}/change/").content.decode()
    assert "lin2" in page
    set_staff_number(one.pk, "E21", by=ada, at=AT)
    assert {found.username for found in likely_twins(one)} == {"lin2", "lin3"}
    set_staff_number(other.pk, "E22", by=ada, at=AT)
    assert {found.username for found in likely_twins()} == {"lin", "lin3"}


def table(path, *rows):
    with path.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows([COLUMNS, *rows])
    return path


def test_the_staff_list_makes_accounts_and_joins_them(ada, tmp_path, capsys):
    known = account("lin", name="林小红")
    listed = table(
        tmp_path / "staff.csv", ["lin", "林小红", "", "", "e-7"], ["lin.b", "林小红", "b@example.com", "", "E-7"]
    )
    call_command("import_people", listed, by="ada")
    known.refresh_from_db()
    assert same_person(known, Person.objects.get(username="lin.b"))
    assert not Person.objects.get(username="lin.b").has_usable_password()
    call_command("import_people", listed, by="ada")
    assert capsys.readouterr().out.splitlines() == [
        "1 accounts made, 2 staff numbers set.",
        "0 accounts made, 0 staff numbers set.",
    ]


def test_a_list_with_a_fault_changes_nothing(ada, tmp_path, capsys):
    account("day", GroupName.SUPERVISORS)
    account("night", GroupName.AUDITORS)
    listed = table(
        tmp_path / "staff.csv",
        ["day", "", "", "", "E7"],
        ["night", "", "", "", "E7"],
        ["new", "新人", "", "没有的组", "E8"],
        ["ada", "", "", "", "E9"],
    )
    with pytest.raises(CommandError):
        call_command("import_people", listed, by="ada")
    told = capsys.readouterr().err
    assert [line[0] for line in told.splitlines()] == ["3", "4", "5"]
    assert not Person.objects.filter(staff_number__in=["E7", "E8", "E9"]).exists()
    with pytest.raises(CommandError, match="administrator"):
        call_command("import_people", listed, by="day")
