"""What the tab of the browser calls a list, and what the heads of a list are called, in both languages."""

import re

import pytest

from complaints.actions.handing_over import hand_over
from tests.admin.looking import signed_in, text_of
from tests.admin.world import NOW
from tests.building import an_assessing_case

pytestmark = pytest.mark.django_db


def title_of(page: str) -> str:
    """The title of the page, without the name of the site."""
    return re.search(r"<title>(.*?)</title>", page, re.DOTALL)[1].split("|")[0].strip()


@pytest.mark.parametrize(("language", "title"), [("en", "Complaint cases"), ("zh-hans", "投诉案件")])
def test_a_list_is_called_by_what_it_holds(world, language, title):
    browser = signed_in(world.cast.ana, language)
    assert title_of(text_of(browser.get("/admin/complaints/complaint/"))) == title


@pytest.mark.parametrize(("language", "title"), [("en", "People"), ("zh-hans", "人员")])
def test_a_list_that_can_be_changed_too(world, language, title):
    browser = signed_in(world.adam, language)
    assert title_of(text_of(browser.get("/admin/people/person/"))) == title


def test_the_heads_of_the_handovers_say_who_gave_and_who_got(world):
    case = an_assessing_case(world.cast)
    hand_over(by=world.cast.ana, at=NOW, cases=[case.pk], given_to_id=world.cast.ben.pk, words="", notes={})
    page = text_of(signed_in(world.cast.ana, "zh-hans").get("/admin/complaints/handover/"))
    heads = [" ".join(head.split()) for head in re.findall(r"<th[^>]*>\s*(?:<[^>]*>\s*)*([^<]+)", page)]
    assert [head for head in heads if head in ("交班时间", "交班人", "接班人", "状态", "已答复")] == [
        "交班时间",
        "交班人",
        "接班人",
        "状态",
        "已答复",
    ]
