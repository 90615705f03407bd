"""migrate, as the owner of the tables, with the ledger's triggers put back even when a migration fails."""

from django.conf import settings
from django.core.management.commands import migrate
from django.db import DEFAULT_DB_ALIAS, connections

from casemgmt.ledger.grants import grant_to
from casemgmt.ledger.watching import install_and_reconcile
from casemgmt.migrating import Executor

migrate.MigrationExecutor = Executor  # the name that Django's command looks up


class Command(migrate.Command):
    """Django's migrate; see the module. With DATABASE_OWNER_URL it connects as that role and grants to the other."""

    def handle(self, *args, **options):
        using = options["database"]
        application_role = _become_owner(using)
        try:
            super().handle(*args, **options)
        except BaseException:
            # post_migrate is not sent, and a schema editor that failed late leaves its transaction open.
            connections[using].close()
            del connections[using]
            install_and_reconcile(using)
            raise
        if application_role:
            grant_to(application_role, using)


def _become_owner(using: str) -> str | None:
    """Connect as the owner of the tables from now on; return the role that the application uses."""
    if using != DEFAULT_DB_ALIAS or not settings.DATABASE_OWNER:
        return None
    connection = connections[using]
    connection.close()
    application_role = connection.settings_dict["USER"]
    owner = settings.DATABASE_OWNER
    connection.settings_dict.update({name: owner[name] for name in ("USER", "PASSWORD", "HOST", "PORT")})
    return application_role
