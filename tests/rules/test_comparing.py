"""What like cases were given: the closest circle with enough of them, and never a single one told by numbers."""

from decimal import Decimal

from complaints.rules.comparing import FEWEST, LikeCase, Likeness, precedent_in


def cases(*amounts, goods=False, cause=False, visible=True):
    return [LikeCase(number, Decimal(amount), goods, cause, visible) for number, amount in enumerate(amounts)]


def test_the_same_goods_come_before_the_same_cause_and_the_category():
    near, far = cases(10, 20, 30, 40, 50, goods=True), cases(60, 70, 80, 90, 100, cause=True)
    found = precedent_in([*far, *near])
    assert (found.likeness, found.count) == (Likeness.GOODS, 5)
    assert (found.least, found.middle, found.most) == (10, 30, 50)
    assert precedent_in([*far, *near[1:]]).likeness == Likeness.CAUSE
    assert precedent_in([*far[1:], *near[1:]]).likeness == Likeness.CATEGORY


def test_an_even_number_has_its_middle_between_two():
    assert precedent_in(cases(10, 20, 30, 40, 50, 60)).middle == Decimal(35)


def test_too_few_are_told_only_to_who_may_see_them_anyway():
    assert precedent_in(cases(*[10] * (FEWEST - 1), visible=False)) is None
    found = precedent_in([*cases(10, visible=False), *cases(80)])
    assert (found.count, found.sums) == (1, (80,))


def test_cases_in_which_nothing_was_given_do_not_count():
    assert precedent_in(cases(0, 0, 0, 0, 0)) is None


def test_only_visible_ones_can_be_opened():
    found = precedent_in([*cases(10, 20, 30, visible=False), *cases(40, 50)])
    assert (found.count, [case.given for case in found.shown]) == (5, [40, 50])
