"""Registering complaints: one by the form, thousands by an import, under the same rules."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from casemgmt.ledger import signed
from casemgmt.people.models import Shop
from casemgmt.privacy.plain_text import violations_in_text
from casemgmt.privacy.words import LONGEST_WORDS
from casemgmt.setwise import insert_objects
from casemgmt.violations import Violation, demand
from complaints import notices
from complaints.actions.customers import (
    CustomerData,
    OrderData,
    customers_like,
    new_customer,
    violations_in_customer,
    violations_in_order,
)
from complaints.actions.escalating import raise_escalation
from complaints.actions.numbering import next_case_numbers
from complaints.actions.stating import spoken
from complaints.actions.timing import REGISTERED, clocks_to_start, earliest_due
from complaints.announcing import announce_registered
from complaints.models import Complaint, Customer, Order, Product, Statement
from complaints.roles import demand_right
from complaints.rules.registering import (
    Earlier,
    Likeness,
    RegistrationFacts,
    likely_duplicates,
    violations_in_registration,
)
from complaints.vocabulary import (
    CaseSource,
    ComplainantKind,
    Reason,
    Severity,
    Side,
    StatementKind,
)
from policies.lookup import periods_in_force, policies_in_force

COMPARED_AT_MOST = 50
"""How many earlier cases of the same customer or order are compared with a new one."""


@dataclass(frozen=True, slots=True)
class Registration:
    """What is entered when a complaint is registered (S-INT-01…16). Instants are aware; texts are as typed."""

    content: str
    channel: str
    received_at: datetime | None
    complainant: str = ComplainantKind.CONSUMER
    customer: CustomerData = field(default_factory=CustomerData)
    customer_id: int | None = None
    unknown_because: str = ""
    shop_id: int | None = None
    order: OrderData = field(default_factory=OrderData)
    occurred_at: datetime | None = None
    reason: str = Reason.NOT_STATED
    claim_type: str = ""
    return_branch: str = ""
    demand: str = ""
    demanded_remedy: str = ""
    demanded_amount: object = None
    course: str = ""
    place: str = ""
    damage: str = ""
    presale_need: str = ""
    emotion: str = ""
    severity: str = Severity.ORDINARY
    affects_others: bool = False
    safety_flag: bool = False
    legal_flag: bool = False
    opinion_risk: bool = False
    not_a_duplicate: bool = False

    def words(self) -> dict[str, str]:
        """The typed texts by kind of statement."""
        return {
            StatementKind.CONTENT: self.content,
            StatementKind.DEMAND: self.demand,
            StatementKind.COURSE: self.course,
            StatementKind.PLACE: self.place,
            StatementKind.DAMAGE: self.damage,
            StatementKind.PRESALE_NEED: self.presale_need,
            StatementKind.REASON: self.unknown_because if self.complainant == ComplainantKind.UNKNOWN else "",
        }


def violations_in(registration: Registration, *, at: datetime):
    """Every reason why this cannot be registered, by the field to mend; without the warning of duplicates."""
    data = registration.customer
    yield from violations_in_registration(
        RegistrationFacts(
            content=registration.content,
            channel=registration.channel,
            received_at=registration.received_at,
            occurred_at=registration.occurred_at,
            at=at,
            complainant=registration.complainant,
            complainant_known=data.is_given or registration.customer_id is not None,
            unknown_because=registration.unknown_because,
        )
    )
    yield from violations_in_customer(data)
    yield from violations_in_order(registration.order)
    if registration.demanded_amount is not None and registration.demanded_amount <= 0:
        yield Violation("registration.amount_not_positive", field="demanded_amount")
    for kind, words in registration.words().items():
        if words.strip():
            yield from violations_in_text(words, at_most=LONGEST_WORDS, field=str(kind))


@transaction.atomic
def register(registration: Registration, *, by, at: datetime) -> Complaint:
    """Register one complaint: number given, clocks started, a safety flag escalated at once (S-INT, S-TRI).

    Staff and supervisors may. Raises RuleBroken with everything that is missing; likely duplicates are one of
    the reasons until `not_a_duplicate` is said. A second call registers a second case.
    """
    demand_right(by, "case.register", at=at)
    likely = [] if registration.not_a_duplicate else duplicates_of(registration, by=by, at=at)
    demand(violations_in(registration, at=at), _violations_in_duplicates(likely))
    return register_many([registration], by=by, at=at)[0]


def _violations_in_duplicates(likely: Sequence[Likeness]):
    if likely:
        numbers = ", ".join(like.case_number for like in likely[:3])
        yield Violation("registration.likely_duplicate", field="not_a_duplicate", params={"cases": numbers})


def duplicates_of(registration: Registration, *, by, at: datetime) -> list[Likeness]:
    """Earlier cases of the same order or customer that this may repeat, whoever has them; none about the asker."""
    number = registration.order.number.strip()
    customers = list(customers_like(registration.customer).values_list("pk", flat=True))
    if registration.customer_id is not None:
        customers.append(registration.customer_id)
    alike = Q(customer__in=customers)
    if number:
        alike |= Q(order__number=number)
    cases = Complaint.objects.not_about(by).filter(alike)
    newest = cases.select_related("order").distinct().order_by("-received_at")[:COMPARED_AT_MOST]
    words = dict(
        Statement.objects.filter(case__in=[case.pk for case in newest], kind=StatementKind.CONTENT).values_list(
            "case_id", "words"
        )
    )
    earlier = [
        Earlier(
            case_id=case.pk,
            case_number=case.case_number,
            received_at=case.received_at,
            same_order=bool(number and case.order and case.order.number == number),
            same_customer=case.customer_id in customers,
            content=words.get(case.pk) or "",
        )
        for case in newest
    ]
    return likely_duplicates(
        registration.content,
        registration.received_at or at,
        earlier,
        window_days=periods_in_force(at).duplicate_window_days,
    )


@transaction.atomic
def register_many(
    registrations: Sequence[Registration],
    *,
    by,
    at: datetime,
    source: CaseSource = CaseSource.FORM,
    backlog: bool = False,
    reason: str = "case.registered",
) -> list[Complaint]:
    """Register complaints set-based, whole or not at all, in the order given.

    The caller has the right, has checked each by `violations_in`, and has shown likely duplicates; a broken one
    raises RuleBroken for the whole batch. `backlog` cases start their clocks now instead of at their receipt.
    """
    demand(violation for registration in registrations for violation in violations_in(registration, at=at))
    policies = policies_in_force(at)
    with signed(by=by, reason=reason, at=at):
        shops = Shop.objects.select_related("team").in_bulk({r.shop_id for r in registrations if r.shop_id})
        customers = _customers_for(registrations, at)
        orders = _orders_for(registrations, customers, shops)
        numbers = next_case_numbers(len(registrations), at=at)
        cases = [
            _case(registration, number, customer, order, shops.get(registration.shop_id), by, at, source, backlog)
            for registration, number, customer, order in zip(registrations, numbers, customers, orders, strict=True)
        ]
        clocks = []
        for case in cases:
            started = clocks_to_start(case, REGISTERED, at=at, policies=policies)
            case.next_due_at = earliest_due(started)
            clocks += started
        insert_objects(cases)
        insert_objects(clocks)
        insert_objects(
            [
                spoken(case, kind, words, by=by, at=at, side=Side.CUSTOMER, customer=case.customer)
                for case, registration in zip(cases, registrations, strict=True)
                for kind, words in registration.words().items()
                if words.strip()
            ]
        )
        for case in cases:
            if case.safety_flag:
                raise_escalation(case, cause="safety", level=1, due_at=at, by=by, at=at)
        if not backlog and source == CaseSource.FORM:
            _tell_leads(cases, by, at)
        if not backlog:
            announce_registered(cases, at=at)
    return cases


def _case(registration, number, customer, order, shop, by, at, source, backlog) -> Complaint:
    return Complaint(
        case_number=number,
        customer=customer,
        complainant=registration.complainant,
        channel=registration.channel,
        source=source,
        shop=shop,
        order=order,
        product=order.product if order else None,
        received_at=registration.received_at,
        occurred_at=registration.occurred_at,
        registered_at=at,
        registered_by=by,
        backlog=backlog,
        team=shop.team if shop else by.team,
        reason=registration.reason,
        claim_type=registration.claim_type,
        return_branch=registration.return_branch,
        demanded_remedy=registration.demanded_remedy,
        demanded_amount=registration.demanded_amount,
        severity=registration.severity,
        emotion=registration.emotion,
        affects_others=registration.affects_others,
        safety_flag=registration.safety_flag,
        legal_flag=registration.legal_flag,
        opinion_risk=registration.opinion_risk,
    )


def _customers_for(registrations, at) -> list[Customer | None]:
    """The customer of each: the chosen one, else a new one; the same data twice in one batch is one customer."""
    chosen = Customer.objects.in_bulk({r.customer_id for r in registrations if r.customer_id})
    new: dict[CustomerData, Customer] = {}
    customers = []
    for registration in registrations:
        data = registration.customer
        if registration.customer_id is not None:
            customers.append(chosen[registration.customer_id])
        elif registration.complainant == ComplainantKind.UNKNOWN and not data.is_given:
            customers.append(None)
        else:
            if data not in new:
                new[data] = new_customer(data, at=at)
            customers.append(new[data])
    fresh = list(new.values())
    insert_objects([customer.key for customer in fresh])
    insert_objects(fresh)
    return customers


def _orders_for(registrations, customers, shops) -> list[Order | None]:
    """The order of each by shop and number, with its product; unknown ones are added."""
    names = {r.order.product_name.strip()[:200] for r in registrations if r.order.product_name.strip()}
    Product.objects.bulk_create([Product(name=name) for name in sorted(names - set(_products(names)))], batch_size=500)
    products = _products(names)
    wanted = {(r.shop_id, r.order.number.strip()) for r in registrations if r.order.number.strip()}
    known = _orders(wanted)
    new = {}
    for registration, customer in zip(registrations, customers, strict=True):
        key = (registration.shop_id, registration.order.number.strip())
        if key in wanted and key not in known and key not in new:
            new[key] = Order(
                number=key[1],
                shop=shops.get(key[0]),
                customer=customer,
                product=products.get(registration.order.product_name.strip()[:200]),
                paid_amount=registration.order.paid_amount,
                waybill_number=registration.order.waybill_number,
            )
    insert_objects(list(new.values()))
    orders = known | new
    return [orders.get((r.shop_id, r.order.number.strip())) for r in registrations]


def _products(names) -> dict[str, Product]:
    return {product.name: product for product in Product.objects.filter(name__in=names, article_number="")}


def _orders(wanted) -> dict:
    numbers = sorted({number for _, number in wanted})
    found = {}
    for start in range(0, len(numbers), 500):
        for order in Order.objects.filter(number__in=numbers[start : start + 500]).select_related("product"):
            found[order.shop_id, order.number] = order
    return {key: order for key, order in found.items() if key in wanted}


def _tell_leads(cases, by, at) -> None:
    for case in cases:
        lead = case.team.lead if case.team else None
        if lead is not None and lead.pk != by.pk:
            notices.queue(case, "notice.case_registered", to=lead, at=at)
