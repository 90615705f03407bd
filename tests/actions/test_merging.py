"""One customer, two cases, one handling; and back again as if nothing had happened."""

import pytest

from casemgmt.models import Notice
from complaints.actions.assigning import assign_case
from complaints.actions.committing import make_commitment
from complaints.actions.flagging import raise_flag
from complaints.actions.merging import merge, propose_merge, unmerge
from complaints.actions.pausing import begin_pause
from complaints.actions.subjecting import name_subject
from complaints.actions.tasking import make_task
from complaints.actions.withdrawing import withdraw
from complaints.explaining_clocks import told_of
from complaints.states import CaseState
from complaints.vocabulary import Outcome
from tests.building import a_case, a_registered_case, an_assessing_case, answer
from tests.cast import AT, later
from tests.money import a_bounced_grant, a_draft, a_paid_grant, an_approved_grant
from tests.refusals import a_proposal, a_route, a_second_case, an_unreasonable_case
from tests.saying_no import denied, refused

pytestmark = pytest.mark.django_db

REASON = "同一客户的同一批货。"


@pytest.fixture
def leading(cast):
    """The case that leads."""
    return an_assessing_case(cast)


@pytest.fixture
def case(cast, leading):
    """Another case of the same customer."""
    return a_second_case(cast, leading)


def follow(cast, case, leading, *, at=AT):
    return merge(case.pk, by=cast.sven, at=at, into_id=leading.pk, reason=REASON)


def test_a_case_follows_another_of_the_same_customer(cast, case, leading):
    words = case.statements.get(kind="content").words
    merged = follow(cast, case, leading)
    assert (merged.state, merged.merged_into, merged.outcome) == (CaseState.MERGED, leading, Outcome.MERGED)
    assert (merged.state_before, merged.next_due_at) == (CaseState.ASSESSING, None)
    assert merged.merges.get().reason.words == REASON
    assert merged.statements.get(kind="content").words == words, "what was said stays verbatim with its case"
    with refused("case.not_possible_from"):
        follow(cast, case, leading)


def test_the_earlier_due_instant_wins_and_returns_with_its_case(cast):
    """Clocks run on at the leading case; after unmerge they run as if never stopped."""
    early = an_assessing_case(cast, received_at=later(hours=-5))
    late = a_second_case(cast, early)
    own = {clock.kind: clock.due_at for clock in late.clocks.all()}
    sooner = {clock.kind: clock.due_at for clock in early.clocks.all()}
    follow(cast, early, late)
    late.refresh_from_db()
    for clock in late.clocks.all():
        assert clock.due_at == min(own[clock.kind], sooner[clock.kind])
    unmerge(early.pk, by=cast.sven, at=later(hours=1), reason="并错了。")
    early.refresh_from_db()
    late.refresh_from_db()
    assert {clock.kind: clock.due_at for clock in late.clocks.all()} == own
    assert {clock.kind: clock.due_at for clock in early.clocks.all()} == sooner
    assert early.next_due_at == min(sooner.values())


def test_a_clock_that_the_leading_case_does_not_have_runs_on_there_and_goes_back(cast):
    """The leading customer was answered before the other complaint came: the second one still waits for an answer."""
    leading = an_assessing_case(cast, received_at=later(hours=-5))
    answer(cast, leading, at=later(hours=-4))
    other = a_second_case(cast, leading, received_at=AT)
    waiting = other.clocks.get(kind="first_response")
    follow(cast, other, leading)
    taken = leading.clocks.get(kind="first_response", stopped_at__isnull=True)
    assert (taken.round, taken.started_at, taken.due_at) == (2, waiting.started_at, waiting.due_at)
    assert (taken.warn_at, taken.next_level_at) == (waiting.warn_at, waiting.next_level_at)
    leading.refresh_from_db()
    assert leading.next_due_at == min(taken.due_at, leading.clocks.get(kind="resolution").due_at)
    told = told_of(leading, taken, AT)
    assert (told.is_same, told.merged_from) == (True, other.case_number)
    unmerge(other.pk, by=cast.sven, at=later(hours=1), reason="并错了。")
    assert not leading.clocks.running().filter(kind="first_response").exists()
    assert other.clocks.running().get(kind="first_response").due_at == waiting.due_at


def test_a_clock_that_was_taken_over_stops_by_what_the_leading_case_does(cast):
    leading = an_assessing_case(cast, received_at=later(hours=-5))
    answer(cast, leading, at=later(hours=-4))
    follow(cast, a_second_case(cast, leading, received_at=AT), leading)
    answer(cast, leading, at=later(minutes=10))
    taken = leading.clocks.get(kind="first_response", round=2)
    assert (taken.stopped_at, taken.stopped_late) == (later(minutes=10), False)


def test_what_was_done_at_the_leading_case_since_was_done_for_both(cast):
    leading = an_assessing_case(cast, received_at=later(hours=-5))
    other = a_second_case(cast, leading, received_at=later(hours=-3))
    answer(cast, leading, at=later(hours=-2))
    follow(cast, other, leading)
    assert [clock.round for clock in leading.clocks.filter(kind="first_response")] == [1]


def test_pauses_end_and_work_moves_and_remembers(cast, case, leading):
    make_commitment(case.pk, by=cast.ana, at=AT, what="今天内回电。", due_at=later(hours=8))
    make_task(case.pk, by=cast.ana, at=AT, department_id=cast.warehouse.pk, what="查监控。", due_at=later(hours=4))
    begin_pause(
        case.pk,
        by=cast.ana,
        at=AT,
        category="awaiting_courier",
        reason="等快递。",
        asked_of="third_party",
        asked_what="轨迹。",
    )
    follow(cast, case, leading, at=later(hours=1))
    promise, task = leading.commitments.get(), leading.tasks.get()
    assert (promise.made_for, task.made_for) == (case, case)
    assert case.pauses.get().ended_at == later(hours=1)
    unmerge(case.pk, by=cast.sven, at=later(hours=2), reason="并错了。")
    assert (case.commitments.get(), case.tasks.get()) == (promise, task)
    assert not leading.commitments.exists()


def test_a_safety_flag_goes_along(cast, case, leading):
    raise_flag(case.pk, by=cast.ana, at=AT, flag="safety", reason="插头冒烟。")
    follow(cast, case, leading)
    leading.refresh_from_db()
    assert leading.safety_flag


def test_paid_money_stays_where_it_was_paid(cast, case, leading):
    grant = a_paid_grant(cast, case)
    follow(cast, case, leading)
    grant.refresh_from_db()
    assert grant.case == case


@pytest.mark.parametrize("reach", [a_draft, an_approved_grant, a_bounced_grant])
def test_no_money_is_pending(cast, case, leading, reach):
    reach(cast, case)
    with refused("merge.money_pending"):
        follow(cast, case, leading)


def test_no_refusal_is_pending(cast):
    case = an_unreasonable_case(cast)
    leading = a_second_case(cast, case)
    a_proposal(cast, case)
    with refused("merge.approval_pending"):
        follow(cast, case, leading)


def test_no_route_is_pending(cast, case, leading):
    a_route(cast, case)
    with refused("merge.route_pending"):
        follow(cast, case, leading)


def test_a_leading_case_follows_nobody(cast, case, leading):
    """Nor does it follow its own follower (T13)."""
    follow(cast, case, leading)
    third = a_second_case(cast, leading)
    with refused("merge.leads_others"):
        follow(cast, leading, third)
    with refused("merge.leads_others", "merge.circular"):
        follow(cast, leading, case)
    with refused("merge.leading_is_merged"):
        follow(cast, third, case)


def test_no_case_follows_itself_or_nothing(cast, case):
    with refused("merge.into_itself"):
        follow(cast, case, case)
    with refused("merge.leading_unknown"):
        merge(case.pk, by=cast.sven, at=AT, into_id=987654, reason=REASON)


def test_no_case_follows_one_that_has_ended(cast, case, leading):
    withdraw(leading.pk, by=cast.ana, at=AT, words="不投诉了。")
    with refused("merge.leading_ended"):
        follow(cast, case, leading)


def test_only_cases_of_one_customer_are_merged(cast, leading):
    stranger = an_assessing_case(cast)
    with refused("merge.different_customers"):
        follow(cast, stranger, leading)


def test_whom_a_case_is_about_does_not_lead_it(cast, leading):
    """Else the subject would handle the complaint about themselves."""
    case = a_second_case(cast, leading)
    assign_case(case.pk, by=cast.sven, at=AT, handler_id=cast.ben.pk, reason="涉及安娜。")
    name_subject(case.pk, by=cast.sven, at=AT, person_id=cast.ana.pk)
    with refused("merge.handled_by_subject"):
        follow(cast, case, leading)


def test_a_reason_is_given_both_ways(cast, case, leading):
    with refused("merge.reason_missing"):
        merge(case.pk, by=cast.sven, at=AT, into_id=leading.pk, reason=" ")
    follow(cast, case, leading)
    with refused("unmerge.reason_missing"):
        unmerge(case.pk, by=cast.sven, at=AT, reason="")


def test_undone_it_is_a_case_of_its_own_in_the_state_it_had(cast, case, leading):
    follow(cast, case, leading)
    back = unmerge(case.pk, by=cast.tara, at=later(hours=1), reason="并错了。")
    assert (back.state, back.merged_into, back.outcome) == (CaseState.ASSESSING, None, "")
    record = back.merges.get()
    assert (record.undone_by, record.undone_at, record.undone_because.words) == (cast.tara, later(hours=1), "并错了。")
    with refused("case.not_possible_from"):
        unmerge(case.pk, by=cast.tara, at=later(hours=1), reason="并错了。")
    assert follow(cast, case, leading).merges.count() == 2


@pytest.mark.parametrize("state", ["registered", "negotiating", "executing", "refused", "external"])
def test_any_open_case_follows(cast, state):
    """An outside case has its route pending, so that it cannot."""
    case = a_case(cast, state)
    leading = a_second_case(cast, case)
    if state == "external":
        with refused("merge.route_pending"):
            follow(cast, case, leading)
    else:
        follow(cast, case, leading)
        assert unmerge(case.pk, by=cast.sven, at=AT, reason="并错了。").state == state


@pytest.mark.parametrize("who", ["ana", "ben", "wen", "olga", "axel"])
def test_merging_is_for_supervisors(cast, case, leading, who):
    with denied():
        merge(case.pk, by=getattr(cast, who), at=AT, into_id=leading.pk, reason=REASON)
    follow(cast, case, leading)
    with denied():
        unmerge(case.pk, by=getattr(cast, who), at=AT, reason="…")


def test_staff_propose_it_by_a_note(cast, case, leading):
    note = propose_merge(case.pk, by=cast.ana, at=AT, into_id=leading.pk, reason=REASON)
    assert (note.kind, note.words) == ("note", REASON)
    case.refresh_from_db()
    assert case.state == CaseState.ASSESSING
    told = Notice.objects.filter(code="notice.merge_proposed").values_list("person", flat=True)
    assert set(told) == {cast.sven.pk, cast.tara.pk}


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"into_id": 987654}, "merge.leading_unknown"), ({"reason": " "}, "merge.reason_missing")],
)
def test_a_proposal_names_the_case_and_says_why(cast, case, leading, changes, code):
    with refused(code):
        propose_merge(case.pk, by=cast.ana, at=AT, **{"into_id": leading.pk, "reason": REASON} | changes)
    with denied():
        propose_merge(case.pk, by=cast.ben, at=AT, into_id=leading.pk, reason=REASON)


def test_a_case_nobody_took_follows_too(cast, leading):
    waiting = a_registered_case(cast, customer_id=leading.customer_id, content="还有一件也有污渍。")
    assert follow(cast, waiting, leading).state_before == CaseState.REGISTERED
