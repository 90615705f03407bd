"""The currency of this installation (setting CURRENCY), and how sums of money are written."""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from django.conf import settings

SIGNS: Mapping[str, str] = MappingProxyType({"CNY": "¥", "GBP": "£", "EUR": "€", "USD": "$"})
"""The currencies that policies know, with their signs."""


def house_currency() -> str:
    """The currency in which this house sells, promises and pays."""
    return settings.CURRENCY


def sign_of(currency: str = "") -> str:
    """The sign of a currency, or its code where it has none; "" asks for that of the house."""
    currency = currency or house_currency()
    return SIGNS.get(currency, f"{currency} ")


def amount_shown(amount: Decimal, currency: str = "", places: int = 2) -> str:
    """A sum as people read it: sign, thousands apart, so many places."""
    return f"{sign_of(currency)}{amount:,.{places}f}"
