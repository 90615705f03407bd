"""A request waits nowhere unseen: reminded once, then up the ladder, by working time; twice is harmless."""

from datetime import datetime

import pytest

from casemgmt import sweeps
from casemgmt.models import Notice
from complaints.actions.climbing import climb_escalations
from complaints.actions.extending import ask_for_extension
from complaints.actions.holding import ask_to_lift, set_hold
from complaints.actions.incident_plans import send_back_incident_plan
from complaints.actions.overdue import close_escalations
from complaints.actions.overriding import ask_for_wording
from complaints.actions.refusing import send_back_refusal
from complaints.actions.waiting_requests import ESCALATE, REMIND, remind_of_requests
from complaints.models import Escalation, RefusalProposal, SetAside
from complaints.states import EscalationState
from tests.breaking import nothing_guarded
from tests.building import a_negotiating_case, an_assessing_case
from tests.cast import AT, SHANGHAI, later
from tests.incidents import a_drafted_announcement, a_member, a_proposed_plan, an_incident
from tests.money import a_request
from tests.outside import a_proposed_answer
from tests.refusals import a_proposal

pytestmark = pytest.mark.django_db
REMINDED = datetime(2026, 10, 12, 15, 30, tzinfo=SHANGHAI)
"""Asked for at ten: four working hours with the lunch hour and a half between."""
UP = datetime(2026, 10, 13, 10, 0, tzinfo=SHANGHAI)


def told(code):
    return sorted(Notice.objects.filter(code=code).values_list("person__username", flat=True))


def raised(kind):
    rows = Escalation.objects.filter(cause__startswith=f"{kind}:").order_by("level")
    return [(row.level, row.to_person and row.to_person.username, row.state) for row in rows]


def test_a_refusal_is_reminded_of_once_then_goes_up_level_after_level(cast):
    a_proposal(cast)
    assert remind_of_requests(later(hours=3)).done == 0
    remind_of_requests(REMINDED)
    remind_of_requests(REMINDED)
    assert told("notice.request_waits.refusal") == ["sven", "tara"]
    assert raised("refusal") == []
    remind_of_requests(later(days=1, hours=1))
    remind_of_requests(later(days=1, hours=1))
    assert raised("refusal") == [(1, "sven", EscalationState.OPEN)]
    climb_escalations(later(days=3))
    climb_escalations(later(days=3))
    assert [level for level, *_ in raised("refusal")] == [1, 2]


def test_what_was_decided_meanwhile_is_told_to_nobody_and_closes_what_went_up(cast):
    refusal = a_proposal(cast)
    remind_of_requests(later(days=2))
    assert raised("refusal")[0][2] == EscalationState.OPEN
    send_back_refusal(refusal.pk, by=cast.tara, at=later(days=2), remark="请补充。")
    close_escalations(later(days=2, hours=1))
    assert [state for *_rest, state in raised("refusal")] == [EscalationState.CLOSED]
    assert remind_of_requests(later(days=3)).selected == 0


def test_money_words_and_more_time_go_the_same_way_and_nobody_hears_of_their_own(cast):
    case = a_negotiating_case(cast)
    a_request(cast, case, "260.00")
    ask_for_wording(case.pk, by=cast.ana, at=AT, words="我给您全额退款。", reason="顾客急用。")
    clock = case.clocks.get(kind="resolution")
    ask_for_extension(
        case.pk, by=cast.sven, at=AT, clock_id=clock.pk, amount=1, reason="等检测。", explanation="等检测结果。"
    )
    remind_of_requests(later(days=2))
    for kind in ("approval", "wording"):
        assert told(f"notice.request_waits.{kind}") == ["sven", "tara"], kind
    assert told("notice.request_waits.extension") == ["tara"], "sven asked himself"
    assert {kind: len(raised(kind)) for kind in ("approval", "wording", "extension")} == {
        "approval": 1, "wording": 1, "extension": 1,
    }  # fmt: skip
    assert raised("extension")[0][1] == "tara"


def a_hold_to_lift(cast):
    hold = set_hold(an_assessing_case(cast).pk, by=cast.tara, at=AT, reason="客户已委托律师。")
    return ask_to_lift(hold.pk, by=cast.sven, at=AT, reason="已和解。")


def a_plan_for_everybody(cast):
    incident = an_incident(cast)
    a_member(cast, incident)
    a_member(cast, incident)
    return a_proposed_plan(cast, incident)


def an_announcement_of_a_case(cast):
    incident = an_incident(cast)
    a_member(cast, incident)
    return a_drafted_announcement(cast, incident)


@pytest.mark.parametrize(
    ("ask", "kind", "able"),
    [
        (lambda cast: a_proposed_answer(cast, an_assessing_case(cast)), "review", ["sven", "tara"]),
        (a_hold_to_lift, "hold", ["tara"]),
        (a_plan_for_everybody, "incident_plan", ["tara"]),
        (an_announcement_of_a_case, "public_notice", ["tara"]),
    ],
)
def test_public_answers_holds_and_plans_of_incidents_wait_nowhere_unseen_either(cast, ask, kind, able):
    ask(cast)
    for _twice in range(2):
        remind_of_requests(REMINDED)
    assert told(f"notice.request_waits.{kind}") == able
    assert raised(kind) == []
    for _twice in range(2):
        remind_of_requests(UP.replace(hour=11))
    assert raised(kind) == [(1, able[0], EscalationState.OPEN)]
    climb_escalations(later(days=3))
    assert [level for level, *_rest in raised(kind)] == [1, 2]


def test_a_plan_that_was_decided_closes_what_went_up_through_its_first_case(cast):
    plan = a_plan_for_everybody(cast)
    remind_of_requests(later(days=2))
    assert raised("incident_plan")[0][2] == EscalationState.OPEN
    send_back_incident_plan(plan.pk, by=cast.tara, at=later(days=2), remark="先等复检。")
    close_escalations(later(days=2, hours=1))
    assert [state for *_rest, state in raised("incident_plan")] == [EscalationState.CLOSED]


def test_a_plan_without_a_case_is_told_to_nobody_and_stops_no_sweep(cast):
    a_proposed_plan(cast, an_incident(cast))
    remind_of_requests(later(days=3))
    assert raised("incident_plan") == []


def test_a_request_that_no_calendar_reaches_is_set_aside_and_stops_no_other(cast):
    lost = a_proposal(cast)
    with nothing_guarded():
        RefusalProposal.objects.filter(pk=lost.pk).update(proposed_at=AT.replace(year=1960))
    case = a_negotiating_case(cast)
    a_request(cast, case, "260.00")
    ask_for_wording(case.pk, by=cast.ana, at=AT, words="我给您全额退款。", reason="顾客急用。")
    remind_of_requests(later(days=2))
    assert set(SetAside.objects.values_list("sweep", "row", "reason")) == {
        (f"{name}.refusal", lost.pk, "OutsideTheCalendar") for name in (REMIND, ESCALATE)
    }
    assert [len(raised(kind)) for kind in ("refusal", "approval", "wording")] == [0, 1, 1]
    assert told("notice.request_waits.wording") == ["sven", "tara"]


def test_what_could_not_be_told_is_told_once_its_row_is_mended(cast):
    lost = a_proposal(cast)
    rows = RefusalProposal.objects.filter(pk=lost.pk)
    with nothing_guarded():
        rows.update(proposed_at=AT.replace(year=1960))
    ran_at = REMINDED.replace(hour=16)
    with sweeps.recorded(REMIND, at=ran_at):
        remind_of_requests(ran_at)
    with nothing_guarded():
        rows.update(proposed_at=AT)
    remind_of_requests(ran_at.replace(minute=31))
    assert told("notice.request_waits.refusal") == ["sven", "tara"]
    assert not SetAside.objects.filter(sweep=f"{REMIND}.refusal").exists()
