"""What is left to see of a name, a number, an address."""

import pytest

from casemgmt.privacy.masks import mask_address, mask_all, mask_email, mask_name, mask_phone, mask_tail


@pytest.mark.parametrize(("name", "shown"), [("林小红", "林**"), ("林红", "林**"), ("Anna Berg", "A**"), ("", "**")])
def test_a_name_shows_its_first_character_and_not_its_length(name, shown):
    assert mask_name(name) == shown


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("+8613800136021", "138****6021"),
        ("+8613800136021x12", "138****6021"),
        ("13800136021", "138****6021"),
        ("+861088886666", "****6666"),
        ("+442079460018", "****0018"),
    ],
)
def test_a_phone_shows_its_ends(phone, shown):
    assert mask_phone(phone) == shown


@pytest.mark.parametrize(
    ("text", "shown"), [("6222021234567890", "****7890"), ("abcd", "****cd"), ("a", "****"), ("", "****")]
)
def test_a_tail_is_never_more_than_half(text, shown):
    assert mask_tail(text) == shown


def test_addresses():
    assert mask_email("lin@qq.com") == "l****@qq.com"
    assert mask_email("nonsense") == "****"
    assert mask_address("浙江省杭州市西湖区文三路1号") == "浙江省****"
    assert mask_address("文三路1号") == "****"
    assert mask_all("anything") == "****"
