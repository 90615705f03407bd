"""Which facts of a case may be stated by hand, and what is wrong with one that is typed."""

from collections.abc import Iterator, Mapping
from datetime import date

from casemgmt.violations import Violation
from policies.values.case_facts import FACTS, read_fact

RECORDED_ELSEWHERE = frozenset(
    {"category", "responsible_party", "damage_cause", "verdict", "conduct", "signed_by", "price", "received_on"}
)
"""Facts with a record of their own: the order, the finding, the judgement. They are put right there."""

STATABLE = tuple(name for name in FACTS if name not in RECORDED_ELSEWHERE)


def violations_in_facts(facts: Mapping[str, str], *, today: date) -> Iterator[Violation]:
    """Something is stated, each fact may be stated by hand and reads as one; what happened lies not ahead.

    An empty text takes a fact back.
    """
    if not facts:
        yield Violation("fact.nothing_stated")
    for name, text in facts.items():
        if name not in STATABLE:
            yield Violation("fact.not_statable", params={"fact": name})
            continue
        if not text:
            continue
        try:
            value = read_fact(name, text)
        except ValueError:
            yield Violation("fact.unreadable", field=name, params={"fact": name})
            continue
        if isinstance(value, date) and value > today:
            yield Violation("fact.day_ahead", field=name, params={"fact": name})
