"""Rows of thirteen columns, installed for measuring alone."""

from django.apps import AppConfig


class RowsConfig(AppConfig):
    """Its tables are made by the benchmark itself."""

    name = "benchmarks.rows"
    label = "rows"
    default_auto_field = "django.db.models.BigAutoField"
