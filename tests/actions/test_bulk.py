"""Many cases at once: what a dry run says, that exactly this is run, and that nothing is lost or done twice."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError

from casemgmt.privacy.models import AccessEvent
from casemgmt.violations import RuleBroken
from complaints.actions import bulk_kinds, bulk_running
from complaints.actions.assigning import assign_case, take_case
from complaints.actions.bulk import choose_cases, confirm_run, plan_run, reasons_of, retry_run, stop_run, throw_away
from complaints.actions.bulk_running import run_all, run_lines
from complaints.actions.noting import edit_facts
from complaints.actions.subjecting import name_subject
from complaints.actions.voiding import void
from complaints.models import BulkLine, BulkRun, CaseTag, Complaint, Tag
from complaints.states import BulkState
from tests.building import a_registered_case, an_assessing_case
from tests.cast import AT, later

pytestmark = pytest.mark.django_db
REASON = "一组今天只有两个人上班。"


def planned(cast, cases, *, kind="assign", by=None, **choice):
    by = by or cast.sven
    run = choose_cases(kind, [case.pk for case in cases], by=by, at=AT)
    if kind == "assign":
        choice = {"handler_ids": [cast.ben.pk], "words": REASON} | choice
    return plan_run(run.pk, by=by, at=AT, **choice)


def done(run, *, at=AT):
    confirm_run(run.pk, by=run.made_by, at=at)
    run_lines(run.pk, at=at)
    run.refresh_from_db()
    return run


def outcomes(run):
    return [line.outcome for line in run.lines.order_by("place")]


def codes(run):
    return {line.case_id: [found.code for found in reasons_of(line)] for line in run.lines.all() if line.reasons}


def another(cast, number):
    return a_registered_case(cast, content=f"第 {number} 件：衣服开线了。")


@pytest.fixture
def four(cast):
    return [another(cast, number) for number in range(4)]


def test_a_dry_run_changes_nothing_and_says_what_would_become_of_each(cast, four):
    assign_case(four[0].pk, by=cast.sven, at=AT, handler_id=cast.ben.pk, reason="熟客。")
    before = list(Complaint.objects.order_by("pk").values_list("pk", "handler", "version"))
    run = planned(cast, four)
    assert list(Complaint.objects.order_by("pk").values_list("pk", "handler", "version")) == before
    assert outcomes(run) == ["will_not", "will", "will", "will"]
    assert codes(run) == {four[0].pk: ["handler.has_it_already"]}
    line = run.lines.get(case=four[1])
    assert (line.before, line.after) == ({"handler": ""}, {"handler": "本杰"})


def test_what_was_shown_is_what_runs_each_with_its_own_reason(cast, four):
    run = done(planned(cast, four))
    assert run.state == BulkState.FINISHED
    assert outcomes(run) == ["done"] * 4
    for case in four:
        case.refresh_from_db()
        assert (case.handler, case.state) == (cast.ben, "assessing")
        entry = case.history.first()
        assert (entry.history_actor, entry.history_change_reason) == ("沈文", "case.assigned")
        assert entry.history_source == "bulk"
        assert str(case.act_reason) == REASON


def test_cases_are_shared_out_evenly_past_those_whom_they_are_about(cast, four):
    name_subject(four[0].pk, by=cast.sven, at=AT, person_id=cast.ben.pk)
    run = planned(cast, four, handler_ids=[cast.ana.pk, cast.ben.pk])
    taken = [line.handler for line in run.lines.order_by("place")]
    assert taken[0] == cast.ana
    assert sorted(person.username for person in taken) == ["ana", "ana", "ben", "ben"]


def test_a_case_that_moved_on_is_reported_and_left_alone(cast, four):
    run = planned(cast, four)
    edit_facts(four[2].pk, by=cast.sven, at=AT, reason="补充", emotion="calm")
    run = done(run)
    assert outcomes(run) == ["done", "done", "failed", "done"]
    assert codes(run) == {four[2].pk: ["bulk.moved_on"]}
    four[2].refresh_from_db()
    assert four[2].handler is None
    again = retry_run(run.pk, by=cast.sven, at=later(minutes=1))
    assert (again.retry_of, again.state) == (run, BulkState.PLANNED)
    assert [line.case_id for line in again.lines.all()] == [four[2].pk]
    assert outcomes(done(again)) == ["done"]


def test_only_what_trying_can_help_is_tried_again(cast, four):
    run = planned(cast, four[:1])
    confirm_run(run.pk, by=cast.sven, at=AT)
    void(four[0].pk, by=cast.sven, at=AT, why="spam", reason="广告。")
    BulkLine.objects.update(seen_version=Complaint.objects.get(pk=four[0].pk).version)
    run_lines(run.pk, at=AT)
    assert codes(run) == {four[0].pk: ["case.ended"]}
    with pytest.raises(RuleBroken) as broken:
        retry_run(run.pk, by=cast.sven, at=AT)
    assert broken.value.codes == ["bulk.nothing_to_retry"]


def test_a_killed_run_goes_on_where_it_stopped_and_does_nothing_twice(cast, four, monkeypatch):
    run = planned(cast, four)
    confirm_run(run.pk, by=cast.sven, at=AT)
    calls = []

    def dies_in_the_third(case_id, **how):
        calls.append(case_id)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return assign_case(case_id, **how)

    monkeypatch.setattr(bulk_kinds, "assign_case", dies_in_the_third)
    with pytest.raises(KeyboardInterrupt):
        run_lines(run.pk, at=AT)
    assert outcomes(run) == ["done", "done", "will", "will"]
    assert run_all(later(minutes=1)) == (1, 2, "")
    assert run_all(later(minutes=2)) == (0, 0, "")
    assert outcomes(run) == ["done"] * 4
    assert [case.history.filter(history_change_reason="case.assigned").count() for case in four] == [1] * 4


def test_a_line_that_kills_its_worker_is_set_aside(cast, four, monkeypatch):
    run = planned(cast, four)
    confirm_run(run.pk, by=cast.sven, at=AT)

    def dies_on_the_first(case_id, **how):
        if case_id == four[0].pk:
            raise KeyboardInterrupt
        return assign_case(case_id, **how)

    monkeypatch.setattr(bulk_kinds, "assign_case", dies_on_the_first)
    for _again in range(3):
        with pytest.raises(KeyboardInterrupt):
            run_lines(run.pk, at=AT)
    run_lines(run.pk, at=AT)
    assert outcomes(run) == ["failed", "done", "done", "done"]
    assert codes(run) == {four[0].pk: ["bulk.set_aside"]}


def test_a_bug_with_one_case_stops_no_other(cast, four, monkeypatch):
    run = planned(cast, four)

    def breaks_on_the_second(case_id, **how):
        if case_id == four[1].pk:
            raise ZeroDivisionError
        return assign_case(case_id, **how)

    monkeypatch.setattr(bulk_kinds, "assign_case", breaks_on_the_second)
    assert outcomes(done(run)) == ["done", "failed", "done", "done"]
    assert codes(run) == {four[1].pk: ["bulk.broke"]}


def test_an_error_of_the_connection_is_nobodys_fault(cast, four, monkeypatch):
    run = planned(cast, four)
    confirm_run(run.pk, by=cast.sven, at=AT)

    def gone(*args, **how):
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(bulk_kinds, "assign_case", gone)
    with pytest.raises(OperationalError):
        run_lines(run.pk, at=AT)
    assert outcomes(run) == ["will"] * 4


def test_rights_are_asked_again_when_it_runs_and_a_refusal_is_noted(cast, four):
    run = planned(cast, four[:2])
    confirm_run(run.pk, by=cast.sven, at=AT)
    cast.sven.groups.clear()
    run_lines(run.pk, at=AT)
    assert set(map(tuple, codes(run).values())) == {("bulk.no_right",)}
    noted = AccessEvent.objects.filter(kind="refused_right", reason="case.assign", person_name="沈文")
    assert {int(event.subject_pk) for event in noted} == {case.pk for case in four[:2]}
    assert Complaint.objects.filter(handler__isnull=False).count() == 0


def test_who_the_case_is_about_neither_counts_it_nor_changes_it(cast, four):
    name_subject(four[0].pk, by=cast.tara, at=AT, person_id=cast.sven.pk)
    run = planned(cast, four)
    assert run.lines.count() == 3
    name_subject(four[1].pk, by=cast.tara, at=AT, person_id=cast.sven.pk)
    run = done(run)
    assert codes(run) == {four[1].pk: ["bulk.no_right"]}
    assert Complaint.objects.get(pk=four[1].pk).handler is None


def test_staff_take_and_learn_who_was_faster(cast, four):
    run = planned(cast, four, kind="take", by=cast.ana)
    take_case(four[3].pk, by=cast.ben, at=AT)
    run = done(run)
    assert outcomes(run) == ["done", "done", "done", "failed"]
    again = choose_cases("take", [four[3].pk], by=cast.ana, at=AT)
    plan_run(again.pk, by=cast.ana, at=AT)
    assert codes(again) == {four[3].pk: ["case.taken_already"]}
    with pytest.raises(RuleBroken) as broken:
        confirm_run(again.pk, by=cast.ana, at=AT)
    assert broken.value.codes == ["bulk.nothing_will_change"]


def test_a_queue_moves_to_another_team_and_hands_stay_hands(cast, four):
    take_case(four[0].pk, by=cast.ana, at=AT)
    run = planned(cast, four, kind="move", team_id=cast.other_team.pk, words=REASON)
    assert outcomes(run) == ["will_not", "will", "will", "will"]
    assert codes(run) == {four[0].pk: ["team.case_has_a_handler"]}
    run = plan_run(run.pk, by=cast.sven, at=AT, team_id=cast.other_team.pk, handler_ids=[cast.wen.pk], words=REASON)
    assert outcomes(run) == ["will"] * 4
    done(run)
    moved = Complaint.objects.filter(pk__in=[case.pk for case in four])
    assert set(moved.values_list("team", "handler")) == {(cast.other_team.pk, cast.wen.pk)}
    with pytest.raises(RuleBroken) as broken:
        planned(cast, [another(cast, 9)], kind="move", team_id=cast.team.pk, handler_ids=[cast.wen.pk], words=REASON)
    assert broken.value.codes == ["bulk.handler_elsewhere"]


def test_a_queue_moves_without_hands(cast, four):
    done(planned(cast, four, kind="move", team_id=cast.other_team.pk, words=REASON))
    assert set(Complaint.objects.values_list("team", "handler", "state")) == {(cast.other_team.pk, None, "registered")}


def test_tags_go_on_and_off(cast, four):
    tag = Tag.objects.create(name="双十一", link="operations")
    cases = [an_assessing_case(cast, content=f"{number}") for number in range(2)]
    run = planned(cast, [*cases, four[0]], kind="tag", by=cast.ana, tag_id=tag.pk)
    assert codes(run) == {four[0].pk: ["bulk.no_right"]}
    done(run)
    assert set(CaseTag.objects.values_list("case", "tagged_by")) == {(case.pk, cast.ana.pk) for case in cases}
    assert outcomes(planned(cast, cases, kind="tag", by=cast.ana, tag_id=tag.pk)) == ["will_not"] * 2
    done(planned(cast, cases, kind="untag", by=cast.ana, tag_id=tag.pk))
    assert not CaseTag.objects.exists()


def test_each_handler_is_reminded_in_words_that_stay_on_the_case(cast, four):
    case = an_assessing_case(cast)
    run = done(planned(cast, [case, four[0]], kind="remind", words="今天下班前请给顾客回电。"))
    assert outcomes(run) == ["done", "will_not"]
    assert codes(run) == {four[0].pk: ["reminder.nobody_handles"]}
    notice = cast.ana.notices.get(code="notice.handler_reminded")
    assert notice.params == {"by": "沈文"}
    note = case.statements.get(kind="note")
    assert (note.words, note.said_by) == ("今天下班前请给顾客回电。", cast.sven)


def test_who_may_not_does_not_even_choose(cast, four):
    for person, kind in ((cast.axel, "tag"), (cast.olga, "take"), (cast.ana, "assign"), (cast.ana, "remind")):
        with pytest.raises(PermissionDenied):
            choose_cases(kind, [four[0].pk], by=person, at=AT)
    run = planned(cast, four)
    for step in (confirm_run, throw_away, stop_run, retry_run):
        with pytest.raises(PermissionDenied):
            step(run.pk, by=cast.tara, at=AT)


def test_too_many_and_none(cast):
    for keys, code in (
        ([], "bulk.nothing_chosen"),
        (range(1, 5002), "bulk.too_many"),
        ([10**9], "bulk.nothing_chosen"),
    ):
        with pytest.raises(RuleBroken) as broken:
            choose_cases("assign", keys, by=cast.sven, at=AT)
        assert broken.value.codes == [code]


def test_yes_twice_is_yes_once_and_stopping_keeps_what_is_done(cast, four, monkeypatch):
    run = planned(cast, four)
    confirm_run(run.pk, by=cast.sven, at=AT)
    assert confirm_run(run.pk, by=cast.sven, at=AT).state == BulkState.RUNNING

    def stops_after_one(case_id, **how):
        assign_case(case_id, **how)
        stop_run(run.pk, by=cast.sven, at=AT)

    monkeypatch.setattr(bulk_kinds, "assign_case", stops_after_one)
    run_lines(run.pk, at=AT)
    run.refresh_from_db()
    assert run.state == BulkState.STOPPED
    assert outcomes(run)[1:] == ["stopped"] * 3
    monkeypatch.undo()
    again = retry_run(run.pk, by=cast.sven, at=AT)
    assert outcomes(done(again)) == ["done"] * 3


def test_a_long_run_goes_to_the_worker_and_tells_its_maker(cast, four, monkeypatch):
    run = planned(cast, four)
    assert not bulk_running.goes_to_the_worker(run)
    monkeypatch.setattr(bulk_running, "RUN_ON_THE_PAGE", 3)
    assert bulk_running.goes_to_the_worker(run)
    done(run)
    assert cast.sven.notices.get(code="notice.bulk_finished").params == {"done": 4, "failed": 0}


def test_a_run_thrown_away_never_runs(cast, four):
    run = planned(cast, four)
    throw_away(run.pk, by=cast.sven, at=AT)
    with pytest.raises(RuleBroken) as broken:
        confirm_run(run.pk, by=cast.sven, at=AT)
    assert broken.value.codes == ["bulk.not_planned"]
    assert run_all(AT) == (0, 0, "")
    assert BulkRun.objects.get().history.count() == 3
