"""A case number that staff can read aloud: day, running number, check digit (S-INT-03).

TS20261012-0042-7. The check digit (ISO 7064, mod 11,10) finds every single wrong digit and nearly every swap.
"""

import re
import unicodedata
from datetime import date

PREFIX = "TS"
_SHAPE = re.compile(r"^TS(\d{8})(\d{4,7})(\d)$")
_NOISE = re.compile(r"[\s\-‐‑–—_/.]+")


def check_digit(digits: str) -> int:
    """The ISO 7064 mod 11,10 check digit of a string of decimal digits."""
    product = 10
    for digit in digits:
        product = (int(digit) + product) % 10 or 10
        product = product * 2 % 11
    return (11 - product) % 10


def case_number(day: date, running: int) -> str:
    """The number of the running-th case of a day, counted from one."""
    digits = f"{day:%Y%m%d}{running:04d}"
    return f"{PREFIX}{digits[:8]}-{digits[8:]}-{check_digit(digits)}"


def as_case_number(text: str) -> str | None:
    """What somebody typed as a case number in its one form, or None if it cannot be one.

    Full-width digits, spaces, missing hyphens and lower case are forgiven; a wrong check digit is not.
    """
    plain = _NOISE.sub("", unicodedata.normalize("NFKC", text)).upper()
    plain = plain if plain.startswith(PREFIX) else PREFIX + plain
    shape = _SHAPE.match(plain)
    if shape is None:
        return None
    day, running, check = shape.groups()
    return f"{PREFIX}{day}-{running}-{check}" if int(check) == check_digit(day + running) else None
