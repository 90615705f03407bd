"""The diagrams of the code are those of the plan, and docs/lifecycle.md tells them as they are."""

import pytest
from django.utils import translation

from complaints.lifecycles import as_markdown, lifecycles
from tests.house.reading import ROOT

INSIDE = {
    "registered",
    "assessing",
    "investigating",
    "negotiating",
    "refusal_proposed",
    "refused",
    "executing",
    "following_up",
}
OPEN = INSIDE | {"external"}
BACK = INSIDE - {"refusal_proposed"}
EARLY = {"registered", "assessing", "investigating", "negotiating"}

CASE = {
    "take": ({"registered"}, {"assessing"}),
    "judge": ({"assessing"}, {"investigating"}),
    "settle_directly": ({"assessing"}, {"negotiating"}),
    "establish": ({"investigating"}, {"negotiating"}),
    "reinvestigate": ({"negotiating"}, {"investigating"}),
    "accept": ({"negotiating"}, {"executing"}),
    "conclude": ({"negotiating"}, {"following_up"}),
    "replan": ({"executing"}, {"negotiating"}),
    "complete": ({"executing"}, {"following_up"}),
    "close": ({"following_up"}, {"closed"}),
    "dissatisfied": ({"following_up"}, {"investigating"}),
    "resume": ({"refused", "following_up"}, {"negotiating"}),
    "payment_failed": ({"following_up", "closed", "withdrawn"}, {"executing"}),
    "propose_refusal": ({"negotiating"}, {"refusal_proposed"}),
    "refuse": ({"refusal_proposed"}, {"refused"}),
    "send_back": ({"refusal_proposed"}, {"negotiating"}),
    "tell_refusal": ({"refused"}, {"following_up"}),
    "wait_outside": (INSIDE | {"closed", "withdrawn"}, {"external"}),
    "go_on": ({"external"}, BACK | {"closed", "withdrawn"}),
    "outside_decided": ({"external"}, {"negotiating", "executing", "following_up"}),
    "withdraw": (OPEN, {"withdrawn"}),
    "void": (EARLY, {"voided"}),
    "unvoid": ({"voided"}, EARLY),
    "merge": (OPEN, {"merged"}),
    "unmerge": ({"merged"}, BACK),
    "reopen": ({"closed", "withdrawn"}, BACK),
}
"""The table of the design, section 4."""

PAPERWORK = {
    "EvidenceRequest": "asked>answered asked>not_answered not_answered>answered",
    "Evidence": "received>verified received>disputed received>excluded verified>disputed verified>excluded"
    " disputed>verified disputed>excluded",
    "HandlingPlan": "drafted>offered offered>accepted offered>rejected drafted>superseded offered>superseded"
    " accepted>superseded",
    "RefusalProposal": "proposed>approved proposed>sent_back proposed>withdrawn approved>lapsed",
    "CompensationGrant": "drafted>approved drafted>awaiting_approval awaiting_approval>approved"
    " awaiting_approval>rejected awaiting_approval>drafted approved>paid approved>cancelled approved>drafted"
    " drafted>cancelled awaiting_approval>cancelled paid>bounced bounced>approved bounced>drafted bounced>cancelled",
    "ClockExtension": "asked>approved asked>rejected asked>withdrawn",
    "WordingOverride": "asked>approved asked>rejected",
    "LegalHold": "held>lift_asked lift_asked>lifted lift_asked>held",
    "Review": "found>answer_proposed found>answered found>removal_requested found>improved kept>answer_proposed"
    " kept>answered kept>improved answer_proposed>answered answer_proposed>found answered>removal_requested"
    " answered>improved removal_requested>removed removal_requested>kept removal_requested>improved",
    "Commitment": "open>kept open>broken open>released broken>kept_late broken>released kept>broken",
    "FollowUpCall": "scheduled>due due>reached due>no_answer due>declined scheduled>reached due>scheduled"
    " due>asked asked>reached asked>no_answer asked>declined asked>cancelled"
    " no_answer>scheduled reached>done no_answer>done declined>done no_answer>exhausted scheduled>cancelled"
    " due>cancelled reached>cancelled no_answer>cancelled declined>cancelled exhausted>cancelled",
    "Escalation": "open>acknowledged acknowledged>decided decided>closed open>decided open>closed"
    " acknowledged>closed closed>open",
    "ExternalRoute": "filed>accepted filed>not_accepted filed>decided accepted>heard accepted>decided heard>decided"
    " filed>settled accepted>settled heard>settled filed>ended_without_agreement accepted>ended_without_agreement"
    " heard>ended_without_agreement filed>withdrawn accepted>withdrawn heard>withdrawn decided>complied"
    " decided>nothing_to_do",
    "DepartmentTask": "open>done open>cancelled",
    "ImprovementAction": "open>done open>cancelled",
    "ReturnRequest": "asked>agreed asked>declined asked>cancelled agreed>cancelled agreed>sent sent>received sent>lost"
    " received>inspected inspected>accepted inspected>failed accepted>refunded accepted>exchanged failed>sent_back",
    "SettlementAgreement": "drafted>signed_by_one signed_by_one>signed drafted>dropped signed_by_one>dropped"
    " signed>fulfilled signed>broken",
    "BulkRun": "chosen>planned planned>planned planned>running running>finished running>stopped chosen>cancelled"
    " planned>cancelled",
    "Handover": "open>settled open>taken_back",
    "HandoverLine": "waiting>accepted waiting>returned waiting>taken_back waiting>lapsed",
    "Incident": "open>planned planned>open carried_out>open planned>carried_out open>closed carried_out>closed"
    " closed>open",
    "IncidentPlan": "proposed>approved proposed>sent_back proposed>withdrawn approved>superseded",
    "PublicNotice": "proposed>approved proposed>sent_back approved>published",
    "ImportBatch": "matching>checking staged>checking checking>staged staged>registering registering>finished"
    " registering>stopped matching>cancelled checking>cancelled staged>cancelled finished>undoing stopped>undoing"
    " undoing>undone",
}
BY_NAME = {life.model._meta.object_name: life for life in lifecycles()}


def test_no_model_with_states_is_left_out():
    assert set(BY_NAME) == {"Complaint", *PAPERWORK}


@pytest.mark.parametrize("transition", [*CASE, "any other"])
def test_the_case_moves_as_the_design_says(transition):
    arrows = {}
    for arrow in BY_NAME["Complaint"].arrows:
        sources, targets = arrows.setdefault(arrow.transition, (set(), set()))
        sources.add(arrow.source)
        targets.add(arrow.target)
    if transition == "any other":
        assert set(arrows) == set(CASE)
    else:
        assert arrows[transition] == CASE[transition]


@pytest.mark.parametrize("name", PAPERWORK)
def test_paperwork_moves_as_the_design_says(name):
    arrows = {f"{arrow.source}>{arrow.target}" for arrow in BY_NAME[name].arrows}
    assert arrows == set(PAPERWORK[name].split())


@pytest.mark.parametrize("name", BY_NAME)
def test_every_state_can_be_reached(name):
    life = BY_NAME[name]
    reached = {life.initial}
    for _ in life.states:
        reached |= {arrow.target for arrow in life.arrows if arrow.source in reached}
    assert reached == {value for value, _label in life.states}


def test_the_page_is_made_from_the_code():
    with translation.override("en"):
        assert (ROOT / "docs" / "lifecycle.md").read_text(encoding="utf-8") == as_markdown()
