"""Reading amounts of money as people type them."""

import re
import unicodedata
from decimal import Decimal

SHAPE = re.compile(r"[+-]?(\d{1,30}|\d{1,3}(,\d{3}){1,9})(\.\d{1,30})?")


def amount_in(typed: object) -> Decimal | None:
    """The amount that was typed: full-width digits, ¥, 元 and thousands separators are understood.

    None for what is no amount: also for 1e9, which nobody means and everybody overlooks (F11).
    """
    plain = unicodedata.normalize("NFKC", str(typed)).replace("¥", "").replace("元", "").strip()
    return Decimal(plain.replace(",", "")) if SHAPE.fullmatch(plain) else None
