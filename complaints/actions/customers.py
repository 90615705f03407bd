"""Customers and orders: found by what they gave, made when they are new, never merged by themselves."""

from dataclasses import dataclass
from datetime import datetime

from casemgmt.ledger import signed
from casemgmt.privacy.kinds import violations_in_personal_data
from casemgmt.privacy.models import PersonKey
from casemgmt.privacy.sealed import blind, seal
from casemgmt.violations import Violation
from complaints.models import Customer, Order, Product

SEALED = ("name", "phone", "email", "address", "account")


@dataclass(frozen=True, slots=True)
class CustomerData:
    """What a customer gave of themselves, in clear, on its way into sealed fields. Never logged, never stored."""

    name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    account: str = ""
    preferred_channel: str = ""

    def __repr__(self):
        return "<CustomerData>"

    @property
    def is_given(self) -> bool:
        """Whether anything was given by which the person could be known again."""
        return any((self.name.strip(), self.phone.strip(), self.email.strip(), self.account.strip()))


def violations_in_customer(data: CustomerData):
    """What in the data cannot be what it says it is; fields are called customer_<name>."""
    for name in SEALED:
        text = getattr(data, name)
        if text.strip():
            yield from violations_in_personal_data(name, text, field=f"customer_{name}")


def customers_like(data: CustomerData):
    """Customers with the same phone, e-mail or account: suggestions, never merged (design section 4)."""
    found = Customer.objects.none()
    for field in ("phone", "email", "account"):
        text = getattr(data, field)
        if text.strip() and not list(violations_in_personal_data(field, text)):
            found = found | Customer.objects.filter(**{f"{field}_index": blind(field, text)})
    return found.distinct()


def new_customer(data: CustomerData, *, at: datetime) -> Customer:
    """A customer with a key of their own, not yet saved."""
    key = PersonKey.fresh()
    customer = Customer(key=key, preferred_channel=data.preferred_channel, created_at=at)
    for name in SEALED:
        text = getattr(data, name)
        if text.strip():
            setattr(customer, name, seal(key, text, kind=name))
    return customer


def add_customer(data: CustomerData, *, by, at: datetime) -> Customer:
    """Save a new customer; the data was checked by `violations_in_customer`."""
    with signed(by=by, reason="customer.added", at=at):
        customer = new_customer(data, at=at)
        customer.save()
    return customer


@dataclass(frozen=True, slots=True)
class OrderData:
    """What is known of the order. An empty number means that there is none yet, or none is known."""

    number: str = ""
    product_name: str = ""
    paid_amount: object = None
    waybill_number: str = ""


def violations_in_order(data: OrderData):
    """Numbers that a spreadsheet has damaged, and amounts below nothing."""
    if data.number and "E+" in data.number.upper():
        yield Violation("order.number_damaged", field="order_number")
    if len(data.number) > 64:
        yield Violation("order.number_too_long", field="order_number", params={"most": 64})
    if data.paid_amount is not None and data.paid_amount < 0:
        yield Violation("order.amount_negative", field="paid_amount")


def find_or_add_product(name: str) -> Product | None:
    """The product of that name; a new one if it is not known. Runs inside `signed`."""
    name = name.strip()
    if not name:
        return None
    return Product.objects.get_or_create(name=name[:200], article_number="")[0]


def find_or_add_order(data: OrderData, *, shop, customer) -> Order | None:
    """The order of that number in the shop; a new one if it is not known. Runs inside `signed`."""
    number = data.number.strip()
    if not number:
        return None
    known = Order.objects.filter(number=number, shop=shop).first()
    if known is not None:
        return known
    return Order.objects.create(
        number=number,
        shop=shop,
        customer=customer,
        product=find_or_add_product(data.product_name),
        paid_amount=data.paid_amount,
        waybill_number=data.waybill_number,
    )
