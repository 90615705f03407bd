"""The stage that tests play on: the packaged policies and the cast, made once for each worker's database."""

import pickle
from functools import cache

from django.conf import settings

from casemgmt.ledger import signed
from casemgmt.people.accounts import service_account
from casemgmt.people.models import Department, Person, Shop, Team
from policies.actions.loading import load_packs
from policies.models import PolicyRow
from tests.cast import AT, Cast, a_cast


def set_the_stage() -> None:
    """Load the policies and make the people, unless they are there."""
    with signed(by=service_account(), reason="test.stage", source="test"):
        if not PolicyRow.objects.exists():
            load_packs(settings.POLICY_PACKS, by=service_account(), at=AT)
    if not Person.objects.filter(username="ana").exists():
        a_cast()
    _pickled_cast()


def standing_cast() -> Cast:
    """The people of tests/cast.py, with policies in force: objects of the test's own, read once for all tests."""
    return pickle.loads(_pickled_cast())


@cache
def _pickled_cast() -> bytes:
    people = {person.username: person for person in Person.objects.select_related("team__department")}
    teams = {team.name: team for team in Team.objects.all()}
    departments = {department.kind: department for department in Department.objects.all()}
    cast = Cast(
        **{name: people[name] for name in ("ana", "ben", "wen", "sven", "tara", "olga", "petra", "axel", "system")},
        team=teams["义乌一组"],
        other_team=teams["义乌二组"],
        shop=Shop.objects.get(name="棠溪服饰旗舰店"),
        warehouse=departments["warehouse"],
        operations=departments["operations"],
    )
    return pickle.dumps(cast)
