"""A draft is held against the cases by the rules that decide them: what moves is told, and nothing is changed."""

import pytest

from casemgmt.violations import RuleBroken
from complaints.actions.pausing import begin_pause
from complaints.actions.subjecting import name_subject
from complaints.dry_runs.cases import CASES
from complaints.models import Clock, Complaint
from complaints.vocabulary import PauseCategory
from policies.actions import activate_policy, ask_dry_run, draft_change, run_one, stop_dry_run, try_policy
from policies.actions.dry_running import run_all
from policies.models import DryRun, DryRunLine, PolicyRow
from tests.building import a_case, a_negotiating_case, a_registered_case, an_assessing_case
from tests.cast import AT, later
from tests.money import a_request, an_approved_grant
from tests.refusals import a_proposal


def a_draft_of(cast, kind, key, **entries):
    """A change of what is in force, with some entries of the body replaced."""
    base = PolicyRow.objects.filter(kind=kind, key=key, state="active").order_by("-valid_from").first()
    draft = draft_change(base.pk, by=cast.sven, at=AT, valid_from=later(days=3), reason="试一试")
    draft.body = base.body | entries
    draft.cases = []
    draft.save()
    return draft


def held_against_the_cases(draft, cast, at=AT):
    run = ask_dry_run(draft.pk, by=cast.sven, at=at)
    run_one(run.pk, at=at)
    run.refresh_from_db()
    return run


def lines(run, **which):
    return list(run.lines.filter(**which).order_by("pk"))


def everything(case):
    return [list(Complaint.objects.filter(pk=case.pk).values()), list(Clock.objects.filter(case=case).values())]


def test_a_longer_clock_moves_the_deadline_of_every_case_and_changes_none(cast):
    case = an_assessing_case(cast)
    before = everything(case)
    draft = a_draft_of(cast, "clock", "resolution", length={"amount": 9, "unit": "working_days"})
    run = held_against_the_cases(draft, cast)
    (line,) = lines(run, case_id=case.pk)
    clock = case.clocks.get(kind="resolution")
    assert (line.what, line.name, line.verdict, line.is_open) == ("due", "resolution", "later", True)
    assert line.before == clock.due_at.isoformat()
    assert line.after > line.before
    assert (run.state, run.looked_at, run.counts["changed"]) == (DryRun.State.DONE, run.cases, 1)
    assert everything(case) == before


def test_the_replay_counts_pauses_as_the_case_does(cast):
    case = an_assessing_case(cast)
    asked = {"reason": "等照片", "asked_of": "third_party", "asked_what": "轨迹"}
    begin_pause(case.pk, by=cast.ana, at=later(hours=1), category=PauseCategory.AWAITING_COURIER, **asked)
    draft = a_draft_of(cast, "clock", "resolution", length={"amount": 9, "unit": "working_days"})
    run = held_against_the_cases(draft, cast, at=later(hours=2))
    assert not lines(run, name="resolution", case_id=case.pk)


def test_a_shorter_clock_tells_who_would_be_late_at_once(cast):
    case = a_registered_case(cast)
    draft = a_draft_of(cast, "clock", "resolution", length={"amount": 1, "unit": "working_days"})
    run = held_against_the_cases(draft, cast, at=later(days=3))
    assert [line.verdict for line in lines(run, case_id=case.pk)] == ["overdue_now"]


def test_a_clock_for_other_cases_alone_disappears_and_one_for_more_appears(cast):
    case = a_registered_case(cast)
    narrowed = a_draft_of(cast, "clock", "resolution", severities=["critical"])
    assert [line.verdict for line in lines(held_against_the_cases(narrowed, cast), case_id=case.pk)] == ["disappears"]
    another = a_draft_of(cast, "clock", "resolution", clock="second_look")
    assert {line.verdict for line in lines(held_against_the_cases(another, cast), case_id=case.pk)} == {
        "disappears", "appears",
    }  # fmt: skip


def test_a_calendar_with_a_new_holiday_moves_what_counts_working_days(cast):
    case = a_registered_case(cast)
    base = PolicyRow.objects.filter(kind="calendar", key="cn-official", state="active").order_by("-valid_from").first()
    holidays = [*base.body["holidays"], {"day": "2026-10-14", "name": "店庆"}]
    run = held_against_the_cases(a_draft_of(cast, "calendar", "cn-official", holidays=holidays), cast)
    assert "later" in {line.verdict for line in lines(run, case_id=case.pk, name="resolution")}


def test_a_lower_limit_tells_which_grants_somebody_else_would_decide(cast):
    case = a_negotiating_case(cast)
    grant = an_approved_grant(cast, case, "120.00")
    tight = {"per_grant": "100.00", "per_case": "100.00"}
    run = held_against_the_cases(a_draft_of(cast, "limit", "supervisor", **tight), cast)
    (line,) = lines(run, case_id=case.pk)
    assert (line.what, line.verdict, line.before, line.name) == ("limit", "other_rung", "supervisor", grant.kind)


def test_a_stricter_kind_of_money_tells_which_requests_it_would_refuse(cast):
    case = a_negotiating_case(cast)
    a_request(cast, case)
    run = held_against_the_cases(
        a_draft_of(cast, "compensation_kind", "red_packet", needs_evidence=["test_report"]), cast
    )
    assert [(line.what, line.verdict) for line in lines(run, case_id=case.pk)] == [("block", "refused")]


def test_a_ground_that_asks_for_more_proof_makes_a_refusal_fall(cast):
    refusal = a_proposal(cast)
    run = held_against_the_cases(
        a_draft_of(cast, "refusal_ground", refusal.ground, needs_evidence=["test_report"]), cast
    )
    assert [line.verdict for line in lines(run, case_id=refusal.case_id)] == ["refused"]


def test_narrower_hours_tell_which_calls_would_not_be_made(cast):
    a_case(cast, "following_up")
    draft = a_draft_of(cast, "calling_window", "default", opens="16:00", closes="16:30", quiet_hours=[])
    run = held_against_the_cases(draft, cast)
    assert {line.what for line in lines(run)} == {"block"}


def test_old_cases_and_endings_are_left_out(cast):
    closed = a_case(cast, "closed")
    assert closed.pk in CASES.batch(later(days=30), 0, 100)
    assert closed.pk not in CASES.batch(later(days=130), 0, 100)
    open_case = a_registered_case(cast)
    assert open_case.pk in CASES.batch(later(days=900), 0, 100)


def test_a_run_goes_on_where_it_stopped_and_twice_is_harmless(cast, monkeypatch):
    monkeypatch.setattr("policies.actions.dry_running.BATCH", 1)
    for _ in range(3):
        a_registered_case(cast)
    draft = a_draft_of(cast, "clock", "resolution", length={"amount": 9, "unit": "working_days"})
    run = held_against_the_cases(draft, cast)
    assert DryRunLine.objects.filter(run=run, name="resolution").count() == 3
    assert run_one(run.pk, at=AT) == 0
    assert run_all(AT) == (0, 0, "")
    assert DryRunLine.objects.filter(run=run, name="resolution").count() == 3


def test_a_run_can_be_stopped_and_asked_for_again(cast):
    draft = a_draft_of(cast, "clock", "resolution", length={"amount": 9, "unit": "working_days"})
    ask_dry_run(draft.pk, by=cast.sven, at=AT)
    with pytest.raises(RuleBroken) as refused:
        ask_dry_run(draft.pk, by=cast.sven, at=AT)
    assert refused.value.codes == ["policy.dry_run_under_way"]
    stop_dry_run(draft.pk, by=cast.sven, at=AT)
    assert run_all(AT) == (0, 0, "")
    assert held_against_the_cases(draft, cast).state == DryRun.State.DONE


def test_a_replay_that_breaks_fails_its_run_and_no_other(cast, monkeypatch):
    def broken(comparison, case_ids):
        raise ValueError("probe")

    monkeypatch.setattr("policies.actions.dry_running.effects_of", broken)
    a_registered_case(cast)
    run = held_against_the_cases(a_draft_of(cast, "clock", "resolution"), cast)
    assert run.state == DryRun.State.FAILED


def codes_of(refused):
    return refused.value.codes


def test_activation_asks_for_a_dry_run_of_just_this_text(cast):
    draft = a_draft_of(cast, "clock", "resolution", length={"amount": 9, "unit": "working_days"})
    held_against_the_cases(draft, cast)
    draft.refresh_from_db()
    draft.body |= {"length": {"amount": 8, "unit": "working_days"}}
    draft.save()
    try_policy(draft.pk, by=cast.sven, at=AT)
    with pytest.raises(RuleBroken) as refused:
        activate_policy(draft.pk, by=cast.tara, at=AT)
    assert codes_of(refused) == ["policy.dry_run_stale"]
    run = held_against_the_cases(draft, cast)
    active = activate_policy(draft.pk, by=cast.tara, at=AT)
    assert active.dry_run["run"] == run.pk
    assert active.dry_run["counts"] == run.counts


def test_activation_without_any_dry_run_is_refused(cast):
    draft = a_draft_of(cast, "limit", "staff")
    try_policy(draft.pk, by=cast.sven, at=AT)
    with pytest.raises(RuleBroken) as refused:
        activate_policy(draft.pk, by=cast.tara, at=AT)
    assert codes_of(refused) == ["policy.dry_run_missing"]


def test_a_dry_run_beside_another_edition_no_longer_counts(cast):
    first = a_draft_of(cast, "clock", "resolution", length={"amount": 9, "unit": "working_days"})
    second = a_draft_of(cast, "clock", "resolution", length={"amount": 8, "unit": "working_days"})
    for draft in (first, second):
        try_policy(draft.pk, by=cast.sven, at=AT)
        held_against_the_cases(draft, cast)
    activate_policy(first.pk, by=cast.tara, at=AT)
    PolicyRow.objects.get(pk=second.pk)
    with pytest.raises(RuleBroken) as refused:
        activate_policy(second.pk, by=cast.tara, at=later(days=3, hours=1))
    assert "policy.dry_run_stale" in codes_of(refused)


def test_whoever_may_not_see_a_case_gets_no_way_to_it_and_a_subject_hears_nothing(cast):
    case = a_registered_case(cast)
    name_subject(case.pk, by=cast.sven, at=AT, person_id=cast.ben.pk, reason="顾客点名")
    assert set(CASES.links(cast.ana, [case.pk], AT)) == {case.pk}
    assert CASES.links(cast.olga, [case.pk], AT) == {}
    assert CASES.hidden_from(cast.ben, [case.pk]) == {case.pk}
    assert CASES.hidden_from(cast.ana, [case.pk]) == set()


def test_lines_hold_no_word_of_any_person(cast):
    case = a_registered_case(cast)
    draft = a_draft_of(cast, "clock", "resolution", length={"amount": 9, "unit": "working_days"})
    run = held_against_the_cases(draft, cast)
    (line,) = lines(run, case_id=case.pk)
    told = " ".join(str(value) for value in DryRunLine.objects.filter(pk=line.pk).values().get().values())
    assert case.case_number in told
    assert "林晓云" not in told
    assert "3391770212" not in told
