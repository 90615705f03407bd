"""Days of a shop in which people do what is right and what is not, while beat rings, rings twice, or is silent.

A few days in the suite, with an outage of 36 hours; `--days 30` lives the whole month.
"""

from datetime import timedelta
from random import Random

import pytest

from tests.cast import AT
from tests.walking.month import Month

pytestmark = pytest.mark.django_db

SEED = 20261012
DAYS = 3


def test_nothing_is_forgotten_and_nothing_goes_wrong(cast, request, capsys):
    """Every midnight: all invariants, no drift of the ledger, nobody told twice or against a wish."""
    days = request.config.getoption("--days")
    seed = request.config.getoption("--seed") or SEED
    month = Month(cast, Random(seed), outage_at=AT + timedelta(days=(days or DAYS) // 3, hours=6))
    report = month.live(days or DAYS)
    if days:
        with capsys.disabled():
            print(f"\nseed {seed}: {report}")
    assert not report.broken, "\n".join(report.broken)
    assert report.midnights == (days or DAYS)
    assert report.ticks["outage"] == 72
    assert report.done["take"] > 5
    assert report.answers["RuleBroken"] > 0
    assert report.answers["PermissionDenied"] > 0
    assert report.letters > 0
