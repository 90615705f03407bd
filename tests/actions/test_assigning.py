"""Taking and assigning: whose case it is, and never the case of whoever it is about."""

import pytest
from django.core.exceptions import PermissionDenied

from casemgmt.models import Notice
from casemgmt.violations import RuleBroken
from complaints.actions.assigning import assign_case, take_case
from complaints.actions.subjecting import name_subject
from complaints.states import CaseState
from tests.building import a_case
from tests.cast import AT, later

pytestmark = pytest.mark.django_db


def test_taking_begins_the_first_assessment(cast):
    case = take_case(a_case(cast).pk, by=cast.ana, at=AT)
    assert (case.state, case.handler, case.team) == (CaseState.ASSESSING, cast.ana, cast.team)


def test_somebody_was_faster(cast):
    case = a_case(cast)
    take_case(case.pk, by=cast.ana, at=AT)
    with pytest.raises(RuleBroken) as broken:
        take_case(case.pk, by=cast.ben, at=AT)
    assert broken.value.codes == ["case.taken_already"]
    case.refresh_from_db()
    assert case.handler == cast.ana


@pytest.mark.parametrize("name", ["wen", "sven", "olga", "axel"])
def test_who_does_not_take_from_this_queue(cast, name):
    with pytest.raises(PermissionDenied):
        take_case(a_case(cast).pk, by=getattr(cast, name), at=AT)


def test_assigning_moves_a_registered_case_and_tells_the_handler(cast):
    case = assign_case(a_case(cast).pk, by=cast.sven, at=AT, handler_id=cast.ben.pk, reason="本杰熟悉这类面料")
    assert (case.state, case.handler) == (CaseState.ASSESSING, cast.ben)
    assert case.act_reason.words == "本杰熟悉这类面料"
    assert Notice.objects.filter(person=cast.ben, code="notice.case_assigned").exists()


def test_a_new_handler_needs_no_move(cast):
    case = a_case(cast, CaseState.NEGOTIATING)
    case = assign_case(case.pk, by=cast.sven, at=later(days=3), handler_id=cast.ben.pk, reason="安娜休假")
    assert (case.state, case.handler) == (CaseState.NEGOTIATING, cast.ben)


@pytest.mark.parametrize(
    ("who", "reason", "code"),
    [
        ("ana", "换人", "handler.has_it_already"),
        ("olga", "换人", "handler.cannot_handle"),
        ("axel", "换人", "handler.cannot_handle"),
        ("ben", " ", "reason.missing"),
    ],
)
def test_each_clause_of_assigning_refuses(cast, who, reason, code):
    case = a_case(cast, CaseState.ASSESSING)
    with pytest.raises(RuleBroken) as broken:
        assign_case(case.pk, by=cast.sven, at=AT, handler_id=getattr(cast, who).pk, reason=reason)
    assert broken.value.codes == [code]


def test_an_ended_case_is_not_assigned(cast):
    case = a_case(cast, CaseState.VOIDED)
    with pytest.raises(RuleBroken) as broken:
        assign_case(case.pk, by=cast.sven, at=later(days=9), handler_id=cast.ben.pk, reason="换人")
    assert "case.ended" in broken.value.codes


def test_whoever_it_is_about_neither_takes_nor_gets_it(cast):
    case = a_case(cast, CaseState.ASSESSING)
    name_subject(case.pk, by=cast.ana, at=AT, person_id=cast.ben.pk, reason="顾客点名投诉")
    with pytest.raises(RuleBroken) as broken:
        assign_case(case.pk, by=cast.sven, at=AT, handler_id=cast.ben.pk, reason="换人")
    assert broken.value.codes == ["duty.subject_handles"]


def test_staff_do_not_assign(cast):
    with pytest.raises(PermissionDenied):
        assign_case(a_case(cast).pk, by=cast.ana, at=AT, handler_id=cast.ben.pk, reason="换人")


def test_calls_and_promises_go_along_with_the_case(cast):
    case = a_case(cast, CaseState.FOLLOWING_UP)
    call = case.follow_ups.get(ended_at__isnull=True)
    assert call.owner == cast.ana
    assign_case(case.pk, by=cast.sven, at=later(days=20), handler_id=cast.ben.pk, reason="安娜休假")
    call.refresh_from_db()
    assert call.owner == cast.ben
