"""What a person has made of a list: its look and the filters under names, read in one statement."""

import json
from dataclasses import dataclass

from django.db.models import CharField, F, Q, TextField, Value
from django.db.models.functions import Cast

from casemgmt.adminkit.models import ListLook, SavedFilter

LOOK, SAVED = "look", "saved"


@dataclass(frozen=True, slots=True)
class Personal:
    """The look that somebody chose, None for the usual one; and the filters they see, each with its owner's name."""

    look: ListLook | None
    saved: tuple[tuple[SavedFilter, str], ...]


def personal_of(request, label: str) -> Personal:
    """One's own look, one's own filters and those shared with one's team; asked once for each request and list."""
    known = request.__dict__.setdefault("_personal_lists", {})
    if label not in known:
        known[label] = _read(request.user, label)
    return known[label]


def _read(person, label: str) -> Personal:
    shown = Q(person=person)
    if person.team_id:
        shown |= Q(team=person.team_id)
    saved = SavedFilter.objects.filter(shown, list_label=label).values_list(
        Value(SAVED, CharField()), "pk", "person_id", "name", Cast("query", TextField()), "team_id", F("person__name")
    )
    looks = ListLook.objects.filter(person=person, list_label=label).values_list(
        Value(LOOK, CharField()),
        "pk",
        "person_id",
        "density",
        Cast("columns", TextField()),
        "page_size",
        Value("", CharField()),
    )
    look, filters = None, []
    for kind, pk, person_id, name, text, number, whose in looks.union(saved, all=True):
        if kind == LOOK:
            columns = json.loads(text)
            look = ListLook(
                pk=pk, person_id=person_id, list_label=label, density=name, columns=columns, page_size=number
            )
        else:
            row = SavedFilter(pk=pk, person_id=person_id, list_label=label, name=name, query=text, team_id=number)
            filters.append((row, whose))
    return Personal(look, tuple(sorted(filters, key=lambda found: (found[0].name, found[0].pk))))
