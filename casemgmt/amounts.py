"""Reading amounts of money as people type them."""

import re
import unicodedata
from decimal import Decimal

TOO_MUCH = Decimal(10) ** 10
"""What no column of an amount holds."""

SIGNS = str.maketrans("", "", "¥元£€$")
SHAPE = re.compile(r"[+-]?(\d{1,30}|\d{1,3}(,\d{3}){1,9})(\.\d{1,30})?")


def amount_in(typed: object) -> Decimal | None:
    """The amount that was typed: full-width digits, signs of currencies, 元 and thousands separators are understood.

    None for what is no amount: also for 1e9, which nobody means and everybody overlooks (F11).
    """
    plain = unicodedata.normalize("NFKC", str(typed)).translate(SIGNS).strip()
    return Decimal(plain.replace(",", "")) if SHAPE.fullmatch(plain) else None


def storable_amount_in(typed: object) -> Decimal | None:
    """The amount that was typed, if it is nothing or more in whole cents and can be kept; None if it cannot."""
    amount = amount_in(typed)
    if amount is None or amount < 0 or amount >= TOO_MUCH or amount.as_tuple().exponent < -2:
        return None
    return amount
