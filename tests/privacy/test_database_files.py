"""No personal value lies in clear anywhere in the database, and no words in history (promise of the ledger)."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection, transaction

from casemgmt.people.models import Person
from casemgmt.privacy.actions import erase, erase_words, reveal_for, seal_onto
from casemgmt.privacy.models import PersonKey
from casemgmt.privacy.sealed import seal
from casemgmt.violations import RuleBroken
from complaints.models import Customer, Payee, Statement
from complaints.vocabulary import StatementKind
from tests.privacy.conftest import ACCOUNT, ADDRESS, AT, EMAIL, NAME, PHONE
from tests.privacy.grepping import columns_holding, files_holding, flush_to_file

WORDS = "收到的箱子进水了一大半"
BANK = "6222021234567890123"
PERSONAL = [
    NAME,
    PHONE,
    "+86" + PHONE,
    EMAIL,
    ADDRESS,
    ADDRESS[:6],
    ACCOUNT,
    BANK,
    "138****6021",
    "13900139000",
    "王小强",
]


@pytest.fixture
def full_life(lin):
    """A customer who was made, searched, changed, shown, refused and paid, and said something."""
    amei = Person.objects.create(username="amei", name="阿梅")
    amei.user_permissions.set(Permission.objects.filter(codename__startswith="reveal_"))
    key = PersonKey.fresh()
    Payee.objects.create(
        customer=lin, key=key, name=seal(key, "王小强", kind="name"), account=seal(key, BANK, kind="account")
    )
    for field in ("name", "phone", "email", "address", "account"):
        reveal_for(amei, lin, field, reason="call_back", at=AT)
    row = Customer.objects.get(pk=lin.pk)
    seal_onto(row, phone="13900139000", email=None)
    row.save()
    with pytest.raises(RuleBroken), transaction.atomic():
        seal_onto(row, phone=f"{PHONE}A")
    statement = Statement(customer=lin, kind=StatementKind.values[0], said_by=amei, said_at=AT).speak(WORDS)
    statement.save()
    return row, amei, statement


@pytest.mark.django_db
def test_no_column_holds_a_personal_value(full_life):
    assert columns_holding(PERSONAL) == []


@pytest.mark.django_db
def test_words_stand_in_their_row_and_not_in_history(full_life):
    assert columns_holding([WORDS]) == [("complaints_statement", "words", WORDS)]
    _, amei, statement = full_life
    salt = statement.words_salt
    erase_words(statement, by=amei, at=AT + timedelta(days=1))
    assert columns_holding([WORDS, salt]) == []


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_no_file_holds_a_personal_value_and_none_keeps_what_was_erased(full_life):
    row, amei, statement = full_life
    wrapped, salt = row.key.wrapped, statement.words_salt
    flush_to_file()
    assert files_holding(PERSONAL) == []
    assert {text for _, text in files_holding([WORDS, wrapped, salt])} == {WORDS, wrapped, salt}
    erase_words(statement, by=amei, at=AT + timedelta(days=1))
    erase(row.key, by=amei, at=AT + timedelta(days=1))
    flush_to_file()
    assert files_holding([WORDS, wrapped, salt, *PERSONAL]) == []


@pytest.mark.django_db
def test_the_search_would_find_something(full_life):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_person SET email = %s WHERE username = 'amei'", [EMAIL])
    assert ("people_person", "email", EMAIL) in columns_holding([EMAIL])
