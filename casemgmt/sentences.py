"""Where codes become sentences: each room registers its own, and whoever shows something asks here."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from casemgmt.violations import Violation


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is said about a code, how it can be mended, and where.

    `says` and `mend` are lazy translations with %(param)s. `mend_at` is the name of a case action
    ("record-contact"), "field:<name>" for a field of the same form, or "url:<name>" for a page.
    """

    says: str | Promise
    mend: str | Promise | None = None
    mend_at: str | None = None


_SENTENCES: dict[str, Sentence] = {}


def register(sentences: Mapping[str, Sentence]) -> None:
    """Add a room's sentences. A code has one sentence in the whole house; registering the same again is harmless."""
    for code, sentence in sentences.items():
        known = _SENTENCES.setdefault(code, sentence)
        if known is not sentence:
            raise ValueError(f"two sentences for {code}")


def registered() -> Mapping[str, Sentence]:
    """Every sentence by its code, for the tests that compare codes with sentences."""
    return dict(_SENTENCES)


def sentence_for(violation: Violation) -> Sentence:
    """The sentence of a violation. An unregistered code is a bug and raises KeyError."""
    return _SENTENCES[violation.code]


def say(violation: Violation) -> str:
    """The violation in the language of the reader."""
    return str(sentence_for(violation).says) % dict(violation.params)


def say_mend(violation: Violation) -> str:
    """What to do about it, in the language of the reader; empty when nothing can be done."""
    mend = sentence_for(violation).mend
    return str(mend) % dict(violation.params) if mend else ""
