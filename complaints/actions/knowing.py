"""What is known of a case when it is asked what the customer is owed: from its records, and stated by hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from types import MappingProxyType

from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.people.models import ShopPlatform
from casemgmt.violations import Violation, demand
from complaints.actions.investigating import newest_finding, verified_assessment
from complaints.actions.ordering import why_not_record_order
from complaints.actions.stating import state_words
from complaints.models import Assessment, Complaint, Finding, StatedFact
from complaints.roles import day_of, demand_right
from complaints.rules.knowing import violations_in_facts
from complaints.rules.paperwork import violations_in_required_words
from complaints.vocabulary import Remedy, ResponsibleParty, ReturnBranch, StatementKind, Verdict
from policies.lookup import working_time_in_force
from policies.rules.answering import CaseFacts
from policies.values.case_facts import VERDICTS, FactValue, read_fact

ON_LINE = frozenset(ShopPlatform.values) - {ShopPlatform.OWN, ShopPlatform.OTHER}
"""Marketplaces: whoever buys there buys from afar."""

RETURNS = (Remedy.RETURN, Remedy.FULL_REFUND)
ABOUT_THE_GOODS = ("product.quality", "product.not_as_described", "product.damaged")
BORNE_OUT = (Verdict.SUBSTANTIATED, Verdict.PARTLY_SUBSTANTIATED)


@dataclass(frozen=True, slots=True)
class Known:
    """A fact and where it comes from: "order", "finding", "judgement", "case", or "stated" by somebody."""

    value: FactValue
    origin: str
    stated: StatedFact | None = None


def known_of(case: Complaint) -> dict[str, Known]:
    """Every known fact of the case by name. What somebody stated counts before what is only concluded."""
    finding, verified = newest_finding(case), verified_assessment(case)
    found = {**_concluded(case, finding, verified), **_stated(case), **_recorded(case, finding, verified)}
    return {name: known for name, known in found.items() if known is not None}


def facts_of(case: Complaint, at: datetime) -> CaseFacts:
    """The same as plain facts, for the rules; the day is that of the shop."""
    known = {name: known.value for name, known in known_of(case).items()}
    return CaseFacts(day_of(at), MappingProxyType(known), partial(working_time_in_force, at))


def _recorded(case: Complaint, finding: Finding | None, verified: Assessment | None) -> dict[str, Known]:
    order = case.order
    found = {"category": Known(case.category, "case")} if case.category else {}
    if order is not None:
        found |= {
            "price": None if order.paid_amount is None else Known(order.paid_amount, "order"),
            "received_on": None if order.received_at is None else Known(day_of(order.received_at), "order"),
            "signed_by": Known(order.signed_by, "order") if order.signed_by else None,
        }
    if finding is not None:
        found["responsible_party"] = Known(finding.responsible_party, "finding")
        if finding.damage_cause:
            found["damage_cause"] = Known(finding.damage_cause, "finding")
    if verified is not None:
        found["verdict"] = Known(verified.verdict, "judgement")
    conduct = [row.finding for row in case.subjects.all() if row.lifted_at is None and row.finding in VERDICTS]
    if conduct:
        found["conduct"] = Known(conduct[-1], "finding")
    return {name: known for name, known in found.items() if known is not None}


def _concluded(case: Complaint, finding: Finding | None, verified: Assessment | None) -> dict[str, Known]:
    """What follows from the records and may be stated otherwise."""
    order = case.order
    asked = day_of(case.received_at)
    found = {"demanded_on": Known(asked, "case")}
    returned = next(iter(case.returns.order_by("-asked_at", "-pk")[:1]), None)
    if returned is not None:
        found["return_asked_on"] = Known(day_of(returned.asked_at), "return")
        for name, moment in (("goods_back_on", returned.received_at), ("refunded_on", returned.refunded_at)):
            if moment is not None:
                found[name] = Known(day_of(moment), "return")
        found |= {check.fact: Known(check.passed, "return") for check in case.return_checks.filter(request=returned)}
    elif case.demanded_remedy in RETURNS or case.category == "product.no_reason_return":
        found["return_asked_on"] = Known(asked, "case")
    if case.shop_id is not None and case.shop.platform in ON_LINE:
        found["remote_sale"] = Known(True, "order")
    product = case.product or (order.product if order is not None else None)
    if product is not None and product.durable:
        found["durable"] = Known(True, "order")
    if (order is not None and order.received_at is not None) or case.return_branch == ReturnBranch.RECEIVED:
        found["goods_stage"] = Known("received", "order")
    elif order is not None and order.shipped_at is not None:
        found["goods_stage"] = Known("in_transit", "order")
    is_ours = finding is not None and finding.responsible_party == ResponsibleParty.SELLER
    if is_ours and verified is not None and verified.verdict in BORNE_OUT and case.category in ABOUT_THE_GOODS:
        found["defect_confirmed"] = Known(True, "judgement")
    return found


def _stated(case: Complaint) -> dict[str, Known | None]:
    were_read = "stated_facts" in getattr(case, "_prefetched_objects_cache", {})
    rows = case.stated_facts.all() if were_read else case.stated_facts.select_related("stated_by")
    newest: Mapping[str, StatedFact] = {row.name: row for row in rows}
    return {
        name: Known(read_fact(name, row.value), "stated", row) if row.value else None for name, row in newest.items()
    }


def why_not_state_facts(case: Complaint, *, by, at: datetime) -> list[Violation]:
    """What keeps facts from being stated: as with the order, a case that has ended, or a decision that is pending."""
    return why_not_record_order(case, by=by, at=at)


@transaction.atomic
def state_facts(case_id: int, *, by, at: datetime, facts: Mapping[str, str], reason: str) -> Complaint:
    """State facts by name, each as text (`policies.values.case_facts`); an empty text takes one back.

    What says the same as before writes no row. `reason` says how they are known.
    """
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "case.edit_facts", case, at=at)
    demand(
        why_not_state_facts(case, by=by, at=at),
        violations_in_facts(facts, today=day_of(at)),
        violations_in_required_words(reason, code="reason.missing", field="reason"),
    )
    newest = {row.name: row.value for row in case.stated_facts.select_related("stated_by")}
    news = {name: text for name, text in facts.items() if newest.get(name, "") != text}
    with signed(by=by, reason="facts.stated", at=at):
        ground = state_words(case, StatementKind.REASON, reason, by=by, at=at)
        for name, text in news.items():
            StatedFact.objects.create(case=case, name=name, value=text, known_from=ground, stated_by=by, stated_at=at)
    return case
