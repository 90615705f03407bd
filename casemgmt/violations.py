"""What a rule says when something is not allowed: a code and its facts, never a sentence.

Rules yield violations, actions demand that there are none, and the page makes sentences of them.
"""

import dataclasses
from collections.abc import Iterable, Mapping
from types import MappingProxyType


@dataclasses.dataclass(frozen=True, slots=True)
class Violation:
    """One reason why not. `field` names the form field to mend, or None when it concerns the whole act.

    `params` fill the sentence; they are plain values (numbers, codes, instants), never personal data.
    """

    code: str
    field: str | None = None
    params: Mapping[str, object] = dataclasses.field(default_factory=lambda: MappingProxyType({}))


class RuleBroken(Exception):
    """The act is not allowed, for all the reasons in `violations`. Mendable; stays on the form."""

    def __init__(self, violations: Iterable[Violation]):
        self.violations = tuple(violations)
        super().__init__(", ".join(violation.code for violation in self.violations))

    @property
    def codes(self) -> list[str]:
        """The codes in the order in which the rules gave them."""
        return [violation.code for violation in self.violations]


class CaseMovedOn(Exception):
    """Someone was faster: the row is no longer what the caller saw. Reload; typed text is kept."""


def demand(*findings: Iterable[Violation]) -> None:
    """Raise RuleBroken with every violation found, or return when there is none."""
    found = [violation for group in findings for violation in group]
    if found:
        raise RuleBroken(found)
