"""How facts and law stand to a refusal: what its ground needs, what bars it, and what is owed that it would refuse."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language

from casemgmt.violations import Violation
from complaints.actions.knowing import facts_of
from complaints.actions.wording import violations_in_words
from complaints.models import Complaint
from complaints.places import region_of
from complaints.rules import refusing as rules
from complaints.states import EvidenceRequestState
from complaints.vocabulary import Side
from policies.lookup import PoliciesInForce, policies_in_force
from policies.rules.answering import CaseFacts
from policies.rules.refusal_bars import bars_to, owed_and_refused
from policies.values import Label, RefusalBar
from policies.values.case_facts import write_fact

TOLD = ("explanation", "alternatives", "routes", "company_policy")
"""What of a proposal the customer will read."""


@dataclass(frozen=True, slots=True)
class LegalWeighing:
    """The answer of the law in words of the reader, with the facts and the policy rows that gave it."""

    facts: rules.LegalFacts
    asked: Mapping[str, object]
    known: CaseFacts


def weigh_in_law(
    case: Complaint, ground: str, *, at: datetime, policies: PoliciesInForce | None = None
) -> LegalWeighing:
    """What the law says to refusing this case on this ground, on what is known of it now. It writes nothing."""
    policies = policies or policies_in_force(at)
    facts, region = facts_of(case, at), region_of(case)
    bars = bars_to(ground, policies.refusal_bars.values(), policies.entitlements, facts)
    owed = owed_and_refused(policies.entitlements.values(), facts, case.demanded_remedy, region=region)
    return LegalWeighing(
        rules.LegalFacts(
            bars=tuple(forbidden_by(bar, policies) for bar in bars.holding),
            missing=bars.missing,
            owed=tuple(
                rules.Forbidden(said(right.label), said(right.gives), _clauses(right.law, policies))
                for right, _answer in owed
            ),
        ),
        {
            "bars": sorted(bar.policy_id for bar in policies.refusal_bars.values()),
            "rights": sorted(right.policy_id for right in policies.entitlements.values()),
            "facts": {name: write_fact(value) for name, value in facts.known.items()},
        },
        facts,
    )


def forbidden_by(bar: RefusalBar, policies: PoliciesInForce) -> rules.Forbidden:
    """A bar in the words of the reader, with its clauses."""
    return rules.Forbidden(said(bar.label), said(bar.why), _clauses(bar.law, policies))


def pretexts(policies: PoliciesInForce) -> list[RefusalBar]:
    """What is no ground at all, to be shown where grounds are chosen."""
    return [bar for bar in policies.refusal_bars.values() if not bar.grounds]


def said(label: Label) -> str:
    """A label in the language of the reader."""
    return label.in_language(get_language() or "zh-hans")


def _clauses(codes: Iterable[str], policies: PoliciesInForce) -> str:
    laws = policies.legal_references
    return "; ".join(said(laws[code].label) for code in codes if code in laws)


def request_expired(case: Complaint, at: datetime) -> bool:
    """Whether evidence was asked of the customer with a deadline, and none came."""
    requests = case.evidence_requests.filter(asked_from=Side.CUSTOMER)
    in_vain = requests.filter(state=EvidenceRequestState.NOT_ANSWERED) | requests.filter(
        state=EvidenceRequestState.ASKED, due_at__lt=at
    )
    return in_vain.exists() and not requests.filter(state=EvidenceRequestState.ANSWERED).exists()


def verdict_verified(case: Complaint) -> bool:
    """Whether the verdict on the case was verified."""
    return case.assessments.filter(stage="verified").exists()


def violations_in_told_words(case: Complaint, words: Mapping[str, str], at: datetime) -> Iterator[Violation]:
    """Only what nobody may agree to: whoever decides the refusal reads every word and agrees to the rest."""
    for name in TOLD:
        yield from violations_in_words(case, name, words.get(name, ""), at=at, second_person_reads=True)
