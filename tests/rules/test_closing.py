"""The clauses of closing, each alone, without a database."""

from dataclasses import replace
from datetime import date

import pytest

from complaints.rules.closing import (
    ClosingFacts,
    MeasureFacts,
    violations_in_closing,
    violations_in_measure,
    violations_in_summary,
)

READY = ClosingFacts(
    followed_up=True,
    contact_known=True,
    follow_ups_called_for=0,
    follow_ups_without_result=0,
    outcome="remedied",
    summed_up=True,
    measures=1,
    tasks=0,
    commitments=0,
    grants=0,
    approvals=0,
    routes=0,
    escalations=0,
    scheduled_calls=0,
)
MEASURE = MeasureFacts(
    kind="process",
    kinds=frozenset({"process"}),
    what="复核",
    owner_known=True,
    person_known=True,
    due_on=date(2026, 10, 12),
    today=date(2026, 10, 12),
)


def codes(found):
    return [violation.code for violation in found]


def test_nothing_stands_against_a_finished_case():
    assert codes(violations_in_closing(READY)) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"followed_up": False}, "close.follow_up_missing"),
        ({"follow_ups_called_for": 1}, "close.follow_up_open"),
        ({"follow_ups_without_result": 1}, "close.follow_up_result_missing"),
        ({"outcome": ""}, "close.outcome_missing"),
        ({"summed_up": False}, "close.summary_missing"),
        ({"measures": 0}, "close.measure_missing"),
        ({"tasks": 1}, "close.task_open"),
        ({"commitments": 1}, "close.commitment_open"),
        ({"grants": 1}, "close.grant_open"),
        ({"approvals": 1}, "close.approval_open"),
        ({"routes": 1}, "close.route_open"),
        ({"escalations": 1}, "close.escalation_open"),
        ({"scheduled_calls": 1}, "close.scheduled_call_open"),
    ],
)
def test_each_clause_alone(change, code):
    assert codes(violations_in_closing(replace(READY, **change))) == [code]


def test_nobody_to_call_needs_no_follow_up():
    assert codes(violations_in_closing(replace(READY, followed_up=False, contact_known=False))) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kind": "magic"}, "improvement.kind_unknown"),
        ({"what": " "}, "improvement.what_missing"),
        ({"owner_known": False}, "improvement.owner_unknown"),
        ({"person_known": False}, "improvement.person_unknown"),
        ({"due_on": date(2026, 10, 11)}, "improvement.due_in_the_past"),
    ],
)
def test_each_clause_of_a_measure_alone(change, code):
    assert codes(violations_in_measure(MEASURE)) == []
    assert codes(violations_in_measure(replace(MEASURE, **change))) == [code]


def test_a_summary_says_everything_that_is_missing():
    found = violations_in_summary(was_judged=False, lesson="", root_cause=" ")
    assert codes(found) == ["summary.too_early", "summary.lesson_missing", "summary.root_cause_missing"]
