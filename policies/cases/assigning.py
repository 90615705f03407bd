"""Cases of packs about assignment: facts of a case and of people, and who must be given it."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from policies.rules.assigning import Candidate, CaseToGive, choose

DEFAULT_AT = "2026-03-02T12:00:00+08:00"


def _give(facts: dict, policies_on: Callable[[datetime], object]) -> tuple[object, object]:
    """Who of `people` gets the case; each is a name with cases, points and how many hours ago the last one came."""
    at = datetime.fromisoformat(facts.get("at", DEFAULT_AT))
    policy = policies_on(at).assignments["default"]
    told = {name: facts[name] for name in ("category", "product", "shop", "language") if name in facts}
    case = CaseToGive(
        severity=facts.get("severity", "normal"),
        channel=facts.get("channel", "phone"),
        is_safety=facts.get("safety", False),
        received_at=at,
        **told,
    )
    people = [
        Candidate(
            person=number,
            username=name,
            cases=known.get("cases", 0),
            points=known.get("points", 0),
            last_given_at=at - timedelta(hours=known["hours_ago"]) if "hours_ago" in known else None,
            out="away" if known.get("away") else "",
        )
        for number, (name, known) in enumerate(facts["people"].items(), start=1)
    ]
    chosen = choose(case, people, policy).person
    names = {person.person: person.username for person in people}
    return facts["to"], names.get(chosen, "nobody")


QUESTIONS_OF_ASSIGNING: Mapping[str, Callable] = MappingProxyType({"give": _give})
