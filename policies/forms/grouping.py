"""The fields of a form by the entry they belong to: one field, some parts of one thing, or lines of a table."""

from dataclasses import dataclass, field

from django.forms import BoundField

from policies.forms.words import name_of


@dataclass(slots=True)
class FieldGroup:
    """An entry with its fields. `lines` are those of a table, the last ones empty; `single` is a field of its own."""

    entry: str
    title: str
    fields: list[BoundField] = field(default_factory=list)
    lines: list[list[BoundField]] = field(default_factory=list)

    @property
    def single(self) -> BoundField | None:
        """The one field, when there is no more to the entry."""
        return self.fields[0] if len(self.fields) == 1 and not self.lines else None


def groups_of(bound: list[BoundField]) -> list[FieldGroup]:
    """In the order of the fields, whose names are "body", the entry, in a table the line, and the part."""
    groups: dict[str, FieldGroup] = {}
    for found in bound:
        _body, entry, *rest = found.name.split("__")
        group = groups.setdefault(entry, FieldGroup(entry, name_of(entry)))
        if len(rest) > 1 and rest[0].isdigit():
            number = int(rest[0])
            while len(group.lines) <= number:
                group.lines.append([])
            group.lines[number].append(found)
        else:
            group.fields.append(found)
    return list(groups.values())
