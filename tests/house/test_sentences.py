"""Every code that can be raised, told or written into history says something, and leads somewhere real."""

import ast
from collections import defaultdict
from functools import cache

import pytest

from casemgmt.sentences import registered
from complaints.admin import buttons
from policies.admin.buttons import POLICY
from tests.house.reading import PRODUCT, sources

TOLD_BY = ("Violation", "queue", "signed")


@cache
def _calls() -> dict[str, list[tuple[str, ast.Call]]]:
    """Every call of one of these names in the product, with its file; the code is read once for all of them."""
    found = defaultdict(list)
    for source in sources():
        for node in ast.walk(source.tree) if source.is_in(*PRODUCT) else ():
            if isinstance(node, ast.Call) and (name := _name_of(node.func)) in TOLD_BY:
                found[name].append((source.path, node))
    return found


def _name_of(func) -> str:
    return func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")


def _first_word(node: ast.Call, place: int) -> str | None:
    argument = node.args[place] if len(node.args) > place else None
    return argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else None


def _keyword(node: ast.Call, name: str) -> str | None:
    for keyword in node.keywords:
        if keyword.arg == name and isinstance(keyword.value, ast.Constant):
            return keyword.value.value
    return None


def violation_codes() -> dict[str, str]:
    return {
        code: path for path, node in _calls()["Violation"] if (code := _first_word(node, 0) or _keyword(node, "code"))
    }


def notice_codes() -> dict[str, str]:
    return {code: path for path, node in _calls()["queue"] if (code := _first_word(node, 1))}


def reasons() -> dict[str, str]:
    found = {code: path for path, node in _calls()["signed"] if (code := _keyword(node, "reason"))}
    return {code: path for code, path in found.items() if path.startswith("complaints/actions/")}


@pytest.mark.parametrize(("code", "path"), sorted(violation_codes().items()), ids=str)
def test_every_violation_has_a_sentence(code, path):
    assert code in registered(), f"{path} yields {code}, which says nothing"


@pytest.mark.parametrize(("code", "path"), sorted(notice_codes().items()), ids=str)
def test_every_notice_has_a_sentence(code, path):
    assert code in registered(), f"{path} tells {code}, which says nothing"


@pytest.mark.parametrize(("code", "path"), sorted(reasons().items()), ids=str)
def test_every_act_has_a_story(code, path):
    assert f"story.{code}" in registered(), f"{path} signs {code}, which the timeline cannot tell"


def test_every_way_to_mend_leads_somewhere():
    names = {action.name for kind in buttons.__all__ for action in getattr(buttons, kind)}
    names |= {action.name for action in POLICY}
    lost = {
        code: sentence.mend_at
        for code, sentence in registered().items()
        if sentence.mend_at and ":" not in sentence.mend_at and sentence.mend_at not in names
    }
    assert not lost
