"""Packs of policies as files: the rows of a jurisdiction together with the test cases that they must pass."""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import yaml

PACKS = Path(__file__).parent


class PackRefused(ValueError):
    """The file is no pack; the message names the place for whoever writes packs."""


@dataclass(frozen=True, slots=True)
class PackRow:
    """A row as the pack declares it; `edition` is the pack's own number for this key."""

    kind: str
    key: str
    edition: int
    valid_from: datetime
    title: dict[str, str]
    source: dict[str, str]
    body: dict
    closing: bool
    check_with_counsel: bool


@dataclass(frozen=True, slots=True)
class Pack:
    """A whole pack. `cases` are checked by `policies.pack_cases`."""

    name: str
    title: dict[str, str]
    rows: tuple[PackRow, ...]
    cases: tuple[dict, ...]


class _PlainLoader(yaml.SafeLoader):
    """YAML without surprises: only whole numbers, true, false and null are not text.

    The stock loader reads 10:00 as 600, a day as a date, and 1.10 as a float that is no amount.
    """


_PlainLoader.yaml_implicit_resolvers = {}
_PlainLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
_PlainLoader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^-?(?:0|[1-9][0-9]*)$"), list("-0123456789"))
_PlainLoader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:null|~|)$"), ["n", "~", ""])


def pack_names() -> list[str]:
    """The packs that come with the release."""
    return sorted(path.stem for path in PACKS.glob("*.yaml"))


def read_pack(name: str) -> Pack:
    """A released pack by its name; PackRefused when there is none of that name or it is badly written."""
    if name not in pack_names():
        raise PackRefused(f"there is no pack {name!r}; there are: {', '.join(pack_names())}")
    return parse_pack((PACKS / f"{name}.yaml").read_text(encoding="utf-8"))


def parse_pack(text: str) -> Pack:
    """A pack from its text."""
    loader = _PlainLoader(text)
    try:
        found = loader.get_single_data()
    finally:
        loader.dispose()
    rows = tuple(_row(entry, number) for number, entry in enumerate(found["rows"], start=1))
    latest: dict[tuple[str, str], PackRow] = {}
    for row in rows:
        before = latest.get((row.kind, row.key))
        if before is not None and not (before.edition < row.edition and before.valid_from < row.valid_from):
            raise PackRefused(f"{row.kind} {row.key}: editions must follow each other in number and time")
        latest[row.kind, row.key] = row
    return Pack(found["pack"], found["title"], rows, tuple(found["cases"]))


def _row(entry: dict, number: int) -> PackRow:
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
        )
    except (KeyError, TypeError, ValueError) as error:
        raise PackRefused(f"row {number} of the pack: {error!r}") from error
    if row.valid_from.tzinfo is None:
        raise PackRefused(f"row {number} of the pack: valid_from has no zone")
    return row
