"""Which accounts belong to one human: said by an administrator, or by an import from the staff list."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.people.models import Person, Team
from casemgmt.people.one_person import NUMBER, accounts_of, number_as_kept
from casemgmt.people.rights import JoiningFacts, violations_in_first_number, violations_in_joining
from casemgmt.violations import RuleBroken, Violation, demand

COLUMNS = ("username", "name", "email", "team", "staff_number")


@transaction.atomic
def set_staff_number(person_id: int, number: str, *, by: Person, at: datetime) -> Person:
    """Say whose account it is; accounts with one number are one person to every rule and to the database.

    For Administrators, never about their own accounts. RuleBroken where a number is known already, which takes two
    (`people.renumbering`), and where the accounts joined would hold two groups that nobody holds together. The second
    time changes nothing.
    """
    if not (by.is_service or by.has_perm("people.change_person")):
        raise PermissionDenied("people.change_person")
    person = Person.objects.select_for_update(of=("self",)).get(pk=person_id)
    kept = number_as_kept(number)
    if kept == person.staff_number:
        return person
    demand(violations_in_joining(joining_facts(person, kept, by=by)), violations_in_first_number(person.staff_number))
    with signed(by=by, reason="person.staff_number_set", at=at):
        person.staff_number = kept
        person.save(update_fields=["staff_number"])
    return person


def joining_facts(person: Person, number: str, *, by: Person) -> JoiningFacts:
    """What the rules ask when this account gets this number. Every account that has it is locked."""
    others = Person.objects.select_for_update(of=("self",)).filter(staff_number=number).exclude(staff_number="")
    accounts = {person.pk, *others.order_by("pk").values_list("pk", flat=True)}
    return JoiningFacts(
        person=person.pk,
        by=accounts_of(by),
        person_is_service=person.is_service,
        number=number,
        is_a_number=NUMBER.match(number) is not None,
        groups=frozenset(Group.objects.filter(user__in=accounts).values_list("name", flat=True)),
    )


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: how many accounts it made, and how many it gave another number."""

    made: int
    numbered: int


class LinesRefused(Exception):
    """An import of accounts was refused as a whole; `lines` names every line with its violations."""

    def __init__(self, lines: Mapping[int, list[Violation]]):
        super().__init__(f"{len(lines)} lines")
        self.lines = lines


@transaction.atomic
def import_accounts(rows: Iterable[Mapping[str, str]], *, by: Person, at: datetime) -> Imported:
    """Make the accounts that are missing and give every one its staff number, all of them or none.

    A row has `username`, `name`, `email`, `team` (by name, may be empty) and `staff_number`. Known accounts get
    nothing but a first number; new ones no group and no password: both are given by their own actions. Lines count
    from 2, after the heading. The second time changes nothing.
    """
    if not (by.is_service or by.has_perm("people.add_person")):
        raise PermissionDenied("people.add_person")
    refused: dict[int, list[Violation]] = {}
    made = numbered = 0
    for line, row in enumerate(rows, start=2):
        try:
            with transaction.atomic():
                person, is_new = _account(row, by=by, at=at)
                changed = set_staff_number(person.pk, row.get("staff_number") or "", by=by, at=at)
        except RuleBroken as broken:
            refused[line] = list(broken.violations)
        else:
            made += is_new
            numbered += changed.staff_number != person.staff_number
    if refused:
        raise LinesRefused(refused)
    return Imported(made, numbered)


def _account(row: Mapping[str, str], *, by: Person, at: datetime) -> tuple[Person, bool]:
    username = (row.get("username") or "").strip()
    known = Person.objects.filter(username__iexact=username).first()
    if known is not None:
        return known, False
    team_name = (row.get("team") or "").strip()
    team = Team.objects.filter(name=team_name).first() if team_name else None
    demand([Violation("person.team_unknown", "team")] if team_name and team is None else [])
    name, email = (row.get("name") or "").strip(), (row.get("email") or "").strip()
    person = Person(username=username, name=name, email=email, team=team, is_staff=True)
    person.set_unusable_password()
    try:
        person.full_clean()
    except ValidationError as invalid:
        demand(Violation("person.field_refused", name) for name in sorted(invalid.message_dict))
    with signed(by=by, reason="person.imported", at=at):
        person.save()
    return person, True
