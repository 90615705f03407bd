"""The page of knowledge: read by every role, found by words in both languages, shown where it is needed."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from casemgmt.people.models import Person
from tests.building import an_assessing_case

pytestmark = pytest.mark.django_db


def reader(person):
    client = Client()
    client.force_login(person)
    return client


def text_of(response):
    return response.content.decode()


@pytest.fixture
def page(cast):
    client = reader(cast.ana)
    return lambda **query: client.get(reverse("desk:knowledge"), query, HTTP_ACCEPT_LANGUAGE="zh-hans")


@pytest.mark.parametrize(
    "group", ["Staff", "Supervisors", "Operations", "Auditors", "Policy editors", "Administrators"]
)
def test_everybody_who_works_here_reads_it(cast, group):
    person = Person.objects.create_user("rita", name="丽塔", is_staff=True)
    person.groups.add(Group.objects.get(name=group))
    response = reader(person).get(reverse("desk:knowledge"))
    assert response.status_code == 200
    assert "七句话" in text_of(response)


def test_nobody_else_does(db):
    assert Client().get(reverse("desk:knowledge")).status_code == 302


def test_it_holds_principles_taboos_contingency_plans_and_law_with_their_sources(page):
    told = text_of(page())
    for words in (
        "应急预案：恶意型",
        "十个禁忌",
        "不说“您理解错了”",
        "市场监督管理投诉举报处理办法",
        "S-UNR-06",
        "最终解释权",
    ):
        assert words in told


@pytest.mark.parametrize(
    ("words", "subject"), [("仅退款", "晚间退款"), ("parcel courier", "签收和包裹破损"), ("PIPL", "个人信息")]
)
def test_words_of_either_language_find_it(page, words, subject):
    told = text_of(page(q=words))
    assert subject in told
    assert "五个雷区" not in told


def test_a_topic_narrows_it(page):
    told = text_of(page(topic="contingency"))
    assert told.count("cm-know-entry") == 4
    assert "应急预案：情绪型" in told


def test_what_holds_no_such_words_shows_nothing_else(page):
    told = text_of(page(q="zzzz"))
    assert "cm-know-entry" not in told
    assert 'value="zzzz"' in told


@pytest.mark.parametrize("query", [{"topic": "nonsense"}, {"q": "x" * 201}, {"q": "a\x00b"}])
def test_bad_questions_are_refused_without_harm(page, query):
    assert page(**query).status_code == 400


def test_it_is_only_read(cast):
    assert reader(cast.ana).post(reverse("desk:knowledge")).status_code == 405


def test_the_palette_finds_articles(cast):
    found = reader(cast.ana).post(reverse("desk:find"), {"q": "七天无理由"}).json()
    rows = [row for group in found["groups"] for row in group["rows"]]
    assert any(row["url"].endswith("#k-no_reason_return") for row in rows)


def test_a_dialog_shows_what_is_good_to_know_there(cast):
    case = an_assessing_case(cast)
    told = text_of(reader(cast.ana).get(reverse("admin:complaints_complaint_do", args=[case.pk, "judge"])))
    assert "应急预案：误解型" in told
    assert "打电话的规矩" not in told
    told = text_of(reader(cast.ana).get(reverse("admin:complaints_complaint_do", args=[case.pk, "write-message"])))
    assert "打电话的规矩" in told
