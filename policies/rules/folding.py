"""What is left of a text when every disguise is taken off: the letters and digits, each in one form.

Width, case, accents, zero-width signs, spaces and punctuation, traditional forms and look-alikes all fall away, so
that a word is found however it was dressed up. Each character folds by itself, whatever stands beside it, and may
become none, one or several; so a place in the folded text leads back to one place in the text.
"""

import unicodedata
from functools import cache

import opencc

from policies.rules.look_alikes import LOOK_ALIKES

MOST_KEPT = 60_000
"""So many characters are remembered; whoever sends stranger ones waits a little longer."""

_KEPT = frozenset("LN")
_HAN = range(0x2E80, 0x33480)


@cache
def _simplifier() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def _folded(character: str) -> str:
    parts = []
    for part in unicodedata.normalize("NFKD", LOOK_ALIKES.get(character, character)):
        if unicodedata.category(part)[0] not in _KEPT:
            continue
        digit = unicodedata.digit(part, None)
        plain = part.casefold() if digit is None else str(digit)
        for letter in plain:
            seen = _simplifier().convert(letter) if ord(letter) in _HAN else letter
            parts.append(LOOK_ALIKES.get(seen, seen))
    return "".join(parts)


class _Folding(dict):
    """code point → what is left of it, found when it is first met."""

    def __missing__(self, code: int) -> str:
        left = _folded(chr(code))
        if len(self) < MOST_KEPT:
            self[code] = left
        return left


_FOLDING = _Folding()


def fold(text: str) -> str:
    """The letters and digits of the text, each in one form."""
    return text.translate(_FOLDING)


def places(text: str) -> list[int]:
    """For each character of `fold(text)` the index in `text` that it came from."""
    return [index for index, character in enumerate(text) for _left in _FOLDING[ord(character)]]
