"""Each invariant about the states of cases and their paperwork is seen when a row breaks it past every guard (4)."""

from datetime import timedelta

import pytest

from complaints.actions.linking import link_cases
from complaints.actions.pausing import begin_pause
from complaints.actions.requesting_evidence import ask_for_evidence
from complaints.actions.splitting import split_case
from complaints.actions.tasking import make_task
from complaints.invariants import cases, incidents, own_case, paperwork, paths
from complaints.models import (
    CaseLink,
    Citation,
    Commitment,
    CompensationGrant,
    Complaint,
    Evidence,
    EvidenceRequest,
    ExternalRoute,
    IncidentMessage,
    IncidentTold,
    LegalHold,
    Merge,
    RefusalEvidence,
    ReturnCheck,
)
from complaints.states import CaseState
from tests.breaking import nothing_guarded, unseen
from tests.building import (
    a_drafted_plan,
    a_negotiating_case,
    an_assessing_case,
    an_executing_case,
    an_offered_plan,
    answer,
)
from tests.cast import AT, later
from tests.incidents import a_negotiating_member, an_agreed_plan, an_incident
from tests.money import a_draft
from tests.outside import a_review
from tests.refusals import (
    a_merged_case,
    a_proposal,
    a_route,
    an_external_case,
    an_unreasonable_case,
)
from tests.returns import a_bought_case, a_return, a_signed_agreement, an_accepted_return

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def _one(row):
    return type(row).objects.filter(pk=row.pk)


def test_a_state_without_its_paper_is_seen(cast):
    case = _one(a_negotiating_case(cast))
    proposal = _one(a_proposal(cast))
    merged = a_merged_case(cast)
    plan = a_drafted_plan(cast, case.get())
    into = case.get()

    def stands(state, **changes):
        return lambda: case.update(state=state, **changes)

    def two_plans():
        a_drafted_plan(cast, into)
        into.plans.update(state="accepted")

    with nothing_guarded():
        breakages = {
            "refusal_without_proposal": stands("refusal_proposed"),
            "refused_without_approval": stands("refused"),
            "outside_without_route": stands("external"),
            "merged_without_merge": stands("merged", merged_into=merged.merged_into),
            "closed_without_summary": stands("closed"),
            "proposal_elsewhere": lambda: Complaint.objects.filter(refusals__in=proposal).update(state="executing"),
            "outcome_refused_unapproved": stands("following_up", outcome="refused"),
            "two_plans_accepted": two_plans,
            "plan_accepted_without_option": lambda: _one(plan).update(state="accepted"),
            "merge_elsewhere": lambda: Merge.objects.update(leading=into),
            "follows_no_case": lambda: _one(merged.merged_into).update(state="voided"),
        }
        assert unseen(breakages, cases.states_and_paperwork) == []


def test_what_is_left_open_on_a_case_that_ended_is_seen(cast):
    case = an_executing_case(cast)
    a_draft(cast, case)
    make_task(case.pk, by=cast.ana, at=AT, department_id=cast.warehouse.pk, what="查", due_at=later(days=1))
    a_route(cast, case)
    answer(cast, case, purpose="enquiry", words="请补充照片")
    begin_pause(
        case.pk,
        by=cast.ana,
        at=AT,
        category="awaiting_customer",
        reason="等",
        asked_of="customer",
        asked_what="照片",
    )
    returned = a_return(cast, a_bought_case(cast)).case

    def closed(row=case):
        return lambda: _one(row).update(state=CaseState.CLOSED)

    with nothing_guarded():
        breakages = {
            "promise_on_ended_case": closed(),
            "money_on_ended_case": closed(),
            "task_on_ended_case": closed(),
            "route_on_closed_case": closed(),
            "pause_on_ended_case": closed(),
            "clock_on_ended_case": closed(),
            "return_on_ended_case": closed(returned),
        }
        assert unseen(breakages, cases.nothing_left_open) == []


def test_a_next_deadline_that_is_another_is_seen(cast):
    """10, as lists show it."""
    case = _one(an_assessing_case(cast))
    breakages = {"next_due_is_another": lambda: case.update(next_due_at=later(days=300))}
    assert unseen(breakages, cases.next_due) == []


def test_goods_and_agreements_that_rest_on_nothing_are_seen(cast):
    case = a_bought_case(cast)
    request = _one(an_accepted_return(cast, case))
    agreed = a_negotiating_case(cast)
    plan = an_offered_plan(cast, agreed)
    agreement = _one(a_signed_agreement(cast, plan))
    promises = Commitment.objects.filter(agreement__in=agreement)
    other = a_drafted_plan(cast, agreed)

    with nothing_guarded():
        breakages = {
            "inspected_without_lines": lambda: ReturnCheck.objects.filter(request__in=request).delete(),
            "failed_goods_accepted": lambda: ReturnCheck.objects.update(passed=False),
            "agreement_unsigned": lambda: agreement.update(customer_file=None),
            "agreement_without_promises": lambda: promises.update(agreement=None),
            "agreement_fulfilled_unkept": lambda: agreement.update(state="fulfilled"),
            "agreement_stands_though_broken": lambda: promises.update(state="broken"),
            "agreement_waits_for_nothing": lambda: promises.update(state="kept"),
            "term_of_another_plan": lambda: agreement.update(plan=other),
            "agreement_on_rejected_plan": lambda: _one(plan).update(state="rejected"),
        }
        assert unseen(breakages, paperwork.returns, paperwork.agreements) == []


def test_rulings_reviews_holds_links_and_evidence_are_looked_at(cast):
    case = an_external_case(cast)
    route = _one(ExternalRoute.objects.get(case=case))
    words = case.statements.first()
    promised = an_executing_case(cast)
    review = _one(a_review(cast, case))
    source = a_negotiating_case(cast)
    piece = source.evidence.get()
    split_case(
        source.pk, by=cast.ana, at=AT, matter="另一件", reason="两件事", statements=[source.statements.first().pk]
    )
    link_cases(case.pk, by=cast.ana, at=AT, other_id=promised.pk, kind="same_matter", reason="同一单")
    refusal = a_proposal(cast, an_unreasonable_case(cast))
    ask_for_evidence(case.pk, by=cast.ana, at=AT, evidence_type="photo", what="照片")

    def erased_on_hold():
        LegalHold.objects.create(case=case, reason=words, set_by=cast.sven, set_at=AT)
        _one(words).update(words=None, words_salt=None, erased_at=AT + HOUR)

    with nothing_guarded():
        breakages = {
            "ruling_without_decision": lambda: promised.commitments.update(route=route.get()),
            "complied_with_open_promise": lambda: (
                route.update(state="complied"),
                promised.commitments.update(route=route.get()),
            ),
            "removal_without_evidence": lambda: review.update(state="removal_requested"),
            "review_not_improved": lambda: review.update(state="improved", improved_stars=1),
            "erased_on_hold": erased_on_hold,
            "unlinked_without_reason": lambda: CaseLink.objects.update(unlinked_at=AT),
            "cites_itself": lambda: Citation.objects.update(case=source),
            "cites_a_stranger": lambda: Citation.objects.update(case=promised),
            "refusal_on_foreign_evidence": lambda: RefusalEvidence.objects.filter(refusal=refusal).update(
                evidence=piece
            ),
            "evidence_of_another_request": lambda: Evidence.objects.filter(pk=piece.pk).update(
                request=EvidenceRequest.objects.get(case=case)
            ),
        }
        rooms = (paperwork.promises, paperwork.reviews_and_holds, paperwork.links_and_citations, paperwork.evidence)
        assert unseen(breakages, *rooms) == []
        foreign = {"paper_of_another_case": lambda: Evidence.objects.filter(pk=piece.pk).update(file_name=words)}
        assert unseen(foreign, own_case.papers_of_their_case) == []


def test_incidents_that_do_not_fit_their_cases_are_seen(cast):
    incident = an_incident(cast)
    member = a_negotiating_member(cast, incident)
    plan = an_agreed_plan(cast, incident)
    row, standing = _one(incident), _one(member)
    contact = answer(cast, member.case)
    stranger = an_assessing_case(cast)

    def told_another():
        message = IncidentMessage.objects.create(
            incident=incident, number=1, words=plan.letter, written_by=cast.sven, written_at=AT
        )
        IncidentTold.objects.create(message=message, customer=stranger.customer, contact=contact, told_at=AT)

    with nothing_guarded():
        breakages = {
            "incident_without_plan": lambda: _one(plan).update(state="superseded"),
            "incident_plan_left_over": lambda: row.update(state="open"),
            "member_not_settled": lambda: row.update(state="closed"),
            "member_settled_early": lambda: standing.update(settled_at=AT),
            "member_offered_another_plan": lambda: standing.update(
                offered=an_offered_plan(cast, a_negotiating_case(cast)), offered_plan=plan
            ),
            "told_somebody_else": told_another,
        }
        assert unseen(breakages, incidents.incidents) == []


def test_a_step_off_the_diagram_is_seen(cast):
    """4, for every row that has a diagram; the record itself is taken along."""
    grant = a_draft(cast, an_assessing_case(cast))
    with nothing_guarded():
        rows = CompensationGrant.history.filter(id=grant.pk)
        breakages = {"off_the_diagram": lambda: rows.update(state="paid")}
        assert unseen(breakages, paths.paths) == []
