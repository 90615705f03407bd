"""The one door to policies: what is in force at an instant, as frozen values.

Each function asks the database once. What is kept in the process is only the reading of a body, under everything that
it depends on (kind, key, row id, text), so that no transaction or second process can make it wrong.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.db.models import TextField
from django.db.models.functions import Cast

from policies.in_force import PoliciesInForce, PolicyBook, reading
from policies.models import PolicyRow
from policies.rows_in_words import (
    NewEdition,
    PolicyWords,
    editions_since,
    labels_of,
    policies_in_words,
    policy_in_words,
)
from policies.rules.regions import holding_in
from policies.rules.wording import Lexicon
from policies.rules.working_time import WorkingTime, working_time_of
from policies.values import (
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
    RefusalGround,
    RemedyRule,
    Template,
    UploadPolicy,
)

__all__ = [
    "NewEdition",
    "NothingInForce",
    "PoliciesInForce",
    "PolicyBook",
    "PolicyWords",
    "assignment_in_force",
    "attempt_ladder_in_force",
    "calendar_in_force",
    "call_guide_in_force",
    "call_plan_policy_in_force",
    "calling_window_in_force",
    "categories_in_force",
    "checklists_in_force",
    "clock_policies_in_force",
    "compensation_kinds_in_force",
    "editions_since",
    "entitlements_in_force",
    "escalation_steps_in_force",
    "follow_up_policy_in_force",
    "knowledge_in_force",
    "labels_of",
    "legal_references_in_force",
    "lexicon_in_force",
    "limits_in_force",
    "outside_bodies_in_force",
    "outside_policy_in_force",
    "periods_in_force",
    "phrases_in_force",
    "policies_by_id",
    "policies_in_force",
    "policies_in_words",
    "policies_of_kinds_in_force",
    "policies_over_time",
    "policies_read_once",
    "policy_by_id",
    "policy_in_words",
    "promotions_in_force",
    "refusal_grounds_in_force",
    "remedies_in_force",
    "templates_in_force",
    "uploads_in_force",
    "working_time_in_force",
]


class NothingInForce(LookupError):
    """No active policy of this kind and key holds at that instant: the pack was not loaded, or the key is closed."""

    def __init__(self, kind: str, code: str, on: datetime):
        self.kind, self.code, self.on = kind, code, on
        super().__init__(f"no {kind} {code!r} is in force at {on.isoformat()}")


_open_book: ContextVar[PolicyBook | None] = ContextVar("open_book", default=None)


@contextmanager
def policies_read_once(book: PolicyBook | None = None) -> Iterator[PolicyBook]:
    """Answer every question inside from one reading: for pages, which ask every rule. Acts read under their locks.

    With a `book` the answers are those of that book: what if a draft held already (a dry run).
    """
    book = book or PolicyBook()
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
    try:
        return _open_book.get().by_id(policy_id)
    except (AttributeError, KeyError):
        return policies_by_id([policy_id])[policy_id]


def policies_by_id(policy_ids: Iterable[int]) -> dict[int, object]:
    """The values of several rows by id, in one query; PolicyRow.DoesNotExist when one of them is unknown."""
    wanted = set(policy_ids)
    rows = PolicyRow.objects.filter(pk__in=wanted).values_list("pk", "kind", "key", Cast("body", TextField()))
    found = {number: reading(kind, number, key, text) for number, kind, key, text in rows}
    if len(found) < len(wanted):
        raise PolicyRow.DoesNotExist(f"no policy has the id {min(wanted - found.keys())}")
    return found


def _in_force(kind: str, on: datetime) -> PoliciesInForce:
    return (_open_book.get() or PolicyBook([kind])).on(on)


def policies_of_kinds_in_force(kinds: Iterable[str], on: datetime) -> PoliciesInForce:
    """The policies of a few kinds at once, in one query; what is of another kind is not there."""
    return (_open_book.get() or PolicyBook(list(kinds))).on(on)


def _one(kind: str, values: Mapping, code: str, on: datetime):
    if code not in values:
        raise NothingInForce(kind, code, on)
    return values[code]


def calendar_in_force(on: datetime, code: str) -> Calendar:
    """The calendar; see `working_time_in_force` for its table."""
    return _one("calendar", _in_force("calendar", on).calendars, code, on)


def working_time_in_force(on: datetime, code: str) -> WorkingTime:
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


def attempt_ladder_in_force(on: datetime, code: str = "default") -> AttemptLadder:
    """What follows an attempt to call, by its outcome."""
    return _one("attempt_ladder", _in_force("attempt_ladder", on).attempt_ladders, code, on)


def call_plan_policy_in_force(on: datetime, code: str = "default") -> CallPlanPolicy:
    """When a call needs a plan."""
    return _one("call_plan", _in_force("call_plan", on).call_plans, code, on)


def call_guide_in_force(on: datetime, code: str = "default") -> CallGuide:
    """What a talk needs, step by step."""
    return _one("call_guide", _in_force("call_guide", on).call_guides, code, on)


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


def entitlements_in_force(on: datetime) -> Mapping[str, Entitlement]:
    """What the law gives customers, by code, in the order of the pack."""
    return _in_force("entitlement", on).entitlements


def remedies_in_force(on: datetime) -> Mapping[str, RemedyRule]:
    """The lines of the remedies matrix by code, in their order."""
    return _in_force("remedy", on).remedies


def categories_in_force(on: datetime) -> Mapping[str, Category]:
    """The categories by code, in the order of the pack."""
    return _in_force("category", on).categories


def outside_bodies_in_force(on: datetime, *, region: str) -> Mapping[str, OutsideBody]:
    """The bodies to which customers of a region may turn by code, in their order."""
    return holding_in(_in_force("outside_body", on).outside_bodies, region)


def outside_policy_in_force(on: datetime, code: str = "default") -> OutsidePolicy:
    """How outside routes and public reviews are dealt with."""
    return _one("outside", _in_force("outside", on).outsides, code, on)


def legal_references_in_force(on: datetime, *, region: str | None = None) -> Mapping[str, LegalReference]:
    """The legal references by code; with a region those alone that bind its shops."""
    values = _in_force("legal_reference", on).legal_references
    return values if region is None else holding_in(values, region)


def periods_in_force(on: datetime, code: str = "default") -> PeriodPolicy:
    """The periods that are no clocks."""
    return _one("period", _in_force("period", on).periods, code, on)


def assignment_in_force(on: datetime, code: str = "default") -> AssignmentPolicy:
    """How cases find their handlers."""
    return _one("assignment", _in_force("assignment", on).assignments, code, on)


def uploads_in_force(on: datetime, code: str = "default") -> UploadPolicy:
    """Which files are taken as evidence."""
    return _one("upload", _in_force("upload", on).uploads, code, on)


def templates_in_force(on: datetime) -> Mapping[str, Template]:
    """What is written and said again and again, by code, in the order of the pack."""
    return _in_force("template", on).templates


def phrases_in_force(on: datetime) -> Mapping[str, Phrase]:
    """The phrase library by code, in the order of the pack."""
    return _in_force("phrase", on).phrases


def promotions_in_force(on: datetime) -> Mapping[str, Promotion]:
    """Every big promotion by code; `policies.rules.promotions.promotions_on` says which weigh on a day."""
    return _in_force("promotion", on).promotions


def lexicon_in_force(on: datetime) -> Lexicon:
    """The phrase library, ready to be looked for in a text."""
    return _in_force("phrase", on).lexicon


def checklists_in_force(on: datetime) -> Mapping[str, Checklist]:
    """What is ticked on cases, by code, in the order of the pack."""
    return _in_force("checklist", on).checklists


def knowledge_in_force(on: datetime) -> Mapping[str, Knowledge]:
    """What staff should know, by code, in the order of the pack."""
    return _in_force("knowledge", on).knowledge
