"""Administrators keep the accounts by the pages, within the rules; others see or get nothing."""

import re
import uuid

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from casemgmt.adminkit.editing import version_of
from casemgmt.people.groups import GroupName
from casemgmt.people.models import Person, RightsChange
from casemgmt.privacy.models import AccessEvent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"


def a_person(username, *groups, **fields):
    person = Person.objects.create(username=username, name=username.title(), is_staff=True, **fields)
    for name in groups:
        person.groups.add(Group.objects.get(name=name))
    return person


@pytest.fixture
def ada(client):
    """An administrator at their desk."""
    person = a_person("ada", GroupName.ADMINISTRATORS, language="en")
    client.force_login(person)
    return person


def do(client, row, name, **typed):
    url = reverse(f"admin:people_{row._meta.model_name}_do", args=[row.pk, name])
    return client.post(url, {"form_key": uuid.uuid4(), **typed})


def held(person):
    return set(person.groups.values_list("name", flat=True))


FORM = {"username": "bojun", "name": "博军", "email": "", "team": "", "language": "", "is_active": "on"}


def test_an_administrator_makes_a_person_who_cannot_sign_in_yet(client, ada):
    response = client.post(reverse("admin:people_person_add"), FORM)
    assert response.status_code == 302, response.context["adminform"].errors
    person = Person.objects.get(username="bojun")
    assert person.is_staff
    assert not person.is_superuser
    assert not person.has_usable_password()
    assert person.history.get().history_actor == "Ada"


@pytest.mark.parametrize("typed", ["BOJUN", "bojun ", "bоjun", "b0jun"])
def test_a_similar_user_name_is_said_at_its_field(client, ada, typed):
    a_person("bojun")
    response = client.post(reverse("admin:people_person_add"), {**FORM, "username": typed})
    assert response.status_code == 200
    assert "A similar user name exists." in response.content.decode()


def test_the_form_sets_no_right_and_no_password(client, ada):
    person = a_person("bojun")
    forged = {**FORM, "is_superuser": "on", "password": "x", "groups": "1", "is_service": "on", "user_permissions": "1"}
    forged["seen_version"] = version_of(person)
    assert client.post(reverse("admin:people_person_change", args=[person.pk]), forged).status_code == 302
    person.refresh_from_db()
    assert (person.name, person.is_superuser, person.is_service, held(person)) == ("博军", False, False, set())
    assert not person.user_permissions.exists()


def test_the_page_of_a_person_offers_what_can_be_done(client, ada):
    person = a_person("bojun")
    page = client.get(reverse("admin:people_person_change", args=[person.pk])).content.decode()
    for name in ("set-groups", "propose-rights-change", "new-password"):
        assert reverse("admin:people_person_do", args=[person.pk, name]) in page
        assert client.get(reverse("admin:people_person_do", args=[person.pk, name])).status_code == 200


def test_the_page_of_a_proposal_says_why_it_cannot_be_decided(client, ada):
    person = a_person("bojun")
    do(client, person, "propose-rights-change", group_name="Auditors")
    address = reverse("admin:people_rightschange_change", args=[RightsChange.objects.get().pk])
    assert "You proposed this; another administrator must decide." in client.get(address).content.decode()
    client.force_login(a_person("ole", GroupName.ADMINISTRATORS, language="en"))
    assert (
        reverse("admin:people_rightschange_do", args=[RightsChange.objects.get().pk, "approve"])
        in client.get(address).content.decode()
    )


def test_groups_are_set_by_their_action(client, ada):
    person = a_person("bojun")
    assert do(client, person, "set-groups", names=["Staff", "Operations"]).status_code == 302
    assert held(person) == {"Staff", "Operations"}


def test_what_needs_two_is_refused_with_its_reason(client, ada):
    person = a_person("bojun")
    response = do(client, person, "set-groups", names=["Supervisors"])
    assert response.status_code == 422
    assert "Supervisors and Auditors are appointed by two people." in response.content.decode()
    assert held(person) == set()


def test_nobody_changes_their_own_rights_by_the_page(client, ada):
    assert do(client, ada, "set-groups", names=["Administrators", "Staff"]).status_code == 422
    client.post(reverse("admin:people_person_change", args=[ada.pk]), {**FORM, "username": "ada", "is_active": ""})
    ada.refresh_from_db()
    assert (ada.is_active, held(ada)) == (True, {"Administrators"})


def test_two_administrators_appoint_a_supervisor(client, ada):
    person = a_person("bojun")
    assert do(client, person, "propose-rights-change", group_name="Supervisors").status_code == 302
    change = RightsChange.objects.get()
    assert do(client, change, "approve").status_code == 422
    client.force_login(a_person("ole", GroupName.ADMINISTRATORS))
    assert do(client, change, "approve").status_code == 302
    assert held(person) == {"Supervisors"}


def test_a_new_password_is_shown_once_and_works(client, ada):
    person = a_person("bojun")
    assert do(client, person, "new-password").status_code == 302
    (message,) = re.findall(r"[a-z2-9]{4}(?:-[a-z2-9]{4}){3}", client.get(reverse("admin:index")).content.decode())
    person.refresh_from_db()
    assert person.check_password(message)
    assert message not in client.get(reverse("admin:index")).content.decode()
    assert do(client, ada, "new-password").status_code == 422


PAGES = ["person", "team", "department", "shop", "substitution", "rightschange", "numberchange"]


@pytest.mark.parametrize("model", PAGES)
@pytest.mark.parametrize("page", ["changelist", "add"])
def test_pages_open_for_administrators(client, ada, model, page):
    expected = 403 if page == "add" and model in ("rightschange", "numberchange") else 200
    assert client.get(reverse(f"admin:people_{model}_{page}")).status_code == expected


@pytest.mark.parametrize("group", [GroupName.STAFF, GroupName.SUPERVISORS, GroupName.AUDITORS])
def test_others_change_nothing(client, group):
    person = a_person("bojun")
    client.force_login(a_person("chen", group))
    assert client.get(reverse("admin:people_person_add")).status_code == 403
    assert client.post(reverse("admin:people_person_change", args=[person.pk]), FORM).status_code == 403
    refused = do(client, person, "set-groups", names=["Staff"])
    assert refused.status_code == 403
    assert held(person) == set()
    assert AccessEvent.objects.filter(person_name="Chen", kind="refused_right").exists()


def test_nobody_is_deleted(client, ada):
    person = a_person("bojun")
    assert client.post(reverse("admin:people_person_delete", args=[person.pk]), {"post": "yes"}).status_code == 403
    assert Person.objects.filter(pk=person.pk).exists()


def test_the_history_of_a_person_is_read_and_holds_no_password(client, ada):
    person = a_person("bojun")
    page = client.get(reverse("admin:people_person_history", args=[person.pk]))
    assert page.status_code == 200
    assert client.post(reverse("admin:people_person_history", args=[person.pk])).status_code == 405
