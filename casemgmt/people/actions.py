"""What Administrators do with rights: alone, or by two."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.people.models import Person, RightsChange, RightsChangeState
from casemgmt.people.one_person import accounts_of
from casemgmt.people.rights import (
    DecisionFacts,
    GroupsFacts,
    violations_in_decision,
    violations_in_groups,
    violations_in_proposal,
    violations_in_separation,
)
from casemgmt.violations import Violation, demand


def _locked(person_id: int) -> Person:
    return Person.objects.select_for_update(of=("self",)).get(pk=person_id)


def _held_by(person: Person) -> frozenset[str]:
    return frozenset(person.groups.values_list("name", flat=True))


def _held_elsewhere(person: Person) -> frozenset[str]:
    """What the same human holds by other accounts, which are locked."""
    others = sorted(accounts_of(person) - {person.pk})
    list(Person.objects.select_for_update(of=("self",)).filter(pk__in=others).order_by("pk"))
    return frozenset(Group.objects.filter(user__in=others).values_list("name", flat=True))


def _must_have(by: Person, permission: str) -> None:
    if not (by.is_service or by.has_perm(permission)):
        raise PermissionDenied(permission)


@transaction.atomic
def set_groups(person_id: int, names: Iterable[str], *, by: Person, at: datetime) -> Person:
    """Make these the groups of the person.

    For Administrators (PermissionDenied otherwise) and for the service account at installation. Supervisors and
    Auditors are not given here but by `propose_rights_change`; taking them away needs nobody else. Raises
    RuleBroken with everything that is wrong. The second time changes nothing and leaves no history.
    """
    _must_have(by, "people.change_person")
    person = _locked(person_id)
    wanted = frozenset(str(name) for name in names)
    demand(
        violations_in_groups(
            GroupsFacts(
                held=_held_by(person),
                wanted=wanted,
                person=person.pk,
                by=accounts_of(by),
                elsewhere=_held_elsewhere(person),
                by_system=by.is_service,
                person_is_service=person.is_service,
            )
        )
    )
    with signed(by=by, reason="rights.groups_set", at=at):
        person.groups.set(Group.objects.filter(name__in=wanted))
    return person


@transaction.atomic
def propose_rights_change(person_id: int, group_name: str, *, by: Person, at: datetime) -> RightsChange:
    """Ask a second person to put somebody into Supervisors or Auditors. For Administrators; raises RuleBroken."""
    _must_have(by, "people.add_rightschange")
    person = _locked(person_id)
    held = _held_by(person)
    facts = GroupsFacts(
        held=held,
        wanted=held | {str(group_name)},
        person=person.pk,
        by=accounts_of(by),
        elsewhere=_held_elsewhere(person),
        person_is_service=person.is_service,
    )
    proposed = RightsChange.objects.filter(person=person, group__name=group_name, state=RightsChangeState.PROPOSED)
    demand(violations_in_proposal(facts, already_proposed=proposed.exists()))
    with signed(by=by, reason="rights.proposed", at=at):
        return RightsChange.objects.create(
            person=person, group=Group.objects.get(name=group_name), proposed_by=by, proposed_at=at
        )


def violations_in_deciding(change: RightsChange, *, by: Person, at: datetime | None = None) -> list[Violation]:
    """Why this person cannot decide about this proposal, now or at any other time."""
    facts = DecisionFacts(
        person=change.person_id,
        proposed_by=change.proposed_by_id,
        by=accounts_of(by),
        still_proposed=change.state == RightsChangeState.PROPOSED,
    )
    return list(violations_in_decision(facts))


def _open_for_decision(change_id: int, by: Person) -> RightsChange:
    _must_have(by, "people.decide_rightschange")
    change = RightsChange.objects.select_for_update(of=("self",)).get(pk=change_id)
    demand(violations_in_deciding(change, by=by))
    return change


@transaction.atomic
def approve_rights_change(change_id: int, *, by: Person, at: datetime) -> RightsChange:
    """The second person agrees, and the group is given at once. RuleBroken for whoever asked or gains by it."""
    change = _open_for_decision(change_id, by)
    person = _locked(change.person_id)
    demand(violations_in_separation(_held_by(person) | {change.group.name}, _held_elsewhere(person)))
    with signed(by=by, reason="rights.approved", at=at):
        change.approve(by=by, at=at)
        change.save()
        person.groups.add(change.group)
    return change


@transaction.atomic
def decline_rights_change(change_id: int, *, by: Person, at: datetime) -> RightsChange:
    """The second person says no; the person's groups stay as they are."""
    change = _open_for_decision(change_id, by)
    with signed(by=by, reason="rights.declined", at=at):
        change.decline(by=by, at=at)
        change.save()
    return change
