"""Forms of actions: plain fields, typed text that is never lost, and every reason where it belongs."""

from datetime import UTC, datetime

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms.utils import ErrorList
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminFileFieldWidget,
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanWidget,
)

LONGEST_WORDS = 20_000
FAR_AWAY = _("This day is too far away.")
_EARLIEST, _LATEST = datetime(1970, 1, 2, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
_IN_REACH = (MinValueValidator(_EARLIEST, FAR_AWAY), MaxValueValidator(_LATEST, FAR_AWAY))
_DAYS_IN_REACH = (MinValueValidator(_EARLIEST.date(), FAR_AWAY), MaxValueValidator(_LATEST.date(), FAR_AWAY))


class ActionForm(forms.Form):
    """The form of an action on one row, as one person sees it at one instant.

    Subclasses declare fields whose names are the parameters of the action; `prepare` fills choices from the row.
    """

    required_css_class = "required"

    def __init__(self, *args, row=None, person=None, at=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.row, self.person, self.at = row, person, at
        self.reasons = []
        self.label_suffix = ""
        self.prepare()
        for name, field in self.fields.items():
            if field.help_text:
                field.widget.attrs.setdefault("aria-describedby", f"help-{name}")

    def prepare(self) -> None:
        """Fill choices and first values from `self.row`, `self.person` and `self.at`."""

    def inputs(self) -> dict:
        """What the action is given; only of a valid form."""
        return self.cleaned_data

    def refuse(self, reasons) -> None:
        """Show the reasons: at their fields where there is one, else on top. What was typed stays."""
        self.reasons = list(reasons)
        for reason in self.reasons:
            name = reason.field if reason.field in self.fields else None
            self.add_error(name, forms.ValidationError(reason.says, code=reason.code))

    def problems(self) -> list[tuple[str, str, str, ErrorList | str]]:
        """Each problem once, for the summary: anchor, label, sentence, how to mend it."""
        mends = {(reason.field, reason.says): reason for reason in self.reasons}
        found = []
        for name, errors in self.errors.items():
            field = self.fields.get(name)
            for error in errors:
                reason = mends.get((name if field else None, error)) or mends.get((None, error))
                named = bool(field and field.label)
                found.append((f"id_{name}" if named else "", field.label if named else "", error, reason))
        return found


class OfferingInput(UnfoldAdminTextInputWidget):
    """One line of text that offers known codes by name, and takes any other."""

    def __init__(self, offers, attrs=None):
        super().__init__(attrs)
        self.offers = offers

    def render(self, name, value, attrs=None, renderer=None):
        """The input and the list that it names."""
        box = super().render(name, value, {**(attrs or {}), "list": f"offers-{name}"}, renderer)
        offers = format_html_join("", '<option value="{}">{}</option>', self.offers.items())
        return format_html('{}<datalist id="offers-{}">{}</datalist>', box, name, offers)


def words_field(label, *, required=True, help_text="", rows=4) -> forms.CharField:
    """A field for typed words."""
    return forms.CharField(
        label=label,
        required=required,
        help_text=help_text,
        max_length=LONGEST_WORDS,
        strip=True,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": rows}),
    )


def line_field(label, *, required=True, help_text="", max_length=200) -> forms.CharField:
    """A field for one line of text."""
    return forms.CharField(
        label=label, required=required, help_text=help_text, max_length=max_length, widget=UnfoldAdminTextInputWidget()
    )


def choice_field(label, choices=(), *, required=True, help_text="", initial=None) -> forms.ChoiceField:
    """A field with one choice; an empty first line asks for it."""
    return forms.ChoiceField(
        label=label,
        choices=with_empty(choices),
        required=required,
        help_text=help_text,
        initial=initial,
        widget=UnfoldAdminSelectWidget(),
    )


def with_empty(choices) -> list:
    """The choices after a line that says to choose; an own empty choice stays the first."""
    choices = list(choices.choices if hasattr(choices, "choices") else choices)
    return choices if any(value == "" for value, _label in choices) else [("", _("Please choose")), *choices]


def instant_field(label, *, required=True, help_text="", initial=None) -> forms.DateTimeField:
    """A field for a moment in local time."""
    return forms.DateTimeField(
        label=label,
        required=required,
        help_text=help_text,
        initial=initial,
        validators=_IN_REACH,
        widget=UnfoldAdminTextInputWidget(attrs={"type": "datetime-local", "step": "60"}),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"],
    )


def day_field(label, *, required=True, help_text="") -> forms.DateField:
    """A field for a day."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        validators=_DAYS_IN_REACH,
        widget=UnfoldAdminTextInputWidget(attrs={"type": "date"}),
    )


def yes_field(label, *, help_text="", initial=False) -> forms.BooleanField:
    """A box to tick."""
    return forms.BooleanField(
        label=label, required=False, help_text=help_text, initial=initial, widget=UnfoldBooleanWidget()
    )


def amount_field(label, *, required=True, help_text="") -> forms.CharField:
    """A field for an amount of money; what is wrong with it is said by the rule, in words."""
    return forms.CharField(
        label=label,
        required=required,
        help_text=help_text,
        max_length=40,
        widget=UnfoldAdminTextInputWidget(attrs={"inputmode": "decimal"}),
    )


def number_field(label, *, required=True, help_text="", least=None, most=None) -> forms.IntegerField:
    """A field for a whole number."""
    return forms.IntegerField(
        label=label,
        required=required,
        help_text=help_text,
        min_value=least,
        max_value=most,
        widget=UnfoldAdminIntegerFieldWidget(),
    )


def file_field(label, *, help_text="") -> forms.FileField:
    """A field for one file."""
    return forms.FileField(
        label=label, help_text=help_text, max_length=255, allow_empty_file=True, widget=UnfoldAdminFileFieldWidget()
    )
