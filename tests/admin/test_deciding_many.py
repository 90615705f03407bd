"""Several lines of the inbox decided at once: each by itself, one remark, a result for each, nothing silent."""

from uuid import uuid4

import pytest

from casemgmt.privacy.models import AccessEvent
from complaints.actions.announcing_incidents import send_back_public_notice
from complaints.actions.extending import ask_for_extension, reject_extension
from complaints.actions.granting import cancel_grant
from complaints.actions.holding import ask_to_lift, set_hold
from complaints.actions.incident_plans import send_back_incident_plan
from complaints.actions.overriding import ask_for_wording, reject_wording
from complaints.actions.proposing_refusals import propose_refusal
from complaints.actions.refusing import send_back_refusal
from complaints.actions.reviewing import answer_review, send_back_answer
from complaints.states import GrantState, RefusalState
from tests.admin.looking import signed_in, text_of
from tests.admin.world import somebody
from tests.building import a_negotiating_case, an_assessing_case
from tests.cast import AT, later
from tests.incidents import a_drafted_announcement, a_member, a_proposed_plan, an_incident
from tests.money import a_request
from tests.outside import a_proposed_answer
from tests.refusals import GROUNDS, a_proposal, an_unreasonable_case

pytestmark = pytest.mark.django_db
INBOX = "/admin/approvals/"
MANY = "/admin/approvals/decide/"


@pytest.fixture
def grant(world):
    return a_request(world.cast, a_negotiating_case(world.cast, **somebody()), "120.00")


@pytest.fixture
def refusal(world):
    return a_proposal(world.cast, an_unreasonable_case(world.cast, **somebody()))


def seen(browser, *keys) -> dict:
    lines = {line.key: line for line in browser.get(INBOX).context["lines"]}
    return {f"seen-{key}": lines[key].seen for key in keys}


def decide(browser, *keys, deed="approve", remark="依据充分。", key=None, **fields):
    facts = {"form_key": key or str(uuid4()), "deed": deed, "line": list(keys), "remark": remark}
    return browser.post(MANY, {**facts, **seen(browser, *keys), **fields})


def test_chosen_lines_are_decided_each_by_itself_and_the_rest_says_why_not(sven, world, grant, refusal):
    own = a_request(world.cast, a_negotiating_case(world.cast, **somebody()), "99.00")
    keys = [f"grant-{grant.pk}", f"refusal-{refusal.pk}", f"grant-{own.pk}"]
    page = seen(sven, *keys)
    cancel_grant(own.pk, by=world.cast.ana, at=AT, reason="客户撤回。")
    answer = sven.post(MANY, {"form_key": str(uuid4()), "deed": "approve", "line": keys, "remark": "同意。", **page})
    assert [result.is_done for result in answer.context["results"]] == [True, True, False]
    assert "This request does not wait any more." in text_of(answer)
    grant.refresh_from_db()
    refusal.refresh_from_db()
    assert (grant.state, refusal.state, refusal.remark.words) == (GrantState.APPROVED, RefusalState.APPROVED, "同意。")


def test_a_remark_that_is_missing_stops_only_what_needs_it(sven, grant, refusal):
    answer = decide(sven, f"grant-{grant.pk}", f"refusal-{refusal.pk}", remark="")
    assert [result.is_done for result in answer.context["results"]] == [True, False]
    assert "The remark is missing." in text_of(answer)
    refusal.refresh_from_db()
    assert refusal.state == RefusalState.PROPOSED


def test_what_changed_since_the_page_was_opened_is_not_decided(sven, grant):
    answer = decide(sven, f"grant-{grant.pk}", **{f"seen-grant-{grant.pk}": "0" * 64})
    assert "The request changed after you opened the page." in text_of(answer)
    grant.refresh_from_db()
    assert grant.state == GrantState.AWAITING_APPROVAL


def a_hold_to_lift(cast):
    hold = set_hold(an_assessing_case(cast, **somebody()).pk, by=cast.sven, at=AT, reason="客户已委托律师。")
    return ask_to_lift(hold.pk, by=cast.tara, at=AT, reason="已和解。")


def test_public_answers_holds_and_plans_of_incidents_are_decided_from_the_inbox_too(sven, world):
    answer = a_proposed_answer(world.cast, an_assessing_case(world.cast, **somebody()))
    hold = a_hold_to_lift(world.cast)
    incident = an_incident(world.cast)
    a_member(world.cast, incident)
    plan = a_proposed_plan(world.cast, incident, by=world.cast.tara)
    said = a_drafted_announcement(world.cast, incident, by=world.cast.tara)
    keys = [f"review-{answer.pk}", f"hold-{hold.pk}", f"incident_plan-{plan.pk}", f"public_notice-{said.pk}"]
    done = decide(sven, *keys)
    assert [result.is_done for result in done.context["results"]] == [True] * 4
    for row, state in ((answer, "answered"), (hold, "lifted"), (plan, "approved"), (said, "approved")):
        row.refresh_from_db()
        assert row.state == state


def test_each_kind_has_its_tab_and_is_filtered_by_team(sven, world):
    hold = a_hold_to_lift(world.cast)
    plan = a_proposed_plan(world.cast, an_incident(world.cast), by=world.cast.tara)
    said = a_drafted_announcement(world.cast, plan.incident, by=world.cast.tara)
    waiting = {"hold": hold, "incident_plan": plan, "public_notice": said}
    for kind, key in ((kind, f"{kind}-{row.pk}") for kind, row in waiting.items()):
        assert [line.key for line in sven.get(INBOX, {"kind": kind}).context["lines"]] == [key]
        found = sven.get(INBOX, {"kind": kind, "team": world.cast.other_team.pk}).context["lines"]
        assert found == []


def test_sent_twice_it_is_done_once(sven, grant, refusal):
    key = str(uuid4())
    assert decide(sven, f"grant-{grant.pk}", key=key).status_code == 200
    again = decide(sven, f"refusal-{refusal.pk}", key=key)
    assert again.status_code == 302
    refusal.refresh_from_db()
    assert refusal.state == RefusalState.PROPOSED


def test_nobody_decides_what_they_proposed_by_this_way_either(world):
    """A supervisor who proposes, in two windows and by a direct POST."""
    case = an_unreasonable_case(world.cast, **somebody())
    facts = GROUNDS | {"evidence_ids": list(case.evidence.values_list("pk", flat=True))}
    own = propose_refusal(case.pk, by=world.cast.sven, at=AT, **facts)
    for browser in (signed_in(world.cast.sven), signed_in(world.cast.sven)):
        answer = browser.post(
            MANY,
            {"form_key": str(uuid4()), "deed": "approve", "line": [f"refusal-{own.pk}"], "remark": "同意。"}
            | {f"seen-refusal-{own.pk}": str(own.version)},
        )
        assert not answer.context["results"][0].is_done
    own.refresh_from_db()
    assert own.state == RefusalState.PROPOSED


def test_only_who_decides_may_post_and_nonsense_is_refused(sven, world, grant):
    before = AccessEvent.objects.count()
    for name in ("ana", "olga", "axel"):
        answer = signed_in(world.person(name)).post(MANY, {"deed": "approve", "line": [f"grant-{grant.pk}"]})
        assert answer.status_code == 403
    assert AccessEvent.objects.count() == before + 3
    good = {"form_key": str(uuid4()), "deed": "approve", "line": [f"grant-{grant.pk}"], "remark": "同意。"}
    nonsense = (
        {"form_key": "x"},
        {"deed": "pay"},
        {"line": []},
        {"remark": "a\x00b"},
        {"line": [f"grant-{n}" for n in range(26)]},
    )
    for wrong in nonsense:
        assert sven.post(MANY, good | wrong).status_code == 400, wrong
    for wrong in ("grant-", "grant-x", "grant-99999999999999999999", "escalation-1", "x-1", "-"):
        answer = sven.post(MANY, good | {"line": [wrong], "form_key": str(uuid4())})
        assert not answer.context["results"][0].is_done
    assert sven.get(MANY).status_code == 405


def test_a_proposal_that_came_back_says_part_by_part_what_changed(sven, world, refusal):
    send_back_refusal(refusal.pk, by=world.cast.sven, at=later(hours=1), remark="解释太短。")
    changes = {"explanation": "检测报告显示污渍形成于签收之后。", "company_rule": "returns_condition"}
    again = a_proposal(world.cast, refusal.case, at=later(hours=2), **changes)
    line = {line.key: line for line in sven.get(INBOX, {"kind": "refusal"}).context["lines"]}[f"refusal-{again.pk}"]
    assert str(line.change) == "sent back before: 解释太短。"
    assert [str(change) for change in line.changes] == [
        "rule of the shop: was Wear, and handling against the instructions, is Returned goods keep their resale value",
        "written anew: explanation to the customer",
    ]
    assert line.decide_by is not None


def test_words_and_more_time_asked_for_again_say_why_they_were_refused(sven, world):
    cast = world.cast
    case = a_negotiating_case(cast, **somebody())
    clock = {"clock_id": case.clocks.get(kind="resolution").pk, "amount": 1, "explanation": "等检测结果。"}
    first = ask_for_extension(case.pk, by=cast.ana, at=AT, reason="等检测。", **clock)
    reject_extension(first.pk, by=cast.sven, at=AT, reason="先催检测所。")
    again = ask_for_extension(case.pk, by=cast.ana, at=later(hours=1), reason="检测所确认还要一天。", **clock)
    (asked,) = ask_for_wording(case.pk, by=cast.ana, at=AT, words="我给您全额退款。", reason="顾客急用。")
    reject_wording(asked.pk, by=cast.tara, at=AT, remark="还没核实。")
    (anew,) = ask_for_wording(case.pk, by=cast.ana, at=later(hours=1), words="核实后我们全额退款。", reason="已核实。")
    lines = {line.key: line for line in sven.get(INBOX).context["lines"]}
    assert str(lines[f"extension-{again.pk}"].change) == "refused before: 先催检测所。"
    assert list(map(str, lines[f"wording-{anew.pk}"].changes)) == ["refused before: 还没核实。"]


def test_what_came_back_of_an_incident_or_a_review_says_why_and_what_is_new(sven, world):
    cast = world.cast
    incident = an_incident(cast)
    first = a_proposed_plan(cast, incident, by=cast.tara)
    send_back_incident_plan(first.pk, by=cast.sven, at=later(hours=1), remark="请写明到付。")
    plan = a_proposed_plan(cast, incident, by=cast.tara, at=later(hours=2), follow_up="签收当天回访，运费到付。")
    said = a_drafted_announcement(cast, incident, by=cast.tara)
    send_back_public_notice(said.pk, by=cast.sven, at=later(hours=1), remark="请写明原因。")
    anew = a_drafted_announcement(cast, incident, by=cast.tara, words="RS2609批次漏了一道工序，责任在我们。")
    review = a_proposed_answer(cast, an_assessing_case(cast, **somebody()))
    send_back_answer(review.pk, by=cast.sven, at=later(hours=1), remark="请先道歉。")
    answer_review(review.pk, by=cast.ana, at=later(hours=2), answer="很抱歉，我们会联系您处理。")
    lines = {line.key: line for line in sven.get(INBOX).context["lines"]}
    told = {key: [str(change) for change in line.changes] for key, line in lines.items()}
    assert told[f"incident_plan-{plan.pk}"] == ["sent back before: 请写明到付。", "written anew: follow-up"]
    assert told[f"public_notice-{anew.pk}"] == ["sent back before: 请写明原因。", "written anew: words"]
    assert told[f"review-{review.pk}"] == ["sent back before: 请先道歉。"]


def test_what_is_asked_for_the_first_time_has_nothing_before_it(sven, world):
    incident = an_incident(world.cast)
    plan = a_proposed_plan(world.cast, incident, by=world.cast.tara)
    said = a_drafted_announcement(world.cast, incident, by=world.cast.tara)
    lines = {line.key: line for line in sven.get(INBOX).context["lines"]}
    assert lines[f"incident_plan-{plan.pk}"].changes == lines[f"public_notice-{said.pk}"].changes == ()
