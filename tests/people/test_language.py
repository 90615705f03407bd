"""Each person reads the pages in their own language."""

import pytest
from django.conf import settings
from django.urls import reverse

from casemgmt.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("chosen", "browser", "cookie", "spoken"),
    [
        ("en", "zh-hans", None, "en"),
        ("zh-hans", "en", None, "zh-hans"),
        ("", "en", None, "en"),
        ("en", "en", "zh-hans", "zh-hans"),
    ],
)
def test_the_profile_decides_unless_the_browser_chose(client, chosen, browser, cookie, spoken):
    person = Person.objects.create(username="amei", name="阿梅", is_staff=True, language=chosen)
    client.force_login(person)
    if cookie:
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = cookie
    response = client.get(reverse("admin:password_change"), HTTP_ACCEPT_LANGUAGE=browser)
    assert response.headers["Content-Language"] == spoken
