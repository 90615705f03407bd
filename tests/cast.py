"""The cast of every test: two teams of one shop house, with operations and an auditor, and a fixed Monday."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.contrib.auth.models import Group

from casemgmt.ledger import signed
from casemgmt.people.accounts import service_account
from casemgmt.people.models import Department, Person, Shop, Team

SHANGHAI = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 10, 12, 10, 0, tzinfo=SHANGHAI)
"""Monday morning, an ordinary working day (the National Day holiday ended on the 8th)."""


def later(**span) -> datetime:
    """AT and so much time after it: later(hours=2), later(days=1, minutes=5)."""
    return AT + timedelta(**span)


@dataclass(frozen=True)
class Cast:
    """Who plays in the tests. ana and ben handle in team A, wen in team B; sven and tara supervise team A."""

    ana: Person
    ben: Person
    wen: Person
    sven: Person
    tara: Person
    olga: Person
    petra: Person
    axel: Person
    system: Person
    team: Team
    other_team: Team
    shop: Shop
    warehouse: Department
    operations: Department


def a_cast() -> Cast:
    """Make the people, teams and the shop; groups exist since migrate."""
    with signed(by=service_account(), reason="test.cast", source="test"):
        service = Department.objects.create(name="客服部", kind="customer_service")
        operations = Department.objects.create(name="运营部", kind="operations")
        warehouse = Department.objects.create(name="仓储部", kind="warehouse")
        team = Team.objects.create(name="义乌一组", department=service)
        other_team = Team.objects.create(name="义乌二组", department=service)
        payers = Team.objects.create(name="广州运营", department=operations)
        shop = Shop.objects.create(name="棠溪服饰旗舰店", platform="tmall", team=team)
        people = {
            name: _person(name, shown, belongs_to, group)
            for name, shown, belongs_to, group in (
                ("ana", "安娜", team, "Staff"),
                ("ben", "本杰", team, "Staff"),
                ("wen", "文静", other_team, "Staff"),
                ("sven", "沈文", team, "Supervisors"),
                ("tara", "唐岚", team, "Supervisors"),
                ("olga", "欧佳", payers, "Operations"),
                ("petra", "裴然", payers, "Operations"),
                ("axel", "艾审", None, "Auditors"),
            )
        }
        team.lead = people["sven"]
        team.save()
    return Cast(
        **people,
        system=service_account(),
        team=team,
        other_team=other_team,
        shop=shop,
        warehouse=warehouse,
        operations=operations,
    )


def _person(username, shown, team, group) -> Person:
    person = Person(username=username, name=shown, team=team, email=f"{username}@example.com", is_staff=True)
    person.set_password(username)
    person.save()
    person.groups.add(Group.objects.get(name=group))
    return person
