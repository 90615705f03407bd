"""Packs of policies: the rows of a jurisdiction together with the test cases that they must pass.

A pack is a folder: `pack.yaml` names it, every other file holds the rows of one subject and their cases.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import yaml

PACKS = Path(__file__).parent
HEAD = "pack.yaml"


class PackRefused(ValueError):
    """The files are no pack; the message names file and line for whoever writes packs."""


@dataclass(frozen=True, slots=True)
class PackRow:
    """A row as the pack declares it; `edition` is the pack's own number for this key, `place` its file and line."""

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


@dataclass(frozen=True, slots=True)
class Pack:
    """A whole pack. `cases` are checked by `policies.pack_cases`; `needs` names the packs that its rows stand on."""

    name: str
    title: dict[str, str]
    rows: tuple[PackRow, ...]
    cases: tuple[dict, ...]
    needs: tuple[str, ...] = ()


class _PlainLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """YAML without surprises: only whole numbers, true, false and null are not text. Read by libyaml where it is.

    The stock loader reads 10:00 as 600, a day as a date, 1.10 as a float that is no amount, and of two equal keys
    the last.
    """

    def construct_mapping(self, node, deep=False):
        """A mapping whose keys are all different."""
        names = [key.value for key, _value in node.value]
        twice = next((key for key, _value in node.value if names.count(key.value) > 1), None)
        if twice is not None:
            raise yaml.constructor.ConstructorError(
                "while reading a mapping", node.start_mark, f"found {twice.value!r} twice", twice.start_mark
            )
        return super().construct_mapping(node, deep=deep)


_PlainLoader.yaml_implicit_resolvers = {}
_PlainLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
_PlainLoader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^-?(?:0|[1-9][0-9]*)$"), list("-0123456789"))
_PlainLoader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:null|~|)$"), ["n", "~", ""])


@dataclass(frozen=True, slots=True)
class _Part:
    """What one file of a pack holds."""

    where: str
    said: dict
    lines: dict[str, list[int]]

    def rows(self) -> Iterable[PackRow]:
        """Its rows, each with its place."""
        for entry, line in zip(self.said.get("rows") or (), self.lines.get("rows", ()), strict=True):
            yield _row(entry, f"{self.where}, line {line}")


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
    cases = tuple(case for part in parts.values() for case in part.said.get("cases") or ())
    return Pack(head["pack"], head["title"], rows, cases, tuple(head["needs"]))


def _head(said: dict) -> dict:
    for name in ("pack", "title"):
        if name not in said:
            raise PackRefused(f"{HEAD}: {name} is missing")
    needs = said.get("needs") or []
    if not isinstance(needs, list) or not all(isinstance(needed, str) for needed in needs):
        raise PackRefused(f"{HEAD}: needs is a list of packs")
    return said | {"needs": needs}


def _part(where: str, text: str) -> _Part:
    loader = _PlainLoader(text)
    try:
        node = loader.get_single_node()
        said = loader.construct_document(node) if node is not None else {}
    except yaml.YAMLError as error:
        raise PackRefused(f"{where}: {error}") from error
    finally:
        loader.dispose()
    if not isinstance(said, dict):
        raise PackRefused(f"{where}: rows and cases stand under their names")
    lines = {
        key.value: [item.start_mark.line + 1 for item in value.value]
        for key, value in (node.value if node is not None else ())
        if isinstance(value, yaml.SequenceNode)
    }
    return _Part(where, said, lines)


def _row(entry: dict, place: str) -> PackRow:
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
        )
    except (KeyError, TypeError, ValueError) as error:
        raise PackRefused(f"{place}: {error!r}") from error
    if row.valid_from.tzinfo is None:
        raise PackRefused(f"{place}: valid_from has no zone")
    return row
