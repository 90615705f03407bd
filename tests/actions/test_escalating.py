"""Going up: once for ever, to whoever the rule names, answered by somebody it is not about."""

import pytest
from django.core.exceptions import PermissionDenied

from casemgmt.models import Notice
from casemgmt.violations import RuleBroken
from complaints.actions.escalating import (
    acknowledge_escalation,
    close_escalations_without_cause,
    decide_escalation,
    raise_by_hand,
    raise_escalation,
    why_not_decide_escalation,
    why_not_raise_by_hand,
)
from complaints.models import Complaint, ComplaintSubject
from complaints.states import CaseState, EscalationState
from tests.building import a_registered_case, an_assessing_case
from tests.cast import AT, later

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast):
    return an_assessing_case(cast)


@pytest.fixture
def raised(cast, case):
    return raise_by_hand(case.pk, by=cast.ana, at=AT, reason="客户要求的赔偿超出我的权限")


def codes(broken):
    return broken.value.codes


def test_the_superior_s_answer_comes_back_to_the_handler(cast, raised):
    """S-ESC-01, S-ESC-03."""
    assert raised.to_person == cast.sven
    assert raised.reason.words == "客户要求的赔偿超出我的权限"
    assert Notice.objects.get(code="notice.escalated.by_hand").person == cast.sven
    acknowledge_escalation(raised.pk, by=cast.sven, at=AT)
    decided = decide_escalation(raised.pk, by=cast.sven, at=later(hours=1), decision="better_solution", answer="换新")
    assert (decided.state, decided.decision, decided.answer.words) == ("decided", "better_solution", "换新")
    assert Notice.objects.get(code="notice.escalation_decided").person == cast.ana
    reasons = list(decided.history.order_by("history_id").values_list("history_change_reason", flat=True))
    assert reasons == ["escalation.raised", "escalation.acknowledged", "escalation.decided"]


def test_the_same_cause_level_and_instant_is_raised_once_for_ever(cast, case):
    facts = {"cause": "safety", "level": 1, "due_at": AT, "by": cast.ana, "at": AT}
    first = raise_escalation(case, **facts)
    assert raise_escalation(case, **facts) == first
    assert raise_escalation(case, **facts | {"level": 2}) != first
    assert case.escalations.count() == 2


def test_a_closed_one_comes_back_with_its_cause(cast, case):
    facts = {"cause": "safety", "level": 1, "due_at": AT, "by": cast.ana, "at": AT}
    first = raise_escalation(case, **facts)
    assert close_escalations_without_cause(case, by=cast.ana, at=AT) == 1
    assert close_escalations_without_cause(case, by=cast.ana, at=AT) == 0
    again = raise_escalation(case, **facts)
    assert (again.pk, again.state) == (first.pk, EscalationState.OPEN)


def test_a_safety_matter_stays_while_its_flag_is_up(cast, case):
    Complaint.objects.filter(pk=case.pk).update(safety_flag=True)
    raise_escalation(case, cause="safety", level=1, due_at=AT, by=cast.ana, at=AT)
    assert close_escalations_without_cause(case, by=cast.ana, at=AT) == 0


def test_taking_over_makes_the_supervisor_the_handler(cast, raised):
    """S-ESC-04."""
    decide_escalation(raised.pk, by=cast.tara, at=AT, decision="take_over", answer="我来处理")
    assert Complaint.objects.get(pk=raised.case_id).handler == cast.tara
    assert Notice.objects.get(code="notice.escalation_decided").person == cast.ana


def test_taking_over_a_case_that_nobody_has_takes_it(cast):
    case = a_registered_case(cast)
    raised = raise_by_hand(case.pk, by=cast.ana, at=AT, reason="没人接")
    decide_escalation(raised.pk, by=cast.sven, at=AT, decision="take_over", answer="我来")
    case.refresh_from_db()
    assert (case.state, case.handler) == (CaseState.ASSESSING, cast.sven)


def test_everything_that_is_wrong_is_said_at_once(cast, raised):
    with pytest.raises(RuleBroken) as broken:
        decide_escalation(raised.pk, by=cast.sven, at=AT, decision="maybe", answer=" ")
    assert codes(broken) == ["escalation.decision_missing", "escalation.answer_missing"]


def test_twice_is_refused(cast, raised):
    decide_escalation(raised.pk, by=cast.sven, at=AT, decision="return", answer="按原方案")
    with pytest.raises(RuleBroken) as broken:
        decide_escalation(raised.pk, by=cast.tara, at=AT, decision="return", answer="按原方案")
    assert codes(broken) == ["escalation.not_undecided"]
    with pytest.raises(RuleBroken) as broken:
        acknowledge_escalation(raised.pk, by=cast.tara, at=AT)
    assert codes(broken) == ["escalation.not_open"]


def test_one_waits_at_a_time_for_each_who_asks(cast, raised):
    with pytest.raises(RuleBroken) as broken:
        raise_by_hand(raised.case_id, by=cast.ana, at=later(hours=1), reason="还是不行")
    assert codes(broken) == ["escalation.already_raised"]
    assert [found.code for found in why_not_raise_by_hand(raised.case, by=cast.ben, at=AT)] == []


def test_a_supervisor_who_handles_the_case_does_not_answer_about_it(cast, raised):
    Complaint.objects.filter(pk=raised.case_id).update(handler=cast.sven)
    raised.refresh_from_db()
    assert [found.code for found in why_not_decide_escalation(raised, by=cast.sven, at=AT)] == [
        "escalation.about_oneself"
    ]


def test_whoever_raised_it_does_not_decide_it(cast, case):
    raised = raise_by_hand(case.pk, by=cast.sven, at=AT, reason="需要更多人手")
    with pytest.raises(RuleBroken) as broken:
        decide_escalation(raised.pk, by=cast.sven, at=AT, decision="return", answer="自己答自己")
    assert codes(broken) == ["duty.asker_decides"]


def test_a_subject_of_the_complaint_has_no_right_at_all(cast, case, raised):
    ComplaintSubject.objects.create(case=case, person=cast.sven, named_by=cast.tara, named_at=AT)
    with pytest.raises(PermissionDenied):
        decide_escalation(raised.pk, by=cast.sven, at=AT, decision="return", answer="没事")


@pytest.mark.parametrize("name", ["ana", "ben", "olga", "axel"])
def test_only_supervisors_answer(cast, raised, name):
    with pytest.raises(PermissionDenied):
        acknowledge_escalation(raised.pk, by=getattr(cast, name), at=AT)
    with pytest.raises(PermissionDenied):
        decide_escalation(raised.pk, by=getattr(cast, name), at=AT, decision="return", answer="好")


def test_what_an_auditor_finds_goes_up_and_the_auditor_does_not_answer_it(cast, case):
    found = raise_by_hand(case.pk, by=cast.axel, at=AT, reason="承诺没有写进记录。")
    assert (found.to_person, found.raised_by) == (cast.sven, cast.axel)
    with pytest.raises(PermissionDenied):
        decide_escalation(found.pk, by=cast.axel, at=AT, decision="return", answer="好")


@pytest.mark.parametrize("name", ["wen", "olga"])
def test_people_without_the_case_raise_nothing(cast, case, name):
    with pytest.raises(PermissionDenied):
        raise_by_hand(case.pk, by=getattr(cast, name), at=AT, reason="看看")
