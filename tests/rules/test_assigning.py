"""Whom a case goes to by rule, and which case comes next."""

from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.rules.assigning import Candidate, CaseToGive, choose, points_of, urgency_of
from policies.values import AssignmentPolicy, ChannelPoints, PersonCap, SeverityPoints, Skill
from tests.cast import AT

POLICY = AssignmentPolicy(
    policy_id=1,
    code="default",
    points_case=10,
    points_safety=20,
    points_overdue=5,
    points_severity=(SeverityPoints("critical", 20),),
    cases_max=3,
    candidates_by=("skill", "load", "longest_without"),
    next_by=("overdue", "safety", "due", "severity", "age"),
    assigns_itself=False,
    wait_minutes=0,
    handover_reminder_minutes=30,
    handover_escalation_minutes=60,
    points_channel=(ChannelPoints("platform", 3),),
)
CASE = CaseToGive(severity="normal", channel="phone", is_safety=False, received_at=AT)


def person(number, **facts) -> Candidate:
    return Candidate(**{"person": number, "username": f"p{number}", "cases": 0, "points": 0} | facts)


def test_points_add_up():
    grave = replace(CASE, severity="critical", channel="platform", is_safety=True, due_at=AT - timedelta(minutes=1))
    assert points_of(CASE, POLICY, at=AT) == 10
    assert points_of(grave, POLICY, at=AT) == 10 + 20 + 3 + 20 + 5
    assert points_of(replace(CASE, due_at=AT), POLICY, at=AT) == 10


def test_the_cap_holds_to_the_case():
    full, last = person(1, cases=3), person(2, cases=2, points=900)
    choice = choose(CASE, [full, last], POLICY)
    assert choice.person == 2
    assert [(one.candidate.person, one.out, one.place) for one in choice.standings] == [(2, "", 1), (1, "at_cap", None)]
    own = replace(POLICY, caps=(PersonCap("p1", 4), PersonCap("p2", 2)))
    assert choose(CASE, [full, last], own).person == 1
    assert choose(CASE, [full], POLICY).person is None


def test_who_knows_it_comes_first_and_alone_where_it_is_needed():
    known = Skill("product", "空调", ("p2",))
    policy = replace(POLICY, skills=(known,))
    cool = replace(CASE, product="挂式空调 1.5匹")
    light, knowing = person(1), person(2, points=50)
    assert choose(cool, [light, knowing], policy).person == 2
    assert choose(CASE, [light, knowing], policy).person == 1
    assert choose(cool, [light, replace(knowing, cases=3)], policy).person == 1
    strict = replace(POLICY, skills=(replace(known, is_needed=True),))
    left = choose(cool, [light, replace(knowing, cases=3)], strict)
    assert (left.person, [one.out for one in left.standings]) == (None, ["lacks_skill", "at_cap"])


def test_a_skill_in_a_category_covers_what_lies_below_it():
    policy = replace(POLICY, skills=(Skill("category", "product", ("p2",), is_needed=True),))
    people = [person(1), person(2, points=9)]
    assert [
        choose(replace(CASE, category=code), people, policy).person
        for code in ("product", "product.quality", "products", "")
    ] == [2, 2, 1, 1]


def test_whatever_keeps_somebody_out_is_kept():
    assert choose(CASE, [person(1, out="away"), person(2, out="about")], POLICY).person is None


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 30)), min_size=1, max_size=4))
def test_the_order_of_the_people_changes_nothing(loads):
    people = [person(number, cases=cases, points=points) for number, (cases, points) in enumerate(loads, start=1)]
    choices = {choose(CASE, order, POLICY) for order in permutations(people)}
    assert len(choices) == 1
    chosen = choices.pop().person
    assert (chosen is None) == all(one.cases >= 3 for one in people)


@pytest.mark.parametrize(
    ("sooner", "later"),
    [
        ({"due_at": AT - timedelta(minutes=1)}, {"is_safety": True, "severity": "critical"}),
        ({"is_safety": True}, {"due_at": AT}),
        ({"due_at": AT + timedelta(hours=1)}, {"due_at": AT + timedelta(hours=2), "severity": "critical"}),
        ({"severity": "high"}, {"received_at": AT - timedelta(days=9)}),
        ({"received_at": AT - timedelta(days=9)}, {}),
    ],
)
def test_what_is_urgent_comes_first(sooner, later):
    first, second = (urgency_of(replace(CASE, **facts), POLICY, at=AT) for facts in (sooner, later))
    assert first < second


def test_a_policy_that_makes_no_sense_is_refused():
    odd = replace(
        POLICY,
        cases_max=0,
        candidates_by=("load", "load"),
        next_by=(),
        caps=(PersonCap("p1", 1), PersonCap("p1", 2)),
        handover_escalation_minutes=30,
    )
    assert {found.code for found in odd.violations_in_itself()} == {
        "policy.below_one",
        "policy.named_twice",
        "policy.empty_list",
        "policy.goes_up_before_reminded",
    }
