"""What the fields of a form for policies are called, and the words for the codes that stand in them."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy, pgettext_lazy

from policies.words.bodies import NAMES, ROLES
from policies.words.codes import register_words
from policies.words.phrases import CODED, WORDS
from policies.words.templates import TEMPLATE_WORDS

PARTS: Mapping[str, object] = MappingProxyType(
    {
        "after": gettext_lazy("after"),
        "amount": gettext_lazy("how many"),
        "category": gettext_lazy("category"),
        "closes": pgettext_lazy("hours", "until"),
        "day": gettext_lazy("day"),
        "en": gettext_lazy("English"),
        "fill": gettext_lazy("fill a year from the list of public holidays"),
        "level": gettext_lazy("level"),
        "name": gettext_lazy("name"),
        "opens": pgettext_lazy("hours", "from"),
        "outcome": pgettext_lazy("contact", "outcome"),
        "to_role": gettext_lazy("who is told"),
        "unit": gettext_lazy("unit"),
        "words": gettext_lazy("words"),
        "zh": gettext_lazy("Chinese"),
    }
)
"""Parts of entries; an entry's own name stands in `policies.words.bodies`."""

UNITS = (
    ("minutes", gettext_lazy("minutes")),
    ("hours", gettext_lazy("hours")),
    ("working_minutes", gettext_lazy("working minutes")),
    ("working_days", gettext_lazy("working days")),
    ("calendar_days", gettext_lazy("calendar days")),
)


def name_of(entry: str) -> str:
    """What an entry or a part of one is called."""
    return str(PARTS.get(entry) or NAMES.get(entry) or entry.replace("_", " "))


def lend_words() -> None:
    """The words that this app knows itself; rooms with vocabularies of their own add theirs."""
    register_words("unit", UNITS)
    register_words("to_role", ROLES.items())
    register_words("weekday", [(str(number), words) for number, words in WEEKDAYS.items()])
    register_words("kind_class", [("virtual", gettext_lazy("virtual")), ("cash_like", gettext_lazy("like cash"))])
    for entry in CODED:
        register_words(entry, WORDS.items())
    for entry in ("purpose", "apology", "channels"):
        register_words(entry, TEMPLATE_WORDS.items())
