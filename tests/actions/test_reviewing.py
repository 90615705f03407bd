"""Public reviews: each answered, bad ones by two people, removed by the platform alone, never bought (S-PUB, WC-45)."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from casemgmt.ledger import signed
from casemgmt.models import Notice
from casemgmt.privacy.models import AccessKind
from complaints.actions.evidencing import exclude_evidence
from complaints.actions.reminding_of_routes import remind_of_reviews
from complaints.actions.reviewing import (
    answer_review,
    approve_answer,
    note_improvement,
    note_platform_decision,
    register_review,
    request_removal,
    send_back_answer,
)
from complaints.actions.showing_evidence import custody_of
from complaints.models import Review, ReviewEvidence
from complaints.roles import cases_visible_to, day_of
from complaints.states import ReviewState
from tests.building import a_case, add_photo, an_assessing_case
from tests.cast import AT, later
from tests.outside import ANSWER, GOOD, a_proposed_answer, a_review
from tests.saying_no import denied, refused

pytestmark = pytest.mark.django_db
REMOVAL = {"ground": "false_information", "words": "该评价所述商品并非本店售出，附出库照片。", "nothing_given": True}


@pytest.fixture
def case(cast):
    return an_assessing_case(cast)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"platform": "moon"}, "review.platform_unknown"),
        ({"link": "javascript:alert(1)"}, "review.link_is_none"),
        ({"link": "https://" + "a" * 500}, "route.too_long"),
        ({"stars": 0}, "review.stars_unknown"),
        ({"stars": 6}, "review.stars_unknown"),
        ({"words": " "}, "review.words_missing"),
        ({"written_at": later(days=1)}, "review.in_future"),
    ],
)
def test_each_fault_of_a_review_is_said_at_its_field(cast, case, changes, code):
    with refused(code):
        a_review(cast, case, **changes)


def test_a_good_review_is_answered_by_one_person_a_bad_one_by_two(cast, case):
    """S-PUB-03."""
    good = answer_review(a_review(cast, case, **GOOD).pk, by=cast.ana, at=AT, answer=ANSWER)
    assert (good.state, good.answered_at, good.decided_by) == (ReviewState.ANSWERED, AT, None)
    bad = a_proposed_answer(cast, case)
    assert (bad.state, bad.answered_at) == (ReviewState.ANSWER_PROPOSED, None)
    assert Notice.objects.filter(code="notice.review_answer_waits", person=cast.sven).exists()
    answered = approve_answer(bad.pk, by=cast.sven, at=AT)
    assert (answered.state, answered.decided_by, answered.answered_by) == (ReviewState.ANSWERED, cast.sven, cast.ana)


def test_nobody_agrees_to_their_own_answer(cast, case):
    review = answer_review(a_review(cast, case, by=cast.sven).pk, by=cast.sven, at=AT, answer=ANSWER)
    with refused("duty.asker_decides"):
        approve_answer(review.pk, by=cast.sven, at=AT)
    with refused("duty.asker_decides"):
        send_back_answer(review.pk, by=cast.sven, at=AT, remark="不行。")
    with denied():
        approve_answer(review.pk, by=cast.ana, at=AT)
    assert approve_answer(review.pk, by=cast.tara, at=AT).state == ReviewState.ANSWERED


def test_an_answer_that_nobody_wrote_is_not_agreed_to(cast, case):
    review = a_review(cast, case)
    with refused("case.not_possible_from"):
        approve_answer(review.pk, by=cast.sven, at=AT)


def test_an_answer_that_goes_back_is_written_anew(cast, case):
    review = a_proposed_answer(cast, case)
    with refused("review.remark_missing"):
        send_back_answer(review.pk, by=cast.sven, at=AT, remark=" ")
    back = send_back_answer(review.pk, by=cast.sven, at=AT, remark="请写明更换时间。")
    assert (back.state, back.remark.words) == (ReviewState.FOUND, "请写明更换时间。")
    again = answer_review(review.pk, by=cast.ana, at=AT, answer=ANSWER)
    assert (again.state, again.decided_by, again.remark) == (ReviewState.ANSWER_PROPOSED, None, None)


@pytest.mark.parametrize("words", ["删差评就给您退款。", "再不删就起诉您诽谤。"])
def test_nothing_is_given_or_threatened_for_a_review(cast, case, words):
    """E-commerce Law art. 17 and 39, S-PUB-02."""
    review = a_review(cast, case)
    with refused("wording.blocked"):
        answer_review(review.pk, by=cast.ana, at=AT, answer=words)
    photo = add_photo(cast, case)
    with refused("wording.blocked"):
        request_removal(review.pk, by=cast.ana, at=AT, **REMOVAL | {"words": words}, evidence_ids=[photo.pk])
    with refused("review.never_bought"):
        request_removal(review.pk, by=cast.ana, at=AT, **REMOVAL | {"nothing_given": False}, evidence_ids=[photo.pk])


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"ground": "low_mark"}, "review.ground_unknown"), ({"words": ""}, "review.removal_words_missing")],
)
def test_the_platform_is_asked_on_a_ground_and_in_words(cast, case, changes, code):
    review, photo = a_review(cast, case), add_photo(cast, case)
    with refused(code):
        request_removal(review.pk, by=cast.ana, at=AT, **REMOVAL | changes, evidence_ids=[photo.pk])


def test_the_platform_is_asked_with_evidence_of_this_case_alone(cast, case):
    """S-PUB-02, WC-45."""
    review, photo = a_review(cast, case), add_photo(cast, case)
    with refused("review.evidence_missing"):
        request_removal(review.pk, by=cast.ana, at=AT, **REMOVAL, evidence_ids=[])
    foreign = add_photo(cast, a_case(cast, "assessing"))
    with refused("letter.evidence_not_here"):
        request_removal(review.pk, by=cast.ana, at=AT, **REMOVAL, evidence_ids=[photo.pk, foreign.pk])
    asked = request_removal(review.pk, by=cast.ana, at=AT, **REMOVAL, evidence_ids=[photo.pk])
    assert asked.state == ReviewState.REMOVAL_REQUESTED
    assert list(ReviewEvidence.objects.values_list("evidence", flat=True)) == [photo.pk]
    left = custody_of([photo, foreign]).get()
    assert (left.subject_pk, left.kind, left.subject_field) == (str(photo.pk), AccessKind.EXPORTED, "review")
    kept = note_platform_decision(review.pk, by=cast.ana, at=AT, removed=False, words="证据不足。")
    assert (kept.state, kept.platform_says.words) == (ReviewState.KEPT, "证据不足。")
    assert answer_review(review.pk, by=cast.ana, at=AT, answer=ANSWER).state == ReviewState.ANSWER_PROPOSED


def test_excluded_evidence_supports_nothing(cast, case):
    review, photo = a_review(cast, case), add_photo(cast, case)
    exclude_evidence(photo.pk, by=cast.ana, at=AT, reason="另一件商品。")
    with refused("letter.evidence_not_here"):
        request_removal(review.pk, by=cast.ana, at=AT, **REMOVAL, evidence_ids=[photo.pk])


def test_a_removed_review_stays_on_record(cast, case):
    review, photo = a_review(cast, case), add_photo(cast, case)
    request_removal(review.pk, by=cast.ana, at=AT, **REMOVAL, evidence_ids=[photo.pk])
    assert note_platform_decision(review.pk, by=cast.ana, at=AT, removed=True).state == ReviewState.REMOVED
    with refused("case.not_possible_from"):
        answer_review(review.pk, by=cast.ana, at=AT, answer=ANSWER)


def test_an_improved_review_has_more_stars(cast, case):
    review = a_review(cast, case)
    with refused("review.not_improved"):
        note_improvement(review.pk, by=cast.ana, at=AT, stars=1)
    better = note_improvement(review.pk, by=cast.ana, at=AT, stars=5, words="换新很快，满意。")
    assert (better.state, better.stars, better.improved_stars) == (ReviewState.IMPROVED, 1, 5)


def test_a_review_without_a_case_makes_one_for_the_team_of_the_shop(cast):
    found = {"stars": 1, "words": "骗子店铺。", "written_at": AT, "unknown_because": "未留订单。"}
    case = register_review(by=cast.wen, at=AT, shop_id=cast.shop.pk, **found).case
    assert (case.shop, case.team, case.handler, case.opinion_risk) == (cast.shop, cast.team, None, True)
    with refused("review.shop_missing"):
        register_review(by=cast.wen, at=AT, shop_id=None, platform="jd", **found)
    with pytest.raises(PermissionDenied):
        register_review(by=cast.olga, at=AT, shop_id=cast.shop.pk, **found)


def test_a_waiting_answer_shows_its_case_to_every_supervisor(cast, case):
    a_proposed_answer(cast, case)
    assert case in cases_visible_to(cast.tara, on=day_of(AT))


def test_an_unanswered_review_is_told_of_once(cast, case):
    a_review(cast, case)
    assert remind_of_reviews(later(hours=47)).done == 0
    assert remind_of_reviews(later(hours=48)).done == 1
    assert remind_of_reviews(later(hours=49)).done == 0
    assert Notice.objects.filter(code="notice.review_answer_due", person=cast.ana).count() == 1


@pytest.mark.parametrize("who", ["ben", "wen", "olga", "axel"])
def test_others_have_no_right(cast, case, who):
    review = a_review(cast, case)
    with denied():
        answer_review(review.pk, by=getattr(cast, who), at=AT, answer=ANSWER)
    with denied():
        a_review(cast, case, by=getattr(cast, who))


@pytest.mark.parametrize(
    "change",
    [
        {"state": "removal_requested", "removal_ground": "false_information"},
        {"state": "answered", "answered_at": AT},
        {"needs_approval": False},
        {"decided_by": "answered_by"},
        {"stars": 5},
    ],
)
def test_the_database_refuses_what_the_rules_refuse(cast, case, change):
    review = a_proposed_answer(cast, case)
    change = {name: review.answered_by_id if value == "answered_by" else value for name, value in change.items()}
    if "removal_ground" in change:
        change["removal_words"] = review.words_id
    with pytest.raises(IntegrityError), transaction.atomic(), signed(by=cast.ana, reason="test.by_hand", at=AT):
        Review.objects.filter(pk=review.pk).update(**change)
