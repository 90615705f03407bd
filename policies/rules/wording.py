"""Which phrases of the library stand in a text, where, and whether something approved covers them (S-TAB, S-PRO-02).

Pure, and one pass over the text however many phrases there are: every wording is a word, or a few with room between
them, of one automaton. Text is folded first, so a disguise hides nothing; what is found is shown in the text as it
was typed.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import accumulate

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from policies.rules.amounts import amount_in
from policies.rules.folding import fold, places
from policies.rules.personal_numbers import may_hold_numbers, numbers_in
from policies.rules.phrase_forms import ROOM, parts_of_form
from policies.values.phrases import Phrase

BLOCK, NEEDS_APPROVAL, WARN = "block", "needs_approval", "warn"
STRENGTH = {BLOCK: 0, NEEDS_APPROVAL: 1, WARN: 2}
_REACH, _BEHIND = 16, 4
_WALL = "囧" * (ROOM + 1)
_ENDS_A_CLAUSE = re.compile(r"[,，.。;；!！?？\n]")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Cover:
    """Something approved that may be promised: a kind of compensation or remedy, up to an amount if it has one."""

    kind: str
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A phrase in a text. `start` and `end` are places in the text as it was typed, `words` what stands there."""

    phrase: Phrase
    start: int
    end: int
    words: str
    is_covered: bool = False

    @property
    def severity(self) -> str:
        """block, needs_approval or warn."""
        return self.phrase.gravity


@dataclass(frozen=True, slots=True)
class _Wording:
    """One wording of one phrase; `is_exception` excuses what lies within it. `anchor` is the longest of its words."""

    phrase: int
    parts: tuple[str, ...]
    is_exception: bool

    @property
    def anchor(self) -> int:
        """Which part is looked for; the others only where it stands."""
        return max(range(len(self.parts)), key=lambda place: (len(self.parts[place]), place))

    def spans_at(self, folded: str, start: int) -> Iterator[Span]:
        """Every span of the whole wording whose anchor begins here."""
        anchor = self.anchor
        end = start + len(self.parts[anchor])
        for first in _starts_before(folded, self.parts[:anchor], start):
            for last in _ends_after(folded, self.parts[anchor + 1 :], end):
                yield first, last


class Lexicon:
    """All phrases in force, ready to be looked for. Make it with `lexicon_of`, which keeps the last ones."""

    def __init__(self, phrases: Iterable[Phrase]):
        self.phrases = tuple(phrases)
        self._detectors = {kind: phrase for phrase in self.phrases for kind in phrase.detects}
        anchored: dict[str, list[_Wording]] = defaultdict(list)
        for number, phrase in enumerate(self.phrases):
            for is_exception, forms in ((False, phrase.forms), (True, phrase.unless)):
                for form in forms:
                    wording = _Wording(number, parts_of_form(form), is_exception)
                    anchored[wording.parts[wording.anchor]].append(wording)
        self._anchored = list(anchored.values())
        self._automaton = AhoCorasick(list(anchored), matchkind=MatchKind.Standard, implementation=Implementation.DFA)

    def findings_in(self, text: str, *, channel: str = "", covers: Iterable[Cover] = ()) -> list[Finding]:
        """Every phrase that is found, in the order of the text; what is covered is marked, not left out.

        `channel` "" asks for every phrase. Overlapping wordings of one phrase are one finding.
        """
        folded = fold(text)
        hits = self._automaton.find_matches_as_indexes(folded, overlapping=True)
        has_numbers = bool(self._detectors) and may_hold_numbers(folded)
        if not hits and not has_numbers:
            return []
        covers = tuple(covers)
        spans = self._spans(text, folded, hits) if hits else {}
        found = [
            self._finding(self.phrases[number], text, start, end, covers)
            for number, places_found in spans.items()
            for start, end in places_found
        ]
        if has_numbers:
            for number in numbers_in(text):
                phrase = self._detectors.get(number.kind)
                if phrase is not None:
                    found.append(self._finding(phrase, text, number.start, number.end, covers))
        found = [finding for finding in found if _is_for(finding.phrase, channel)]
        return sorted(found, key=lambda finding: (finding.start, finding.end, finding.phrase.order))

    def _spans(self, text: str, folded: str, hits) -> dict[int, list[Span]]:
        matches: dict[int, set[Span]] = defaultdict(set)
        exceptions: list[tuple[_Wording, int]] = []
        for anchor, start, _end in hits:
            for wording in self._anchored[anchor]:
                if wording.is_exception:
                    exceptions.append((wording, start))
                else:
                    matches[wording.phrase].update(wording.spans_at(folded, start))
        if not any(matches.values()):
            return {}
        origin = places(text)
        excuses: dict[int, set[Span]] = defaultdict(set)
        for wording, start in exceptions:
            if matches.get(wording.phrase):
                within = (span for span in wording.spans_at(folded, start) if _is_within_a_clause(text, origin, span))
                excuses[wording.phrase].update(within)
        found = {}
        for number, spans in matches.items():
            whole = [span for span in _nearest(spans) if _stands_alone(text, folded, origin, span)]
            left = _merged(_not_excused(whole, sorted(excuses[number])))
            found[number] = [(origin[start], origin[end - 1] + 1) for start, end in left]
        return found

    def _finding(self, phrase, text, start, end, covers) -> Finding:
        words = text[start:end]
        return Finding(phrase, start, end, words, _is_covered(phrase, text[start : end + _REACH], end - start, covers))


@lru_cache(maxsize=4)
def lexicon_of(phrases: tuple[Phrase, ...]) -> Lexicon:
    """The lexicon of these phrases, made once while they are asked for again and again."""
    return Lexicon(phrases)


def _starts_before(folded: str, parts: tuple[str, ...], end: int) -> Iterator[int]:
    """Where a wording may begin whose words up to here are `parts`, each within its room of the next."""
    if not parts:
        yield end
        return
    *earlier, part = parts
    low, place = max(0, end - ROOM - len(part)), end
    while (place := folded.rfind(part, low, place)) >= 0:
        yield from _starts_before(folded, tuple(earlier), place)
        place += len(part) - 1


def _ends_after(folded: str, parts: tuple[str, ...], start: int) -> Iterator[int]:
    """Where a wording may end whose further words are `parts`."""
    if not parts:
        yield start
        return
    part, *later = parts
    high, place = start + ROOM + len(part), start - 1
    while (place := folded.find(part, place + 1, high)) >= 0:
        yield from _ends_after(folded, tuple(later), place + len(part))


def _nearest(spans: Iterable[Span]) -> list[Span]:
    """Of spans with one end the shortest, and of those with one beginning; in their order."""
    by_end: dict[int, int] = {}
    for start, end in spans:
        by_end[end] = max(start, by_end.get(end, start))
    by_start: dict[int, int] = {}
    for end, start in by_end.items():
        by_start[start] = min(end, by_start.get(start, end))
    return sorted(by_start.items())


def _stands_alone(text: str, folded: str, origin: list[int], span: Span) -> bool:
    """Whether a wording of Latin letters or digits is a word of its own, not a piece of a longer one."""
    start, end = span
    before, after = origin[start] - 1, origin[end - 1] + 1
    return not (
        (_is_latin(folded[start]) and before >= 0 and _is_latin(fold(text[before])[-1:]))
        or (_is_latin(folded[end - 1]) and after < len(text) and _is_latin(fold(text[after])[:1]))
    )


def _is_within_a_clause(text: str, origin: list[int], span: Span) -> bool:
    """Whether no clause ends inside: a "no" of one clause does not excuse a promise of the next."""
    start, end = span
    return _ENDS_A_CLAUSE.search(text, origin[start], origin[end - 1]) is None


def _is_latin(letter: str) -> bool:
    return letter.isascii() and letter.isalnum()


def _not_excused(spans: list[Span], excuses: list[Span]) -> Iterator[Span]:
    """The spans that lie in no exception."""
    starts = [start for start, _end in excuses]
    furthest = list(accumulate((end for _start, end in excuses), max))
    for start, end in spans:
        place = bisect_right(starts, start) - 1
        if place < 0 or furthest[place] < end:
            yield start, end


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _is_for(phrase: Phrase, channel: str) -> bool:
    return not channel or not phrase.channels or channel in phrase.channels


def _is_covered(phrase: Phrase, reach: str, length: int, covers: tuple[Cover, ...]) -> bool:
    """Whether something approved may be promised in these words, as much as they promise.

    The amount stands in the words, or right behind them.
    """
    if not phrase.covered_by or not covers:
        return False
    amount = amount_in(reach, length + _BEHIND)
    return any(
        cover.kind in phrase.covered_by and (amount is None or cover.amount is None or amount <= cover.amount)
        for cover in covers
    )


def standing(findings: Iterable[Finding]) -> list[Finding]:
    """What is not covered, the gravest first."""
    left = [finding for finding in findings if not finding.is_covered]
    return sorted(left, key=lambda finding: (STRENGTH[finding.severity], finding.start))


def gaps_left_out(text: str) -> str:
    """A template without its gaps, whose ends do not meet: what will stand there is checked when it is written."""
    return re.sub(r"\{\{[^{}]*\}\}", _WALL, text)
