"""What tests of calls share: a plan, a call under way, and the steps of a talk."""

from complaints.actions.dialling import StepTaken, start_call
from complaints.actions.planning_calls import write_call_plan
from complaints.models import CallPlan, StartedCall
from policies.values.calling import STEPS_OF_A_TALK
from tests.cast import AT

PLAN = {
    "authority": "单笔50元，本案150元以内",
    "demands": "退货：可以\n不退，补100元：最多50元",
    "fallbacks": "换一件全新的\n退货退款，运费店铺出",
    "bottom_line": "退货退款689元加运费，不再补偿",
    "beyond": "请主管沈文10分钟内回电",
}


def a_call_plan(cast, case, *, at=AT, **changes) -> CallPlan:
    """Ana has thought it through."""
    return write_call_plan(case.pk, by=cast.ana, at=at, **PLAN | changes)


def a_started_call(cast, case, *, at=AT, **changes) -> StartedCall:
    """Ana is on the phone."""
    return start_call(case.pk, by=cast.ana, at=at, **changes)


def all_steps(*missed, **notes) -> dict[str, StepTaken]:
    """Every step of the talk done, but for those missed."""
    return {code: StepTaken(code not in missed, notes.get(code, "")) for code in STEPS_OF_A_TALK}
