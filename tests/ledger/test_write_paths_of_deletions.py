"""Deletions, links, conflict rules and what needs no signature: every path, signed and unsigned."""

import pytest

from tests.ledger.acting import ANN, by, kinds, refused, sql, story
from tests.ledger.probe.models import Child, Probe, Tag

pytestmark = [pytest.mark.django_db, pytest.mark.unsigned]
UNSIGNED = "ledger.unsigned"
TABLE = Probe._meta.db_table
COLUMNS = "name, amount, scratch, state, mood"


@pytest.fixture
def probe():
    with by(reason="made"):
        return Probe.objects.create(name="p", amount=1)


def delete(tag):
    tag.delete()


def queryset_delete(tag):
    Tag.objects.all().delete()


def raw_delete(tag):
    Child.objects.all()._raw_delete("default")
    Tag.objects.all()._raw_delete("default")


def sql_delete(tag):
    sql("DELETE FROM probe_child")
    sql("DELETE FROM probe_tag")


DELETIONS = [delete, queryset_delete, raw_delete, sql_delete]


@pytest.fixture
def tag():
    with by(reason="made"):
        tag = Tag.objects.create(name="t")
        Child.objects.create(tag=tag)
        return tag


@pytest.mark.parametrize("path", DELETIONS)
def test_a_deletion_leaves_one_row_with_the_last_values(path, tag):
    with by():
        path(tag)
    assert story(Tag) == story(Child) == [("+", ANN.name, "made"), ("-", ANN.name, "probe.tried")]
    assert Tag.history.latest("history_id").name == "t"


@pytest.mark.parametrize("path", DELETIONS)
def test_an_unsigned_deletion_is_refused(path, tag):
    with refused(UNSIGNED):
        path(tag)
    assert (kinds(Tag), kinds(Child)) == ("+", "+")


@pytest.mark.parametrize(
    "path", [Probe.delete, lambda p: Probe.objects.all().delete(), lambda p: Probe.objects.all()._raw_delete("default")]
)
def test_a_row_that_stays_is_never_deleted(path, probe):
    with by(), refused("ledger.deletion"):
        path(probe)
    assert Probe.objects.count() == 1


def test_set_null_on_the_far_side_is_recorded(probe, tag):
    with by():
        Probe.objects.update(tag=tag)
        tag.delete()
    assert kinds(Probe) == "+~~"
    assert Probe.history.latest("history_id").tag_id is None


@pytest.mark.sqlite
def test_replace_is_a_deletion_and_a_creation(tag):
    with by():
        Child.objects.all().delete()
        sql("REPLACE INTO probe_tag (id, name) VALUES (%s, 'u')", tag.pk)
    assert kinds(Tag) == "+-+"


@pytest.mark.sqlite
def test_replace_is_no_way_back_to_the_initial_state(probe):
    with by():
        probe.start()
        probe.save()
        with refused("ledger.deletion"):
            sql(f"REPLACE INTO {TABLE} (id, {COLUMNS}) VALUES (%s, 'p', 0, '', 'new', 0)", probe.pk)
    assert Probe.objects.get().state == "open"


@pytest.mark.sqlite
@pytest.mark.parametrize("conflict", ["IGNORE", "REPLACE", "FAIL", "ABORT"])
def test_no_conflict_rule_gets_past_the_signature(conflict, probe):
    with refused(UNSIGNED):
        sql(f"INSERT OR {conflict} INTO {TABLE} ({COLUMNS}) VALUES ('x', 0, '', 'new', 0)")


@pytest.mark.sqlite
def test_a_history_row_that_does_not_come_undoes_the_live_row(probe):
    sql("CREATE TRIGGER swallow BEFORE INSERT ON probe_historicalprobe BEGIN SELECT RAISE(IGNORE); END")
    with by(), refused("ledger.unrecorded"):
        sql(f"INSERT OR IGNORE INTO {TABLE} ({COLUMNS}) VALUES ('x', 0, '', 'new', 0)")
    sql("DROP TRIGGER swallow")
    assert not Probe.objects.filter(name="x").exists()


LINKS = Probe.tags.through


def test_links_are_recorded_one_row_each(probe, tag):
    with by():
        other = Tag.objects.create(name="u")
        probe.tags.add(tag, other)
        probe.tags.remove(other)
        probe.tags.set([other])
        tag.probes.add(probe)
        probe.tags.clear()
    assert sorted(kinds(LINKS, tag_id=tag.pk)) == sorted("+-+-")
    assert kinds(LINKS, tag_id=other.pk) == "+-+-"


@pytest.mark.parametrize(
    "path",
    [
        lambda probe, tag: probe.tags.add(tag),
        lambda probe, tag: probe.tags.set([tag]),
        lambda probe, tag: tag.probes.add(probe),
    ],
)
def test_unsigned_links_are_refused(path, probe, tag):
    with refused(UNSIGNED):
        path(probe, tag)
    assert LINKS.history.count() == 0


def test_unsigned_unlinking_is_refused(probe, tag):
    with by():
        probe.tags.add(tag)
    for unlink in (lambda: probe.tags.clear(), lambda: probe.tags.remove(tag), lambda: tag.probes.set([])):
        with refused(UNSIGNED):
            unlink()
    assert kinds(LINKS) == "+"


def test_no_change_and_excluded_columns_need_no_signature(probe):
    Probe.objects.update(amount=1)
    Probe.objects.update(scratch="something")
    assert (kinds(Probe), Probe.objects.get().scratch) == ("+", "something")


def test_a_row_keeps_its_key(probe):
    with by(), refused("ledger.identity"):
        Probe.objects.update(id=probe.pk + 100)


def test_ids_and_counts_are_unchanged(probe):
    with by():
        made = Probe.objects.bulk_create([Probe(name=f"b{n}") for n in range(3)])
        assert [row.pk for row in made] == list(Probe.objects.filter(name__startswith="b").values_list("pk", flat=True))
        assert Probe.objects.update(amount=4) == 4
    assert Probe.history.filter(history_type="~").count() == 4
