"""How much the packaged phrases find in labelled sentences, and how little they find in ordinary ones (S-TAB)."""

from functools import cache
from pathlib import Path

import pytest
import yaml

from policies.packs import read_pack
from policies.reading import read_body
from policies.rules.wording import Lexicon, gaps_left_out, standing
from policies.values import Phrase, Template

LABELLED = yaml.safe_load((Path(__file__).parent / "wording_labelled.yaml").read_text(encoding="utf-8"))
ORDINARY, FORBIDDEN = LABELLED["ordinary"], LABELLED["forbidden"]


@cache
def lexicon() -> Lexicon:
    rows = [row for row in read_pack("cn-national").rows if row.kind == "phrase"]
    return Lexicon(read_body(Phrase, number, row.key, row.body) for number, row in enumerate(rows, start=1))


def codes_in(text):
    return {finding.phrase.code for finding in standing(lexicon().findings_in(text))}


def test_the_list_is_long_enough_to_say_something():
    assert len(ORDINARY) >= 80
    assert len(FORBIDDEN) >= 150
    assert len({entry["text"] for entry in FORBIDDEN} | set(ORDINARY)) == len(ORDINARY) + len(FORBIDDEN)


def test_what_must_be_found_is_found_in_every_disguise():
    missed = [entry for entry in FORBIDDEN if entry["finds"] not in codes_in(entry["text"])]
    assert missed == []


def test_ordinary_sentences_are_left_alone():
    flagged = {text: codes_in(text) for text in ORDINARY if codes_in(text)}
    assert flagged == {}


@pytest.mark.parametrize("row", [row for row in read_pack("cn-national").rows if row.kind == "template"], ids=str)
def test_the_packaged_templates_hold_no_phrase_at_all(row):
    for _language, text in read_body(Template, 1, row.key, row.body).texts.each():
        assert codes_in(gaps_left_out(text)) == set()


def test_every_group_of_the_library_is_in_the_list():
    labelled = {entry["finds"] for entry in FORBIDDEN}
    assert labelled == {phrase.code for phrase in lexicon().phrases if phrase.group != "conduct"}


def test_the_library_covers_every_row_of_the_taboos():
    """Section 5 has 35 rows; each is cited by a phrase, or by conduct that something in the product keeps."""
    cited = set()
    for row in read_pack("cn-national").rows:
        if row.kind == "phrase" and "ection 5 row" in row.source["en"]:
            numbers = row.source["en"].split("ection 5 row", 1)[1].lstrip("s ").split(";")[0].split("(")[0]
            cited |= {int(number) for number in numbers.replace(",", " ").split() if number.isdecimal()}
    assert cited == set(range(1, 36))


def test_each_taboo_of_the_requirements_is_cited():
    sources = " ".join(row.source["en"] for row in read_pack("cn-national").rows if row.kind == "phrase")
    named = {f"S-TAB-{number:02}" for number in (2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20)}
    assert {code for code in named if code not in sources} == set()
