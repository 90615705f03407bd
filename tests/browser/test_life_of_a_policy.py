"""A policy in the browser, in Chinese: drafted, its own cases, a dry run, a second person, and a case that shows it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from complaints.actions.registering import register
from policies.actions import run_one
from policies.models import PolicyRow
from tests.admin.world import an_outsider
from tests.browser.desk import fill, page_of, send
from tests.building import a_registered_case, a_registration
from tests.cast import later

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("afternoon")]

BEGINS = later(days=9, hours=-10)
"""Midnight, two days after the afternoon on which it is drafted."""


@pytest.fixture(autouse=True)
def a_worker_that_is_quick(monkeypatch):
    """The doorbell runs the dry run at once."""

    def ring(name, args):
        run_one(args[0], at=timezone.now())

    monkeypatch.setattr("casemgmt.doorbell.bell.send_task", ring)


def deed_of(row, name):
    return reverse("admin:policies_policyrow_do", args=[row.pk, name])


def do(page, row, name, **typed):
    page.goto(deed_of(row, name))
    fill(page, typed)
    send(page)
    assert not page.locator(".cm-alert[role=alert]").count(), page.locator(".cm-alert").inner_text()


def test_from_a_draft_to_a_case_that_shows_the_difference(cast, at_desk):
    before = a_registered_case(cast)
    first = at_desk(an_outsider("edith", "Policy editors"))
    second = at_desk(an_outsider("emil", "Policy editors"))
    base = PolicyRow.objects.get(kind="clock", key="resolution", state="active", edition=1)

    do(first, base, "draft-change", valid_from=BEGINS.strftime("%Y-%m-%dT%H:%M"), reason="顾客等不了五天。")
    draft = PolicyRow.objects.get(kind="clock", key="resolution", state="drafted")
    assert first.url.endswith(deed_of(draft, "write"))
    fill(first, {"body__length__amount": "3"})
    send(first)
    assert "3个工作日" in first.inner_text(".cm-policy-diff ins")
    assert first.locator(".cm-policy-fails").count() > 0, "the own cases expect five days"
    first.goto(deed_of(draft, "try"))
    send_and_stay(first)
    do(first, draft, "expect-found")
    assert first.locator(".cm-policy-fails").count() == 0

    do(first, draft, "dry-run")
    assert before.case_number in first.inner_text("#dry-run")
    assert first.locator(f"#dry-run a[href*='{page_of(before)}']").count() == 0, "editors see no case"
    do(first, draft, "try")
    first.goto(deed_of(draft, "activate"))
    send_and_stay(first)
    assert PolicyRow.objects.get(pk=draft.pk).state == "tried", "not by the drafter"

    second.goto(deed_of(draft, "activate"))
    assert second.locator(".cm-effects li").count() >= 3
    send(second)
    active = PolicyRow.objects.get(pk=draft.pk)
    assert (active.state, active.activated_by.username) == ("active", "emil")

    received = BEGINS + timedelta(hours=10)
    after = register(a_registration(cast, received_at=received), by=cast.ana, at=received)
    clock, old = after.clocks.get(kind="resolution"), before.clocks.get(kind="resolution")
    assert (clock.policy_id, old.policy_id) == (active.pk, base.pk)
    assert old.due_at == old.first_due_at, "a running case keeps its answer"
    ana = at_desk(cast.ana)
    for case, its_clock in ((after, clock), (before, old)):
        ana.goto(reverse("admin:complaints_complaint_why", args=[case.pk, its_clock.pk]))
        assert f"{timezone.localtime(its_clock.due_at):%m-%d}" in ana.inner_text("#content")


def send_and_stay(page):
    """Sent, and refused with its reason."""
    page.click(".cm-submit")
    page.wait_for_selector(".cm-alert[role=alert]")
