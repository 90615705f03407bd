"""Many rows at once: what is read and written is what Django reads and writes one by one."""

from datetime import UTC, timedelta, timezone

import pytest

from casemgmt.models import Notice
from casemgmt.setwise import insert_each, read_each, update_each
from tests.cast import AT

pytestmark = pytest.mark.django_db

COLUMNS = ("pk", "key", "created_at", "read_at", "params")
FIXED = {"code": "notice.pause_ended", "subject_label": "", "subject_pk": "", "case_number": "", "created_at": AT}


@pytest.fixture
def notices(cast):
    """Three notices: an instant with a fraction, one in another zone, and none."""
    moments = (AT + timedelta(microseconds=1500), (AT + timedelta(1)).astimezone(timezone(timedelta(hours=8))), None)
    rows = [(str(number), cast.ana.pk, {"单": "“好”\\"}, AT, moment) for number, moment in enumerate(moments)]
    insert_each(Notice, ("key", "person_id", "params", "shown_from", "read_at"), rows, fixed=FIXED)
    return Notice.objects.order_by("pk")


def test_instants_are_read_as_django_reads_them(notices):
    found = read_each(notices, COLUMNS, instants={"created_at", "read_at"})
    assert found == list(notices.values_list(*COLUMNS))
    assert [row[3] and row[3].tzinfo for row in found] == [UTC, UTC, None]


def test_nothing_is_read_from_no_rows(notices):
    assert read_each(notices.filter(key="x"), COLUMNS, instants={"read_at"}) == []


def test_values_of_each_row_arrive_whole(notices):
    assert [notice.params for notice in notices] == [{"单": "“好”\\"}] * 3
    assert notices[0].read_at == AT + timedelta(microseconds=1500)


def test_columns_that_all_rows_share_arrive_as_the_others(notices):
    """Shared and own values side by side: text, instants, JSON, nothing at all."""
    rows = [(notice.pk, AT + timedelta(3), None, {"n": number}) for number, notice in enumerate(notices)]
    assert update_each(Notice, ("shown_from", "read_at", "params"), rows) == 3
    assert list(notices.values_list("pk", "shown_from", "read_at", "params")) == rows
    shared = [(pk, AT, AT, {"单": 1}) for pk, *_ in rows]
    assert update_each(Notice, ("shown_from", "read_at", "params"), shared) == 3
    assert list(notices.values_list("pk", "shown_from", "read_at", "params")) == shared
