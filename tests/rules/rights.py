"""Entitlements and remedies of the national pack as values, and facts of a case as they are typed."""

from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

from policies.packs import read_pack
from policies.reading import read_body
from policies.rules.answering import Answer, CaseFacts
from policies.rules.entitlement import answer_to
from policies.rules.working_time import working_time_of
from policies.values import KINDS, Entitlement, RemedyRule
from policies.values.case_facts import read_fact

RECEIVED = date(2026, 10, 5)


def day(number: int) -> str:
    """So many days after the goods were signed for."""
    return (RECEIVED + timedelta(days=number)).isoformat()


@cache
def of_kind(kind: str) -> dict[str, Entitlement | RemedyRule]:
    """The rows of a kind by code."""
    rows = [row for row in read_pack("cn-national").rows if row.kind == kind and not row.closing]
    return {row.key: read_body(KINDS[kind], number, row.key, row.body) for number, row in enumerate(rows, start=1)}


def facts(today: str, **said: str) -> CaseFacts:
    """Facts on a day, each as its text."""
    known = {name: read_fact(name, text) for name, text in said.items()}
    calendars = of_kind("calendar")
    return CaseFacts(date.fromisoformat(today), MappingProxyType(known), lambda code: working_time_of(calendars[code]))


def answered(code: str, today: str, **said: str) -> Answer:
    """The answer of one entitlement of the pack."""
    return answer_to(of_kind("entitlement")[code], facts(today, **said))
