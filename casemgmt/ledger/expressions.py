"""The SQL that guards and diagrams are written in; each engine says how it names rows and hashes text."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from casemgmt.ledger.diagram import Diagram
from casemgmt.ledger.tables import Table


def quoted(name: str) -> str:
    """An identifier, as both engines quote it."""
    escaped = name.replace('"', '""')
    return f'"{escaped}"'


def literal(value: str | int | bool | None) -> str:
    """A constant, as both engines write it."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return str(value)
    escaped = str(value).replace("'", "''")
    return f"'{escaped}'"


@dataclass(frozen=True, slots=True)
class Dialect:
    """How an engine names the two rows of a change, tells them apart, hashes, and knows who signs."""

    new_row: str
    old_row: str
    differs: str
    sha256: Callable[[str], str]
    signer: str


@dataclass(frozen=True, slots=True)
class RowSql:
    """The `Sql` of one table on one engine; see casemgmt.ledger.guards."""

    table: Table
    dialect: Dialect

    def new(self, name: str) -> str:
        return f"{self.dialect.new_row}.{quoted(self.table.column(name))}"

    def old(self, name: str) -> str:
        return f"{self.dialect.old_row}.{quoted(self.table.column(name))}"

    def value(self, value: str | int | bool | None) -> str:
        return literal(value)

    def differs(self, left: str, right: str) -> str:
        return f"({left} {self.dialect.differs} {right})"

    def changed(self, *names: str) -> str:
        return _any(self.differs(self.new(name), self.old(name)) for name in names)

    def changed_beyond(self, *names: str) -> str:
        kept = {self.table.column(name) for name in names}
        return self.changed(*(column for column in self.table.columns if column not in kept))

    def one_of(self, expression: str, values: Iterable[str]) -> str:
        return f"({expression} IN ({', '.join(literal(value) for value in values)}))"

    def signs(self, name: str) -> str:
        return f"(NOT {self.differs(f'CAST({self.new(name)} AS TEXT)', self.dialect.signer)})"

    def sha256(self, expression: str) -> str:
        return self.dialect.sha256(expression)

    def tracked_changed(self) -> str:
        """True when any column that history keeps changes."""
        return self.changed(*self.table.tracked)

    def born_elsewhere(self, diagram: Diagram) -> str:
        """True when a new row is not in the initial state."""
        return self.differs(self.new(diagram.column), literal(diagram.initial))

    def leaves(self, diagram: Diagram) -> str:
        """True when the state changes along no arrow. A NULL state is on no diagram."""
        old, new = self.old(diagram.column), self.new(diagram.column)
        arrows = [f"{new} IN ({_list(diagram.into_from_anywhere)})"] if diagram.into_from_anywhere else []
        for source, targets in diagram.targets_by_source().items():
            arrows.append(f"({old} = {literal(source)} AND {new} IN ({_list(targets)}))")
        return f"({self.differs(new, old)} AND ({' OR '.join(arrows) or 'FALSE'}) IS NOT TRUE)"


def _any(conditions: Iterable[str]) -> str:
    return f"({' OR '.join(conditions) or 'FALSE'})"


def _list(values: Iterable[str | int]) -> str:
    return ", ".join(literal(value) for value in sorted(values, key=str))
