"""Two workers at once over the same imports: no row is lost, none becomes two cases; on PostgreSQL."""

import pytest

from complaints.actions import importing
from complaints.actions.importing import confirm_import, register_staged
from complaints.actions.staging import stage_file
from complaints.models import Complaint, ImportBatch, ImportRow
from complaints.states import ImportState
from tests.cast import AT
from tests.racing import race
from tests.stage import standing_cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]

HEADER = "投诉时间,渠道,客户姓名,手机号,投诉内容\n"


def staged(cast, first, last):
    rows = "".join(f"2026-10-01 09:{n:02d},phone,王先生,15536568725,第 {n} 条投诉内容\n" for n in range(first, last))
    batch = stage_file(by=cast.sven, at=AT, content=(HEADER + rows).encode(), mode="live", shop_id=cast.shop.pk)
    return confirm_import(batch.pk, by=cast.sven, at=AT)


def test_two_workers_register_each_row_once(transactional_db, monkeypatch):
    monkeypatch.setattr(importing, "ROWS_AT_ONCE", 3)
    cast = standing_cast()
    staged(cast, 0, 20)
    staged(cast, 10, 30)
    outcomes = race(*[lambda: register_staged(AT)] * 2)
    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    register_staged(AT)
    assert set(ImportBatch.objects.values_list("state", flat=True)) == {ImportState.FINISHED}
    assert Complaint.objects.count() == 30
    prints = list(ImportRow.objects.filter(case__isnull=False).values_list("fingerprint", flat=True))
    assert len(prints) == len(set(prints)) == 30
    counted = sum(ImportBatch.objects.values_list("registered_count", flat=True))
    assert counted == 30
