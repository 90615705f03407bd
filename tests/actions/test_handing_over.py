"""Handing cases to the next shift: nothing changes hands before somebody answers, and nobody answers for themselves."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from casemgmt.ledger import Refused
from casemgmt.models import Notice
from casemgmt.people.absences import enter_absence
from casemgmt.violations import RuleBroken
from complaints.actions.assigning import assign_case
from complaints.actions.handing_over import (
    hand_over,
    return_line,
    take_back_handover,
    take_everything_over,
    take_over,
)
from complaints.actions.overdue import close_escalations
from complaints.actions.reminding_of_handovers import remind_of_handovers, tell_of_absences
from complaints.actions.subjecting import name_subject
from complaints.models import Complaint, Escalation, Handover, HandoverLine
from complaints.roles import day_of
from complaints.shift_register import register_of, statements_in
from tests.building import CUSTOMER, an_assessing_case, an_executing_case
from tests.cast import AT, later
from tests.stage import standing_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return standing_cast()


def two_cases(cast):
    return an_assessing_case(cast), an_executing_case(cast)


def give(cast, cases, *, to=None, by=None, at=AT, **more) -> Handover:
    receiver = to.pk if to else None
    return hand_over(by=by or cast.ana, at=at, cases=[case.pk for case in cases], given_to_id=receiver, **more)


def codes(refused) -> set[str]:
    return {violation.code for violation in refused.value.violations}


def handler_of(case) -> str:
    return Complaint.objects.get(pk=case.pk).handler.username


def test_the_giver_stays_responsible_until_somebody_takes_over(cast):
    cases = two_cases(cast)
    handover = give(cast, cases, to=cast.ben, words="天猫晚上维护。", notes={cases[0].pk: "别先报数。"})
    assert (handover.is_whole_shift, handover.team) == (True, cast.team)
    assert {handler_of(case) for case in cases} == {"ana"}
    assert Notice.objects.filter(person=cast.ben, code="notice.handover_given").count() == 1
    promise = cases[1].commitments.get()
    take_everything_over(handover.pk, by=cast.ben, at=later(minutes=5))
    assert {handler_of(case) for case in cases} == {"ben"}
    promise.refresh_from_db()
    assert promise.owner == cast.ben
    assert Handover.objects.get().state == "settled"
    with pytest.raises(RuleBroken) as refused:
        take_everything_over(handover.pk, by=cast.ben, at=later(minutes=6))
    assert codes(refused) == {"handover.settled_already"}


def test_line_by_line_and_one_is_returned_with_a_reason(cast):
    handover = give(cast, two_cases(cast), to=cast.ben)
    first, second = handover.lines.all()
    take_over(first.pk, by=cast.ben, at=later(minutes=1))
    with pytest.raises(RuleBroken) as refused:
        take_over(first.pk, by=cast.ben, at=later(minutes=2))
    assert "handover.not_waiting" in codes(refused)
    with pytest.raises(RuleBroken) as refused:
        return_line(second.pk, by=cast.ben, at=later(minutes=2), reason=" ")
    assert codes(refused) == {"reason.missing"}
    return_line(second.pk, by=cast.ben, at=later(minutes=3), reason="顾客只认安娜。")
    assert [line.state for line in handover.lines.all()] == ["accepted", "returned"]
    assert (handler_of(first.case), handler_of(second.case)) == ("ben", "ana")
    assert Notice.objects.filter(person=cast.ana, code="notice.handover_returned").count() == 1
    assert Handover.objects.get().state == "settled"


def test_the_register_stands_as_it_was_and_holds_no_words(cast):
    case = an_executing_case(cast)
    line = give(cast, [case], to=cast.ben).lines.get()
    stood = line.as_it_stood
    assert [entry["kind"] for entry in stood["promised"]] == ["promise"]
    assert "clock" in {entry["kind"] for entry in stood["next"]}
    assert case.commitments.get().what_id in statements_in([stood])
    assert CUSTOMER.name not in str(stood)
    assert "新衣" not in str(stood)
    with pytest.raises(Refused, match=r"handover\.rewritten"), transaction.atomic():
        HandoverLine.objects.filter(pk=line.pk).update(as_it_stood={})
    take_over(line.pk, by=cast.ben, at=later(days=4))
    assert HandoverLine.objects.get().as_it_stood == stood
    assert HandoverLine.history.filter(id=line.pk).count() == 2


def test_the_register_costs_the_same_for_one_and_for_many(cast, django_assert_max_num_queries):
    cases = [an_assessing_case(cast) for _number in range(3)]
    with django_assert_max_num_queries(16):
        assert len(register_of(cases)) == 3


def test_nobody_gets_a_case_about_themselves_or_one_they_may_not_see(cast):
    about_ben, other = two_cases(cast)
    name_subject(about_ben.pk, by=cast.ana, at=AT, person_id=cast.ben.pk, reason="顾客点名投诉。")
    with pytest.raises(RuleBroken) as refused:
        give(cast, [about_ben, other], to=cast.ben)
    assert codes(refused) == {"handover.receiver_is_subject"}
    with pytest.raises(RuleBroken) as refused:
        give(cast, [other], to=cast.wen)
    assert codes(refused) == {"handover.receiver_sees_not"}
    with pytest.raises(RuleBroken) as refused:
        give(cast, [other], to=cast.axel)
    assert "handler.cannot_handle" in codes(refused)
    with pytest.raises(RuleBroken) as refused:
        give(cast, [other], to=cast.ana)
    assert codes(refused) == {"handover.to_oneself"}
    assert not Handover.objects.exists()


def test_who_becomes_the_subject_meanwhile_does_not_take_it_with_the_rest(cast):
    about_ben, other = two_cases(cast)
    handover = give(cast, [about_ben, other], to=cast.ben)
    name_subject(about_ben.pk, by=cast.ana, at=AT, person_id=cast.ben.pk, reason="顾客点名投诉。")
    line = handover.lines.get(case=about_ben)
    with pytest.raises(PermissionDenied):
        take_over(line.pk, by=cast.ben, at=later(minutes=1))
    take_everything_over(handover.pk, by=cast.ben, at=later(minutes=2))
    assert (handler_of(about_ben), handler_of(other)) == ("ana", "ben")


def test_one_waits_in_one_handover_and_only_ones_own_are_given(cast):
    first, second = two_cases(cast)
    give(cast, [first], to=cast.ben)
    with pytest.raises(RuleBroken) as refused:
        give(cast, [first, second], to=cast.ben)
    assert codes(refused) == {"handover.waits_already"}
    with pytest.raises(PermissionDenied):
        give(cast, [second], to=cast.ana, by=cast.ben)
    with pytest.raises(RuleBroken) as refused:
        give(cast, [], to=cast.ben)
    assert codes(refused) == {"handover.no_case"}
    supervised = give(cast, [second], to=cast.ben, by=cast.sven, giver_id=cast.ana.pk)
    assert supervised.given_by == cast.ana


def test_others_do_not_answer_and_the_giver_takes_back_what_waits(cast):
    handover = give(cast, two_cases(cast), to=cast.ben)
    first, second = handover.lines.all()
    for somebody, code in ((cast.tara, "handover.not_yours"), (cast.ana, "handover.to_oneself")):
        with pytest.raises(RuleBroken) as refused:
            take_over(first.pk, by=somebody, at=AT)
        assert codes(refused) == {code}
    take_over(first.pk, by=cast.ben, at=AT)
    with pytest.raises(RuleBroken) as refused:
        take_back_handover(handover.pk, by=cast.ben, at=AT)
    assert codes(refused) == {"handover.not_given_by_you"}
    take_back_handover(handover.pk, by=cast.ana, at=AT)
    assert [line.state for line in handover.lines.all()] == ["accepted", "taken_back"]
    assert (handler_of(first.case), handler_of(second.case)) == ("ben", "ana")


def test_handed_to_the_team_whoever_is_there_takes_it(cast):
    handover = give(cast, [an_assessing_case(cast)])
    assert handover.given_to is None
    take_over(handover.lines.get().pk, by=cast.ben, at=AT)
    assert handler_of(handover.lines.get().case) == "ben"


def test_unanswered_it_is_reminded_of_once_then_goes_up_once_and_comes_down_when_answered(cast):
    handover = give(cast, two_cases(cast), to=cast.ben)
    assert remind_of_handovers(later(minutes=29)).done == 0
    assert remind_of_handovers(later(minutes=30)).done == 1
    assert remind_of_handovers(later(minutes=31)).done == 0
    told = Notice.objects.filter(code="notice.handover_waits")
    assert sorted(told.values_list("person__username", flat=True)) == ["ana", "ben"]
    assert remind_of_handovers(later(minutes=90)).done == 2
    assert remind_of_handovers(later(minutes=91)).done == 0
    raised = Escalation.objects.filter(cause__startswith="handover:")
    assert {(row.to_person.username, row.due_at) for row in raised} == {("sven", handover.escalate_at)}
    take_everything_over(handover.pk, by=cast.ben, at=later(minutes=95))
    close_escalations(later(minutes=96))
    assert set(raised.values_list("state", flat=True)) == {"closed"}


def test_a_line_whose_case_went_elsewhere_lapses(cast):
    first, second = two_cases(cast)
    handover = give(cast, [first, second], to=cast.ben)
    assign_case(first.pk, by=cast.sven, at=later(minutes=1), handler_id=cast.tara.pk, reason="急件。")
    with pytest.raises(RuleBroken) as refused:
        take_over(handover.lines.get(case=first).pk, by=cast.ben, at=later(minutes=2))
    assert codes(refused) == {"handover.case_moved_on"}
    assert remind_of_handovers(later(minutes=3)).done == 1
    assert {line.case_id: line.state for line in handover.lines.all()} == {
        first.pk: "lapsed",
        second.pk: "waiting",
    }


def test_who_is_away_is_given_nothing_and_their_substitute_answers(cast):
    handover = give(cast, two_cases(cast)[:1], to=cast.ben)
    absence = enter_absence(
        None,
        by=cast.ben,
        at=AT,
        starts_on=day_of(AT),
        ends_on=day_of(later(days=2)),
        substitute_id=cast.tara.pk,
    )
    with pytest.raises(RuleBroken) as refused:
        give(cast, [an_assessing_case(cast)], to=cast.ben)
    assert codes(refused) == {"handler.is_away"}
    take_over(handover.lines.get().pk, by=cast.tara, at=later(minutes=1))
    assert tell_of_absences(later(minutes=2)).done == 1
    assert tell_of_absences(later(days=3)).done == 1
    assert tell_of_absences(later(days=3, minutes=1)).done == 0
    told = Notice.objects.filter(subject_label="people.absence", subject_pk=str(absence.pk))
    assert {(notice.code, notice.person) for notice in told} == {
        ("notice.absence_begun", cast.tara),
        ("notice.absence_over", cast.ben),
    }
