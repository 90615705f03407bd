"""Cases in their follow-up and closed ones, reached by running the actions as the people of the cast."""

from complaints.actions.closing import close_case
from complaints.actions.executing import complete
from complaints.actions.following_up import record_attempt, record_result
from complaints.actions.improving import set_improvement
from complaints.actions.keeping import keep_commitment
from complaints.actions.summarising import write_summary
from complaints.actions.sweeping import put_follow_ups_on_lists
from complaints.models import Complaint, FollowUpCall
from complaints.states import CaseState, FollowUpState
from complaints.vocabulary import ContactOutcome, MeasureKind
from tests.building import an_executing_case, tell_outcome
from tests.cast import AT, Cast


def a_following_up_case(cast: Cast, **changes) -> Complaint:
    """A case whose promise was kept and whose customer was told; a follow-up is scheduled."""
    case = an_executing_case(cast, **changes)
    for commitment in case.commitments.pending():
        keep_commitment(commitment.pk, by=cast.ana, at=AT, words="新衣已寄出，单号已告知")
    tell_outcome(cast, case)
    return complete(case.pk, by=cast.ana, at=AT)


def a_due_follow_up(cast: Cast, case: Complaint) -> FollowUpCall:
    """The case's follow-up, on the list of its owner."""
    follow_up = case.follow_ups.get(state=FollowUpState.SCHEDULED)
    put_follow_ups_on_lists(follow_up.scheduled_for)
    follow_up.refresh_from_db()
    return follow_up


def follow_up(cast: Cast, case: Complaint, *, satisfaction: int | None = 5) -> FollowUpCall:
    """Ana reaches the customer in the first window and writes down what they say."""
    call = a_due_follow_up(cast, case)
    at = call.scheduled_for
    record_attempt(call.pk, by=cast.ana, at=at, outcome=ContactOutcome.DELIVERED, words="客户说新衣很满意。")
    return record_result(
        call.pk, by=cast.ana, at=at, satisfaction=satisfaction, solved=True, experience="新衣无污渍，穿着合身。"
    )


def sum_up(cast: Cast, case: Complaint, *, at=AT) -> None:
    """Ana's summary and a measure."""
    write_summary(case.pk, by=cast.ana, at=at, lesson="出库前逐件拍照。", root_cause="出库质检漏检。")
    set_improvement(case.pk, by=cast.ana, at=at, kind=MeasureKind.PROCESS, what="出库质检增加复核一步。")


def a_case_ready_to_close(cast: Cast, **changes) -> Complaint:
    """Followed up, told, summed up, and nothing left open."""
    case = a_following_up_case(cast, **changes)
    call = follow_up(cast, case)
    sum_up(cast, case, at=call.ended_at)
    case.refresh_from_db()
    return case


def a_closed_case(cast: Cast, **changes) -> Complaint:
    """A case that went all the way."""
    case = a_case_ready_to_close(cast, **changes)
    return close_case(case.pk, by=cast.ana, at=case.follow_ups.latest("pk").ended_at)


STEPS = {CaseState.FOLLOWING_UP: a_following_up_case, CaseState.CLOSED: a_closed_case}
