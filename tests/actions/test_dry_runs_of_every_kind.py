"""Whatever kind of policy can change an open case shows it before it is switched on; the others say they do not."""

import pytest

from complaints.actions.contacting import record_contact
from complaints.actions.pausing import begin_pause
from complaints.actions.planning import OptionDraft
from complaints.actions.requesting_evidence import ask_for_evidence
from complaints.actions.scheduling_calls import schedule_call
from complaints.models import Complaint
from complaints.vocabulary import Channel, ContactOutcome, Direction, EvidenceType, PauseCategory, Remedy
from policies.admin.dry_runs import NO_DRY_RUN, VERDICTS, example_of, names_in_force
from policies.dry_running import can_change_cases
from policies.models import PolicyKind, PolicyRow
from tests.actions.test_dry_runs import a_draft_of, held_against_the_cases, lines
from tests.building import (
    a_case,
    a_drafted_plan,
    a_negotiating_case,
    an_assessing_case,
    an_investigating_case,
    an_offered_plan,
    answer,
)
from tests.cast import AT, later
from tests.money import an_approved_grant
from tests.refusals import a_proposal


def in_short(run, case):
    """Every difference in the case, and every code of it in words."""
    found = lines(run, case_id=case.pk)
    names = names_in_force(AT, run.row)
    for line in found:
        told = example_of(line, names)
        assert f"{line.what}.{line.verdict}" in VERDICTS
        assert told.name != line.name, "every name has its words"
        assert not {part for part in f"{told.before}, {told.after}".split(", ") if "_" in part or "fact." in part}
    return [(line.name, line.verdict, line.before, line.after) for line in found]


def a_run(cast, kind, key, *, at=AT, **entries):
    return held_against_the_cases(a_draft_of(cast, kind, key, **entries), cast, at=at)


@pytest.mark.parametrize("kind", PolicyKind.values)
def test_a_kind_is_held_against_cases_or_says_why_not(kind):
    assert can_change_cases(kind) != (kind in NO_DRY_RUN)


def test_a_category_tells_which_facts_and_which_evidence_would_be_missing(cast):
    case = an_investigating_case(cast)
    facts = PolicyRow.objects.get(kind="category", key="product.quality", state="active").body["required_facts"]
    run = a_run(
        cast,
        "category",
        "product.quality",
        required_facts=[*facts, "signed_by"],
        needs_evidence=[EvidenceType.PHOTO, EvidenceType.TEST_REPORT],
    )
    found = {
        name: (verdict, set(after.split(", ")) - set(before.split(", ")))
        for name, verdict, before, after in in_short(run, case)
    }
    assert found["facts"] == ("waits_for_more", {"fact.signed_by"})
    assert found["evidence"] == ("waits_for_more", {EvidenceType.TEST_REPORT})
    assert not in_short(a_run(cast, "category", "product.quality", order=77), case)


def test_a_category_that_allows_no_short_way_says_so(cast):
    case = an_assessing_case(cast)
    Complaint.objects.filter(pk=case.pk).update(category="product.quality")
    body = PolicyRow.objects.get(kind="category", key="product.quality", state="active").body
    run = a_run(cast, "category", "product.quality", direct_settlement=not body.get("direct_settlement", False))
    assert [name for name, *_rest in in_short(run, case)] == ["settle_directly"]


def test_a_checklist_tells_which_step_would_wait_for_which_items(cast):
    case = an_investigating_case(cast)
    base = PolicyRow.objects.filter(kind="checklist", state="active").order_by("key").first()
    run = a_run(cast, "checklist", base.key, needed_for=["establish"], categories=[], stages=[])
    ((name, verdict, _before, after),) = in_short(run, case)
    assert (name, verdict) == ("establish", "waits_for_more")
    assert after.startswith(base.body["items"][0]["code"])


def test_periods_tell_until_when_cases_are_reopened_offers_stand_and_others_are_waited_for(cast):
    closed, offering, waiting = a_case(cast, "closed"), a_negotiating_case(cast), an_assessing_case(cast)
    plan = an_offered_plan(cast, offering)
    request = ask_for_evidence(waiting.pk, by=cast.ana, at=AT, evidence_type=EvidenceType.INVOICE, what="开箱视频")
    wait = {"category": PauseCategory.AWAITING_COURIER, "reason": "等轨迹", "asked_of": "third_party"}
    begin_pause(waiting.pk, by=cast.ana, at=AT, asked_what="轨迹", **wait)
    grant = an_approved_grant(cast, a_negotiating_case(cast), "120.00")
    body = PolicyRow.objects.get(kind="period", key="default", state="active").body
    longer = {
        name: body[name] + 2 for name in ("reopen_days", "offer_stands_days", "evidence_request_days", "pauses_max")
    }
    caps = [cap | {"days": cap["days"] + 3} for cap in body["pause_caps"]]
    run = a_run(cast, "period", "default", **longer, pause_caps=caps)
    request.refresh_from_db()
    assert [found[:2] for found in in_short(run, closed)] == [("reopening", "later")]
    plan.refresh_from_db()
    assert ("offer", "later", plan.on_offer_until.isoformat()) in [found[:3] for found in in_short(run, offering)]
    told = {found[:3] for found in in_short(run, waiting)}
    pause = waiting.pauses.get()
    assert ("evidence_request", "later", request.due_at.isoformat()) in told
    assert ("pause", "later", pause.cap_at.isoformat()) in told
    assert ("pauses_left", "more_often", str(body["pauses_max"] - 1)) in told
    assert not in_short(run, grant.case), "the calendar is the same"


def test_what_was_set_by_hand_is_not_moved_by_another_period(cast):
    case = an_assessing_case(cast)
    ask_for_evidence(
        case.pk, by=cast.ana, at=AT, evidence_type=EvidenceType.INVOICE, what="开箱视频", due_at=later(days=2, hours=1)
    )
    assert not in_short(a_run(cast, "period", "default", evidence_request_days=30), case)


def test_a_later_call_back_moves_the_follow_ups_that_wait(cast):
    case = a_case(cast, "following_up")
    call = case.follow_ups.get()
    body = PolicyRow.objects.get(kind="follow_up", key="default", state="active").body
    delay = {"amount": body["delay"]["amount"] + 2, "unit": body["delay"]["unit"]}
    run = a_run(cast, "follow_up", "default", delay=delay, attempts_max=body["attempts_max"] + 1)
    found = in_short(run, case)
    assert ("follow_up", "more_often", str(body["attempts_max"]), str(body["attempts_max"] + 1)) in found
    assert ("follow_up", "later", call.scheduled_for.isoformat()) in [line[:3] for line in found]


def test_another_ladder_of_attempts_tells_what_follows_a_call_that_failed(cast):
    case = an_assessing_case(cast)
    call = {"channel": Channel.PHONE, "direction": Direction.OUTGOING, "outcome": ContactOutcome.BUSY}
    record_contact(case.pk, by=cast.ana, at=AT, words="", **call)
    body = PolicyRow.objects.get(kind="attempt_ladder", key="default", state="active").body
    slower = [step | {"after": {"amount": 3, "unit": "hours"}} if step.get("after") else step for step in body["steps"]]
    run = a_run(cast, "attempt_ladder", "default", steps=slower)
    assert [found[:2] for found in in_short(run, case)] == [("next_try", "later")]
    stops = [step for step in body["steps"] if step["outcome"] != "busy"]
    stops.append({"outcome": "busy", "attempt": 1, "deed": "stop_calling"})
    assert [found[:2] for found in in_short(a_run(cast, "attempt_ladder", "default", steps=stops), case)] == [
        ("after_the_call", "offers_other")
    ]


def test_a_stricter_need_of_plans_tells_which_planned_calls_wait_for_one(cast):
    case = an_assessing_case(cast)
    schedule_call(case.pk, by=cast.ana, at=AT, wanted_at=later(hours=3))
    run = a_run(cast, "call_plan", "default", states=["assessing"])
    ((name, verdict, before, after),) = in_short(run, case)
    assert (name, verdict, before, after) == ("call_plan", "waits_for_more", "", "plan.state")


def test_another_matrix_tells_which_plans_fit_differently(cast):
    case = a_negotiating_case(cast)
    fits = a_drafted_plan(cast, case).fitting["fits"]
    other = next(remedy for remedy in Remedy.values if remedy not in fits)
    plan = a_drafted_plan(cast, case, options=[OptionDraft(other, words="按您说的办")])
    rule = PolicyRow.objects.get(pk=plan.fitting["policies"][0])
    found = in_short(a_run(cast, "remedy", rule.key, remedies=[*rule.body["remedies"], other]), case)
    assert [line[:3] for line in found if line[0] == "reason_for_remedies"] == [
        ("reason_for_remedies", "waits_for_less", other)
    ]
    assert [line[:2] for line in found if line[0] != "reason_for_remedies"] == [("remedies_offered", "offers_other")]
    assert not in_short(a_run(cast, "remedy", rule.key), case)


def test_a_clause_that_binds_elsewhere_tells_which_refusals_cite_it(cast):
    refusal = a_proposal(cast)
    run = a_run(cast, "legal_reference", refusal.legal_reference, regions=["CN-XZ"])
    assert [found[:2] for found in in_short(run, refusal.case)] == [("refusal", "refused")]


def test_a_bar_for_the_ground_tells_which_refusals_the_law_would_stop(cast):
    refusal = a_proposal(cast)
    bar = PolicyRow.objects.filter(kind="refusal_bar", state="active").order_by("key").first()
    run = a_run(cast, "refusal_bar", bar.key, grounds=[refusal.ground], entitlement=None)
    assert [found[:2] for found in in_short(run, refusal.case)] == [("refusal", "refused")]


def test_warnings_of_outside_routes_and_answers_to_reviews_move(cast):
    case = a_case(cast, "external")
    route = case.routes.get()
    route.hearing_at = later(days=9)
    route.save()
    body = PolicyRow.objects.get(kind="outside", key="default", state="active").body
    run = a_run(cast, "outside", "default", hearing_warning_hours=body["hearing_warning_hours"] + 24)
    assert [found[:2] for found in in_short(run, case)] == [("hearing_warning", "earlier")]


def test_silence_is_waited_for_longer(cast):
    case = a_negotiating_case(cast)
    answer(cast, case, at=later(hours=1), words="方案已发给您，请看看。")
    body = PolicyRow.objects.get(kind="period", key="default", state="active").body
    run = a_run(cast, "period", "default", answer_deadline_days=body["answer_deadline_days"] + 1)
    assert ("silence", "later") in [found[:2] for found in in_short(run, case)]
