"""The first page that anyone sees works in a browser: signing in, and a wrong password said in Chinese."""

import pytest

from casemgmt.people.models import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_person_signs_in_and_a_wrong_password_keeps_the_name(page):
    Person.objects.create_superuser("lin", email="lin@shop.example", password="四舍五入-2026", name="林芳")
    page.goto("/")
    page.fill("input[name=username]", "lin")
    page.fill("input[name=password]", "wrong")
    page.press("input[name=password]", "Enter")
    page.wait_for_selector("text=请输入")
    assert page.input_value("input[name=username]") == "lin"
    page.fill("input[name=password]", "四舍五入-2026")
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/admin/")
    assert page.locator("input[name=password]").count() == 0
