"""A case that holds two matters becomes two: the second is registered from what was said, which stays where it is."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.violations import Violation, demand
from complaints.actions.linking import write_link
from complaints.actions.registering import OrderData, Registration, register_many
from complaints.actions.timing import adopt_clocks, stop_clock
from complaints.models import Citation, Clock, Complaint, ComplaintSubject
from complaints.roles import demand_right
from complaints.rules.linking import SplitFacts, violations_in_parts, violations_in_splitting
from complaints.states import UNPAID_GRANTS, CaseState
from complaints.vocabulary import ComplainantKind, LinkKind, Reason


def why_not_split(case: Complaint, *, by, at: datetime) -> list[Violation]:
    """What stands against making two of this case now."""
    return list(
        violations_in_splitting(
            SplitFacts(
                is_open=case.is_open,
                state=str(case.get_state_display()),
                decision_pending=case.has_decision_pending(),
                money_pending=case.grants.filter(state__in=UNPAID_GRANTS).exists(),
                is_outside=case.state == CaseState.EXTERNAL,
            )
        )
    )


@transaction.atomic
def split_case(
    case_id: int,
    *,
    by,
    at: datetime,
    matter: str,
    reason: str,
    statements: Iterable[int] = (),
    evidence: Iterable[int] = (),
    other_order: bool = False,
) -> Complaint:
    """Register the second matter as a case of its own, linked with this one; returns the new case.

    Its handler may. The words and files chosen stay where they were said and given; the new case cites them. Its
    clocks run from the receipt of this case, and of two of a kind the earlier due instant holds; a first answer that
    the customer has got stands. Whoever has this case has the new one too, and whom it is about sees neither.
    `other_order`: the second matter is about another order, to be recorded there.
    """
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "case.handle", case, at=at)
    statements, evidence = frozenset(statements), frozenset(evidence)
    said = list(case.statements.filter(pk__in=statements))
    pieces = list(case.evidence.filter(pk__in=evidence))
    demand(
        why_not_split(case, by=by, at=at),
        violations_in_parts(
            matter=matter,
            reason=reason,
            words=len(statements),
            all_words_known=len(said) == len(statements),
            all_known=len(pieces) == len(evidence),
        ),
    )
    new = register_many([_registration(case, matter, reason, other_order)], by=by, at=at, reason="case.split_off")[0]
    new = Complaint.objects.locked(pk=new.pk)
    with signed(by=by, reason="case.split_off", at=at):
        new.category, new.product, new.source = case.category, None if other_order else case.product, case.source
        if not other_order:
            new.order = case.order
        new.team = case.team
        for subject in case.subjects.filter(lifted_at__isnull=True):
            ComplaintSubject.objects.create(case=new, person=subject.person, named_by=by, named_at=at)
        if case.handler is not None:
            new.take(handler=case.handler)
        for statement in said:
            Citation.objects.create(case=new, statement=statement, cited_by=by, cited_at=at)
        for piece in pieces:
            Citation.objects.create(case=new, evidence=piece, cited_by=by, cited_at=at)
        adopt_clocks(new, case, at=at)
        _keep_first_answer(new, case)
        new.save()
    write_link(new, case, LinkKind.SPLIT_OFF, reason, by=by, at=at)
    return new


def _keep_first_answer(new: Complaint, case: Complaint) -> None:
    answered = case.clocks.filter(kind=Clock.Kind.FIRST_RESPONSE, stopped_late__isnull=False).order_by("round").first()
    if answered is not None:
        stop_clock(new, Clock.Kind.FIRST_RESPONSE, at=answered.stopped_at)


def _registration(case: Complaint, matter: str, reason: str, other_order: bool) -> Registration:
    order = None if other_order else case.order
    return Registration(
        content=matter,
        channel=case.channel,
        received_at=case.registered_at if case.backlog else case.received_at,
        complainant=case.complainant,
        customer_id=case.customer_id,
        unknown_because=reason if case.complainant == ComplainantKind.UNKNOWN else "",
        shop_id=case.shop_id,
        order=OrderData(number=order.number) if order is not None else OrderData(),
        occurred_at=case.occurred_at,
        reason=Reason.NOT_STATED,
        emotion=case.emotion,
        severity=case.severity,
        affects_others=case.affects_others,
        safety_flag=case.safety_flag,
        legal_flag=case.legal_flag,
        opinion_risk=case.opinion_risk,
        not_a_duplicate=True,
    )
