"""Who hears of it, and who may answer."""

from dataclasses import replace

import pytest

from complaints.rules.escalating import (
    AnswerFacts,
    DecidingFacts,
    RaisingFacts,
    person_to_tell,
    role_of_level,
    violations_in_acknowledging,
    violations_in_answer,
    violations_in_deciding,
    violations_in_raising,
)

RUNGS = {"team_lead": (1,), "supervisor": (2, 3), "department_supervisor": (4,)}
DECIDING = DecidingFacts(waits=True, by=frozenset({9}), raised_by=1, about=frozenset({2}), subjects=frozenset({3}))
ANSWER = AnswerFacts("return", frozenset({"return", "take_over"}), "好", 9, frozenset({3}), True)
RAISING = RaisingFacts(case_is_open=True, reason="超出权限", level=1, waits_already=False)


def codes(found):
    return [violation.code for violation in found]


@pytest.mark.parametrize(
    ("role", "passed_over", "person"),
    [
        ("team_lead", (), 1),
        ("team_lead", (1,), 2),
        ("supervisor", (1, 2), 3),
        ("supervisor", (2, 3), 4),
        ("department_supervisor", (), 4),
        ("team_lead", (1, 2, 3, 4), None),
    ],
)
def test_it_falls_back_upwards_and_never_down(role, passed_over, person):
    assert person_to_tell(role, RUNGS, frozenset(passed_over)) == person


@pytest.mark.parametrize(
    ("level", "role"),
    [(0, "team_lead"), (1, "team_lead"), (2, "supervisor"), (3, "department_supervisor"), (9, "department_supervisor")],
)
def test_beyond_the_top_it_stays_at_the_top(level, role):
    assert role_of_level(level) == role


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"case_is_open": False}, "escalation.case_ended"),
        ({"reason": "  "}, "escalation.reason_missing"),
        ({"level": 4}, "escalation.level_unknown"),
        ({"level": 0}, "escalation.level_unknown"),
        ({"waits_already": True}, "escalation.already_raised"),
    ],
)
def test_each_clause_of_raising_alone(change, code):
    assert codes(violations_in_raising(RAISING)) == []
    assert codes(violations_in_raising(replace(RAISING, **change))) == [code]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"waits": False}, "escalation.not_undecided"),
        ({"by": frozenset({2})}, "escalation.about_oneself"),
        ({"by": frozenset({1})}, "duty.asker_decides"),
        ({"by": frozenset({3})}, "duty.subject_decides"),
    ],
)
def test_each_clause_of_deciding_alone(change, code):
    assert codes(violations_in_deciding(DECIDING)) == []
    assert codes(violations_in_deciding(replace(DECIDING, **change))) == [code]


def test_whoever_raised_it_may_take_note_of_it_but_no_subject_may():
    assert codes(violations_in_acknowledging(replace(DECIDING, by=frozenset({1})))) == []
    assert codes(violations_in_acknowledging(replace(DECIDING, by=frozenset({3})))) == ["duty.subject_decides"]
    assert codes(violations_in_acknowledging(replace(DECIDING, by=frozenset({2})))) == ["escalation.about_oneself"]
    assert codes(violations_in_acknowledging(replace(DECIDING, waits=False))) == ["escalation.not_open"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"decision": ""}, "escalation.decision_missing"),
        ({"answer": " "}, "escalation.answer_missing"),
        ({"decision": "take_over", "case_is_open": False}, "escalation.cannot_take_over"),
        ({"decision": "take_over", "by": 3}, "duty.subject_handles"),
    ],
)
def test_each_clause_of_the_answer_alone(change, code):
    assert codes(violations_in_answer(ANSWER)) == []
    assert codes(violations_in_answer(replace(ANSWER, **change))) == [code]
