"""Where codes become sentences: each room registers its own, and whoever shows something asks here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Choices
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext

from casemgmt.violations import Violation


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is said about a code, how it can be mended, and where.

    `says` and `mend` are lazy translations with %(param)s. `mend_at` is the name of a case action
    ("record-contact"), "field:<name>" for a field of the same form, or "url:<name>" for a page. `shows` says
    how a param that is a code is worded (`worded`); instants are shown in local time by themselves.
    """

    says: str | Promise
    mend: str | Promise | None = None
    mend_at: str | None = None
    shows: Mapping[str, Callable[[object], object]] = field(default_factory=dict)


def worded(words: type[Choices] | Mapping) -> Callable[[object], object]:
    """How a code, or several with commas between them, is shown: by the labels of its choices or a mapping."""
    labels = words if isinstance(words, Mapping) else dict(words.choices)

    def show(code):
        return gettext(", ").join(str(labels.get(part, part)) for part in str(code).split(", "))

    return show


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
    sentence = sentence_for(violation)
    return str(sentence.says) % _shown(sentence, violation.params)


def _shown(sentence: Sentence, params: Mapping[str, object]) -> dict[str, object]:
    shown = {}
    for name, value in params.items():
        if name in sentence.shows:
            shown[name] = sentence.shows[name](value)
        elif isinstance(value, datetime):
            shown[name] = date_format(localtime(value), "Y-m-d H:i")
        else:
            shown[name] = value
    return shown


def say_mend(violation: Violation) -> str:
    """What to do about it, in the language of the reader; empty when nothing can be done."""
    sentence = sentence_for(violation)
    return str(sentence.mend) % _shown(sentence, violation.params) if sentence.mend else ""
