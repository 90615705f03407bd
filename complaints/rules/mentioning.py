"""Who is meant by @ in an internal note, and whether a note begins like a letter to the customer."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from casemgmt.violations import Violation

_BEGINS = re.compile(r"(?<![A-Za-z0-9._%+-])[@＠](?=[^\s\d@＠])")
_UNKNOWN = re.compile(r"[\w.-]{1,20}")
LETTER = (
    r"^\s*(?:(?:尊敬的|亲爱的|敬爱的)|亲[，,～~！!]|[^\n，,。.！!说讲问]{0,8}(?:您好|你好)(?:[，,！!。：:～~\s]|$)"
    r"|(?:dear|hello|hi)\b|thank you for (?:contacting|your))"
)
"""How letters to customers begin; the page asks with the same pattern while somebody types."""

_LETTER = re.compile(LETTER, re.IGNORECASE)


class Mentioned(NamedTuple):
    """One @ in a text: the name as it is written, and the keys of everybody who bears it."""

    written: str
    keys: tuple[int, ...]


def mentions_in(words: str, names: Mapping[str, Sequence[int]]) -> Iterator[Mentioned]:
    """Every mention in the words. `names` are all names in lower case, with the keys of those who bear them.

    The longest name wins, and no space is needed after it: Chinese has none. An @ inside an address, before a
    space or before a figure is no mention. A name that nobody bears has no keys.
    """
    longest = max(map(len, names), default=0)
    for begin in _BEGINS.finditer(words):
        rest = words[begin.end() : begin.end() + longest + 1]
        for length in range(min(longest, len(rest)), 0, -1):
            written = rest[:length]
            if written.lower() in names and not _goes_on(written, rest[length : length + 1]):
                yield Mentioned(written, tuple(names[written.lower()]))
                break
        else:
            unknown = _UNKNOWN.match(words[begin.end() :])
            if unknown:
                yield Mentioned(unknown.group(), ())


def _goes_on(written: str, following: str) -> bool:
    """Whether a Latin name runs on: @ana in @anabel is somebody else."""
    return bool(re.fullmatch(r"[A-Za-z0-9_]{2}", written[-1:] + following))


def violations_in_mentions(found: Sequence[Mentioned], may_see: frozenset[int]) -> Iterator[Violation]:
    """Somebody, one person only, and one who may see the case; whoever it is about never may."""
    for mentioned in found:
        params = {"name": mentioned.written}
        if not mentioned.keys:
            yield Violation("mention.unknown", field="words", params=params)
        elif len(mentioned.keys) > 1:
            yield Violation("mention.ambiguous", field="words", params=params)
        elif mentioned.keys[0] not in may_see:
            yield Violation("mention.may_not_see", field="words", params=params)


def begins_like_a_letter(words: str) -> bool:
    """Whether a note begins as one begins to a customer; then it is asked whether it is one."""
    return _LETTER.match(words) is not None
