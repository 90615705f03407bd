"""A body outside takes up a case that has ended: it is open again, its clocks run, a ruling becomes a promise."""

import pytest

from casemgmt.models import Notice
from casemgmt.privacy.models import AccessKind
from complaints.actions.answering_bodies import write_letter
from complaints.actions.keeping import keep_commitment
from complaints.actions.outside import go_on, outside_decided
from complaints.actions.routing import move_route, set_route_dates
from complaints.actions.showing_evidence import custody_of
from complaints.actions.withdrawing import withdraw
from complaints.states import CaseState, EscalationState, RouteState
from complaints.vocabulary import BodyKind, RouteKind
from tests.building import a_case, add_photo, an_assessing_case
from tests.cast import AT, later
from tests.refusals import a_route, a_withdrawn_case
from tests.saying_no import denied, refused

pytestmark = pytest.mark.django_db

COURT = {"kind": RouteKind.LITIGATION, "body_kind": BodyKind.COURT, "body_name": "义乌市人民法院"}
PRESS = {"kind": RouteKind.MEDIA_EXPOSURE, "body_kind": BodyKind.MEDIA, "body_name": "义乌商报"}
PLATFORM = {"kind": RouteKind.PLATFORM, "body_kind": BodyKind.PLATFORM, "body_name": "天猫客服"}
RULING = {"obliges": True, "promise": "十日内退款459元。", "due_at": later(days=10)}


def running(case):
    return sorted(case.clocks.filter(stopped_at__isnull=True, paused_at__isnull=True).values_list("kind", flat=True))


@pytest.mark.parametrize("state", ["closed", "withdrawn"])
def test_a_route_on_an_ended_case_starts_its_clocks_and_opens_it_outside(cast, state):
    case = a_withdrawn_case(cast) if state == "withdrawn" else a_case(cast, state)
    a_route(cast, case, **COURT)
    case.refresh_from_db()
    assert (case.state, case.state_before_external, case.is_open) == (CaseState.EXTERNAL, state, True)
    assert running(case) == ["court_answer"]
    assert case.next_due_at == case.clocks.get(kind="court_answer").due_at
    assert case.history.latest("history_id").history_change_reason in ("case.back_outside", "route.recorded")
    told = Notice.objects.filter(code="notice.case_back_outside").values_list("person__username", flat=True)
    assert "sven" in told


def test_a_ruling_on_a_withdrawn_case_is_a_promise_and_the_case_waits_for_somebody(cast):
    case = an_assessing_case(cast)
    route = a_route(cast, case, **COURT)
    withdraw(case.pk, by=cast.ana, at=AT, words="先撤了。")
    move_route(route.pk, by=cast.ana, at=AT, to="decided", words="判令退款459元。", **RULING)
    case.refresh_from_db()
    promise = case.commitments.get()
    assert (case.state, promise.route_id, promise.owner, promise.due_at) == (
        CaseState.EXTERNAL, route.pk, cast.ana, RULING["due_at"],
    )  # fmt: skip
    with refused("outside.decision_waits"):
        go_on(case.pk, by=cast.ana, at=AT, because="route_ended", reason="结束。")
    ruled = outside_decided(case.pk, by=cast.ana, at=AT, route_id=route.pk, to="executing", obliges=False)
    assert (ruled.state, ruled.outcome) == (CaseState.EXECUTING, "ruled")
    with refused("route.promise_open"):
        move_route(route.pk, by=cast.ana, at=AT, to="complied")
    keep_commitment(promise.pk, by=cast.ana, at=AT, words="已退款。")
    assert move_route(route.pk, by=cast.ana, at=AT, to="complied").state == RouteState.COMPLIED


def test_a_voided_case_stays_voided_and_takes_no_promise(cast):
    case = a_case(cast, "voided")
    route = a_route(cast, case, by=cast.sven, **COURT)
    with refused("case.ended"):
        move_route(route.pk, by=cast.sven, at=AT, to="decided", words="…", owner_id=cast.sven.pk, **RULING)
    case.refresh_from_db()
    assert (case.state, running(case)) == (CaseState.VOIDED, [])


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"to": "accepted"}, "route.orders_nothing"),
        ({"promise": " "}, "outside.promise_missing"),
        ({"due_at": None}, "outside.due_missing"),
        ({"due_at": AT}, "outside.due_in_past"),
        ({"owner_id": 0}, "promise.owner_missing"),
    ],
)
def test_each_clause_of_a_ruling_alone_refuses(cast, changes, code):
    """WC-48."""
    route = a_route(cast, an_assessing_case(cast), **COURT)
    with refused(code):
        move_route(route.pk, by=cast.ana, at=AT, **{"to": "decided", "words": "判决。", **RULING} | changes)


def test_our_answer_stops_the_clock_of_the_body_as_of_its_day(cast):
    case = an_assessing_case(cast)
    route = a_route(cast, case, **PLATFORM)
    photo = add_photo(cast, case)
    letter = write_letter(
        route.pk, by=cast.ana, at=later(days=2), direction="sent", words="随附质检记录和照片，请核。",
        occurred_at=later(days=1), is_answer=True, evidence_ids=[photo.pk],
    )  # fmt: skip
    clock = case.clocks.get(kind="platform_answer")
    route.refresh_from_db()
    assert (clock.stopped_at, clock.stopped_late, route.answered_at) == (later(days=1), False, later(days=1))
    assert [piece.evidence_id for piece in letter.enclosures.all()] == [photo.pk]


def test_what_we_enclose_left_the_house_by_its_custody_log_and_what_we_got_did_not(cast):
    case = an_assessing_case(cast)
    route = a_route(cast, case, **PLATFORM)
    ours, theirs = add_photo(cast, case), add_photo(cast, case)
    for direction, piece in (("sent", ours), ("received", theirs)):
        write_letter(route.pk, by=cast.ana, at=AT, direction=direction, words="随附照片。", evidence_ids=[piece.pk])
    left = custody_of([ours, theirs]).get()
    assert (left.subject_pk, left.kind, left.subject_field) == (str(ours.pk), AccessKind.EXPORTED, "letter")
    assert (left.person_id, left.at) == (str(cast.ana.pk), AT)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"direction": "up"}, "letter.direction_missing"),
        ({"words": " "}, "letter.words_missing"),
        ({"occurred_at": later(days=9)}, "letter.in_future"),
        ({"occurred_at": later(days=-9)}, "route.before_it_was_filed"),
        ({"direction": "received"}, "letter.answer_is_ours"),
        ({"evidence_ids": [999]}, "letter.evidence_not_here"),
        ({"words": "再闹就给您发律师函。"}, "wording.blocked"),
    ],
)
def test_each_clause_of_a_letter_alone_refuses(cast, changes, code):
    route = a_route(cast, an_assessing_case(cast), **PLATFORM)
    letter = {"direction": "sent", "words": "随附凭证。", "is_answer": True} | changes
    with refused(code):
        write_letter(route.pk, by=cast.ana, at=AT, **letter)
    assert not route.letters.exists()


def test_the_press_goes_up_and_is_answered_by_whom_the_policy_names(cast):
    """S-TPR-15, S-PUB-05."""
    case = an_assessing_case(cast)
    route = a_route(cast, case, **PRESS)
    escalation = case.escalations.get(cause=f"media:{route.pk}")
    assert (escalation.to_person, escalation.state) == (cast.sven, EscalationState.OPEN)
    words = {"direction": "sent", "words": "情况正在核实，核实后统一答复。"}
    with refused("letter.not_spokesperson"):
        write_letter(route.pk, by=cast.ana, at=AT, **words)
    write_letter(route.pk, by=cast.ana, at=AT, direction="received", words="请问是否属实？")
    assert write_letter(route.pk, by=cast.sven, at=AT, **words).recorded_by == cast.sven


def test_a_date_that_moves_is_warned_of_again(cast):
    route = a_route(cast, an_assessing_case(cast), **COURT, hearing_at=later(days=3))
    route.hearing_warned_at = AT
    route.save()
    moved = set_route_dates(route.pk, by=cast.ana, at=AT, hearing_at=later(days=9), reference_number="(2026)浙0782号")
    assert (moved.hearing_at, moved.hearing_warned_at, moved.reference_number) == (
        later(days=9), None, "(2026)浙0782号",
    )  # fmt: skip
    with refused("route.nothing_given"):
        set_route_dates(route.pk, by=cast.ana, at=AT)
    move_route(route.pk, by=cast.ana, at=AT, to="withdrawn")
    with refused("route.runs_no_more"):
        set_route_dates(route.pk, by=cast.ana, at=AT, hearing_at=later(days=9))


@pytest.mark.parametrize("who", ["wen", "olga", "axel"])
def test_others_write_no_letters_and_set_no_dates(cast, who):
    route = a_route(cast, an_assessing_case(cast), **PLATFORM)
    person = getattr(cast, who)
    with denied():
        write_letter(route.pk, by=person, at=AT, direction="sent", words="…")
    with denied():
        set_route_dates(route.pk, by=person, at=AT, hearing_at=later(days=1))
