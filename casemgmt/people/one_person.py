"""One human may have two accounts: what is kept apart is kept apart by human (roles.md, separation of duties)."""

import re
import unicodedata
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from casemgmt.people.models import Person

NUMBER = re.compile(r"[A-Z0-9][A-Z0-9._/-]{0,39}\Z")


def number_as_kept(typed: str) -> str:
    """A staff number as it is compared: no spaces, no difference of case or width. Empty: not known."""
    return "".join(unicodedata.normalize("NFKC", typed).split()).upper()


def same_person(one: Person, other: Person) -> bool:
    """Whether two accounts are one human's: the same account, or accounts with one staff number."""
    return one.pk == other.pk or (one.staff_number != "" and one.staff_number == other.staff_number)


def accounts_of(person: Person) -> frozenset[int]:
    """The ids of every account of this human, inactive ones too. Asked for once per object; alone without a number."""
    if not person.staff_number:
        return frozenset({person.pk})
    known = person.__dict__.setdefault("_accounts", {})
    if person.staff_number not in known:
        accounts = Person.objects.filter(staff_number=person.staff_number).values_list("pk", flat=True)
        known[person.staff_number] = frozenset({person.pk, *accounts})
    return known[person.staff_number]


def accounts_behind(ids: Iterable[int | None]) -> frozenset[int]:
    """These accounts and every other account of the same humans, in one query."""
    given = frozenset(ids) - {None}
    if not given:
        return given
    numbers = Person.objects.filter(pk__in=given).exclude(staff_number="").values("staff_number")
    return given | frozenset(Person.objects.filter(staff_number__in=numbers).values_list("pk", flat=True))


def twins() -> dict[int, frozenset[int]]:
    """Of every account that shares its human with others: all of them. One query for everybody."""
    by_number: dict[str, set[int]] = {}
    for pk, number in Person.objects.exclude(staff_number="").values_list("pk", "staff_number"):
        by_number.setdefault(number, set()).add(pk)
    return {pk: frozenset(found) for found in by_number.values() if len(found) > 1 for pk in found}


def likely_twins(of: Person | None = None) -> QuerySet[Person]:
    """Active accounts that share a name or an address with another active one (with this one, if one is given).

    A hint, never a rule: two people may be called the same. Once both have a staff number nobody is asked again.
    """
    active = Person.objects.filter(is_active=True, is_service=False)
    same_address = Q(email__iexact=OuterRef("email")) & ~Q(email="")
    others = active.exclude(pk=OuterRef("pk")).filter(Q(name=OuterRef("name")) | same_address)
    if of is not None:
        others = others.filter(pk=of.pk)
    unnumbered = others.filter(staff_number="")
    return active.filter(Q(Exists(others), staff_number="") | Q(Exists(unnumbered)))
