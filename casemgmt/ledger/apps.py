"""The ledger room as an app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LedgerConfig(AppConfig):
    """Found by Django."""

    name = "casemgmt.ledger"
    label = "ledger"
    verbose_name = _("ledger")
