"""A lawful no: every check of W-07 made, every rung of the ladder walked, and another person's word (S-REF)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from casemgmt.violations import Violation
from policies.values import RefusalGround

LADDER = ("talked_further", "superior", "other_options")
WORDS = (
    "understood",
    "impact_on_customer",
    "impact_on_opinion",
    "impact_in_law",
    "relationship",
    "company_policy",
    "explanation",
    "routes",
)


@dataclass(frozen=True, slots=True)
class Paperwork:
    """What the case holds whatever is typed. `ladder`: steps in the order in which they were walked."""

    ladder: tuple[str, ...] = ()
    money_standing: bool = False


def violations_in_paperwork(facts: Paperwork) -> Iterator[Violation]:
    """The ladder of non-acceptance walked in its order (S-SOL-24, S-REF-13), and no approved money in the way."""
    for step in LADDER:
        if step not in facts.ladder:
            yield Violation(f"refusal.ladder_{step}")
    first = [facts.ladder.index(step) for step in LADDER if step in facts.ladder]
    if first != sorted(first):
        yield Violation("refusal.ladder_out_of_order")
    if facts.money_standing:
        yield Violation("refusal.money_standing")


@dataclass(frozen=True, slots=True)
class ProposalFacts:
    """What the proposer typed and cites. `words` are the texts by field; `ground` is None when not in force.

    `evidence_given` and `evidence_of_case` count what was named and what of it belongs to the case;
    `verified_types` are the types of the named evidence that is verified. `request_expired`: evidence was
    asked of the customer, its deadline passed and none came. `is_pretext`: what was chosen is barred by law by itself.
    """

    ground: RefusalGround | None
    words: tuple[tuple[str, str], ...]
    law: str
    law_known: bool
    company_rule: str = ""
    company_rule_known: bool = False
    is_pretext: bool = False
    evidence_given: int = 0
    evidence_of_case: int = 0
    evidence_verified: int = 0
    verified_types: frozenset[str] = frozenset()
    request_expired: bool = False
    verdict_verified: bool = False


def violations_in_proposal(facts: ProposalFacts) -> Iterator[Violation]:
    """The checks of W-07 that depend on what is typed: ground, understanding, impact, policy and law, routes."""
    for field, words in facts.words:
        if field in WORDS and not words.strip():
            yield Violation(f"refusal.{field}_missing", field=field)
    if not facts.law:
        yield Violation("refusal.law_missing", field="legal_reference")
    elif not facts.law_known:
        yield Violation("refusal.law_unknown", field="legal_reference")
    if not facts.company_rule:
        yield Violation("refusal.company_rule_missing", field="company_rule")
    elif not facts.company_rule_known:
        yield Violation("refusal.company_rule_unknown", field="company_rule")
    if facts.evidence_of_case < facts.evidence_given:
        yield Violation("refusal.evidence_of_another_case", field="evidence_ids")
    elif facts.evidence_verified < facts.evidence_given:
        yield Violation("refusal.evidence_not_verified", field="evidence_ids")
    if facts.ground is None and not facts.is_pretext:
        yield Violation("refusal.ground_unknown", field="ground")
    elif facts.ground is not None:
        yield from violations_in_ground(
            facts.ground,
            verified_types=facts.verified_types,
            request_expired=facts.request_expired,
            verdict_verified=facts.verdict_verified,
        )


def violations_in_ground(
    ground: RefusalGround, *, verified_types: frozenset[str], request_expired: bool, verdict_verified: bool
) -> Iterator[Violation]:
    """Whether the ground carries: its evidence verified, or asked for in vain, and the verdict verified (S-REF-01)."""
    if ground.needs_evidence and not verified_types & set(ground.needs_evidence):
        yield Violation("refusal.evidence_missing", field="evidence_ids", params={"ground": ground.code})
    if ground.needs_evidence_request and not request_expired:
        yield Violation("refusal.request_not_expired", field="ground")
    if ground.needs_verified_verdict and not verdict_verified:
        yield Violation("refusal.verdict_missing")


@dataclass(frozen=True, slots=True)
class Forbidden:
    """Something in law against a refusal, in words: what it is called, why, and the clause."""

    label: str
    why: str
    law: str


@dataclass(frozen=True, slots=True)
class LegalFacts:
    """How the law stands to a refusal: bars that hold, facts that nobody knows yet, and what is owed and refused."""

    bars: tuple[Forbidden, ...] = ()
    missing: tuple[str, ...] = ()
    owed: tuple[Forbidden, ...] = ()


def violations_in_law(facts: LegalFacts) -> Iterator[Violation]:
    """What the law forbids to refuse with, with the clause; and what is owed cannot be refused."""
    yield from _forbidden("refusal.barred_by_law", "ground", facts.bars)
    if facts.missing:
        yield Violation("refusal.fact_missing", field="ground", params={"facts": ", ".join(facts.missing)})
    yield from _forbidden("refusal.owed_by_law", None, facts.owed)


def _forbidden(code: str, field: str | None, found: Iterable[Forbidden]) -> Iterator[Violation]:
    for one in found:
        yield Violation(code, field=field, params={"label": one.label, "why": one.why, "law": one.law})


def violations_in_showing(*, showed_evidence: bool, showed_policy: bool) -> Iterator[Violation]:
    """The customer sees evidence and policy, not only the no (S-REF-07)."""
    if not showed_evidence:
        yield Violation("refusal.evidence_not_shown", field="showed_evidence")
    if not showed_policy:
        yield Violation("refusal.policy_not_shown", field="showed_policy")


def violations_in_letter(
    *, copies: frozenset[int], rests_on: frozenset[int], written_before: bool
) -> Iterator[Violation]:
    """Nothing goes along that the refusal does not rest on, and no letter is older than the decision."""
    if copies - rests_on:
        yield Violation("refusal.not_its_evidence", field="evidence_ids")
    if written_before:
        yield Violation("refusal.letter_before_decision", field="occurred_at")


def violations_in_remark(remark: str) -> Iterator[Violation]:
    """Who decides says why."""
    if not remark.strip():
        yield Violation("refusal.remark_missing", field="remark")


def violations_in_resuming(*, because: str, words: str, evidence_arrived: bool) -> Iterator[Violation]:
    """Talked about again because the alternative is taken, or because evidence arrived."""
    if because not in ("alternative_taken", "evidence_arrived"):
        yield Violation("resume.because_missing", field="because")
    elif because == "evidence_arrived" and not evidence_arrived:
        yield Violation("resume.nothing_arrived", field="because")
    if not words.strip():
        yield Violation("resume.words_missing", field="words")
