"""The own cases of a draft: added, changed, taken out, or brought in line with what is meant to change."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.timezone import localtime

from casemgmt.ledger import signed
from casemgmt.violations import Violation, demand
from policies.actions.changing import locked_row
from policies.cases.own import CaseResult, asked, book_with, question_of
from policies.models import PolicyRow, PolicyState
from policies.rules.activation import violations_in_move
from policies.words.cases import about

MOST_CASES = 500


@transaction.atomic
def set_case(policy_id: int, *, by, at: datetime, case: dict, number: int | None = None) -> PolicyRow:
    """Add a case to a draft, or write another in its place (`number` counts from 0).

    A case says what it is about, asks one question and holds the answer that is expected. RuleBroken when it
    cannot be asked at all; whether the answer is right is asked when the draft is tried.
    """
    row = _draft(policy_id)
    demand(_violations_in_number(row, number), _violations_in_case(row, case))
    cases = list(row.cases)
    if number is None:
        cases.append(case)
    else:
        cases[number] = case
    demand([Violation("policy.too_many_cases", params={"most": MOST_CASES})] if len(cases) > MOST_CASES else [])
    return _saved(row, cases, "policy.case_set", by, at)


@transaction.atomic
def drop_case(policy_id: int, *, by, at: datetime, number: int) -> PolicyRow:
    """Take a case out of a draft; history keeps it."""
    row = _draft(policy_id)
    demand(_violations_in_number(row, number))
    return _saved(row, [case for place, case in enumerate(row.cases) if place != number], "policy.case_dropped", by, at)


@transaction.atomic
def expect_what_was_found(policy_id: int, *, by, at: datetime, numbers: list[int] | None = None) -> PolicyRow:
    """The draft means to change these answers: the cases that fail (of `numbers`, else all) expect what was found.

    A case that cannot be asked stays as it is. The second time changes nothing.
    """
    row = _draft(policy_id)
    cases = list(row.cases)
    for result in asked(row.cases, book_with(row)):
        if not result.holds and not result.fault and (numbers is None or result.number in numbers):
            cases[result.number] = _expecting(row.cases[result.number], result)
    return row if cases == row.cases else _saved(row, cases, "policy.cases_meant", by, at)


def _expecting(case: dict, result: CaseResult) -> dict:
    """The case with the found answer where the expected one stood."""
    names = [name for name, said in result.facts.items() if _is_answer(said, result.expected)]
    name = next((name for name in ("is", "are", "does", "breaks") if name in names), names[-1] if names else None)
    if name is None:
        return case
    return case | {result.question: dict(result.facts) | {name: _written(result.found)}}


def _is_answer(said: object, expected: object) -> bool:
    return said == expected or str(said) == str(_written(expected)) or _instant_in(said) == expected


def _instant_in(said: object) -> datetime | None:
    try:
        return datetime.fromisoformat(said) if isinstance(said, str) else None
    except ValueError:
        return None


def _written(answer: object) -> object:
    """An answer as a case holds it: instants where the shop works, amounts as text."""
    if isinstance(answer, datetime):
        return localtime(answer).isoformat()
    return str(answer) if isinstance(answer, Decimal) else answer


def _draft(policy_id: int) -> PolicyRow:
    row = locked_row(policy_id)
    demand(violations_in_move(row.state, PolicyState.DRAFTED))
    return row


def _violations_in_number(row: PolicyRow, number: int | None):
    if number is not None and not 0 <= number < len(row.cases):
        yield Violation("policy.no_such_case", field="number")


def _violations_in_case(row: PolicyRow, case: dict):
    if not isinstance(case, dict) or not about(case).strip():
        yield Violation("policy.case_says_nothing", field="says")
    elif not question_of(case) or not isinstance(case[question_of(case)], dict) or len(case) != 2:
        yield Violation("policy.case_asks_nothing", field="facts")
    else:
        for result in asked([case], book_with(row)):
            if result.fault:
                yield Violation("policy.case_not_asked", field="facts", params={"fault": result.fault})


def _saved(row: PolicyRow, cases: list[dict], reason: str, by, at: datetime) -> PolicyRow:
    row.cases = cases
    with signed(by=by, reason=reason, at=at):
        row.save()
    return row
