"""Who signs what is written now: one context variable that both engines' triggers read."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model
from django.utils.timezone import is_aware

LONGEST_REASON = 100
LONGEST_REQUEST = 64
LONGEST_SOURCE = 16


@dataclass(frozen=True, slots=True)
class Signer:
    """A signer without an account, such as a migration: the name is kept, the user id stays empty."""

    name: str
    user_id: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """What each history row says about its origin. `at` is when the act happened; None means when it is written."""

    user_id: str
    actor: str
    reason: str
    at: datetime | None
    request: str
    source: str


_SIGNATURE: ContextVar[Signature | None] = ContextVar("casemgmt_signature", default=None)


def current_signature() -> Signature | None:
    """The innermost signature around the caller, in this thread and task; None outside of any."""
    return _SIGNATURE.get()


@contextmanager
def signed(
    *,
    by: Model | Signer | Callable[[], Model | Signer],
    reason: str,
    at: datetime | None = None,
    request: str | None = None,
    source: str | None = None,
) -> Iterator[Signature]:
    """Sign every row written inside; a context manager and a decorator.

    The innermost signature wins. `request`, `source` and `at` are inherited from the one around it.
    `by` may be a function, asked on entry, so that a decorator needs no database at import.
    A missing person, a person without a name, and a missing reason raise ValueError.
    The order is `with signed(…), atomic():`, so that callbacks on commit still find the signature.
    """
    signer = by() if callable(by) else by
    outer = _SIGNATURE.get()
    signature = Signature(
        user_id=_user_id(signer),
        actor=_name(signer),
        reason=_short(reason, LONGEST_REASON, "reason"),
        at=_instant(at) or (outer.at if outer else None),
        request=_within(request, LONGEST_REQUEST) if request is not None else (outer.request if outer else ""),
        source=_within(source, LONGEST_SOURCE) if source is not None else (outer.source if outer else "program"),
    )
    token = _SIGNATURE.set(signature)
    try:
        yield signature
    finally:
        _SIGNATURE.reset(token)


def _user_id(signer: Model | Signer | None) -> str:
    if isinstance(signer, Signer):
        return signer.user_id
    if signer is None or getattr(signer, "pk", None) is None:
        raise ValueError("a signature needs a saved person")
    return str(signer.pk)


def _name(signer: Model | Signer) -> str:
    name = getattr(signer, "name", "") or ""
    if not name and hasattr(signer, "get_username"):
        name = signer.get_full_name() or signer.get_username()
    return _short(name, 255, "name")


def _short(text: str | None, longest: int, what: str) -> str:
    if not isinstance(text, str) or not text.strip():
        raise ValueError(f"a signature needs a {what}")
    return _within(text, longest)


def _within(text: str, longest: int) -> str:
    if len(text) > longest:
        raise ValueError(f"longer than {longest} characters: {text[:longest]}…")
    return text


def _instant(at: datetime | None) -> datetime | None:
    if at is not None and not is_aware(at):
        raise ValueError("the time of an act is an instant with a zone")
    return at
