"""Templates of letters and scripts: named gaps that a case fills, refused when no case could, and polite ones."""

import pytest

from policies.lookup import templates_in_force
from policies.reading import BodyRefused, read_body
from policies.rules.filling import filled, gaps_in, is_word_for_word, parts_of, unknown_variables
from policies.values import Template
from tests.cast import AT

BODY = {
    "label": {"en": "Receipt", "zh": "收到"},
    "order": 1,
    "channels": ["qianniu"],
    "purpose": "first_answer",
    "texts": {"zh": "{{customer}}您好，编号{{ case_number }}。"},
}
RUDE = ("您理解错了", "全额退款", "免费换货", "不关我们", "不可能", "规定就是", "无法受理", "您必须", "亲，")


def faults_in(**changes):
    with pytest.raises(BodyRefused) as refused:
        read_body(Template, 1, "x", BODY | changes)
    return [(found.code, found.params["place"]) for found in refused.value.violations]


def test_a_template_is_filled_from_what_is_known():
    template = read_body(Template, 7, "receipt", BODY)
    assert (template.policy_id, template.apology) == (7, "none")
    words = filled(template.texts.zh, {"customer": "林", "case_number": "C-1"}, {})
    assert words == "林您好，编号C-1。"


def test_what_is_not_known_stays_a_gap_under_the_readers_name():
    words = filled("退您{{amount}}，{{due}}前到账。", {"amount": " ", "due": "明天"}, {"amount": "金额"})
    assert words == "退您{{金额}}，明天前到账。"
    assert gaps_in(words) == ["金额"]
    assert [part.variable for part in parts_of("a{{due}}", {"due": "x"}, {})] == ["", "due"]


def test_braces_in_a_value_open_no_gap_and_no_code_runs():
    assert gaps_in(filled("{{reason}}", {"reason": "{{amount}} {% now %}"}, {})) == []
    assert filled("{% now %} {{shop}}", {"shop": "{{ settings }}"}, {}) == "{% now %} { settings }"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("林您好，编号C-1。", True),
        (" 林您好，\n编号 C-1。", True),
        ("林女士，您好！编号C-1。", False),
        ("您好", False),
        ("", False),
    ],
)
def test_a_template_as_it_stands_is_known_again(written, expected):
    assert is_word_for_word("{{customer}}您好，编号{{ case_number }}。", written) is expected


def test_texts_are_read_in_the_language_there_is():
    both = read_body(Template, 1, "x", BODY | {"texts": {"zh": "您好", "en": "Hello"}}).texts
    assert (both.in_language("zh-hans"), both.in_language("en")) == ("您好", "Hello")
    assert read_body(Template, 1, "x", BODY).texts.in_language("en") == BODY["texts"]["zh"]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"texts": {"zh": "{{nobody}}您好"}}, ("policy.unknown_variable", "texts.zh")),
        ({"texts": {"zh": "{{}}您好"}}, ("policy.unknown_variable", "texts.zh")),
        ({"texts": {"zh": "{{customer.phone}}"}}, ("policy.unknown_variable", "texts.zh")),
        ({"texts": {"zh": "{{customer您好"}}, ("policy.braces_broken", "texts.zh")),
        ({"texts": {"zh": "customer}}您好"}}, ("policy.braces_broken", "texts.zh")),
        ({"channels": []}, ("policy.empty_list", "channels")),
        ({"channels": ["pigeon"]}, ("policy.not_a_choice", "channels[0]")),
        ({"texts": {"en": "{{nobody}}, hello"}}, ("policy.unknown_variable", "texts.en")),
        ({"texts": {}}, ("policy.no_text", "texts")),
        ({"purpose": "fun"}, ("policy.not_a_choice", "purpose")),
        ({"texts": {"zh": " "}}, ("policy.not_a_text", "texts.zh")),
    ],
)
def test_a_template_that_no_case_could_fill_is_refused(changes, fault):
    assert faults_in(**changes) == [fault]


def test_every_packaged_template_can_be_read_in_both_languages(cast):
    for template in templates_in_force(AT).values():
        assert {language for language, _text in template.texts.each()} == {"zh", "en"}, template.code
        assert set(gaps_in(template.texts.en)) <= set(gaps_in(template.texts.zh)), template.code


def test_unknown_names_are_told_once_each():
    assert unknown_variables("{{a}}{{b}}{{a}}{{due}}") == ["a", "b"]


def test_the_packaged_ones_cover_the_road_of_a_case(cast):
    templates = templates_in_force(AT)
    assert {template.purpose for template in templates.values()} >= {
        "first_answer", "enquiry", "progress", "offer", "outcome", "refusal", "follow_up", "commitment_kept",
    }  # fmt: skip
    assert {template.apology for template in templates.values()} == {"none", "for_our_fault", "for_experience"}
    assert any("phone" in template.channels for template in templates.values())


def test_the_packaged_ones_keep_the_taboos(cast):
    """S-COM-20, S-TAB-02, 03, 05, 15, 19: sorry or thanks in each; nothing hurts, promises too much or blames."""
    for template in templates_in_force(AT).values():
        assert not [phrase for phrase in RUDE if phrase in template.texts.zh], template.code
        is_contract = template.code == "settlement_agreement"  # which thanks nobody
        assert is_contract or any(kind in template.texts.zh for kind in ("谢谢", "抱歉", "对不起")), template.code
        if template.apology != "none":
            assert any(sorry in template.texts.zh for sorry in ("对不起", "不好意思")), template.code


def test_a_script_says_first_whom_it_wants_and_who_speaks(cast):
    """S-COM-04, WC-20."""
    for code in ("call_opening", "call_follow_up"):
        text = templates_in_force(AT)[code].texts.zh
        assert text.index("{{customer}}") < text.index("{{shop}}") < text.index("{{handler}}")
