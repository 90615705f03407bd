"""Worked cases about bodies outside and reviews, told from end to end (WC-43, WC-45, WC-48, WC-49)."""

import pytest

from complaints.actions.advising import advise_of_routes, name_routes, routes_in_words
from complaints.actions.answering_bodies import write_letter
from complaints.actions.keeping import keep_commitment
from complaints.actions.outside import outside_decided
from complaints.actions.reviewing import answer_review, approve_answer, note_platform_decision, request_removal
from complaints.actions.routing import move_route
from complaints.states import CaseState, CommitmentState, ReviewState, RouteState
from complaints.vocabulary import BodyKind, Outcome, RouteKind
from tests.building import a_case, a_negotiating_case, add_photo
from tests.cast import AT, later
from tests.outside import ANSWER, GOOD, a_review
from tests.refusals import a_route
from tests.saying_no import refused

pytestmark = pytest.mark.django_db
ARBITRATION = {"kind": RouteKind.ARBITRATION, "body_kind": BodyKind.ARBITRATION_BODY, "body_name": "义乌仲裁委员会"}


def test_wc_43_unresolved_in_the_period(cast):
    """The job prompts, the customer is told of official complaint and arbitration, and it stands in the case."""
    case = a_negotiating_case(cast)
    advise_of_routes(later(days=15))
    words = routes_in_words(case, at=later(days=15))
    assert "12315" in words
    assert "仲裁" in words
    name_routes(case.pk, by=cast.ana, at=later(days=15), channel="email", words=words)
    assert not case.route_advice.filter(told_at__isnull=True).exists()
    assert case.contacts.latest("pk").words.words == words


def test_wc_45_a_false_review(cast):
    """Review untrue, evidence held: the platform removes it; all reviews are answered."""
    case = a_negotiating_case(cast)
    false, fair = a_review(cast, case), a_review(cast, case, **GOOD)
    photo = add_photo(cast, case)
    answer_review(fair.pk, by=cast.ana, at=AT, answer=ANSWER)
    answer_review(false.pk, by=cast.ana, at=AT, answer=ANSWER)
    approve_answer(false.pk, by=cast.sven, at=AT)
    request_removal(
        false.pk, by=cast.ana, at=AT, ground="false_information", words="所述与实物照片不符。",
        evidence_ids=[photo.pk], nothing_given=True,
    )  # fmt: skip
    removed = note_platform_decision(false.pk, by=cast.ana, at=later(days=2), removed=True, words="已核实删除。")
    assert removed.state == ReviewState.REMOVED
    assert case.reviews.filter(answered_at__isnull=True).count() == 0


def test_wc_48_and_49_an_award_binds_and_needs_its_basis(cast):
    """Arbitration without clause or consent is refused; with it the award, on a closed case, is carried out."""
    case = a_case(cast, "closed")
    with refused("route.arbitration_without_basis"):
        a_route(cast, case, **ARBITRATION)
    route = a_route(
        cast, case, **ARBITRATION, arbitration_basis="clause", clause="争议提交义乌仲裁委员会，适用其规则。"
    )
    case.refresh_from_db()
    assert case.state == CaseState.EXTERNAL
    write_letter(route.pk, by=cast.ana, at=later(days=1), direction="sent", words="答辩意见及凭证。", is_answer=True)
    for to in ("accepted", "heard"):
        move_route(route.pk, by=cast.ana, at=later(days=2), to=to)
    move_route(
        route.pk, by=cast.ana, at=later(days=9), to="decided", words="裁决退款459元，十日内履行。",
        obliges=True, promise="退款459元。", due_at=later(days=19),
    )  # fmt: skip
    promise = case.commitments.get(route=route)
    ruled = outside_decided(case.pk, by=cast.ana, at=later(days=9), route_id=route.pk, to="executing", obliges=False)
    assert (ruled.state, ruled.outcome) == (CaseState.EXECUTING, Outcome.RULED)
    with refused("route.promise_open"):
        move_route(route.pk, by=cast.ana, at=later(days=10), to="complied")
    assert (
        keep_commitment(promise.pk, by=cast.ana, at=later(days=12), words="已原路退回。").state == CommitmentState.KEPT
    )
    assert move_route(route.pk, by=cast.ana, at=later(days=12), to="complied").state == RouteState.COMPLIED
