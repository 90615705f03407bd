"""The cases of a pack about calling: may one call, when next, what follows an attempt, is a plan needed."""

from collections.abc import Callable, Mapping
from datetime import datetime, time
from types import MappingProxyType

from policies.rules.call_plans import CallFacts, why_a_plan_is_needed
from policies.rules.calling import CallingWish, next_moment_to_call, step_after, violations_in_call


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _asked(facts: dict, policies_on: Callable):
    at = _instant(facts["at"])
    window = policies_on(at).calling_windows[facts.get("window", "default")]
    calls = [_instant(call) for call in facts.get("calls", [])]
    wish = CallingWish(
        facts.get("opted_out", False),
        facts.get("zone", ""),
        time.fromisoformat(facts["from"]) if "from" in facts else None,
        time.fromisoformat(facts["until"]) if "until" in facts else None,
    )
    return at, window, calls, wish


def _call(facts: dict, policies_on: Callable) -> tuple[object, object]:
    at, window, calls, wish = _asked(facts, policies_on)
    return facts["breaks"], [violation.code for violation in violations_in_call(at, window, calls, wish=wish)]


def _next_call(facts: dict, policies_on: Callable) -> tuple[object, object]:
    at, window, calls, wish = _asked(facts, policies_on)
    found = next_moment_to_call(at, window, calls, wish=wish).at
    return _instant(facts["is"]) if facts["is"] else None, found


def _attempt(facts: dict, policies_on: Callable) -> tuple[object, object]:
    ladder = policies_on(_instant(facts["at"])).attempt_ladders[facts.get("ladder", "default")]
    step = step_after(ladder, facts["outcome"], facts["attempt"])
    return facts["does"], step.deed if step else "nothing"


def _call_plan(facts: dict, policies_on: Callable) -> tuple[object, object]:
    policy = policies_on(_instant(facts["at"])).call_plans[facts.get("policy", "default")]
    case = CallFacts(
        state=facts.get("state", "assessing"),
        severity=facts.get("severity", "normal"),
        emotion=facts.get("emotion", ""),
        channel=facts.get("channel", "qianniu"),
        is_legal=facts.get("legal", False),
        opinion_risk=facts.get("opinion_risk", False),
        purpose=facts.get("purpose", "general"),
    )
    return facts["needs"], list(why_a_plan_is_needed(case, policy))


QUESTIONS_OF_CALLS: Mapping[str, Callable] = MappingProxyType(
    {"call": _call, "next_call": _next_call, "attempt": _attempt, "call_plan": _call_plan}
)
