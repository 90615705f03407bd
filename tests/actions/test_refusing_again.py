"""A refusal that stood, and the case goes on all the same: it lapses, and the next one stands on its own feet."""

import pytest

from complaints.actions.planning import steps_walked, walk_ladder
from complaints.actions.proposing_refusals import propose_refusal
from complaints.actions.resuming import resume
from complaints.actions.reviving import dissatisfied
from complaints.actions.telling_refusals import tell_refusal
from complaints.states import CaseState, RefusalState
from complaints.vocabulary import LadderStep
from tests.cast import AT, later
from tests.refusals import GROUNDS, a_refused_case, tell_the_no, walk_the_ladder
from tests.saying_no import refused

MISSING = ("refusal.ladder_talked_further", "refusal.ladder_superior", "refusal.ladder_other_options")


@pytest.fixture
def resumed(cast):
    """A refused case whose customer took the alternative, and then did not."""
    case = a_refused_case(cast)
    return resume(case.pk, by=cast.ana, at=AT, because="alternative_taken", words="那就按优惠券来吧。")


def propose(cast, case, *, at):
    facts = GROUNDS | {"evidence_ids": list(case.evidence.values_list("pk", flat=True))}
    return propose_refusal(case.pk, by=cast.ana, at=at, **facts)


def test_the_ladder_is_walked_anew(cast, resumed):
    """S-SOL-24: what came of the talks before does not carry the next refusal."""
    assert steps_walked(resumed) == ()
    with refused(*MISSING):
        propose(cast, resumed, at=later(days=1))
    walk_the_ladder(cast, resumed, at=later(days=1))
    assert propose(cast, resumed, at=later(days=2)).state == RefusalState.PROPOSED


def test_it_is_walked_in_its_order_again(cast, resumed):
    with refused("ladder.out_of_order"):
        walk_ladder(resumed.pk, by=cast.ana, at=later(days=1), step=LadderStep.SUPERIOR, words="请示了主管。")


def test_what_is_new_ends_a_refusal_that_was_told(cast):
    case = a_refused_case(cast)
    tell_the_no(cast, case)
    tell_refusal(case.pk, by=cast.ana, at=AT, showed_evidence=True, showed_policy=True)
    again = dissatisfied(case.pk, by=cast.ana, at=later(days=1), what="又发现缺了一颗扣子。")
    assert again.state == CaseState.INVESTIGATING
    assert again.refusals.get().state == RefusalState.LAPSED
