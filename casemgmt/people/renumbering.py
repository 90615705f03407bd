"""Another staff number for an account that has one: nobody makes two people of one alone."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.people.joining import joining_facts
from casemgmt.people.models import NumberChange, NumberChangeState, Person
from casemgmt.people.one_person import accounts_of, number_as_kept
from casemgmt.people.rights import (
    DecisionFacts,
    violations_in_decision,
    violations_in_first_number,
    violations_in_joining,
    violations_in_number_change,
)
from casemgmt.violations import Violation, demand

WAITING = (NumberChangeState.PROPOSED, NumberChangeState.APPROVED)


def _must_have(by: Person, permission: str) -> None:
    if not by.has_perm(permission):
        raise PermissionDenied(permission)


def why_not_set_number(person: Person, *, by: Person, at: datetime) -> list[Violation]:
    """One administrator gives a first number only."""
    return list(violations_in_first_number(person.staff_number))


def why_not_propose_number(person: Person, *, by: Person, at: datetime) -> list[Violation]:
    """Without a number there is nothing to change; one proposal waits at a time."""
    waits = person.number_changes.filter(state__in=WAITING).exists()
    return list(violations_in_number_change(person.staff_number, "", already_proposed=waits))


@transaction.atomic
def propose_number_change(person_id: int, number: str, reason: str, *, by: Person, at: datetime) -> NumberChange:
    """Ask a second administrator for another number of this account; an empty one says that it is not known.

    For Administrators, never about their own accounts; raises RuleBroken. Until somebody agrees nothing changes.
    """
    _must_have(by, "people.add_numberchange")
    person = Person.objects.select_for_update(of=("self",)).get(pk=person_id)
    wanted = number_as_kept(number)
    waits = person.number_changes.filter(state__in=WAITING).exists()
    demand(
        violations_in_joining(joining_facts(person, wanted, by=by)),
        violations_in_number_change(person.staff_number, wanted, already_proposed=waits),
    )
    with signed(by=by, reason="person.number_change_proposed", at=at):
        return NumberChange.objects.create(
            person=person,
            number_before=person.staff_number,
            number=wanted,
            reason=reason,
            proposed_by=by,
            proposed_at=at,
        )


def why_not_decide_number(change: NumberChange, *, by: Person, at: datetime | None = None) -> list[Violation]:
    """Why this administrator cannot decide about this proposal."""
    facts = DecisionFacts(
        person=change.person_id,
        proposed_by=change.proposed_by_id,
        by=accounts_of(by),
        still_proposed=change.state == NumberChangeState.PROPOSED,
    )
    return list(violations_in_decision(facts))


def _open_for_decision(change_id: int, by: Person) -> NumberChange:
    _must_have(by, "people.decide_numberchange")
    change = NumberChange.objects.select_for_update(of=("self",)).get(pk=change_id)
    demand(why_not_decide_number(change, by=by))
    return change


@transaction.atomic
def approve_number_change(change_id: int, *, by: Person, at: datetime) -> NumberChange:
    """The second administrator agrees, and the number is written at once.

    From now on the accounts count as the new number says: what was asked while they were one person may then be
    decided by the other account. RuleBroken for whoever asked, or whose account it is.
    """
    change = _open_for_decision(change_id, by)
    person = Person.objects.select_for_update(of=("self",)).get(pk=change.person_id)
    demand(violations_in_joining(joining_facts(person, change.number, by=by)))
    with signed(by=by, reason="person.number_change_approved", at=at):
        change.approve(by=by, at=at)
        change.save()
        person.staff_number = change.number
        person.save(update_fields=["staff_number"])
        change.carry_out()
        change.save()
    return change


@transaction.atomic
def decline_number_change(change_id: int, *, by: Person, at: datetime) -> NumberChange:
    """The second administrator says no; the number stays as it is."""
    change = _open_for_decision(change_id, by)
    with signed(by=by, reason="person.number_change_declined", at=at):
        change.decline(by=by, at=at)
        change.save()
    return change
