"""A person's own robot: kept, tested and taken away by that person alone, whose address nobody is shown again."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db import transaction

from casemgmt.channels.base import TEST
from casemgmt.channels.calling_out import is_plainly_inside, place_of
from casemgmt.ledger import signed
from casemgmt.models import Endpoint, EndpointKind, OutboxMessage
from casemgmt.people.models import Person
from casemgmt.privacy.models import PersonKey
from casemgmt.privacy.sealed import seal
from casemgmt.violations import Violation, demand

HOSTS = {
    EndpointKind.WECOM: ("qyapi.weixin.qq.com",),
    EndpointKind.DINGTALK: ("oapi.dingtalk.com",),
    EndpointKind.FEISHU: ("open.feishu.cn", "open.larksuite.com"),
}
"""Where the robots of the three makers listen; a person may name no other place than these and OWN_ROBOT_HOSTS."""
LONGEST_ADDRESS = 2000


def robot_of(person: Person) -> Endpoint | None:
    """The robot that the person keeps, switched on or off; None where there is none, or it was taken away."""
    return Endpoint.objects.filter(owner=person, address__isnull=False).first()


def violations_in_address(kind: str, address: str) -> Iterator[Violation]:
    """An address of the maker's own robots, or of a gateway that the operator allows."""
    try:
        place = place_of(address)
    except (ValueError, UnicodeError):
        yield Violation("endpoint.not_an_address", field="address")
        return
    if len(address) > LONGEST_ADDRESS or (place.scheme != "https" and is_plainly_inside(place)):
        yield Violation("endpoint.not_an_address", field="address")
    elif is_plainly_inside(place):
        yield Violation("endpoint.address_inside", field="address")
    elif place.host not in (*HOSTS.get(kind, ()), *settings.OWN_ROBOT_HOSTS):
        yield Violation("robot.not_of_this_maker", field="address", params={"host": ", ".join(HOSTS.get(kind, ()))})


@transaction.atomic
def keep_robot(
    person: Person, *, at: datetime, kind: str, events: list[str], is_on: bool = True, **secrets
) -> Endpoint:
    """Make or change one's own robot. `address` and `secret` are changed when they are given as text.

    Raises RuleBroken. A change of address or maker begins anew; the second time changes nothing.
    """
    robot = Endpoint.objects.select_for_update(of=("self",)).filter(owner=person).first()
    robot = robot or Endpoint(owner=person, name=f"robot of person {person.pk}")
    typed = {name: words for name, words in secrets.items() if isinstance(words, str)}
    if "address" in typed:
        demand(violations_in_address(kind, typed["address"]))
    elif robot.address is None:
        demand([Violation("robot.address_missing", field="address")])
    elif robot.kind != kind:
        demand([Violation("robot.address_of_another_maker", field="address")])
    if robot.key is None or "address" in typed:
        robot.key = PersonKey.fresh()
        robot.secret = None
    if "address" in typed:
        robot.address, robot.host = seal(robot.key, typed["address"]), place_of(typed["address"]).shown[:260]
        robot.failures, robot.failing_since, robot.free_from = 0, None, None
    if "secret" in typed:
        robot.secret = seal(robot.key, typed["secret"]) if typed["secret"] else None
    robot.kind, robot.events, robot.is_on = kind, events, is_on
    with signed(by=person, reason="robot.kept", at=at):
        robot.save()
    return robot


@transaction.atomic
def take_robot_away(person: Person, *, at: datetime) -> None:
    """Forget the address and the secret; what waits for it is given up. The second time changes nothing."""
    robot = Endpoint.objects.select_for_update(of=("self",)).filter(owner=person, address__isnull=False).first()
    if robot is None:
        return
    key = robot.key
    robot.address = robot.secret = robot.key = None
    robot.is_on, robot.host = False, ""
    with signed(by=person, reason="robot.taken_away", at=at):
        robot.save()
        if key is not None:
            key.delete()


@transaction.atomic
def try_robot(person: Person, *, at: datetime) -> Endpoint:
    """Put a test message for one's own robot into the outbox. Raises RuleBroken without a robot."""
    robot = robot_of(person)
    demand([] if robot is not None else [Violation("robot.address_missing", field="address")])
    with signed(by=person, reason="robot.tested", at=at):
        OutboxMessage.objects.get_or_create(
            key=f"{robot.pk}>{TEST}:{at.isoformat()}",
            defaults={"kind": TEST, "channel": robot.kind, "endpoint": robot, "created_at": at, "not_before": at},
        )
        Endpoint.objects.filter(pk=robot.pk).update(free_from=None)
    return robot
