"""The next call is proposed by the rules of calling, this one counted; whoever plans one keeps them."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from complaints.rules.calling_again import propose, violations_in_calling_again
from policies.values import CallingWindow

ZONE = ZoneInfo("Asia/Shanghai")
WINDOW = CallingWindow(1, "default", "Asia/Shanghai", time(10), time(18), 3, 120, 6, 7, True)


def on(day, hour, minute=0):
    return datetime(2026, 10, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("calls", "at", "proposed"),
    [
        ([], on(12, 10), on(12, 12, 5)),
        ([], on(12, 10, 4), on(12, 12, 5)),
        ([], on(12, 15, 54), on(12, 17, 55)),
        ([], on(12, 15, 55), on(13, 10)),
        ([on(12, 10), on(12, 12)], on(12, 14), on(13, 10)),
        ([], on(12, 9), on(12, 11, 5)),
        ([], on(12, 7), on(12, 10)),
    ],
)
def test_the_next_call_keeps_gap_window_and_cap(calls, at, proposed):
    assert propose(at, WINDOW, calls).at == proposed


def test_a_proposal_still_holds_when_it_is_accepted_a_little_later():
    proposal = propose(on(12, 10), WINDOW, [])
    for seconds in (0, 1, 299):
        at = on(12, 10) + timedelta(seconds=seconds)
        assert list(violations_in_calling_again(proposal.at, occurred_at=at, window=WINDOW, calls=[])) == []


def test_this_call_is_counted_and_the_reasons_are_told():
    proposal = propose(on(12, 14), WINDOW, [on(11, 15), on(12, 10), on(12, 12)])
    assert proposal.calls_today == 3
    assert [violation.code for violation in proposal.why] == ["call.cap_reached", "call.too_soon"]


def test_who_wants_no_calls_is_not_called_again():
    assert propose(on(12, 14), WINDOW, [], opted_out=True).at is None


@pytest.mark.parametrize(
    ("again", "codes"),
    [
        (None, []),
        (on(12, 14), []),
        (on(12, 13, 59), ["call.too_soon"]),
        (on(12, 12), ["call.again_not_ahead"]),
        (on(12, 18), ["call.outside_window"]),
        (on(13, 10), []),
    ],
)
def test_a_call_is_planned_within_the_rules(again, codes):
    found = list(violations_in_calling_again(again, occurred_at=on(12, 12), window=WINDOW, calls=[]))
    assert [violation.code for violation in found] == codes
    assert {violation.field for violation in found} <= {"call_again_at"}
