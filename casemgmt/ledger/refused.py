"""The one no of the database: every trigger's refusal arrives as this class, on both engines."""

import re

from django.db import IntegrityError

from casemgmt.violations import Violation

_REFUSAL = re.compile(r"ledger refuses \[(?P<code>[\w.]+)\] (?P<message>[^\n]*)")


class Refused(IntegrityError):
    """The database refused a write; the statement is undone.

    `code` names the rule ("ledger.unsigned", or the name of a `Guard`), `message` says it in English for logs.
    Code that reads every IntegrityError as "duplicate" must let this one through.
    """

    def __init__(self, code: str, message: str):
        self.code = code
        self.message = message
        super().__init__(f"[{code}] {message}")

    @property
    def violation(self) -> Violation:
        """The refusal as a coded violation, for pages that make sentences of codes."""
        return Violation(self.code)


def refusal_text(code: str, message: str) -> str:
    """What a trigger raises; `refusal_in` reads it back."""
    return f"ledger refuses [{code}] {message}"


def refusal_in(error: BaseException) -> Refused | None:
    """The refusal that a driver's error carries, or None when the error is about something else."""
    found = _REFUSAL.search(str(error))
    return Refused(found["code"], found["message"]) if found else None
