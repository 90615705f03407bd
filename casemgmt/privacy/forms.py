"""A form field for sealed data: it shows the mask, and a mask left alone changes nothing."""

from django import forms
from django.core.exceptions import ValidationError

from casemgmt.privacy.kinds import KINDS, violations_in_personal_data
from casemgmt.sentences import say


class SealedInput(forms.TextInput):
    """Shows the masked text; never the ciphertext, and nothing that a browser would fill in."""

    def __init__(self, attrs=None):
        super().__init__({"autocomplete": "off", "spellcheck": "false", **(attrs or {})})


class SealedFormField(forms.Field):
    """Cleans to the untouched Sealed, to the newly typed text as str, or to None when it was emptied."""

    widget = SealedInput

    def __init__(self, *, kind: str = "text", **kwargs):
        kwargs.pop("max_length", None)
        self.kind = kind
        self.shown = None
        super().__init__(**kwargs)

    def get_bound_field(self, form, field_name):
        """Remember what the page showed, to know it again."""
        bound = super().get_bound_field(form, field_name)
        self.shown = bound.initial
        return bound

    def prepare_value(self, value):
        """The mask, or what was typed before the form came back."""
        return "" if value is None else str(value)

    def has_changed(self, initial, data):
        typed = (data or "").strip()
        return typed != ("" if initial is None else str(initial))

    def to_python(self, value):
        typed = (value or "").strip()
        if not typed:
            return None
        if self.shown is not None and typed == str(self.shown):
            return self.shown
        return typed

    def validate(self, value):
        super().validate(value)
        if isinstance(value, str):
            problems = [say(violation) for violation in violations_in_personal_data(self.kind, value)]
            if problems:
                raise ValidationError(problems, code="not_accepted")

    def clean(self, value):
        """A newly typed text comes back as it will be written down."""
        cleaned = super().clean(value)
        return KINDS[self.kind].written(cleaned) if isinstance(cleaned, str) else cleaned
