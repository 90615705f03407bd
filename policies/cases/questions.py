"""The test cases of a pack: facts and the expected answer, asked of the same rules that decide real cases.

CI runs them, and a pack is loaded only when they hold.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Protocol

from casemgmt.violations import Violation
from policies.cases.assigning import QUESTIONS_OF_ASSIGNING
from policies.cases.calling import QUESTIONS_OF_CALLS
from policies.cases.entitlements import QUESTIONS_OF_RIGHTS
from policies.cases.phrases import QUESTIONS_OF_WORDING
from policies.rules.authority import Spent, role_that_may_grant
from policies.rules.clocks import Extension, Pause, clocks_that_apply, due_at, levels_due
from policies.rules.promotions import promotions_on
from policies.rules.regions import holds_in
from policies.rules.working_time import working_time_of
from policies.values import (
    AuthorityLimits,
    Calendar,
    CallingWindow,
    ClockPolicy,
    EscalationSteps,
    LegalReference,
    Promotion,
)
from policies.words.cases import about


class Policies(Protocol):
    """What the cases need to know, each by code."""

    calendars: Mapping[str, Calendar]
    clocks: Mapping[str, ClockPolicy]
    escalations: Mapping[str, EscalationSteps]
    calling_windows: Mapping[str, CallingWindow]
    limits: Mapping[str, AuthorityLimits]
    legal_references: Mapping[str, LegalReference]
    promotions: Mapping[str, Promotion]


def violations_in_cases(cases: Iterable[dict], policies_on: Callable[[datetime], Policies]) -> Iterator[Violation]:
    """Every case whose answer is not the expected one, told in English as commands and checks of packs are.

    `policies_on` gives what is in force at an instant.
    """
    for case in cases:
        subject = next(name for name in case if name != "says")
        expected, found = QUESTIONS[subject](case[subject], policies_on)
        if expected != found:
            params = {"says": about(case, "en"), "expected": str(expected), "found": str(found)}
            yield Violation("policy.case_failed", params=params)


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _due(facts: dict, policies_on: Callable[[datetime], Policies]) -> tuple[object, object]:
    starts = _instant(facts["starts"])
    policies = policies_on(starts)
    clock = _applying(facts, policies)[facts["clock"]]
    pauses = [
        Pause(pause["category"], _instant(pause["from"]), _instant(pause["until"])) for pause in facts.get("pauses", [])
    ]
    extensions = [Extension(amount, starts) for amount in facts.get("extensions", [])]
    found = due_at(clock, starts, working_time_of(policies.calendars[clock.calendar]), pauses, extensions)
    return _instant(facts["is"]), found


def _levels(facts: dict, policies_on: Callable[[datetime], Policies]) -> tuple[object, object]:
    due = _instant(facts["due"])
    policies = policies_on(due)
    steps = policies.escalations[facts["steps"]]
    moments = levels_due(steps, due, _instant(facts["at"]), working_time_of(policies.calendars[steps.calendar]))
    return facts["are"], [moment.level for moment in moments]


def _grant(facts: dict, policies_on: Callable[[datetime], Policies]) -> tuple[object, object]:
    at = _instant(facts.get("at", "2026-03-02T12:00:00+08:00"))
    spent = Spent(
        on_case=Decimal(facts.get("on_case", "0")),
        on_customer=tuple((date.fromisoformat(day), Decimal(amount)) for day, amount in facts.get("on_customer", [])),
        by_requester_today=Decimal(facts.get("by_requester_today", "0")),
        by_approver_today=Decimal(facts.get("by_approver_today", "0")),
    )
    limits = policies_on(at).limits
    authority = role_that_may_grant(
        Decimal(facts["amount"]),
        facts.get("currency") or min(limit.currency for limit in limits.values()),
        spent,
        limits.values(),
        requester_roles=facts["roles"],
        on=at.date(),
    )
    return facts["rung"], authority.limit.code if authority.limit else "nobody"


def _clocks(facts: dict, policies_on: Callable[[datetime], Policies]) -> tuple[object, object]:
    return facts["are"], sorted(_applying(facts, policies_on(_instant(facts["at"]))))


def _applying(facts: dict, policies: Policies) -> Mapping[str, ClockPolicy]:
    return clocks_that_apply(
        policies.clocks.values(),
        facts.get("event", "case.registered"),
        severity=facts.get("severity"),
        category=facts.get("category"),
        region=facts.get("region"),
        route=facts.get("route"),
        body=facts.get("body"),
        reason=facts.get("reason"),
    )


def _law(facts: dict, policies_on: Callable[[datetime], Policies]) -> tuple[object, object]:
    law = policies_on(_instant(facts["at"])).legal_references.get(facts["holds"])
    return facts["is"], law is not None and holds_in(law.regions, facts.get("region"))


def _promotions(facts: dict, policies_on: Callable[[datetime], Policies]) -> tuple[object, object]:
    at = _instant(facts["at"])
    found = promotions_on(policies_on(at).promotions.values(), at.date())
    return facts["are"], [promotion.code for promotion in found]


QUESTIONS: Mapping[str, Callable] = MappingProxyType(
    {
        "due": _due,
        "levels": _levels,
        "grant": _grant,
        "clocks": _clocks,
        "law": _law,
        **QUESTIONS_OF_ASSIGNING,
        "promotions": _promotions,
        **QUESTIONS_OF_CALLS,
        **QUESTIONS_OF_RIGHTS,
        **QUESTIONS_OF_WORDING,
    }
)
