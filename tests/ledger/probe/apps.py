"""A tiny app whose models show every shape that the ledger keeps; installed for tests alone, without migrations."""

from django.apps import AppConfig


class ProbeConfig(AppConfig):
    """Its tables are made by migrate's run_syncdb."""

    name = "tests.ledger.probe"
    label = "probe"
    default_auto_field = "django.db.models.BigAutoField"
