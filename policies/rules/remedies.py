"""Which remedies fit a case, in which order and why (W-01, W-12, W-13, W-15, S-SOL); any other is a deviation."""

from collections.abc import Iterable
from dataclasses import dataclass

from casemgmt.violations import Violation
from policies.rules.answering import CaseFacts
from policies.values import Condition, RemedyRule


@dataclass(frozen=True, slots=True)
class FittingRemedy:
    """A remedy and the row that offers it, the first of all that do."""

    remedy: str
    rule: RemedyRule


@dataclass(frozen=True, slots=True)
class Fit:
    """What fits, the best first; the rows that spoke; and those that would, were their missing facts known."""

    remedies: tuple[FittingRemedy, ...]
    rules: tuple[RemedyRule, ...]
    undecided: tuple[tuple[RemedyRule, tuple[str, ...]], ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The remedies alone."""
        return tuple(fitting.remedy for fitting in self.remedies)

    @property
    def owed_by(self) -> str:
        """Why something of it is owed: "law", "our_fault", or "" when nothing is."""
        reasons = {rule.owed_by for rule in self.rules}
        return "law" if "law" in reasons else "our_fault" if "our_fault" in reasons else ""


def remedies_that_fit(rules: Iterable[RemedyRule], facts: CaseFacts) -> Fit:
    """Every row whose conditions all hold, in their order; each remedy once, where it stands first."""
    fitting: dict[str, FittingRemedy] = {}
    spoke, undecided = [], []
    for rule in sorted(rules, key=lambda rule: (rule.order, rule.code)):
        held = [_holds(condition, facts) for condition in rule.when]
        if False in held:
            continue
        missing = tuple(condition.fact for condition, holds in zip(rule.when, held, strict=True) if holds is None)
        if missing:
            undecided.append((rule, missing))
            continue
        spoke.append(rule)
        for remedy in rule.remedies:
            fitting.setdefault(remedy, FittingRemedy(remedy, rule))
    return Fit(tuple(fitting.values()), tuple(spoke), tuple(undecided))


def _holds(condition: Condition, facts: CaseFacts) -> bool | None:
    value = facts.known.get(condition.fact)
    if value is None:
        return None
    if isinstance(value, bool):
        return ("yes" if value else "no") in condition.one_of
    if condition.fact == "category":
        return any(value == wanted or str(value).startswith(f"{wanted}.") for wanted in condition.one_of)
    return value in condition.one_of


def violations_in_choice(chosen: Iterable[str], fit: Fit, reason: str) -> Iterable[Violation]:
    """Remedies that do not fit need a reason in words. A case on which no row
    with a condition speaks has nothing to deviate from."""
    others = deviating(chosen, fit)
    if others and not reason.strip():
        yield Violation("plan.deviation_without_reason", field="deviation", params={"remedies": ", ".join(others)})


def deviating(chosen: Iterable[str], fit: Fit) -> tuple[str, ...]:
    """Those of the chosen that do not fit, each once."""
    if not any(rule.when for rule in fit.rules):
        return ()
    return tuple(dict.fromkeys(remedy for remedy in chosen if remedy and remedy not in fit.codes))
