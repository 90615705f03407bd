"""Tables taken out: by role and cap, masked, harmless to spreadsheets, noted before they leave, never cut short."""

import csv
import io
from datetime import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from casemgmt import exporting
from casemgmt.adminkit.models import Export
from casemgmt.exporting import Column, harmless, in_csv, in_xlsx
from casemgmt.privacy.models import AccessEvent
from complaints.admin import exports
from complaints.models import CompensationGrant, Complaint
from tests.admin.counting import events, kept
from tests.admin.looking import signed_in, text_of
from tests.admin.world import NOW, somebody
from tests.building import a_registered_case

pytestmark = pytest.mark.django_db
CASES = "/admin/complaints/complaint/export/"
PAYMENTS = "/admin/complaints/compensationgrant/export/"
POLICIES = "/admin/policies/policyrow/export/"
PAID = ["case_number", "amount", "currency", "paid_by", "payee"]
COLUMNS = ["case_number", "about", "customer", "phone", "state", "handler", "received_at", "granted", "currency"]


def take(browser, url=CASES, query="?queue=all", **changes):
    fields = {"file_format": "csv", "columns": COLUMNS, "words": "周会用。"} | changes
    return browser.post(url + query, fields)


def csv_in(answer) -> list[list[str]]:
    content = b"".join(answer.streaming_content)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def book_in(answer):
    return load_workbook(io.BytesIO(b"".join(answer.streaming_content)))


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+cmd|' /C calc'!A0",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1",
        "＋1",
        "－1",
        "＠A",
        " =1",
        "\u3000＝1",
        "|x",
    ],
)
def test_no_text_is_a_formula(text):
    """I9."""
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "大衣领口有污渍", "TS20261012-0001-9", "a=b", "5-3", "(+86) 138"])
def test_other_texts_stay_as_they_are(text):
    assert harmless(text) == text


def test_formulas_and_rubbish_are_texts_in_both_formats():
    rows = ['=HYPERLINK("http://x")', "坏\x0b字符", "x" * 40_000, None, "换\n行"]
    columns = (Column("text", "=Heading", lambda row: row), Column("n", "数", lambda row: Decimal("-3.50")))
    plain = list(csv.reader(io.StringIO(b"".join(in_csv(rows, columns, [("什么", "=1")])).decode("utf-8-sig"))))
    assert [row[0] for row in plain[:2]] == ["'=Heading", '\'=HYPERLINK("http://x")']
    assert plain[1][1] == "-3.50"
    sheet = load_workbook(in_xlsx(rows, columns, [("什么", "=1")], title="a/b", about_title="说明")).worksheets[0]
    cells = list(sheet.iter_rows(min_row=2))
    assert {cell.data_type for row in cells for cell in row} <= {"s", "n", "inlineStr"}
    assert cells[0][0].value == '\'=HYPERLINK("http://x")'
    assert cells[0][1].value == -3.5
    assert cells[1][0].value == "坏字符"
    assert len(cells[2][0].value) < 32_768


def test_a_supervisor_takes_the_list_as_it_is_filtered(sven, world):
    table = csv_in(take(sven, query="?queue=unassigned"))
    shown = sven.get("/admin/complaints/complaint/?queue=unassigned").context["cl"]
    numbers = {case.case_number for case in shown.queryset}
    assert table[0][:3] == ["Case number", "What it is about", "Customer"]
    assert {row[0] for row in table[1:-1]} == numbers
    assert f"Rows: {len(numbers)}" in table[-1][0]
    assert "Queue: Unassigned" in table[-1][0]
    assert "At most: 5000" in table[-1][0]
    assert "Taken by: 沈文" in table[-1][0]


def test_personal_data_is_masked_and_times_name_their_zone(sven, world):
    table = csv_in(take(sven))
    assert table[0][6] == "Received (Asia/Shanghai)"
    row = next(row for row in table if row[0] == world.cases["busy"].case_number)
    assert row[2] == "欧**"
    assert row[3].startswith("138****")
    assert row[6] == "2026-10-12 10:00"
    assert "欧阳晓" not in str(table)
    assert "13800136" not in str(table)


def test_a_workbook_holds_numbers_times_and_a_sheet_that_says_what_it_is(sven, world):
    book = book_in(take(sven, file_format="xlsx"))
    rows = {row[0]: row for row in book.worksheets[0].iter_rows(values_only=True)}
    paid = rows[world.cases["paid"].case_number]
    assert paid[7:] == (260, "CNY")
    assert paid[6] == datetime(2026, 10, 12, 10, 0)
    told = dict(book.worksheets[1].iter_rows(values_only=True, max_col=2))
    assert told["Taken by"] == "沈文"
    assert told["Rows"] == str(len(rows) - 1)


def test_it_is_noted_before_the_first_byte_leaves(sven, world):
    before = events()
    answer = take(sven, query="?queue=all&q=13800136001")
    event = AccessEvent.objects.latest("pk")
    export = Export.objects.get()
    assert events() == before + 1
    assert (event.kind, event.person_name, event.subject_pk) == ("exported", "沈文", str(export.pk))
    assert event.reason == f"rows={export.row_count} queue=all searched=yes"
    assert (export.table, export.file_format, export.part) == (
        "complaints.complaint",
        "csv",
        {"queue": "all", "searched": "yes"},
    )
    assert str(export.reason) == "周会用。"
    assert "13800136001" not in str(csv_in(answer))


@pytest.mark.parametrize(
    ("name", "url", "status"),
    [
        ("ana", CASES, 200),
        ("sven", CASES, 200),
        ("axel", CASES, 200),
        ("olga", CASES, 403),
        ("edith", CASES, 403),
        ("adam", CASES, 403),
        ("olga", PAYMENTS, 200),
        ("axel", PAYMENTS, 200),
        ("ana", PAYMENTS, 403),
        ("sven", PAYMENTS, 200),
        ("edith", POLICIES, 200),
        ("axel", POLICIES, 200),
        ("sven", POLICIES, 403),
        ("adam", POLICIES, 403),
    ],
)
def test_each_role_takes_what_is_its_own_and_no_more(world, name, url, status):
    browser, before, written = signed_in(world.person(name)), events(), kept()
    assert browser.get(url).status_code == status
    assert events() - before == (1 if status == 403 else 0)
    column, query = ("key", "") if url == POLICIES else ("case_number", "?queue=all")
    answer = take(browser, url, query, columns=[column], words="周会用。")
    assert answer.status_code == status
    assert Export.objects.count() == (1 if status == 200 else 0)
    assert browser.put(url).status_code == 405
    if status == 403:
        assert kept() == written


def test_the_way_out_is_offered_with_the_filters_of_the_list(sven, world):
    assert (
        f'{CASES}?queue=unassigned&amp;state=registered"'
        in sven.get("/admin/complaints/complaint/?queue=unassigned&state=registered").content.decode()
    )
    shown = text_of(signed_in(world.cast.olga).get("/admin/complaints/complaint/?queue=all"))
    assert "Export the list" not in shown


@pytest.mark.parametrize(("name", "most"), [("ana", "MOST_FOR_STAFF"), ("sven", "MOST")])
def test_over_the_cap_nothing_leaves_and_the_page_says_by_how_much(world, monkeypatch, name, most):
    monkeypatch.setattr(exports, most, 3)
    browser = signed_in(world.person(name))
    count = browser.get("/admin/complaints/complaint/?queue=all").context["cl"].queryset.count()
    sentence = f"The list has {count} rows; you may take at most 3."
    assert sentence in text_of(browser.get(CASES + "?queue=all"))
    answer = take(browser)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert not Export.objects.exists()


def test_exactly_the_cap_leaves(ana, world, monkeypatch):
    count = ana.get("/admin/complaints/complaint/?queue=all").context["cl"].queryset.count()
    monkeypatch.setattr(exports, "MOST_FOR_STAFF", count)
    assert len(csv_in(take(ana, words=""))) == count + 2


def test_a_long_list_is_no_workbook(sven, world, monkeypatch):
    monkeypatch.setattr("casemgmt.adminkit.exporting.MOST_ROWS_OF_XLSX", 2)
    answer = take(sven, file_format="xlsx")
    assert answer.status_code == 422
    assert "Take it as CSV" in text_of(answer)


def test_supervisors_say_why(sven):
    answer = take(sven, words=" ")
    assert answer.status_code == 422
    assert "words" in answer.context["form"].errors


def test_an_auditors_copy_is_marked(world):
    answer = take(signed_in(world.cast.axel), words="")
    assert "audit" in answer["Content-Disposition"]
    assert csv_in(answer)[-1][0].startswith("Audit copy: ")
    assert Export.objects.get().is_marked
    assert AccessEvent.objects.latest("pk").person_name == "艾审"


def test_what_is_about_somebody_never_leaves_with_them(world):
    table = csv_in(take(signed_in(world.cast.ben), words=""))
    assert world.cases["about ben"].case_number not in str(table)
    assert world.cases["busy"].case_number in str(table)


def test_operations_take_their_own_payments(world):
    answer = take(
        signed_in(world.cast.olga), PAYMENTS, columns=["case_number", "amount", "currency", "paid_by", "payee"]
    )
    rows = csv_in(answer)[1:-1]
    own = CompensationGrant.objects.filter(state="approved") | CompensationGrant.objects.filter(state="bounced")
    own = own | CompensationGrant.objects.filter(paid_by=world.cast.olga)
    assert len(rows) == own.distinct().count() > 0
    assert {row[2] for row in rows} == {"CNY"}
    assert {row[4] for row in rows} == {"", "欧佳"}


def test_policy_editors_take_the_policies(world):
    table = csv_in(take(signed_in(world.edith), POLICIES, "", columns=["key", "kind", "valid_from", "content"]))
    assert len(table) > 50
    assert "(Asia/Shanghai)" in table[0][2]


@pytest.mark.parametrize(
    "fields",
    [
        {"columns": []},
        {"columns": ["handler__password"]},
        {"columns": ["case_number", "customer__phone_index"]},
        {"file_format": "pdf"},
        {"file_format": ""},
        {"words": "a\x00b"},
        {"words": "x" * 20_001},
    ],
)
def test_bad_choices_come_back_and_nothing_leaves(sven, fields):
    answer = take(sven, **fields)
    assert answer.status_code == 422
    assert not Export.objects.exists()


@pytest.mark.parametrize(
    "query",
    [
        "?customer__phone__contains=1",
        "?queue=nonsense",
        "?q=a%00b",
        "?handler__password=x",
        "?state__isnull=maybe",
        "?q=" + "x" * 999,
    ],
)
def test_addresses_that_make_no_sense_send_nothing(sven, query):
    """Q1, Q3, Q7, Q11."""
    for answer in (sven.get(CASES + query), take(sven, query=query)):
        assert answer.status_code == 400
    assert not Export.objects.exists()


def test_reading_the_page_writes_nothing(sven):
    before, noted = kept(), events()
    assert sven.get(CASES).status_code == 200
    assert sven.head(CASES).status_code == 200
    assert (kept(), events()) == (before, noted)


def test_rows_cost_no_queries_of_their_own(sven, world):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            csv_in(take(sven))
        return len(captured)

    queries()
    before = queries()
    for _number in range(5):
        a_registered_case(world.cast, **somebody())
    assert queries() == before


def test_rows_come_in_parts(sven, world, monkeypatch):
    monkeypatch.setattr(exporting, "ROWS_AT_ONCE", 4)
    pieces = list(take(sven).streaming_content)
    assert len(pieces) == Complaint.objects.count() // 4 + 1


def test_chinese_readers_get_chinese_headings(world):
    browser = signed_in(world.cast.sven, "zh-hans")
    assert csv_in(take(browser))[0][4:6] == ["状态", "处理人"]


def test_auditors_read_what_left(world, sven):
    take(sven)
    shown = text_of(signed_in(world.cast.axel).get("/admin/adminkit/export/"))
    assert "周会用。" in shown
    assert "queue=all" in shown
    assert sven.get("/admin/adminkit/export/").status_code == 403
    assert Export.objects.get().at == NOW
