"""How the tests read the words of the product: from the code, from the templates, and from the catalogue.

In pure Python, so that it works where gettext is not installed. Templates are read by Django's own templatize.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation.template import templatize

from tests.house.reading import PRODUCT, ROOT

PO = ROOT / "casemgmt" / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
MO = PO.with_suffix(".mo")

# The place of context, text and plural among the arguments.
CALLS = {
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
TEXT = r"""u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
CALL_IN_TEMPLATE = re.compile(rf"\b(n?p?gettext|_)\(\s*{TEXT}(?:\s*,\s*{TEXT})?(?:\s*,\s*{TEXT})?")
ESCAPES = {"n": "\n", "t": "\t"}


@dataclass(frozen=True)
class Words:
    """What a person reads, in English: with its context, and its plural where it counts."""

    text: str
    context: str | None = None
    plural: str | None = None


@dataclass(frozen=True)
class Entry:
    """One entry of the catalogue."""

    words: Words
    chinese: tuple[str, ...]
    fuzzy: bool


@cache
def words_of_the_product() -> dict[Words, str]:
    """Every translatable string of code and templates, and one file that holds it."""
    found = {}
    for path in [*_below(*(ROOT / room for room in PRODUCT)), *_below(ROOT / "templates")]:
        for words in words_in(path):
            found.setdefault(words, str(path.relative_to(ROOT)))
    return found


def words_in(path: Path) -> Iterator[Words]:
    """The translatable strings of one Python file or template."""
    text = path.read_text(encoding="utf-8")
    return _in_python(ast.parse(text)) if path.suffix == ".py" else _in_template(templatize(text))


def words_below(folder: Path) -> set[Words]:
    """The translatable strings of an installed package."""
    return {words for path in _below(folder) for words in words_in(path)}


def _below(*folders: Path) -> list[Path]:
    return sorted(
        path
        for folder in folders
        for path in (folder.rglob("*") if folder.is_dir() else [folder])
        if path.suffix in {".py", ".html", ".txt"} and not {"migrations", "locale"} & set(path.parts)
    )


def _in_python(tree: ast.Module) -> Iterator[Words]:
    meant = {name: name for name in CALLS}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            meant |= {alias.asname: alias.name for alias in node.names if alias.asname and alias.name in CALLS}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = getattr(node.func, "id", getattr(node.func, "attr", None))
            arguments = [argument.value if isinstance(argument, ast.Constant) else None for argument in node.args]
            if called in meant:
                yield from _words(CALLS[meant[called]], arguments)


def _in_template(calls: str) -> Iterator[Words]:
    for called, *arguments in CALL_IN_TEMPLATE.findall(calls):
        texts = [ast.literal_eval(argument) for argument in arguments if argument]
        yield from _words(CALLS["gettext" if called == "_" else called], texts)


def _words(places: tuple, arguments: list) -> Iterator[Words]:
    context, text, plural = (
        arguments[place] if place is not None and place < len(arguments) else None for place in places
    )
    if isinstance(text, str) and text:
        yield Words(text, context, plural)


@cache
def entries() -> tuple[Entry, ...]:
    """The committed catalogue, without its head and without what is commented out."""
    blocks = PO.read_text(encoding="utf-8").strip().split("\n\n")
    return tuple(entry for block in blocks if (entry := _entry(block)) and entry.words.text)


def _entry(block: str) -> Entry | None:
    parts: dict[str, str] = {}
    fuzzy, part = False, ""
    for line in block.splitlines():
        if line.startswith("#"):
            fuzzy = fuzzy or (line.startswith("#,") and "fuzzy" in line)
            continue
        if match := re.fullmatch(r'(msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?) (".*")', line):
            part, line = match.groups()
        parts[part] = parts.get(part, "") + re.sub(r"\\(.)", lambda found: ESCAPES.get(found[1], found[1]), line[1:-1])
    if "msgid" not in parts:
        return None
    words = Words(parts["msgid"], parts.get("msgctxt"), parts.get("msgid_plural"))
    return Entry(words, tuple(text for part, text in parts.items() if part.startswith("msgstr")), fuzzy)
