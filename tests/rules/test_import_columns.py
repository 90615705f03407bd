"""Which column is which: by heading, by content, and what is said against a matching."""

import pytest

from complaints.rules.import_columns import (
    COLUMNS,
    Matching,
    field_of,
    is_certain,
    proposed,
    shape_of,
    violations_in_matching,
    words_in,
)

NEEDED = ("投诉时间", "投诉渠道", "投诉内容")
SAMPLE = ("2026-10-01 08:28", "电话", "袖口开线，退货没人理。")


def test_a_heading_stands_for_one_field_alone():
    known = [heading for headings in COLUMNS.values() for heading in headings]
    assert len(known) == len(set(known))
    assert {field_of(headings[0]) for headings in COLUMNS.values()} == set(COLUMNS)


@pytest.mark.parametrize("heading", ["投诉时间", " 投诉时间 ", "Complaint Time", "RECEIVED_AT", "ｄａｔｅ"])
def test_headings_are_known_in_any_dress(heading):
    assert field_of(heading) == "received_at"


def test_what_no_heading_tells_is_guessed_by_content_and_marked():
    headings = ("时刻", "从哪来", "联系", "邮", "单", "说了什么", "备注")
    samples = [
        ("2026/10/1 08:28", "电话", "13571462049", "a@b.cn", "2698141437919189", "袖口开线，退货一直没有人理我。", "x")
    ]
    found = proposed(headings, samples, [("电话",) if n == 1 else () for n in range(7)])
    assert found.fields == ("received_at", "channel", "phone", "email", "order_number", "content", "")
    assert found.guessed == {0, 1, 2, 3, 4, 5}
    assert not is_certain(headings, found, [()] * 7)


def test_nobody_is_asked_when_all_is_known():
    choices = [None, ("电话", "门店"), None]
    found = proposed(NEEDED, [SAMPLE], [(), ("电话", "门店"), ()])
    assert found.words == {"channel": {"电话": "phone", "门店": "face_to_face"}}
    assert is_certain(NEEDED, found, choices)


@pytest.mark.parametrize("words", [("电话", "传真"), ("电话", "")])
def test_a_channel_that_is_not_known_is_asked_for(words):
    found = proposed(NEEDED, [SAMPLE], [(), words, ()])
    assert not is_certain(NEEDED, found, [None, words, None])


def test_everything_against_a_matching_is_said_at_its_column():
    headings = ("状态", "甲", "乙", "丙")
    matching = Matching(("content", "phone", "phone", "channel"))
    found = list(violations_in_matching(headings, matching, [None, None, None, None]))
    assert [(violation.code, violation.field) for violation in found] == [
        ("import.column_not_allowed", "column_0"),
        ("import.too_many_words", "column_3"),
        ("import.column_twice", "column_2"),
        ("import.column_missing", "file"),
    ]


def test_one_channel_may_be_said_for_all_rows():
    fields = ("received_at", "content")
    wanting = violations_in_matching(("a", "b"), Matching(fields), [None, None])
    assert [violation.code for violation in wanting] == ["import.channel_column_missing"]
    said = Matching(fields, {"channel": {"": "phone"}})
    assert not list(violations_in_matching(("a", "b"), said, [None, None]))


def test_the_shape_is_that_of_the_headings_in_their_order():
    assert shape_of([" 渠道", "Phone"]) == shape_of(["渠道", "phone "])
    assert shape_of(["渠道", "phone"]) != shape_of(["phone", "渠道"])


def test_words_are_few_and_short_or_no_words():
    assert words_in(["a", "b", "a", ""]) == ("a", "b", "")
    assert words_in(str(number) for number in range(51)) is None
    assert words_in(["x" * 61]) is None
