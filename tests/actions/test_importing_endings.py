"""How an import ends other than well: stopped, killed, undone, out of time, or with a row that nobody foresaw."""

from datetime import timedelta

import pytest

from casemgmt.privacy.models import PersonKey
from casemgmt.violations import RuleBroken
from complaints.actions import importing
from complaints.actions.assigning import take_case
from complaints.actions.importing import confirm_import, register_staged, stop_import
from complaints.actions.overdue import escalate_overdue
from complaints.actions.staging import stage_file
from complaints.actions.staging import violations_of as kept_violations
from complaints.actions.undoing import undo_import
from complaints.models import Complaint, ImportRow, Statement
from complaints.states import CaseState, ImportState
from complaints.vocabulary import StatementKind
from tests.cast import AT, later

pytestmark = pytest.mark.django_db

HEADER = "投诉时间,渠道,客户姓名,手机号,订单号,商品类目,投诉内容\n"


def rows(count, word="投诉内容"):
    return "".join(f"2026-10-01 09:{n:02d},phone,王先生,15536568725,{n},酒店,第 {n} 条{word}\n" for n in range(count))


def staged(cast, text, *, mode="live", at=AT):
    return stage_file(by=cast.sven, at=at, content=(HEADER + text).encode(), mode=mode, shop_id=cast.shop.pk)


def registered(cast, text, **more):
    batch = staged(cast, text, **more)
    confirm_import(batch.pk, by=cast.sven, at=AT)
    register_staged(AT)
    batch.refresh_from_db()
    return batch


def in_small_batches(monkeypatch, size=2):
    monkeypatch.setattr(importing, "ROWS_AT_ONCE", size)


class Killed(BaseException):
    """As SIGKILL: nothing in the program catches it."""


@pytest.mark.parametrize("place", ["register_many", "_keep", "_finish"])
@pytest.mark.parametrize("call", [1, 2])
def test_i17_wherever_it_is_killed_no_row_is_lost_or_doubled(cast, monkeypatch, place, call):
    in_small_batches(monkeypatch)
    batch = staged(cast, rows(5))
    confirm_import(batch.pk, by=cast.sven, at=AT)
    real, calls = getattr(importing, place), []

    def dies(*args, **kwargs):
        calls.append(args)
        result = real(*args, **kwargs)
        if len(calls) == call:
            raise Killed
        return result

    monkeypatch.setattr(importing, place, dies)
    if (place, call) != ("_finish", 2):
        with pytest.raises(Killed):
            register_staged(AT)
    told = ImportRow.objects.filter(case__isnull=False).count()
    assert Complaint.objects.count() == told
    monkeypatch.setattr(importing, place, real)
    register_staged(AT)
    batch.refresh_from_db()
    assert (batch.state, batch.registered_count) == (ImportState.FINISHED, 5)
    assert Complaint.objects.count() == 5
    assert Statement.objects.filter(kind=StatementKind.CONTENT).count() == 5


def test_stopping_keeps_what_is_registered_and_registers_no_more(cast, monkeypatch):
    in_small_batches(monkeypatch)
    batch = staged(cast, rows(6))
    confirm_import(batch.pk, by=cast.sven, at=AT)
    assert importing._register_some(batch.pk, AT, 2) == 2
    batch = stop_import(batch.pk, by=cast.sven, at=AT)
    assert register_staged(AT) == (0, 0, "")
    batch.refresh_from_db()
    assert (batch.state, batch.registered_count, batch.key) == (ImportState.STOPPED, 2, None)
    assert not batch.rows.exclude(sealed_cells="").exists()
    again = staged(cast, rows(6))
    assert (again.good_count, again.bad_count) == (4, 2)
    with pytest.raises(RuleBroken) as broken:
        stop_import(batch.pk, by=cast.sven, at=AT)
    assert broken.value.codes == ["import.over"]


def test_rows_that_two_files_share_become_cases_once(cast):
    first, second = staged(cast, rows(3)), staged(cast, rows(4))
    assert second.good_count == 4
    for batch in (first, second):
        confirm_import(batch.pk, by=cast.sven, at=AT)
    register_staged(AT)
    second.refresh_from_db()
    assert Complaint.objects.count() == 4
    assert (second.registered_count, second.good_count, second.bad_count) == (1, 1, 3)


def test_a_row_that_nobody_foresaw_stops_no_other(cast, monkeypatch):
    batch = staged(cast, rows(5))
    confirm_import(batch.pk, by=cast.sven, at=AT)
    real = importing.register_many

    def chokes(registrations, **kwargs):
        if any("第 3 条" in registration.content for registration in registrations):
            raise ZeroDivisionError
        return real(registrations, **kwargs)

    monkeypatch.setattr(importing, "register_many", chokes)
    assert register_staged(AT)[:2] == (1, 4)
    batch.refresh_from_db()
    assert (batch.state, batch.good_count, batch.bad_count) == (ImportState.FINISHED, 4, 1)
    (bad,) = batch.rows.filter(is_good=False)
    assert [violation.code for violation in kept_violations(bad.errors)] == ["import.row_failed"]


def test_undoing_voids_what_nobody_has_touched(cast):
    batch = registered(cast, rows(3))
    touched = batch.rows.order_by("line")[1].case
    take_case(touched.pk, by=cast.ana, at=later(minutes=5))
    undo_import(batch.pk, by=cast.sven, at=later(minutes=9), reason="选错了店铺。")
    assert register_staged(later(minutes=10)) == (1, 2, "")
    batch.refresh_from_db()
    assert (batch.state, batch.undone_count, batch.left_count, batch.key) == (ImportState.UNDONE, 2, 1, None)
    states = [row.case.state for row in batch.rows.select_related("case").order_by("line")]
    assert states == [CaseState.VOIDED, CaseState.ASSESSING, CaseState.VOIDED]
    left = batch.rows.get(is_undone=False)
    assert [violation.code for violation in kept_violations(left.left_because)] == ["import.touched_since"]
    assert Statement.objects.filter(words="选错了店铺。").count() == 2


def test_what_the_sweeps_did_is_nobodys_touch(cast):
    """A live import of old rows is overdue at once; the escalations of the program do not keep it from being undone."""
    batch = registered(cast, rows(2))
    escalate_overdue(later(days=30))
    assert batch.rows.first().case.escalations.exists()
    undo_import(batch.pk, by=cast.sven, at=later(days=30), reason="选错了方式。")
    assert register_staged(later(days=30))[1] == 2


def test_undone_rows_may_come_again(cast):
    batch = registered(cast, rows(2))
    undo_import(batch.pk, by=cast.sven, at=AT, reason="选错了店铺。")
    register_staged(AT)
    assert registered(cast, rows(2)).registered_count == 2
    assert Complaint.objects.exclude(state=CaseState.VOIDED).count() == 2


def test_undoing_asks_for_a_reason_an_owner_and_an_end(cast):
    batch = staged(cast, rows(2))
    with pytest.raises(RuleBroken) as broken:
        undo_import(batch.pk, by=cast.sven, at=AT, reason=" ")
    assert broken.value.codes == ["import.not_undoable", "void.reason_missing"]
    batch = registered(cast, rows(2))
    with pytest.raises(RuleBroken) as broken:
        undo_import(batch.pk, by=cast.tara, at=AT, reason="不是我的。")
    assert broken.value.codes == ["import.of_somebody_else"]
    undo_import(batch.pk, by=cast.sven, at=AT, reason="选错了店铺。")
    register_staged(AT)
    with pytest.raises(RuleBroken) as broken:
        undo_import(batch.pk, by=cast.sven, at=AT, reason="再来一次。")
    assert broken.value.codes == ["import.not_undoable"]


def test_bad_rows_stay_for_their_list_until_the_day_is_over(cast):
    batch = registered(cast, rows(1) + "昨天,phone,王先生,15536568725,9,酒店,时间写错了\n")
    assert batch.key is not None
    assert batch.rows.exclude(sealed_cells="").count() == 1
    keys = PersonKey.objects.count()
    register_staged(later(hours=24, seconds=1))
    batch.refresh_from_db()
    assert (batch.key, batch.sealed_shape) == (None, "")
    assert not batch.rows.exclude(sealed_cells="").exists()
    assert PersonKey.objects.count() == keys - 1


def test_a_file_that_nobody_decides_about_is_thrown_away_after_a_day(cast):
    batch = staged(cast, rows(2))
    register_staged(AT + timedelta(days=1, seconds=1))
    batch.refresh_from_db()
    assert (batch.state, batch.key) == (ImportState.CANCELLED, None)


def test_long_files_are_checked_by_the_worker(cast, monkeypatch):
    monkeypatch.setattr("complaints.actions.staging.CHECKED_AT_ONCE", 1)
    batch = staged(cast, rows(3))
    assert (batch.state, batch.checked_count) == (ImportState.CHECKING, 0)
    with pytest.raises(RuleBroken) as broken:
        confirm_import(batch.pk, by=cast.sven, at=AT)
    assert broken.value.codes == ["import.not_checked"]
    register_staged(AT)
    batch.refresh_from_db()
    assert (batch.state, batch.good_count) == (ImportState.STAGED, 3)
