"""Workers that the kernel kills in the middle of a sweep lose nothing and do nothing twice."""

import random

import pytest

from casemgmt.ledger import drift
from complaints.actions import overdue
from complaints.models import SetAside
from tests.brokers import a_broker
from tests.killing import Killer
from tests.overdue_cases import LATE, account_at, overdue_cases
from tests.stage import standing_cast

CASES, BATCH = 200, 4


@pytest.mark.django_db(transaction=True)
def test_two_workers_killed_again_and_again_raise_each_level_once(tmp_path_factory, monkeypatch):
    monkeypatch.setattr(overdue.NoticesOfARun, "one_by_one", 10 * CASES)
    overdue_cases(standing_cast(), CASES)
    with a_broker(tmp_path_factory.mktemp("b")) as broker:
        killer = Killer(broker, LATE, BATCH, random.Random(7), reach=40, longest=0.1)
        seen = killer.kill(4, at_once=2)
    assert (len(seen.deaths), seen.left[0] > 0) == (4, True)
    overdue.escalate_overdue(LATE)
    account = account_at(LATE)
    assert account.is_clean, (account, seen)
    assert account.wanted == CASES // 5 * 3 + CASES // 5 * 4
    assert not SetAside.objects.exists()
    assert list(drift()) == []
