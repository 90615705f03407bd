"""The region of a shop is offered by its name, and any other code may be typed."""

import pytest

from casemgmt.people.models import Shop
from casemgmt.people.regions import REGIONS, region_in_words
from tests.admin.looking import signed_in, text_of

pytestmark = pytest.mark.django_db


def test_the_form_offers_regions_by_name_and_the_list_tells_them(world):
    browser = signed_in(world.adam)
    shop = world.cast.shop
    Shop.objects.filter(pk=shop.pk).update(region="CN-ZJ")
    page = browser.get(f"/admin/people/shop/{shop.pk}/change/").content.decode()
    assert 'list="offers-region"' in page
    assert page.count('<option value="CN-') == len([code for code in REGIONS if code.startswith("CN-")])
    assert "Zhejiang" in text_of(browser.get("/admin/people/shop/"))


def test_an_unknown_code_is_told_as_it_is():
    assert region_in_words("DE-BY") == "DE-BY"
