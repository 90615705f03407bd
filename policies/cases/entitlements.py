"""The cases of a pack about entitlements, remedies and refusals: facts, and what is owed, fits or is forbidden."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from types import MappingProxyType

from policies.rules.answering import Answer, CaseFacts
from policies.rules.entitlement import answers_to
from policies.rules.refusal_bars import bars_to, owed_and_refused
from policies.rules.remedies import remedies_that_fit
from policies.values.case_facts import read_fact


def answer_in_short(answer: Answer) -> str:
    """An answer in one line: "owed 500.00 until 2026-10-12", "unknown without price"."""
    parts: list[str] = [answer.verdict]
    if answer.amount is not None:
        parts.append(f"{answer.amount:.2f}")
    if answer.missing:
        parts.append(f"without {', '.join(answer.missing)}")
    if answer.until is not None:
        parts.append(f"until {answer.until}")
    return " ".join(parts)


def _facts(said: dict, policies) -> CaseFacts:
    known = {name: read_fact(name, str(text)) for name, text in said["facts"].items()}
    return CaseFacts(date.fromisoformat(said["today"]), MappingProxyType(known), policies.working_time)


def _policies(said: dict, policies_on: Callable):
    return policies_on(datetime.combine(date.fromisoformat(said["today"]), time(12), UTC))


def _entitled(said: dict, policies_on: Callable) -> tuple[object, object]:
    policies = _policies(said, policies_on)
    answered = answers_to(policies.entitlements.values(), _facts(said, policies), said.get("region", ""))
    answers = {row.code: answer for row, answer in answered}
    found = answers.get(said["to"])
    return said["is"], answer_in_short(found) if found else "nothing of that name"


def _remedies(said: dict, policies_on: Callable) -> tuple[object, object]:
    policies = _policies(said, policies_on)
    fit = remedies_that_fit(policies.remedies.values(), _facts(said, policies))
    return said["are"], list(fit.codes[: len(said["are"])])


def _remedy_fits(said: dict, policies_on: Callable) -> tuple[object, object]:
    policies = _policies(said, policies_on)
    fit = remedies_that_fit(policies.remedies.values(), _facts(said, policies))
    return said["is"], said["remedy"] in fit.codes


def _refusal(said: dict, policies_on: Callable) -> tuple[object, object]:
    policies = _policies(said, policies_on)
    facts = _facts(said, policies)
    bars = bars_to(said["ground"], policies.refusal_bars.values(), policies.entitlements, facts)
    owed = owed_and_refused(policies.entitlements.values(), facts, said.get("refuses", "none of them"))
    if bars.holding:
        return said["is"], f"barred by {bars.holding[0].code}"
    if bars.missing:
        return said["is"], f"unknown without {', '.join(bars.missing)}"
    return said["is"], f"owed by {owed[0][0].code}" if owed else "allowed"


QUESTIONS_OF_RIGHTS: Mapping[str, Callable] = MappingProxyType(
    {"entitled": _entitled, "remedies": _remedies, "remedy_fits": _remedy_fits, "refusal": _refusal}
)
