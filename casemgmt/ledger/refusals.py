"""What the triggers ask before they write history, in one order for both engines."""

from collections.abc import Iterator
from dataclasses import dataclass

from casemgmt.ledger.expressions import RowSql
from casemgmt.ledger.refused import refusal_text

UNSIGNED = "ledger.unsigned"
FUTURE = "ledger.future"
UNRECORDED = "ledger.unrecorded"
APPEND_ONLY = "ledger.append_only"
DELETION = "ledger.deletion"
IDENTITY = "ledger.identity"
BIRTH = "ledger.birth"
DIAGRAM = "ledger.diagram"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A text to raise when the condition is true or unknown."""

    text: str
    condition: str


def unsigned(table: str) -> str:
    """Nobody signed."""
    return refusal_text(UNSIGNED, f"{table} is written under a signature only")


def future(table: str) -> str:
    """The signature says that the act will happen later."""
    return refusal_text(FUTURE, f"an act on {table} cannot have happened after it is written")


def unrecorded(table: str) -> str:
    """The row changed and the history row did not come."""
    return refusal_text(UNRECORDED, f"the history of {table} was not written")


def append_only(history: str) -> str:
    """Somebody touched history itself."""
    return refusal_text(APPEND_ONLY, f"{history} is append-only and written by triggers alone")


def deletion(table: str) -> str:
    """Rows that stay for ever."""
    return refusal_text(DELETION, f"rows of {table} are never deleted")


def refusals_of_insert(sql: RowSql) -> Iterator[Refusal]:
    """Birth in the initial state, then the guards."""
    for diagram in sql.table.diagrams:
        text = f"a row of {sql.table.name} is born with {diagram.column} {diagram.initial}"
        yield Refusal(refusal_text(BIRTH, text), sql.born_elsewhere(diagram))
    yield from guards(sql, "insert")


def refusals_of_update(sql: RowSql) -> Iterator[Refusal]:
    """Arrows of the diagrams, then the guards. Identity is the engine's to ask: each sees it differently."""
    for diagram in sql.table.diagrams:
        text = f"{diagram.column} of {sql.table.name} moves along the arrows of its diagram only"
        yield Refusal(refusal_text(DIAGRAM, text), sql.leaves(diagram))
    yield from guards(sql, "update")


def refusals_of_delete(sql: RowSql) -> Iterator[Refusal]:
    """The guards."""
    yield from guards(sql, "delete")


def identity(table: str) -> str:
    """The key of a row changed."""
    return refusal_text(IDENTITY, f"a row of {table} keeps its key")


def guards(sql: RowSql, verb: str) -> Iterator[Refusal]:
    """The guards that the model declares."""
    for guard in sql.table.guards_on(verb):
        yield Refusal(refusal_text(guard.name, guard.message), guard.refuse_when(sql))
