"""The page of outside routes, the lists of routes and reviews, and what the case says of them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from complaints.actions.advising import advise_of_routes
from complaints.actions.routing import move_route
from complaints.models import Review
from complaints.states import ReviewState
from complaints.vocabulary import BodyKind, RouteKind
from tests.admin.counting import events
from tests.admin.looking import case_page, dialog, send, signed_in, text_of, version_in
from tests.cast import AT, later
from tests.outside import ANSWER, GOOD, SECRET, a_proposed_answer, a_review
from tests.refusals import a_route

pytestmark = pytest.mark.django_db
QUERIES_OF_THE_PAGE = 40
ROUTES = "/admin/complaints/externalroute/"
PLATFORM = {"kind": RouteKind.PLATFORM, "body_kind": BodyKind.PLATFORM, "body_name": "天猫客服"}


def page(case):
    return reverse("admin:complaints_complaint_outside", args=[case.pk])


@pytest.fixture
def case(world):
    return world.cases["busy"]


def test_the_ladder_names_bodies_with_numbers_periods_and_needs(ana, case):
    said = text_of(ana.get(page(case)))
    for expected in ("12315", "12345", "12368", "60 calendar days", "a clause in the contract", "15 calendar days"):
        assert expected in said
    route = case.routes.get()
    assert dialog(route, "route-accepted") in said
    assert dialog(route, "write-letter") in said
    assert "请于三日内提交凭证。" in said
    assert dialog(case, "name-routes") in said


def test_a_clock_of_a_body_leads_to_its_arithmetic(ana, world):
    case = world.cases["assessing"]
    route = a_route(world.cast, case, **PLATFORM)
    clock = route.clocks.get()
    assert reverse("admin:complaints_complaint_why", args=[case.pk, clock.pk]) in text_of(ana.get(page(case)))


def test_the_page_stays_within_its_queries_however_much_there_is(ana, world, case):
    with CaptureQueriesContext(connection) as before:
        assert ana.get(page(case)).status_code == 200
    for _number in range(3):
        a_route(world.cast, case, **PLATFORM)
        a_review(world.cast, case, **GOOD)
    with CaptureQueriesContext(connection) as after:
        assert ana.get(page(case)).status_code == 200
    assert len(after) <= QUERIES_OF_THE_PAGE
    assert len(after) <= len(before) + 2


@pytest.mark.parametrize(
    ("name", "status"), [("ana", 200), ("sven", 200), ("axel", 200), ("wen", 404), ("edith", 404), ("adam", 404)]
)
def test_who_sees_the_case_sees_the_page(world, case, name, status):
    assert signed_in(world.person(name)).get(page(case)).status_code == status


def test_it_is_only_read(ana, case):
    noted = events()
    assert ana.post(page(case)).status_code == 405
    assert events() == noted + 1


@pytest.mark.parametrize(("name", "reads"), [("ana", True), ("sven", True), ("axel", True), ("ben", False)])
def test_what_counsel_said_is_read_by_few(world, case, name, reads):
    """A colleague of the team reads the case, and no other page tells what counsel said."""
    browser = signed_in(world.person(name))
    assert (SECRET in text_of(browser.get(page(case)))) is reads
    assert SECRET not in text_of(browser.get(case_page(case)))
    paper = browser.get(reverse("admin:complaints_complaint_print", args=[case.pk]))
    assert SECRET not in text_of(paper)


def test_a_ruling_is_written_down_with_its_promise(ana, world):
    route = a_route(world.cast, world.cases["assessing"], **PLATFORM)
    url = dialog(route, "route-decided")
    ruling = {"words": "小二判退款。", "obliges": "on", "promise": "退款459元。"}
    answer = send(ana, url, **ruling)
    assert answer.status_code == 422
    assert "小二判退款。" in text_of(answer)
    assert send(ana, url, due_at="2026-12-01T12:00", penalty_points="3", **ruling).status_code < 400
    route.refresh_from_db()
    assert (route.state, route.penalty_points, route.commitments.count()) == ("decided", 3, 1)


def test_penalty_points_are_summed_for_who_leads(world):
    for case in (world.cases["assessing"], world.cases["negotiating"]):
        route = a_route(world.cast, case, **PLATFORM)
        move_route(route.pk, by=world.cast.ana, at=AT, to="decided", words="扣分。", penalty_points=7)
    said = text_of(signed_in(world.cast.sven).get(ROUTES))
    assert "棠溪服饰旗舰店 <strong>14</strong> <span>grave" in said
    assert "<span>grave" not in text_of(signed_in(world.cast.ana).get(ROUTES))


@pytest.mark.parametrize("queue", ["running", "overdue", "answer", "hearing", "ruled", "all"])
def test_every_queue_of_routes_opens(world, queue):
    assert signed_in(world.cast.axel).get(f"{ROUTES}?queue={queue}&body_kind=platform").status_code == 200


def test_the_queues_hold_what_they_say(world):
    late = a_route(
        world.cast, world.cases["assessing"], **PLATFORM | {"body_name": "快的平台"}, answer_due_at=later(days=1)
    )
    browser = signed_in(world.cast.sven)
    assert late.body_name in text_of(browser.get(f"{ROUTES}?queue=overdue"))
    assert late.body_name in text_of(browser.get(f"{ROUTES}?queue=answer"))
    assert late.body_name not in text_of(browser.get(f"{ROUTES}?queue=hearing"))
    assert browser.get(f"{ROUTES}?body_kind=moon").status_code in (302, 400)


def test_a_public_answer_needs_a_second_person_on_the_page_too(world):
    review = a_proposed_answer(world.cast, world.cases["assessing"])
    url = dialog(review, "approve-review-answer")
    inbox = signed_in(world.cast.sven).get(reverse("desk:approvals") + "?kind=review")
    assert ANSWER in text_of(inbox)
    assert url in text_of(inbox)
    assert send(signed_in(world.cast.ana), url).status_code == 403
    sven = signed_in(world.cast.sven)
    assert send(sven, url, seen_version=version_in(sven.get(url))).status_code < 400
    review.refresh_from_db()
    assert (review.state, review.decided_by) == (ReviewState.ANSWERED, world.cast.sven)


def test_a_review_registers_a_case(ana, world):
    before = Review.objects.count()
    add = reverse("admin:complaints_review_add")
    assert ana.get(add).status_code == 200
    typed = {"shop_id": world.cast.shop.pk, "stars": "1", "words": "差。", "written_at": "2026-10-10T10:00"}
    assert send(ana, add, **typed).status_code == 422
    assert send(ana, add, unknown_because="未留订单。", **typed).status_code < 400
    assert Review.objects.count() == before + 1


def test_the_case_says_what_is_owed_and_leads_there(ana, world):
    case = world.cases["assessing"]
    advise_of_routes(later(days=15))
    said = text_of(ana.get(case_page(case)))
    assert "The customer is to hear where else to turn" in said
    assert page(case) in said
