"""Every code of this app has its sentence, its parameters fill it, and no sentence is left over."""

import ast
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

import policies
from casemgmt.sentences import registered, say, say_mend
from policies.packs import read_pack
from policies.reading import read_body
from policies.rules.activation import violations_in_activation, violations_in_move, violations_in_revocation
from policies.rules.authority import Spent, role_that_may_grant, violations_in_grant
from policies.rules.calling import violations_in_call
from policies.rules.references import violations_in_references
from policies.sentences.rows import SENTENCES
from policies.values import AuthorityLimits, CallingWindow, EscalationSteps

ROOT = Path(policies.__file__).parent
BODIES = {(row.kind, row.key): row.body for row in read_pack("cn-national").rows}
PREFIXES = ("policy.", "call.", "grant.", "suggestion.", "notice.policy_")


def codes_in_the_code():
    """Every literal code in the sources of the app, tables of codes included."""
    found = set()
    for path in ROOT.rglob("*.py"):
        if path.name.endswith("sentences.py") or "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith(PREFIXES):
                found.add(node.value.rstrip(":"))
    found.discard("notice.policy_")
    return found


def test_codes_and_sentences_are_the_same():
    assert codes_in_the_code() == set(SENTENCES)


def test_the_sentences_are_registered():
    assert SENTENCES.items() <= registered().items()


def told_calls():
    window = read_body(CallingWindow, 1, "default", BODIES["calling_window", "default"] | {"quiet_weekdays": [0]})
    at = datetime.fromisoformat("2026-03-02T19:00:00+08:00")
    calls = [at - timedelta(minutes=minute) for minute in range(1, 8)]
    yield from violations_in_call(at, window, calls, opted_out=True)


def told_grants():
    staff = read_body(AuthorityLimits, 1, "staff", BODIES["limit", "staff"])
    today = date(2026, 3, 2)
    spent = Spent(Decimal(100), ((today, Decimal(200)),), Decimal(500))
    for amount in ("51", "0", "NaN"):
        yield from violations_in_grant(Decimal(amount), "USD" if amount == "0" else "CNY", spent, staff, on=today)
    yield from role_that_may_grant(Decimal(51), "CNY", spent, [staff], requester_roles=["Staff"], on=today).why


def told_activations():
    at = datetime(2026, 3, 2, tzinfo=UTC)
    earlier = at - timedelta(days=1)
    yield from violations_in_move("active", "drafted")
    yield from violations_in_activation(
        drafter=1, activator=frozenset({1}), valid_from=earlier, at=at, begins_with_another=True
    )
    yield from violations_in_revocation(valid_from=earlier, at=at)
    yield from violations_in_references({"escalation": {"late": EscalationSteps(1, "late", "mars", ())}})


@pytest.mark.parametrize("told", [told_calls, told_grants, told_activations], ids=lambda told: told.__name__)
def test_what_the_rules_know_fills_the_sentences(told):
    violations = list(told())
    assert len({violation.code for violation in violations}) >= 5
    for violation in violations:
        assert "%(" not in say(violation) + say_mend(violation)
