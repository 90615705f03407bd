"""What no text may hold, whoever typed it (F1, F3)."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby

from casemgmt.violations import Violation

LONGEST_WORDS = 20_000
MOST_MARKS_IN_A_ROW = 8
_HALVES = re.compile("[\ud800-\udfff]")
_MARKLESS = re.compile("[\x00-\u02ff\u2010-\u205e\u3000-\u3029\u3030-\u3098\u309b-\ua66e\uac00-\ud7a3\uff00-\uffef]*")
"""Latin, Chinese, Japanese and Korean letters and their punctuation, among which no accent stands alone."""


def violations_in_text(text: str, *, at_most: int = LONGEST_WORDS, field: str | None = None) -> Iterator[Violation]:
    """Null characters, half characters, too much text, and accents piled up until a page cannot be drawn."""
    if len(text) > at_most:
        yield Violation("text.too_long", field, {"limit": at_most})
        return
    if "\x00" in text:
        yield Violation("text.null_character", field)
    if _HALVES.search(text):
        yield Violation("text.half_character", field)
    if _longest_pile(text) > MOST_MARKS_IN_A_ROW:
        yield Violation("text.piled_up_accents", field)


def _longest_pile(text: str) -> int:
    if _MARKLESS.fullmatch(text):
        return 0
    piles = groupby(text, key=lambda character: unicodedata.category(character) in ("Mn", "Me"))
    return max((sum(1 for _ in pile) for is_mark, pile in piles if is_mark), default=0)
