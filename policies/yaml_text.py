"""YAML as policies are written in it: without surprises, and every value knows its line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml


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
class YamlText:
    """What a text says, and the line of each of its places ("rows[3].body.length"), counted from one."""

    said: object
    lines: dict[str, int]

    def line_of(self, place: str) -> int:
        """The line of a place, or of the nearest place around it; the first line when there is none."""
        while place:
            if place in self.lines:
                return self.lines[place]
            place = place[: max(place.rfind("."), place.rfind("["))] if re.search(r"[.\[]", place) else ""
        return 1


def read_yaml(text: str, *, may_alias: bool = False) -> YamlText:
    """The text, read. Raises yaml.YAMLError, which names the line, for what is no YAML.

    Aliases are for files that come with the release: a few lines of them can say more than fits in any memory.
    """
    loader = _PlainLoader(text)
    try:
        node = loader.get_single_node()
        lines = dict(_places(node, "", None if may_alias else set())) if node is not None else {}
        said = loader.construct_document(node) if node is not None else None
    except ValueError:
        raise yaml.YAMLError("a number has too many digits") from None
    except RecursionError:
        raise yaml.YAMLError("the text is nested too deeply") from None
    finally:
        loader.dispose()
    return YamlText(said, lines)


def _places(node: yaml.Node, place: str, seen: set[int] | None) -> Iterator[tuple[str, int]]:
    """Every place with its line. A node met twice is an alias."""
    if seen is not None:
        if id(node) in seen:
            raise yaml.composer.ComposerError(None, None, "aliases are not used here", node.start_mark)
        seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            here = f"{place}.{key.value}" if place else str(key.value)
            yield here, key.start_mark.line + 1
            yield from _places(value, here, seen)
    elif isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            here = f"{place}[{number}]"
            yield here, item.start_mark.line + 1
            yield from _places(item, here, seen)


class _PlainDumper(yaml.SafeDumper):
    """Writes what `read_yaml` reads back as the same: texts that look like numbers in quotes, lists under their key."""

    def increase_indent(self, flow=False, indentless=False):
        """Lists stand in under their key."""
        return super().increase_indent(flow, False)

    def ignore_aliases(self, data):
        """Nothing is written by reference."""
        return True


def as_yaml(value: object) -> str:
    """A value of a body as text to read and change."""
    return yaml.dump(value, Dumper=_PlainDumper, allow_unicode=True, sort_keys=False, width=100)
