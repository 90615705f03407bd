"""Internal notes, corrections and further facts: what is written down beside the moves of the case."""

from datetime import datetime

from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.violations import Violation, demand
from complaints.actions.mentioning import found_in, violations_in_mentions, write_mentions
from complaints.actions.stating import state_words
from complaints.models import Complaint, Statement
from complaints.roles import demand_right
from complaints.vocabulary import Side, StatementKind

CORRECTABLE = frozenset(
    {
        StatementKind.CONTENT,
        StatementKind.COURSE,
        StatementKind.PLACE,
        StatementKind.DAMAGE,
        StatementKind.DEMAND,
        StatementKind.REAL_NEED,
        StatementKind.PRESALE_NEED,
        StatementKind.EXPECTATION_GAP,
        StatementKind.NOTE,
        StatementKind.CALL_NOTE,
    }
)
"""What may be said better later; decisions and reasons stand as they were given."""

FACTS = (
    StatementKind.COURSE,
    StatementKind.PLACE,
    StatementKind.DAMAGE,
    StatementKind.DEMAND,
    StatementKind.REAL_NEED,
    StatementKind.PRESALE_NEED,
    StatementKind.EXPECTATION_GAP,
)
"""Facts in words that may be added to a case at any time while it is open."""


def _violations_in_words(words: str):
    if not words.strip():
        yield Violation("words.missing", field="words")


@transaction.atomic
def write_note(case_id: int, *, by, at: datetime, words: str) -> Statement:
    """Write an internal note, in any state of the case; customers never see it. A correction is a new row (F35).

    Whoever is named in it with @ is told, if they may see the case; somebody who may not is refused.
    """
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "note.write", case, at=at)
    mentioned = found_in(words)
    demand(_violations_in_words(words), violations_in_mentions(case, mentioned, at=at))
    with signed(by=by, reason="note.written", at=at):
        note = state_words(case, StatementKind.NOTE, words, by=by, at=at)
        write_mentions(case, note, mentioned, by=by, at=at)
    return note


@transaction.atomic
def add_fact(case_id: int, *, by, at: datetime, kind: str, words: str) -> Statement:
    """Add what is known in words: course of events, demand, real need beside the stated one (S-INT-07…10, 14)."""
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "case.edit_facts", case, at=at)
    demand(_violations_in_fact(case, kind), _violations_in_words(words))
    with signed(by=by, reason="fact.added", at=at):
        side = Side.CUSTOMER if kind == StatementKind.DEMAND else Side.COMPANY
        return state_words(case, StatementKind(kind), words, by=by, at=at, side=side)


def _violations_in_fact(case, kind):
    if not case.is_open:
        yield Violation("case.ended", params={"state": case.get_state_display()})
    if kind not in FACTS:
        yield Violation("fact.unknown_kind", field="kind")


@transaction.atomic
def correct_statement(case_id: int, *, by, at: datetime, statement_id: int, words: str) -> Statement:
    """Say it right in a new row that names the one it corrects; the first words stay (design, write-once).

    Colleagues whom a corrected note names with @ for the first time are told.
    """
    case = Complaint.objects.locked(pk=case_id)
    wrong = case.statements.filter(pk=statement_id).first()
    own_note = wrong is not None and wrong.kind == StatementKind.NOTE and wrong.said_by_id == by.pk
    demand_right(by, "note.write" if own_note else "case.edit_facts", case, at=at)
    mentioned = found_in(words) if wrong is not None and wrong.kind == StatementKind.NOTE else []
    demand(
        _violations_in_correcting(wrong), _violations_in_words(words), violations_in_mentions(case, mentioned, at=at)
    )
    with signed(by=by, reason="statement.corrected", at=at):
        kind, side = StatementKind(wrong.kind), Side(wrong.side)
        right = state_words(case, kind, words, by=by, at=at, side=side, corrects=wrong)
        write_mentions(case, right, mentioned, by=by, at=at, told=wrong)
    return right


def _violations_in_correcting(wrong):
    if wrong is None:
        yield Violation("statement.not_of_this_case", field="statement_id")
    elif wrong.kind not in CORRECTABLE:
        yield Violation("statement.stands", field="statement_id")
    elif wrong.corrections.exists():
        yield Violation("statement.corrected_already", field="statement_id")


FACT_FIELDS = (
    "occurred_at",
    "reason",
    "claim_type",
    "return_branch",
    "demanded_remedy",
    "demanded_amount",
    "emotion",
    "simple_matter",
    "affects_others",
    "opinion_risk",
)
"""The coded facts of a case that its handler may put right while no decision is pending."""


@transaction.atomic
def edit_facts(
    case_id: int,
    *,
    by,
    at: datetime,
    reason: str,
    version: int | None = None,
    stated_reason: str | None = None,
    **facts,
) -> Complaint:
    """Put coded facts right, never the state. With a reason; not while a decision is pending or the case has ended.

    `reason` says why it is changed; `stated_reason` is the customer's own, as a code. `version` is the one that
    was seen; a newer row raises CaseMovedOn.
    """
    if stated_reason is not None:
        facts["reason"] = stated_reason
    unknown = set(facts) - set(FACT_FIELDS)
    if unknown:
        raise TypeError(f"no facts of a case: {sorted(unknown)}")
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "case.edit_facts", case, at=at)
    case.expect_version(version)
    demand(_violations_in_editing(case, reason, facts, at))
    with signed(by=by, reason="case.facts_edited", at=at):
        for name, value in facts.items():
            setattr(case, name, value)
        case.act_reason = state_words(case, StatementKind.REASON, reason, by=by, at=at)
        case.save()
    return case


def _violations_in_editing(case, reason, facts, at):
    if not case.is_open:
        yield Violation("case.ended", params={"state": case.get_state_display()})
    if case.has_decision_pending():
        yield Violation("case.decision_pending")
    if not reason.strip():
        yield Violation("reason.missing", field="reason")
    occurred_at = facts.get("occurred_at")
    if occurred_at is not None and occurred_at > at:
        yield Violation("registration.happened_after_receipt", field="occurred_at")
    amount = facts.get("demanded_amount")
    if amount is not None and amount <= 0:
        yield Violation("registration.amount_not_positive", field="demanded_amount")
