"""Rows as readers know them: titles, editions, sources and what changed since; asked through `policies.lookup`."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils.translation import get_language

from policies.in_force import reading
from policies.models import PolicyRow, PolicyState


class PolicyWords(NamedTuple):
    """A row as a reader knows it, in the language of the reader."""

    title: str
    edition: int
    source: str
    valid_from: datetime
    drafted_by: str
    activated_by: str


def policy_in_words(policy_id: int) -> PolicyWords:
    """One row, to show what a decision cites."""
    return policies_in_words([policy_id])[policy_id]


def policies_in_words(policy_ids: Iterable[int]) -> dict[int, PolicyWords]:
    """Several rows by id, in one query; those that are unknown are left out."""
    rows = PolicyRow.objects.filter(pk__in=set(policy_ids)).select_related("drafted_by", "activated_by").defer("body")
    return {
        row.pk: PolicyWords(
            row.title,
            row.edition,
            row.source,
            row.valid_from,
            row.drafted_by.name,
            row.activated_by.name if row.activated_by else "",
        )
        for row in rows
    }


def labels_of(kind: str, codes: Iterable[str]) -> dict[str, str]:
    """What policies of this kind are called in the reader's language, in their last edition; one query."""
    rows = PolicyRow.objects.filter(state=PolicyState.ACTIVE, kind=kind, key__in=set(codes), closing=False)
    rows = rows.order_by("valid_from").values_list("pk", "key", Cast("body", TextField()))
    language = get_language() or "zh-hans"
    return {key: reading(kind, number, key, text).label.in_language(language) for number, key, text in rows}


class NewEdition(NamedTuple):
    """A policy that came into force, or ended, and who switched it on. `key` is its kind and code."""

    key: tuple[str, str]
    policy_id: int
    title: str
    edition: int
    valid_from: datetime
    ends: bool
    activated_by: str


def editions_since(since: datetime, until: datetime, *, cited: Iterable[int]) -> list[NewEdition]:
    """What changed in that time of the policies that the cited rows are editions of, the oldest first; one query."""
    cited = {number for number in cited if number}
    rows = PolicyRow.objects.filter(state=PolicyState.ACTIVE).select_related("activated_by")
    rows = list(rows.filter(Q(pk__in=cited) | Q(valid_from__gt=since, valid_from__lte=until)).defer("body"))
    keys = {(row.kind, row.key) for row in rows if row.pk in cited}
    return [
        NewEdition(
            (row.kind, row.key),
            row.pk,
            row.title,
            row.edition,
            row.valid_from,
            row.closing,
            row.activated_by.name if row.activated_by else "",
        )
        for row in sorted(rows, key=lambda row: (row.valid_from, row.pk))
        if (row.kind, row.key) in keys and since < row.valid_from <= until
    ]
