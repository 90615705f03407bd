"""Refusals and ways out that a test needs, reached by running the actions as the people of the cast."""

from complaints.actions.merging import merge
from complaints.actions.outside import wait_outside
from complaints.actions.planning import walk_ladder
from complaints.actions.proposing_refusals import propose_refusal
from complaints.actions.refusing import approve_refusal
from complaints.actions.routing import record_route
from complaints.actions.voiding import void
from complaints.actions.withdrawing import withdraw
from complaints.models import Complaint, Contact, ExternalRoute, RefusalProposal
from complaints.states import CaseState
from complaints.vocabulary import (
    BodyKind,
    Channel,
    ContactPurpose,
    LadderStep,
    ResponsibleParty,
    RouteKind,
    Verdict,
    VoidReason,
)
from tests.building import a_negotiating_case, an_assessing_case, answer
from tests.cast import AT, Cast

GROUNDS = {
    "ground": "wrong_information",
    "understood": "客户认为大衣出厂即有污渍，要求全额退款并赔偿。",
    "impact_on_customer": "事实已核实两次，误伤真实诉求的可能低。",
    "impact_on_opinion": "客户可能在平台给出差评，答复已备好。",
    "impact_in_law": "无安全风险；若起诉，质检报告足以证明。",
    "relationship": "客户为老会员，解释时保留下次优惠。",
    "company_rule": "wear_and_tear",
    "company_policy": "售后政策第三条：签收三十日后的人为污渍不予退款。",
    "legal_reference": "consumer-law-25",
    "explanation": "监控与质检报告显示污渍形成于签收之后，因此无法退款。",
    "routes": "可向平台客服、12315 或消费者协会求助。",
}
"""A complete proposal, but for its evidence."""


def walk_the_ladder(cast: Cast, case: Complaint, *, at=AT) -> None:
    """Every step in its order."""
    for step in LadderStep.values:
        walk_ladder(case.pk, by=cast.ana, at=at, step=step, words="已沟通，客户仍不接受。")


def an_unreasonable_case(cast: Cast, *, walked: bool = True, **changes) -> Complaint:
    """A case that turned out unsubstantiated, with one verified photo, the ladder walked."""
    case = a_negotiating_case(
        cast, verdict=Verdict.UNSUBSTANTIATED, responsible_party=ResponsibleParty.CUSTOMER, **changes
    )
    if walked:
        walk_the_ladder(cast, case)
    return case


def a_proposal(cast: Cast, case: Complaint | None = None, *, at=AT, **changes) -> RefusalProposal:
    """Ana proposes to refuse, citing every verified piece of evidence."""
    case = case or an_unreasonable_case(cast)
    facts = GROUNDS | {"evidence_ids": list(case.evidence.values_list("pk", flat=True))} | changes
    return propose_refusal(case.pk, by=cast.ana, at=at, **facts)


def an_approved_refusal(cast: Cast, case: Complaint | None = None, *, at=AT) -> RefusalProposal:
    """Sven agrees."""
    return approve_refusal(a_proposal(cast, case, at=at).pk, by=cast.sven, at=at, remark="依据充分。")


def tell_the_no(cast: Cast, case: Complaint, *, at=AT, **changes) -> Contact:
    """Ana writes the refusal to the customer, and it arrives."""
    facts = {"words": "很抱歉，经核实无法退款，附上质检报告与政策。", "purpose": ContactPurpose.REFUSAL}
    return answer(cast, case, at=at, **{"channel": Channel.QIANNIU} | facts | changes)


def a_route(cast: Cast, case: Complaint, *, at=AT, by=None, **changes) -> ExternalRoute:
    """The customer went to the consumers' association."""
    facts = {
        "kind": RouteKind.MEDIATION,
        "body_kind": BodyKind.CONSUMER_ASSOCIATION,
        "body_name": "义乌市消费者协会",
        "account": "要求全额退款。",
        "filed_at": at,
    }
    return record_route(case.pk, by=by or cast.ana, at=at, **facts | changes)


def go_outside(cast: Cast, case: Complaint, *, at=AT) -> Complaint:
    """A route is recorded, and we do nothing but wait for it; on an ended case the route alone brings it there."""
    a_route(cast, case, at=at)
    case.refresh_from_db()
    if case.state == "external":
        return case
    return wait_outside(case.pk, by=cast.ana, at=at, reason="消协已介入。", asked_what="等待消协调解结果。")


def a_refusal_proposed_case(cast: Cast, **changes) -> Complaint:
    """A case on which a refusal waits for a decision."""
    return a_proposal(cast, an_unreasonable_case(cast, **changes)).case


def a_refused_case(cast: Cast, **changes) -> Complaint:
    """A case that was refused; the customer does not know yet."""
    return an_approved_refusal(cast, an_unreasonable_case(cast, **changes)).case


def an_external_case(cast: Cast, **changes) -> Complaint:
    """A case that waits for the consumers' association while it was negotiated."""
    return go_outside(cast, a_negotiating_case(cast, **changes))


def a_withdrawn_case(cast: Cast, **changes) -> Complaint:
    """A case that its customer took back before it was judged."""
    return withdraw(an_assessing_case(cast, **changes).pk, by=cast.ana, at=AT, words="我不投诉了。")


def a_voided_case(cast: Cast, **changes) -> Complaint:
    """A case that was entered in error."""
    case = an_assessing_case(cast, **changes)
    return void(case.pk, by=cast.sven, at=AT, why=VoidReason.ENTERED_IN_ERROR, reason="重复录入。")


def a_second_case(cast: Cast, first: Complaint, **changes) -> Complaint:
    """Another case of the same customer, taken by ana."""
    return an_assessing_case(cast, customer_id=first.customer_id, content="还有一件毛衣也起球了。", **changes)


def a_merged_case(cast: Cast, **changes) -> Complaint:
    """A case that follows another one of the same customer."""
    leading = an_assessing_case(cast, **changes)
    follower = a_second_case(cast, leading)
    return merge(follower.pk, by=cast.sven, at=AT, into_id=leading.pk, reason="同一客户的同一批货。")


STEPS = {
    CaseState.REFUSAL_PROPOSED: a_refusal_proposed_case,
    CaseState.REFUSED: a_refused_case,
    CaseState.EXTERNAL: an_external_case,
    CaseState.WITHDRAWN: a_withdrawn_case,
    CaseState.MERGED: a_merged_case,
    CaseState.VOIDED: a_voided_case,
}
"""How to reach the states beside the main path."""
