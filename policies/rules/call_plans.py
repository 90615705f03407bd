"""When a call needs a plan before anybody dials: it is the last resort in a dispute, or the case is hot (S-COM-09)."""

from dataclasses import dataclass

from policies.values import CallPlanPolicy


@dataclass(frozen=True, slots=True)
class CallFacts:
    """Where the case stands, and what the call is for; codes as the case has them."""

    state: str
    severity: str
    emotion: str
    channel: str
    is_legal: bool
    opinion_risk: bool
    purpose: str


def why_a_plan_is_needed(facts: CallFacts, policy: CallPlanPolicy) -> tuple[str, ...]:
    """What makes a plan necessary, each as the name of the fact; empty where none is."""
    if facts.purpose in policy.exempt_purposes:
        return ()
    found = {
        "state": facts.state in policy.states,
        "severity": facts.severity in policy.severities,
        "emotion": facts.emotion in policy.emotions,
        "channel": facts.channel in policy.channels,
        "legal": facts.is_legal and policy.when_legal,
        "opinion_risk": facts.opinion_risk and policy.when_opinion_risk,
    }
    return tuple(name for name, holds in found.items() if holds)
