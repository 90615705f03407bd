"""Triggers follow every migrate: off before it on SQLite, on after it, and rows that slipped through named."""

from django.db import DEFAULT_DB_ALIAS, connections

from casemgmt.ledger.install import install, uninstall
from casemgmt.ledger.reconciling import reconcile


def before_migrate(sender, using: str = DEFAULT_DB_ALIAS, plan=(), **kwargs) -> None:
    """SQLite drops a table's triggers when it remakes the table, or dies of them: off, if there is anything to do."""
    if plan and connections[using].vendor == "sqlite":
        uninstall(using)


def after_migrate(sender, using: str = DEFAULT_DB_ALIAS, **kwargs) -> None:
    """Everything on, and the baseline written."""
    install_and_reconcile(using)


def install_and_reconcile(using: str = DEFAULT_DB_ALIAS) -> None:
    """Put the triggers in place, then write what history is missing."""
    install(using)
    reconcile(using)
