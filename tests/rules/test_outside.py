"""Routes, waiting, and what a decision from outside needs."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from complaints.rules.outside import (
    DecisionFacts,
    RouteFacts,
    violations_in_going_on,
    violations_in_outside_decision,
    violations_in_route,
    violations_in_route_move,
    violations_in_wait_words,
    violations_in_waiting,
)

AT = datetime(2026, 10, 12, 2, tzinfo=UTC)
MEDIATION = RouteFacts(
    kind="mediation",
    body_kind="consumer_association",
    body_name="义乌市消费者协会",
    account="要求退款",
    filed_at=AT,
    at=AT,
)
ARBITRATION = replace(MEDIATION, kind="arbitration", body_kind="arbitration_body")


def codes(found):
    return [violation.code for violation in found]


@pytest.mark.parametrize(
    "facts",
    [
        MEDIATION,
        replace(ARBITRATION, arbitration_basis="clause"),
        replace(ARBITRATION, arbitration_basis="consent"),
        replace(MEDIATION, kind="written_complaint", body_kind="platform"),
        replace(MEDIATION, hearing_at=AT, answer_due_at=AT + timedelta(days=7)),
    ],
)
def test_a_route_that_fits(facts):
    assert codes(violations_in_route(facts)) == []


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (replace(MEDIATION, kind="duel"), "route.kind_unknown"),
        (replace(MEDIATION, body_kind="media"), "route.body_does_not_fit"),
        (replace(MEDIATION, body_name=" "), "route.body_missing"),
        (replace(MEDIATION, body_name="法" * 121), "route.too_long"),
        (replace(MEDIATION, reference_number="1" * 65), "route.too_long"),
        (replace(MEDIATION, account=""), "route.account_missing"),
        (replace(MEDIATION, filed_at=AT + timedelta(seconds=1)), "route.filed_in_future"),
        (replace(MEDIATION, hearing_at=AT - timedelta(seconds=1)), "route.before_it_was_filed"),
        (replace(MEDIATION, answer_due_at=AT - timedelta(seconds=1)), "route.before_it_was_filed"),
        (ARBITRATION, "route.arbitration_without_basis"),
        (replace(ARBITRATION, arbitration_basis="hope"), "route.arbitration_without_basis"),
    ],
)
def test_each_clause_of_a_route_alone_refuses(facts, code):
    """S-TPR-09, WC-49."""
    assert codes(violations_in_route(facts)) == [code]


@pytest.mark.parametrize(
    ("to", "words", "promise_open", "points", "code"),
    [
        ("won", "…", False, None, "route.step_unknown"),
        ("decided", " ", False, None, "route.words_missing"),
        ("settled", "", False, None, "route.words_missing"),
        ("not_accepted", "", False, None, "route.words_missing"),
        ("complied", "", True, None, "route.promise_open"),
        ("nothing_to_do", "", True, None, "route.promise_open"),
        ("accepted", "", False, -1, "route.points_below_zero"),
    ],
)
def test_each_clause_of_a_step_alone_refuses(to, words, promise_open, points, code):
    found = violations_in_route_move(to=to, words=words, promise_open=promise_open, penalty_points=points)
    assert codes(found) == [code]


def test_waiting_is_doing_nothing_else():
    """W-10."""
    assert codes(violations_in_waiting(route_pending=True, money_pending=False)) == []
    assert codes(violations_in_waiting(route_pending=False, money_pending=False)) == ["outside.no_route"]
    assert codes(violations_in_waiting(route_pending=True, money_pending=True)) == ["outside.money_pending"]
    assert codes(violations_in_wait_words(reason=" ", asked_what="…")) == ["outside.reason_missing"]
    assert codes(violations_in_wait_words(reason="…", asked_what="")) == ["outside.asked_what_missing"]


@pytest.mark.parametrize(
    ("because", "reason", "running", "code"),
    [
        ("", "…", False, "outside.because_missing"),
        ("route_ended", "…", True, "outside.route_still_runs"),
        ("we_act_again", " ", True, "outside.reason_missing"),
    ],
)
def test_each_clause_of_going_on_alone_refuses(because, reason, running, code):
    assert codes(violations_in_going_on(because=because, reason=reason, route_running=running)) == [code]
    assert codes(violations_in_going_on(because="we_act_again", reason="…", route_running=True)) == []


RULING = DecisionFacts(
    route_state="decided",
    to="executing",
    obliges=True,
    promise="三日内退款",
    due_at=AT + timedelta(days=3),
    at=AT,
    owed=0,
)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (replace(RULING, route_state=""), "outside.route_of_another_case"),
        (replace(RULING, route_state="heard"), "outside.no_decision"),
        (replace(RULING, to="closed"), "outside.to_unknown"),
        (replace(RULING, promise=" "), "outside.promise_missing"),
        (replace(RULING, due_at=None), "outside.due_missing"),
        (replace(RULING, due_at=AT), "outside.due_in_past"),
        (replace(RULING, owner_known=False), "outside.owner_unknown"),
        (replace(RULING, obliges=False), "outside.nothing_to_carry_out"),
        (replace(RULING, to="following_up"), "outside.something_is_owed"),
        (replace(RULING, to="following_up", obliges=False, owed=1), "outside.something_is_owed"),
    ],
)
def test_each_clause_of_a_decision_alone_refuses(facts, code):
    """S-TPR-05, WC-48."""
    assert codes(violations_in_outside_decision(facts)) == [code]


@pytest.mark.parametrize(
    "facts",
    [
        RULING,
        replace(RULING, route_state="settled", owner_known=True),
        replace(RULING, obliges=False, owed=1),
        replace(RULING, obliges=False, promise="", due_at=None, to="following_up"),
        replace(RULING, to="negotiating"),
    ],
)
def test_a_decision_that_can_be_followed(facts):
    assert codes(violations_in_outside_decision(facts)) == []
