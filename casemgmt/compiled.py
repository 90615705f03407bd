"""Subqueries whose SQL is known already: what a page asks with ten times is put into SQL once."""

from django.core.exceptions import EmptyResultSet
from django.db.models import Expression, QuerySet


class CompiledKeys(Expression):
    """The keys of some rows, for `…__in`. It stands for a question, not for its answer: the database answers anew."""

    def __init__(self, sql: str, parameters: tuple, output_field):
        super().__init__(output_field=output_field)
        self._sql, self._parameters = sql, parameters

    def as_sql(self, compiler, connection):
        """In brackets, as every subquery stands."""
        return f"({self._sql})", self._parameters


def compiled_keys(rows: QuerySet) -> CompiledKeys | QuerySet:
    """The keys of these rows as a subquery; where Django knows that there are none, the queryset of their keys."""
    keys = rows.order_by().values("pk")
    try:
        sql, parameters = keys.query.get_compiler(keys.db).as_sql()
    except EmptyResultSet:
        return keys
    return CompiledKeys(sql, tuple(parameters), rows.model._meta.pk)
