"""What is in force at an instant, read from the active rows: asked for through `policies.lookup`."""

import json
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import cached_property, lru_cache

from django.db import connections
from django.db.models import IntegerField, TextField
from django.db.models.functions import Cast

from policies.models import PolicyRow, PolicyState
from policies.packs import Pack
from policies.reading import read_body
from policies.rules.wording import Lexicon, lexicon_of
from policies.rules.working_time import WorkingTime, working_time_of
from policies.values import (
    KINDS,
    AssignmentPolicy,
    AttemptLadder,
    AuthorityLimits,
    Calendar,
    CallGuide,
    CallingWindow,
    CallPlanPolicy,
    Category,
    Checklist,
    ClockPolicy,
    CompanyRule,
    CompensationKind,
    Entitlement,
    EscalationSteps,
    FollowUpPolicy,
    Knowledge,
    LegalReference,
    OutsideBody,
    OutsidePolicy,
    PeriodPolicy,
    Phrase,
    Promotion,
    RefusalBar,
    RefusalGround,
    RemedyRule,
    Template,
    UploadPolicy,
)


@lru_cache(maxsize=4096)
def reading(kind: str, policy_id: int, key: str, text: str):
    """The value of a body, kept under everything it depends on."""
    return read_body(KINDS[kind], policy_id, key, json.loads(text))


class PoliciesInForce:
    """Everything in force at one instant; each attribute is a dictionary by code, in the order of the codes."""

    def __init__(self, rows: Iterable[tuple[int, str, str, str]]):
        self._rows: dict[str, dict[str, tuple[int, str]]] = {}
        self._working_times: dict[str, WorkingTime] = {}
        for policy_id, kind, key, text in rows:
            self._rows.setdefault(kind, {})[key] = (policy_id, text)

    def of_kind(self, kind: str) -> dict:
        """The values of a kind by code."""
        return {key: reading(kind, policy_id, key, text) for key, (policy_id, text) in self._rows.get(kind, {}).items()}

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
    def attempt_ladders(self) -> Mapping[str, AttemptLadder]:
        return self.of_kind("attempt_ladder")

    @cached_property
    def call_plans(self) -> Mapping[str, CallPlanPolicy]:
        return self.of_kind("call_plan")

    @cached_property
    def call_guides(self) -> Mapping[str, CallGuide]:
        return self.of_kind("call_guide")

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
    def refusal_bars(self) -> Mapping[str, RefusalBar]:
        return _in_order(self.of_kind("refusal_bar"))

    @cached_property
    def company_rules(self) -> Mapping[str, CompanyRule]:
        return _in_order(self.of_kind("company_rule"))

    @cached_property
    def entitlements(self) -> Mapping[str, Entitlement]:
        return _in_order(self.of_kind("entitlement"))

    @cached_property
    def remedies(self) -> Mapping[str, RemedyRule]:
        return _in_order(self.of_kind("remedy"))

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
    def assignments(self) -> Mapping[str, AssignmentPolicy]:
        return self.of_kind("assignment")

    @cached_property
    def uploads(self) -> Mapping[str, UploadPolicy]:
        return self.of_kind("upload")

    @cached_property
    def checklists(self) -> Mapping[str, Checklist]:
        return _in_order(self.of_kind("checklist"))

    @cached_property
    def knowledge(self) -> Mapping[str, Knowledge]:
        return _in_order(self.of_kind("knowledge"))

    @cached_property
    def templates(self) -> Mapping[str, Template]:
        return _in_order(self.of_kind("template"))

    @cached_property
    def phrases(self) -> Mapping[str, Phrase]:
        return _in_order(self.of_kind("phrase"))

    @cached_property
    def outside_bodies(self) -> Mapping[str, OutsideBody]:
        return _in_order(self.of_kind("outside_body"))

    @cached_property
    def promotions(self) -> Mapping[str, Promotion]:
        return self.of_kind("promotion")

    @cached_property
    def outsides(self) -> Mapping[str, OutsidePolicy]:
        return self.of_kind("outside")

    @cached_property
    def lexicon(self) -> Lexicon:
        """Every phrase in force, ready to be looked for in a text."""
        return lexicon_of(tuple(self.phrases.values()))

    def working_time(self, calendar: str) -> WorkingTime:
        """The working time of a calendar by its code; KeyError when it is not in force."""
        if calendar not in self._working_times:
            self._working_times[calendar] = working_time_of(self.calendars[calendar])
        return self._working_times[calendar]


def _in_order(values: dict) -> dict:
    return dict(sorted(values.items(), key=lambda item: (item[1].order, item[0])))


class _Held:
    """Rows of a book, in the order of their instants for each key, and what is in force between these."""

    def __init__(self, rows: tuple[tuple[int, str, str, datetime, bool, str], ...]):
        self.rows = rows
        self.by_id = {row[0]: row for row in rows}
        self.changes = sorted({row[3] for row in rows})
        self._between_changes: dict[int, PoliciesInForce] = {}

    def on(self, instant: datetime) -> PoliciesInForce:
        place = bisect_right(self.changes, instant)
        if place not in self._between_changes:
            holding: dict[tuple[str, str], tuple | None] = {}
            for policy_id, kind, key, valid_from, closing, text in self.rows:
                if valid_from <= instant:
                    holding[kind, key] = None if closing else (policy_id, kind, key, text)
            self._between_changes[place] = PoliciesInForce(row for row in holding.values() if row)
        return self._between_changes[place]


@lru_cache(maxsize=32)
def _held(rows: tuple[tuple[int, str, str, str, int, str], ...]) -> _Held:
    """What these rows mean, kept under the rows themselves: whoever reads the same reads it once."""
    return _Held(
        tuple(
            (number, kind, key, _instant(begun), bool(closing), text)
            for number, kind, key, begun, closing, text in rows
        )
    )


@lru_cache(maxsize=1024)
def _instant(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


@lru_cache(maxsize=128)
def _statement(database: str, kinds: tuple[str, ...] | None) -> tuple[str, tuple]:
    """The question for the active rows; the same each time, and asked several times by every act."""
    rows = PolicyRow.objects.using(database).filter(state=PolicyState.ACTIVE)
    if kinds is not None:
        rows = rows.filter(kind__in=kinds)
    found = rows.order_by("kind", "key", "valid_from").values_list(
        "pk",
        "kind",
        "key",
        Cast("valid_from", TextField()),
        Cast("closing", IntegerField()),
        Cast("body", TextField()),
    )
    return found.query.get_compiler(database).as_sql()


def _active_rows(kinds: tuple[str, ...] | None) -> list[tuple[int, str, str, str, int, str]]:
    if kinds == ():
        return []
    database = PolicyRow.objects.db
    with connections[database].cursor() as cursor:
        cursor.execute(*_statement(database, kinds))
        return cursor.fetchall()


class PolicyBook:
    """The active rows of all times, read once; `on` answers for any number of instants without another query."""

    def __init__(self, kinds: Iterable[str] | None = None):
        self._held = _held(tuple(_active_rows(None if kinds is None else tuple(kinds))))

    @property
    def changes(self) -> list[datetime]:
        """Every instant at which a row begins to hold."""
        return self._held.changes

    def on(self, instant: datetime) -> PoliciesInForce:
        """What is in force at `instant`; a row holds from its first instant on."""
        return self._held.on(instant)

    def with_row(self, row: PolicyRow) -> "PolicyBook":
        """Another book, in which `row` holds at all times instead of every row of its kind and key (a dry run)."""
        book = object.__new__(PolicyBook)
        others = [other for other in self._held.rows if (other[1], other[2]) != (row.kind, row.key)]
        always = datetime(1970, 1, 1, tzinfo=UTC)
        text = json.dumps(row.body, ensure_ascii=False)
        book._held = _Held((*others, (row.pk or 0, row.kind, row.key, always, row.closing, text)))
        return book

    def by_id(self, policy_id: int):
        """The value of an active row, whether or not it is still in force; KeyError for any other row."""
        _, kind, key, _, _, text = self._held.by_id[policy_id]
        return reading(kind, policy_id, key, text)

    def superseded(self, kind: str, on: datetime) -> dict[int, int]:
        """Of each row of this kind that a later one has followed until `on`: the row that is in force instead."""
        begun = [row for row in self._held.rows if row[1] == kind and row[3] <= on and not row[4]]
        newest = {row[2]: row[0] for row in begun}
        return {row[0]: newest[row[2]] for row in begun if row[0] != newest[row[2]]}


class PackBook(PolicyBook):
    """What would be in force if these packs were all there is; asks no database. Later editions come later."""

    def __init__(self, packs: Iterable[Pack]):
        rows = sorted((row for pack in packs for row in pack.rows), key=lambda row: (row.kind, row.key, row.valid_from))
        self._held = _Held(
            tuple(
                (number, row.kind, row.key, row.valid_from, row.closing, json.dumps(row.body, ensure_ascii=False))
                for number, row in enumerate(rows, 1)
            )
        )
