"""Diagrams and declared guards hold on every write path."""

import hashlib
from itertools import product

import pytest
from django.utils import timezone

from casemgmt.ledger.diagram import diagram_of
from tests.ledger.acting import by, kinds, refused, sql
from tests.ledger.probe.models import Case, Frozen, Lamp, Probe, Words

pytestmark = [pytest.mark.django_db, pytest.mark.unsigned]
STATES = ["new", "open", "waiting", "stuck", "done", "lost", "elsewhere"]
ARROWS = {
    ("new", "open"),
    ("open", "waiting"),
    ("waiting", "open"),
    ("open", "open"),
    ("waiting", "waiting"),
    ("open", "stuck"),
    ("waiting", "stuck"),
    ("open", "done"),
    ("open", "new"),
    ("stuck", "new"),
}
ROUTE = {
    "new": [],
    "open": ["open"],
    "waiting": ["open", "waiting"],
    "stuck": ["open", "stuck"],
    "done": ["open", "done"],
    "lost": ["lost"],
}


def probe_in(state):
    probe = Probe.objects.create(name="p")
    for step in ROUTE[state]:
        Probe.objects.update(state=step)
    return probe


def by_queryset(probe, state):
    Probe.objects.filter(pk=probe.pk).update(state=state)


def by_bulk_update(probe, state):
    probe.__dict__["state"] = state
    Probe.objects.bulk_update([probe], ["state"])


def by_save(probe, state):
    probe.__dict__["state"] = state
    probe.save()


def by_save_base(probe, state):
    probe.__dict__["state"] = state
    probe.save_base(raw=True)


def by_upsert(probe, state):
    sql(
        "INSERT INTO probe_probe (name, amount, scratch, state, mood) VALUES ('p', 0, '', %s, 0)"
        " ON CONFLICT (name) DO UPDATE SET state = excluded.state",
        state,
    )


def by_sql(probe, state):
    sql("UPDATE probe_probe SET state = %s", state)


PATHS = [by_queryset, by_bulk_update, by_save, by_save_base, by_upsert, by_sql]


def test_the_diagram_is_read_from_the_transitions():
    diagram = diagram_of(Probe._meta.get_field("state"))
    assert (diagram.initial, diagram.into_from_anywhere) == ("new", {"lost"})
    assert diagram.arrows == ARROWS
    mood = diagram_of(Probe._meta.get_field("mood"))
    assert (mood.initial, mood.into_from_anywhere, mood.arrows) == (0, {9}, {(9, 1)})


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("source", ROUTE)
def test_every_pair_of_states(path, source):
    with by():
        probe_in(source)
    for target in STATES:
        if target == source:
            continue
        allowed = target == "lost" or (source, target) in ARROWS
        with by():
            if not allowed:
                with refused("ledger.diagram"):
                    path(Probe.objects.get(), target)
    assert Probe.objects.get().state == source


@pytest.mark.parametrize(("path", "arrow"), product(PATHS, [("new", "open"), ("open", "done"), ("done", "lost")]))
def test_an_arrow_is_open_on_every_path(path, arrow):
    source, target = arrow
    with by():
        probe_in(source)
        path(Probe.objects.get(), target)
    assert Probe.objects.get().state == target


def test_a_second_diagram_on_the_same_row():
    with by():
        probe_in("new")
        with refused("ledger.diagram"):
            Probe.objects.update(mood=1)
        Probe.objects.update(mood=9)
        Probe.objects.update(mood=1)


def test_an_inherited_diagram_on_a_uuid_key():
    with by():
        lamp = Lamp.objects.create()
        Lamp.objects.update(state="on")
        with refused("ledger.diagram"):
            Lamp.objects.update(state="off")
    assert kinds(Lamp, id=lamp.pk) == "+~"


def test_a_row_is_born_in_the_initial_state_only():
    with by():
        for make in (
            lambda: Probe.objects.create(name="x", state="done"),
            lambda: Probe.objects.bulk_create([Probe(name="x"), Probe(name="y", mood=9)]),
            lambda: by_sql_insert("open"),
        ):
            with refused("ledger.birth"):
                make()
    assert not Probe.objects.exists()


def by_sql_insert(state):
    sql("INSERT INTO probe_probe (name, amount, scratch, state, mood) VALUES ('x', 0, '', %s, 0)", state)


def test_an_upsert_onto_a_row_in_another_state_is_no_birth():
    with by():
        probe_in("done")
        Probe.objects.bulk_create(
            [Probe(name="p", amount=5)], update_conflicts=True, unique_fields=["name"], update_fields=["amount"]
        )
    assert (Probe.objects.get().state, Probe.objects.get().amount) == ("done", 5)


def test_a_stale_save_cannot_move_the_state_back():
    with by():
        probe_in("open")
        stale = Probe.objects.get()
        probe = Probe.objects.get()
        probe.finish()
        probe.save()
        Probe.objects.update(state="lost")
        with refused("ledger.diagram"):
            stale.save()


def test_one_wrong_row_of_many_stops_the_statement():
    with by():
        for n in range(20):
            Probe.objects.create(name=f"n{n}")
        Probe.objects.filter(name="n7").update(state="lost")
        with refused("ledger.diagram"):
            Probe.objects.update(state="open")
    assert Probe.objects.filter(state="new").count() == 19


def test_frozen_from_activation_on():
    with by():
        Frozen.objects.create(body="a")
        Frozen.objects.update(body="b")
        Frozen.objects.update(state="active", body="c")
        with refused("frozen.active"):
            Frozen.objects.update(body="d")
        with refused("frozen.active"):
            Frozen.objects.update(state="revoked", body="d")
        Frozen.objects.update(state="revoked")
    assert (Frozen.objects.get().body, kinds(Frozen)) == ("c", "+~~~")


def digest(words, salt):
    return hashlib.sha256((salt + words).encode()).hexdigest()


def test_words_are_written_once_with_their_digest_and_may_only_be_erased():
    with by():
        with refused("words.digest"):
            Words.objects.create(words="坏了", salt="s", digest=digest("另一句", "s"))
        with refused("words.digest"):
            Words.objects.create(words=None, salt="s", digest=digest("坏了", "s"))
        Words.objects.create(words="坏了", salt="s", digest=digest("坏了", "s"))
        for change in ({"words": "好了"}, {"salt": "t"}, {"digest": "x"}, {"words": None, "salt": None}):
            with refused("words.rewritten"):
                Words.objects.update(**change)
    with refused("ledger.unsigned"):
        Words.objects.update(words=None, salt=None, erased_at=timezone.now())
    with refused("words.rewritten"):
        Words.objects.update(words="好了")
    with by():
        Words.objects.update(words=None, salt=None, erased_at=timezone.now())
    assert kinds(Words) == "+~"
    assert not {"words", "salt"} & {field.name for field in Words.history.model._meta.fields}


def test_the_way_back_leads_where_the_row_was():
    with by():
        case = Case.objects.create()
        Case.objects.update(state="open")
        Case.objects.update(state="external", state_before="open")
        with refused("case.way_back"):
            Case.objects.update(state="new")
        with refused("case.way_back"):
            Case.objects.update(state="new", state_before="new")
        Case.objects.update(state="open")
        Case.objects.update(state="external", state_before="open")
        Case.objects.update(state="executing")
    assert Case.objects.get(pk=case.pk).state == "executing"
