"""Files of complaints: what is read, what is refused row by row, and that nothing is lost or made twice."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from casemgmt.models import Notice
from casemgmt.privacy.models import PersonKey
from casemgmt.violations import RuleBroken
from complaints.actions import importing
from complaints.actions.importing import cancel_import, confirm_import, register_staged
from complaints.actions.staging import cells_of, match_columns, stage_file
from complaints.actions.staging import violations_of as kept_violations
from complaints.models import Clock, Complaint, Customer, ImportRow, Statement
from complaints.states import ImportState
from tests.cast import AT, later

pytestmark = pytest.mark.django_db

HEADER = "投诉时间,渠道,客户姓名,手机号,订单号,商品类目,投诉内容\n"
GOOD = "2026-10-01 08:28,store,严女士,13571462049,2698141437919189,水果,第二次有好几个上面都有指甲印记\n"
OTHER = "2026-10-01 09:00,电话,王先生,15536568725,2648321929823610,酒店,酒店设施太过老旧，价格还贵\n"


def staged(cast, text, *, mode="live", encoding="utf-8", by=None):
    return stage_file(by=by or cast.sven, at=AT, content=text.encode(encoding), mode=mode, shop_id=cast.shop.pk)


def errors_by_line(batch):
    return {row.line: [error.code for error in kept_violations(row.errors)] for row in batch.rows.all() if row.errors}


@pytest.mark.parametrize(
    ("encoding", "shown"), [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("gb18030", "GB18030"), ("utf-16", "UTF-16")]
)
def test_the_encoding_is_found_and_shown(cast, encoding, shown):
    batch = staged(cast, HEADER + GOOD + OTHER, encoding=encoding)
    assert (batch.encoding, batch.row_count, batch.good_count) == (shown, 2, 2)


@pytest.mark.parametrize("ending", ["\r", "\r\n", "\n"])
def test_any_line_end_will_do(cast, ending):
    assert staged(cast, (HEADER + GOOD + OTHER).replace("\n", ending)).good_count == 2


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "import.empty"),
        (b"  \n", "import.empty"),
        (HEADER.encode(), "import.header_only"),
        (b"PK\x03\x04rest of a workbook", "import.broken_workbook"),
        (b"%PDF-1.7", "import.not_a_table"),
        (b"\xd0\xcf\x11\xe0old", "import.old_workbook"),
        (bytes(range(256)) * 40, "import.not_csv"),
    ],
)
def test_files_that_are_no_csv(cast, content, code):
    with pytest.raises(RuleBroken) as broken:
        stage_file(by=cast.sven, at=AT, content=content, mode="live")
    assert broken.value.codes == [code]
    assert not ImportRow.objects.exists()


@pytest.mark.parametrize("column", ["id", "state", "approved_by", "version", "history_user", "状态"])
def test_columns_that_a_file_never_decides(cast, column):
    """I5: left out, named, and never one of our fields."""
    batch = staged(cast, f"{column}," + HEADER + "x," + GOOD)
    assert batch.ignored_columns == [column]
    fields = ("content", *(name for _, name in batch.columns[1:-1]), "")
    with pytest.raises(RuleBroken) as broken:
        match_columns(batch.pk, by=cast.sven, at=AT, sheet=0, fields=fields, words=batch.words)
    assert broken.value.codes == ["import.column_not_allowed"]


def test_a_missing_column_is_named_and_others_are_left_out(cast):
    with pytest.raises(RuleBroken) as broken:
        staged(cast, "渠道,投诉内容\nphone,坏了\n")
    assert [violation.params["column"] for violation in broken.value.violations] == ["投诉时间"]
    assert staged(cast, "店小二备注," + HEADER + "x," + GOOD).ignored_columns == ["店小二备注"]


def test_a_broken_row_loses_no_other(cast):
    text = (
        HEADER
        + GOOD
        + "昨天,fax,严女士,12,1.10101E+17,水果,\n"
        + "2026-10-01 09:00,phone\n"
        + OTHER
        + "2027-10-01 09:00,phone,王先生,15536568725,1,酒店,还没发生\n"
        + GOOD
    )
    batch = staged(cast, text)
    assert batch.good_count == 2
    assert errors_by_line(batch) == {
        3: ["import.time_not_read", "import.channel_not_known", "import.number_damaged"],
        4: ["import.cells_missing"],
        6: ["registration.received_in_the_future"],
        7: ["import.row_repeats"],
    }
    confirm_import(batch.pk, by=cast.sven, at=AT)
    assert register_staged(AT)[:2] == (1, 2)
    assert Complaint.objects.count() == 2


def test_formulas_stay_text(cast):
    """I9."""
    batch = staged(cast, HEADER + '2026-10-01 09:00,phone,王先生,15536568725,1,酒店,"=1+1"\n')
    confirm_import(batch.pk, by=cast.sven, at=AT)
    register_staged(AT)
    assert Statement.objects.get().words == "=1+1"


def test_staging_is_sealed_and_emptied(cast):
    batch = staged(cast, HEADER + GOOD)
    row = batch.rows.get()
    assert "严女士" not in row.sealed_cells
    assert cells_of(row, batch)[2] == "严女士"
    confirm_import(batch.pk, by=cast.sven, at=AT)
    keys = PersonKey.objects.count()
    register_staged(AT)
    row.refresh_from_db()
    batch.refresh_from_db()
    assert (row.sealed_cells, batch.key, batch.state) == ("", None, ImportState.FINISHED)
    assert PersonKey.objects.count() == keys
    assert str(row.case.customer.name) == "严**"


def test_the_same_file_again_changes_nothing(cast):
    """I7."""
    for _ in range(2):
        batch = staged(cast, HEADER + GOOD + OTHER)
        if batch.good_count:
            confirm_import(batch.pk, by=cast.sven, at=AT)
            register_staged(AT)
    assert Complaint.objects.count() == 2
    assert errors_by_line(batch) == {2: ["import.registered_already"], 3: ["import.registered_already"]}


def test_yes_twice_is_yes_once(cast):
    """I15."""
    batch = staged(cast, HEADER + GOOD)
    confirm_import(batch.pk, by=cast.sven, at=AT)
    confirm_import(batch.pk, by=cast.sven, at=AT)
    register_staged(AT)
    assert confirm_import(batch.pk, by=cast.sven, at=AT).state == ImportState.FINISHED
    assert register_staged(AT)[:2] == (0, 0)
    assert Complaint.objects.count() == 1


def test_only_the_uploader_says_yes_and_only_within_a_day(cast):
    batch = staged(cast, HEADER + GOOD)
    with pytest.raises(RuleBroken) as broken:
        confirm_import(batch.pk, by=cast.tara, at=later(hours=24, seconds=1))
    assert broken.value.codes == ["import.of_somebody_else", "import.expired"]
    assert confirm_import(batch.pk, by=cast.sven, at=later(hours=24)).state == ImportState.REGISTERING


def test_staff_do_not_import(cast):
    with pytest.raises(PermissionDenied):
        staged(cast, HEADER + GOOD, by=cast.ana)


def test_a_file_thrown_away_leaves_no_words(cast):
    batch = staged(cast, HEADER + GOOD)
    cancel_import(batch.pk, by=cast.sven, at=AT)
    assert batch.rows.get().sealed_cells == ""
    with pytest.raises(RuleBroken) as broken:
        confirm_import(batch.pk, by=cast.sven, at=AT)
    assert broken.value.codes == ["import.cancelled"]


def test_a_killed_run_goes_on_where_it_stopped(cast, monkeypatch):
    """I17: each batch of rows is whole or not at all."""
    monkeypatch.setattr(importing, "ROWS_AT_ONCE", 2)
    rows = "".join(f"2026-10-01 09:{n:02d},phone,王先生,15536568725,{n},酒店,第 {n} 条投诉内容\n" for n in range(5))
    batch = staged(cast, HEADER + rows)
    confirm_import(batch.pk, by=cast.sven, at=AT)
    calls = []

    def dies_in_the_second(*args, **kwargs):
        calls.append(args)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return register_many(*args, **kwargs)

    register_many = importing.register_many
    monkeypatch.setattr(importing, "register_many", dies_in_the_second)
    with pytest.raises(KeyboardInterrupt):
        register_staged(AT)
    assert Complaint.objects.count() == 2
    assert register_staged(AT)[:2] == (1, 3)
    assert Complaint.objects.count() == 5
    batch.refresh_from_db()
    assert (batch.registered_count, batch.state) == (5, ImportState.FINISHED)


def test_a_customer_on_record_is_found_by_name_and_phone(cast):
    for content in (HEADER + GOOD, HEADER + GOOD.replace("第二次", "第三次").replace("2698", "2699")):
        batch = staged(cast, content)
        confirm_import(batch.pk, by=cast.sven, at=AT)
        register_staged(AT)
    assert Customer.objects.count() == 1


def test_backlog_clocks_start_now_and_the_notice_is_one(cast):
    batch = staged(cast, HEADER + GOOD + OTHER, mode="backlog")
    confirm_import(batch.pk, by=cast.sven, at=AT)
    register_staged(AT)
    assert {clock.started_at for clock in Clock.objects.all()} == {AT}
    assert Notice.objects.filter(person=cast.sven).count() == 1


def test_live_clocks_run_from_receipt(cast):
    batch = staged(cast, HEADER + GOOD)
    confirm_import(batch.pk, by=cast.sven, at=AT)
    register_staged(AT)
    first = Clock.objects.get(kind=Clock.Kind.FIRST_RESPONSE)
    assert first.due_at - first.started_at == timedelta(hours=24)
    assert first.started_at < AT
