"""An ended case is taken up again, within the period, with new clocks and its first dates kept."""

import pytest

from casemgmt.models import Notice
from complaints.actions.reopening import reopen, why_not_reopen
from complaints.models import Clock
from complaints.states import CaseState
from tests.building import a_case
from tests.cast import AT, later
from tests.refusals import a_withdrawn_case
from tests.saying_no import denied, refused

pytestmark = pytest.mark.django_db

REASON = "客户反悔，要求继续处理。"


def test_a_withdrawn_case_goes_where_it_was_with_new_clocks(cast):
    case = a_withdrawn_case(cast)
    first = {clock.pk: clock.first_due_at for clock in case.clocks.all()}
    reopened = reopen(case.pk, by=cast.sven, at=later(days=2), reason=REASON)
    assert (reopened.state, reopened.reopened, reopened.outcome) == (CaseState.ASSESSING, 1, "")
    assert reopened.withdrawn_at is None
    assert reopened.act_reason.words == REASON
    clock = reopened.clocks.filter(kind=Clock.Kind.RESOLUTION).latest("round")
    assert (clock.round, clock.started_at, clock.stopped_at) == (2, later(days=2), None)
    assert {row.pk: row.first_due_at for row in case.clocks.filter(round=1)} == first
    assert Notice.objects.filter(code="notice.case_reopened", person=cast.ana).exists()
    with refused("case.not_possible_from"):
        reopen(case.pk, by=cast.sven, at=later(days=2), reason=REASON)


def test_a_closed_case_is_looked_into_again(cast):
    case = a_case(cast, CaseState.CLOSED)
    reopened = reopen(case.pk, by=cast.sven, at=later(days=20), reason=REASON)
    assert (reopened.state, reopened.closed_at, reopened.outcome) == (CaseState.INVESTIGATING, None, "")
    assert reopened.clocks.filter(kind=Clock.Kind.RESOLUTION, stopped_at__isnull=True).get().round == 2


def test_the_period_of_the_policy_ends_it(cast):
    case = a_withdrawn_case(cast)
    last = later(days=90, hours=13, minutes=59)
    assert why_not_reopen(case, by=cast.sven, at=last) == []
    with refused("reopen.period_over"):
        reopen(case.pk, by=cast.sven, at=last + (later(minutes=1) - AT), reason=REASON)


def test_it_says_why(cast):
    case = a_withdrawn_case(cast)
    with refused("reopen.reason_missing"):
        reopen(case.pk, by=cast.sven, at=AT, reason=" ")


@pytest.mark.parametrize("state", ["registered", "negotiating", "external", "voided", "merged"])
def test_only_closed_and_withdrawn_cases_are_reopened(cast, state):
    case = a_case(cast, state)
    with refused("case.not_possible_from"):
        reopen(case.pk, by=cast.sven, at=AT, reason=REASON)


@pytest.mark.parametrize("who", ["ana", "ben", "wen", "olga", "axel"])
def test_reopening_is_for_supervisors(cast, who):
    case = a_withdrawn_case(cast)
    with denied():
        reopen(case.pk, by=getattr(cast, who), at=AT, reason=REASON)
