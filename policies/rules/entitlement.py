"""What a customer is owed by law: amount or yes or no, with the facts used, the facts missing and the arithmetic.

Pure. The figures are rows of policy, marked to be checked with counsel; an answer is a reading of them, no judgement.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from casemgmt.violations import Violation
from policies.rules.answering import (
    Answer,
    CaseFacts,
    Trail,
    last_day,
    last_day_of_months,
    not_by_the_customer,
    within,
)
from policies.rules.regions import holds_in
from policies.rules.returns import return_without_reason
from policies.values import Entitlement

ASKED_ON = "demanded_on"


def answer_to(entitlement: Entitlement, facts: CaseFacts) -> Answer:
    """What this entitlement gives on these facts. The same facts and the same row give the same answer for ever."""
    return RULES[entitlement.rule](entitlement, facts)


def answers_to(
    entitlements: Iterable[Entitlement], facts: CaseFacts, region: str = ""
) -> list[tuple[Entitlement, Answer]]:
    """Every entitlement that binds a shop of this region with its answer, in their order."""
    ordered = sorted(entitlements, key=lambda entitlement: (entitlement.order, entitlement.code))
    return [
        (entitlement, answer_to(entitlement, facts)) for entitlement in ordered if holds_in(entitlement.regions, region)
    ]


def _faulty_in_days(entitlement: Entitlement, facts: CaseFacts) -> Answer:
    trail = Trail(facts)
    trail.demand_yes(entitlement.conditions)
    not_by_the_customer(trail)
    start, asked = trail.ask(entitlement.starts_from), trail.ask(ASKED_ON)
    until = None if start is None else trail.end_of_period(last_day(start, entitlement.days), entitlement.calendar)
    within(trail, start, until, asked)
    return trail.answer(amount=trail.peek("price") if entitlement.rule == "return_of_faulty" else None, until=until)


def _warranty(entitlement: Entitlement, facts: CaseFacts) -> Answer:
    trail = Trail(facts)
    trail.demand_yes(entitlement.conditions)
    not_by_the_customer(trail)
    start, asked = trail.ask(entitlement.starts_from), trail.ask(ASKED_ON)
    if start is None or asked is None:
        return trail.answer()
    least = trail.end_of_period(last_day_of_months(start, entitlement.months), entitlement.calendar)
    if asked <= least:
        until = least
    else:
        longest = last_day_of_months(start, entitlement.months_most or entitlement.months)
        is_between = asked <= longest
        printed = trail.ask("warranty_months") if is_between else trail.peek("warranty_months")
        if printed is None:
            until = longest
            if is_between:
                return trail.answer(until=until)
        else:
            last = last_day_of_months(start, max(printed, entitlement.months))
            until = trail.end_of_period(last, entitlement.calendar)
    within(trail, start, until, asked)
    return trail.answer(until=until)


def _repair_in_time(entitlement: Entitlement, facts: CaseFacts) -> Answer:
    trail = Trail(facts)
    trail.demand_yes(entitlement.conditions)
    return _overdue(trail, entitlement, "repaired_on")


def _delay(entitlement: Entitlement, facts: CaseFacts) -> Answer:
    trail = Trail(facts)
    trail.demand_yes(entitlement.conditions)
    return _overdue(trail, entitlement, entitlement.ends_with)


def _overdue(trail: Trail, entitlement: Entitlement, done: str) -> Answer:
    """More days than allowed have gone by until it was done, or until today while it is not."""
    start = trail.ask(entitlement.starts_from)
    if start is None:
        return trail.answer()
    ended = trail.peek(done) or trail.today
    until = trail.end_of_period(last_day(start, entitlement.days), entitlement.calendar)
    params = {"start": start, "ended": ended, "days": (ended - start).days, "allowed": entitlement.days}
    if ended > until:
        trail.step(Violation("entitlement.took_too_long", params=params))
    else:
        trail.against(Violation("entitlement.still_in_time", params=params))
    return trail.answer(until=until)


def _failed_repairs(entitlement: Entitlement, facts: CaseFacts) -> Answer:
    trail = Trail(facts)
    trail.demand_yes(entitlement.conditions)
    failed, days = trail.ask("failed_repairs"), trail.ask("repair_days")
    is_enough = (failed or 0) >= entitlement.repairs or (days or 0) >= entitlement.days
    params = {
        "failed": "?" if failed is None else failed,
        "days": "?" if days is None else days,
        "repairs": entitlement.repairs,
        "most_days": entitlement.days,
    }
    if is_enough:
        trail.step(Violation("entitlement.repairs_failed", params=params))
        if not any(facts.known.get(name) is None for name in entitlement.conditions):
            trail.decided()
    elif failed is not None and days is not None:
        trail.against(Violation("entitlement.repairs_not_enough", params=params))
    return trail.answer()


def _multiple(entitlement: Entitlement, facts: CaseFacts) -> Answer:
    """The larger of so many times the price and so many times the loss, and at least the least amount."""
    trail = Trail(facts)
    trail.demand_yes(entitlement.conditions)
    sums: list[Decimal] = []
    by_price = entitlement.price_times is not None
    for name, times, ask in (
        ("price", entitlement.price_times, trail.ask),
        ("loss", entitlement.loss_times, trail.peek if by_price else trail.ask),
    ):
        base = ask(name) if times is not None else None
        if base is not None:
            sums.append(base * times)
            params = {"times": times, "base": base, "sum": base * times, "currency": entitlement.currency}
            trail.step(
                Violation("entitlement.times_the_price", params=params)
                if name == "price"
                else Violation("entitlement.times_the_loss", params=params)
            )
    amount = max(sums, default=None)
    if amount is not None and entitlement.at_least is not None and amount < entitlement.at_least:
        params = {"sum": amount, "least": entitlement.at_least, "currency": entitlement.currency}
        trail.step(Violation("entitlement.raised_to_the_least", params=params))
        amount = entitlement.at_least
    if entitlement.is_ceiling and amount is not None:
        trail.step(Violation("entitlement.up_to", params={"sum": amount, "currency": entitlement.currency}))
    return trail.answer(amount=amount)


def _refund_in_time(entitlement: Entitlement, facts: CaseFacts) -> Answer:
    trail = Trail(facts)
    trail.demand_yes(entitlement.conditions)
    start = trail.ask(entitlement.starts_from)
    if start is None:
        return trail.answer()
    until = trail.end_of_period(last_day(start, entitlement.days), entitlement.calendar)
    refunded: date | None = trail.peek(entitlement.ends_with)
    params = {"start": start, "until": until, "ended": refunded or trail.today}
    if refunded is not None:
        code = "entitlement.refunded_in_time" if refunded <= until else "entitlement.refunded_late"
        trail.against(Violation(code, params=params))
    elif trail.today > until:
        trail.step(Violation("entitlement.refund_is_late", params=params))
    else:
        trail.step(Violation("entitlement.refund_until", params=params))
    return trail.answer(amount=trail.peek("price"), until=until)


def _burden_of_proof(entitlement: Entitlement, facts: CaseFacts) -> Answer:
    trail = Trail(facts)
    trail.demand_yes(entitlement.conditions)
    start, asked = trail.ask(entitlement.starts_from), trail.ask(ASKED_ON)
    last = last_day_of_months(start, entitlement.months) if start is not None else None
    until = None if last is None else trail.end_of_period(last, entitlement.calendar)
    within(trail, start, until, asked)
    return trail.answer(until=until)


RULES: Mapping[str, Callable[[Entitlement, CaseFacts], Answer]] = MappingProxyType(
    {
        "return_without_reason": return_without_reason,
        "return_of_faulty": _faulty_in_days,
        "guarantee_step": _faulty_in_days,
        "warranty": _warranty,
        "repair_in_time": _repair_in_time,
        "failed_repairs": _failed_repairs,
        "delay": _delay,
        "multiple": _multiple,
        "refund_in_time": _refund_in_time,
        "burden_of_proof": _burden_of_proof,
    }
)
