"""People whom an incident hit and who have not complained: registered from a list, and cases that look like its own."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from casemgmt.ledger import signed
from casemgmt.sentences import say
from casemgmt.violations import Violation, demand
from complaints.actions.customers import CustomerData, OrderData
from complaints.actions.incidents import link_to_incident, standing_member
from complaints.actions.registering import Registration, register_many, violations_in
from complaints.models import Complaint, Incident, IncidentMember, Order, Statement
from complaints.roles import cases_visible_to, day_of, demand_right
from complaints.rules.incidents import MOST_AFFECTED
from complaints.vocabulary import CaseSource, Channel, Severity, StatementKind
from policies.lookup import periods_in_force

LOOKED_AT = 200
"""How many of the newest cases are looked at for what they have in common with an incident."""


@dataclass(frozen=True, slots=True)
class Affected:
    """One person of the list, as typed: an order, a name, and how to reach them."""

    order: str = ""
    name: str = ""
    phone: str = ""
    email: str = ""


@transaction.atomic
def register_affected(
    incident_id: int, *, by, at: datetime, affected: list[Affected], content: str, channel: str = Channel.PHONE
) -> list[IncidentMember]:
    """A case for each person of the list, linked at once; whole or not at all, with each line that is wrong.

    Who has an open case with the same order gets none: that case is linked instead, so that a list sent twice
    registers nobody twice. Supervisors may; `content` is what is known, the same for all.
    """
    incident = Incident.objects.get(pk=incident_id)
    demand_right(by, "incident.lead", at=at)
    demand_right(by, "case.register", at=at)
    demand(_violations_in_list(incident, affected))
    known = _open_cases(affected, incident, by, at)
    new = [person for person in affected if person.order.strip() not in known]
    registrations = [_registration(person, incident, content, channel, at) for person in new]
    demand(_violations_in_lines(affected, new, registrations, at))
    cases = register_many(registrations, by=by, at=at, source=CaseSource.IMPORT, reason="incident.affected_registered")
    joining = [*cases, *(case for case in known.values() if standing_member(case.pk) is None)]
    with signed(by=by, reason="incident.case_linked", at=at):
        return [
            link_to_incident(case.pk, by=by, at=at, incident_id=incident_id, reason=content)
            for case in sorted(joining, key=lambda case: case.pk)
        ]


def _violations_in_list(incident, affected):
    if not incident.is_open:
        yield Violation("incident.closed")
    if not affected:
        yield Violation("incident.nobody_affected", field="lines")
    if len(affected) > MOST_AFFECTED:
        yield Violation("incident.too_many_lines", field="lines", params={"most": MOST_AFFECTED})


def _open_cases(affected, incident, by, at) -> dict[str, Complaint]:
    """Open cases of these orders that the leader sees, by order number, the oldest of each."""
    numbers = {person.order.strip() for person in affected if person.order.strip()}
    cases = cases_visible_to(by, on=day_of(at)).open().filter(order__number__in=numbers)
    if incident.shop_id is not None:
        cases = cases.filter(Q(order__shop=incident.shop_id) | Q(order__shop=None))
    found = {}
    for case in cases.select_related("order").order_by("-pk"):
        found[case.order.number] = case
    return found


def _registration(person: Affected, incident, content, channel, at) -> Registration:
    order = Order.objects.filter(number=person.order.strip(), shop=incident.shop_id).first() if person.order else None
    goods = incident.product.name if incident.product_id else ""
    return Registration(
        content=content,
        channel=channel,
        received_at=at,
        customer=CustomerData(name=person.name, phone=person.phone, email=person.email),
        customer_id=order.customer_id if order is not None else None,
        shop_id=incident.shop_id,
        order=OrderData(number=person.order.strip(), product_name=goods if order is None else ""),
        severity=Severity.ORDINARY,
        affects_others=True,
        safety_flag=incident.safety_flag,
        not_a_duplicate=True,
    )


def _violations_in_lines(affected, new, registrations, at):
    for person, registration in zip(new, registrations, strict=True):
        for found in violations_in(registration, at=at):
            yield Violation(
                "incident.line_wrong", field="lines", params={"line": affected.index(person) + 1, "why": say(found)}
            )


@dataclass(frozen=True, slots=True)
class Likely:
    """A case that looks like one of an incident, and what they have in common: goods, shop, category, batch, words."""

    case: Complaint
    shared: tuple[str, ...]


def likely_members(incident: Incident, *, by, at: datetime) -> list[Likely]:
    """Open cases outside any incident that share the goods, service, batch or category within the window of the policy.

    The newest LOOKED_AT that the reader sees, in two queries; those that share most come first. The shop alone makes
    no case likely.
    """
    since = incident.since - timedelta(days=periods_in_force(at).incident_window_days)
    free = cases_visible_to(by, on=day_of(at)).open().filter(received_at__gte=since)
    taken = IncidentMember.objects.standing().filter(settled_at__isnull=True)
    free = free.exclude(pk__in=taken.values("case"))
    alike = Q(pk__in=[])
    if incident.product_id:
        alike |= Q(product=incident.product_id)
    if incident.category:
        alike |= Q(category=incident.category)
    if incident.shop_id:
        alike |= Q(shop=incident.shop_id)
    if incident.batch or incident.service:
        alike |= Q(received_at__gte=incident.since)
    newest = free.filter(alike).select_related("product", "order").distinct().order_by("-received_at")[:LOOKED_AT]
    cases = {case.pk: case for case in newest}
    said = Statement.objects.filter(case__in=cases, kind=StatementKind.CONTENT).values_list("case", "words")
    words = {case: text or "" for case, text in said}
    found = [Likely(case, tuple(_shared(incident, case, words.get(case.pk, "")))) for case in cases.values()]
    telling = [like for like in found if set(like.shared) - {"shop"}]
    return sorted(telling, key=lambda like: (-len(like.shared), -like.case.pk))


def _shared(incident: Incident, case: Complaint, words: str):
    if incident.product_id and case.product_id == incident.product_id:
        yield "goods"
    if incident.category and case.category == incident.category:
        yield "category"
    if incident.batch and incident.batch.lower() in words.lower():
        yield "batch"
    if incident.service and incident.service.lower() in words.lower():
        yield "service"
    if incident.shop_id and case.shop_id == incident.shop_id:
        yield "shop"
