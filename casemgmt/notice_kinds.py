"""Which notices belong together, so that people choose by kind what they are shown and what is mailed to them.

Rooms register their kinds as they do their sentences; a code that belongs to none is of the kind "other".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """A kind of notices. `codes` are beginnings of codes; `is_duty` ones cannot be taken off one's own list.

    `is_urgent` ones go out at once, whatever quiet hours or daily letters were wished. `for_substitutes` ones are told
    to who stands in for an absent person as well.

    Kinds that are not `for_people` are what other programs and groups are told alone; `for_endpoints` are those
    whose events a room announces to them.
    """

    name: str
    label: str | Promise
    about: str | Promise
    codes: tuple[str, ...]
    is_duty: bool = False
    is_urgent: bool = False
    for_substitutes: bool = True
    for_people: bool = True
    for_endpoints: bool = False


OTHER = NoticeKind("other", _("Everything else"), _("What belongs to no other kind."), (), for_substitutes=False)
OPERATION = NoticeKind(
    "operation",
    _("How the house runs"),
    _("An endpoint was switched off, or a check found something."),
    ("notice.endpoint_", "notice.ledger_"),
    is_duty=True,
    for_substitutes=False,
)
_KINDS: dict[str, NoticeKind] = {}


def register_kinds(kinds: Iterable[NoticeKind]) -> None:
    """Add a room's kinds; registering the same again is harmless."""
    for kind in kinds:
        _KINDS[kind.name] = kind
    kind_of.cache_clear()


def notice_kinds() -> list[NoticeKind]:
    """Every kind of which people are told, in the order of registering, "other" last."""
    return [*(kind for kind in _KINDS.values() if kind.for_people), OTHER]


def event_kinds() -> list[NoticeKind]:
    """Every kind that endpoints may ask for, in the order of registering."""
    return [kind for kind in _KINDS.values() if kind.for_endpoints]


@cache
def kind_of(code: str) -> NoticeKind:
    """The kind of a code: the one with the longest beginning that fits. A storm asks it thousands of times."""
    fitting = [(len(start), kind) for kind in _KINDS.values() for start in kind.codes if code.startswith(start)]
    return max(fitting, key=lambda found: found[0])[1] if fitting else OTHER


def kind_named(name: str) -> NoticeKind | None:
    """The kind of that name among those that people are told of; None for a name that nobody registered."""
    return next((kind for kind in notice_kinds() if kind.name == name), None)


def beginnings_of(kind: NoticeKind) -> tuple[list[str], list[str]]:
    """The beginnings by which codes belong to the kind, and the longer ones by which they belong to another."""
    others = [start for other in _KINDS.values() if other.name != kind.name for start in other.codes]
    return list(kind.codes), [start for start in others if not kind.codes or start.startswith(kind.codes)]
