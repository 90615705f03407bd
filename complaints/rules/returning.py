"""Goods that go back: whether they may, what must be looked at, and to the cent what follows (S-RET)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from casemgmt.violations import Violation

CENT = Decimal("0.01")
MONEY_BACK = frozenset({"return", "full_refund"})
OTHER_GOODS = frozenset({"return", "exchange_new", "exchange_other"})

OWED, NOT_OWED, UNKNOWN = "owed", "not_owed", "unknown"


def gives(remedies: Iterable[str], kind: str) -> bool:
    """Whether a right with these remedies gives what is asked for; without a kind, whether it gives anything back."""
    if not kind:
        return bool((MONEY_BACK | OTHER_GOODS) & set(remedies))
    return bool((OTHER_GOODS if kind == "exchange" else MONEY_BACK) & set(remedies))


@dataclass(frozen=True, slots=True)
class AskedFacts:
    """What is asked for, and what the order says. `left` is the quantity that no other return holds."""

    kind_known: bool
    entrance_known: bool
    right_known: bool
    order_known: bool
    paid: Decimal | None
    quantity: int | None
    left: int
    reason: str
    items: str


def violations_in_asking(facts: AskedFacts) -> Iterator[Violation]:
    """What is missing before a return can be written down; nothing is decided yet (S-RET-05, 12)."""
    if not facts.kind_known:
        yield Violation("return.kind_unknown", field="kind")
    if not facts.entrance_known:
        yield Violation("return.entrance_unknown", field="entrance")
    if not facts.right_known:
        yield Violation("return.right_unknown", field="entitlement")
    if not facts.items.strip():
        yield Violation("return.items_missing", field="items")
    if not facts.reason.strip():
        yield Violation("return.reason_missing", field="reason")
    if not facts.order_known or facts.paid is None:
        yield Violation("return.price_unknown")
    elif facts.paid <= 0:
        yield Violation("return.nothing_paid")
    elif facts.quantity is None or facts.quantity < 1:
        yield Violation("return.quantity_missing", field="quantity")
    elif facts.quantity > facts.left:
        yield Violation("return.more_than_bought", field="quantity", params={"left": facts.left})


def price_of(paid: Decimal, *, quantity: int, bought: int, held: Decimal, held_quantity: int) -> Decimal:
    """The price paid for so many of what was bought, to the cent; the last of them take what is left over.

    `held` is the price of the `held_quantity` that other returns of the order hold: the sum of all never differs
    from what was paid (S-RET-10).
    """
    if held_quantity + quantity >= bought:
        return paid - held
    return (paid * quantity / bought).quantize(CENT, ROUND_HALF_UP)


def amount_to_refund(value: Decimal, *, paid: Decimal, refunded: Decimal) -> Decimal:
    """The price of the goods that came back, and never more than is left of what was paid."""
    return max(min(value, paid - refunded), Decimal(0))


def violations_in_freight(amount: Decimal | None) -> Iterator[Violation]:
    """What was laid out is a sum above nothing, in whole cents."""
    if amount is None or amount <= 0 or amount != amount.quantize(CENT):
        yield Violation("return.freight_amount", field="amount")


def decide_refund_only_by(asked_at: datetime, *, day_begins_at: datetime, hour: int) -> datetime:
    """Until when a request for money without goods is decided: the policy's hour of the day (S-SLA-10, WC-24).

    What is asked after that hour is decided by the same hour of the next day. `day_begins_at` is local midnight.
    """
    due = day_begins_at + timedelta(hours=hour)
    return due if asked_at < due else due + timedelta(days=1)


def violations_in_agreeing(*, verdict: str | None, freight: str) -> Iterator[Violation]:
    """A right that does not give it is no ground to agree on; without a right somebody says who pays the freight.

    `verdict` is what the right says now, None when the shop agrees beyond the law.
    """
    if verdict == NOT_OWED:
        yield Violation("return.not_owed_by_this")
    if verdict is None and not freight:
        yield Violation("return.freight_missing", field="freight")


def violations_in_declining(
    *, verdict: str | None, missing: Iterable[str], other_rights: Iterable[str], words: str
) -> Iterator[Violation]:
    """Nothing that a right gives is declined, and nothing before the facts are known (art. 25, Order 73 art. 9)."""
    if not words.strip():
        yield Violation("return.decision_missing", field="words")
    if verdict == OWED:
        yield Violation("return.owed_by_law")
    elif verdict == UNKNOWN:
        yield Violation("return.facts_missing", params={"facts": ", ".join(missing)})
    for right in other_rights:
        yield Violation("return.owed_by_another_right", params={"right": right})


def violations_in_sending(*, waybill_number: str, at_counter: bool) -> Iterator[Violation]:
    """Goods on their way can be traced; what is handed over a counter needs no waybill."""
    if not at_counter and not waybill_number.strip():
        yield Violation("return.waybill_missing", field="waybill_number")


def violations_in_moment(moment: datetime, *, since: datetime | None, at: datetime, field: str) -> Iterator[Violation]:
    """Something that happened lies before now and after what came before it."""
    if moment > at:
        yield Violation("return.in_future", field=field)
    elif since is not None and moment < since:
        yield Violation("return.before_the_step_before", field=field)


def checks_for(checklist: Iterable, product_type: str | None) -> tuple[str, ...]:
    """What is looked at: that all is there, always, and the lines of the right for these goods (S-RET-06, 07, 09)."""
    lines = [
        line.fact for line in checklist if not line.product_types or product_type in (None, "", *line.product_types)
    ]
    return tuple(dict.fromkeys(["complete", *lines]))


def violations_in_inspecting(
    checks: Iterable[str], answers: Mapping[str, bool | None], *, note: str, evidence_known: bool | None
) -> Iterator[Violation]:
    """Every line answered; what fails has words and a piece of evidence. `evidence_known`: None when none is named."""
    checks = tuple(checks)
    for fact in checks:
        if answers.get(fact) is None:
            yield Violation("return.check_unanswered", field=f"check_{fact}", params={"fact": fact})
    if any(answers.get(fact) is False for fact in checks):
        if not note.strip():
            yield Violation("return.failing_without_words", field="note")
        if evidence_known is None:
            yield Violation("return.failing_without_evidence", field="evidence_id")
    if evidence_known is False:
        yield Violation("return.evidence_of_another_case", field="evidence_id")


def violations_in_accepting(*, failed: Iterable[str], words: str) -> Iterator[Violation]:
    """What failed may still be accepted, and then it is said why."""
    if any(failed) and not words.strip():
        yield Violation("return.accepted_although", field="words")


def violations_in_failing(*, failed: Iterable[str], words: str) -> Iterator[Violation]:
    """Not accepted only for a line that failed, in words that the customer is told."""
    if not any(failed):
        yield Violation("return.nothing_failed")
    if not words.strip():
        yield Violation("return.decision_missing", field="words")


def violations_in_refund(*, amount: Decimal, standing: bool, kind_known: bool) -> Iterator[Violation]:
    """Once, of something, and of a kind that policies know. `standing`: a refund of it is under way or paid."""
    if standing:
        yield Violation("return.refund_under_way")
    if amount <= 0:
        yield Violation("return.nothing_left_to_refund")
    if not kind_known:
        yield Violation("return.no_kind_of_refund")
