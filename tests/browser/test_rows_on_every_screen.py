"""Rows of lists: one line high on a wide screen, whole cards on a phone, the open tab in sight."""

import pytest

from tests.browser.desk import look
from tests.browser.seeing import runs_off
from tests.building import a_registered_case, an_assessing_case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LIST = "/admin/complaints/complaint/?queue=all"
LONG = "大衣领口一大块污渍，你们是把二手货发给我吗？第一次在你家买就这样，说好的干洗费到现在也没有付！"
BOXES = """(selector) => [...document.querySelectorAll(selector)].map((part) => {
    const box = part.getBoundingClientRect();
    return { name: part.className.split(' ')[0], left: box.left, right: box.right, top: box.top, bottom: box.bottom };
})"""


@pytest.fixture
def cases(cast):
    return [an_assessing_case(cast, content=LONG), a_registered_case(cast, content="扣子少了一颗。")]


def test_a_row_is_one_line_high_where_there_is_room(cast, cases, at_desk):
    sven = look(at_desk(cast.sven, width=1440), LIST)
    rows = sven.evaluate(BOXES, "#result_list tr.data-row")
    assert [round(row["bottom"] - row["top"]) for row in rows] == [58, 58]
    assert not sven.evaluate("(list => list.scrollWidth > list.clientWidth)(document.querySelector('.cm-list'))")


@pytest.mark.parametrize("width", [320, 390])
def test_a_row_is_a_card_on_a_phone(cast, cases, at_desk, width):
    sven = look(at_desk(cast.sven, width=width, height=844), LIST)
    assert not runs_off(sven)
    card = sven.evaluate(BOXES, "#result_list tbody:nth-of-type(1) tr.data-row")[0]
    cells = {cell["name"]: cell for cell in sven.evaluate(BOXES, "#result_list tbody:nth-of-type(1) tr.data-row > *")}
    title, box = cells["field-what"], cells["action-checkbox"]
    assert box["right"] <= title["left"]
    assert title["right"] - title["left"] > 0.7 * (card["right"] - card["left"])
    for left, right in (("due", "severity"), ("customer", "state"), ("event", "money")):
        first, second = cells[f"field-{left}_cell"], cells[f"field-{right}_cell"]
        assert first["left"] == title["left"]
        assert first["right"] <= second["left"]
        assert second["right"] <= card["right"]
        assert first["right"] - first["left"] > 80
        assert first["bottom"] - first["top"] < 70
    tab = sven.evaluate(BOXES, ".cm-tab-active")[0]
    assert tab["left"] >= 0
    assert tab["right"] <= width
