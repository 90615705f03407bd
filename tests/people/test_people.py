"""Who people are: names that cannot be mistaken, and tables that refuse nonsense."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from casemgmt.ledger import Refused
from casemgmt.people.accounts import make_service_account, service_account
from casemgmt.people.likeness import likeness
from casemgmt.people.models import Department, Person, Shop, Substitution, Team
from casemgmt.people.queries import teams_acted_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def service():
    return Department.objects.create(name="客户服务", kind="customer_service")


def a_person(username, **fields):
    return Person.objects.create(username=username, name=fields.pop("name", username), **fields)


ALIKE = ["Alice", "alice ", " alice", "ALICE", "аlice", "ａｌｉｃｅ", "a​lice", "alíce", "aIice", "al1ce", "alicе"]


@pytest.mark.parametrize("typed", ALIKE)
def test_a_user_name_that_reads_like_another_is_refused(typed):
    a_person("alice")
    with pytest.raises(ValidationError) as refused:
        Person(username=typed, name="Another").full_clean()
    assert "similar" in [error.code for error in refused.value.error_dict["username"]]


@pytest.mark.parametrize("typed", ALIKE)
def test_the_table_refuses_it_too(typed):
    a_person("alice")
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.bulk_create([Person(username=typed, name="Another")])
    assert Person.objects.filter(name="Another").count() == 0


def test_other_names_are_let_be():
    a_person("alice")
    for typed in ("alicia", "bob", "林小红", "alice2"):
        person = Person(username=typed, name="Another")
        person.set_password("x")
        person.full_clean()
    assert likeness("林小红") != likeness("林小虹")


def test_saving_oneself_again_is_no_clash():
    alice = a_person("alice")
    alice.set_password("x")
    alice.full_clean()


def test_update_cannot_smuggle_in_another_case_of_a_name():
    a_person("alice")
    a_person("bob")
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(username="bob").update(username="ALICE")


def test_sign_in_leaves_no_history_and_no_hash():
    amei = a_person("amei")
    rows = amei.history.count()
    amei.set_password("wrong-horse-battery")
    amei.save()
    Person.objects.filter(pk=amei.pk).update(last_login="2026-11-02T09:00:00Z")
    assert amei.history.count() == rows
    columns = {field.name for field in amei.history.model._meta.get_fields()}
    assert not columns & {"password", "last_login"}


def test_people_are_never_deleted():
    amei = a_person("amei")
    for delete in (amei.delete, Person.objects.filter(pk=amei.pk).delete):
        with pytest.raises((Refused, ProtectedError)), transaction.atomic():
            delete()
    assert Person.objects.filter(pk=amei.pk).exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"name": ""},
        {"language": "fr"},
        {"is_service": True, "is_superuser": True},
        {"is_service": True, "is_staff": True},
    ],
)
def test_the_table_refuses_nonsense(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(**{"username": "amei", "name": "安娜", **fields})


def test_the_service_account_is_made_once_and_cannot_log_in():
    make_service_account(None, using="default")
    first = service_account()
    make_service_account(None, using="default")
    assert service_account() == first
    assert Person.objects.filter(is_service=True).count() == 1
    assert not first.has_usable_password()
    assert not first.is_staff


def test_everything_about_people_has_a_history(service):
    team = Team.objects.create(name="甲组", department=service)
    shop = Shop.objects.create(name="小林家居", platform="tmall", team=team)
    amei, bojun = a_person("amei", team=team), a_person("bojun", team=team)
    stand_in = Substitution.objects.create(
        person=amei, stands_in_for=bojun, starts_on=date(2026, 11, 1), ends_on=date(2026, 11, 2)
    )
    for row in (service, team, shop, amei, stand_in):
        assert [(entry.history_type, entry.history_actor) for entry in row.history.all()] == [("+", "试验员")]
        with pytest.raises((Refused, ProtectedError)), transaction.atomic():
            row.delete()


def test_catalogue_values_are_checked_by_the_table(service):
    team = Team.objects.create(name="甲组", department=service)
    for wrong in (
        lambda: Department.objects.create(name="x", kind="kitchen"),
        lambda: Department.objects.create(name="", kind="legal"),
        lambda: Shop.objects.create(name="x", platform="ebay", team=team),
        lambda: Shop.objects.create(name="", platform="jd", team=team),
        lambda: Team.objects.create(name="", department=service),
        lambda: Team.objects.create(name="甲组", department=service),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()


def test_nobody_stands_in_for_themselves_or_backwards():
    amei, bojun = a_person("amei"), a_person("bojun")
    for person, other, starts, ends in (
        (amei, amei, date(2026, 11, 1), date(2026, 11, 2)),
        (amei, bojun, date(2026, 11, 2), date(2026, 11, 1)),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Substitution.objects.create(person=person, stands_in_for=other, starts_on=starts, ends_on=ends)


def test_a_substitute_acts_for_the_other_team_from_the_first_to_the_last_day(service, django_assert_num_queries):
    own = Team.objects.create(name="甲组", department=service)
    other = Team.objects.create(name="乙组", department=service)
    third = Team.objects.create(name="丙组", department=service)
    amei, bojun, chen = a_person("amei", team=own), a_person("bojun", team=other), a_person("chen", team=third)
    Substitution.objects.create(
        person=amei, stands_in_for=bojun, starts_on=date(2026, 11, 3), ends_on=date(2026, 11, 5)
    )
    Substitution.objects.create(
        person=bojun, stands_in_for=chen, starts_on=date(2026, 11, 3), ends_on=date(2026, 11, 5)
    )
    assert teams_acted_for(amei, date(2026, 11, 2)) == {own.pk}
    assert teams_acted_for(amei, date(2026, 11, 3)) == {own.pk, other.pk}
    with django_assert_num_queries(1):
        assert teams_acted_for(amei, date(2026, 11, 5)) == {own.pk, other.pk}
    assert teams_acted_for(amei, date(2026, 11, 6)) == {own.pk}
    assert teams_acted_for(a_person("dan"), date(2026, 11, 3)) == frozenset()
