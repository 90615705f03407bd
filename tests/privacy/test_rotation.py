"""The master key can be changed, and nobody gets lost."""

import base64
import os

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.test import override_settings

from casemgmt.people.accounts import service_account
from casemgmt.privacy.actions import erase
from casemgmt.privacy.checks import check_master_key, check_wrapped_keys
from casemgmt.privacy.master import WrongMasterKey, master_keys
from casemgmt.privacy.models import PersonKey
from casemgmt.privacy.rotation import reindex, rewrap_keys
from casemgmt.privacy.sealed import blind, reveal
from complaints.models import Customer
from tests.privacy.conftest import NAME, PHONE

NEW = base64.b64encode(b"n" * 32).decode()


def ids(found):
    return [message.id for message in found]


def both():
    return f"2:{NEW},1:{settings.CASEMGMT_MASTER_KEY}"


@pytest.mark.django_db
def test_after_a_change_the_old_master_key_is_of_no_use(lin, capsys):
    old, rows = settings.CASEMGMT_MASTER_KEY, lin.history.count()
    with override_settings(CASEMGMT_MASTER_KEY=both()):
        assert reveal(Customer.objects.get().name) == NAME
        assert ids(check_wrapped_keys(None, databases=["default"])) == ["privacy.W001"]
        call_command("rotate_master_key")
        assert check_wrapped_keys(None, databases=["default"]) == []
        assert capsys.readouterr().out == "1 keys wrapped, 1 rows indexed\n"
        assert (rewrap_keys(), reindex()) == (0, 0)
    with override_settings(CASEMGMT_MASTER_KEY=f"2:{NEW}"):
        row = Customer.objects.get(phone_index=blind("phone", PHONE))
        assert reveal(row.name) == NAME
    with override_settings(CASEMGMT_MASTER_KEY=old):
        assert ids(check_wrapped_keys(None, databases=["default"])) == ["privacy.E007"]
        with pytest.raises(WrongMasterKey):
            reveal(Customer.objects.get().name)
    assert lin.history.count() == rows


@pytest.mark.django_db
def test_an_erased_person_is_not_indexed_again(lin):
    key = lin.key
    erase(key, by=service_account(), at=lin.created_at)
    assert reindex() == 0
    assert not PersonKey.objects.exists()


@pytest.mark.parametrize(
    "setting",
    ["", "short", NEW + "AAAA", f"0:{NEW}", f"x:{NEW}", f"1:{NEW},{NEW}", "A" * 43 + "!", "1:"],
)
def test_a_master_key_that_is_none_is_refused(setting):
    with override_settings(CASEMGMT_MASTER_KEY=setting):
        assert ids(check_master_key(None)) == ["privacy.E006"]
        with pytest.raises(ImproperlyConfigured):
            master_keys()


def test_the_key_of_this_run_is_fine():
    assert check_master_key(None) == []


def test_both_alphabets_of_base64_are_read():
    raw = os.urandom(30) + b"\xff\xfb"
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        with override_settings(CASEMGMT_MASTER_KEY=encode(raw).decode()):
            assert master_keys() == {1: raw}
