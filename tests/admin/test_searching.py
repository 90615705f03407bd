"""One box for everything: numbers forgive how they are typed, keys come before words, nothing found is explained."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from complaints.admin.searching import SEARCHED_WORDS, in_quotes, matching
from complaints.models import Complaint, Statement
from tests.admin.looking import signed_in, text_of
from tests.admin.world import NOW, somebody
from tests.building import a_registered_case

pytestmark = pytest.mark.django_db
CASES = "/admin/complaints/complaint/"


@pytest.fixture
def case(world):
    return Complaint.objects.select_related("order", "customer").get(pk=world.cases["investigating"].pk)


def found(browser, text, queue="all") -> set[int]:
    return {row.pk for row in browser.get(CASES, {"queue": queue, "q": text}).context["cl"].result_list}


def wide(text: str) -> str:
    """In full-width characters, as a Chinese input method may leave them."""
    return text.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})


TYPED = {
    "running number and check digit": lambda case: case.case_number[11:],
    "month and day before it": lambda case: case.case_number[6:],
    "without its check digit": lambda case: case.case_number[:-2],
    "running number in full width": lambda case: wide(case.case_number[11:]),
    "order with spaces": lambda case: f"{case.order.number[:4]} {case.order.number[4:]}",
    "order in full width": lambda case: wide(case.order.number),
    "parcel in small letters": lambda case: case.order.waybill_number.lower(),
    "parcel with dashes": lambda case: f"{case.order.waybill_number[:4]}-{case.order.waybill_number[4:]}",
    "last four of the phone in full width": lambda case: wide(f"6{int(case.order.number.removeprefix('33917')):03}"),
}


@pytest.mark.parametrize("how", TYPED)
def test_a_number_is_found_however_it_is_typed(ana, case, how):
    assert case.pk in found(ana, TYPED[how](case))


def test_words_are_read_only_when_no_key_fits_or_when_asked_for(world, case):
    other = world.cases["closed"]
    words = Statement.objects.filter(case=other, kind__in=SEARCHED_WORDS).first().words
    assert other.pk in ids(matching(Complaint.objects.all(), words, NOW))
    number = case.order.number
    named = a_registered_case(world.cast, content=f"订单 {number} 也有同样的问题。", **somebody())
    assert ids(matching(Complaint.objects.all(), number, NOW)) == {case.pk}
    assert ids(matching(Complaint.objects.all(), f"“{number}”", NOW)) == {named.pk}


def ids(cases) -> set[int]:
    return set(cases.values_list("pk", flat=True))


def test_a_key_that_fits_spares_reading_the_texts(case):
    with CaptureQueriesContext(connection) as captured:
        assert ids(matching(Complaint.objects.all(), case.order.number, NOW)) == {case.pk}
    assert not [query for query in captured if "LIKE" in query["sql"].upper()]
    assert len(captured) == 2


@pytest.mark.parametrize(
    ("typed", "inside"),
    [
        ('"领口"', "领口"),
        ("“领口”", "领口"),
        ("「领口」", "领口"),
        ("领口", None),
        ('""', None),
        ('"', None),
        ("“ ”", None),
    ],
)
def test_quotation_marks_ask_for_words(typed, inside):
    assert in_quotes(typed) == inside


def test_a_wrong_check_digit_leads_to_the_case_that_was_meant(ana, case):
    wrong = f"{case.case_number[:-1]}{(int(case.case_number[-1]) + 1) % 10}"
    said = text_of(ana.get(CASES, {"queue": "all", "q": wrong}))
    assert f"Did you mean {case.case_number}?" in said
    assert "check digit" in said


def test_who_may_not_see_a_case_is_not_told_its_number(world, case):
    wrong = f"{case.case_number[:-1]}{(int(case.case_number[-1]) + 1) % 10}"
    said = text_of(signed_in(world.cast.wen).get(CASES, {"queue": "all", "q": wrong}))
    assert "check digit" in said
    assert case.case_number not in said


NOTHING = {
    "13999999999": "No case of a customer with the phone number 13999999999.",
    "9999": "No phone number and no case number ends in 9999.",
    "TS20261012-9999-3": "check digit does not fit",
    "SF99999": "No case, order, parcel or account has the number SF99999",
    "没有这样的词": "No customer is called “没有这样的词”",
    "“没有这样的词”": "No text and no goods hold the words “没有这样的词”.",
}


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_found_says_what_was_looked_for(ana, text):
    said = text_of(ana.get(CASES, {"queue": "all", "q": text}))
    assert NOTHING[text] in said
    assert "You searched in" not in said


def test_nothing_found_in_a_queue_leads_to_all_cases(ana, world):
    closed = world.cases["closed"]
    said = text_of(ana.get(CASES, {"queue": "mine", "q": closed.case_number}))
    assert f"There is no case {closed.case_number}." in said
    assert "You searched in “Mine”." in said
    assert "Search all cases (1)" in said
    nowhere = text_of(ana.get(CASES, {"queue": "mine", "q": "没有这样的词"}))
    assert "Nothing among all the cases you can see either." in nowhere
    assert "only when they are typed whole" in nowhere


def test_the_list_of_another_model_says_so_too(ana):
    said = text_of(ana.get("/admin/complaints/customer/", {"q": "没有这个人"}))
    assert "Looked for “没有这个人”." in said
