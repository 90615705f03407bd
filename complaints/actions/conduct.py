"""What a contact lacks in conduct, and whether an offer offers anything."""

from collections.abc import Iterable

from casemgmt.violations import Violation
from complaints.models import Complaint
from complaints.rules.conduct import ConductFacts, OfferFacts, lacks_in_conduct, violations_in_an_offer
from complaints.rules.contacting import CALLS
from complaints.states import PlanState
from complaints.vocabulary import ContactOutcome, ContactPurpose, Direction, ResponsibleParty

ALIVE = (PlanState.DRAFTED, PlanState.OFFERED, PlanState.ACCEPTED)
OURS = frozenset({ResponsibleParty.SELLER})


def violations_in_offering_by_contact(
    case: Complaint, *, channel: str, direction: str, purpose: str, outcome: str
) -> list[Violation]:
    """What stands against recording this message as an offer. A call that was made is recorded all the same."""
    if channel in CALLS or direction != Direction.OUTGOING or purpose != ContactPurpose.OFFER:
        return []
    return _violations_in_offer(case, purpose, outcome)


def _violations_in_offer(case, purpose, outcome):
    if purpose != ContactPurpose.OFFER:
        return []
    plan = case.plans.filter(state__in=ALIVE).order_by("-number").first()
    facts = OfferFacts(
        purpose,
        outcome == ContactOutcome.DELIVERED,
        has_explanation=plan is not None,
        measures=plan.options.count() if plan else 0,
    )
    return list(violations_in_an_offer(facts))


def lacks_of(case: Complaint, draft, *, steps_done: Iterable[str] | None = None) -> list[str]:
    """Codes of what an exchange of ours lacks; nothing for what comes in or reached nobody."""
    if draft.direction != Direction.OUTGOING or draft.outcome != ContactOutcome.DELIVERED:
        return []
    matters = (case.case_number, case.order and case.order.number, case.product and case.product.name)
    facts = ConductFacts(
        purpose=draft.purpose,
        is_call=draft.channel in CALLS,
        words=draft.words,
        shop=case.shop.name if case.shop else "",
        matters=tuple(filter(None, matters)),
        apology=draft.apology,
        our_fault=bool(draft.apology) and case.findings.filter(responsible_party__in=OURS).exists(),
        steps_done=None if steps_done is None else frozenset(steps_done),
    )
    lacks = list(lacks_in_conduct(facts))
    if facts.is_call and _violations_in_offer(case, draft.purpose, draft.outcome):
        lacks.append("conduct.measure_missing")
    return lacks
