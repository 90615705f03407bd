"""Two people wrote on the same form: what collides is chosen, what does not is merged, and nothing typed is lost."""

from dataclasses import dataclass

from django import forms
from django.db import models
from django.http import QueryDict

from casemgmt.adminkit.meanwhile import told_since, version_seen
from casemgmt.adminkit.pages import Change
from casemgmt.adminkit.stored_words import in_words, names_in

CHOICE, BOTH = "_merge_", "_both_"
MINE, THEIRS, JOINED = "mine", "theirs", "both"


@dataclass(frozen=True, slots=True)
class Collision:
    """A field that both changed. `joined` is what both wrote, for a field of words; else it is empty."""

    name: str
    label: str
    stored: str
    typed: str
    joined: str = ""


@dataclass(frozen=True, slots=True)
class Merge:
    """What came of it: the form goes on with `data`; `settled` was merged by itself; `told` is who did what."""

    data: QueryDict
    collisions: tuple[Collision, ...]
    settled: tuple[Change, ...]
    told: tuple[dict, ...]


def merge_of(form_class: type[forms.ModelForm], row: models.Model, data: QueryDict, seen: str) -> Merge:
    """Put what was typed over the version `seen` together with what is stored now.

    A field that only the other one changed takes the stored value; one that both changed keeps what was typed and
    is a collision. Without the version that was seen, every difference is one.
    """
    base, merged = version_seen(row, seen), data.copy()
    stored, typed = form_class(instance=row), form_class(data, instance=row)
    versions = [version for version in (base, row) if version is not None]
    names = names_in(versions)
    columns = {field.name: field for field in row._meta.fields}
    collisions, settled = [], []
    for name, field in stored.fields.items():
        if name not in columns or field.disabled:
            continue
        raw = field.widget.value_from_datadict(data, {}, name)
        theirs = stored[name].value()
        if not field.has_changed(theirs, raw):
            continue
        was = getattr(base, columns[name].attname) if base is not None else None
        if base is not None and not field.has_changed(was, raw):
            put(merged, name, field, theirs)
            settled.append(
                Change(field.label, in_words(base, columns[name], names), in_words(row, columns[name], names))
            )
        elif base is None or field.has_changed(was, theirs):
            collisions.append(_collision(name, field, typed, row, columns[name], names))
    return Merge(merged, tuple(collisions), tuple(settled), tuple(told_since(row, seen)))


def _collision(name, field, typed, row, column, names) -> Collision:
    says = str(typed[name].value() or "")
    if isinstance(field, forms.ModelChoiceField):
        chosen = field.queryset.filter(pk=says).first() if says.isdecimal() and len(says) < 19 else None
        says = str(chosen or says)
    elif isinstance(field, forms.ChoiceField):
        says = str(dict(_flat(field.choices)).get(says, says))
    stored = in_words(row, column, names)
    is_text = isinstance(column, models.TextField | models.CharField) and not column.choices
    return Collision(name, str(field.label), stored, says, f"{stored}\n{says}" if is_text else "")


def _flat(choices):
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from ((str(inner), words) for inner, words in label)
        else:
            yield str(value), label


def with_choices(form_class: type[forms.ModelForm], row: models.Model, data: QueryDict) -> QueryDict:
    """What was sent, after the choices of the merge: theirs is read from the row, both from its own field."""
    chosen = {key.removeprefix(CHOICE): data[key] for key in data if key.startswith(CHOICE)}
    if not chosen:
        return data
    merged, stored = data.copy(), form_class(instance=row)
    for name, choice in chosen.items():
        if name not in stored.fields:
            continue
        if choice == THEIRS:
            put(merged, name, stored.fields[name], stored[name].value())
        elif choice == JOINED and BOTH + name in data:
            merged[name] = data[BOTH + name]
    return merged


def follow_where_untouched(data: QueryDict, was: forms.Form, now: forms.Form) -> None:
    """Fields of a dialog that were sent as they had been shown take what is stored now; what was typed stays.

    `was` is the form as it was drawn, `now` as it would be drawn today, both unbound.
    """
    for name, field in now.fields.items():
        if name not in was.fields or field.widget.is_hidden or isinstance(field, forms.FileField):
            continue
        shown, stored = _sent(name, field, was[name].value()), _sent(name, field, now[name].value())
        if shown != stored and field.widget.value_from_datadict(data, {}, name) == shown:
            put(data, name, field, now[name].value())


def _sent(name: str, field: forms.Field, value):
    """What a browser sends of a field that shows this value and is left alone."""
    data = QueryDict(mutable=True)
    put(data, name, field, value)
    return field.widget.value_from_datadict(data, {}, name)


def put(data: QueryDict, name: str, field: forms.Field, value) -> None:
    """Write the value into the data as the widget of its field would send it."""
    widget = field.widget
    if isinstance(widget, forms.MultiWidget):
        for suffix, inner, part in zip(widget.widgets_names, widget.widgets, widget.decompress(value), strict=True):
            data[name + suffix] = inner.format_value(part) or ""
    elif isinstance(widget, forms.CheckboxInput):
        data.pop(name, None)
        if value:
            data[name] = "on"
    elif isinstance(value, list | tuple):
        data.setlist(name, [str(getattr(item, "pk", item)) for item in value])
    else:
        shown = widget.format_value(value) if not isinstance(widget, forms.Select) else value
        data[name] = "" if shown is None else str(shown)
