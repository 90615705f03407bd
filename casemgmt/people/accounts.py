"""The account by which the system acts under a name of its own."""

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.db import connections

from casemgmt.ledger import Signer, signed

SERVICE_USERNAME = "system"
SERVICE_NAME = "系统 System"


def service_account():
    """The one service account, made when it is missing. Nobody can log in as it, and it holds no group."""
    people = get_user_model().objects
    known = people.filter(username=SERVICE_USERNAME, is_service=True).first()
    if known is not None:
        return known
    with signed(by=Signer("migration"), reason="service_account.made", source="migration"):
        person, _ = people.get_or_create(
            username=SERVICE_USERNAME,
            defaults={"name": SERVICE_NAME, "is_service": True, "password": make_password(None)},
        )
    return person


def make_service_account(sender, using, **kwargs) -> None:
    """After every migrate that has left a table of people."""
    if get_user_model()._meta.db_table in connections[using].introspection.table_names():
        service_account()
