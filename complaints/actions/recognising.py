"""By what a row of a file is known again: as a case that it is already, and as somebody who is on record."""

import json
from collections.abc import Iterable, Mapping

from casemgmt.privacy.master import index_token
from casemgmt.privacy.sealed import blind
from complaints.actions.customers import CustomerData, OrderData
from complaints.actions.registering import Registration
from complaints.models import Customer, ImportRow
from complaints.vocabulary import Reason, Severity

ASKED_AT_ONCE = 500
CUSTOMER_COLUMNS = ("name", "phone", "email", "address", "account")


def fingerprint(values: Mapping[str, object], shop_id: int | None) -> str:
    """By what a row is known again, here and in later files: a keyed digest, which tells nothing of its cells.

    A row with a key of its own (a ticket number of the system it comes from) is known by that alone.
    """
    known = values.get("row_key") or sorted((name, str(value)) for name, value in values.items() if value)
    return index_token("import_row", json.dumps([shop_id, known], ensure_ascii=False))


def registered_already(prints: Iterable[str]) -> dict[str, str]:
    """Which of these rows are cases, and their numbers. What an undone import registered may come again."""
    prints = sorted(set(prints))
    found = {}
    for start in range(0, len(prints), ASKED_AT_ONCE):
        rows = ImportRow.objects.filter(fingerprint__in=prints[start : start + ASKED_AT_ONCE], case__isnull=False)
        found |= dict(rows.exclude(is_undone=True).values_list("fingerprint", "case__case_number"))
    return found


def who(values: Mapping[str, object]) -> tuple[str, str] | None:
    """The tokens by which the customer of a row is found; None without both a name and a phone."""
    name, phone = str(values.get("name") or ""), str(values.get("phone") or "")
    try:
        return (blind("name", name), blind("phone", phone)) if name and phone else None
    except ValueError:
        return None


def known_customers(tokens: Iterable[tuple[str, str] | None]) -> dict:
    """Customers on record by name *and* phone (`who`): both must agree before a row is given to one of them."""
    wanted = set(tokens) - {None}
    phones = sorted({phone for _, phone in wanted})
    found: dict = {}
    for start in range(0, len(phones), ASKED_AT_ONCE):
        known = Customer.objects.filter(phone_index__in=phones[start : start + ASKED_AT_ONCE])
        for key, name, phone in known.values_list("pk", "name_index", "phone_index"):
            found.setdefault((name, phone), []).append(key)
    return {tokens: keys for tokens, keys in found.items() if tokens in wanted}


def registration_of(values: Mapping[str, object], shop_id: int | None, customer_id: int | None) -> Registration:
    """A row as something to register."""

    def text(name: str) -> str:
        return str(values.get(name) or "")

    return Registration(
        content=text("content"),
        channel=text("channel"),
        received_at=values.get("received_at"),
        occurred_at=values.get("occurred_at"),
        customer=CustomerData(**{name: text(name) for name in CUSTOMER_COLUMNS}),
        customer_id=customer_id,
        shop_id=shop_id,
        order=OrderData(
            number=text("order_number"),
            product_name=text("product_name"),
            paid_amount=values.get("paid_amount"),
            waybill_number=text("waybill_number"),
        ),
        reason=text("reason") or Reason.NOT_STATED,
        severity=text("severity") or Severity.ORDINARY,
        emotion=text("emotion"),
        demand=text("demand"),
        demanded_remedy=text("demanded_remedy"),
        demanded_amount=values.get("demanded_amount"),
        not_a_duplicate=True,
    )
