"""Numbers as people type them: which cases they may mean, and which single slips are told apart."""

from datetime import date

import pytest

from complaints.rules.case_numbers import case_number
from complaints.rules.typed_numbers import (
    DAYS_LOOKED_BACK,
    corrections_of,
    is_mistyped_case_number,
    numbers_between,
    numbers_ending_in,
    written_forms,
)

TODAY = date(2026, 10, 19)
NUMBER = case_number(date(2026, 10, 12), 42)
WRONG_CHECK = (int(NUMBER[-1]) + 1) % 10


@pytest.mark.parametrize(
    "typed",
    [
        "042",
        "0042",
        f"0042-{NUMBER[-1]}",
        "1012-0042",
        "10120042",
        "12-0042",
        "２０２６1012 0042",
        "ts1012-0042",
        "００４２",
    ],
)
def test_the_last_digits_mean_the_case(typed):
    assert NUMBER in numbers_ending_in(typed, TODAY)


@pytest.mark.parametrize("typed", ["42", "4", "", "abc", "0000", "1013-0042", f"0042-{WRONG_CHECK}"])
def test_too_little_or_another_day_or_a_wrong_check_digit_does_not(typed):
    assert NUMBER not in numbers_ending_in(typed, TODAY)


def test_a_year_is_looked_through_and_no_more():
    assert len(numbers_ending_in("0042", TODAY)) == DAYS_LOOKED_BACK


@pytest.mark.parametrize(
    "typed", ["TS2026", "ts 202610", "20261012", "TS20261012-00", "TS20261012-0042", "ＴＳ２０２６１０１２"]
)
def test_what_a_number_begins_with_is_a_stretch_of_numbers(typed):
    first, behind = numbers_between(typed)
    assert first <= NUMBER < behind


@pytest.mark.parametrize("typed", ["TS20261013", "TS20261012-01", "TS2025", "TS20261012-1"])
def test_a_stretch_ends_where_it_should(typed):
    first, behind = numbers_between(typed)
    assert not first <= NUMBER < behind


@pytest.mark.parametrize("typed", ["", "TS", "13800136021", "大衣", "202", "TS2026101200427123"])
def test_what_begins_no_number_is_no_stretch(typed):
    assert numbers_between(typed) is None


def one_wrong_digit(place: int) -> str:
    digits = NUMBER.replace("-", "")
    return digits[:place] + str((int(digits[place]) + 3) % 10) + digits[place + 1 :]


@pytest.mark.parametrize("place", range(2, 15))
def test_each_wrong_digit_is_noticed_and_the_right_number_is_among_the_corrections(place):
    typed = one_wrong_digit(place)
    assert is_mistyped_case_number(typed)
    assert NUMBER in corrections_of(typed)


def test_two_neighbours_in_the_wrong_order_and_letters_that_look_like_digits():
    digits = NUMBER.replace("-", "")
    assert NUMBER in corrections_of(digits[:12] + digits[13] + digits[12] + digits[14:])
    assert NUMBER in corrections_of(NUMBER.replace("0", "O"))


@pytest.mark.parametrize("typed", [NUMBER, "13800136021", "大衣", "", "TS2026"])
def test_what_is_right_or_no_case_number_has_no_corrections(typed):
    assert corrections_of(typed) == ()


def test_numbers_of_orders_are_looked_for_as_typed_and_without_what_typing_adds():
    assert {"SF7700000001", "sf7700000001"} <= set(written_forms(" ｓｆ77 0000-0001 "))
    assert "2026-A/7" in written_forms("2026-A/7")
    assert written_forms("  ") == ()
