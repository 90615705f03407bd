"""Where other rooms say what a draft would change in their cases: this one knows policies and no case.

A room registers what it can replay by the kinds that decide it, and how its cases are read in batches.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from policies.in_force import PolicyBook


class Effect(NamedTuple):
    """One difference in one case: figures and codes only, nothing of any person.

    `what`: due, limit, block, amount or text. `name` is the code of the clock, grant or rule that differs; `verdict`
    says how (earlier, later, …). `before` and `after` are instants in ISO, codes or amounts as text, "" for none.
    """

    case_id: int
    case_number: str
    is_open: bool
    what: str
    name: str
    verdict: str
    before: str
    after: str


@dataclass(frozen=True)
class Comparison:
    """Every policy as it holds, and with the draft in place of its row. `at` is the moment of asking."""

    kind: str
    key: str
    at: datetime
    before: PolicyBook
    after: PolicyBook
    seen: dict = field(default_factory=dict)


class FoundWords(NamedTuple):
    """What the wording check says to a text: how grave it is, the words found, and what to say instead."""

    severity: str
    words: str
    title: str
    why: str
    instead: str


class ToldText(NamedTuple):
    """The text of a policy in one case, before and after, "" for none; `is_filled` with what is the case's own.

    `found` is the verdict of the wording check on the text after.
    """

    before: str
    after: str
    is_filled: bool
    found: tuple[FoundWords, ...] = ()


Replay = Callable[[Comparison, Sequence[int]], Iterable[Effect]]


class Cases(NamedTuple):
    """How cases are read. `count(at)`; `batch(at, after, size)` gives their ids in ascending order, after one.

    `links(viewer, ids, at)` gives the address of each case that the viewer may open, and leaves the others out;
    `hidden_from(viewer, ids)` names those of which the viewer must not even hear.
    """

    count: Callable[[datetime], int]
    batch: Callable[[datetime, int, int], list[int]]
    links: Callable[[object, Iterable[int], datetime], Mapping[int, str]]
    hidden_from: Callable[[object, Iterable[int]], set[int]]


Texts = Callable[..., Mapping[int, ToldText]]
"""`texts(rows, case_ids, viewer=…, at=…, seen_at=…)`: the values before and after, and the texts by case."""

_replays: dict[str, list[Replay]] = {}
_cases: list[Cases] = []
_texts: dict[str, Texts] = {}


def register_replay(kinds: Iterable[str], replay: Replay) -> None:
    """Let a room say what a draft of these kinds changes in a batch of its cases."""
    for kind in kinds:
        known = _replays.setdefault(kind, [])
        if replay not in known:
            known.append(replay)


def register_texts(kind: str, texts: Texts) -> None:
    """Let a room show the texts that a draft of this kind makes; they are made for each reader and never kept."""
    _texts[kind] = texts


def texts_of(kind: str) -> Texts | None:
    """What shows the texts of this kind; None where the kind has none."""
    return _texts.get(kind)


def register_cases(cases: Cases) -> None:
    """Let the room of cases say how they are read. Registering again replaces it."""
    _cases[:] = [cases]


def can_change_cases(kind: str) -> bool:
    """Whether a draft of this kind can be held against cases, and so must be before it is switched on."""
    return bool(_replays.get(kind)) and bool(_cases)


def cases() -> Cases:
    """How cases are read; IndexError where no room has any."""
    return _cases[0]


def effects_of(comparison: Comparison, case_ids: Sequence[int]) -> Iterator[Effect]:
    """Every difference that the draft makes in these cases."""
    for replay in _replays.get(comparison.kind, ()):
        yield from replay(comparison, case_ids)
