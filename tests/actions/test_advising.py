"""The customer hears where else to turn: owed once, generated for the region, told, recorded (S-TPR-16, WC-43)."""

import pytest

from complaints.actions.advising import advise_of_routes, name_routes, routes_in_words
from complaints.actions.closing import why_not_close
from complaints.actions.engaging_counsel import end_counsel, engage_counsel, record_counsel_word
from complaints.actions.reminding_of_routes import remind_of_routes
from complaints.models import Escalation
from complaints.vocabulary import AdviceCause, BodyKind, Channel, RouteKind
from tests.building import a_case, an_assessing_case
from tests.cast import AT, later
from tests.following import a_following_up_case, follow_up
from tests.outside import SECRET, counsel
from tests.refusals import a_route
from tests.saying_no import denied, refused

pytestmark = pytest.mark.django_db
COURT = {"kind": RouteKind.LITIGATION, "body_kind": BodyKind.COURT, "body_name": "义乌市人民法院"}


def tell(cast, case, *, at=AT, words=None):
    words = words or routes_in_words(case, at=at)
    return name_routes(case.pk, by=cast.ana, at=at, channel=Channel.EMAIL, words=words)


def test_the_message_names_bodies_with_their_numbers_and_no_press(cast):
    case = an_assessing_case(cast)
    words = routes_in_words(case, at=AT)
    assert all(number in words for number in ("12315", "12345", "12368", case.case_number))
    assert "媒体" not in words


def test_an_unresolved_case_owes_the_routes_once_and_the_telling_of_them_is_a_contact(cast):
    case = an_assessing_case(cast)
    assert advise_of_routes(later(days=14)).done == 0
    assert advise_of_routes(later(days=15)).done == 1
    assert advise_of_routes(later(days=16)).done == 0
    advice = case.route_advice.get()
    assert (advice.cause, advice.told_at) == (AdviceCause.UNRESOLVED, None)
    contact = tell(cast, case, at=later(days=16))
    advice.refresh_from_db()
    assert (advice.contact, advice.told_at) == (contact, later(days=16))
    assert advise_of_routes(later(days=40)).done == 0


def test_named_unasked_it_is_on_record_too(cast):
    case = an_assessing_case(cast)
    tell(cast, case)
    tell(cast, case)
    assert list(case.route_advice.values_list("cause", flat=True)) == [AdviceCause.ASKED]
    assert case.contacts.count() == 2
    with denied():
        name_routes(case.pk, by=cast.axel, at=AT, channel=Channel.EMAIL, words="…")


def test_after_a_low_mark_the_case_closes_with_the_routes_named(cast):
    """A low mark alone is data; the customer still hears where else to turn."""
    case = a_following_up_case(cast)
    follow_up(cast, case, satisfaction=2)
    assert "close.routes_not_named" in [found.code for found in why_not_close(case, by=cast.ana, at=AT)]
    tell(cast, case)
    assert "close.routes_not_named" not in [found.code for found in why_not_close(case, by=cast.ana, at=AT)]


def test_hearings_and_answers_are_warned_of_once_and_late_answers_go_up(cast):
    case = an_assessing_case(cast)
    route = a_route(cast, case, **COURT, hearing_at=later(days=5), answer_due_at=later(days=4))
    assert remind_of_routes(later(days=1)).done == 0
    assert remind_of_routes(later(days=2, minutes=1)).done == 2
    assert remind_of_routes(later(days=2, minutes=2)).done == 0
    route.refresh_from_db()
    assert (route.hearing_warned_at, route.answer_warned_at) == (later(days=2, minutes=1),) * 2
    assert remind_of_routes(later(days=4, minutes=1)).done == 1
    assert remind_of_routes(later(days=4, minutes=2)).done == 0
    assert Escalation.objects.get(cause=f"route:{route.pk}").due_at == route.answer_due_at


def test_counsel_is_heard_by_few_and_told_in_no_story(cast):
    case = an_assessing_case(cast)
    engaged = counsel(cast, case)
    assert engaged.words.get().words.words == SECRET
    for who in ("ben", "olga"):
        with denied():
            counsel_says(engaged, getattr(cast, who))
    with refused("counsel.words_missing"):
        counsel_says(engaged, cast.ana, " ")


def counsel_says(engaged, by, words="…"):
    return record_counsel_word(engaged.pk, by=by, at=AT, words=words)


def test_an_engagement_that_is_over_says_nothing_more(cast):
    engaged = counsel(cast, an_assessing_case(cast))
    assert end_counsel(engaged.pk, by=cast.ana, at=AT).ended_at == AT
    with refused("counsel.ended"):
        counsel_says(engaged, cast.ana)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"who": " "}, "counsel.who_missing"),
        ({"instructions": ""}, "counsel.instructions_missing"),
        ({"route_id": 0}, "outside.route_of_another_case"),
    ],
)
def test_counsel_has_a_name_and_something_to_do(cast, changes, code):
    case = an_assessing_case(cast)
    with refused(code):
        engage_counsel(case.pk, by=cast.ana, at=AT, **{"who": "吴", "instructions": "应诉"} | changes)


def test_a_legal_dispute_is_marked_with_the_engagement(cast):
    case = an_assessing_case(cast)
    engage_counsel(case.pk, by=cast.ana, at=AT, who="吴律师", instructions="应诉。", legal_dispute=True)
    case.refresh_from_db()
    assert case.legal_flag
    closed = a_case(cast, "closed")
    with refused("case.ended"):
        engage_counsel(closed.pk, by=cast.ana, at=AT, who="吴律师", instructions="应诉。")
