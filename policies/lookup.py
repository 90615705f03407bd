"""The one door to policies: what is in force at an instant, as frozen values.

Each function asks the database once. What is kept in the process is only the reading of a body, under
everything that it depends on (kind, key, row id and the text itself), so that no transaction, rollback or
second process can make it wrong.
"""

import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import cached_property, lru_cache
from typing import NamedTuple

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils.translation import get_language

from policies.models import PolicyRow, PolicyState
from policies.reading import read_body
from policies.rules.working_time import WorkingTime, working_time_of
from policies.values import (
    KINDS,
    AuthorityLimits,
    Calendar,
    CallingWindow,
    Category,
    ClockPolicy,
    CompensationKind,
    EscalationSteps,
    FollowUpPolicy,
    LegalReference,
    PeriodPolicy,
    RefusalGround,
    Template,
    UploadPolicy,
)


class NothingInForce(LookupError):
    """No active policy of this kind and key holds at that instant: the pack was not loaded, or the key is closed."""

    def __init__(self, kind: str, code: str, on: datetime):
        self.kind, self.code, self.on = kind, code, on
        super().__init__(f"no {kind} {code!r} is in force at {on.isoformat()}")


@lru_cache(maxsize=4096)
def _reading(kind: str, policy_id: int, key: str, text: str):
    return read_body(KINDS[kind], policy_id, key, json.loads(text))


class PoliciesInForce:
    """Everything in force at one instant; each attribute is a dictionary by code, in the order of the codes."""

    def __init__(self, rows: Iterable[tuple[int, str, str, str]]):
        self._rows: dict[str, dict[str, tuple[int, str]]] = {}
        for policy_id, kind, key, text in rows:
            self._rows.setdefault(kind, {})[key] = (policy_id, text)

    def of_kind(self, kind: str) -> dict:
        """The values of a kind by code."""
        return {
            key: _reading(kind, policy_id, key, text) for key, (policy_id, text) in self._rows.get(kind, {}).items()
        }

    @cached_property
    def calendars(self) -> Mapping[str, Calendar]:
        return self.of_kind("calendar")

    @cached_property
    def clocks(self) -> Mapping[str, ClockPolicy]:
        return self.of_kind("clock")

    @cached_property
    def escalations(self) -> Mapping[str, EscalationSteps]:
        return self.of_kind("escalation")

    @cached_property
    def calling_windows(self) -> Mapping[str, CallingWindow]:
        return self.of_kind("calling_window")

    @cached_property
    def follow_ups(self) -> Mapping[str, FollowUpPolicy]:
        return self.of_kind("follow_up")

    @cached_property
    def limits(self) -> Mapping[str, AuthorityLimits]:
        return self.of_kind("limit")

    @cached_property
    def compensation_kinds(self) -> Mapping[str, CompensationKind]:
        return self.of_kind("compensation_kind")

    @cached_property
    def refusal_grounds(self) -> Mapping[str, RefusalGround]:
        return self.of_kind("refusal_ground")

    @cached_property
    def categories(self) -> Mapping[str, Category]:
        return _in_order(self.of_kind("category"))

    @cached_property
    def legal_references(self) -> Mapping[str, LegalReference]:
        return self.of_kind("legal_reference")

    @cached_property
    def periods(self) -> Mapping[str, PeriodPolicy]:
        return self.of_kind("period")

    @cached_property
    def uploads(self) -> Mapping[str, UploadPolicy]:
        return self.of_kind("upload")

    @cached_property
    def templates(self) -> Mapping[str, Template]:
        return _in_order(self.of_kind("template"))

    def working_time(self, calendar: str) -> WorkingTime:
        """The working time of a calendar by its code; KeyError when it is not in force."""
        return working_time_of(self.calendars[calendar])


def _in_order(values: dict) -> dict:
    return dict(sorted(values.items(), key=lambda item: (item[1].order, item[0])))


class PolicyBook:
    """The active rows of all times, read once; `on` answers for any number of instants without another query."""

    def __init__(self, kinds: Iterable[str] | None = None):
        rows = PolicyRow.objects.filter(state=PolicyState.ACTIVE)
        if kinds is not None:
            rows = rows.filter(kind__in=list(kinds))
        self._rows = list(
            rows.order_by("kind", "key", "valid_from").values_list(
                "pk", "kind", "key", "valid_from", "closing", Cast("body", TextField())
            )
        )
        self.changes = sorted({row[3] for row in self._rows})
        self._between_changes: dict[int, PoliciesInForce] = {}

    def on(self, instant: datetime) -> PoliciesInForce:
        """What is in force at `instant`; a row holds from its first instant on."""
        place = bisect_right(self.changes, instant)
        if place not in self._between_changes:
            holding: dict[tuple[str, str], tuple | None] = {}
            for policy_id, kind, key, valid_from, closing, text in self._rows:
                if valid_from <= instant:
                    holding[kind, key] = None if closing else (policy_id, kind, key, text)
            self._between_changes[place] = PoliciesInForce(row for row in holding.values() if row)
        return self._between_changes[place]


_open_book: ContextVar[PolicyBook | None] = ContextVar("open_book", default=None)


@contextmanager
def policies_read_once() -> Iterator[PolicyBook]:
    """Answer every question inside from one reading: for pages, which ask every rule. Acts read under their locks."""
    book = PolicyBook()
    token = _open_book.set(book)
    try:
        yield book
    finally:
        _open_book.reset(token)


def policies_over_time() -> PolicyBook:
    """All policies of all times in one query, for whoever asks about many instants."""
    return _open_book.get() or PolicyBook()


def policies_in_force(on: datetime) -> PoliciesInForce:
    """All policies at one instant in one query."""
    return policies_over_time().on(on)


def policy_by_id(policy_id: int):
    """The value of one row, whether or not it is still in force, to replay a decision that cites it."""
    kind, key, text = PolicyRow.objects.values_list("kind", "key", Cast("body", TextField())).get(pk=policy_id)
    return _reading(kind, policy_id, key, text)


class PolicyWords(NamedTuple):
    """A row as a reader knows it, in the language of the reader."""

    title: str
    edition: int
    source: str


def policy_in_words(policy_id: int) -> PolicyWords:
    """Title, edition and source of one row, to show what a decision cites."""
    row = PolicyRow.objects.get(pk=policy_id)
    return PolicyWords(row.title, row.edition, row.source)


def policies_in_words(policy_ids: Iterable[int]) -> dict[int, PolicyWords]:
    """Title, edition and source of several rows by id, in one query."""
    rows = PolicyRow.objects.filter(pk__in=set(policy_ids))
    return {row.pk: PolicyWords(row.title, row.edition, row.source) for row in rows}


def labels_of(kind: str, codes: Iterable[str]) -> dict[str, str]:
    """What policies of this kind are called in the reader's language, in their last edition; one query."""
    rows = PolicyRow.objects.filter(state=PolicyState.ACTIVE, kind=kind, key__in=set(codes), closing=False)
    rows = rows.order_by("valid_from").values_list("pk", "key", Cast("body", TextField()))
    language = get_language() or "zh-hans"
    return {key: _reading(kind, number, key, text).label.in_language(language) for number, key, text in rows}


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


def _in_force(kind: str, on: datetime) -> PoliciesInForce:
    return (_open_book.get() or PolicyBook([kind])).on(on)


def _one(kind: str, values: Mapping, code: str, on: datetime):
    try:
        return values[code]
    except KeyError:
        raise NothingInForce(kind, code, on) from None


def calendar_in_force(on: datetime, code: str = "cn-official") -> Calendar:
    """The calendar; see `working_time_in_force` for its table."""
    return _one("calendar", _in_force("calendar", on).calendars, code, on)


def working_time_in_force(on: datetime, code: str = "cn-official") -> WorkingTime:
    """The working time of the calendar in force."""
    return working_time_of(calendar_in_force(on, code))


def clock_policies_in_force(on: datetime) -> Mapping[str, ClockPolicy]:
    """Every clock by code; `policies.rules.clocks.clocks_that_apply` chooses among them."""
    return _in_force("clock", on).clocks


def escalation_steps_in_force(on: datetime) -> Mapping[str, EscalationSteps]:
    """Every ladder of escalation by code."""
    return _in_force("escalation", on).escalations


def calling_window_in_force(on: datetime, code: str = "default") -> CallingWindow:
    """When customers may be called."""
    return _one("calling_window", _in_force("calling_window", on).calling_windows, code, on)


def follow_up_policy_in_force(on: datetime, code: str = "default") -> FollowUpPolicy:
    """When and how often customers are called back."""
    return _one("follow_up", _in_force("follow_up", on).follow_ups, code, on)


def limits_in_force(on: datetime) -> Mapping[str, AuthorityLimits]:
    """The limits of every rung by code."""
    return _in_force("limit", on).limits


def compensation_kinds_in_force(on: datetime) -> Mapping[str, CompensationKind]:
    """The kinds of compensation by code."""
    return _in_force("compensation_kind", on).compensation_kinds


def refusal_grounds_in_force(on: datetime) -> Mapping[str, RefusalGround]:
    """The grounds of refusal by code."""
    return _in_force("refusal_ground", on).refusal_grounds


def categories_in_force(on: datetime) -> Mapping[str, Category]:
    """The categories by code, in the order of the pack."""
    return _in_force("category", on).categories


def legal_references_in_force(on: datetime) -> Mapping[str, LegalReference]:
    """The legal references by code."""
    return _in_force("legal_reference", on).legal_references


def periods_in_force(on: datetime, code: str = "default") -> PeriodPolicy:
    """The periods that are no clocks."""
    return _one("period", _in_force("period", on).periods, code, on)


def uploads_in_force(on: datetime, code: str = "default") -> UploadPolicy:
    """Which files are taken as evidence."""
    return _one("upload", _in_force("upload", on).uploads, code, on)


def templates_in_force(on: datetime) -> Mapping[str, Template]:
    """What is written and said again and again, by code, in the order of the pack."""
    return _in_force("template", on).templates
