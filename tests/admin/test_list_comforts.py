"""What people make of a list: filters under names, private or shared, and their own columns; no row is opened by it."""

import pytest

from casemgmt.adminkit.models import ListLook, SavedFilter
from casemgmt.adminkit.saved_filters import KEPT_AT_MOST
from casemgmt.privacy.models import AccessEvent
from tests.admin.looking import signed_in, text_of

pytestmark = pytest.mark.django_db
CASES = "/admin/complaints/complaint/"


def save(browser, name="大衣", query="queue=all&state=negotiating&q=13800136021", **more):
    return browser.post(f"{CASES}saved/", {"name": name, "query": query, **more}, follow=True)


def links(browser):
    return {saved.name: saved for saved in browser.get(CASES).context["cl"].saved}


def test_a_filter_is_kept_without_what_was_searched_for_and_opened_again(ana):
    save(ana)
    saved = links(ana)["大衣"]
    assert saved.url == "?queue=all&state=negotiating"
    page = ana.get(CASES + saved.url)
    assert {row.state for row in page.context["cl"].result_list} == {"negotiating"}
    assert next(one for one in page.context["cl"].saved if one.name == "大衣").is_open


def test_private_ones_are_private_and_shared_ones_are_the_teams(ana, world):
    save(ana, "mine alone")
    save(ana, "for us", shared="team")
    ben, wen = signed_in(world.cast.ben), signed_in(world.cast.wen)
    assert set(links(ben)) == {"for us"}
    assert not links(ben)["for us"].may_remove
    assert set(links(wen)) == set()


def test_who_does_not_own_a_filter_changes_it_not_and_who_leads_may_remove_it(ana, sven, world):
    save(ana, "for us", shared="team")
    saved = SavedFilter.objects.get()
    ben = signed_in(world.cast.ben)
    before = AccessEvent.objects.count()
    assert ben.post(f"{CASES}saved/{saved.pk}/", {"name": "other"}).status_code == 403
    assert ben.post(f"{CASES}saved/{saved.pk}/", {"remove": "1"}).status_code == 403
    assert AccessEvent.objects.count() == before + 2
    assert signed_in(world.cast.wen).post(f"{CASES}saved/{saved.pk}/", {"remove": "1"}).status_code == 404
    saved.refresh_from_db()
    assert saved.name == "for us"
    sven.post(f"{CASES}saved/{saved.pk}/", {"remove": "1"})
    assert not SavedFilter.objects.exists()


def test_renaming_and_removing_ones_own(ana):
    save(ana, "old")
    saved = SavedFilter.objects.get()
    ana.post(f"{CASES}saved/{saved.pk}/", {"name": "new"})
    assert set(links(ana)) == {"new"}
    ana.post(f"{CASES}saved/{saved.pk}/", {"remove": "1"})
    assert links(ana) == {}
    assert ana.get(f"{CASES}saved/").status_code == 405


@pytest.mark.parametrize(
    ("name", "query", "says"),
    [
        ("", "queue=all", "needs a name"),
        ("x" * 41, "queue=all", "too long"),
        ("x", "handler__password=1", "make no sense"),
        ("x", "state=nonsense", "make no sense"),
        ("x", "queue=all" + "&state=closed" * 100, "too many"),
    ],
)
def test_what_makes_no_sense_is_not_kept_and_says_so(ana, name, query, says):
    ana.cookies["django_language"] = "en"
    answer = ana.post(f"{CASES}saved/", {"name": name, "query": query})
    assert answer.status_code == 302
    assert not SavedFilter.objects.exists()
    assert says in text_of(ana.get(f"{CASES}?queue=all"))


def test_a_name_is_taken_once_and_there_is_a_limit(ana):
    save(ana, "twice")
    save(ana, "twice")
    assert SavedFilter.objects.count() == 1
    for number in range(KEPT_AT_MOST + 3):
        save(ana, f"n{number}")
    assert SavedFilter.objects.count() == KEPT_AT_MOST


def test_columns_density_and_size_are_kept_for_the_person_and_forgotten_on_demand(ana, sven, world):
    chosen = {
        "column": ["due_cell", "shop_cell", "nonsense"],
        "place_shop_cell": "1",
        "place_due_cell": "2",
        "density": "compact",
        "page_size": "25",
        "query": "queue=all",
    }
    assert ana.post(f"{CASES}look/", chosen)["Location"] == f"{CASES}?queue=all"
    again = signed_in(world.cast.ana).get(CASES).context["cl"]
    assert again.list_display[-3:] == ["what", "shop_cell", "due_cell"]
    assert (again.look.density, again.list_per_page) == ("compact", 25)
    assert "severity_cell" in sven.get(CASES).context["cl"].list_display
    ana.post(f"{CASES}look/", {"usual": "1"})
    assert not ListLook.objects.exists()
    assert "severity_cell" in ana.get(CASES).context["cl"].list_display


@pytest.mark.parametrize("bad", [{"page_size": "0"}, {"page_size": "x"}, {"density": "x"}, {"place_due_cell": "-1"}])
def test_a_choice_that_is_not_on_offer_is_the_usual_one(ana, bad):
    ana.post(f"{CASES}look/", {"column": ["due_cell"], **bad})
    look = ana.get(CASES).context["cl"]
    assert (look.look.density, look.list_per_page) == ("comfortable", 50)


def test_leading_elsewhere_is_not_possible(ana):
    for query in ("//evil.example", "https://evil.example", "\r\nX: y"):
        where = ana.post(f"{CASES}look/", {"usual": "1", "query": query})["Location"]
        assert where.startswith(CASES)
        assert "\n" not in where
