"""The record page, the landing page and what surrounds them: drawn from plain values, for each viewer their own."""

import pytest
from django.conf import settings
from django.utils import timezone

from casemgmt.adminkit import frame
from casemgmt.adminkit.frame import Group, Place
from casemgmt.people.models import Person
from casemgmt.privacy.models import AccessEvent
from tests.adminkit.sample import sample_landing
from tests.ledger.probe.models import Probe

pytestmark = pytest.mark.django_db


def record_of(probe):
    return f"/admin/probe/probe/{probe.pk}/change/"


@pytest.fixture
def bare_frame(monkeypatch):
    """Nothing registered by any room."""
    monkeypatch.setattr(frame, "_sidebars", {})
    monkeypatch.setattr(frame, "_landings", [])


def test_a_record_shows_its_three_zones_and_one_primary_button(client, editor, probe):
    page = client.get(record_of(probe)).content.decode()
    for zone in ("cm-record-head", "cm-clocks", "cm-record-side", "cm-record-timeline", "cm-record-facts"):
        assert zone in page
    assert page.index("cm-record-side") < page.index("cm-record-timeline") < page.index("cm-record-facts")
    assert page.count("cm-button cm-primary") == 1
    assert "2 d late" in page
    assert "internal, the customer does not see this" in page
    assert "Recorded late" in page


def test_what_people_said_is_shown_as_text(client, editor, probe):
    page = client.get(record_of(probe)).content.decode()
    assert "<script>alert(1)</script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_hidden_and_forbidden_actions_are_not_offered(client, editor, probe):
    page = client.get(record_of(probe)).content.decode()
    assert "/do/careful-rename/" in page
    assert "/do/hidden/" not in page
    assert "/do/forbidden/" not in page


def test_a_blocked_action_is_shown_with_its_reason_and_the_way_to_mend_it(client, editor, probe):
    page = client.get(record_of(probe)).content.decode()
    blocked = page[page.index("cm-blocked") :]
    assert "Nothing goes today." in blocked
    assert "Rename it first." in blocked


def test_a_reader_sees_no_button_and_is_told(client, reader, probe):
    page = client.get(record_of(probe)).content.decode()
    content = page[page.index("cm-record-head") :]
    assert "只读" in content
    assert "cm-button cm-primary" not in content
    assert "data-sheet" not in content
    assert "<form" not in content


def test_a_record_is_read(client, editor, probe):
    assert client.head(record_of(probe)).status_code == 200
    assert client.post(record_of(probe), {"name": "x"}).status_code == 405
    assert AccessEvent.objects.get().reason == "change"
    assert Probe.objects.get(pk=probe.pk).name == "alpha"


@pytest.mark.parametrize("key", ["abc", "-1", "9" * 30])
def test_a_record_that_is_none_is_not_found(client, editor, key):
    assert client.get(f"/admin/probe/probe/{key}/change/").status_code == 404


def test_a_record_takes_few_queries(client, editor, probe, django_assert_max_num_queries):
    with django_assert_max_num_queries(7):
        client.get(record_of(probe))


def test_scripts_and_styles_are_files(client, editor, probe):
    """The policy of the pages allows no script between the lines."""
    page = client.get(record_of(probe)).content.decode()
    for script in page.split("<script")[1:]:
        assert script.partition(">")[2].partition("</script>")[0].strip() == ""
    for name in ("tokens", "frame", "record", "lists", "sheet"):
        assert f"casemgmt/{name}.css" in page


def test_the_landing_page_comes_from_the_room(client, editor, bare_frame):
    frame.register_landing(lambda request: None)
    frame.register_landing(lambda request: sample_landing(timezone.now()))
    page = client.get("/admin/").content.decode()
    assert "我的工作台" in page
    assert "cm-count-card-late" in page
    assert page.count("cm-button cm-primary") == 1


def test_without_a_landing_page_there_is_a_plain_one(client, editor, bare_frame):
    assert "Choose where to go in the menu." in client.get("/admin/").content.decode()


def test_the_sidebar_is_each_viewers_own(rf, editor, bare_frame):
    frame.register_sidebar("late", lambda request: [Group("Work", (Place("Mine", "/x/", "folder"),))], weight=20)
    frame.register_sidebar(
        "early", lambda request: [Group("Work", (Place("Start", "/", "home", badge=3),)), Group("No", ())]
    )
    frame.register_sidebar("early", lambda request: [Group("Work", (Place("Start", "/", "home", badge=3),))], weight=10)
    request = rf.get("/x/1/change/")
    assert frame.sidebar(request) == [
        {
            "title": "Work",
            "items": [
                {"title": "Start", "link": "/", "icon": "home", "active": False, "key": "", "badge": "3"},
                {"title": "Mine", "link": "/x/", "icon": "folder", "active": True, "key": ""},
            ],
        }
    ]


def test_the_language_is_kept_with_the_person(client, editor):
    answer = client.post("/language/", {"language": "zh-hans", "next": "/admin/probe/"})
    assert (answer.status_code, answer["Location"]) == (302, "/admin/probe/")
    assert Person.objects.get(pk=editor.pk).language == "zh-hans"
    assert editor.history.first().history_actor == "edith 先生"


def test_a_visitor_keeps_the_language_in_a_cookie(client):
    answer = client.post("/language/", {"language": "en"})
    assert answer.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"


@pytest.mark.parametrize(
    "target", ["//evil.example", "https:///evil.example", "javascript:alert(1)", "", "http://x.y/"]
)
def test_the_way_back_stays_in_the_house(client, editor, target):
    answer = client.post("/language/", {"language": "en", "next": target})
    assert answer["Location"] == "/admin/"


def test_an_unknown_language_changes_nothing(client, editor):
    client.post("/language/", {"language": "xx"})
    assert Person.objects.get(pk=editor.pk).language == "en"
    assert client.get("/language/").status_code == 405


def test_the_sign_in_page_offers_the_languages(client):
    page = client.get("/admin/login/").content.decode()
    assert "简体中文" in page
    assert 'action="/language/"' in page


def test_the_pages_of_the_theme_name_their_landmarks(client, editor, probe):
    page = client.get(record_of(probe)).content.decode()
    assert 'class="cm-skip" href="#content"' in page
    assert "<header>" in page


@pytest.mark.parametrize(
    ("path", "status"),
    [("/admin/probe/tag/?nonsense=1", 400), ("/admin/nowhere/", 404), ("/admin/probe/probe/999/history/", 404)],
)
def test_a_refusal_keeps_the_menu_for_who_is_signed_in(client, editor, path, status):
    answer = client.get(path)
    page = answer.content.decode()
    assert answer.status_code == status
    assert "cm-refused" in page
    assert "nav-sidebar" in page


def test_a_refusal_in_the_sheet_is_plain(client, editor, probe):
    answer = client.get("/admin/probe/probe/999/do/rename/", HTTP_HX_REQUEST="true")
    assert answer.status_code == 404
    assert "nav-sidebar" not in answer.content.decode()
    assert "<main>" in answer.content.decode()


def test_a_visitor_gets_the_plain_page(client, db):
    assert "nav-sidebar" not in client.get("/nowhere/").content.decode()


def test_what_is_only_read_says_which_methods_it_knows(client, editor, probe):
    assert client.post(record_of(probe))["Allow"] == "GET, HEAD, OPTIONS"
