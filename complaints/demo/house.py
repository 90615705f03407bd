"""The people and shops of the demo: a shop house with its service in Yiwu and its operations in Guangzhou."""

from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from casemgmt.ledger import signed
from casemgmt.people.accounts import service_account
from casemgmt.people.actions import set_groups
from casemgmt.people.groups import GroupName
from casemgmt.people.models import Department, DepartmentKind, Person, Shop, ShopPlatform, Team
from casemgmt.people.passwords import OneTimePassword, random_password

FLAGSHIP = "棠溪服饰天猫旗舰店"

DEPARTMENTS = (
    ("service", "客服中心（义乌）", DepartmentKind.CUSTOMER_SERVICE),
    ("operations", "运营部（广州）", DepartmentKind.OPERATIONS),
    ("warehouse", "仓储部（义乌仓）", DepartmentKind.WAREHOUSE),
    ("logistics", "物流部", DepartmentKind.LOGISTICS),
    ("technical", "技术质检部", DepartmentKind.TECHNICAL),
    ("legal", "法务部", DepartmentKind.LEGAL),
)

TEAMS = (
    ("online", "线上客服组", "service", "chenjing"),
    ("store", "门店客服组", "service", "zhouyan"),
    ("payers", "运营结算组", "operations", None),
    ("yard", "出库组", "warehouse", None),
    ("couriers", "快递对接组", "logistics", None),
    ("bench", "检测组", "technical", None),
)

SHOPS = (
    ("flagship", FLAGSHIP, ShopPlatform.TMALL, "online", "", "旺旺“退款专窗”，每天9:00–22:00"),
    ("home", "棠溪家居", ShopPlatform.JD, "online", "CN-SD", "退款热线400-860-1711，每天9:00–21:00"),
    ("appliances", "棠溪小家电", ShopPlatform.DOUYIN, "online", "CN-SH", "抖音客服“退款进度”，每天9:00–21:00"),
    ("store", "棠溪生活馆（义乌门店）", ShopPlatform.OWN, "store", "CN-ZJ", "门店收银台旁服务窗口，营业时间内"),
    ("restaurant", "棠溪小馆", ShopPlatform.OWN, "store", "CN-ZJ", "门店收银台旁服务窗口，营业时间内"),
)

PEOPLE = (
    ("chenjing", "陈静", "online", GroupName.SUPERVISORS),
    ("zhaoqian", "赵倩", "online", GroupName.SUPERVISORS),
    ("zhouyan", "周岩", "store", GroupName.SUPERVISORS),
    ("limei", "李梅", "online", GroupName.STAFF),
    ("wanghao", "王浩", "online", GroupName.STAFF),
    ("sunyue", "孙悦", "store", GroupName.STAFF),
    ("wufan", "吴凡", "store", GroupName.STAFF),
    ("hemin", "何敏", "payers", GroupName.OPERATIONS),
    ("lintao", "林涛", "payers", GroupName.OPERATIONS),
    ("guoqiang", "郭强", "yard", GroupName.OPERATIONS),
    ("machao", "马超", "couriers", GroupName.OPERATIONS),
    ("xunuo", "许诺", "bench", GroupName.OPERATIONS),
    ("hanxue", "韩雪", None, GroupName.AUDITORS),
    ("fengnan", "冯楠", None, GroupName.POLICY_EDITORS),
    ("luowei", "罗薇", None, GroupName.POLICY_EDITORS),
    ("dengkai", "邓凯", None, GroupName.ADMINISTRATORS),
    ("jianglin", "蒋琳", None, GroupName.ADMINISTRATORS),
)


@dataclass(frozen=True)
class House:
    """Everybody and everything of the demo, by the short names that the stories use."""

    people: dict[str, Person]
    teams: dict[str, Team]
    departments: dict[str, Department]
    shops: dict[str, Shop]
    passwords: dict[str, OneTimePassword]
    numbers: count = field(default_factory=lambda: count(1))

    def roles(self) -> list[tuple[str, str, GroupName]]:
        """User name, name and group of everybody."""
        return [(username, name, group) for username, name, _team, group in PEOPLE]


def names_taken() -> list[str]:
    """User names of the demo that somebody holds already."""
    wanted = [username for username, *_ in PEOPLE]
    return sorted(Person.objects.filter(username__in=wanted).values_list("username", flat=True))


def open_house(*, at: datetime) -> House:
    """Make departments, teams, shops and people with random passwords, which stand in the answer and nowhere else.

    Signed by the service account. The second time the database refuses the same names.
    """
    by = service_account()
    with signed(by=by, reason="demo.opened", at=at):
        departments = {key: Department.objects.create(name=name, kind=kind) for key, name, kind in DEPARTMENTS}
        teams = {key: Team.objects.create(name=name, department=departments[dep]) for key, name, dep, _lead in TEAMS}
        shops = {
            key: Shop.objects.create(name=name, platform=platform, team=teams[team], region=region, enquiries=ask)
            for key, name, platform, team, region, ask in SHOPS
        }
        people, passwords = {}, {}
        for username, name, team, group in PEOPLE:
            person = Person(
                username=username,
                name=name,
                team=teams.get(team),
                email=f"{username}@tangxi.example",
                is_staff=True,
            )
            passwords[username] = random_password()
            person.set_password(passwords[username])
            person.save()
            set_groups(person.pk, [group], by=by, at=at)
            people[username] = person
        for key, _name, _department, lead in TEAMS:
            if lead is not None:
                teams[key].lead = people[lead]
                teams[key].save()
    return House(people, teams, departments, shops, passwords)
