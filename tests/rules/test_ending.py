"""Withdrawing, voiding, merging and reopening: each clause alone, and the last day to the day."""

from dataclasses import replace
from datetime import date

import pytest

from complaints.rules.ending import (
    VoidFacts,
    WithdrawalFacts,
    violations_in_open_ends,
    violations_in_reason,
    violations_in_void_reason,
    violations_in_voiding,
    violations_in_withdrawal,
)
from complaints.rules.merging import Follower, Pair, violations_in_following, violations_in_pair
from complaints.rules.reopening import violations_in_reopening

NOTHING = WithdrawalFacts()
OPEN = WithdrawalFacts(open_promises=frozenset({4}), unpaid_grants=frozenset({9}))
ENOUGH = {"words": "不投诉了", "released": {4: "衣服不用换了"}, "cancelled": frozenset({9})}


def codes(found):
    return [violation.code for violation in found]


def test_the_customers_word_and_nothing_left_open_is_enough():
    assert codes(violations_in_withdrawal(OPEN, **ENOUGH)) == []
    assert codes(violations_in_open_ends(replace(NOTHING, judged=True, summed_up=True))) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"words": " "}, "withdraw.words_missing"),
        ({"released": {}}, "withdraw.promise_open"),
        ({"released": {4: " "}}, "withdraw.release_words_missing"),
        ({"released": {4: "…", 5: "…"}}, "withdraw.promise_unknown"),
        ({"cancelled": frozenset()}, "withdraw.grant_unnamed"),
        ({"cancelled": frozenset({9, 10})}, "withdraw.grant_unknown"),
    ],
)
def test_each_clause_of_a_withdrawal_alone_refuses(changes, code):
    assert codes(violations_in_withdrawal(OPEN, **ENOUGH | changes)) == [code]


def test_a_safety_matter_is_taken_on_and_a_judged_case_summed_up():
    assert codes(violations_in_open_ends(replace(NOTHING, safety_unacknowledged=True))) == [
        "withdraw.safety_unacknowledged"
    ]
    assert codes(violations_in_open_ends(replace(NOTHING, judged=True))) == ["withdraw.summary_missing"]
    assert codes(violations_in_open_ends(replace(NOTHING, scheduled_calls=1))) == ["withdraw.scheduled_call_open"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("promised", "void.promised"),
        ("paid", "void.paid"),
        ("money_pending", "void.money_pending"),
        ("leads_others", "void.leads_others"),
        ("scheduled_calls", "void.scheduled_call_open"),
    ],
)
def test_each_clause_of_voiding_alone_refuses(name, code):
    assert codes(violations_in_voiding(VoidFacts())) == []
    assert codes(violations_in_voiding(VoidFacts(**{name: True}))) == [code]


@pytest.mark.parametrize("why", ["unreasonable", "", "malicious"])
def test_a_complaint_is_never_voided_for_seeming_unreasonable(why):
    """S-INT-17."""
    assert codes(violations_in_void_reason(why=why, reason="…")) == ["void.why_unknown"]


def test_a_supervisor_says_why():
    assert codes(violations_in_void_reason(why="spam", reason=" ")) == ["void.reason_missing"]
    assert codes(violations_in_reason(" ", code="reopen.reason_missing")) == ["reopen.reason_missing"]
    assert codes(violations_in_reason("…", code="reopen.reason_missing")) == []


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("money_pending", "merge.money_pending"),
        ("approval_pending", "merge.approval_pending"),
        ("route_pending", "merge.route_pending"),
        ("leads_others", "merge.leads_others"),
        ("scheduled_calls", "merge.scheduled_call_open"),
    ],
)
def test_each_thing_that_hangs_on_a_case_keeps_it_from_following(name, code):
    assert codes(violations_in_following(Follower())) == []
    assert codes(violations_in_following(Follower(**{name: True}))) == [code]


PAIR = Pair(case=1, leading=2, customer=5, leading_customer=5)


@pytest.mark.parametrize(
    ("pair", "code"),
    [
        (replace(PAIR, leading=None), "merge.leading_unknown"),
        (replace(PAIR, leading=1), "merge.into_itself"),
        (replace(PAIR, leading_follows_this=True, leading_open=False), "merge.circular"),
        (replace(PAIR, leading_follows_another=True, leading_open=False), "merge.leading_is_merged"),
        (replace(PAIR, leading_open=False), "merge.leading_ended"),
        (replace(PAIR, leading_customer=6), "merge.different_customers"),
        (replace(PAIR, customer=None, leading_customer=None), "merge.different_customers"),
        (replace(PAIR, leading_handled_by_subject=True), "merge.handled_by_subject"),
    ],
)
def test_two_cases_that_do_not_belong_together_are_told_why(pair, code):
    """T13."""
    assert codes(violations_in_pair(PAIR)) == []
    assert codes(violations_in_pair(pair)) == [code]


def test_the_last_day_of_the_period_still_counts():
    ended = date(2026, 10, 12)
    assert codes(violations_in_reopening(ended_on=ended, on=date(2027, 1, 10), days=90)) == []
    late = list(violations_in_reopening(ended_on=ended, on=date(2027, 1, 11), days=90))
    assert codes(late) == ["reopen.period_over"]
    assert late[0].params["until"] == date(2027, 1, 10)


def test_what_a_promise_lacks_is_said_at_its_own_field():
    found = list(violations_in_withdrawal(OPEN, **ENOUGH | {"released": {}}))
    assert [(violation.field, violation.params["commitment"]) for violation in found] == [("released_4", 4)]
