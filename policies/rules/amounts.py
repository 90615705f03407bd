"""Amounts of money in a Chinese sentence: 80元, ¥1,200.50, 八百块."""

import re
from decimal import Decimal
from unicodedata import normalize

_FIGURES = r"\d+(?:,\d{3})*(?:\.\d{1,2})?"
_NUMERALS = "零一二两三四五六七八九十百千万"
_MONEY = re.compile(rf"¥\s*({_FIGURES})|({_FIGURES}|[{_NUMERALS}]+)\s*(?:元|块|圆|rmb|cny)", re.IGNORECASE)
_DIGITS = {numeral: value for value, numeral in enumerate("零一二三四五六七八九")} | {"两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}


def amount_in(text: str, before: int) -> Decimal | None:
    """The largest amount that begins before this place of the text; None when there is none."""
    found = [
        _value(amount.group(1) or amount.group(2))
        for amount in _MONEY.finditer(normalize("NFKC", text))
        if amount.start() < before
    ]
    return max(found, default=None)


def _value(written: str) -> Decimal:
    return Decimal(written.replace(",", "")) if written[0].isdecimal() else Decimal(_counted(written))


def _counted(written: str) -> int:
    whole = rest = digit = 0
    for numeral in written:
        if numeral == "万":
            whole, rest, digit = whole + (rest + digit) * 10_000, 0, 0
        elif numeral in _TENS:
            rest, digit = rest + (digit or 1) * _TENS[numeral], 0
        else:
            digit = _DIGITS[numeral]
    return whole + rest + digit
