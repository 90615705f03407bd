"""A sealed value: the same while unchanged, masked when printed, opened only on purpose."""

import copy
import pickle

import pytest
from django.test import override_settings

from casemgmt.privacy.master import WrongMasterKey
from casemgmt.privacy.models import PersonKey
from casemgmt.privacy.sealed import Erased, Sealed, blind, blind_tokens, is_token, reveal, seal
from casemgmt.violations import RuleBroken
from complaints.models import Customer
from tests.privacy.conftest import ACCOUNT, NAME, PHONE


def test_what_was_sealed_is_read_again(lin):
    read = Customer.objects.get(pk=lin.pk)
    assert reveal(read.name) == NAME
    assert reveal(read.phone) == "+86" + PHONE
    assert reveal(read.account) == ACCOUNT


def test_it_prints_itself_masked_everywhere(lin):
    phone = Customer.objects.get(pk=lin.pk).phone
    assert str(phone) == f"{phone}" == "138****6021"
    assert str(Customer.objects.get(pk=lin.pk).name) == "林**"
    for text in (repr(phone), repr([phone]), repr(seal(lin.key, PHONE, kind="phone"))):
        assert "13800136021" not in text
        assert "138" not in text.split(" by ")[0]


def test_two_sealings_of_one_text_differ_and_hold_the_same(db):
    key = PersonKey.fresh()
    one, two = seal(key, "138 0013 6021", kind="phone"), seal(key, "+8613800136021", kind="phone")
    assert one != two
    assert one.same_text_as(two)
    assert one.same_text_as("１３８００１３６０２１")
    assert not one.same_text_as("13800136022")
    assert not one.same_text_as("nonsense")
    assert not one.same_text_as(None)


def test_nothing_is_sealed_as_none(db):
    key = PersonKey.fresh()
    assert seal(key, None, kind="name") is None
    assert seal(key, "  ", kind="name") is None


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        ("phone", "call me", "phone.not_recognised"),
        ("name", "林\x00", "text.null_character"),
        ("name", "林" * 101, "text.too_long"),
        ("id_number", "110105194912310021", "id_number.check_digit"),
    ],
)
def test_what_is_not_of_its_kind_is_not_sealed(kind, text, code):
    with pytest.raises(RuleBroken) as refused:
        seal(PersonKey.fresh(), text, kind=kind)
    assert refused.value.codes == [code]


def test_a_value_moved_to_another_column_or_row_does_not_open(db):
    key, other = PersonKey.fresh(), PersonKey.fresh()
    key.save()
    other.save()
    token = seal(key, NAME, kind="name").token
    with pytest.raises(WrongMasterKey):
        reveal(Sealed(token, "account"))
    moved = token.replace(key.pk.hex, other.pk.hex)
    with pytest.raises(WrongMasterKey):
        reveal(Sealed(moved, "name"))
    assert "林" not in str(Sealed(moved, "name"))


def test_without_its_key_it_says_erased(db):
    key = PersonKey.fresh()
    sealed = Sealed(seal(key, NAME, kind="name").token, "name")
    assert sealed.is_erased
    assert str(sealed) in ("erased", "已删除", "已抹除")
    with pytest.raises(Erased):
        reveal(sealed)
    assert not sealed.same_text_as(NAME)


def test_copies_carry_no_text(db):
    key = PersonKey.fresh()
    key.save()
    sealed = seal(key, NAME, kind="name")
    carried = pickle.dumps([sealed, key])
    assert NAME.encode() not in carried
    assert key.data_key not in carried
    assert pickle.loads(carried)[0] == sealed
    assert copy.deepcopy(sealed) == sealed


def test_only_tokens_are_tokens(db):
    assert is_token(seal(PersonKey.fresh(), NAME, kind="name").token)
    for text in ("", "v1:", "v1:x:y", NAME, "v1:" + "0" * 32 + ":AAAA", None, 7, "v2:" + "0" * 32 + ":" + "A" * 80):
        assert not is_token(text)


def test_the_blind_index_is_keyed_and_different_for_each_kind(settings):
    token = blind("name", NAME)
    assert token == blind("name", " 林 小红 ")
    assert token != blind("account", NAME)
    assert len(token) == 32
    with override_settings(CASEMGMT_MASTER_KEY="QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVoxMjM0NTY="):
        assert blind("name", NAME) != token


def test_a_search_text_is_hashed_as_whatever_it_could_be():
    assert set(blind_tokens("13800136021")) == {"name", "phone", "phone_tail", "account", "order_number", "document"}
    assert set(blind_tokens("6021", "phone", "phone_tail")) == {"phone_tail"}
    assert blind_tokens("！！", "account") == {}
    assert blind_tokens("\ud800\x00", "phone", "name").keys() == {"name"}


def test_a_list_that_selects_the_key_asks_once(lin, django_assert_num_queries):
    with django_assert_num_queries(1):
        rows = list(Customer.objects.select_related("key"))
        assert [(str(row.name), str(row.phone)) for row in rows] == [("林**", "138****6021")]
    with django_assert_num_queries(2):
        row = Customer.objects.get(pk=lin.pk)
        assert (str(row.name), str(row.phone)) == ("林**", "138****6021")


def test_a_key_is_of_no_use_without_the_master_key(lin):
    with override_settings(CASEMGMT_MASTER_KEY="QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVoxMjM0NTY="):
        stolen = Customer.objects.get(pk=lin.pk).phone
        with pytest.raises(WrongMasterKey):
            reveal(stolen)
        assert "6021" not in str(stolen)


def test_a_key_belongs_to_its_row(lin):
    other = PersonKey.fresh()
    other.save()
    PersonKey.objects.filter(pk=lin.key_id).update(wrapped=other.wrapped)
    with pytest.raises(WrongMasterKey):
        reveal(Customer.objects.get(pk=lin.pk).phone)
