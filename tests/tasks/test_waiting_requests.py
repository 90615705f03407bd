"""A request waits nowhere unseen: reminded once, then up the ladder, by working time; twice is harmless."""

from datetime import datetime

import pytest

from casemgmt.models import Notice
from complaints.actions.climbing import climb_escalations
from complaints.actions.extending import ask_for_extension
from complaints.actions.overdue import close_escalations
from complaints.actions.overriding import ask_for_wording
from complaints.actions.refusing import send_back_refusal
from complaints.actions.waiting_requests import remind_of_requests
from complaints.models import Escalation
from complaints.states import EscalationState
from tests.building import a_negotiating_case
from tests.cast import AT, SHANGHAI, later
from tests.money import a_request
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
