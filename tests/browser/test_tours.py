"""The tours, walked to their end: each stop is told, marks what it speaks of, and is open to all."""

import pytest

from casemgmt.adminkit import helping
from tests.browser.desk import assert_chinese, open_desk
from tests.browser.seeing import IS_DRAWN, grave_findings, in_every_light, open_page, runs_off

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MARKED = "document.querySelectorAll('.cm-tour-marked').length"
TITLE_HAS_THE_FOCUS = "document.activeElement.id === 'cm-tour-title'"


@pytest.mark.parametrize(("who", "name"), [("ana", "staff"), ("axel", "auditors")])
def test_a_tour_is_walked_to_its_end_in_chinese_wide_dark_and_on_a_phone(world, chromium, live_server, who, name):
    desk = open_desk(chromium, live_server, world.person(who), width=1440)
    open_page(desk, "/admin/")
    desk.click(".cm-tour-offer button[value=begin]")
    desk.wait_for_function(IS_DRAWN)
    grave = {"every light": in_every_light(desk)}
    desk.set_viewport_size({"width": 390, "height": 844})
    for step in helping.tour_named(name).steps:
        desk.wait_for_function(IS_DRAWN)
        assert desk.evaluate(TITLE_HAS_THE_FOCUS)
        assert desk.evaluate(MARKED) == 1, step.target
        assert_chinese(desk)
        assert not runs_off(desk)
        grave[step.target] = grave_findings(desk, place=".cm-tour")
        with desk.expect_navigation():
            desk.click(".cm-tour button[value=on]")
    assert {where: found for where, found in grave.items() if found} == {}
    assert desk.locator(".cm-tour").count() == 0
    open_page(desk, "/admin/")
    assert desk.locator(".cm-tour-offer").count() == 0
    desk.context.close()
