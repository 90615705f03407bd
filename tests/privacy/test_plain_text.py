"""What no text may hold (F1, F3)."""

import time

import pytest

from casemgmt.privacy.plain_text import violations_in_text
from casemgmt.privacy.words import violations_in_words


def codes(text, **options):
    return [violation.code for violation in violations_in_text(text, **options)]


@pytest.mark.parametrize(
    "text", ["", "收到货就坏了！", "Ḟ́ine", "สวัสดี", "<script>alert(1)</script>", "\r\n[INFO] fake", "👩‍👩‍👧"]
)
def test_ordinary_text_is_let_be(text):
    assert codes(text) == []


def test_null_and_half_characters_are_refused_together():
    assert codes("a\x00\ud800") == ["text.null_character", "text.half_character"]


def test_the_limit_is_the_last_length_that_passes():
    assert codes("字" * 20_000) == []
    assert codes("字" * 20_001) == ["text.too_long"]


def test_accents_may_stand_on_a_letter_but_not_be_piled_up():
    assert codes("a" + "\u0301" * 8) == []
    assert codes("a" + "\u0301" * 9) == ["text.piled_up_accents"]


def test_a_huge_text_is_refused_at_once():
    began = time.perf_counter()
    assert codes("a" + "\u0301" * 10_000_000) == ["text.too_long"]
    assert time.perf_counter() - began < 0.5


@pytest.mark.parametrize("words", [None, "", " \n\t "])
def test_words_must_be_there(words):
    assert [violation.code for violation in violations_in_words(words)] == ["words.missing"]
