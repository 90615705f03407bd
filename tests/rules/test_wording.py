"""Phrases are found whatever they wear, and nothing else is: boundaries, disguises, exceptions, covers."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.reading import BodyRefused, read_body
from policies.rules.amounts import amount_in
from policies.rules.folding import fold, places
from policies.rules.personal_numbers import kind_of_number, numbers_in
from policies.rules.wording import Cover, Lexicon, lexicon_of, standing
from policies.values import Phrase

BODY = {
    "label": {"en": "x", "zh": "某"},
    "order": 1,
    "group": "taboo",
    "gravity": "warn",
    "arises_in": "words",
    "why": {"en": "x", "zh": "某"},
    "instead": {"en": "x", "zh": "某"},
}


def a_phrase(code="taboo", policy_id=1, **changes):
    return read_body(Phrase, policy_id, code, BODY | changes)


def found(text, *phrases, **asked):
    return [finding.words for finding in standing(Lexicon(phrases).findings_in(text, **asked))]


WRONG = a_phrase(forms=["您理解错了"])


@pytest.mark.parametrize(
    "text",
    [
        "您理解错了",
        "你理解错了",
        "妳理解錯了",
        "您 理 解 错 了",
        "您理。解，错！了",
        "您\u200b理\u200d解\ufeff错\u00ad了",
        "您理解\n错了",
        "您理\u0301解错了",
        "您❤理❤解❤错❤了",
    ],
)
def test_a_disguise_hides_nothing(text):
    assert found(f"不是的，{text}。", WRONG) == [text]


def test_a_finding_names_its_place_in_the_text_as_it_was_typed():
    text = "不是的， 妳 理解，錯了！"
    (finding,) = Lexicon([WRONG]).findings_in(text)
    assert text[finding.start : finding.end] == finding.words == "妳 理解，錯了"


@given(st.lists(st.text(alphabet=" .,-_*·\u200b\u200d　。、❤\n~", max_size=3), min_size=4, max_size=4), st.text())
def test_separators_never_hide_a_phrase(between, around):
    dressed = "".join(letter + gap for letter, gap in zip("您理解错了", [*between, ""], strict=True))
    findings = Lexicon([WRONG]).findings_in(f"{around}\n{dressed}\n{around}")
    assert any(fold(finding.words).endswith("你理解错了") for finding in findings)


@given(st.text())
def test_every_letter_that_is_left_has_a_place(text):
    origin = places(text)
    assert len(origin) == len(fold(text))
    assert origin == sorted(origin)


@given(st.text())
def test_folding_twice_folds_once(text):
    assert fold(fold(text)) == fold(text)


def test_latin_words_are_whole_words():
    rude = a_phrase(forms=["sb", "stupid"])
    assert found("SB！ this is s.t.u.p.i.d", rude) == ["SB", "s.t.u.p.i.d"]
    assert found("USB 接口，stupidity，asbestos", rude) == []


def test_letters_of_other_alphabets_stand_for_what_they_look_like():
    assert found("ѕtuрid ＳＴＵＰＩＤ Ⓢtüpid", a_phrase(forms=["stupid"])) == ["ѕtuрid", "ＳＴＵＰＩＤ", "Ⓢtüpid"]


def test_an_exception_excuses_what_lies_within_it_and_nothing_else():
    promise = a_phrase(forms=["全额退"], unless=["不能…全额退"])
    assert found("我们不能给您全额退款。", promise) == []
    assert found("我们不能全额退款，他却说全额退款。", promise) == ["全额退"]
    assert found("今天不能发货，那就全额退款。", promise) == ["全额退"]


def test_a_gap_has_room_for_eight_letters_and_no_more():
    gift = a_phrase(forms=["补您…红包"])
    assert found("补您12345678红包", gift) == ["补您12345678红包"]
    assert found("补您123456789红包", gift) == []


def test_the_nearest_words_make_the_finding():
    assert found("补您，再补您八十元红包", a_phrase(forms=["补您…红包"])) == ["补您八十元红包"]


def test_wordings_that_overlap_are_one_finding():
    assert found("全额退款给您", a_phrase(forms=["全额退", "额退款", "退款给"])) == ["全额退款给"]


def test_a_phrase_may_hold_on_some_channels_alone():
    spoken = a_phrase(forms=["喂喂喂"], channels=["phone"])
    assert found("喂喂喂", spoken, channel="phone") == ["喂喂喂"]
    assert found("喂喂喂", spoken, channel="qianniu") == []
    assert found("喂喂喂", spoken) == ["喂喂喂"]


REFUND = a_phrase(forms=["全额退款", "退您…元"], covered_by=["full_refund"])


@pytest.mark.parametrize(
    ("text", "cover", "is_covered"),
    [
        ("给您全额退款", Cover("full_refund"), True),
        ("给您全额退款", Cover("coupon"), False),
        ("退您689元", Cover("full_refund", Decimal("689.00")), True),
        ("退您689.01元", Cover("full_refund", Decimal("689.00")), False),
        ("全额退款，共 ¥690", Cover("full_refund", Decimal(689)), False),
        ("退您六百九十元", Cover("full_refund", Decimal(689)), False),
        ("退您六百八十九元", Cover("full_refund", Decimal(689)), True),
    ],
)
def test_what_was_approved_covers_a_promise_up_to_its_amount(text, cover, is_covered):
    (finding, *_more) = Lexicon([REFUND]).findings_in(text, covers=[cover])
    assert finding.is_covered is is_covered


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("80元", 80),
        ("¥1,200.50", Decimal("1200.50")),
        ("八十块", 80),
        ("一万二千元", 12000),
        ("十五元", 15),
        ("12月", None),
    ],
)
def test_amounts_in_figures_and_numerals(text, amount):
    assert amount_in(text, 10) == amount


@pytest.mark.parametrize(
    ("digits", "kind"),
    [
        ("11010519491231002x", "id_number"),
        ("110105194912310021", ""),
        ("110105194913310020", ""),
        ("6222021234567890128", "bank_card"),
        ("6222021234567890129", ""),
        ("2698141437919189", ""),
        ("13800138000", "mobile_number"),
        ("008613800138000", "mobile_number"),
        ("12800138000", ""),
    ],
)
def test_numbers_of_persons_are_known_by_their_build(digits, kind):
    assert kind_of_number(digits) == kind


def test_spaces_inside_a_number_change_nothing_and_a_comma_ends_it():
    assert [number.kind for number in numbers_in("138-0013 8000")] == ["mobile_number"]
    assert [number.kind for number in numbers_in("一三八零零一三八零零零")] == ["mobile_number"]
    assert list(numbers_in("138，00138000")) == []
    assert list(numbers_in("138****8000")) == []


@pytest.mark.parametrize(
    ("forms", "code", "place"),
    [
        (["。。。"], "policy.phrase_empty", "forms[0]"),
        (["好的呢", "的"], "policy.phrase_matches_everything", "forms[1]"),
        (["我们"], "policy.phrase_matches_everything", "forms[0]"),
        (["我们…的"], "policy.phrase_matches_everything", "forms[0]"),
        (["the"], "policy.phrase_matches_everything", "forms[0]"),
        (["(a+)+$"], "policy.phrase_is_a_pattern", "forms[0]"),
        (["保证.*解决"], "policy.phrase_is_a_pattern", "forms[0]"),
        (["…保证"], "policy.phrase_gap_at_edge", "forms[0]"),
        (["啊" * 61], "policy.phrase_too_long", "forms[0]"),
        ([f"第{n}种说法" for n in range(81)], "policy.too_many_forms", "forms"),
        ([], "policy.phrase_finds_nothing", "forms"),
    ],
)
def test_a_wording_that_finds_nothing_or_everything_is_refused_at_its_place(forms, code, place):
    with pytest.raises(BodyRefused) as refused:
        a_phrase(forms=forms)
    assert (refused.value.violations[0].code, refused.value.violations[0].params["place"]) == (code, place)


def test_an_exception_belongs_to_a_wording():
    with pytest.raises(BodyRefused) as refused:
        a_phrase(forms=["全额退"], unless=["不能免费换"])
    assert refused.value.violations[0].code == "policy.exception_without_phrase"


def test_ten_thousand_repetitions_are_found_in_one_pass():
    text = "补您" * 5_000 + "红包" * 5_000
    assert len(found(text, a_phrase(forms=["补您…红包"], unless=["不补您…红包"]))) == 1


def test_a_lexicon_is_made_once_for_the_same_phrases():
    assert lexicon_of((WRONG,)) is lexicon_of((a_phrase(forms=["您理解错了"]),))
    assert lexicon_of((WRONG,)) is not lexicon_of((a_phrase(forms=["您搞错了"]),))
    assert Lexicon([]).findings_in("您理解错了") == []
