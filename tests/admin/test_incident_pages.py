"""Incidents in the browser: opened, planned by two people, offered and told by a dry run first, seen by role."""

from uuid import uuid4

import pytest
from django.urls import reverse

from casemgmt.privacy.models import AccessEvent
from complaints.actions.subjecting import name_subject
from complaints.models import BulkRun, Incident
from complaints.states import IncidentState
from tests.admin.looking import send as send_piece
from tests.admin.looking import signed_in, text_of
from tests.cast import AT
from tests.incidents import (
    ANNOUNCEMENT,
    a_member,
    a_negotiating_member,
    a_proposed_plan,
    an_agreed_plan,
    an_incident,
)

pytestmark = pytest.mark.django_db
LIST = "/admin/complaints/incident/"


def send(browser, url, **fields):
    return send_piece(browser, url, headers={}, **fields)


def page_of(incident) -> str:
    return reverse("admin:complaints_incident_change", args=[incident.pk])


def do(row, name) -> str:
    return reverse(f"admin:complaints_{row._meta.model_name}_do", args=[row.pk, name])


@pytest.fixture
def incident(cast):
    return an_incident(cast)


def test_a_supervisor_opens_one_and_staff_may_not(cast):
    sven = signed_in(cast.sven)
    assert sven.get(f"{LIST}add/").status_code == 200
    facts = {"title": "批次掉色", "cause": "染料", "since": "2026-10-12T09:00", "batch": "RS2609"}
    answer = sven.post(f"{LIST}add/", facts | {"form_key": uuid4()})
    incident = Incident.objects.get()
    assert answer.url == page_of(incident)
    assert "批次掉色" in text_of(sven.get(LIST))
    answer = sven.post(f"{LIST}add/", facts | {"form_key": uuid4(), "cause": ""})
    assert answer.status_code == 422
    before = AccessEvent.objects.count()
    assert signed_in(cast.ana).post(f"{LIST}add/", facts | {"form_key": uuid4()}).status_code == 403
    assert AccessEvent.objects.count() == before + 1
    assert Incident.objects.count() == 1


def test_the_page_shows_each_reader_their_own_cases(cast, incident):
    member, hidden = a_member(cast, incident), a_member(cast, incident)
    name_subject(hidden.case_id, by=cast.ana, at=AT, person_id=cast.sven.pk)
    shown = signed_in(cast.sven).get(page_of(incident)).content.decode()
    assert member.case.case_number in shown
    assert hidden.case.case_number not in shown
    assert "1 case of it belongs to colleagues" in shown
    stranger = signed_in(cast.wen).get(page_of(incident))
    assert stranger.status_code == 200
    assert member.case.case_number not in stranger.content.decode()
    assert signed_in(cast.olga).get(page_of(incident)).status_code in (302, 403, 404)
    assert signed_in(cast.axel).get(page_of(incident)).status_code == 200


def test_the_page_asks_no_more_for_more_cases(cast, incident, django_assert_max_num_queries):
    for _ in range(4):
        a_member(cast, incident)
    sven = signed_in(cast.sven)
    sven.get(page_of(incident))
    with django_assert_max_num_queries(60):
        sven.get(page_of(incident))


def test_bad_parameters_lead_to_the_page(cast, incident):
    sven = signed_in(cast.sven)
    assert sven.get(page_of(incident) + "?case__customer=1").status_code == 302
    assert sven.get(page_of(incident) + "?p=abc").status_code == 200
    assert sven.get(page_of(incident).replace(str(incident.pk), "987654")).status_code in (302, 404)
    assert sven.post(page_of(incident)).status_code == 405


def test_the_proposer_is_told_why_not_and_another_decides(cast, incident):
    a_member(cast, incident)
    plan = a_proposed_plan(cast, incident)
    own = signed_in(cast.sven)
    assert do(plan, "approve-incident-plan") not in own.get(page_of(incident)).content.decode()
    assert send(own, do(plan, "approve-incident-plan")).status_code == 422
    other = signed_in(cast.tara)
    assert do(plan, "approve-incident-plan") in other.get(page_of(incident)).content.decode()
    assert send(other, do(plan, "approve-incident-plan"), remark="").status_code == 302
    incident.refresh_from_db()
    assert incident.state == IncidentState.PLANNED


def test_offers_and_messages_begin_with_a_dry_run(cast, incident):
    member = a_negotiating_member(cast, incident)
    an_agreed_plan(cast, incident)
    sven = signed_in(cast.sven)
    answer = send(sven, do(incident, "offer-to-all"))
    run = BulkRun.objects.latest("pk")
    assert (run.kind, answer.url) == ("offer", reverse("admin:complaints_bulkrun_change", args=[run.pk]))
    assert incident.title in text_of(sven.get(answer.url))
    assert not member.case.plans.exists()
    answer = send(sven, do(incident, "tell-all"), words="原因已查明，方案随后告知。")
    run = BulkRun.objects.latest("pk")
    assert (run.kind, run.message.number) == ("tell", 1)
    assert sven.get(answer.url).status_code == 200
    assert send(sven, do(incident, "tell-all"), words=" ").status_code == 422
    assert signed_in(cast.ana).get(do(incident, "tell-all")).status_code == 403


def test_affected_people_are_registered_from_lines(cast, incident):
    sven = signed_in(cast.sven)
    lines = "A2；惠施；huishi@example.com\nA3,庄周,13800136555\n\n"
    answer = send(sven, do(incident, "register-affected"), lines=lines, content="批次掉色。", channel="email")
    assert answer.status_code == 302
    assert incident.members.count() == 2
    wrong = send(sven, do(incident, "register-affected"), lines="A4;名家;12", content="批次掉色。", channel="email")
    assert wrong.status_code == 422
    assert "A4;名家;12" in wrong.content.decode()


def test_a_case_is_noted_and_taken_out_from_the_page(cast, incident):
    member = a_member(cast, incident)
    sven = signed_in(cast.sven)
    assert send(sven, do(member, "note-member"), words="单独处理。").url == page_of(incident)
    assert "单独处理。" in sven.get(page_of(incident)).content.decode()
    assert send(sven, do(member, "unlink-member"), reason="批号看错了。").url == page_of(incident)
    assert not incident.members.standing().exists()


def test_an_announcement_is_agreed_to_and_its_address_stands_on_the_page(cast, incident):
    sven, tara = signed_in(cast.sven), signed_in(cast.tara)
    propose = do(incident, "propose-public-notice")
    assert send(sven, propose, words="您的{{goods}}").status_code == 422
    assert send(sven, propose, words=ANNOUNCEMENT).status_code < 400
    notice = incident.announcements.get()
    assert do(notice, "approve-public-notice") not in sven.get(page_of(incident)).content.decode()
    assert do(notice, "approve-public-notice") in text_of(tara.get(reverse("desk:approvals") + "?kind=public_notice"))
    assert send(tara, do(notice, "approve-public-notice")).status_code < 400
    link = "https://weibo.example.com/tangxi/1"
    assert send(sven, do(notice, "record-publication"), link=link).status_code < 400
    shown = text_of(sven.get(page_of(incident)))
    assert ANNOUNCEMENT in shown
    assert f'href="{link}"' in shown
    assert "recorded where the announcement was published" in shown
