"""A password that an administrator hands over and never chose."""

import secrets
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.people.models import Person
from casemgmt.violations import Violation, demand

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


class OneTimePassword(str):
    """A password in clear, to be shown once and kept nowhere."""

    __slots__ = ()

    def __repr__(self):
        return "OneTimePassword(…)"


def random_password() -> OneTimePassword:
    """Sixteen letters and digits in groups of four, none that looks like another: about 79 bits."""
    return OneTimePassword("-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4)))


@transaction.atomic
def give_new_password(person_id: int, *, by: Person, at: datetime) -> OneTimePassword:
    """Replace somebody's password by a random one and return it; their sessions end.

    For Administrators, and not for oneself: that is what the password page is for. Each call makes another.
    """
    if not by.has_perm("people.change_person"):
        raise PermissionDenied("people.change_person")
    person = Person.objects.select_for_update(of=("self",)).get(pk=person_id)
    demand(
        [Violation("password.service_account")] if person.is_service else [],
        [Violation("password.own")] if person.pk == by.pk else [],
    )
    password = random_password()
    person.set_password(password)
    with signed(by=by, reason="password.given", at=at):
        person.save(update_fields=["password"])
    return password
