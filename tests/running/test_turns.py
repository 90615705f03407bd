"""What one worker at a time may do: who comes meanwhile leaves it, and a dead worker or a wrong clock keeps nobody."""

from datetime import UTC, datetime, timedelta

import pytest

from casemgmt.turns import taken
from tests.racing import race

AT = datetime(2026, 10, 12, 2, 0, tzinfo=UTC)
LASTS = timedelta(minutes=10)


def take(at=AT):
    """Whether the turn was free; given back at once."""
    with taken("test", at=at, lasts=LASTS) as is_mine:
        return is_mine


@pytest.mark.django_db
def test_nobody_gets_it_while_it_is_in_other_hands_and_the_next_one_afterwards():
    with taken("test", at=AT, lasts=LASTS) as is_mine:
        assert is_mine
        assert not take()
        assert not take(AT - timedelta(seconds=2)), "a clock that is a little behind"
    assert take()


@pytest.mark.django_db
def test_an_error_gives_it_back():
    with pytest.raises(ValueError, match="broke"), taken("test", at=AT, lasts=LASTS):
        raise ValueError("broke")
    assert take()


@pytest.mark.django_db
def test_a_worker_that_died_keeps_it_no_longer_than_its_time():
    died = taken("test", at=AT, lasts=LASTS)
    assert died.__enter__()
    assert not take(AT + LASTS - timedelta(seconds=1))
    assert take(AT + LASTS)


@pytest.mark.django_db
def test_a_turn_of_a_future_that_the_clock_has_left_keeps_nobody():
    died = taken("test", at=AT + timedelta(days=1), lasts=LASTS)
    assert died.__enter__()
    assert take()


@pytest.mark.django_db
def test_what_was_taken_over_is_not_given_back_by_whoever_is_late():
    with taken("test", at=AT, lasts=LASTS), taken("test", at=AT + LASTS, lasts=LASTS) as is_mine:
        assert is_mine
        late = taken("test", at=AT + LASTS, lasts=LASTS)
        assert not late.__enter__()
    assert take(AT + LASTS)


@pytest.mark.django_db(transaction=True)
def test_of_four_at_once_one_gets_it():
    held = [taken("test", at=AT, lasts=LASTS) for _ in range(4)]
    assert sorted(race(*(turn.__enter__ for turn in held))) == [False, False, False, True]
