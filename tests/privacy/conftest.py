"""A customer who can be found again in every test of this shelf."""

from datetime import UTC, datetime

import pytest

from casemgmt.privacy.models import PersonKey
from casemgmt.privacy.sealed import seal
from complaints.models import Customer

AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
NAME, PHONE, EMAIL = "林小红", "13800136021", "xiaohong.lin@example.com"
ADDRESS, ACCOUNT = "浙江省杭州市西湖区文三路一百号", "tb_linxiaohong_88"


@pytest.fixture
def lin(db):
    """A saved customer with every kind of contact."""
    key = PersonKey.fresh()
    return Customer.objects.create(
        key=key,
        name=seal(key, NAME, kind="name"),
        phone=seal(key, PHONE, kind="phone"),
        email=seal(key, EMAIL, kind="email"),
        address=seal(key, ADDRESS, kind="address"),
        account=seal(key, ACCOUNT, kind="account"),
        created_at=AT,
    )
