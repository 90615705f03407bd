"""Packs of policies: the rows of a jurisdiction together with the test cases that they must pass.

A pack is a folder: `pack.yaml` names it, every other file holds the rows of one subject and their cases.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import yaml

from policies.cases.questions import QUESTIONS
from policies.values import KINDS
from policies.words.cases import LANGUAGES, languages_missing
from policies.yaml_text import YamlText, read_yaml

PACKS = Path(__file__).parent
HEAD = "pack.yaml"
ENTRIES_OF_A_ROW = frozenset(
    {"kind", "key", "edition", "valid_from", "title", "source", "body", "closing", "check_with_counsel"}
)
ENTRIES_OF_A_FILE = frozenset({"pack", "title", "needs", "rows", "cases"})


class PackRefused(ValueError):
    """The files are no pack; the message names file and line for whoever writes packs."""


@dataclass(frozen=True, slots=True)
class PackRow:
    """A row as the pack declares it; `edition` is the pack's own number for this key, `place` its file and line.

    `where`, `number` and `text` lead from an entry of the body to its line.
    """

    kind: str
    key: str
    edition: int
    valid_from: datetime
    title: dict[str, str]
    source: dict[str, str]
    body: dict
    closing: bool
    check_with_counsel: bool
    place: str
    where: str = ""
    number: int = 0
    text: YamlText | None = field(default=None, compare=False, repr=False)

    def file_and_line(self, place: str) -> str:
        """File and line of an entry of the body, for whoever mends it."""
        if self.text is None:
            return self.place
        return f"{self.where}, line {self.text.line_of(f'rows[{self.number}].body.{place}')}"


@dataclass(frozen=True, slots=True)
class Pack:
    """A whole pack. `cases` are asked in `policies.cases`; `needs` names the packs that its rows stand on."""

    name: str
    title: dict[str, str]
    rows: tuple[PackRow, ...]
    cases: tuple[dict, ...]
    needs: tuple[str, ...] = ()
    case_places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Part:
    """What one file of a pack holds."""

    where: str
    said: dict
    text: YamlText

    def place(self, place: str) -> str:
        """File and line."""
        return f"{self.where}, line {self.text.line_of(place)}"

    def rows(self) -> Iterable[PackRow]:
        """Its rows, each with its place."""
        for number, entry in enumerate(self.said.get("rows") or ()):
            yield _row(entry, self, number)

    def cases(self) -> Iterable[tuple[dict, str]]:
        """Its cases with their places; each says in both languages what it is about, and asks one known question."""
        for number, case in enumerate(self.said.get("cases") or ()):
            place = self.place(f"cases[{number}]")
            asked = [name for name in case if name != "says"] if isinstance(case, dict) else []
            if len(asked) != 1 or not isinstance(case[asked[0]], dict):
                raise PackRefused(f"{place}: a case says what it is about, and asks one question with its facts")
            self._refuse_half_told(case, f"cases[{number}].says")
            if asked[0] not in QUESTIONS:
                known = ", ".join(sorted(QUESTIONS))
                raise PackRefused(f"{place}: there is no question {asked[0]!r}; there are: {known}")
            yield case, place

    def _refuse_half_told(self, case: dict, place: str):
        missing = ", ".join(languages_missing(case))
        if missing:
            raise PackRefused(
                f"{self.place(place)}: a case says what it is about in both languages; missing: {missing}"
            )
        if case["says"].keys() - set(LANGUAGES):
            raise PackRefused(f"{self.place(place)}: a case says what it is about in en and zh, nothing else")


def pack_names() -> list[str]:
    """The packs that come with the release."""
    return sorted(path.parent.name for path in PACKS.glob(f"*/{HEAD}"))


def read_pack(name: str) -> Pack:
    """A released pack by its name; PackRefused when there is none of that name or it is badly written."""
    if name not in pack_names():
        raise PackRefused(f"there is no pack {name!r}; there are: {', '.join(pack_names())}")
    return parse_pack({path.name: path.read_text(encoding="utf-8") for path in sorted((PACKS / name).glob("*.yaml"))})


def read_packs(names: Iterable[str]) -> list[Pack]:
    """These packs and all that they need, each once, what is needed first; PackRefused as in `read_pack`."""
    found: dict[str, Pack] = {}
    for name in names:
        _gather(name, found, ())
    return list(found.values())


def _gather(name: str, found: dict[str, Pack], path: tuple[str, ...]) -> None:
    if name in path:
        raise PackRefused(f"packs need each other in a circle: {' → '.join((*path, name))}")
    if name not in found:
        pack = read_pack(name)
        for needed in pack.needs:
            _gather(needed, found, (*path, name))
        found[name] = pack


def parse_pack(files: dict[str, str]) -> Pack:
    """A pack from the texts of its files by their names; one of them is `pack.yaml`."""
    parts = {where: _part(where, text) for where, text in files.items()}
    head = _head(parts[HEAD].said)
    rows = tuple(row for part in parts.values() for row in part.rows())
    latest: dict[tuple[str, str], PackRow] = {}
    for row in rows:
        before = latest.get((row.kind, row.key))
        if before is not None and not (before.edition < row.edition and before.valid_from < row.valid_from):
            raise PackRefused(
                f"{row.place}: editions of {row.kind} {row.key} must follow each other in number and time"
            )
        latest[row.kind, row.key] = row
    cases = [found for part in parts.values() for found in part.cases()]
    return Pack(
        head["pack"],
        head["title"],
        rows,
        tuple(case for case, _place in cases),
        tuple(head["needs"]),
        tuple(place for _case, place in cases),
    )


def _head(said: dict) -> dict:
    for name in ("pack", "title"):
        if name not in said:
            raise PackRefused(f"{HEAD}: {name} is missing")
    needs = said.get("needs") or []
    if not isinstance(needs, list) or not all(isinstance(needed, str) for needed in needs):
        raise PackRefused(f"{HEAD}: needs is a list of packs")
    return said | {"needs": needs}


def _part(where: str, text: str) -> _Part:
    try:
        read = read_yaml(text, may_alias=True)
    except yaml.YAMLError as error:
        raise PackRefused(f"{where}: {error}") from error
    said = {} if read.said is None else read.said
    part = _Part(where, said, read)
    if not isinstance(said, dict):
        raise PackRefused(f"{where}: rows and cases stand under their names")
    for name in said:
        if name not in ENTRIES_OF_A_FILE:
            raise PackRefused(f"{part.place(str(name))}: there is no entry {name!r} in a pack")
        if name in ("rows", "cases") and not isinstance(said[name] or [], list):
            raise PackRefused(f"{part.place(name)}: a list is expected under {name}")
    return part


def _row(entry: object, part: _Part, number: int) -> PackRow:
    place = part.place(f"rows[{number}]")
    if not isinstance(entry, dict):
        raise PackRefused(f"{place}: a row has a kind, a key and more")
    for name in entry.keys() - ENTRIES_OF_A_ROW:
        raise PackRefused(f"{part.place(f'rows[{number}].{name}')}: there is no entry {name!r} in a row")
    try:
        row = PackRow(
            kind=entry["kind"],
            key=entry["key"],
            edition=entry["edition"],
            valid_from=datetime.fromisoformat(entry["valid_from"]),
            title={"en": entry["title"]["en"], "zh": entry["title"]["zh"]},
            source={"en": entry["source"]["en"], "zh": entry["source"]["zh"]},
            body=entry.get("body", {}),
            closing=entry.get("closing", False),
            check_with_counsel=entry.get("check_with_counsel", False),
            place=place,
            where=part.where,
            number=number,
            text=part.text,
        )
    except KeyError as error:
        raise PackRefused(f"{place}: {error.args[0]} is missing") from error
    except (TypeError, ValueError) as error:
        raise PackRefused(f"{place}: {error}") from error
    if row.valid_from.tzinfo is None:
        raise PackRefused(f"{part.place(f'rows[{number}].valid_from')}: valid_from has no zone")
    if row.kind not in KINDS:
        raise PackRefused(f"{part.place(f'rows[{number}].kind')}: there is no kind {row.kind!r}")
    if type(row.edition) is not int or row.edition < 1:
        raise PackRefused(f"{part.place(f'rows[{number}].edition')}: editions count from 1")
    return row
