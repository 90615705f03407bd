"""The ledger room as an app."""

from django.apps import AppConfig
from django.core import checks
from django.db import connections
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _

from casemgmt.ledger.checks import check_models, check_triggers
from casemgmt.ledger.engines import watch_connection
from casemgmt.ledger.sentences import SENTENCES
from casemgmt.ledger.watching import after_migrate, before_migrate
from casemgmt.sentences import register


class LedgerConfig(AppConfig):
    """Watches connections and migrations, and checks the shape of tracked models."""

    name = "casemgmt.ledger"
    label = "ledger"
    verbose_name = _("ledger")

    def ready(self):
        connection_created.connect(watch_connection, dispatch_uid="casemgmt.ledger")
        for connection in connections.all(initialized_only=True):
            if connection.connection is not None:
                watch_connection(self, connection)
        pre_migrate.connect(before_migrate, sender=self, dispatch_uid="casemgmt.ledger")
        post_migrate.connect(after_migrate, sender=self, dispatch_uid="casemgmt.ledger")
        checks.register(check_models, checks.Tags.models)
        checks.register(check_triggers, checks.Tags.database)
        register(SENTENCES)
