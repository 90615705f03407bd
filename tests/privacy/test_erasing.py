"""Erased is erased: in live rows, in history, in the index; and the words, but not that they were said."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from casemgmt.ledger import Refused, drift
from casemgmt.people.models import Person
from casemgmt.privacy.actions import erase, erase_words, models_by_key
from casemgmt.privacy.models import PersonKey
from casemgmt.privacy.sealed import Erased, blind, reveal, seal
from casemgmt.privacy.words import digest_of
from casemgmt.violations import CaseMovedOn, RuleBroken
from complaints.models import Customer, Payee, Statement
from complaints.vocabulary import StatementKind
from tests.privacy.conftest import AT, NAME, PHONE

LATER = AT + timedelta(days=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def amei():
    return Person.objects.create(username="amei", name="安娜")


@pytest.fixture
def words(lin, amei):
    """Something that the customer said."""
    statement = Statement(customer=lin, kind=StatementKind.values[0], said_by=amei, said_at=AT).speak(
        "收到就坏了，我叫林小红"
    )
    statement.save()
    return statement


def test_erasing_a_key_makes_rows_and_history_unreadable(lin, amei):
    key = lin.key
    erase(key, by=amei, at=LATER)
    row = Customer.objects.get(pk=lin.pk)
    assert row.key_id is None
    assert row.phone is not None
    for sealed in (row.name, row.phone, *(entry.name for entry in row.history.all())):
        assert sealed.is_erased
        assert NAME[0] not in str(sealed)
        with pytest.raises(Erased):
            reveal(sealed)
    assert not PersonKey.objects.filter(pk=key.pk).exists()


def test_nobody_is_found_by_an_emptied_index(lin, amei):
    erase(lin.key, by=amei, at=LATER)
    assert not Customer.objects.filter(phone_index=blind("phone", PHONE)).exists()
    row = Customer.objects.get(pk=lin.pk)
    assert {name: value for name, value in vars(row).items() if name.endswith("_index") and value} == {}
    row.no_calls = True
    row.save()
    assert not Customer.objects.filter(name_index__isnull=False).exists()


def test_an_erasure_is_signed_and_history_still_fits(lin, amei):
    erase(lin.key, by=amei, at=LATER)
    last = lin.history.latest("history_id")
    assert (last.history_actor, last.history_change_reason, last.history_at) == ("安娜", "person.erased", LATER)
    assert drift() == []


def test_a_payee_of_the_customer_has_a_key_of_their_own(lin, amei):
    key = PersonKey.fresh()
    payee = Payee.objects.create(customer=lin, key=key, name=seal(key, "王强", kind="name"))
    erase(lin.key, by=amei, at=LATER)
    assert reveal(Payee.objects.get(pk=payee.pk).name) == "王强"


def test_erasing_twice_changes_nothing_more(lin, amei):
    key = lin.key
    erase(key, by=amei, at=LATER)
    rows = lin.history.count()
    erase(key, by=amei, at=LATER)
    assert lin.history.count() == rows


def test_who_read_the_row_before_cannot_save_it_over_the_erasure(lin, amei):
    stale = Customer.objects.get(pk=lin.pk)
    erase(lin.key, by=amei, at=LATER)
    stale.no_calls = True
    with pytest.raises(CaseMovedOn), transaction.atomic():
        stale.save()
    assert not Customer.objects.filter(phone_index__isnull=False).exists()


def test_every_table_with_sealed_fields_is_reached():
    reached = {model: (link.name, set(indexes)) for model, link, indexes in models_by_key()}
    assert reached[Customer] == (
        "key",
        {"name_index", "phone_index", "phone_tail_index", "email_index", "account_index"},
    )
    assert Payee in reached
    assert not {model for model in reached if model.__name__.startswith("Historical")}


def test_words_and_digest_stand_together(words):
    assert words.words_digest == digest_of("收到就坏了，我叫林小红", words.words_salt)
    entry = words.history.get()
    assert entry.words_digest == words.words_digest
    assert not {"words", "words_salt"} & {field.name for field in entry._meta.concrete_fields}


def test_words_can_be_erased_and_their_digest_stays(words, amei):
    digest = words.words_digest
    erase_words(words, by=amei, at=LATER)
    assert (words.words, words.words_salt, words.words_digest, words.erased_at) == (None, None, digest, LATER)
    assert words.is_erased
    assert [entry.history_change_reason for entry in words.history.order_by("history_id")] == ["test", "words.erased"]
    erase_words(words, by=amei, at=LATER + timedelta(days=1))
    assert words.erased_at == LATER
    assert words.history.count() == 2
    assert drift() == []


@pytest.mark.parametrize(
    "rewriting",
    [
        {"words": "别的话"},
        {"words_salt": "0" * 32},
        {"words_digest": "0" * 64},
        {"words": None},
        {"words": None, "words_salt": None},
        {"erased_at": datetime(2026, 11, 3, tzinfo=UTC)},
        {"words": None, "erased_at": datetime(2026, 11, 3, tzinfo=UTC)},
        {"words": "别的话", "words_salt": None, "erased_at": datetime(2026, 11, 3, tzinfo=UTC)},
        {"words": None, "words_salt": None, "words_digest": "0" * 64, "erased_at": datetime(2026, 11, 3, tzinfo=UTC)},
        {"said_at": datetime(2026, 1, 1, tzinfo=UTC)},
    ],
)
def test_words_are_never_rewritten(words, rewriting):
    with pytest.raises(Refused, match=r"words\.rewritten"), transaction.atomic():
        Statement.objects.filter(pk=words.pk).update(**rewriting)
    words.refresh_from_db()
    assert words.words == "收到就坏了，我叫林小红"


def test_erased_words_do_not_come_back(words, amei):
    said, salt = words.words, words.words_salt
    erase_words(words, by=amei, at=LATER)
    for again in ({"words": said, "words_salt": salt, "erased_at": None}, {"erased_at": None}, {"words": said}):
        with pytest.raises(Refused, match=r"words\.rewritten"), transaction.atomic():
            Statement.objects.filter(pk=words.pk).update(**again)


@pytest.mark.parametrize(
    "lie",
    [
        {"words": "别的话"},
        {"words_salt": "0" * 32},
        {"words_digest": "0" * 64},
        {"words": None},
        {"words_salt": None},
        {"erased_at": AT},
    ],
)
def test_words_are_born_with_their_digest(lin, amei, lie):
    row = Statement(customer=lin, kind=StatementKind.values[0], said_by=amei, said_at=AT).speak("我说的话")
    for name, value in lie.items():
        setattr(row, name, value)
    with pytest.raises(Refused, match=r"words\.not_as_digested"), transaction.atomic():
        Statement.objects.bulk_create([row])
    assert Statement.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "words.missing"),
        ("a\x00b", "text.null_character"),
        ("字" * 20_001, "text.too_long"),
        ("e" + "\u0301" * 9, "text.piled_up_accents"),
    ],
)
def test_what_cannot_be_kept_is_not_said(typed, code):
    with pytest.raises(RuleBroken) as refused:
        Statement().speak(typed)
    assert refused.value.codes == [code]


def test_saved_words_are_not_spoken_again(words):
    with pytest.raises(ValueError, match="written once"):
        words.speak("别的话")


def test_two_people_saying_the_same_leave_different_digests(lin, amei):
    said = [Statement(customer=lin, said_by=amei, said_at=AT).speak("同样的话").words_digest for _ in range(2)]
    assert said[0] != said[1]
