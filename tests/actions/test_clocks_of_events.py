"""Many clocks a case: those of outside routes, regions and categories start and stop by their own events."""

from datetime import timedelta

import pytest

from casemgmt.ledger import signed
from complaints.actions.pausing import begin_pause
from complaints.actions.requesting_evidence import answer_evidence_request, ask_for_evidence
from complaints.actions.routing import move_route
from complaints.actions.timing import start_further_clocks
from complaints.invariants.times import clocks as broken_clocks
from complaints.models import Clock, Complaint
from complaints.states import RouteState
from complaints.vocabulary import BodyKind, PauseEnd, RouteKind, Side
from policies.actions import draft_policy
from policies.models import PolicyRow
from tests.building import add_photo, an_assessing_case, an_investigating_case, answer
from tests.cast import AT, SHANGHAI, later
from tests.refusals import a_route

pytestmark = pytest.mark.django_db

AUTHORITY = {"kind": RouteKind.ADMINISTRATIVE_COMPLAINT, "body_kind": BodyKind.MARKET_REGULATION}


def running(case, kind):
    return case.clocks.filter(kind=kind, stopped_at__isnull=True)


def test_a_complaint_to_the_authority_starts_its_clock_from_the_filing_and_acceptance_starts_the_next(cast):
    case = an_investigating_case(cast)
    route = a_route(cast, case, at=later(hours=1), filed_at=later(days=-3), **AUTHORITY)
    acceptance = running(case, "authority_acceptance").get()
    assert (acceptance.started_at, acceptance.route) == (later(days=-3), route)
    assert acceptance.due_at.astimezone(SHANGHAI).strftime("%m-%d %H:%M") == "10-19 18:00"
    move_route(route.pk, by=cast.ana, at=later(days=1), to=RouteState.ACCEPTED)
    acceptance.refresh_from_db()
    assert (acceptance.stopped_at, acceptance.stopped_late) == (later(days=1), False)
    mediation = running(case, "authority_mediation").get()
    assert mediation.due_at.astimezone(SHANGHAI).strftime("%m-%d %H:%M") == "12-13 00:00"
    move_route(route.pk, by=cast.ana, at=later(days=2), to=RouteState.SETTLED, words="双方和解。")
    assert not running(case, "authority_mediation").exists()
    assert not list(broken_clocks())


def test_a_second_route_has_clocks_of_its_own(cast):
    case = an_investigating_case(cast)
    first = a_route(cast, case, **AUTHORITY)
    second = a_route(cast, case, at=later(hours=1), **AUTHORITY)
    assert [clock.round for clock in running(case, "authority_acceptance").order_by("round")] == [1, 2]
    move_route(first.pk, by=cast.ana, at=later(hours=2), to=RouteState.ACCEPTED)
    assert running(case, "authority_acceptance").get().route == second


def test_other_routes_and_bodies_start_nothing(cast):
    case = an_investigating_case(cast)
    a_route(cast, case)
    assert not case.clocks.filter(route__isnull=False).exists()


def test_the_next_deadline_of_the_case_is_the_earliest_of_all(cast):
    case = an_investigating_case(cast)
    route = a_route(cast, case, filed_at=later(days=-11), at=later(hours=1), **AUTHORITY)
    case.refresh_from_db()
    assert case.next_due_at == running(case, "authority_acceptance").get().due_at
    move_route(route.pk, by=cast.ana, at=later(hours=2), to=RouteState.NOT_ACCEPTED, words="不属于受理范围。")
    case.refresh_from_db()
    assert case.next_due_at == min(clock.due_at for clock in case.clocks.running())


def test_what_began_on_a_paused_case_counts_the_pause(cast):
    case = an_assessing_case(cast)
    begin_pause(
        case.pk, by=cast.ana, at=later(hours=1), category="awaiting_test", reason="等检测", asked_of="third_party",
        asked_what="报告",
    )  # fmt: skip
    policy = PolicyRow.objects.get(kind="clock", key="resolution", state="active")
    assert "awaiting_test" in policy.body["paused_by"]
    Clock.objects.filter(case=case, kind="resolution").update(stopped_at=AT, stopped_late=False)
    with signed(by=cast.system, reason="test.started", at=later(hours=2)):
        locked = Complaint.objects.get(pk=case.pk)
        started = start_further_clocks(locked, "case.reopened", at=later(hours=2))
    assert [clock.paused_at for clock in started if clock.kind == "resolution"] == [later(hours=2)]


def test_evidence_from_the_customer_ends_the_pause_that_waits_for_them(cast):
    case = an_assessing_case(cast)
    answer(cast, case, purpose="enquiry", words="麻烦补一张照片")
    waiting = begin_pause(
        case.pk, by=cast.ana, at=later(hours=1), category="awaiting_customer", reason="等照片", asked_of="customer",
        asked_what="照片",
    )  # fmt: skip
    add_photo(cast, case, at=later(hours=5), supplied_by=Side.COMPANY)
    waiting.refresh_from_db()
    assert waiting.ended_at is None
    add_photo(cast, case, at=later(hours=6))
    waiting.refresh_from_db()
    assert (waiting.ended_at, waiting.end_cause) == (later(hours=6), PauseEnd.EVIDENCE_RECEIVED)
    case.refresh_from_db()
    assert case.next_due_at == min(clock.due_at for clock in case.clocks.running())


def test_the_answer_to_a_request_ends_the_pause_that_names_it_whoever_was_asked(cast):
    case = an_assessing_case(cast)
    request = ask_for_evidence(
        case.pk, by=cast.ana, at=AT, evidence_type="photo", what="检测报告", asked_from=Side.THIRD_PARTY
    )
    other = ask_for_evidence(
        case.pk, by=cast.ana, at=AT, evidence_type="photo", what="面单", asked_from=Side.THIRD_PARTY
    )
    waiting = begin_pause(
        case.pk, by=cast.ana, at=later(hours=1), category="awaiting_test", reason="等检测", asked_of="third_party",
        asked_what="报告", request_id=request.pk,
    )  # fmt: skip
    answer_evidence_request(other.pk, by=cast.ana, at=later(hours=2))
    waiting.refresh_from_db()
    assert waiting.ended_at is None
    answer_evidence_request(request.pk, by=cast.ana, at=later(hours=3))
    waiting.refresh_from_db()
    assert (waiting.ended_at, waiting.end_cause) == (later(hours=3), PauseEnd.EVIDENCE_RECEIVED)


def test_an_answer_from_before_the_pause_does_not_end_it(cast):
    case = an_assessing_case(cast)
    answer(cast, case, purpose="enquiry", words="麻烦补一张照片")
    waiting = begin_pause(
        case.pk, by=cast.ana, at=later(hours=3), category="awaiting_customer", reason="等照片", asked_of="customer",
        asked_what="照片",
    )  # fmt: skip
    said = {"channel": "qianniu", "direction": "incoming", "purpose": "general", "words": "照片发您了"}
    answer(cast, case, at=later(hours=4), occurred_at=later(hours=2), **said)
    waiting.refresh_from_db()
    assert waiting.ended_at is None
    answer(cast, case, at=later(hours=6), occurred_at=later(hours=5), **said)
    waiting.refresh_from_db()
    assert (waiting.ended_at, waiting.end_cause) == (later(hours=5), PauseEnd.ANSWERED)


def test_a_policy_names_known_events_alone(cast):
    row = PolicyRow.objects.get(kind="clock", key="resolution", state="active")
    with pytest.raises(Exception, match=r"starts_on\[0\]"):
        draft_policy(
            by=cast.sven, at=AT, kind="clock", key="resolution", title={"en": "x", "zh": "x"},
            source={"en": "x", "zh": "x"}, valid_from=AT + timedelta(days=1),
            body=row.body | {"starts_on": ["full.moon"]},
        )  # fmt: skip
