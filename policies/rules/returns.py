"""The seven-day return without a reason: who may, which goods, in which condition, until when (消保法 art. 25)."""

from casemgmt.violations import Violation
from policies.rules.answering import Answer, CaseFacts, Trail, last_day, within
from policies.values import Entitlement

SHOPS_OWN = "excluded_by_shop"


def return_without_reason(entitlement: Entitlement, facts: CaseFacts) -> Answer:
    """A remote sale, goods that the law does not exclude, still fit to be sold, asked for in time.

    Classes that the buyer confirmed at the purchase are excluded; a class that the shop alone excludes never is, and
    a return that the shop promised binds even for excluded goods (Order 73 art. 9, SPC 2022 art. 2 and 3). Opening
    the parcel to look at the goods does not defeat it. While nobody has asked yet, today is taken.
    """
    trail = Trail(facts)
    trail.demand_yes(entitlement.conditions)
    _demand_class(trail, entitlement)
    _demand_condition(trail, entitlement)
    for name in entitlement.disregarded:
        if trail.peek(name) is True:
            trail.step(Violation("entitlement.disregarded", params={"fact": name}))
    start = trail.ask(entitlement.starts_from)
    until = None if start is None else trail.end_of_period(last_day(start, entitlement.days), entitlement.calendar)
    within(trail, start, until, _asked_on(trail, facts, until))
    return trail.answer(amount=trail.peek("price"), until=until)


def _demand_class(trail: Trail, entitlement: Entitlement) -> None:
    if trail.peek("return_promised") is True:
        trail.step(Violation("entitlement.return_promised"))
        return
    goods = trail.ask("goods_class")
    if goods in entitlement.excluded:
        trail.against(Violation("entitlement.class_excluded", params={"goods": goods}))
    elif goods in entitlement.excluded_if_confirmed:
        if trail.ask("exclusion_confirmed") is True:
            trail.against(Violation("entitlement.class_excluded_as_confirmed", params={"goods": goods}))
    elif goods == SHOPS_OWN:
        trail.step(Violation("entitlement.exclusion_by_shop_does_not_count"))


def _demand_condition(trail: Trail, entitlement: Entitlement) -> None:
    checks = entitlement.checklist
    kinds = {kind for check in checks for kind in check.product_types}
    kind = trail.ask("product_type") if kinds else None
    for check in checks:
        applies = not check.product_types or kind in check.product_types
        if applies and trail.ask(check.fact) is False:
            trail.against(Violation("entitlement.not_fit_for_resale", params={"fact": check.fact}))


def _asked_on(trail: Trail, facts: CaseFacts, until):
    if until is None or facts.known.get("return_asked_on") is not None:
        return trail.ask("return_asked_on")
    if facts.today <= until:
        return facts.today
    return trail.ask("return_asked_on")
