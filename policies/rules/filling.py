"""Templates with named gaps: {{case_number}} and the like, filled with what a case knows; no code, nothing hidden.

A gap that a case cannot fill stays a gap, so that whoever writes sees it and no customer ever reads it.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

VARIABLES = (
    "customer",
    "case_number",
    "order_number",
    "goods",
    "shop",
    "enquiries",
    "handler",
    "amount",
    "due",
    "reason",
    "evidence",
    "plan",
    "basis",
    "routes",
    "enclosed",
    "today",
)
"""Every name that a template may use."""

_GAP = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")


class Part(NamedTuple):
    """A piece of a filled text; `variable` names the one it came from, "" for the template's own words."""

    words: str
    variable: str = ""
    is_gap: bool = False


def unknown_variables(text: str) -> list[str]:
    """The names in the text that no case can fill, each once, in order."""
    return list(dict.fromkeys(name for name in _GAP.findall(text) if name not in VARIABLES))


def has_broken_braces(text: str) -> bool:
    """Whether a pair of braces was opened and not closed, or the other way round."""
    rest = _GAP.sub("", text)
    return "{{" in rest or "}}" in rest


def gaps_in(text: str) -> list[str]:
    """What stands in the gaps of a text that are not filled yet, each once, in order."""
    return list(dict.fromkeys(_GAP.findall(text)))


def parts_of(text: str, values: Mapping[str, str], names: Mapping[str, str]) -> list[Part]:
    """The text in pieces, its variables replaced by what is known.

    A value that is missing or blank leaves a gap that reads {{name}}, with the name as the reader knows it. Values
    are taken as they are: braces in a value open no gap of their own.
    """
    found, end = [], 0
    for gap in _GAP.finditer(text):
        if gap.start() > end:
            found.append(Part(text[end : gap.start()]))
        name = gap.group(1)
        known = str(values.get(name) or "").strip().replace("{{", "{").replace("}}", "}")
        found.append(Part(known, name) if known else Part(f"{{{{{names.get(name, name)}}}}}", name, is_gap=True))
        end = gap.end()
    if end < len(text):
        found.append(Part(text[end:]))
    return found


def is_word_for_word(template: str, written: str) -> bool:
    """Whether the written words are the template's own, but for what stands in its gaps. Space makes no difference."""
    first, *between = ["".join(part.split()) for part in _GAP.split(template)[::2]]
    words = "".join(written.split())
    if not between:
        return words == first
    *between, last = between
    place = len(first)
    for own in between if words.startswith(first) else ["\0"]:
        found = words.find(own, place)
        if found < 0:
            return False
        place = found + len(own)
    return words.endswith(last) and len(words) - len(last) >= place


def filled(text: str, values: Mapping[str, str], names: Mapping[str, str]) -> str:
    """The text with its variables replaced; see `parts_of`."""
    return "".join(part.words for part in parts_of(text, values, names))
