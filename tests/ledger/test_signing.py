"""Who signs: nesting, inheritance, the time of the act, and what is no signature at all."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.utils import timezone

from casemgmt.ledger import Refused, Signer, current_signature, signed
from casemgmt.ledger.context import LONGEST_REASON
from casemgmt.people.models import Person
from tests.ledger.acting import ANN, BEN, by, refused, sql, story
from tests.ledger.probe.models import Tag

pytestmark = pytest.mark.unsigned


NOBODIES = [None, AnonymousUser(), Person(username="unsaved", name="X"), Signer(""), Signer(" ")]


@pytest.mark.parametrize("nobody", NOBODIES)
def test_nobody_cannot_sign(nobody):
    with pytest.raises(ValueError, match="needs a"), signed(by=nobody, reason="x"):
        pass


@pytest.mark.parametrize("reason", [None, "", "  ", 7])
def test_a_signature_needs_a_reason(reason):
    with pytest.raises(ValueError, match="needs a reason"), signed(by=ANN, reason=reason):
        pass


def test_what_the_columns_cannot_hold_is_refused_early():
    with pytest.raises(ValueError, match="longer than"), signed(by=ANN, reason="x" * (LONGEST_REASON + 1)):
        pass
    with pytest.raises(ValueError, match="zone"), signed(by=ANN, reason="x", at=datetime(2026, 1, 1)):
        pass


def test_the_inner_signature_wins_and_inherits():
    at = datetime(2026, 1, 5, 9, tzinfo=UTC)
    with by(request="r-1", source="web", at=at) as outer:
        with by(BEN, "inner") as inner:
            assert current_signature() is inner
            assert (inner.actor, inner.reason) == ("Ben", "inner")
            assert (inner.request, inner.source, inner.at) == ("r-1", "web", at)
        assert current_signature() is outer
    assert current_signature() is None


def test_a_decorator_asks_for_its_signer_on_each_call():
    asked = []

    def service():
        asked.append(1)
        return ANN

    @signed(by=service, reason="sweep", source="task")
    def sweep():
        return current_signature()

    assert asked == []
    assert sweep().source == sweep().source == "task"
    assert asked == [1, 1]
    assert current_signature() is None


def test_tasks_and_threads_have_signatures_of_their_own():
    async def task(signer):
        with by(signer):
            for _ in range(50):
                await asyncio.sleep(0)
                assert current_signature().actor == signer.name

    async def both():
        await asyncio.gather(task(ANN), task(BEN))

    with ThreadPoolExecutor(1) as beside:  # a browser test of the same worker may have a loop running in this thread
        beside.submit(asyncio.run, both()).result()
    seen = []
    with by():
        thread = threading.Thread(target=lambda: seen.append(current_signature()))
        thread.start()
        thread.join()
    assert seen == [None]


@pytest.mark.django_db
def test_a_row_keeps_the_whole_signature():
    at = timezone.now() - timedelta(days=2)
    with signed(by=ANN, reason="tag.made", at=at, request="r-9", source="import"):
        Tag.objects.create(name="t")
    row = Tag.history.get()
    assert (row.history_user_id, row.history_actor, row.history_user) == ("7", "安然", "安然")
    assert (row.history_change_reason, row.history_request, row.history_source) == ("tag.made", "r-9", "import")
    assert row.history_at == at
    assert row.history_login
    assert timezone.now() - timedelta(minutes=1) < row.history_date <= timezone.now()


@pytest.mark.django_db
def test_an_act_without_its_own_time_happens_when_it_is_written():
    with by():
        Tag.objects.create(name="t")
    row = Tag.history.get()
    assert row.history_at == row.history_date


@pytest.mark.django_db
def test_an_act_in_the_future_is_refused():
    with by(at=timezone.now() + timedelta(minutes=5)), refused("ledger.future"):
        Tag.objects.create(name="t")
    assert not Tag.objects.exists()


@pytest.mark.django_db
def test_clocks_that_differ_a_little_do_not_make_an_act_later_than_its_record():
    with by(at=timezone.now() + timedelta(seconds=2)):
        Tag.objects.create(name="t")
    row = Tag.history.get()
    assert row.history_at == row.history_date


@pytest.mark.django_db
def test_the_name_is_kept_when_the_account_is_renamed():
    with by():
        person = Person.objects.create(username="ann", name="安然")
    with signed(by=person, reason="x"):
        tag = Tag.objects.create(name="t")
        person.name = "Another"
        person.save()
    assert tag.history.get().history_actor == "安然"


@pytest.mark.django_db
def test_each_row_of_a_transaction_has_a_time_of_its_own():
    with by():
        Tag.objects.bulk_create([Tag(name=f"t{n}") for n in range(50)])
        first = Tag.objects.earliest("pk")
        for name in ("a", "b", "c", "d"):
            Tag.objects.filter(pk=first.pk).update(name=name)
    dates = list(first.history.order_by("history_id").values_list("history_date", flat=True))
    assert len(dates) == 5
    assert dates == sorted(set(dates))
    now = Tag.history.latest("history_id").history_date
    assert Tag.history.as_of(now).count() == 50


@pytest.mark.django_db
def test_a_signature_that_ended_signs_nothing_more():
    with by():
        Tag.objects.create(name="t")
    with refused("ledger.unsigned"):
        Tag.objects.create(name="u")
    with by(BEN):
        Tag.objects.create(name="v")
    assert [actor for _, actor, _ in story(Tag)] == ["安然", "Ben"]


@pytest.mark.django_db
def test_going_back_to_a_savepoint_does_not_go_back_to_its_signer():
    with by():
        Tag.objects.create(name="a")
    sid = transaction.savepoint()
    with by(BEN):
        Tag.objects.create(name="b")
    transaction.savepoint_rollback(sid)
    with refused("ledger.unsigned"):
        Tag.objects.create(name="c")
    assert story(Tag) == [("+", "安然", "probe.tried")]


@pytest.mark.django_db
def test_a_raw_rollback_to_a_savepoint_is_seen():
    with by():
        Tag.objects.create(name="a")
    sql("SAVEPOINT mine")
    with by(BEN):
        Tag.objects.create(name="b")
    sql("ROLLBACK TO SAVEPOINT mine")
    with refused("ledger.unsigned"):
        Tag.objects.create(name="c")


@pytest.mark.django_db(transaction=True)
def test_rollback_leaves_nothing_and_autocommit_signs_each_statement():
    with by(), transaction.atomic():
        Tag.objects.create(name="gone")
        transaction.set_rollback(True)
    assert (Tag.objects.count(), Tag.history.count()) == (0, 0)
    with by():
        sql("INSERT INTO probe_tag (name) VALUES ('kept')")
    with pytest.raises(Refused):
        sql("INSERT INTO probe_tag (name) VALUES ('nobody')")
    assert story(Tag) == [("+", "安然", "probe.tried")]


@pytest.mark.django_db(transaction=True)
def test_a_callback_on_commit_is_signed_when_the_signature_stands_around_the_transaction():
    with by(), transaction.atomic():
        transaction.on_commit(lambda: Tag.objects.create(name="after"))
    assert story(Tag) == [("+", "安然", "probe.tried")]
    with pytest.raises(Refused), transaction.atomic(), by():
        transaction.on_commit(lambda: Tag.objects.create(name="too late"))


@pytest.mark.django_db(transaction=True)
def test_a_new_connection_is_unsigned_and_then_signed():
    with by():
        Tag.objects.create(name="t")
    connection.close()
    with pytest.raises(Refused):
        Tag.objects.create(name="u")
    with by(BEN):
        Tag.objects.create(name="u")
    assert [actor for _, actor, _ in story(Tag)] == ["安然", "Ben"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
def test_nothing_outlives_the_transaction_on_the_server():
    with by():
        Tag.objects.create(name="t")
    assert sql("SELECT current_setting('casemgmt.signature', true)") in ([("",)], [(None,)])
    with connection.connection.cursor() as cursor, pytest.raises(Exception, match=r"ledger\.unsigned"):
        cursor.execute("INSERT INTO probe_tag (name) VALUES ('raw')")


@pytest.mark.django_db
def test_a_refusal_is_an_integrity_error_with_a_code_and_a_violation():
    with pytest.raises(Refused) as caught, transaction.atomic():
        Tag.objects.create(name="t")
    assert caught.value.code == caught.value.violation.code == "ledger.unsigned"
    assert "probe_tag" in caught.value.message
