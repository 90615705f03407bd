"""A dry run on its page: how far it is, what it found for whom, and a table to take out that is noted."""

import io
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from casemgmt.privacy.models import AccessEvent
from policies.actions import ask_dry_run, draft_change, run_one
from policies.admin.dry_runs import NO_DRY_RUN
from policies.models import DryRun, PolicyRow
from tests.admin.looking import dialog, send, signed_in, text_of
from tests.building import a_registered_case
from tests.cast import AT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_a_day(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: AT)


@pytest.fixture
def editor(vera):
    """Vera's browser; she sees no case."""
    vera.is_staff = True
    vera.save()
    vera.groups.add(Group.objects.get(name="Policy editors"))
    return signed_in(vera)


def a_longer_resolution(by):
    base = PolicyRow.objects.filter(kind="clock", key="resolution", state="active").first()
    draft = draft_change(base.pk, by=by, at=AT, valid_from=AT + timedelta(days=3), reason="慢一点")
    draft.body = base.body | {"length": {"amount": 9, "unit": "working_days"}}
    draft.cases = []
    draft.save()
    return draft


@pytest.fixture
def case(cast):
    """One case whose deadline the draft moves."""
    return a_registered_case(cast)


@pytest.fixture
def draft(vera, case):
    """The draft with its dry run."""
    row = a_longer_resolution(vera)
    run_one(ask_dry_run(row.pk, by=vera, at=AT).pk, at=AT)
    return row


def page_of(row):
    return reverse("admin:policies_policyrow_change", args=[row.pk])


def file_of(row):
    return reverse("admin:policies_policyrow_file", args=[row.pk])


def test_an_editor_sees_numbers_and_figures_and_no_way_into_the_case(editor, draft, case):
    told = text_of(editor.get(page_of(draft)))
    assert case.case_number in told
    assert "due later" in told
    assert reverse("admin:complaints_complaint_change", args=[case.pk]) not in told
    assert "林晓云" not in told


def test_whoever_sees_the_case_is_led_there_and_its_subject_hears_nothing(cast, draft, case):
    link = reverse("admin:complaints_complaint_change", args=[case.pk])
    assert link in text_of(signed_in(cast.sven).get(page_of(draft)))
    case.subjects.create(person=cast.ben, named_by=cast.sven, named_at=AT)
    assert case.case_number not in text_of(signed_in(cast.ben).get(page_of(draft)))


def test_a_dry_run_is_asked_for_watched_and_stopped_on_the_page(
    editor, vera, case, monkeypatch, django_capture_on_commit_callbacks
):
    rung = []
    monkeypatch.setattr("casemgmt.doorbell.bell.send_task", lambda name, args: rung.append((name, args)))
    row = a_longer_resolution(vera)
    progress = reverse("admin:policies_policyrow_progress", args=[row.pk])
    assert editor.get(progress).headers["HX-Refresh"] == "true"
    with django_capture_on_commit_callbacks(execute=True):
        assert send(editor, dialog(row, "dry-run")).status_code == 204
    assert rung == [("policies.tasks.run_policy_dry_run", [DryRun.objects.get().pk])]
    assert "0 of 1 cases looked at" in text_of(editor.get(progress))
    assert send(editor, dialog(row, "dry-run")).status_code == 422
    assert send(editor, dialog(row, "stop-dry-run")).status_code == 204
    assert DryRun.objects.get().state == DryRun.State.STOPPED
    assert editor.post(progress).status_code == 405


def test_the_table_is_taken_out_by_post_and_noted(editor, draft, case):
    assert editor.get(file_of(draft)).status_code == 405
    before = AccessEvent.objects.filter(kind="exported").count()
    answer = editor.post(file_of(draft), {"file_format": "csv"})
    told = b"".join(answer.streaming_content).decode()
    assert case.case_number in told
    assert "林晓云" not in told
    book = load_workbook(io.BytesIO(b"".join(editor.post(file_of(draft), {"file_format": "xlsx"}).streaming_content)))
    assert case.case_number in [row[0].value for row in book.worksheets[0].iter_rows(min_row=2)]
    assert AccessEvent.objects.filter(kind="exported").count() == before + 2
    assert editor.post(file_of(draft), {"file_format": "exe"}).status_code == 400


@pytest.mark.parametrize("name", ["ana", "sven", "olga"])
def test_who_may_not_take_policies_out_gets_no_file(cast, draft, name):
    assert signed_in(getattr(cast, name)).post(file_of(draft), {"file_format": "csv"}).status_code == 403


def test_a_draft_that_changed_says_that_its_dry_run_no_longer_counts(editor, draft):
    assert "no longer counts" not in text_of(editor.get(page_of(draft)))
    row = PolicyRow.objects.get(pk=draft.pk)
    row.body |= {"length": {"amount": 8, "unit": "working_days"}}
    row.save()
    assert "no longer counts" in text_of(editor.get(page_of(draft)))


def test_a_kind_that_decides_nothing_says_why_it_needs_no_dry_run(editor, vera):
    base = PolicyRow.objects.filter(kind="upload", state="active").first()
    draft = draft_change(base.pk, by=vera, at=AT, valid_from=AT + timedelta(days=3), reason="放宽")
    page = editor.get(page_of(draft)).content.decode()
    assert str(NO_DRY_RUN["upload"]) in page
    assert "/dry-run/" not in page
