"""A doorbell that nobody hears: what was written stays, the page comes, and the sweep does the rest."""

import pytest
from django.urls import reverse

from casemgmt import doorbell
from casemgmt.doorbell import ring_after_commit
from policies.models import DryRun, PolicyRow
from tests.admin.looking import dialog, send, signed_in
from tests.admin.world import an_outsider
from tests.building import a_registered_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def nobody_hears(monkeypatch):
    """Every ring fails as it does without a broker."""

    def refuse(*_told, **_more):
        raise ConnectionRefusedError("no broker")

    monkeypatch.setattr(doorbell.bell, "send_task", refuse)


def test_a_ring_that_fails_hurts_nobody(nobody_hears, django_capture_on_commit_callbacks, caplog):
    with django_capture_on_commit_callbacks(execute=True):
        ring_after_commit("policies.tasks.run_policy_dry_run", 1)
    assert "ring_after_commit" in caplog.text


def test_a_ring_names_the_row(monkeypatch, django_capture_on_commit_callbacks):
    heard = []
    monkeypatch.setattr(doorbell.bell, "send_task", lambda name, args: heard.append((name, args)))
    with django_capture_on_commit_callbacks(execute=True):
        ring_after_commit("policies.tasks.run_policy_dry_run", 7)
    assert heard == [("policies.tasks.run_policy_dry_run", [7])]


def test_a_dry_run_is_asked_for_without_a_broker(cast, nobody_hears, django_capture_on_commit_callbacks):
    a_registered_case(cast)
    browser = signed_in(an_outsider("edith", "Policy editors"))
    base = PolicyRow.objects.get(kind="clock", key="resolution", state="active", edition=1)
    send(browser, dialog(base, "draft-change"), valid_from="2099-01-01T00:00", reason="试一试")
    draft = PolicyRow.objects.get(kind="clock", key="resolution", state="drafted")
    with django_capture_on_commit_callbacks(execute=True):
        answer = send(browser, dialog(draft, "dry-run"), headers={})
    assert (answer.status_code, answer.url) == (302, reverse("admin:policies_policyrow_change", args=[draft.pk]))
    assert DryRun.objects.filter(row=draft).exists()
