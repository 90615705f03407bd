"""Which module speaks to which database."""

from types import ModuleType

from django.db.backends.base.base import BaseDatabaseWrapper

from casemgmt.ledger import binding, functions_sqlite, triggers_postgresql, triggers_sqlite

_TRIGGERS = {"sqlite": triggers_sqlite, "postgresql": triggers_postgresql}
_CONNECTIONS = {"sqlite": functions_sqlite, "postgresql": binding}


def triggers_for(connection: BaseDatabaseWrapper) -> ModuleType:
    """The trigger generator of a connection's engine; other engines raise KeyError."""
    return _TRIGGERS[connection.vendor]


def watch_connection(sender, connection: BaseDatabaseWrapper, **kwargs) -> None:
    """When a connection opens: give it what the triggers and the signature need. Other engines are let be."""
    if connection.vendor in _CONNECTIONS:
        _CONNECTIONS[connection.vendor].watch(connection)
