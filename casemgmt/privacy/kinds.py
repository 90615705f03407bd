"""The kinds of personal data: how each is written down, shown masked, and found."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from casemgmt.privacy import masks
from casemgmt.privacy.normal_forms import (
    NotRecognised,
    normal_email,
    normal_id_number,
    normal_name,
    normal_number,
    normal_phone,
    normal_text,
    phone_tail,
    phone_without_extension,
)
from casemgmt.privacy.plain_text import violations_in_text
from casemgmt.violations import Violation


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of personal data. `written` raises NotRecognised for what cannot be of this kind."""

    written: Callable[[str], str]
    masked: Callable[[str], str]
    longest: int


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "name": Kind(normal_text, masks.mask_name, 100),
        "phone": Kind(normal_phone, masks.mask_phone, 40),
        "email": Kind(normal_email, masks.mask_email, 254),
        "address": Kind(normal_text, masks.mask_address, 300),
        "account": Kind(normal_text, masks.mask_tail, 100),
        "order_number": Kind(normal_text, masks.mask_tail, 100),
        "id_number": Kind(normal_id_number, masks.mask_tail, 30),
        "document": Kind(normal_text, masks.mask_tail, 60),
        "text": Kind(str, masks.mask_all, 1_000_000),
    }
)

INDEXES: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {
        "name": normal_name,
        "phone": phone_without_extension,
        "phone_tail": phone_tail,
        "email": normal_email,
        "account": normal_number,
        "order_number": normal_number,
        "id_number": normal_id_number,
        "document": normal_number,
    }
)


def violations_in_personal_data(kind: str, text: str, *, field: str | None = None) -> Iterator[Violation]:
    """Why this text cannot be kept as data of this kind. An empty text is no data and breaks nothing."""
    yield from written_down(kind, text, field=field)[1]


def written_down(kind: str, text: str, *, field: str | None = None) -> tuple[str, list[Violation]]:
    """The text as its kind is written, and why it cannot be kept; with violations the text is as it came."""
    violations = list(violations_in_text(text, at_most=KINDS[kind].longest, field=field))
    if violations or not text.strip():
        return text, violations
    try:
        return KINDS[kind].written(text), []
    except NotRecognised as reason:
        return text, [Violation(reason.code, field)]
