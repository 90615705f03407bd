"""Sixteen at once, round after round: nothing above a limit, nothing paid twice, nobody's own yes, a sentence each."""

import pytest

from tests.money_rounds import PARALLEL, Told, a_round

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 2


def test_no_round_of_sixteen_breaks_a_limit_or_a_duty(cast):
    told = Told()
    for number in range(ROUNDS):
        told.add(a_round(cast, number))
    assert told.without_sentence == []
    assert (told.above_limit, told.paid_twice, told.approved_by_asker) == (0, 0, 0)
    assert told.won + sum(told.lost.values()) >= ROUNDS * 3 * PARALLEL
    assert {"duty.asker_decides", "grant.already_paid", "grant.above_per_customer"} <= set(told.lost)
