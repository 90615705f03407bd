"""One form for each phone, name and document; and what is none is refused with its reason (F19, F21)."""

import phonenumbers
import pytest

from casemgmt.privacy.kinds import violations_in_personal_data
from casemgmt.privacy.normal_forms import (
    NotRecognised,
    normal_email,
    normal_id_number,
    normal_name,
    normal_number,
    normal_phone,
    phone_tail,
    phone_without_extension,
)


@pytest.mark.parametrize(
    "typed",
    [
        "13800138000",
        "+86 138 0013 8000",
        "0086 138-0013-8000",
        "86 13800138000",
        "１３８００１３８０００",
        " 138 0013 8000 ",
        "+８６１３８００１３８０００",
    ],
)
def test_every_way_to_write_a_number_is_one_number(typed):
    assert normal_phone(typed) == "+8613800138000"


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("010-8888 6666", "+861088886666"),
        ("400-820-8820", "+864008208820"),
        ("+44 20 7946 0018", "+442079460018"),
        ("13800138000 转 12", "+8613800138000x12"),
        ("13800138000 ext. 12", "+8613800138000x12"),
        ("+8613800138000x12", "+8613800138000x12"),
    ],
)
def test_fixed_foreign_and_extended_numbers(typed, normal):
    assert normal_phone(typed) == normal
    assert normal_phone(normal) == normal


@pytest.mark.parametrize(
    "typed",
    ["", "   ", "call me", "138001380", "1380013800A", "9" * 40, "9" * 5000, "+86", "微信", "+1-800-FLOWERS", "x"],
)
def test_what_is_no_number_is_not_recognised(typed):
    with pytest.raises(NotRecognised) as refused:
        normal_phone(typed)
    assert refused.value.code == "phone.not_recognised"


@pytest.mark.parametrize("start", range(130, 200))
def test_the_short_way_and_the_library_agree(start):
    number = f"{start}00136021"
    parsed = phonenumbers.parse(f"0086 {number}", "CN")
    by_library = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    for typed in (number, f"+86 {number}", f"0086-{number}", f"86{number}"):
        assert normal_phone(typed) == by_library
    assert normal_phone(f"{number} 转 1") == f"{by_library}x1"


def test_two_extensions_of_one_number_are_found_together():
    assert phone_without_extension("13800138000转1") == phone_without_extension("+86 13800138000 转 2")


@pytest.mark.parametrize("typed", ["13800136021", "6021", "尾号 6021", "８６０２１"])
def test_a_number_is_found_by_its_last_four_digits(typed):
    assert phone_tail(typed) == "6021"


def test_three_digits_are_too_few_to_find_a_number():
    with pytest.raises(NotRecognised):
        phone_tail("021")


def test_names_are_equal_whatever_their_width_case_and_spaces():
    assert normal_name(" Ａnna  BERG ") == normal_name("annaberg")
    assert normal_name("林 小红") == "林小红"
    assert normal_name("林小红") != normal_name("林小虹")


def test_order_numbers_are_equal_whatever_their_dashes():
    assert normal_number("TB-2026 0001") == normal_number("tb20260001")


def test_an_email_address_needs_its_at():
    assert normal_email(" Lin@QQ.com ") == "lin@qq.com"
    for typed in ("lin", "@qq.com", "lin@", "lin hong@qq.com"):
        with pytest.raises(NotRecognised):
            normal_email(typed)


def test_the_check_digit_of_a_chinese_id_is_checked():
    assert normal_id_number("11010519491231002X") == "11010519491231002X"
    assert normal_id_number("11010519491231002x") == "11010519491231002X"
    with pytest.raises(NotRecognised) as wrong:
        normal_id_number("110105194912310021")
    assert wrong.value.code == "id_number.check_digit"
    for typed in ("1101051949123100", "A10105194912310021", "１"):
        with pytest.raises(NotRecognised) as unlike:
            normal_id_number(typed)
        assert unlike.value.code == "id_number.not_recognised"


def codes(kind, text):
    return [violation.code for violation in violations_in_personal_data(kind, text)]


def test_another_document_is_accepted_as_such():
    assert codes("id_number", "E12345678") == ["id_number.not_recognised"]
    assert codes("document", "E12345678") == []


def test_personal_data_has_a_length_and_no_null_characters():
    assert codes("name", "林" * 100) == []
    assert codes("name", "林" * 101) == ["text.too_long"]
    assert codes("name", "林\x00") == ["text.null_character"]
    assert codes("phone", "1" * 41) == ["text.too_long"]
    assert codes("phone", "") == []
