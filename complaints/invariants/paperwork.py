"""Invariant 4: returns, agreements, promises, reviews, holds, links and citations say what they rest on."""

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Q

from complaints.invariants.breaches import Check
from complaints.models import (
    AgreementTerm,
    CaseLink,
    Citation,
    Commitment,
    Evidence,
    ExternalRoute,
    LegalHold,
    RefusalEvidence,
    ReturnCheck,
    ReturnRequest,
    Review,
    ReviewEvidence,
    SettlementAgreement,
    Statement,
)
from complaints.states import (
    AgreementState,
    CommitmentState,
    PlanState,
    RefusalState,
    ReturnState,
    ReviewState,
    RouteState,
)
from complaints.vocabulary import LinkKind

LOOKED_AT = (ReturnState.INSPECTED, ReturnState.ACCEPTED, ReturnState.FAILED, ReturnState.SENT_BACK,
             ReturnState.REFUNDED, ReturnState.EXCHANGED)  # fmt: skip
BINDING = (AgreementState.SIGNED, AgreementState.FULFILLED, AgreementState.BROKEN)
UNKEPT = (CommitmentState.BROKEN, CommitmentState.KEPT_LATE)
RULED = (RouteState.DECIDED, RouteState.SETTLED, RouteState.COMPLIED, RouteState.NOTHING_TO_DO)


def returns() -> Iterator[Check]:
    """4: goods that were inspected have their lines; those that failed one were accepted in words, if at all."""
    inspected = ReturnRequest.objects.filter(state__in=LOOKED_AT)
    yield Check(4, "invariant.inspected_without_lines", inspected.filter(checks__isnull=True))
    failed = ReturnCheck.objects.filter(request=OuterRef("pk"), passed=False)
    through = inspected.filter(state__in=[ReturnState.ACCEPTED, ReturnState.REFUNDED, ReturnState.EXCHANGED])
    yield Check(4, "invariant.failed_goods_accepted", through.filter(Exists(failed), judgement__isnull=True))


def agreements() -> Iterator[Check]:
    """4: a signed agreement has its two signatures in files of the case, its plan, its promises, and ends with them."""
    signed = SettlementAgreement.objects.filter(state__in=BINDING)
    by_both = Q(customer_signed_at__isnull=False, company_signed_at__isnull=False, customer_file__isnull=False)
    yield Check(4, "invariant.agreement_unsigned", signed.exclude(by_both))
    promises = Commitment.objects.filter(agreement=OuterRef("pk"))
    yield Check(4, "invariant.agreement_without_promises", signed.exclude(Exists(promises)))
    ended = {
        "invariant.agreement_fulfilled_unkept": (
            AgreementState.FULFILLED,
            promises.filter(state__in=[CommitmentState.OPEN, CommitmentState.KEPT_LATE]),
        ),
        "invariant.agreement_stands_though_broken": (AgreementState.SIGNED, promises.filter(state__in=UNKEPT)),
    }
    for code, (state, wrong) in ended.items():
        yield Check(4, code, signed.filter(Exists(wrong), state=state))
    done = signed.filter(state=AgreementState.SIGNED).exclude(Exists(promises.filter(state=CommitmentState.OPEN)))
    yield Check(4, "invariant.agreement_waits_for_nothing", done.filter(Exists(promises)))
    of_another = AgreementTerm.objects.exclude(option__plan=F("agreement__plan"))
    yield Check(4, "invariant.term_of_another_plan", of_another, ("option",))
    refused = SettlementAgreement.objects.filter(state=AgreementState.SIGNED, plan__state=PlanState.REJECTED)
    yield Check(4, "invariant.agreement_on_rejected_plan", refused, ("plan",))


def promises() -> Iterator[Check]:
    """4: what a ruling ordered names a ruling, and a ruling that counts as complied with leaves no promise open."""
    ordered = Commitment.objects.filter(route__isnull=False)
    yield Check(4, "invariant.ruling_without_decision", ordered.exclude(route__state__in=RULED), ("route",))
    pending = Commitment.objects.filter(route=OuterRef("pk"), state__in=[CommitmentState.OPEN])
    complied = ExternalRoute.objects.filter(state=RouteState.COMPLIED)
    yield Check(4, "invariant.complied_with_open_promise", complied.filter(Exists(pending)))


def reviews_and_holds() -> Iterator[Check]:
    """4: a platform is asked with evidence; what is on hold is not erased, and stands once."""
    asked = Review.objects.filter(state__in=[ReviewState.REMOVAL_REQUESTED, ReviewState.REMOVED])
    supports = ReviewEvidence.objects.filter(review=OuterRef("pk"))
    yield Check(4, "invariant.removal_without_evidence", asked.exclude(Exists(supports)))
    improved = Review.objects.filter(state=ReviewState.IMPROVED).exclude(improved_stars__gt=F("stars"))
    yield Check(4, "invariant.review_not_improved", improved)
    held = LegalHold.objects.filter(case=OuterRef("case"), set_at__lt=OuterRef("erased_at")).filter(
        Q(lifted_at__isnull=True) | Q(lifted_at__gt=OuterRef("erased_at"))
    )
    yield Check(4, "invariant.erased_on_hold", Statement.objects.filter(Exists(held), erased_at__isnull=False))


def links_and_citations() -> Iterator[Check]:
    """4: a link is undone with its reason; what a case cites stands in the case it was split off from."""
    undone = CaseLink.objects.filter(unlinked_at__isnull=False)
    yield Check(4, "invariant.unlinked_without_reason", undone.filter(unlinked_because__isnull=True))
    of_itself = Q(statement__case=F("case")) | Q(evidence__case=F("case"))
    yield Check(4, "invariant.cites_itself", Citation.objects.filter(of_itself))
    split = CaseLink.objects.filter(kind=LinkKind.SPLIT_OFF, case=OuterRef("case"))
    known = split.filter(Q(other=OuterRef("statement__case")) | Q(other=OuterRef("evidence__case")))
    yield Check(4, "invariant.cites_a_stranger", Citation.objects.exclude(Exists(known)))


def evidence() -> Iterator[Check]:
    """4: a refusal that was agreed to rests on evidence of its own case that nobody has set aside since."""
    links = RefusalEvidence.objects.filter(refusal__state__in=[RefusalState.PROPOSED, RefusalState.APPROVED])
    yield Check(
        4, "invariant.refusal_on_foreign_evidence", links.exclude(evidence__case=F("refusal__case")), ("evidence",)
    )
    answering = Evidence.objects.filter(request__isnull=False).exclude(request__case=F("case"))
    yield Check(4, "invariant.evidence_of_another_request", answering, ("request",))
