"""The single fields of a policy's body: what is typed is kept as it is, and judged by the reader of bodies."""

import re

import yaml
from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanWidget,
)

from casemgmt.adminkit.forms import LONGEST_WORDS, with_empty
from policies.yaml_text import as_yaml, read_yaml

BETWEEN = re.compile(r"[,，;；、\n]+")
RANGE = re.compile(r"(\d{1,2}:\d{2})\s*[-–—~～至到]\s*(\d{1,2}:\d{2})")
LONG = 100


class ReadField(forms.CharField):
    """A text that is checked as a text, and then read as something else."""

    def clean(self, value):
        """What the text says."""
        return self.read(super().clean(value))

    def read(self, text: str):
        """What the text says; ValidationError when it says nothing that can be read."""
        raise NotImplementedError


class RangesField(ReadField):
    """Ranges of the day on one line: "09:00-12:00, 13:00-18:00"; nothing typed is no time at all."""

    def read(self, text):
        """The ranges as a body holds them."""
        ranges = []
        for part in filter(str.strip, BETWEEN.split(text)):
            found = RANGE.fullmatch(part.strip().replace("：", ":"))
            if found is None:
                raise forms.ValidationError(_("Write times as 09:00-12:00, 13:00-18:00."), code="policy.not_ranges")
            opens, closes = (text.zfill(5) for text in found.groups())
            ranges.append({"opens": opens, "closes": closes})
        return ranges

    def prepare_value(self, value):
        """The ranges of a body as one line."""
        if isinstance(value, list):
            return ", ".join(f"{part.get('opens', '')}-{part.get('closes', '')}" for part in value)
        return value


class ListField(ReadField):
    """Several short values with commas or new lines between them."""

    def __init__(self, *, of=str, **kwargs):
        self.of = of
        super().__init__(**kwargs)

    def read(self, text):
        """The values as a body holds them; a number that is none stays text, for the reader to refuse."""
        parts = [part.strip() for part in BETWEEN.split(text)]
        return [number_in(part) if self.of is int else part for part in parts if part]

    def prepare_value(self, value):
        """The values on one line."""
        return ", ".join(str(part) for part in value) if isinstance(value, list) else value


class YamlField(ReadField):
    """An entry that has no form of its own yet, as text; a fault names the line."""

    def read(self, text):
        """What the text says."""
        try:
            return read_yaml(text).said if text.strip() else None
        except yaml.YAMLError as error:
            raise forms.ValidationError(str(error), code="policy.not_yaml") from error

    def prepare_value(self, value):
        """A value of a body as text."""
        return value if isinstance(value, str | None) else as_yaml(value)


def number_in(text: str) -> int | str:
    """The whole number that is typed, or the text, for the reader to refuse."""
    return int(text) if re.fullmatch(r"[-+]?[0-9]{1,18}", text) else text


def needed(field: forms.Field, is_needed: bool) -> forms.Field:
    """The reader of bodies says what is missing; the field only looks as if it asked."""
    field.required, field.is_needed = False, is_needed
    return field


def text_field(label, value="", *, is_long=False, kind="text", **attrs) -> forms.CharField:
    """A field for a text, a number, an amount, a day or a time; the type of input helps whoever types."""
    long = is_long or len(str(value or "")) > LONG or "\n" in str(value or "")
    attrs = {"type": kind} | attrs
    widget = UnfoldAdminTextareaWidget(attrs={"rows": 3}) if long else UnfoldAdminTextInputWidget(attrs=attrs)
    return forms.CharField(label=label, max_length=LONGEST_WORDS, initial=value, widget=widget)


def select_field(label, choices, value="") -> forms.ChoiceField:
    """One of some codes, with their words; what is stored now stays a choice."""
    choices = _with_stored(choices, [value] if value not in (None, "") else [])
    return forms.ChoiceField(label=label, choices=with_empty(choices), initial=value, widget=UnfoldAdminSelectWidget())


def several_field(label, choices, values=()) -> forms.MultipleChoiceField:
    """Several of some codes, each with a box."""
    return forms.MultipleChoiceField(
        label=label,
        choices=_with_stored(choices, values),
        initial=list(values),
        widget=UnfoldAdminCheckboxSelectMultipleWidget(),
    )


def tick_field(label, value=False) -> forms.BooleanField:
    """Yes or no."""
    return forms.BooleanField(label=label, required=False, initial=bool(value), widget=UnfoldBooleanWidget())


def special_field(field_class, label, value, *, rows=0, **more) -> forms.CharField:
    """A field of this module with its value."""
    attrs = {"rows": rows} if rows else {}
    widget = UnfoldAdminTextareaWidget(attrs=attrs) if rows else UnfoldAdminTextInputWidget(attrs=attrs)
    return field_class(label=label, max_length=LONGEST_WORDS, initial=value, widget=widget, **more)


def _with_stored(choices, values) -> list:
    choices = [(str(code), words) for code, words in choices]
    known = {code for code, _words in choices}
    return choices + [(str(value), str(value)) for value in values if str(value) not in known]
