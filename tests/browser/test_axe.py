"""Axe finds nothing serious on any page of the admin, for the first role that may open it: light, dark, wide, phone.

Lists, forms, rows and histories come from what is registered, so a new page is looked at without a line here; what
has an address of its own kind is named below.
"""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import NoReverseMatch, reverse

from casemgmt.adminkit import own_pages
from tests.admin.addresses import dialogs_on, pages, row_pages, rows_of
from tests.admin.looking import case_page
from tests.admin.world import a_world
from tests.browser.desk import open_desk
from tests.browser.seeing import in_every_light, open_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ROLES = ("sven", "ana", "olga", "axel", "edith", "adam")
CASES = "/admin/complaints/complaint/"
REFUSED = ("/admin/nowhere/", f"{CASES}?state__isnull=maybe", "/admin/people/person/")


def named(world) -> list[str]:
    """Pages that no registry knows: states of lists, of cases, of searches, and dialogs with many kinds of fields."""
    cases = world.cases
    clock = cases["busy"].clocks.first()
    dialogs = [address.url for name in ("negotiating", "busy") for address in dialogs_on(cases[name])]
    return [
        f"{CASES}?queue=all&q=没有这样的词",
        f"{CASES}?queue=all&state__exact=negotiating",
        f"{CASES}?queue=approval",
        *(case_page(cases[name]) for name in ("busy", "paused", "money", "closed", "external")),
        reverse("admin:complaints_complaint_why", args=[clock.case_id, clock.pk]),
        reverse("admin:password_change"),
        *dialogs[::9],
    ]


def addresses(world) -> list[str]:
    """Every page once, in a steady order."""
    found = [address.url for address in pages()]
    for row in rows_of(world):
        found += [address.url for address in row_pages(row) if address.name.endswith("_change")]
    for row in (world.cases["busy"], world.cast.ana):
        found += [address.url for address in row_pages(row) if address.name.endswith(("_history", "_version"))]
    for name in own_pages._pages:
        try:
            found.append(reverse(f"desk:{name}"))
        except NoReverseMatch:
            continue
    return list(dict.fromkeys([*found, *named(world), *REFUSED]))


def readers(world) -> dict[str, list[str]]:
    """Each page for the first role that is shown it; the start, a list and a case for all who have them."""
    chosen = {name: [] for name in ROLES}
    browsers = {name: Client(raise_request_exception=False) for name in ROLES}
    for name, browser in browsers.items():
        browser.force_login(world.person(name))
    for url in addresses(world):
        answers = {}
        for name, browser in browsers.items():
            answers[name] = browser.get(url)
            if answers[name].status_code == 200 and "text/html" in answers[name]["Content-Type"]:
                break
        reader = next((name for name, answer in answers.items() if answer.status_code == 200), None)
        if reader is not None:
            chosen[reader].append(url)
    for name in ROLES:
        chosen[name] = list(dict.fromkeys(["/admin/", *chosen[name], *([] if name in ("edith", "adam") else [CASES])]))
    chosen["ana"] += REFUSED
    chosen["axel"].append(case_page(world.cases["busy"]))
    return chosen


@pytest.mark.parametrize("names", [("sven",), ("ana", "olga"), ("axel", "edith", "adam")], ids="-".join)
def test_axe_finds_nothing_serious_on_any_page(cast, chromium, live_server, names):
    world = a_world(cast)
    chosen = readers(world)
    found, violations = {}, []
    for name in names:
        page = open_desk(chromium, live_server, world.person(name))
        page.on("console", lambda said: violations.append(said.text) if "Content Security" in said.text else None)
        for url in chosen[name]:
            open_page(page, url)
            grave = in_every_light(page)
            if grave or violations:
                found[name, url] = grave or violations[:2]
            violations.clear()
        page.context.close()
    assert found == {}


def test_every_list_has_a_reader(cast):
    """Or it would be looked at by nobody above."""
    seen = {url for urls in readers(a_world(cast)).values() for url in urls}
    missing = [
        model._meta.label
        for model in admin.site._registry
        if reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist") not in seen
    ]
    assert missing == []
