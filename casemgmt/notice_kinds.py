"""Which notices belong together, so that people choose by kind what they are shown and what is mailed to them.

Rooms register their kinds as they do their sentences; a code that belongs to none is of the kind "other".
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """A kind of notices. `codes` are beginnings of codes; `is_duty` ones cannot be taken off one's own list.

    Kinds that are not `for_people` are what other programs and groups are told alone; `for_endpoints` are those
    whose events a room announces to them.
    """

    name: str
    label: str | Promise
    about: str | Promise
    codes: tuple[str, ...]
    is_duty: bool = False
    for_people: bool = True
    for_endpoints: bool = False


OTHER = NoticeKind("other", _("Everything else"), _("What belongs to no other kind."), ())
OPERATION = NoticeKind(
    "operation",
    _("How the house runs"),
    _("An endpoint was switched off, or a check found something."),
    ("notice.endpoint_", "notice.ledger_"),
    is_duty=True,
)
_KINDS: dict[str, NoticeKind] = {}


def register_kinds(kinds: Iterable[NoticeKind]) -> None:
    """Add a room's kinds; registering the same again is harmless."""
    for kind in kinds:
        _KINDS[kind.name] = kind


def notice_kinds() -> list[NoticeKind]:
    """Every kind of which people are told, in the order of registering, "other" last."""
    return [*(kind for kind in _KINDS.values() if kind.for_people), OTHER]


def event_kinds() -> list[NoticeKind]:
    """Every kind that endpoints may ask for, in the order of registering."""
    return [kind for kind in _KINDS.values() if kind.for_endpoints]


def kind_of(code: str) -> NoticeKind:
    """The kind of a code: the one with the longest beginning that fits."""
    fitting = [(len(start), kind) for kind in _KINDS.values() for start in kind.codes if code.startswith(start)]
    return max(fitting, key=lambda found: found[0])[1] if fitting else OTHER
