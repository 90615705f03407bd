"""What somebody may mean by a number that they typed: widths, spaces, dashes and single slips are forgiven."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta

from complaints.rules.case_numbers import PREFIX, as_case_number, case_number

DAYS_LOOKED_BACK = 366
"""How far back the last digits of a case number are looked for."""

_NOISE = re.compile(r"[\s\-‐‑–—_/.]+")
_LOOKS_LIKE = str.maketrans("OIL", "011")
_NUMBER = re.compile(r"(\d{8})(\d{4,7})(\d)")
_SHORTEST_TAIL, _LONGEST_TAIL = 3, 15
_PAD = 4


def plain(text: str) -> str:
    """Widths unified, spaces and dashes off, capitals."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text)).upper()


def written_forms(text: str) -> tuple[str, ...]:
    """The forms in which the number of an order or a parcel may be stored: as typed, and without what typing adds."""
    typed = unicodedata.normalize("NFKC", text).strip()
    bare = "".join(typed.split())
    forms = (text.strip(), typed, bare, plain(text))
    return tuple(dict.fromkeys(form for shape in forms for form in (shape, shape.upper(), shape.lower()) if form))


def numbers_ending_in(text: str, today: date) -> tuple[str, ...]:
    """The case numbers of the last year that end in these digits, with or without part of the day and the check digit.

    "0042", "0042-7", "1012-0042" and "42" with two zeros left out all mean the 42nd case of some day. Made by
    arithmetic, so that each is found by the index of case numbers.
    """
    digits = _digits_of(text)
    if not _SHORTEST_TAIL <= len(digits) <= _LONGEST_TAIL:
        return ()
    found = {}
    for back in range(DAYS_LOOKED_BACK):
        day = today - timedelta(days=back)
        for running, check in _readings(digits, f"{day:%Y%m%d}"):
            number = case_number(day, running)
            if check in ("", number[-1]):
                found[number] = None
    return tuple(found)


def _digits_of(text: str) -> str:
    digits = plain(text).removeprefix(PREFIX)
    return digits if digits.isascii() and digits.isdecimal() else ""


def _readings(digits: str, day: str) -> Iterator[tuple[int, str]]:
    for length in (0, 2, 4, 6, 8):
        rest = digits[length:]
        if not day.endswith(digits[:length]) or len(rest) < (_PAD if length else _SHORTEST_TAIL):
            continue
        if len(rest) <= 7 and int(rest):
            yield int(rest), ""
        if _PAD < len(rest) <= 8 and int(rest[:-1]):
            yield int(rest[:-1]), rest[-1]


def numbers_between(text: str) -> tuple[str, str] | None:
    """The first case number that begins like this and the first behind them; None for what begins no case number.

    A year, a month, a day, or a day with the first digits of the running number.
    """
    digits = _digits_of(text)
    if not 4 <= len(digits) <= 14 or not digits.startswith("20"):
        return None
    return _with_prefix(digits), _with_prefix(str(int(digits) + 1))


def _with_prefix(digits: str) -> str:
    day, running = digits[:8], digits[8:]
    return f"{PREFIX}{day}-{running}" if running else f"{PREFIX}{day}"


def is_mistyped_case_number(text: str) -> bool:
    """Whether this has the shape of a case number and its check digit does not fit."""
    return as_case_number(text) is None and _NUMBER.fullmatch(_without_letters(text)) is not None


def corrections_of(text: str) -> tuple[str, ...]:
    """The case numbers that differ from a mistyped one by a single digit or by two neighbours in the wrong order."""
    if not is_mistyped_case_number(text):
        return ()
    typed = _without_letters(text)
    changed = [typed]
    for place, digit in enumerate(typed):
        changed += [typed[:place] + other + typed[place + 1 :] for other in "0123456789" if other != digit]
    changed += [typed[:place] + typed[place + 1] + typed[place] + typed[place + 2 :] for place in range(len(typed) - 1)]
    found = (as_case_number(PREFIX + digits) for digits in changed)
    return tuple(dict.fromkeys(number for number in found if number))


def _without_letters(text: str) -> str:
    return plain(text).removeprefix(PREFIX).translate(_LOOKS_LIKE)
