"""The invariants hold after journeys, and each is seen when it is broken."""

import random
from contextlib import suppress
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import connection

from casemgmt.violations import RuleBroken
from complaints.actions import overdue, sweeping
from complaints.actions.closing import close_case
from complaints.actions.escalating import decide_escalation, raise_by_hand
from complaints.actions.following_up import cancel_follow_up, record_attempt, schedule_follow_up
from complaints.actions.pausing import begin_pause, end_pause
from complaints.actions.reviving import dissatisfied
from complaints.actions.subjecting import name_subject
from complaints.invariants import broken_invariants
from complaints.models import Clock, Complaint, ComplaintSubject, Evidence, FollowUpCall
from tests.building import add_photo, an_assessing_case, answer
from tests.cast import AT
from tests.following import a_closed_case, a_following_up_case

pytestmark = pytest.mark.django_db


def numbers(at):
    return sorted({breach.invariant for breach in broken_invariants(at)})


def test_they_hold_for_a_case_that_went_all_the_way(cast):
    a_closed_case(cast)
    an_assessing_case(cast)
    assert list(broken_invariants(AT)) == []


def test_a_level_that_nobody_raised_is_seen(cast):
    """6."""
    clock = an_assessing_case(cast).clocks.get(kind=Clock.Kind.FIRST_RESPONSE)
    at = clock.due_at + timedelta(minutes=1)
    assert numbers(at) == [6]
    overdue.escalate_overdue(at)
    assert numbers(at) == []


def one_that_lies_with_its_subject(cast):
    """Named past the action that would pass the escalation on."""
    case = an_assessing_case(cast)
    raise_by_hand(case.pk, by=cast.ana, at=AT, reason="主管被投诉")
    ComplaintSubject.objects.create(case=case, person=cast.sven, named_by=cast.tara, named_at=AT)
    return case.escalations.get()


def test_an_escalation_that_lies_with_whom_the_case_is_about_is_seen(cast):
    """1."""
    one_that_lies_with_its_subject(cast)
    assert numbers(AT) == [1]


def test_naming_the_person_by_the_action_takes_it_from_them(cast):
    case = an_assessing_case(cast)
    raise_by_hand(case.pk, by=cast.ana, at=AT, reason="主管被投诉")
    name_subject(case.pk, by=cast.ana, at=AT, person_id=cast.sven.pk, reason="客户点名投诉")
    assert case.escalations.get().to_person is None
    assert numbers(AT) == []


def test_a_clock_that_was_set_by_hand_is_seen(cast):
    """10."""
    clock = an_assessing_case(cast).clocks.get(kind=Clock.Kind.RESOLUTION)
    Clock.objects.filter(pk=clock.pk).update(due_at=clock.due_at + timedelta(days=1))
    assert numbers(AT) == [10]


def test_a_follow_up_that_outlives_its_case_is_seen(cast):
    """7."""
    case = a_closed_case(cast)
    call = FollowUpCall.objects.get(case=case)
    FollowUpCall(
        case=case,
        owner=cast.ana,
        scheduled_for=call.scheduled_for,
        window_ends_at=call.window_ends_at,
        attempts_max=3,
        policy_id=call.policy_id,
    ).save()
    assert numbers(AT) == [7]


def test_a_file_that_was_changed_is_seen(cast):
    """8."""
    evidence = add_photo(cast, an_assessing_case(cast))
    path = Evidence.objects.get(pk=evidence.pk).file.path
    with open(path, "rb") as stored:
        content = stored.read()
    with open(path, "wb") as stored:
        stored.write(content + b"!")
    assert numbers(AT) == [8]


@pytest.mark.sqlite
def test_a_row_that_was_changed_past_the_record_is_seen(cast):
    """5, and the path of 4 is not touched by it."""
    case = an_assessing_case(cast)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = 'ledger_update_complaints_complaint'")
        (trigger,) = cursor.fetchone()
        cursor.execute("DROP TRIGGER ledger_update_complaints_complaint")
        cursor.execute("UPDATE complaints_complaint SET demanded_amount = 1 WHERE id = %s", [case.pk])
    connection.connection.execute(trigger)
    assert numbers(AT) == [5]


def test_the_command_names_what_is_broken(cast, capsys):
    escalation = one_that_lies_with_its_subject(cast)
    Clock.objects.update(stopped_at=AT)
    with pytest.raises(CommandError, match="1 broken"):
        call_command("check_invariants")
    assert f"complaints.escalation {escalation.pk}" in capsys.readouterr().out


@pytest.mark.parametrize("seed", range(6))
def test_they_hold_after_a_random_walk_of_people_and_sweeps(cast, seed):
    chance = random.Random(seed)
    cases = [an_assessing_case(cast), a_following_up_case(cast)]
    for case in cases:
        answer(cast, case, purpose="enquiry", words="请补充照片")
    at = AT
    for _ in range(25):
        at += timedelta(minutes=chance.choice([1, 30, 60 * 9, 60 * 26]))
        case = Complaint.objects.get(pk=chance.choice(cases).pk)
        person = chance.choice([cast.ana, cast.ana, cast.sven, cast.ben])
        with suppress(RuleBroken, PermissionDenied):
            chance.choice(STEPS)(case, person, at, chance)
        for sweep in chance.sample(SWEEPS, 3):
            sweep(at)
    for sweep in SWEEPS:
        sweep(at)
    assert list(broken_invariants(at)) == []


def pause(case, person, at, chance):
    begin_pause(
        case.pk,
        by=person,
        at=at,
        category=chance.choice(["awaiting_customer", "awaiting_test"]),
        reason="等",
        asked_of="customer",
        asked_what="照片",
    )


def go_on(case, person, at, chance):
    end_pause(case.pk, by=person, at=at)


def go_up(case, person, at, chance):
    raise_by_hand(case.pk, by=person, at=at, reason="需要帮助", level=chance.choice([1, 2, 3]))


def decide(case, person, at, chance):
    for escalation in case.escalations.filter(state="open"):
        decision = chance.choice(["return", "take_over", "more_authority"])
        decide_escalation(escalation.pk, by=person, at=at, decision=decision, answer="好")


def call(case, person, at, chance):
    for follow_up in case.follow_ups.filter(state="due"):
        outcome = chance.choice(["delivered", "no_answer", "declined"])
        record_attempt(follow_up.pk, by=person, at=at, outcome=outcome, words="嗯", breach_reason="客户要求")


def schedule(case, person, at, chance):
    schedule_follow_up(case.pk, by=person, at=at, channel=chance.choice(["phone", "qianniu"]))


def call_off(case, person, at, chance):
    for follow_up in case.follow_ups.all():
        cancel_follow_up(follow_up.pk, by=person, at=at, reason="换个方式")


def complain_again(case, person, at, chance):
    dissatisfied(case.pk, by=person, at=at, what="又坏了")


def close(case, person, at, chance):
    close_case(case.pk, by=person, at=at)


STEPS = [pause, go_on, go_up, decide, call, schedule, call_off, complain_again, close]
SWEEPS = [
    overdue.escalate_overdue,
    overdue.close_escalations,
    sweeping.put_follow_ups_on_lists,
    sweeping.warn_of_commitments,
    sweeping.warn_of_clocks,
    sweeping.end_capped_pauses,
    sweeping.warn_of_payments,
]
