"""What forbids a refusal: bars of the law on its ground, and what is owed by law and would be refused.

Pure. Bars and rights are rows of policy, marked to be checked with counsel; the facts are those of the case.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from policies.rules.answering import Answer, CaseFacts
from policies.rules.entitlement import answer_to, answers_to
from policies.values import Entitlement, RefusalBar


@dataclass(frozen=True, slots=True)
class Bars:
    """What stands against a ground: bars that hold, and facts without which nobody can tell, by their names."""

    holding: tuple[RefusalBar, ...] = ()
    missing: tuple[str, ...] = ()


def bars_to(ground: str, bars: Iterable[RefusalBar], entitlements: Mapping[str, Entitlement], facts: CaseFacts) -> Bars:
    """The bars to refusing on this ground. A pretext, which is no ground at all, is barred by itself."""
    holding, missing = [], []
    for bar in bars:
        if bar.code == ground and not bar.grounds:
            holding.append(bar)
        elif ground in bar.grounds:
            answer = _answer(bar, entitlements, facts)
            if answer is None or answer.verdict == "owed":
                holding.append(bar)
            elif answer.verdict == "unknown":
                missing += [name for name in answer.missing if name not in missing]
    return Bars(tuple(holding), () if holding else tuple(missing))


def _answer(bar: RefusalBar, entitlements: Mapping[str, Entitlement], facts: CaseFacts) -> Answer | None:
    """What the right of the bar answers; None for a bar that hangs on none, or on one that is no longer in force."""
    entitlement = entitlements.get(bar.entitlement or "")
    return answer_to(entitlement, facts) if entitlement is not None else None


def owed_and_refused(
    entitlements: Iterable[Entitlement], facts: CaseFacts, refuses: str, *, region: str = ""
) -> Sequence[tuple[Entitlement, Answer]]:
    """What is owed by law and would be refused: rights that give just this remedy; any, where no remedy was named."""
    return [
        (entitlement, answer)
        for entitlement, answer in answers_to(entitlements, facts, region)
        if answer.verdict == "owed" and (refuses in entitlement.remedies if refuses else bool(entitlement.remedies))
    ]
