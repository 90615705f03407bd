"""The pages of imports: a file dropped, matched, registered, stopped and undone, and who may see what of it."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from casemgmt.privacy.models import AccessEvent, AccessKind
from complaints.actions.importing import register_staged
from complaints.models import Complaint, ImportBatch, ImportMatching
from complaints.states import CaseState
from tests.admin.counting import events
from tests.admin.looking import dialog, send, signed_in, text_of
from tests.admin.typing_in import IMPORT
from tests.admin.world import NOW

pytestmark = pytest.mark.django_db

HEADER = "投诉时间,渠道,客户姓名,手机号,订单号,投诉内容\n"
GOOD = "2026-10-01 08:28,门店,严女士,13571462049,8698141437919189,有好几个上面都有指甲印记\n"
BAD = "昨天,门店,王先生,15536568725,7648321929823610,=1+1\n"
ODD = HEADER.replace("渠道", "哪来的").replace("投诉内容", "说的")


@pytest.fixture
def sven(cast):
    return signed_in(cast.sven)


def upload(browser, text, *, name="九月.csv", **fields):
    content = text if isinstance(text, bytes) else text.encode()
    answer = send(browser, IMPORT, file=SimpleUploadedFile(name, content), mode="live", **fields)
    assert answer.status_code == 204, text_of(answer)
    return ImportBatch.objects.latest("pk"), answer["HX-Redirect"]


def page_of(batch) -> str:
    return f"/admin/complaints/importbatch/{batch.pk}/change/"


def a_registered_file(sven, text=HEADER + GOOD):
    batch, _ = upload(sven, text)
    assert send(sven, dialog(batch, "confirm")).status_code == 204
    register_staged(NOW)
    batch.refresh_from_db()
    return batch


def test_a_workbook_goes_the_same_way_as_a_text_file(sven):
    book = openpyxl.Workbook()
    for line in (HEADER + GOOD).splitlines():
        book.active.append(line.split(","))
    held = io.BytesIO()
    book.save(held)
    batch, url = upload(sven, held.getvalue(), name="九月.xlsx")
    assert url == page_of(batch)
    page = text_of(sven.get(url))
    assert "XLSX" in page
    assert "1 can be registered, 0 cannot" in page
    assert "九月.xlsx" in page
    assert "135****2049" in page
    assert "13571462049" not in page


@pytest.mark.parametrize("content", [b"\xd0\xcf\x11\xe0 old", b"PK\x03\x04 broken", b"%PDF-1.7"])
def test_what_is_no_table_is_refused_at_the_file_with_what_to_do(sven, content):
    answer = send(sven, IMPORT, file=SimpleUploadedFile("a.xls", content), mode="backlog")
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["file"]
    assert ".xlsx" in text_of(answer)
    assert answer.context["form"]["mode"].value() == "backlog"
    assert not ImportBatch.objects.exists()


def test_columns_are_matched_and_the_next_file_remembers(sven, cast):
    batch, url = upload(sven, ODD + GOOD)
    assert url == dialog(batch, "match")
    page = sven.get(url)
    assert "Guessed from what stands in the column" in text_of(page)
    fields = dict(enumerate(("received_at", "channel", "name", "phone", "order_number", "content")))
    said = {f"column_{number}": name for number, name in fields.items()} | {"word_channel_0": "face_to_face"}
    answer = send(sven, url, sheet="0", **said)
    assert (answer.status_code, answer["HX-Redirect"]) == (204, page_of(batch))
    assert "Files of this shape are matched as 沈文 said" in text_of(sven.get(page_of(batch)))
    second, url = upload(sven, ODD + GOOD.replace("好几个", "三四个"))
    assert url == page_of(second)
    assert "As 沈文 matched a file of this shape" in text_of(sven.get(dialog(second, "match")))
    assert ImportMatching.objects.get().made_by == cast.sven


def test_a_column_chosen_just_now_brings_its_words_to_be_looked_at(sven):
    batch, url = upload(sven, HEADER.replace("渠道", "甲") + GOOD.replace("门店", "驿站"))
    said = {f"column_{n}": name for n, name in enumerate(("received_at", "channel", "name", "phone", "", "content"))}
    answer = send(sven, url, sheet="0", **said)
    assert answer.status_code == 422
    assert "驿站" in text_of(answer)
    assert answer.context["form"]["column_1"].value() == "channel"
    assert ImportBatch.objects.get(pk=batch.pk).state == "matching"
    assert send(sven, url, sheet="0", word_channel_0="face_to_face", **said).status_code == 204


def test_what_is_missing_is_said_and_nothing_is_lost(sven):
    batch, url = upload(sven, "哪来的,谁,说的\n门店,严女士,上面都有指甲印记\n")
    assert "Still missing" in text_of(sven.get(url))
    answer = send(sven, url, sheet="0", column_0="channel", column_1="name", column_2="content", word_channel_0="phone")
    assert answer.status_code == 422
    assert "is missing" in text_of(answer)
    assert answer.context["form"]["column_2"].value() == "content"
    assert ImportBatch.objects.get(pk=batch.pk).state == "matching"


@pytest.mark.parametrize("sheet", ["99", "-1", "x", "", "9" * 400, "²"])
def test_a_sheet_that_is_none_is_the_first(sven, sheet):
    _, url = upload(sven, ODD + GOOD)
    assert sven.get(url, {"sheet": sheet}).status_code == 200
    assert send(sven, url, sheet=sheet, column_0="received_at").status_code == 422


def test_progress_is_told_in_numbers_and_words_to_who_may_see_the_file(sven, cast):
    batch, _ = upload(sven, HEADER + GOOD + BAD)
    send(sven, dialog(batch, "confirm"))
    url = f"/admin/complaints/importbatch/{batch.pk}/progress/"
    told = sven.get(url).json()
    assert (told["done"], told["all"], told["bad"], told["percent"], told["is_running"]) == (0, 1, 1, 0, True)
    assert told["remaining"] == "The worker takes it up within a minute."
    assert f'data-poll="{url}"' in text_of(sven.get(page_of(batch)))
    register_staged(NOW)
    told = sven.get(url).json()
    assert (told["done"], told["percent"], told["is_running"], told["remaining"]) == (1, 100, False, "")
    assert sven.post(url).status_code == 405
    assert signed_in(cast.tara).get(url).status_code == 404
    assert Client().get(url).status_code == 302


def test_bad_rows_go_home_defused_and_come_back_mended(sven):
    batch = a_registered_file(sven, HEADER + GOOD + BAD)
    url = f"/admin/complaints/importbatch/{batch.pk}/bad-rows/"
    noted = events()
    assert sven.get(url).status_code == 405
    answer = sven.post(url)
    table = answer.content.decode("utf-8-sig")
    assert "'=1+1" in table
    assert "13571462049" not in table
    assert "Why it cannot be registered" in table
    assert AccessEvent.objects.filter(kind=AccessKind.DOWNLOADED, subject_pk=str(batch.pk)).count() == 1
    assert events() == noted + 2  # the GET was refused, and is noted too
    again, url = upload(sven, table.replace("昨天", "2026-10-02 10:00"))
    assert (url, again.good_count, again.bad_count) == (page_of(again), 1, 0)
    send(sven, dialog(again, "confirm"))
    register_staged(NOW)
    case = Complaint.objects.get(import_row__batch=again)
    assert case.statements.get(kind="content").words == "=1+1"


def test_the_whole_file_mended_registers_the_mended_row_alone(sven):
    a_registered_file(sven, HEADER + GOOD + BAD)
    again, _ = upload(sven, HEADER + GOOD + BAD.replace("昨天", "2026-10-02 10:00"))
    assert (again.good_count, again.bad_count) == (1, 1)
    assert "The row is registered already as" in text_of(sven.get(page_of(again)))


def test_an_import_is_stopped_and_says_what_was_registered(sven):
    batch, _ = upload(sven, HEADER + GOOD)
    send(sven, dialog(batch, "confirm"))
    assert "Stop registering" in text_of(sven.get(page_of(batch)))
    assert send(sven, dialog(batch, "stop")).status_code == 204
    register_staged(NOW)
    assert not Complaint.objects.filter(import_row__batch=batch).exists()
    assert "Stopped on the way" in text_of(sven.get(page_of(batch)))


def test_an_import_is_undone_with_a_reason_and_its_result_is_listed(sven):
    batch = a_registered_file(sven)
    assert send(sven, dialog(batch, "undo"), reason="").status_code == 422
    assert send(sven, dialog(batch, "undo"), reason="选错了店铺。").status_code == 204
    register_staged(NOW)
    assert Complaint.objects.get(import_row__batch=batch).state == CaseState.VOIDED
    assert "1 of 1 cases undone, 0 left" in text_of(sven.get(page_of(batch)))
    assert send(sven, dialog(batch, "undo"), reason="再来。").status_code == 422


def test_auditors_read_every_import_and_do_nothing_to_it(sven, cast):
    batch = a_registered_file(sven, HEADER + GOOD + BAD)
    axel = signed_in(cast.axel)
    assert "九月.csv" in text_of(axel.get("/admin/complaints/importbatch/"))
    page = text_of(axel.get(page_of(batch)))
    assert "1 can be registered, 1 cannot" in page
    assert "Undo the import" not in page
    assert "严" not in page
    assert axel.post(f"/admin/complaints/importbatch/{batch.pk}/bad-rows/").status_code == 403
    assert axel.get(dialog(batch, "undo")).status_code == 403
    assert axel.get(IMPORT).status_code == 403


@pytest.mark.parametrize("name", ["ana", "olga"])
def test_who_may_not_import_sees_no_import(sven, cast, name):
    batch = a_registered_file(sven)
    browser = signed_in(getattr(cast, name))
    assert browser.get(IMPORT).status_code == 403
    for url in (page_of(batch), f"/admin/complaints/importbatch/{batch.pk}/progress/"):
        assert browser.get(url).status_code in (403, 404)
