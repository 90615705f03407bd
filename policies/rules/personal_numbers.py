"""Numbers of persons that must not stand in a letter: identity cards, bank cards, mobile phones, by their build."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from policies.rules.folding import fold, places

_NUMERALS = "〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖"
_AS_DIGITS = str.maketrans(_NUMERALS, "001234567891123456789")
_DIGIT = re.compile(rf"[0-9{_NUMERALS}]")
_LONG = re.compile(rf"[0-9{_NUMERALS}]{{11}}")
_RUN = re.compile(r"[0-9]{11,24}x?")
_ENDS_A_NUMBER = re.compile(r"[,，。；;、\n:：!！?？（()）]")
_CARD = re.compile(r"62\d{14,17}|4\d{15}|5[1-5]\d{14}")
_MOBILE = re.compile(r"(?:00)?(?:86)?(1[3-9]\d{9})")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10x98765432"


class FoundNumber(NamedTuple):
    """What kind of number stands where in the text."""

    kind: str
    start: int
    end: int


def may_hold_numbers(folded: str) -> bool:
    """A quick look at a folded text: whether anything in it is long enough.

    Eleven digits in a row have one at every eleventh letter, and most texts have none there.
    """
    return any(
        _LONG.search(folded, 11 * digit.start(), 11 * digit.start() + 21) for digit in _DIGIT.finditer(folded[10::11])
    )


def numbers_in(text: str) -> Iterator[FoundNumber]:
    """Identity cards by their check digit (GB 11643), bank cards by theirs (Luhn), mobile phones by their form.

    Spaces, hyphens and invisible signs inside a number change nothing; a comma, a colon or a line ends it. Masked
    numbers are none.
    """
    folded = fold(text).translate(_AS_DIGITS)
    origin = places(text)
    for run in _RUN.finditer(folded):
        yield from _in_run(text, folded, origin, run.start(), run.end())


def _in_run(text, folded, origin, start, end) -> Iterator[FoundNumber]:
    first = start
    for place in range(start + 1, end + 1):
        if place < end and not _ENDS_A_NUMBER.search(text, origin[place - 1] + 1, origin[place]):
            continue
        kind = kind_of_number(folded[first:place])
        if kind:
            yield FoundNumber(kind, origin[first], origin[place - 1] + 1)
        first = place


def kind_of_number(digits: str) -> str:
    """id_number, bank_card, mobile_number, or "" for any other number."""
    if len(digits) == 18 and _is_identity(digits):
        return "id_number"
    if _CARD.fullmatch(digits) and _passes_luhn(digits):
        return "bank_card"
    return "mobile_number" if _MOBILE.fullmatch(digits) else ""


def _is_identity(digits: str) -> bool:
    if not digits[:17].isdecimal():
        return False
    try:
        born = date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
    return born.year >= 1900 and _CHECKS[total % 11] == digits[17]


def _passes_luhn(digits: str) -> bool:
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
