"""Big promotions: on which days they weigh, and how many people are short (S-SLA-11, WC-25)."""

from datetime import date

import pytest

from policies.rules.promotions import people_wanted, promotions_on, shortage
from policies.values import Label, Promotion


def a_promotion(code="double_11", begins=date(2026, 10, 20), ends=date(2026, 11, 11), echo=15):
    return Promotion(1, code, Label("Double 11", "双11"), begins, ends, echo, waiting_per_person=12, oldest_days=3)


@pytest.mark.parametrize(
    ("day", "weighs"),
    [
        (date(2026, 10, 19), False),
        (date(2026, 10, 20), True),
        (date(2026, 11, 11), True),
        (date(2026, 11, 26), True),
        (date(2026, 11, 27), False),
    ],
)
def test_s_sla_11_a_promotion_weighs_from_its_first_day_to_the_end_of_its_echo(day, weighs):
    assert a_promotion().weighs_on(day) is weighs


def test_of_two_promotions_the_one_that_began_last_comes_first():
    earlier, later = a_promotion("a", begins=date(2026, 10, 1)), a_promotion("b")
    assert promotions_on([earlier, later], date(2026, 11, 1)) == [later, earlier]
    assert promotions_on([earlier, later], date(2027, 3, 1)) == []


@pytest.mark.parametrize(("waiting", "people"), [(0, 0), (1, 1), (12, 1), (13, 2), (24, 2), (25, 3)])
def test_so_many_people_are_wanted_that_none_has_more_than_the_policy_says(waiting, people):
    assert people_wanted(a_promotion(), waiting) == people


def test_wc_25_the_volume_surges_and_the_staff_is_short():
    """Thirty requests, two people, twelve for each: one more is wanted; what waits for nobody counts too."""
    assert shortage(a_promotion(), {1: 20, 2: 10}) == 1
    assert shortage(a_promotion(), {1: 12, 2: 12}) == 0
    assert shortage(a_promotion(), {1: 12, None: 13}) == 2
    assert shortage(a_promotion(), {}) == 0
