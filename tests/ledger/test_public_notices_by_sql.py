"""What two people agreed to tell everybody stays what they agreed to, whoever writes to the tables (S-COM-31)."""

import pytest
from django.db import connection, transaction

from casemgmt.ledger import Refused, signed
from complaints.actions.announcing_incidents import approve_public_notice, record_publication
from complaints.models import IncidentPlan, IncidentWords, PublicNotice
from tests.cast import AT, later
from tests.incidents import a_drafted_announcement, an_agreed_plan, an_incident

pytestmark = pytest.mark.django_db
TABLE = "complaints_publicnotice"


@pytest.fixture
def notice(cast):
    """Drafted by sven, agreed to by tara."""
    drafted = a_drafted_announcement(cast, an_incident(cast))
    return approve_public_notice(drafted.pk, by=cast.tara, at=later(hours=1), remark="可以发。")


@pytest.fixture
def published(cast, notice):
    link = "https://weibo.example.com/tangxi/1"
    return record_publication(notice.pk, by=cast.sven, at=later(hours=2), link=link, published_at=None)


def code_of(by, statement, *values):
    """By which code the database refuses this, signed by this person."""
    with (
        pytest.raises(Refused) as refusal,
        transaction.atomic(),
        signed(by=by, reason="test.past_the_rules", at=later(hours=3)),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, values)
    return refusal.value.code


def code_of_update(by, row, **values):
    """By which code an UPDATE of these columns is refused; nothing of it may stay."""
    before = type(row).objects.filter(pk=row.pk).values().get()
    columns = ", ".join(f"{name} = %s" for name in values)
    code = code_of(by, f"UPDATE {row._meta.db_table} SET {columns} WHERE id = %s", *values.values(), row.pk)
    assert type(row).objects.filter(pk=row.pk).values().get() == before
    return code


def other_words(cast, notice):
    """Words that nobody agreed to."""
    another = a_drafted_announcement(cast, notice.incident, words="该批次大衣质量合格，请放心购买。")
    return another.words_id


def test_the_words_agreed_to_are_not_exchanged(cast, notice):
    words = other_words(cast, notice)
    for changes in (
        {"words_id": words},
        {"words_id": words, "state": "published", "link": "https://example.com/1", "published_at": later(hours=3)},
        {"number": 9},
        {"incident_id": an_incident(cast, title="另一批").pk},
        {"proposed_by_id": cast.ana.pk},
        {"proposed_at": later(hours=2)},
    ):
        assert code_of_update(cast.sven, notice, **changes) == "public_notice.rewritten", changes


def test_the_words_themselves_are_written_once(cast, notice):
    for changes in ({"words": "都没事。"}, {"said_by_id": cast.ana.pk}, {"kind": "remark"}):
        assert code_of_update(cast.sven, notice.words, **changes) == "words.rewritten"
    assert (
        code_of(cast.sven, "DELETE FROM complaints_incidentwords WHERE id = %s", notice.words_id) == "ledger.deletion"
    )
    assert IncidentWords.objects.get(pk=notice.words_id).words == notice.words.words


def test_a_yes_once_given_stands_as_it_was_given(cast, notice):
    """Not even the one who gave it puts another moment, another remark or another name there."""
    for changes in ({"decided_at": AT}, {"remark_id": notice.words_id}, {"remark_id": None}):
        assert code_of_update(cast.tara, notice, **changes) == "public_notice.rewritten", changes
    assert code_of_update(cast.axel, notice, decided_by_id=cast.axel.pk) == "public_notice.rewritten"
    assert code_of_update(cast.tara, notice, state="proposed", decided_by_id=None) == "ledger.diagram"


def test_where_it_stands_is_said_once_and_by_its_step(cast, notice):
    """No address comes before the yes is used, and none after it was published."""
    address = {"link": "https://example.com/1", "published_at": later(hours=3)}
    assert code_of_update(cast.sven, notice, **address) == "public_notice.rewritten"
    drafted = a_drafted_announcement(cast, notice.incident)
    assert code_of_update(cast.sven, drafted, **address) == "public_notice.rewritten"
    at_once = {"state": "published", "decided_by_id": cast.tara.pk, "decided_at": AT}
    assert code_of_update(cast.tara, drafted, **at_once, **address) == "ledger.diagram"
    with transaction.atomic(), signed(by=cast.sven, reason="test.control", at=later(hours=3)):
        PublicNotice.objects.filter(pk=notice.pk).update(state="published", **address)
        transaction.set_rollback(True)


def test_what_was_published_stays(cast, published):
    words = other_words(cast, published)
    for changes in ({"link": "https://example.com/2"}, {"published_at": AT}, {"words_id": words}, {"decided_at": AT}):
        assert code_of_update(cast.sven, published, **changes) == "public_notice.rewritten", changes
    assert code_of_update(cast.sven, published, state="approved") == "ledger.diagram"
    assert code_of(cast.sven, f"DELETE FROM {TABLE} WHERE id = %s", published.pk) == "ledger.deletion"


def test_none_is_born_agreed_to(cast, notice):
    kept = "incident_id, words_id, proposed_by_id, proposed_at, decided_by_id, decided_at, link, version"
    insert = f"INSERT INTO {TABLE} ({kept}, number, state) SELECT {kept}, 2, 'approved' FROM {TABLE} WHERE id = %s"
    assert code_of(cast.tara, insert, notice.pk) == "ledger.birth"


def test_the_yes_to_a_plan_for_all_stands_too(cast):
    plan = an_agreed_plan(cast, an_incident(cast))
    assert code_of_update(cast.tara, plan, decided_at=later(hours=2)) == "incident_plan.rewritten"
    assert code_of_update(cast.axel, plan, decided_by_id=cast.axel.pk) == "incident_plan.rewritten"
    assert IncidentPlan.objects.get(pk=plan.pk).decided_by == cast.tara
