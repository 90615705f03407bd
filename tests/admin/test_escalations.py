"""What went up: a band on the case, and a page of everything that waits with its age, decided from the line."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from complaints.actions.escalating import acknowledge_escalation, raise_by_hand, raise_escalation
from complaints.actions.planning import reject_plan
from complaints.models import CaseAuthority, DepartmentTask, Escalation
from complaints.states import EscalationState
from tests.admin.looking import dialog, send, signed_in, text_of
from tests.admin.world import somebody
from tests.building import a_negotiating_case, an_assessing_case, an_offered_plan
from tests.cast import AT, later

pytestmark = pytest.mark.django_db
PAGE = "/admin/escalations/"
MOST_QUERIES = 24


@pytest.fixture
def case(world):
    return an_assessing_case(world.cast, **somebody())


@pytest.fixture
def raised(world, case):
    return raise_by_hand(case.pk, by=world.cast.ana, at=AT, reason="客户坚持要主管出面。")


def shown(browser, **filters) -> dict:
    answer = browser.get(PAGE, filters)
    assert answer.status_code == 200
    return {line.key: (line, told) for line, _row, told in answer.context["lines"]}


def test_a_line_says_why_with_whom_since_when_and_what_follows(world, raised):
    line, told = shown(signed_in(world.cast.sven))[f"escalation-{raised.pk}"]
    assert told["why"] == "somebody asks for help"
    assert (told["with"], told["is_mine"]) == (world.cast.sven.name, True)
    assert told["next"].startswith("nobody took note; reminder")
    assert [str(deed.label) for deed in line.deeds] == ["Take note", "Decide"]
    assert line.basis == "客户坚持要主管出面。"


def test_mine_come_first_then_what_nobody_took_note_of_then_the_highest(world, case):
    cast = world.cast
    facts = {"by": cast.system, "at": AT, "due_at": AT}
    mine = raise_escalation(case, cause="low_mark:91", level=1, **facts)
    others = [
        raise_escalation(case, cause="low_mark:91", level=level, **facts | {"due_at": AT + timedelta(minutes=level)})
        for level in (2, 3)
    ]
    Escalation.objects.filter(pk__in=[row.pk for row in others]).update(to_person=cast.tara)
    acknowledge_escalation(others[1].pk, by=cast.tara, at=AT)
    keys = [
        key for key in shown(signed_in(cast.sven)) if int(key.rpartition("-")[2]) in {mine.pk, *(o.pk for o in others)}
    ]
    assert keys == [f"escalation-{mine.pk}", f"escalation-{others[0].pk}", f"escalation-{others[1].pk}"]


def test_numbers_of_a_team_lead_to_their_lines(world, raised):
    browser = signed_in(world.cast.sven)
    answer = browser.get(PAGE)
    (row,) = [row for row in answer.context["teams"] if row.title == world.cast.team.name]
    assert sum(cell.count for cell in row.cells[:4]) == row.total
    for cell in row.cells:
        assert browser.get(cell.url).status_code == 200
        assert len(browser.get(cell.url).context["lines"]) == min(cell.count, 25)


@pytest.mark.parametrize("query", ["level=9", "age=ever", "state=closed", "team=x", "p=0", "p=x", "x=1", "whose=hers"])
def test_rubbish_in_the_address_is_refused_and_nothing_breaks(world, query):
    assert signed_in(world.cast.sven).get(f"{PAGE}?{query}").status_code == 400


def test_auditors_read_and_staff_do_not_come_in(world, raised):
    lines = shown(signed_in(world.cast.axel))
    assert all(line.deeds == () for line, _told in lines.values())
    assert signed_in(world.cast.ana).get(PAGE).status_code == 403
    assert signed_in(world.cast.olga).get(PAGE).status_code == 403


def test_taking_note_from_the_line_comes_back_to_the_page(world, raised):
    browser = signed_in(world.cast.sven)
    line, _told = shown(browser, whose="mine")[f"escalation-{raised.pk}"]
    answer = send(browser, line.deeds[0].url)
    assert (answer.status_code, answer["HX-Redirect"]) == (204, f"{PAGE}?whose=mine")
    raised.refresh_from_db()
    assert raised.state == EscalationState.ACKNOWLEDGED


def test_more_authority_is_given_in_the_dialog_and_told_on_the_case(world, raised):
    browser = signed_in(world.cast.sven)
    address = dialog(raised, "decide-escalation")
    short = send(browser, address, decision="more_authority", answer="三百以内你定。")
    assert short.status_code == 422
    assert "It is not said up to which amount." in text_of(short)
    assert "三百以内你定。" in short.content.decode()
    until = later(days=10).strftime("%Y-%m-%d %H:%M")
    answer = send(browser, address, decision="more_authority", answer="三百以内你定。", amount="300", valid_until=until)
    assert answer.status_code == 204
    assert CaseAuthority.objects.get(escalation=raised).person == world.cast.ana
    text = text_of(signed_in(world.cast.ana).get(f"/admin/complaints/complaint/{raised.case_id}/change/"))
    assert "More authority for" in text
    assert "¥300.00" in text


def test_more_resources_make_the_task(world, raised):
    until = later(days=10).strftime("%Y-%m-%d %H:%M")
    department = world.cast.warehouse.pk
    typed = {"decision": "more_resources", "answer": "仓库今天复查。", "department_id": department, "due_at": until}
    send(signed_in(world.cast.sven), dialog(raised, "decide-escalation"), **typed)
    assert DepartmentTask.objects.get(escalation=raised).department_id == department


def test_the_band_of_the_case_says_who_must_act_and_offers_it_to_them(world, raised):
    page = signed_in(world.cast.sven).get(f"/admin/complaints/complaint/{raised.case_id}/change/").context["page"]
    band = page.bands[0]
    assert band.title == "Escalated, level 1: somebody asks for help"
    assert band.notes[0] == f"lies with {world.cast.sven.name}"
    assert [str(link.label) for link in band.links] == ["Take note", "Decide"]
    others = signed_in(world.cast.ana).get(f"/admin/complaints/complaint/{raised.case_id}/change/").context["page"]
    assert [str(link.label) for link in others.bands[0].links] == ["Show it"]


def test_the_queries_of_the_page_do_not_grow_with_its_lines(world, raised):
    browser = signed_in(world.cast.sven)
    browser.get(PAGE)
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            browser.get(PAGE)
        counts.append(len(asked))
        for _number in range(6):
            other = an_assessing_case(world.cast, **somebody())
            raise_by_hand(other.pk, by=world.cast.ana, at=AT, reason="一样")
    assert counts[0] == counts[1]
    assert counts[0] <= MOST_QUERIES


def test_the_list_is_taken_out_with_its_reason(world, raised):
    browser = signed_in(world.cast.tara)
    assert browser.get("/admin/complaints/escalation/export/?queue=open").status_code == 200
    assert signed_in(world.cast.ana).get("/admin/complaints/escalation/export/").status_code == 403


def test_a_customer_who_says_no_leads_up_or_to_another_plan(world):
    """S-ESC-02: once help was asked for, nothing offers it again."""
    cast = world.cast
    case = a_negotiating_case(cast, **somebody())
    plan = an_offered_plan(cast, case)
    reject_plan(plan.pk, by=cast.ana, at=AT, words="都不要。")
    ana = signed_in(cast.ana)
    (asked,) = [one for one in checklists(ana, case) if one.title == "The customer said no to the plan"]
    assert [str(item.link.label) for item in asked.items] == ["Escalate", "Draft a plan"]
    raise_by_hand(case.pk, by=cast.ana, at=AT, reason="客户还是不接受。")
    assert "The customer said no to the plan" not in [one.title for one in checklists(ana, case)]


def test_an_auditor_may_have_a_finding_answered(world, case):
    (found,) = checklists(signed_in(world.cast.axel), case)
    assert [item.link.url.rpartition("/do/")[2].strip("/") for item in found.items] == [
        "write-note",
        "raise-escalation",
    ]
    send(signed_in(world.cast.axel), found.items[1].link.url, reason="承诺没有写进记录。", level="1")
    assert case.escalations.get().raised_by == world.cast.axel


def checklists(browser, case):
    return browser.get(f"/admin/complaints/complaint/{case.pk}/change/").context["page"].checklists
