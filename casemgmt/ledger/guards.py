"""Conditions beyond the diagram that the same triggers refuse: one declaration for both engines."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

Verb = Literal["insert", "update", "delete"]


class Sql(Protocol):
    """What a guard may ask about the row. Names are field names; every answer is a piece of SQL.

    `refuse_when` is refused when it is true *or unknown*: compare columns that may be NULL with `differs`.
    """

    def new(self, name: str) -> str:
        """The value after the write (insert, update)."""

    def old(self, name: str) -> str:
        """The value before the write (update, delete)."""

    def value(self, value: str | int | bool | None) -> str:
        """A constant."""

    def differs(self, left: str, right: str) -> str:
        """True when the two are not the same, NULL being a value like any other."""

    def changed(self, *names: str) -> str:
        """True when any of these columns changes in this update."""

    def changed_beyond(self, *names: str) -> str:
        """True when any column but these changes in this update, those outside history included."""

    def one_of(self, expression: str, values: Iterable[str]) -> str:
        """True when the expression is one of the constants."""

    def signs(self, name: str) -> str:
        """True when the person in this column after the write is the one who signs it (insert, update)."""

    def sha256(self, expression: str) -> str:
        """The SHA-256 of a text in UTF-8, in lower hexadecimal digits; NULL for NULL."""


@dataclass(frozen=True, slots=True)
class Guard:
    """An extra refusal, compiled into the table's own triggers.

    `name` is the code that `Refused` carries ("statement.rewritten"), `message` the English line for logs.
    """

    name: str
    refuse_when: Callable[[Sql], str]
    on: Sequence[Verb] = ("insert", "update")
    message: str = "the row breaks a guard of its table"
