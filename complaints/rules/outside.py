"""When the customer goes outside: which body, on what basis, what it decided, and who acts meanwhile (W-10, S-TPR)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from casemgmt.violations import Violation

BODIES = {
    "written_complaint": None,
    "platform": frozenset({"platform"}),
    "mediation": frozenset(
        {"consumer_association", "market_regulation", "industry_association", "mediation_body", "court"}
    ),
    "administrative_complaint": frozenset({"market_regulation"}),
    "arbitration": frozenset({"arbitration_body"}),
    "litigation": frozenset({"court"}),
    "media_exposure": frozenset({"media"}),
}
"""Which kinds of body a rung goes to (S-TPR-03, 06, 07, 14, 15); None: to whomever."""

MOVES = {
    "accepted": "accept",
    "not_accepted": "not_accept",
    "heard": "hear",
    "decided": "decide",
    "settled": "settle",
    "ended_without_agreement": "end_without_agreement",
    "withdrawn": "take_back",
    "complied": "comply",
    "nothing_to_do": "nothing_to_do",
}
"""The move that leads a route to a state."""

IN_WORDS = frozenset({"not_accepted", "decided", "settled"})
"""States that are reached with the body's, or both sides', words alone."""

ORDERING = frozenset({"decided", "settled"})
"""States that may oblige us to something."""

LONGEST_NAME = 120
LONGEST_NUMBER = 64


@dataclass(frozen=True, slots=True)
class RouteFacts:
    """A rung as it is typed; times are instants."""

    kind: str
    body_kind: str
    body_name: str
    account: str
    filed_at: datetime
    at: datetime
    reference_number: str = ""
    arbitration_basis: str = ""
    hearing_at: datetime | None = None
    answer_due_at: datetime | None = None


def violations_in_route(facts: RouteFacts) -> Iterator[Violation]:
    """What is missing or does not fit. Arbitration needs a clause or both sides' agreement (S-TPR-09, WC-49)."""
    if facts.kind not in BODIES:
        yield Violation("route.kind_unknown", field="kind")
    elif BODIES[facts.kind] is not None and facts.body_kind not in BODIES[facts.kind]:
        yield Violation("route.body_does_not_fit", field="body_kind")
    if not facts.body_name.strip():
        yield Violation("route.body_missing", field="body_name")
    elif len(facts.body_name) > LONGEST_NAME:
        yield Violation("route.too_long", field="body_name", params={"most": LONGEST_NAME})
    if len(facts.reference_number) > LONGEST_NUMBER:
        yield Violation("route.too_long", field="reference_number", params={"most": LONGEST_NUMBER})
    if not facts.account.strip():
        yield Violation("route.account_missing", field="account")
    if facts.filed_at > facts.at:
        yield Violation("route.filed_in_future", field="filed_at")
    if facts.kind == "arbitration" and facts.arbitration_basis not in ("clause", "consent"):
        yield Violation("route.arbitration_without_basis", field="arbitration_basis")
    for field in ("hearing_at", "answer_due_at"):
        instant = getattr(facts, field)
        if instant is not None and instant < facts.filed_at:
            yield Violation("route.before_it_was_filed", field=field)


@dataclass(frozen=True, slots=True)
class DateFacts:
    """Dates and a number that a body gave later; None and "" where it gave none."""

    runs: bool
    filed_at: datetime
    hearing_at: datetime | None
    answer_due_at: datetime | None
    reference_number: str


def violations_in_dates(facts: DateFacts) -> Iterator[Violation]:
    """Something is given, for a route that runs, and no date lies before it was filed."""
    if not facts.runs:
        yield Violation("route.runs_no_more")
    if facts.hearing_at is None and facts.answer_due_at is None and not facts.reference_number:
        yield Violation("route.nothing_given", field="hearing_at")
    if len(facts.reference_number) > LONGEST_NUMBER:
        yield Violation("route.too_long", field="reference_number", params={"most": LONGEST_NUMBER})
    for field in ("hearing_at", "answer_due_at"):
        instant = getattr(facts, field)
        if instant is not None and instant < facts.filed_at:
            yield Violation("route.before_it_was_filed", field=field)


def violations_in_route_move(
    *, to: str, words: str, promise_open: bool, penalty_points: int | None = None
) -> Iterator[Violation]:
    """What a step of the route needs. Complied, or nothing to do: then nothing that it ordered is still open."""
    if to not in MOVES:
        yield Violation("route.step_unknown", field="to")
    if to in IN_WORDS and not words.strip():
        yield Violation("route.words_missing", field="words")
    if to in ("complied", "nothing_to_do") and promise_open:
        yield Violation("route.promise_open", field="to")
    if penalty_points is not None and penalty_points < 0:
        yield Violation("route.points_below_zero", field="penalty_points")


@dataclass(frozen=True, slots=True)
class RulingFacts:
    """What a decision or a settlement orders, as it is written down; `owner_known` None: nobody was named."""

    to: str
    obliges: bool
    promise: str
    due_at: datetime | None
    at: datetime
    owner_known: bool | None = None


def violations_in_ruling(facts: RulingFacts) -> Iterator[Violation]:
    """What a ruling orders becomes a promise with a due date, and nothing but a ruling orders (S-TPR-05, S-TPR-10)."""
    if not facts.obliges:
        return
    if facts.to not in ORDERING:
        yield Violation("route.orders_nothing", field="obliges")
    if not facts.promise.strip():
        yield Violation("outside.promise_missing", field="promise")
    if facts.due_at is None:
        yield Violation("outside.due_missing", field="due_at")
    elif facts.due_at <= facts.at:
        yield Violation("outside.due_in_past", field="due_at")
    if facts.owner_known is False:
        yield Violation("outside.owner_unknown", field="owner_id")


def violations_in_waiting(*, route_pending: bool, money_pending: bool) -> Iterator[Violation]:
    """Nothing to do but wait: somebody outside has it, and no money of ours is on its way (W-10)."""
    if not route_pending:
        yield Violation("outside.no_route")
    if money_pending:
        yield Violation("outside.money_pending")


def violations_in_wait_words(*, reason: str, asked_what: str) -> Iterator[Violation]:
    """Why we wait, and for what."""
    if not reason.strip():
        yield Violation("outside.reason_missing", field="reason")
    if not asked_what.strip():
        yield Violation("outside.asked_what_missing", field="asked_what")


def violations_in_going_on(*, because: str, reason: str, route_running: bool) -> Iterator[Violation]:
    """The route ended without a decision, or we act again."""
    if because not in ("route_ended", "we_act_again"):
        yield Violation("outside.because_missing", field="because")
    if because == "route_ended" and route_running:
        yield Violation("outside.route_still_runs", field="because")
    if not reason.strip():
        yield Violation("outside.reason_missing", field="reason")


@dataclass(frozen=True, slots=True)
class DecisionFacts:
    """What came of the route. `route_state` is "" for a route of another case; `owed` counts promises and unpaid
    grants of the case without the new one; `owner_known` is None when nobody was named."""

    route_state: str
    to: str
    obliges: bool
    promise: str
    due_at: datetime | None
    at: datetime
    owed: int
    owner_known: bool | None = None


def violations_in_outside_decision(facts: DecisionFacts) -> Iterator[Violation]:
    """A decision on record; what it orders becomes a promise with a due date (S-TPR-05, S-TPR-10, WC-48)."""
    if facts.route_state == "":
        yield Violation("outside.route_of_another_case", field="route_id")
    elif facts.route_state not in ("decided", "settled"):
        yield Violation("outside.no_decision", field="route_id")
    if facts.to not in ("negotiating", "executing", "following_up"):
        yield Violation("outside.to_unknown", field="to")
    if facts.obliges:
        if not facts.promise.strip():
            yield Violation("outside.promise_missing", field="promise")
        if facts.due_at is None:
            yield Violation("outside.due_missing", field="due_at")
        elif facts.due_at <= facts.at:
            yield Violation("outside.due_in_past", field="due_at")
    if facts.owner_known is False:
        yield Violation("outside.owner_unknown", field="owner_id")
    owes = facts.obliges or facts.owed > 0
    if facts.to == "executing" and not owes:
        yield Violation("outside.nothing_to_carry_out", field="to")
    if facts.to == "following_up" and owes:
        yield Violation("outside.something_is_owed", field="to")
