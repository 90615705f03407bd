"""Which notices belong together, so that people choose by kind what they are shown and what is mailed to them.

Rooms register their kinds as they do their sentences; a code that belongs to none is of the kind "other".
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """A kind of notices. `codes` are beginnings of codes; `is_duty` ones cannot be taken off one's own list."""

    name: str
    label: str | Promise
    about: str | Promise
    codes: tuple[str, ...]
    is_duty: bool = False


OTHER = NoticeKind("other", _("Everything else"), _("What belongs to no other kind."), ())
_KINDS: dict[str, NoticeKind] = {}


def register_kinds(kinds: Iterable[NoticeKind]) -> None:
    """Add a room's kinds; registering the same again is harmless."""
    for kind in kinds:
        _KINDS[kind.name] = kind


def notice_kinds() -> list[NoticeKind]:
    """Every kind in the order of registering, "other" last."""
    return [*_KINDS.values(), OTHER]


def kind_of(code: str) -> NoticeKind:
    """The kind of a code: the one with the longest beginning that fits."""
    fitting = [(len(start), kind) for kind in _KINDS.values() for start in kind.codes if code.startswith(start)]
    return max(fitting, key=lambda found: found[0])[1] if fitting else OTHER
