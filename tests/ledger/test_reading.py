"""What simple-history reads, and values that come back as they went in."""

import datetime
import uuid
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.utils import timezone

from casemgmt.ledger import drift
from casemgmt.ledger.binding import Binder
from tests.ledger.acting import by, kinds, sql
from tests.ledger.probe.models import Everything, Probe, Tag

pytestmark = [pytest.mark.django_db, pytest.mark.unsigned]
SHANGHAI = datetime.timezone(datetime.timedelta(hours=8))


def instant(microsecond):
    return datetime.datetime(2026, 2, 17, 23, 59, 59, microsecond, tzinfo=SHANGHAI)


ROWS = [
    {"flag": True, "decimal": Decimal("1234567890.12"), "ratio": 0.1, "small": -3},
    {"flag": False, "decimal": Decimal("0.00"), "ratio": -1e-9},
    {"day": datetime.date(2026, 2, 17), "time": datetime.time(23, 59, 59, 120000)},
    {"duration": datetime.timedelta(days=-1, microseconds=1)},
    *({"instant": instant(microsecond)} for microsecond in (0, 1, 120000, 123456)),
    {"code": uuid.UUID(int=7), "address": "2001:db8::1"},
    {"facts": {"原因": '"坏了"', "n": [1, None, 1.5]}},
    {"blob": b"\x00\xff'"},
    {"words": "单引号' 双引号\" 换行\n\\ %s {}"},
    {},
]


@pytest.mark.parametrize("values", ROWS)
def test_history_holds_the_very_value(values):
    with by():
        live = Everything.objects.create(**values)
    live = Everything.objects.get()
    past = Everything.history.get()
    for field in Everything._meta.concrete_fields:
        ours, theirs = getattr(live, field.attname), getattr(past, field.attname)
        ours, theirs = (bytes(v) if isinstance(v, memoryview) else v for v in (ours, theirs))
        assert (str(ours), type(ours)) == (str(theirs), type(theirs)) or field.name == "file"
    columns = [f.column for f in Everything._meta.concrete_fields]
    as_text = "CAST({} AS TEXT)" if connection.vendor == "postgresql" else "quote({})"
    text = ", ".join(as_text.format(column) for column in columns)
    assert sql(f"SELECT {text} FROM probe_everything") == sql(f"SELECT {text} FROM probe_historicaleverything")
    assert drift() == []


def test_a_file_is_kept_by_its_name(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with by():
        row = Everything.objects.create(file=ContentFile(b"x", name="proof.txt"))
    assert str(Everything.history.get().file) == row.file.name


@pytest.mark.parametrize(("seconds", "expected"), [(0, 0), (3600, 1)])
def test_a_duration_or_json_that_is_equal_is_no_change(seconds, expected):
    with by():
        Everything.objects.create(duration=datetime.timedelta(0), facts={"a": 1})
        Everything.objects.update(duration=datetime.timedelta(seconds=seconds), facts={"a": 1})
    assert kinds(Everything) == "+" + "~" * expected


def test_diffs_neighbours_and_the_past():
    with by():
        tag = Tag.objects.create(name="a")
        moment = tag.history.latest("history_id").history_date
        Tag.objects.update(name="b")
    first, last = tag.history.order_by("history_id")
    assert (last.prev_record, first.next_record) == (last.prev_record and first, last)
    (change,) = last.diff_against(first).changes
    assert (change.field, change.old, change.new) == ("name", "a", "b")
    assert tag.history.as_of(moment).name == "a"
    assert [past.name for past in Tag.history.as_of(moment)] == ["a"]
    assert first.instance.name == "a"


def test_a_deleted_object_still_reads():
    with by():
        tag = Tag.objects.create(name="a")
        moment = timezone.now()
        tag.delete()
    assert Tag.history.latest("history_id").history_type == "-"
    assert Tag.history.filter(history_type="-").first().instance.name == "a"
    assert moment <= Tag.history.latest("history_id").history_date


def test_twenty_versions_read_without_a_query_for_each(django_assert_max_num_queries):
    with by():
        probe = Probe.objects.create(name="p")
        for amount in range(1, 21):
            Probe.objects.update(amount=amount)
    with django_assert_max_num_queries(1):
        assert [str(row.history_user) for row in probe.history.all()] == ["安然"] * 21


@pytest.mark.postgresql
def test_a_transaction_binds_its_signer_once(monkeypatch):
    bound = []
    bind = Binder.bind
    monkeypatch.setattr(Binder, "bind", lambda self, connection: (bound.append(1), bind(self, connection)))
    with by():
        for n in range(3):
            Tag.objects.create(name=f"t{n}")
            Tag.objects.count()
    assert bound == [1]
