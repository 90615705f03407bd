"""What a broken invariant looks like: its number on the page of roles, the row, and a code that becomes a sentence."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from django.db.models import QuerySet

from casemgmt.sentences import say
from casemgmt.violations import Violation

NOTHING: Mapping[str, object] = MappingProxyType({})


class Breach(NamedTuple):
    """A row that breaks an invariant: its number, the code of what is wrong, the kind of row and its key.

    `params` fill the sentence beside the key; ids, states and sums, never personal data.
    """

    invariant: int
    code: str
    subject: str
    key: object
    params: Mapping[str, object] = NOTHING

    @property
    def what(self) -> str:
        """The sentence, which names the row."""
        return f"{self.subject} {self.key}: {say(Violation(self.code, params=self.params))}"


class Check(NamedTuple):
    """One thing that no row may be: the rows that are it all the same, found in one query.

    `shown` are fields whose values the sentence tells as well.
    """

    invariant: int
    code: str
    rows: QuerySet
    shown: tuple[str, ...] = ()

    def breaches(self) -> Iterator[Breach]:
        """Every row that breaks it, each once."""
        label = self.rows.model._meta.label_lower
        found = self.rows.order_by("pk").values_list("pk", *self.shown)
        for key, *values in dict.fromkeys(found.iterator(chunk_size=2000)):
            yield Breach(self.invariant, self.code, label, key, dict(zip(self.shown, values, strict=True)))
