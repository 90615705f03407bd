"""Voiding what was no complaint, and taking it up again."""

import pytest

from complaints.actions.committing import make_commitment
from complaints.actions.granting import submit_grant
from complaints.actions.merging import merge
from complaints.actions.voiding import unvoid, void
from complaints.models import Clock
from complaints.states import CaseState, GrantState
from complaints.vocabulary import Outcome, VoidReason
from tests.building import a_case, an_assessing_case
from tests.cast import AT, later
from tests.money import a_draft, a_paid_grant
from tests.refusals import a_second_case, a_voided_case
from tests.saying_no import denied, refused

pytestmark = pytest.mark.django_db

WHY = {"why": VoidReason.ENTERED_IN_ERROR, "reason": "重复录入。"}


@pytest.mark.parametrize("state", ["registered", "assessing", "investigating", "negotiating"])
def test_early_cases_are_voided_and_brought_back(cast, state):
    case = a_case(cast, state)
    due = case.next_due_at
    voided = void(case.pk, by=cast.sven, at=AT, **WHY)
    assert (voided.state, voided.state_before, voided.outcome) == (CaseState.VOIDED, state, Outcome.VOIDED)
    assert (voided.next_due_at, voided.void_reason) == (None, VoidReason.ENTERED_IN_ERROR)
    with refused("case.not_possible_from"):
        void(case.pk, by=cast.sven, at=AT, **WHY)
    back = unvoid(case.pk, by=cast.sven, at=later(days=1), reason="确实是投诉。")
    assert (back.state, back.outcome, back.void_reason) == (state, "", "")
    assert back.next_due_at == due, "its clocks run as if they had never stopped"
    with refused("case.not_possible_from"):
        unvoid(case.pk, by=cast.sven, at=later(days=1), reason="…")


@pytest.mark.parametrize("state", ["executing", "refused", "external", "withdrawn", "merged"])
def test_later_it_is_too_late(cast, state):
    case = a_case(cast, state)
    with refused("case.not_possible_from"):
        void(case.pk, by=cast.sven, at=AT, **WHY)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"why": "unreasonable"}, "void.why_unknown"),
        ({"why": ""}, "void.why_unknown"),
        ({"reason": " "}, "void.reason_missing"),
    ],
)
def test_never_because_it_seems_unreasonable(cast, changes, code):
    """S-INT-17."""
    case = an_assessing_case(cast)
    with refused(code):
        void(case.pk, by=cast.sven, at=AT, **WHY | changes)


def test_what_was_promised_is_handled_to_its_end(cast):
    case = an_assessing_case(cast)
    make_commitment(case.pk, by=cast.ana, at=AT, what="今天内回电。", due_at=later(hours=8))
    with refused("void.promised"):
        void(case.pk, by=cast.sven, at=AT, **WHY)


def test_what_was_paid_is_handled_to_its_end(cast):
    case = an_assessing_case(cast)
    a_paid_grant(cast, case)
    with refused("void.promised", "void.paid"):
        void(case.pk, by=cast.sven, at=AT, **WHY)


def test_money_that_waits_is_cancelled_first_and_a_draft_goes_along(cast):
    case = an_assessing_case(cast)
    draft = a_draft(cast, case)
    waiting = submit_grant(a_draft(cast, case, amount="60").pk, by=cast.ana, at=AT)
    with refused("void.money_pending"):
        void(case.pk, by=cast.sven, at=AT, **WHY)
    other = an_assessing_case(cast)
    draft = a_draft(cast, other)
    void(other.pk, by=cast.sven, at=AT, **WHY)
    draft.refresh_from_db()
    assert (draft.state, waiting.state) == (GrantState.CANCELLED, GrantState.AWAITING_APPROVAL)


def test_a_leading_case_is_not_voided(cast):
    leading = an_assessing_case(cast)
    merge(a_second_case(cast, leading).pk, by=cast.sven, at=AT, into_id=leading.pk, reason="同一批货。")
    with refused("void.leads_others"):
        void(leading.pk, by=cast.sven, at=AT, **WHY)


def test_taking_it_up_again_says_why(cast):
    case = a_voided_case(cast)
    assert not case.clocks.filter(kind=Clock.Kind.RESOLUTION, stopped_at__isnull=True).exists()
    with refused("unvoid.reason_missing"):
        unvoid(case.pk, by=cast.sven, at=AT, reason=" ")


@pytest.mark.parametrize("who", ["ana", "ben", "wen", "olga", "axel"])
def test_voiding_is_for_supervisors(cast, who):
    case = an_assessing_case(cast)
    with denied():
        void(case.pk, by=getattr(cast, who), at=AT, **WHY)
    voided = a_voided_case(cast)
    with denied():
        unvoid(voided.pk, by=getattr(cast, who), at=AT, reason="…")
