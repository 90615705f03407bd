"""Who is meant by @, and what begins like a letter."""

import pytest

from complaints.rules.mentioning import Mentioned, begins_like_a_letter, mentions_in, violations_in_mentions

NAMES = {"安娜": (1,), "安": (9,), "ana": (1,), "沈文": (2,), "王芳": (3, 4), "wang.fang": (3,)}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("@安娜请看", [("安娜", (1,))]),
        ("请＠沈文批一下，@ANA 也看看", [("沈文", (2,)), ("ANA", (1,))]),
        ("问@王芳", [("王芳", (3, 4))]),
        ("问 @wang.fang。", [("wang.fang", (3,))]),
        ("@anabel 是谁", [("anabel", ())]),
        ("发到 lin@example.com", []),
        ("改到 @ 18:00，@18:00 也行，@@", []),
        ("@李四 呢", [("李四", ())]),
        ("", []),
    ],
)
def test_names_are_found_as_people_write_them(words, found):
    assert [tuple(mentioned) for mentioned in mentions_in(words, NAMES)] == found


def test_without_names_nobody_is_meant():
    assert list(mentions_in("@安娜", {})) == [Mentioned("安娜", ())]


def test_only_one_person_who_may_see_it_can_be_named():
    found = [Mentioned("a", (1,)), Mentioned("b", (2,)), Mentioned("c", ()), Mentioned("d", (1, 2))]
    violations = list(violations_in_mentions(found, frozenset({1})))
    assert [(violation.code, violation.params["name"]) for violation in violations] == [
        ("mention.may_not_see", "b"),
        ("mention.unknown", "c"),
        ("mention.ambiguous", "d"),
    ]
    assert {violation.field for violation in violations} == {"words"}


@pytest.mark.parametrize(
    "words",
    [
        "林女士您好，何佳说今天能付",
        "尊敬的顾客：",
        " 亲，您的包裹",
        "您好！",
        "你好，请问",
        "Dear Ms Lin,",
        "Hello there",
    ],
)
def test_a_letter_is_recognised_by_how_it_begins(words):
    assert begins_like_a_letter(words)


@pytest.mark.parametrize(
    "words",
    ["顾客说您好之后就挂了电话，然后又打来问什么时候付", "亲自去仓库看了", "电话问了何佳", "", "History of the case"],
)
def test_a_note_is_left_alone(words):
    assert not begins_like_a_letter(words)
