"""Bad files by the real dialogs: evidence and imports that are not taken, with a sentence, and nothing written."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from complaints.models import Evidence, ImportBatch
from tests.admin.counting import kept
from tests.admin.looking import dialog, send, signed_in, text_of
from tests.admin.typing_in import IMPORT, refused_at
from tests.admin.world import CSV
from tests.building import a_photo

pytestmark = pytest.mark.django_db


def archive(*names) -> bytes:
    held = BytesIO()
    with ZipFile(held, "w") as packed:
        for name in names:
            packed.writestr(name, "x")
    return held.getvalue()


HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
PNG = a_photo().read()
UPLOADS = [
    ("U3", "a.htaccess\u200b", b"x"),
    ("U5", "a.html.pdf", HTML),
    ("U5", "a.pdf.html", b"%PDF-1.4 x"),
    ("U7", "x" * 300 + ".png", PNG),
    ("U7", "照" * 255 + ".png", PNG),
    ("U11", "a.js", b"alert(1)"),
    ("U11", "a.swf", b"FWS\x05" + b"\x00" * 60),
    ("U11", "a.html", HTML),
    ("U11", "a.xml", b"<?xml version='1.0'?><?xml-stylesheet href='x.xsl'?><a/>"),
    ("U13", "a.png", PNG + archive("x")),
    ("U13", "a.png", PNG + b"<script>alert(1)</script>"),
    ("U17", "a.zip", archive("../x")),
    ("U17", "a.zip", archive("/etc/x")),
    ("U19", "a.png", rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"),
    ("U21", "a.png", b""),
]


@pytest.mark.parametrize(
    ("row", "name", "content"), UPLOADS, ids=[f"{row}-{n}" for n, (row, _n, _c) in enumerate(UPLOADS)]
)
def test_files_that_are_not_taken(ana, world, row, name, content):
    """U3 to U21 by the upload dialog: refused at the field, no row, and the other fields stay."""
    before = Evidence.objects.count()
    url = dialog(world.cases["busy"], "add-evidence")
    fields = {"evidence_type": "photo", "supplied_by": "customer", "description": "领口的照片"}
    said = refused_at(ana, url, "file", file=SimpleUploadedFile(name, content), **fields)
    assert said
    assert Evidence.objects.count() == before
    answer = send(ana, url, file=SimpleUploadedFile(name, content), **fields)
    assert "领口的照片" in text_of(answer)


@pytest.mark.parametrize("name", ["../../etc/passwd.png", "..%2f..%2fx.png", "C:\\x.png", "a\u200b.png"])
def test_u1_u3_names_are_no_paths_and_hide_nothing(ana, world, name):
    """Whatever the browser calls it: shown as text, without a path and without what nobody sees."""
    case = world.cases["busy"]
    body = {"file": SimpleUploadedFile("a.png", PNG), "evidence_type": "photo", "supplied_by": "customer"}
    body["file"]._name = name
    assert send(ana, dialog(case, "add-evidence"), **body).status_code in (204, 422)
    for row in Evidence.objects.filter(case=case):
        shown = str(row.file_name)
        assert shown.endswith(".png")
        assert not set("/\\\u200b") & set(shown)


def test_u9_equal_names_are_two_files(ana, world):
    case = world.cases["busy"]
    before = Evidence.objects.filter(case=case).count()
    for name in ("a.png", "A.PNG"):
        file = SimpleUploadedFile(name, PNG)
        answer = send(ana, dialog(case, "add-evidence"), file=file, evidence_type="photo", supplied_by="customer")
        assert answer.status_code == 204
    rows = Evidence.objects.filter(case=case)
    assert rows.count() == before + 2


def test_u27_too_many_files_and_fields(ana, world):
    url = dialog(world.cases["busy"], "add-evidence")
    many = {f"f{number}": SimpleUploadedFile("a.png", b"x") for number in range(30)}
    assert send(ana, url, **many).status_code == 400
    assert send(ana, url, **{f"f{number}": "x" for number in range(2000)}).status_code == 400


@pytest.mark.parametrize(
    ("name", "case", "status"), [("wen", "busy", 404), ("ben", "busy", 403), ("ana", "closed", 422)]
)
def test_u29_no_files_for_cases_of_others_or_ended_ones(world, name, case, status):
    browser = signed_in(world.person(name))
    before = kept()
    file = SimpleUploadedFile("a.png", PNG)
    answer = send(
        browser,
        dialog(world.cases[case], "add-evidence"),
        file=file,
        evidence_type="photo",
        supplied_by="customer",
    )
    assert answer.status_code == status
    assert kept() == before


HEADER = CSV.partition("\n")[0]
FIELDS = ("received_at", "channel", "name", "phone", "order_number", "product_name", "")
FILES = [
    ("I1", b"PK\x03\x04rest of a workbook"),
    ("I1", bytes(range(256)) * 40),
    ("I1", b""),
    ("I1", (HEADER + "\n").encode()),
]


@pytest.mark.parametrize(("row", "content"), FILES, ids=[f"{row}-{n}" for n, (row, _c) in enumerate(FILES)])
def test_files_that_cannot_be_imported(sven, row, content):
    """I1 and I5 by the import page: a sentence, nothing staged."""
    before = kept()
    answer = send(sven, IMPORT, file=SimpleUploadedFile("a.csv", content), mode="live")
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert kept() == before


@pytest.mark.parametrize("column", ["状态", "history_user"])
def test_i5_columns_that_no_file_decides_are_named_before_a_row_is_read(sven, column):
    content = (f"{column}," + HEADER + "\nclosed," + CSV.splitlines()[1] + "\n").encode()
    answer = send(sven, IMPORT, file=SimpleUploadedFile("a.csv", content), mode="live")
    batch = ImportBatch.objects.latest("pk")
    assert (batch.state, answer["HX-Redirect"]) == ("matching", dialog(batch, "match"))
    page = sven.get(answer["HX-Redirect"])
    assert "No file decides this" in text_of(page)
    fields = {"column_0": "content", **{f"column_{n + 1}": name for n, name in enumerate(FIELDS)}}
    answer = send(sven, dialog(batch, "match"), sheet=0, word_channel_0="face_to_face", **fields)
    assert (answer.status_code, ImportBatch.objects.get(pk=batch.pk).state) == (422, "matching")


@pytest.mark.parametrize("ending", ["\r", "\r\n", "\n"])
def test_i3_any_end_of_line(sven, ending):
    content = CSV.replace("\n", ending).encode("utf-8-sig")
    answer = send(sven, IMPORT, file=SimpleUploadedFile("../../etc/passwd", content), mode="live")
    assert answer.status_code == 204
    assert ImportBatch.objects.latest("pk").row_count == 2


def test_i9_i11_formulas_are_text_and_damaged_numbers_are_named(sven):
    lines = [
        HEADER,
        '2026-10-02 09:00,phone,王先生,15536568725,1,酒店,"=1+1"',
        "2026-10-02 09:00,phone,王先生,15536568725,1.10101E+17,酒店,坏了",
    ]
    answer = send(sven, IMPORT, file=SimpleUploadedFile("a.csv", "\n".join(lines).encode()), mode="live")
    page = text_of(sven.get(answer["HX-Redirect"]))
    assert "1 can be registered, 1 cannot" in page
    assert "spreadsheet" in page


def test_i15_a_file_is_confirmed_within_a_day(sven, world, monkeypatch):
    assert send(sven, dialog(world.batch, "confirm")).status_code == 422
    world.batch.refresh_from_db()
    assert world.batch.state == "staged"
