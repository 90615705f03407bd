"""What a policy says about other policies by their keys, said by their titles."""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from django.utils.translation import get_language

from policies.models import PolicyKind, PolicyRow

KIND_OF: Mapping[str, str] = MappingProxyType(
    {
        "law": PolicyKind.LEGAL_REFERENCE,
        "calendar": PolicyKind.CALENDAR,
        "escalation": PolicyKind.ESCALATION,
        "template": PolicyKind.TEMPLATE,
        "categories": PolicyKind.CATEGORY,
        "parent": PolicyKind.CATEGORY,
        "when": PolicyKind.CATEGORY,
        "grounds": PolicyKind.REFUSAL_GROUND,
        "entitlement": PolicyKind.ENTITLEMENT,
    }
)
"""entry of a body → kind of the policies whose keys stand in it."""

_KEY = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")
_AMONG_WORDS = re.compile(r"[a-z0-9_]+(?:\.[a-z0-9_]+)+")
"""Conditions name other things too, some by words that are keys of whole branches: there only what has a dot is one."""


def with_titles(entries: Iterable[tuple[str, list[str]]]) -> list[tuple[str, list[str]]]:
    """The entries, by their code, with the titles of the newest editions in place of keys; one query, none without."""
    entries = list(entries)
    wanted = {
        (KIND_OF[entry], key)
        for entry, lines in entries
        if entry in KIND_OF
        for line in lines
        for key in _keys(entry).findall(line)
    }
    titles = _titles(wanted) if wanted else {}
    return [(entry, [_told(line, entry, titles) for line in lines]) for entry, lines in entries]


def _keys(entry: str) -> re.Pattern:
    return _AMONG_WORDS if entry == "when" else _KEY


def _titles(wanted: set[tuple[str, str]]) -> dict[tuple[str, str], str]:
    rows = PolicyRow.objects.filter(kind__in={kind for kind, _key in wanted}, key__in={key for _kind, key in wanted})
    column = "title_zh" if (get_language() or "").startswith("zh") else "title_en"
    return {(kind, key): title for kind, key, title in rows.order_by("edition").values_list("kind", "key", column)}


def _told(line: str, entry: str, titles: Mapping[tuple[str, str], str]) -> str:
    if entry not in KIND_OF:
        return line
    return _keys(entry).sub(lambda found: titles.get((KIND_OF[entry], found[0])) or found[0], line)
