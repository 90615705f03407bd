"""Columns that somebody has to match: what is asked, what is remembered for the team, and what stays as it was."""

import pytest

from casemgmt.violations import RuleBroken
from complaints.actions.importing import confirm_import, register_staged
from complaints.actions.staging import match_columns, matching_for, shapes_of, upload_file
from complaints.models import Complaint, ImportBatch, ImportMatching
from complaints.states import ImportState
from tests.cast import AT, later
from tests.rules.test_import_workbooks import a_workbook

pytestmark = pytest.mark.django_db

ODD = (
    "几时,哪里来的,说了什么,谁,备注\n"
    "2026-10-01 08:28,传真,袖口开线，退货没人理我。,严女士,a\n"
    "2026-10-02 09:00,热线,扣子掉了一颗，退货没人理。,王先生,b\n"
)
FIELDS = ("received_at", "channel", "content", "name", "")
WORDS = {"channel": {"传真": "letter", "热线": "phone"}}


def uploaded(cast, text=ODD, *, by=None, at=AT):
    content = text if isinstance(text, bytes) else text.encode()
    return upload_file(by=by or cast.sven, at=at, content=content, mode="live", name="导出 13571462049.csv")


def matched(cast, batch, *, fields=FIELDS, words=WORDS, sheet=0, by=None, at=AT):
    return match_columns(batch.pk, by=by or cast.sven, at=at, sheet=sheet, fields=fields, words=words)


def test_unknown_columns_wait_for_somebody_who_knows(cast):
    batch = uploaded(cast)
    assert (batch.state, batch.row_count, batch.checked_count) == (ImportState.MATCHING, 2, 0)
    with pytest.raises(RuleBroken) as broken:
        confirm_import(batch.pk, by=cast.sven, at=AT)
    assert broken.value.codes == ["import.not_matched"]
    batch = matched(cast, batch)
    assert (batch.state, batch.good_count) == (ImportState.STAGED, 2)
    confirm_import(batch.pk, by=cast.sven, at=AT)
    register_staged(AT)
    assert sorted(Complaint.objects.values_list("channel", flat=True)) == ["letter", "phone"]


def test_the_next_file_of_the_same_shape_needs_nobody(cast):
    matched(cast, uploaded(cast))
    second = uploaded(cast, ODD.replace("袖口", "领口").replace("扣子", "拉链"), at=later(hours=1))
    assert (second.state, second.good_count) == (ImportState.STAGED, 2)
    _, remembered = matching_for(cast.sven, shapes_of(second)[0])
    assert (remembered.made_by, remembered.made_at, remembered.team) == (cast.sven, AT, cast.team)


def test_what_is_remembered_is_the_teams_and_not_the_worlds(cast):
    matched(cast, uploaded(cast))
    assert uploaded(cast, by=cast.tara).state == ImportState.STAGED
    cast.tara.team = cast.other_team
    cast.tara.save()
    assert uploaded(cast, by=cast.tara).state == ImportState.MATCHING


def test_a_later_matching_changes_no_earlier_batch(cast):
    first = matched(cast, uploaded(cast))
    second = uploaded(cast, at=later(hours=1))
    matched(
        cast, second, fields=("occurred_at", "", "content", "name", "received_at"), words={"channel": {"": "phone"}}
    )
    assert ImportMatching.objects.get().columns[0] == ["几时", "occurred_at"]
    assert ImportMatching.history.count() == 2
    first = ImportBatch.objects.get(pk=first.pk)
    assert (first.columns[0], first.words) == (["几时", "received_at"], WORDS)
    assert first.good_count == 2


def test_matching_again_checks_every_row_again(cast):
    batch = matched(cast, uploaded(cast), words={"channel": {"热线": "phone"}})
    assert (batch.good_count, batch.bad_count) == (1, 1)
    batch = matched(cast, batch)
    assert (batch.good_count, batch.bad_count, batch.checked_count) == (2, 0, 2)


def test_who_did_not_upload_it_does_not_match_it(cast):
    with pytest.raises(RuleBroken) as broken:
        matched(cast, uploaded(cast), by=cast.tara)
    assert broken.value.codes == ["import.of_somebody_else"]


def test_columns_stand_fast_once_it_is_confirmed(cast):
    batch = matched(cast, uploaded(cast))
    confirm_import(batch.pk, by=cast.sven, at=AT)
    with pytest.raises(RuleBroken) as broken:
        matched(cast, batch)
    assert broken.value.codes == ["import.not_matchable"]


def test_one_channel_for_all_rows(cast):
    batch = uploaded(cast, "投诉时间,投诉内容,姓名\n2026-10-01 08:28,袖口开线，退货没人理我。,严女士\n")
    assert batch.state == ImportState.MATCHING
    batch = matched(cast, batch, fields=("received_at", "content", "name"), words={"channel": {"": "platform"}})
    assert batch.good_count == 1


def test_of_several_sheets_one_is_chosen_and_the_others_go(cast):
    heads = ("投诉时间", "渠道", "投诉内容", "姓名")
    first = [heads, ("2026-10-01 08:28", "电话", "袖口开线，退货没人理我。", "严女士")]
    second = [heads, *((f"2026-10-0{day} 08:28", "门店", "扣子掉了。", "王先生") for day in (2, 3))]
    batch = uploaded(cast, a_workbook(*first, sheets=[("二月", second)]))
    assert (batch.state, batch.encoding, batch.row_count) == (ImportState.MATCHING, "XLSX", 1)
    words = {"channel": {"门店": "face_to_face"}}
    batch = matched(cast, batch, sheet=1, fields=("received_at", "channel", "content", "name"), words=words)
    assert (batch.row_count, batch.good_count) == (2, 2)
    confirm_import(batch.pk, by=cast.sven, at=AT)
    register_staged(AT)
    assert Complaint.objects.count() == 2
    assert set(batch.rows.values_list("sheet", flat=True)) == {1}


def test_a_csv_and_a_workbook_of_the_same_rows_are_the_same_rows(cast):
    heads = ("投诉时间", "渠道", "客户姓名", "手机号", "订单号", "投诉内容")
    cells = ("2026-10-01 08:28", "电话", "严女士", 13571462049, "2698141437919189", "袖口开线，退货没人理我。")
    text = "\n".join([",".join(heads), ",".join(map(str, cells))])
    batch = uploaded(cast, text)
    confirm_import(batch.pk, by=cast.sven, at=AT)
    register_staged(AT)
    again = uploaded(cast, a_workbook(heads, cells))
    assert [error["code"] for error in again.rows.get().errors] == ["import.registered_already"]


def test_a_row_with_a_key_of_its_own_is_known_by_it_alone(cast):
    head = "工单号,投诉时间,渠道,投诉内容,姓名\n"
    batch = uploaded(cast, head + "T-1,2026-10-01 08:28,电话,袖口开线。,严女士\n")
    confirm_import(batch.pk, by=cast.sven, at=AT)
    register_staged(AT)
    changed = "T-1,2026-10-01 08:28,电话,袖口开线了，改过一个字。,严女士\n"
    again = uploaded(cast, head + changed + "T-2,2026-10-01 08:28,电话,袖口开线。,严女士\n")
    told = [[error["code"] for error in row.errors] for row in again.rows.order_by("line")]
    assert told == [["import.registered_already"], []]


def test_damaged_numbers_and_errors_of_the_spreadsheet_are_told_by_column(cast):
    """I11: with what to do about it."""
    heads = ("投诉时间", "渠道", "手机号", "订单号", "投诉内容")
    rows = [
        ("2026-10-01 08:28", "电话", "1.38E+10", "1", "袖口开线。"),
        ("2026-10-01 08:29", "电话", "", 2698141437919189, "袖口开线。"),
        ("2026-10-01 08:30", "电话", "", "#N/A", "袖口开线。"),
    ]
    batch = uploaded(cast, a_workbook(heads, *rows))
    found = [
        [(error["code"], error["params"]["column"]) for error in row.errors] for row in batch.rows.order_by("line")
    ]
    assert found[0][0] == ("import.number_damaged", "手机号")
    assert found[1:] == [[("import.number_damaged", "订单号")], [("import.cell_error", "订单号")]]


def test_nothing_personal_stands_in_clear_while_it_waits(cast):
    batch = uploaded(cast, "手机号,渠道,投诉内容\n13571462049,电话,打 13571462049 找严女士。\n")
    kept = str([*ImportBatch.objects.values(), *batch.rows.values(), *ImportBatch.history.values()])
    assert "13571462049" not in kept
    assert "严女士" not in kept
    assert batch.file_name == "导出 ****.csv"


def test_a_file_without_headings_is_refused(cast):
    with pytest.raises(RuleBroken) as broken:
        uploaded(cast, "2026-10-01 08:28,13571462049,袖口开线。\n2026-10-01 08:28,13571462049,袖口开线。\n")
    assert broken.value.codes == ["import.no_headings"]
