"""A browser for the tests of the pages: who signs in, what a page says, and forms sent with a fresh key."""

import re
from html import unescape
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from casemgmt.privacy.sealed import reveal
from complaints.models import Customer, Payee

FRAGMENT = {"HTTP_HX_REQUEST": "true"}


def signed_in(person, language: str = "en") -> Client:
    """A browser in which this person is signed in, reading in this language."""
    type(person).objects.filter(pk=person.pk).update(language=language)
    browser = Client()
    browser.force_login(person)
    return browser


def text_of(answer) -> str:
    """The page as text with its entities resolved."""
    return unescape(answer.content.decode())


def personal_values() -> set[str]:
    """What no page may show: every name, number and account of customers and payees."""
    secrets = set()
    for row in (*Customer.objects.all(), *Payee.objects.all()):
        for field in ("name", "phone", "account"):
            value = getattr(row, field, None)
            if value is not None:
                secrets.add(reveal(value).removeprefix("+86"))
    return secrets


def case_page(case) -> str:
    """The address of a case."""
    return reverse("admin:complaints_complaint_change", args=[case.pk])


def dialog(row, name: str) -> str:
    """The address of an action on a row."""
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_do", args=[row.pk, name])


def send(browser: Client, url: str, *, headers=FRAGMENT, **fields):
    """Send a dialog as its page would: with a key of its own and the version that was shown."""
    return browser.post(url, {"form_key": str(uuid4()), **fields}, **headers)


def version_in(answer) -> str:
    """The version that a dialog carries."""
    found = re.search(r'name="seen_version" value="(\d+)"', answer.content.decode())
    return found[1] if found else ""


def hidden_in(answer, name: str) -> str:
    """The value of a hidden field."""
    field = re.search(rf'<input[^>]*name="{name}"[^>]*>', answer.content.decode())[0]
    return re.search(r'value="([^"]*)"', field)[1]
