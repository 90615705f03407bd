"""Dialogs that show, take or give data: reveals, files, imports, notes of auditors."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from casemgmt.privacy.models import AccessEvent, AccessKind
from complaints.actions.importing import register_staged
from complaints.models import Complaint, ImportBatch, Statement
from complaints.states import ImportState
from complaints.vocabulary import StatementKind
from tests.admin.counting import events, kept
from tests.admin.looking import case_page, dialog, send, signed_in, text_of
from tests.admin.typing_in import IMPORT
from tests.admin.world import CSV, NOW
from tests.building import a_photo

pytestmark = pytest.mark.django_db


def test_a_look_at_personal_data_is_shown_once_and_logged_with_its_reason(ana, world):
    case = world.cases["busy"]
    url = f"{dialog(case.customer, 'reveal')}?case={case.pk}"
    noted = events()
    assert ana.get(url, HTTP_HX_REQUEST="true").status_code == 200
    assert events() == noted
    answer = send(ana, url, field="phone", reason="回拨客户。")
    assert answer.status_code == 200
    assert re.search(r"13800136\d{3}", text_of(answer))
    assert "no-store" in answer["Cache-Control"]
    event = AccessEvent.objects.latest("pk")
    assert events() == noted + 1
    assert (event.kind, event.person_name, event.subject_field) == (AccessKind.REVEALED, "安娜", "phone")
    assert Statement.objects.get(pk=event.statement_id).words == "回拨客户。"
    assert not re.search(r"13800136\d{3}", text_of(ana.get(url)))


@pytest.mark.parametrize(("name", "status"), [("ben", 403), ("olga", 403), ("wen", 404), ("edith", 404), ("adam", 404)])
def test_who_does_not_handle_the_case_reveals_nothing(world, name, status):
    case = world.cases["busy"]
    noted = events()
    browser = signed_in(world.person(name))
    answer = send(browser, f"{dialog(case.customer, 'reveal')}?case={case.pk}", field="phone", reason="好奇。")
    assert answer.status_code == status
    assert events() - noted == (1 if status == 403 else 0)
    assert not Statement.objects.filter(words="好奇。").exists()


@pytest.mark.parametrize("fields", [{}, {"field": "phone"}, {"field": "password", "reason": "x"}, {"reason": "x\x00"}])
def test_a_look_without_a_reason_shows_nothing(ana, world, fields):
    case = world.cases["busy"]
    noted = events()
    answer = send(ana, f"{dialog(case.customer, 'reveal')}?case={case.pk}", **fields)
    assert answer.status_code == 422
    assert events() == noted


def test_a_look_asked_for_twice_in_one_form_is_no_look(ana, world):
    """F33."""
    case = world.cases["busy"]
    noted = events()
    answer = send(
        ana, f"{dialog(case.customer, 'reveal')}?case={case.pk}", field=["phone", "name"], reason="回拨客户。"
    )
    assert answer.status_code == 400
    assert events() == noted


def test_evidence_is_taken_in_opened_and_noted(ana, world, settings, tmp_path):
    """The whole way of a file: uploaded, on the page, taken away as an attachment, logged (U25, U35)."""
    case = world.cases["busy"]
    photo = a_photo("领口 近照.png", "blue")
    photo.content_type = "text/html; charset=utf-7"
    answer = send(ana, dialog(case, "add-evidence"), file=photo, evidence_type="photo", supplied_by="customer")
    assert answer.status_code == 204
    row = case.evidence.latest("pk")
    assert "领口 近照.png" in text_of(ana.get(case_page(case)))
    url = f"/admin/complaints/evidence/{row.pk}/file/"
    noted = events()
    found = ana.get(url)
    photo.seek(0)
    assert b"".join(found.streaming_content) == photo.read()
    assert found["Content-Type"] == "image/png"
    assert found["Content-Disposition"].startswith("attachment")
    assert found["X-Content-Type-Options"] == "nosniff"
    assert events() == noted + 1
    assert AccessEvent.objects.latest("pk").kind == AccessKind.DOWNLOADED
    for method in ("post", "put", "patch", "delete", "trace", "options"):
        assert getattr(ana, method)(url).status_code == 405, method
    assert signed_in(world.cast.wen).get(url).status_code == 404


def test_a_file_of_complaints_is_read_looked_over_and_registered(sven, world):
    """Upload, dry run with its broken row in words, yes, and the worker makes the cases."""
    before = Complaint.objects.count()
    file = SimpleUploadedFile("complaints.csv", CSV.replace("26981414", "99981414").encode("gb18030"))
    answer = send(sven, IMPORT, file=file, mode="live", shop_id=str(world.cast.shop.pk))
    batch = ImportBatch.objects.latest("pk")
    assert (answer.status_code, answer["HX-Redirect"]) == (204, f"/admin/complaints/importbatch/{batch.pk}/change/")
    page = text_of(sven.get(answer["HX-Redirect"]))
    assert "2 rows read" in page
    assert "1 can be registered, 1 cannot" in page
    assert "GB18030" in page
    assert "1553656" not in page
    assert Complaint.objects.count() == before
    for _click in range(2):
        assert send(sven, dialog(batch, "confirm")).status_code in (204, 422)
    assert register_staged(NOW)[:2] == (1, 1)
    batch.refresh_from_db()
    assert batch.state == ImportState.FINISHED
    assert Complaint.objects.count() == before + 1
    assert "1 of 1 registered" in text_of(sven.get(answer["HX-Redirect"]))


def test_only_who_uploaded_a_file_says_yes_to_it(world):
    """I15."""
    tara = signed_in(world.cast.tara)
    assert send(tara, dialog(world.batch, "confirm")).status_code == 404
    assert tara.get(f"/admin/complaints/importbatch/{world.batch.pk}/change/").status_code in (302, 404)
    world.batch.refresh_from_db()
    assert world.batch.state == ImportState.STAGED


def test_an_auditor_writes_a_note_and_nothing_else(world):
    axel = signed_in(world.cast.axel)
    case = world.cases["busy"]
    before = kept()
    assert send(axel, dialog(case, "write-note"), words="抽查：记录完整。").status_code == 204
    assert sum(kept()) == sum(before) + 1
    note = Statement.objects.get(words="抽查：记录完整。")
    assert (note.kind, note.said_by, note.said_at) == (StatementKind.NOTE, world.cast.axel, NOW)
