"""Which parts of a picture are covered before it is shown to the other side (S-INV-18)."""

import re
from collections.abc import Iterator

from casemgmt.violations import Violation

WHOLE = 1000
"""Areas are in thousandths of the picture's width and height, so that they fit it at any size."""
MOST_AREAS = 60
LONGEST = 2000
AREA = re.compile(r"(\d{1,4}) (\d{1,4}) (\d{1,4}) (\d{1,4})", re.ASCII)
Area = tuple[int, int, int, int]


def areas_in(text: str) -> list[Area]:
    """Left, top, width and height of each area, as typed: numbers with spaces, areas with semicolons or lines between.

    Raises ValueError for what is none.
    """
    found = []
    for part in re.split(r"[;\n]", text[: LONGEST + 1]):
        if not part.strip():
            continue
        match = AREA.fullmatch(" ".join(part.split()))
        if match is None:
            raise ValueError(part)
        left, top, width, height = map(int, match.groups())
        found.append((left, top, width, height))
    return found


def violations_in_areas(text: str) -> Iterator[Violation]:
    """One area at least, each within the picture, and not more than anybody draws."""
    try:
        areas = areas_in(text)
    except ValueError:
        yield Violation("redaction.not_areas", field="areas")
        return
    if not areas:
        yield Violation("redaction.nothing_covered", field="areas")
    if len(areas) > MOST_AREAS or len(text) > LONGEST:
        yield Violation("redaction.too_many_areas", field="areas", params={"most": MOST_AREAS})
    for left, top, width, height in areas:
        if width < 1 or height < 1 or left + width > WHOLE or top + height > WHOLE:
            yield Violation("redaction.outside", field="areas")
            return
