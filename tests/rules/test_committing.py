"""When a promise counts as kept in time, and who may let it go."""

import dataclasses
from datetime import UTC, datetime, timedelta

import pytest

from complaints.rules.committing import ReleaseFacts, is_in_time, violations_in_breaking, violations_in_releasing

DUE = datetime(2026, 10, 14, 10, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
BY_OTHER = ReleaseFacts(
    owner=1,
    released_by=frozenset({2}),
    customer_words="",
    reason="重复承诺",
    owed=False,
    on_offer_until=None,
    offered_in_writing=False,
)
OWED = {"owed": True, "on_offer_until": DUE, "offered_in_writing": True}


def codes(found):
    return [violation.code for violation in found]


@pytest.mark.parametrize(
    ("done_at", "at", "has_proof", "in_time"),
    [
        (DUE, DUE, False, True),
        (DUE + SECOND, DUE + SECOND, True, False),
        (DUE, DUE + SECOND, True, True),
        (DUE, DUE + SECOND, False, False),
        (DUE - SECOND, DUE, False, True),
    ],
)
def test_in_time_or_late(done_at, at, has_proof, in_time):
    assert is_in_time(due_at=DUE, done_at=done_at, at=at, has_proof=has_proof) is in_time


@pytest.mark.parametrize(
    ("kept", "proof_fell", "at", "expected"),
    [
        (False, False, DUE, ["break.not_due_yet"]),
        (False, False, DUE + SECOND, []),
        (True, False, DUE + SECOND, ["break.proof_stands"]),
        (True, True, DUE - SECOND, []),
    ],
)
def test_broken_by_time_or_by_its_proof(kept, proof_fell, at, expected):
    assert codes(violations_in_breaking(kept=kept, proof_fell=proof_fell, due_at=DUE, at=at)) == expected


@pytest.mark.parametrize(
    ("changes", "at", "expected"),
    [
        ({}, DUE, []),
        ({"reason": ""}, DUE, ["release.reason_missing"]),
        ({"released_by": frozenset({1})}, DUE, ["release.words_or_second_person"]),
        ({"released_by": frozenset({1}), "customer_words": "不要了", "reason": ""}, DUE, []),
        (OWED, DUE, ["release.still_on_offer"]),
        (OWED, DUE + SECOND, []),
        (OWED | {"on_offer_until": None}, DUE + SECOND, ["release.still_on_offer"]),
        (OWED | {"offered_in_writing": False}, DUE + SECOND, ["release.offer_not_in_writing"]),
        (OWED | {"customer_words": "不要了"}, DUE - SECOND, []),
    ],
)
def test_who_may_let_it_go(changes, at, expected):
    assert codes(violations_in_releasing(dataclasses.replace(BY_OTHER, **changes), at)) == expected
