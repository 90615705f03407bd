"""Stored values as a person reads them: the label of a choice, a name instead of a key, local time, a mask."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import formats, timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

LONGEST = 200
Names = dict[tuple[object, object], str]
_codes: dict[str, Callable[[set], dict]] = {}


def say_codes(model: type[models.Model], name: str, words_of: Callable[[set], dict]) -> None:
    """Let a column that holds codes be read in words: `words_of` gives them for a set of codes, in one query."""
    _codes[f"{model._meta.label_lower}.{name}"] = words_of


def names_in(rows: Iterable[models.Model]) -> Names:
    """The names of everything that these rows point to and of the codes they hold, one query a model or code."""
    keys, codes = defaultdict(set), defaultdict(set)
    for row in rows:
        for field in row._meta.concrete_fields:
            related = target_of(row, field)
            value = getattr(row, field.attname)
            if related is not None and value is not None:
                keys[related].add(value)
            elif value not in (None, "") and _place(row, field) in _codes:
                codes[_place(row, field)].add(value)
    return {
        (related, found.pk): Truncator(str(found)).chars(LONGEST)
        for related, wanted in keys.items()
        for found in related._base_manager.filter(pk__in=wanted)
    } | {(place, code): words for place, wanted in codes.items() for code, words in _codes[place](wanted).items()}


def _place(row: models.Model, field: models.Field) -> str:
    return f"{getattr(row, 'instance_type', type(row))._meta.label_lower}.{field.name}"


def target_of(row: models.Model, field: models.Field) -> type[models.Model] | None:
    """The model that a column points to; the columns of a history row are asked for those of the live row."""
    live = getattr(row, "instance_type", type(row))
    try:
        related = live._meta.get_field(field.name).related_model
    except FieldDoesNotExist:
        return None
    return related if isinstance(related, type) else None


def in_words(row: models.Model, field: models.Field, names: Names | None = None) -> str:
    """The value of a field of this row."""
    value = getattr(row, field.attname)
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, datetime):
        return formats.date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
    if isinstance(value, date):
        return formats.date_format(value, "SHORT_DATE_FORMAT")
    related = target_of(row, field)
    if related is not None:
        return (names or {}).get((related, value), f"#{value}")
    place = _place(row, field)
    said = (names or {}).get((place, value)) if place in _codes else None
    return said or Truncator(str(value)).chars(LONGEST)


def source_in_words(source: str) -> str:
    """Through which door a row was written."""
    doors = {
        "web": _("web page"),
        "task": _("background task"),
        "import": _("import"),
        "bulk": _("bulk run"),
        "command": _("command"),
        "migration": _("update of the program"),
    }
    return doors.get(source, source)
