"""Each invariant about what falls due is seen when nobody swept, or a row was written past every guard (6, 7, 10)."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import connection

from casemgmt.people.models import Person
from complaints.actions.pausing import begin_pause
from complaints.actions.requesting_evidence import ask_for_evidence
from complaints.actions.routing import set_route_dates
from complaints.actions.scheduling_calls import schedule_call
from complaints.actions.splitting import split_case
from complaints.invariants import broken_invariants, records, times
from complaints.models import Clock, Commitment, Complaint, Escalation, FollowUpCall
from complaints.states import CaseState
from tests.breaking import codes_of, nothing_guarded, unseen
from tests.building import add_photo, an_assessing_case, an_executing_case, answer
from tests.cast import AT, later
from tests.following import a_due_follow_up, a_following_up_case
from tests.money import an_approved_grant
from tests.refusals import a_route
from tests.walking.sweeping import sweep_everything

pytestmark = pytest.mark.django_db

LONG_AGO = AT - timedelta(days=3)


def test_whatever_nobody_swept_is_seen(cast):
    """6: the instant up to which it should have been seen to goes on, and no sweep runs."""
    case = an_executing_case(cast)
    an_approved_grant(cast, case)
    route = a_route(cast, case)
    set_route_dates(route.pk, by=cast.ana, at=AT, answer_due_at=later(days=2))
    ask_for_evidence(case.pk, by=cast.ana, at=AT, evidence_type="photo", what="照片", due_at=later(days=1))
    answer(cast, case, purpose="enquiry", words="请补充照片")
    begin_pause(
        case.pk, by=cast.ana, at=AT, category="awaiting_customer", reason="等", asked_of="customer", asked_what="照片"
    )
    call = a_following_up_case(cast).follow_ups.get()
    an_assessing_case(cast)
    much_later = later(days=60)
    codes = codes_of([partial(times.unswept, much_later), partial(times.first_levels, much_later)])
    assert codes >= {
        "invariant.level_not_raised",
        "invariant.promise_not_broken",
        "invariant.request_not_given_up",
        "invariant.pause_beyond_its_cap",
        "invariant.follow_up_not_on_a_list",
        "invariant.payment_not_escalated",
        "invariant.answer_not_escalated",
    }
    a_due_follow_up(cast, Complaint.objects.get(follow_ups=call))
    assert "invariant.follow_up_window_over" in codes_of([partial(times.unswept, much_later)])
    assert codes_of([partial(times.unswept, AT), partial(times.first_levels, AT)]) == set()


def test_what_was_written_after_the_sweep_belongs_to_the_next_one(cast):
    """6: the second half of a case inherits clocks that were overdue long ago."""
    case = an_assessing_case(cast)
    swept_at, split_at = later(days=10), later(days=10, minutes=1)
    sweep_everything(swept_at)
    said = list(case.statements.filter(kind="content").values_list("pk", flat=True))
    half = split_case(
        case.pk, by=cast.ana, at=split_at, matter="吊牌也缺了。", reason="两件事，分开处理。", statements=said
    )
    assert half.clocks.filter(next_level_at__lt=swept_at).exists()
    assert list(broken_invariants(swept_at)) == []
    assert "invariant.level_not_raised" in {breach.code for breach in broken_invariants(later(days=10, minutes=2))}


def test_ladders_that_were_left_or_climbed_wrongly_are_seen(cast):
    """6."""
    case = an_executing_case(cast)
    at = later(days=30)
    sweep_everything(at)
    promise = Commitment.objects.filter(case=case, state="broken")
    raised = Escalation.objects.filter(case=case)
    of_clock = raised.filter(cause__startswith="clock:")
    of_promise = raised.filter(cause__startswith="commitment:")
    assert promise.exists()
    assert of_clock.exists()
    rooms = (
        partial(times.unswept, at),
        partial(times.first_levels, at),
        partial(times.once_a_level, at),
        times.waiting_on_closed,
    )
    with nothing_guarded():
        breakages = {
            "promise_not_escalated": lambda: of_promise.update(cause="by_hand:0"),
            "next_level_not_raised": lambda: of_promise.update(next_level_at=LONG_AGO),
            "levels_of_clock": lambda: of_clock.filter(level=1).delete(),
            "level_left_out": lambda: of_promise.filter(level=1).update(level=2),
            "escalation_closed_undated": lambda: of_clock.update(state="closed"),
            "escalation_on_closed_case": lambda: Complaint.objects.filter(pk=case.pk).update(state=CaseState.CLOSED),
        }
        assert unseen(breakages, *rooms) == []


def test_follow_ups_and_calls_on_no_list_are_seen(cast):
    """7."""
    case = a_following_up_case(cast)
    call = a_due_follow_up(cast, case)
    schedule_call(case.pk, by=cast.ana, at=AT, wanted_at=later(days=2))

    def another():
        copied = ("case_id", "owner_id", "scheduled_for", "window_ends_at", "attempts_max", "policy_id")
        FollowUpCall.objects.create(**{name: getattr(call, name) for name in copied})

    with nothing_guarded():
        breakages = {
            "follow_up_on_ended_case": lambda: Complaint.objects.filter(pk=case.pk).update(state=CaseState.VOIDED),
            "call_on_ended_case": lambda: Complaint.objects.filter(pk=case.pk).update(state=CaseState.VOIDED),
            "follow_up_on_nobodys_list": lambda: Person.objects.filter(pk=cast.ana.pk).update(is_active=False),
            "follow_up_twice": another,
        }
        assert unseen(breakages, times.follow_ups) == []


def test_clocks_that_their_events_do_not_explain_are_seen(cast):
    """10: due at another instant, or standing still for nothing."""
    case = an_assessing_case(cast)
    clock = Clock.objects.filter(case=case, kind=Clock.Kind.RESOLUTION)
    breakages = {
        "clock_of_other_events": lambda: clock.update(due_at=later(days=90)),
        "clock_stands_still": lambda: clock.update(paused_at=AT),
        "clock_of_unknown_policy": lambda: clock.update(policy_id=0),
    }
    assert unseen(breakages, times.clocks) == []


def test_rows_past_the_record_and_words_in_clear_are_seen(cast):
    """5, 8 and 9."""
    case = an_assessing_case(cast)
    evidence = add_photo(cast, case)
    rows = Complaint.objects.filter(pk=case.pk)
    with nothing_guarded():
        breakages = {
            "row_without_its_history": lambda: rows.update(demanded_amount=1),
            "nobody_signed": lambda: Complaint.history.filter(id=case.pk).update(history_actor=""),
            "file_unreadable": lambda: type(evidence).objects.filter(pk=evidence.pk).update(file="nowhere.png"),
            "file_changed": lambda: type(evidence).objects.filter(pk=evidence.pk).update(sha256="0" * 64),
            "in_clear": lambda: _write_in_clear(case.customer),
        }
        assert unseen(breakages, records.records, records.evidence_bytes, records.sealed_columns) == []


def _write_in_clear(customer):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE complaints_customer SET name = '林晓云' WHERE id = %s", [customer.pk])
