"""Customers are told where to ask about a refund: the shop's hotline or service window (S-RET-03)."""

import pytest

from complaints.actions.wording import findings_in
from complaints.template_values import names, values_of
from policies.lookup import knowledge_in_force, templates_in_force
from policies.rules.filling import filled, gaps_in
from tests.building import an_assessing_case
from tests.cast import AT

pytestmark = pytest.mark.django_db
TEMPLATE = "refund_enquiries"


@pytest.mark.parametrize(
    "enquiries", ["退款热线400-860-1711，每天9:00–21:00", "旺旺“退款专窗”", "0579-8555-1711，工作日"]
)
def test_s_ret_03_the_template_names_the_hotline_or_window_of_the_shop(cast, enquiries):
    """A number of the house is no number of a person: nothing stands against sending it."""
    case = an_assessing_case(cast, shop_id=cast.shop.pk)
    case.shop.enquiries = enquiries
    template = templates_in_force(AT)[TEMPLATE]
    for _language, text in template.texts.each():
        told = filled(text, values_of(case, person=cast.ana, at=AT), names())
        assert enquiries in told
        assert gaps_in(told) == []
        assert findings_in(case, told, at=AT, channel="qianniu") == []


def test_s_ret_03_a_shop_without_one_leaves_a_gap_that_nobody_sends_unseen(cast):
    case = an_assessing_case(cast, shop_id=cast.shop.pk)
    text = templates_in_force(AT)[TEMPLATE].texts.in_language("zh")
    told = filled(text, values_of(case, person=cast.ana, at=AT), names())
    assert gaps_in(told) == [names()["enquiries"]]


def test_s_ret_03_staff_read_about_it_where_they_pay():
    article = knowledge_in_force(AT)["refund_enquiries"]
    assert "pay" in article.places
    assert "热线" in article.text.in_language("zh")
