"""Checklists on a case: ticked by whom and when, taken back, and waited for where the policy says so."""

import pytest
from django.core.exceptions import PermissionDenied

from casemgmt.violations import RuleBroken
from complaints.actions.investigating import establish
from complaints.actions.ticking import checklists_for, tick_checklists, ticks_on, violations_in_checklists
from complaints.models import ChecklistTick
from tests.building import a_negotiating_case, an_assessing_case, an_investigating_case
from tests.cast import later

CAR = {"car_diagnosis": ["technician", "test", "repair_log"]}


def codes_of(case, at=None):
    return [found.code for found in checklists_for(case, at=at or later())]


@pytest.fixture
def car(cast):
    case = an_investigating_case(cast)
    case.category = "product.car"
    case.save()
    return case


def test_category_and_state_choose_the_checklists(cast, car):
    assert codes_of(car) == ["car_diagnosis"]
    assert codes_of(an_assessing_case(cast)) == []


def test_a_tick_keeps_who_and_when(cast, car):
    changed = tick_checklists(car.pk, by=cast.ana, at=later(hours=2), ticked={"car_diagnosis": ["test"]})
    (tick,) = ChecklistTick.objects.filter(case=car)
    assert changed == [tick]
    assert (tick.item, tick.is_done, tick.ticked_by, tick.ticked_at) == ("test", True, cast.ana, later(hours=2))
    assert tick.history.get().history_change_reason == "checklist.ticked"


def test_a_second_time_changes_nothing(cast, car):
    for hours in (2, 3):
        changed = tick_checklists(car.pk, by=cast.ana, at=later(hours=hours), ticked={"car_diagnosis": ["test"]})
    assert changed == []
    assert ChecklistTick.objects.get().ticked_at == later(hours=2)


def test_a_tick_is_taken_back_and_the_history_tells_both(cast, car):
    tick_checklists(car.pk, by=cast.ana, at=later(hours=2), ticked={"car_diagnosis": ["test"]})
    tick_checklists(car.pk, by=cast.ana, at=later(hours=3), ticked={"car_diagnosis": []})
    assert ticks_on(car) == {}
    assert [row.is_done for row in ChecklistTick.objects.get().history.order_by("history_id")] == [True, False]


def test_the_step_waits_for_each_item(cast, car):
    tick_checklists(car.pk, by=cast.ana, at=later(hours=2), ticked={"car_diagnosis": ["test"]})
    with pytest.raises(RuleBroken) as refused:
        establish(car.pk, by=cast.ana, at=later(hours=3), verdict="substantiated")
    assert refused.value.codes.count("checklist.not_ticked") == 2
    tick_checklists(car.pk, by=cast.ana, at=later(hours=3), ticked=CAR)
    assert list(violations_in_checklists(car, "establish", at=later(hours=3))) == []


def test_a_checklist_that_only_reminds_blocks_nothing(cast):
    case = a_negotiating_case(cast)
    assert "before_refusal" in codes_of(case)
    assert list(violations_in_checklists(case, "propose_refusal", at=later())) == []


@pytest.mark.parametrize(
    "ticked", [{"car_diagnosis": ["nothing"]}, {"no_such_list": []}, {"before_closing": ["tagged"]}]
)
def test_what_the_policy_does_not_know_is_refused_whole(cast, car, ticked):
    with pytest.raises(RuleBroken) as refused:
        tick_checklists(car.pk, by=cast.ana, at=later(), ticked=CAR | ticked)
    assert refused.value.codes == ["checklist.unknown_item"]
    assert not ChecklistTick.objects.exists()


def test_only_who_handles_the_case_ticks(cast, car):
    for person in (cast.wen, cast.olga, cast.axel):
        with pytest.raises(PermissionDenied):
            tick_checklists(car.pk, by=person, at=later(), ticked=CAR)


def test_a_case_without_a_checklist_says_so(cast):
    case = an_assessing_case(cast)
    with pytest.raises(RuleBroken) as refused:
        tick_checklists(case.pk, by=cast.ana, at=later(), ticked={})
    assert refused.value.codes == ["checklist.not_possible_from"]
