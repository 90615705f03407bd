"""Rights are given by administrators, some by two, none to oneself, and never two that are kept apart."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from casemgmt.ledger import Refused
from casemgmt.ledger.install import uninstall
from casemgmt.people.accounts import service_account
from casemgmt.people.actions import (
    approve_rights_change,
    decline_rights_change,
    propose_rights_change,
    set_groups,
)
from casemgmt.people.groups import GroupName
from casemgmt.people.models import Person, RightsChange
from casemgmt.people.queries import people_holding_groups_kept_apart
from casemgmt.people.rights import GroupsFacts, violations_in_groups
from casemgmt.people.roles import UnknownPermission, install_groups
from casemgmt.violations import RuleBroken

AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
STAFF, SUPERVISORS, OPERATIONS = GroupName.STAFF, GroupName.SUPERVISORS, GroupName.OPERATIONS
AUDITORS, ADMINISTRATORS = GroupName.AUDITORS, GroupName.ADMINISTRATORS
ADMINISTRATOR_MAY = [
    "people.view_person",
    "people.change_person",
    "people.add_rightschange",
    "people.decide_rightschange",
]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def groups(db):
    """All groups, administrators with their rights."""
    install_groups({name: ADMINISTRATOR_MAY if name == ADMINISTRATORS else [] for name in GroupName})


def a_person(username, *groups):
    person = Person.objects.create(username=username, name=username.title())
    for name in groups:
        person.groups.add(Group.objects.get(name=name))
    return Person.objects.get(pk=person.pk)


@pytest.fixture
def ada():
    """An administrator."""
    return a_person("ada", ADMINISTRATORS)


@pytest.fixture
def ole():
    """Another administrator."""
    return a_person("ole", ADMINISTRATORS)


@pytest.fixture
def bojun():
    """Somebody without any right yet."""
    return a_person("bojun")


def held(person):
    return set(person.groups.values_list("name", flat=True))


def test_installing_twice_changes_nothing_and_takes_back_what_was_added_by_hand():
    spec = {STAFF: ["people.view_person"], "Guests": []}
    assert install_groups(spec) == [STAFF, "Guests"]
    assert install_groups(spec) == []
    Group.objects.get(name=STAFF).permissions.add(Permission.objects.get(codename="change_person"))
    assert install_groups(spec) == [STAFF]
    assert set(Group.objects.get(name=STAFF).permissions.values_list("codename", flat=True)) == {"view_person"}


def test_a_permission_that_does_not_exist_stops_the_installation():
    with pytest.raises(UnknownPermission, match=r"people\.fly_person"):
        install_groups({STAFF: ["people.view_person", "people.fly_person"]})
    assert not Group.objects.get(name=STAFF).permissions.exists()


def test_an_administrator_gives_and_takes_groups(ada, bojun):
    set_groups(bojun.pk, [STAFF, OPERATIONS], by=ada, at=AT)
    assert held(bojun) == {STAFF, OPERATIONS}
    set_groups(bojun.pk, [STAFF], by=ada, at=AT)
    assert held(bojun) == {STAFF}
    links = Person.groups.through.history.filter(person_id=bojun.pk).order_by("history_id")
    assert [(link.history_type, link.history_actor, link.history_change_reason) for link in links] == [
        ("+", "Ada", "rights.groups_set"),
        ("+", "Ada", "rights.groups_set"),
        ("-", "Ada", "rights.groups_set"),
    ]


def test_the_second_time_changes_nothing(ada, bojun):
    for _ in range(2):
        set_groups(bojun.pk, [STAFF], by=ada, at=AT)
    assert Person.groups.through.history.filter(person_id=bojun.pk).count() == 1


def test_without_the_right_nothing_is_given(bojun):
    with pytest.raises(PermissionDenied):
        set_groups(a_person("cleo").pk, [STAFF], by=bojun, at=AT)
    with pytest.raises(PermissionDenied):
        propose_rights_change(a_person("dan").pk, SUPERVISORS, by=bojun, at=AT)
    assert not RightsChange.objects.exists()


@pytest.mark.parametrize(
    ("wanted", "codes"),
    [
        ([SUPERVISORS], ["rights.second_person_needed"]),
        ([AUDITORS], ["rights.second_person_needed"]),
        ([SUPERVISORS, AUDITORS], ["rights.kept_apart", "rights.second_person_needed"]),
        ([ADMINISTRATORS, STAFF], []),
        (["Owners"], ["rights.unknown_group"]),
    ],
)
def test_what_one_person_may_not_give_alone(ada, bojun, wanted, codes):
    if not codes:
        set_groups(bojun.pk, wanted, by=ada, at=AT)
        assert held(bojun) == set(wanted)
        return
    with pytest.raises(RuleBroken) as refused:
        set_groups(bojun.pk, wanted, by=ada, at=AT)
    assert refused.value.codes == codes
    assert held(bojun) == set()


def test_nobody_changes_their_own_rights(ada):
    with pytest.raises(RuleBroken) as refused:
        set_groups(ada.pk, [ADMINISTRATORS, STAFF], by=ada, at=AT)
    assert refused.value.codes == ["rights.own"]
    with pytest.raises(RuleBroken) as refused:
        propose_rights_change(ada.pk, AUDITORS, by=ada, at=AT)
    assert refused.value.codes == ["rights.own", "rights.kept_apart"]


def test_a_superuser_is_held_to_the_same(bojun):
    root = Person.objects.create_superuser("root", "root@example.com", "x", name="Root")
    for person, codes in ((root, ["rights.own"]), (bojun, ["rights.second_person_needed"])):
        with pytest.raises(RuleBroken) as refused:
            set_groups(person.pk, [STAFF] if person == root else [SUPERVISORS], by=root, at=AT)
        assert refused.value.codes == codes


def test_the_release_gives_the_first_groups_and_takes_none_itself(bojun):
    system = service_account()
    set_groups(bojun.pk, [SUPERVISORS], by=system, at=AT)
    assert held(bojun) == {SUPERVISORS}
    facts = GroupsFacts(frozenset(), frozenset({STAFF}), person=1, by=frozenset({2}), person_is_service=True)
    assert [violation.code for violation in violations_in_groups(facts)] == ["rights.service_account"]


@pytest.mark.parametrize("group", [SUPERVISORS, AUDITORS])
def test_supervisors_and_auditors_are_appointed_by_two(ada, ole, bojun, group):
    change = propose_rights_change(bojun.pk, group, by=ada, at=AT)
    assert held(bojun) == set()
    with pytest.raises(RuleBroken) as refused:
        approve_rights_change(change.pk, by=ada, at=AT)
    assert refused.value.codes == ["rights.proposed_by_you"]
    approve_rights_change(change.pk, by=ole, at=AT)
    assert held(bojun) == {group}
    assert [(entry.history_actor, entry.history_change_reason) for entry in change.history.order_by("history_id")] == [
        ("Ada", "rights.proposed"),
        ("Ole", "rights.approved"),
    ]


def test_whoever_gains_does_not_decide(ada, ole):
    bojun = a_person("bojun")
    change = propose_rights_change(bojun.pk, SUPERVISORS, by=ada, at=AT)
    bojun.user_permissions.add(Permission.objects.get(codename="decide_rightschange"))
    with pytest.raises(RuleBroken) as refused:
        approve_rights_change(change.pk, by=Person.objects.get(pk=bojun.pk), at=AT)
    assert refused.value.codes == ["rights.own"]


def test_a_declined_proposal_gives_nothing_and_may_be_made_again(ada, ole, bojun):
    change = propose_rights_change(bojun.pk, SUPERVISORS, by=ada, at=AT)
    decline_rights_change(change.pk, by=ole, at=AT)
    assert held(bojun) == set()
    with pytest.raises(RuleBroken) as refused:
        approve_rights_change(change.pk, by=ole, at=AT)
    assert refused.value.codes == ["rights.already_decided"]
    assert propose_rights_change(bojun.pk, SUPERVISORS, by=ole, at=AT).pk != change.pk


@pytest.mark.parametrize(
    ("has", "group", "codes"),
    [
        ([], STAFF, ["rights.no_second_person_needed"]),
        ([SUPERVISORS], SUPERVISORS, ["rights.already_held"]),
        ([SUPERVISORS], AUDITORS, ["rights.kept_apart"]),
        ([ADMINISTRATORS], SUPERVISORS, ["rights.kept_apart"]),
    ],
)
def test_proposals_that_make_no_sense(ada, has, group, codes):
    with pytest.raises(RuleBroken) as refused:
        propose_rights_change(a_person("bojun", *has).pk, group, by=ada, at=AT)
    assert refused.value.codes == codes


def test_a_proposal_waits_once(ada, ole, bojun):
    propose_rights_change(bojun.pk, SUPERVISORS, by=ada, at=AT)
    with pytest.raises(RuleBroken) as refused:
        propose_rights_change(bojun.pk, SUPERVISORS, by=ole, at=AT)
    assert refused.value.codes == ["rights.already_proposed"]


def test_what_changed_meanwhile_is_seen_when_it_is_decided(ada, ole, bojun):
    change = propose_rights_change(bojun.pk, SUPERVISORS, by=ada, at=AT)
    set_groups(bojun.pk, [ADMINISTRATORS], by=ada, at=AT)
    with pytest.raises(RuleBroken) as refused:
        approve_rights_change(change.pk, by=ole, at=AT)
    assert refused.value.codes == ["rights.kept_apart"]
    assert RightsChange.objects.get().state == "proposed"


@pytest.mark.parametrize(
    "link",
    [
        lambda person, group: person.groups.add(group),
        lambda person, group: group.user_set.add(person),
        lambda person, group: Person.groups.through.objects.create(person=person, group=group),
        lambda person, group: Person.groups.through.objects.bulk_create(
            [Person.groups.through(person=person, group=group)]
        ),
        lambda person, group: Person.groups.through.objects.filter(person=person, group__name=STAFF).update(
            group=group
        ),
    ],
)
@pytest.mark.parametrize(("one", "other"), [(SUPERVISORS, AUDITORS), (ADMINISTRATORS, SUPERVISORS)])
def test_the_database_keeps_them_apart_whoever_writes(link, one, other):
    person = a_person("bojun", one, STAFF)
    with pytest.raises(Refused, match="groups_kept_apart"), transaction.atomic():
        link(person, Group.objects.get(name=other))
    assert held(person) == {one, STAFF}


def test_both_at_once_are_refused_too(bojun):
    links = [
        Person.groups.through(person=bojun, group=Group.objects.get(name=name)) for name in (SUPERVISORS, AUDITORS)
    ]
    with pytest.raises(Refused, match="groups_kept_apart"), transaction.atomic():
        Person.groups.through.objects.bulk_create(links)


@pytest.mark.parametrize("decider", ["ada", "bojun"])
def test_the_table_knows_that_two_people_decide(ada, ole, bojun, decider):
    change = propose_rights_change(bojun.pk, SUPERVISORS, by=ada, at=AT)
    person = Person.objects.get(username=decider)
    with pytest.raises(IntegrityError), transaction.atomic():
        RightsChange.objects.filter(pk=change.pk).update(state="approved", decided_by=person, decided_at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        RightsChange.objects.filter(pk=change.pk).update(state="approved")


def test_whoever_slipped_by_the_guard_is_found(ada, bojun):
    assert not people_holding_groups_kept_apart().exists()
    uninstall(only=lambda name: "person_groups" in name)
    bojun.groups.set(Group.objects.filter(name__in=[SUPERVISORS, AUDITORS]))
    assert list(people_holding_groups_kept_apart()) == [bojun]
