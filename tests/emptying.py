"""An installation that has no policy yet, for tests that load their own."""

from django.db import connection

from casemgmt.ledger.install import install, uninstall
from policies.models import PolicyRow


def forget_policies() -> None:
    """Take every policy away, inside the transaction of the test; PostgreSQL wants its checks done before triggers."""
    uninstall(only=lambda trigger: "policyrow" in trigger)
    PolicyRow.objects.all().delete()
    connection.check_constraints()
    install()
