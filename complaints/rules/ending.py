"""Ending a case early: taken back by the customer, or entered in error (design section 4, S-INT-17)."""

from collections.abc import Iterator
from dataclasses import dataclass

from casemgmt.violations import Violation

VOID_REASONS = frozenset({"entered_in_error", "spam", "test", "mere_enquiry"})


@dataclass(frozen=True, slots=True)
class WithdrawalFacts:
    """What stands when a customer takes a complaint back. Numbers are those of promises and grants."""

    open_promises: frozenset[int] = frozenset()
    unpaid_grants: frozenset[int] = frozenset()
    safety_unacknowledged: bool = False
    judged: bool = False
    summed_up: bool = False
    scheduled_calls: int = 0


def violations_in_open_ends(facts: WithdrawalFacts) -> Iterator[Violation]:
    """A safety inquiry goes on, so somebody has taken it on; what was judged is summed up; no call waits."""
    if facts.safety_unacknowledged:
        yield Violation("withdraw.safety_unacknowledged")
    if facts.judged and not facts.summed_up:
        yield Violation("withdraw.summary_missing")
    if facts.scheduled_calls:
        yield Violation("withdraw.scheduled_call_open", params={"number": facts.scheduled_calls})


def violations_in_withdrawal(
    facts: WithdrawalFacts, *, words: str, released: dict[int, str], cancelled: frozenset[int]
) -> Iterator[Violation]:
    """The customer's own word; each promise kept or released in their words, each unpaid grant cancelled by name.

    What is missing about promise 7 is said at the field "released_7".
    """
    if not words.strip():
        yield Violation("withdraw.words_missing", field="words")
    for number in sorted(facts.open_promises - set(released)):
        yield Violation("withdraw.promise_open", field=f"released_{number}", params={"commitment": number})
    for number, said in sorted(released.items()):
        if number not in facts.open_promises:
            yield Violation("withdraw.promise_unknown", field="released", params={"commitment": number})
        elif not said.strip():
            yield Violation("withdraw.release_words_missing", field=f"released_{number}", params={"commitment": number})
    for number in sorted(facts.unpaid_grants - cancelled):
        yield Violation("withdraw.grant_unnamed", field="cancelled", params={"grant": number})
    for number in sorted(cancelled - facts.unpaid_grants):
        yield Violation("withdraw.grant_unknown", field="cancelled", params={"grant": number})


@dataclass(frozen=True, slots=True)
class VoidFacts:
    """What would speak against voiding."""

    promised: bool = False
    paid: bool = False
    money_pending: bool = False
    leads_others: bool = False
    scheduled_calls: int = 0


def violations_in_voiding(facts: VoidFacts) -> Iterator[Violation]:
    """Nothing promised, paid or waiting for money; no other case hangs on it; no call waits."""
    if facts.promised:
        yield Violation("void.promised")
    if facts.paid:
        yield Violation("void.paid")
    if facts.money_pending:
        yield Violation("void.money_pending")
    if facts.leads_others:
        yield Violation("void.leads_others")
    if facts.scheduled_calls:
        yield Violation("void.scheduled_call_open", params={"number": facts.scheduled_calls})


def violations_in_void_reason(*, why: str, reason: str) -> Iterator[Violation]:
    """One of the reasons there are, and in words; that a complaint seems unreasonable is none (S-INT-17)."""
    if why not in VOID_REASONS:
        yield Violation("void.why_unknown", field="why")
    if not reason.strip():
        yield Violation("void.reason_missing", field="reason")


def violations_in_reason(reason: str, *, code: str) -> Iterator[Violation]:
    """A supervisor's act is told why."""
    if not reason.strip():
        yield Violation(code, field="reason")
