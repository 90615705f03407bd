"""A policy speaks of other policies by their titles, in the reader's language."""

import re
from dataclasses import replace

import pytest
from django.utils import translation

from policies.models import PolicyRow
from policies.telling_changes import told_of
from policies.titles import KIND_OF
from policies.words.bodies import NAMES, body_in_words

pytestmark = pytest.mark.django_db


def told(kind: str, key: str, language: str = "en") -> dict[str, list[str]]:
    """The body of a row in words, by the name of the entry."""
    with translation.override(language):
        return dict(told_of(PolicyRow.objects.filter(kind=kind, key=key, state="active").order_by("-edition").first()))


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_no_key_of_another_policy_is_shown(language):
    rows = PolicyRow.objects.filter(state="active", closing=False)
    keys = {entry: set(rows.filter(kind=kind).values_list("key", flat=True)) for entry, kind in KIND_OF.items()}
    found = []
    with translation.override(language):
        names = {str(NAMES[entry]): entry for entry in KIND_OF}
        for row in rows:
            for name, lines in told_of(row):
                shown = set(re.findall(r"[a-z0-9]+(?:[._-][a-z0-9]+)+", " ".join(lines)))
                found += [(row.key, name, key) for key in shown & keys.get(names.get(name, ""), set())]
    assert not found


def test_a_clock_names_its_calendar_and_its_law():
    words = told("clock", "resolution", "zh-hans")
    assert words["工作日历"] == ["工作日历（含调休）"]
    assert words["法律依据"] != ["order-73-art-8"]


def test_facts_and_reasons_have_words():
    with translation.override("en"):
        lines = [
            line for row in PolicyRow.objects.filter(kind="category") for _n, found in told_of(row) for line in found
        ]
    assert "damage_cause" not in " ".join(lines)
    assert "cause of damage" in " ".join(lines)
    guide = " ".join(line for lines in told("call_guide", "default").values() for line in lines)
    assert "harassed by the shop" in guide


def test_templates_name_their_gaps_regions_and_clocks_in_words():
    rows = PolicyRow.objects.filter(state="active", closing=False)
    with translation.override("en"):
        lines = {row.key: " ".join(line for _name, found in told_of(row) for line in found) for row in rows}
        clock = rows.get(kind="clock", key="resolution").value()
        regional = dict(body_in_words(replace(clock, regions=("CN-ZJ", "DE"))))
        assert regional[str(NAMES["regions"])] == ["Zhejiang, DE"]
        assert regional[str(NAMES["clock"])] == ["resolution"]
    assert any("{{customer's surname}}" in words for words in lines.values())
    for variable in ("customer", "order_number", "case_number"):
        assert not [key for key, words in lines.items() if f"{{{{{variable}}}}}" in words]
