"""Axe finds nothing serious on any page of the admin: light, dark, wide, phone.

Each kind of page is looked at in every light for the role that lives on it. Lists and records beyond them are built of
the same parts by the registry: they are looked at in brief, and so is every dialog of a case; a new page or dialog
needs no line here.
"""

import pytest
from django.contrib import admin
from django.test import RequestFactory
from django.urls import reverse

from complaints.actions.bulk import confirm_run
from complaints.actions.bulk_running import run_lines
from policies.models import PolicyRow
from tests.admin.addresses import dialogs_on
from tests.admin.looking import case_page, dialog
from tests.admin.world import NOW
from tests.browser.desk import open_desk, tick_rows
from tests.browser.seeing import NO_CONTRAST, WIDE, grave_findings, in_brief, in_every_light, open_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

READERS = ("sven", "axel", "adam", "edith", "olga", "ana")
CASES = "/admin/complaints/complaint/"
REFUSED = ("/admin/nowhere/", "/admin/people/person/", f"{CASES}?state__isnull=maybe")
SITUATIONS = ("busy", "money", "offered", "ready", "closed", "queue", "paid", "external")
"""Cases that between them allow most of what is ever done with a case."""
INTO = """async ([urls]) => {
    const place = document.getElementById("probe") || document.body.appendChild(document.createElement("div"));
    place.id = "probe";
    for (const url of urls) {
        const answer = await fetch(url, { headers: { "HX-Request": "true" } });
        const words = await answer.text();
        if (answer.status !== 200 || !words.includes("cm-fields")) continue;
        place.innerHTML = words;
        return true;
    }
    return false;
}"""


@pytest.fixture
def findings(chromium, live_server, world):
    """Looks at pages at somebody's desk in turn, and tells what was found where."""
    pages = {}

    def look(name, urls, how):
        if name not in pages:
            pages[name] = open_desk(chromium, live_server, world.person(name), width=1440)
            pages[name].on("console", lambda said: said_by_console.append(said.text))
        found = {}
        for url in urls:
            is_refused = name == "ana" and url in REFUSED
            assert (open_page(pages[name], url) == 200) is not is_refused, url
            grave = how(pages[name]) or [words for words in said_by_console if "Content Security" in words]
            if grave:
                found[url] = grave
            said_by_console.clear()
        return found

    said_by_console = []
    yield look
    for page in pages.values():
        page.context.close()


def handling(world):
    """What handlers and their supervisors have before them all day."""
    cases, run, batch = world.cases, world.run, world.batch
    clock = cases["busy"].clocks.first()
    grant = cases["paid"].grants.first()
    return {
        "sven": [
            "/admin/",
            f"{CASES}?queue=all",
            case_page(cases["busy"]),
            case_page(cases["closed"]),
            reverse("desk:approvals"),
            reverse("admin:complaints_bulkrun_change", args=[run.pk]),
            reverse("admin:complaints_importbatch_add"),
            reverse("admin:complaints_importbatch_change", args=[batch.pk]),
            dialog(batch, "match"),
            reverse("admin:complaints_complaint_export"),
            reverse("admin:complaints_complaint_why", args=[clock.case_id, clock.pk]),
            reverse("admin:complaints_complaint_history", args=[clock.case_id]),
        ],
        "ana": [
            "/admin/",
            reverse("admin:complaints_complaint_add"),
            *(dialog(cases["busy"], name) for name in ("record-call", "write-message", "write-note")),
            *REFUSED,
            f"{CASES}?queue=all&q=没有这样的词",
        ],
        "olga": ["/admin/", reverse("admin:complaints_compensationgrant_change", args=[grant.pk])],
    }


def keeping(world):
    """What those who watch, write rules and keep people have before them, and what everybody may read."""
    ana = world.cast.ana
    policy = PolicyRow.objects.first()
    return {
        "axel": ["/admin/", reverse("desk:oversight"), case_page(world.cases["busy"])],
        "edith": [
            "/admin/",
            reverse("admin:policies_policyrow_changelist"),
            reverse("admin:policies_policyrow_change", args=[policy.pk]),
            reverse("desk:help"),
            reverse("desk:help_glossary"),
            reverse("desk:knowledge"),
            reverse("desk:help_chapter", args=["staff"]),
        ],
        "adam": [
            "/admin/",
            reverse("admin:people_person_changelist"),
            reverse("admin:people_person_change", args=[ana.pk]),
            reverse("admin:casemgmt_notice_changelist"),
            reverse("admin:casemgmt_notice_settings"),
            reverse("admin:password_change"),
        ],
    }


def beyond(world, kind):
    """Lists ("changelist") or records ("change") of everything registered, each for the first role that sees them."""
    chosen = {name: [] for name in READERS}
    for model, model_admin in admin.site._registry.items():
        request = RequestFactory().get("/")
        for name in READERS:
            request.user = world.person(name)
            row = model_admin.get_queryset(request).order_by("-pk").first() if kind == "change" else None
            if not model_admin.has_view_permission(request, row) or (kind == "change" and row is None):
                continue
            place = f"admin:{model._meta.app_label}_{model._meta.model_name}_{kind}"
            chosen[name].append(reverse(place, args=[row.pk] if row else []))
            break
    return {name: urls for name, urls in chosen.items() if urls}


@pytest.mark.parametrize("kinds", [handling, keeping], ids=["handling", "keeping"])
def test_axe_finds_nothing_serious_in_any_light(world, findings, kinds):
    found = {name: findings(name, urls, in_every_light) for name, urls in kinds(world).items()}
    assert {name: grave for name, grave in found.items() if grave} == {}


def test_axe_finds_nothing_serious_in_a_result_of_bulk_work(world, findings):
    confirm_run(world.run.pk, by=world.cast.sven, at=NOW)
    run_lines(world.run.pk, at=NOW)
    assert findings("sven", [reverse("admin:complaints_bulkrun_change", args=[world.run.pk])], in_every_light) == {}


def test_axe_finds_nothing_serious_where_rows_are_chosen(world, findings):
    def with_two_rows(page):
        tick_rows(page, 2)
        page.select_option("select[name=action]", "bulk_assign")
        return in_every_light(page)

    assert findings("sven", [f"{CASES}?queue=all"], with_two_rows) == {}


@pytest.mark.parametrize("kind", ["changelist", "change"])
def test_axe_finds_nothing_serious_in_any_list_and_record(world, findings, kind):
    chosen = beyond(world, kind)
    seen = {url for urls in chosen.values() for url in urls}
    assert len(seen) > 20
    found = {name: findings(name, urls, in_brief) for name, urls in chosen.items()}
    assert {name: grave for name, grave in found.items() if grave} == {}


def test_axe_finds_nothing_serious_in_any_dialog_of_a_case(world, chromium, live_server):
    by_name = {}
    for situation in SITUATIONS:
        for address in dialogs_on(world.cases[situation]):
            by_name.setdefault(address.action.name, []).append(address.url)
    page = open_desk(chromium, live_server, world.cast.sven, width=WIDE["width"])
    open_page(page, case_page(world.cases["busy"]))
    shown, found = [], {}
    for name, urls in by_name.items():
        if page.evaluate(INTO, [urls]):
            shown.append(name)
            if grave := grave_findings(page, NO_CONTRAST, place="#probe"):
                found[name] = grave
    page.context.close()
    assert found == {}
    assert len(shown) >= len(by_name) // 2, sorted(set(by_name) - set(shown))
