"""One cause, many customers: cases join, two people agree to one plan, and each case comes out on its own (WC-07)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from casemgmt.ledger import Refused, signed
from casemgmt.models import Notice
from complaints.actions.affected import Affected, likely_members, register_affected
from complaints.actions.customers import CustomerData, OrderData
from complaints.actions.incident_plans import approve_incident_plan, carry_out_incident
from complaints.actions.incidents import (
    close_incident,
    link_to_incident,
    note_member,
    open_incident,
    reopen_incident,
    set_incident_measure,
    unlink_from_incident,
)
from complaints.actions.withdrawing import withdraw
from complaints.models import Complaint, Incident, IncidentMember, IncidentPlan
from complaints.states import IncidentPlanState, IncidentState
from tests.building import a_registered_case, an_assessing_case
from tests.cast import AT, later
from tests.incidents import BATCH, a_member, a_proposed_plan, an_agreed_plan, an_incident, somebody_with_mail
from tests.saying_no import denied, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident(cast):
    return an_incident(cast)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title": " "}, "incident.title_missing"),
        ({"title": "x" * 121}, "incident.title_too_long"),
        ({"cause": ""}, "incident.cause_missing"),
        ({"since": None}, "incident.since_missing"),
        ({"since": later(minutes=1)}, "incident.since_in_the_future"),
        ({"batch": "", "product": ""}, "incident.about_nothing"),
    ],
)
def test_what_an_incident_needs(cast, changes, code):
    facts = {"title": "批次染色不良", "cause": "染料", "since": AT, "batch": BATCH, "product": "大衣"}
    with refused(code):
        open_incident(by=cast.sven, at=AT, **facts | changes)
    with refused("incident.owner_unknown"):
        open_incident(by=cast.sven, at=AT, **facts, owner_id=cast.ana.pk)


@pytest.mark.parametrize("who", ["ana", "olga", "axel"])
def test_incidents_are_led_by_supervisors(cast, incident, who):
    person = getattr(cast, who)
    with denied():
        an_incident(cast, by=person)
    with denied():
        a_proposed_plan(cast, incident, by=person)
    with denied():
        close_incident(incident.pk, by=person, at=AT, words="结束。")


def test_a_handler_links_an_own_case_and_no_other(cast, incident):
    case = an_assessing_case(cast, **somebody_with_mail())
    with denied():
        link_to_incident(case.pk, by=cast.ben, at=AT, incident_id=incident.pk, reason="同批次。")
    member = link_to_incident(case.pk, by=cast.ana, at=AT, incident_id=incident.pk, reason="同批次。")
    assert (member.reason.words, member.reason.case, member.linked_by) == ("同批次。", case, cast.ana)
    with refused("incident.member_already"):
        link_to_incident(case.pk, by=cast.ana, at=AT, incident_id=incident.pk, reason="同批次。")


def test_a_case_is_in_one_open_incident(cast, incident):
    member = a_member(cast, incident)
    other = an_incident(cast, title="另一批")
    with refused("incident.member_elsewhere"):
        link_to_incident(member.case_id, by=cast.sven, at=AT, incident_id=other.pk, reason="另一批。")
    with signed(by=cast.sven, reason="test", at=AT), pytest.raises(IntegrityError), transaction.atomic():
        IncidentMember.objects.create(
            incident=other, case=member.case, reason=member.reason, linked_by=cast.sven, linked_at=AT
        )
    with refused("reason.missing"):
        unlink_from_incident(member.pk, by=cast.sven, at=AT, reason=" ")
    unlink_from_incident(member.pk, by=cast.sven, at=AT, reason="批号看错了。")
    assert link_to_incident(member.case_id, by=cast.sven, at=AT, incident_id=other.pk, reason="另一批。")
    with refused("incident.no_member"):
        unlink_from_incident(member.pk, by=cast.sven, at=AT, reason="再来一次。")


def test_an_ended_case_joins_nothing(cast, incident):
    case = an_assessing_case(cast, **somebody_with_mail())
    withdraw(case.pk, by=cast.ana, at=AT, words="算了。")
    with refused("case.ended"):
        link_to_incident(case.pk, by=cast.ana, at=AT, incident_id=incident.pk, reason="同批次。")
    other = an_assessing_case(cast)
    with refused("incident.unknown"):
        link_to_incident(other.pk, by=cast.ana, at=AT, incident_id=987654, reason="同批次。")


def test_a_safety_incident_marks_its_cases(cast):
    member = a_member(cast, an_incident(cast, safety_flag=True))
    case = Complaint.objects.get(pk=member.case_id)
    assert case.safety_flag
    assert case.escalations.filter(cause="safety").exists()


def test_growth_goes_up_once_a_day(cast, incident):
    """The policy says from how many cases in a day on: ten."""
    members = [a_member(cast, incident) for _ in range(10)]
    assert not Notice.objects.filter(code="notice.incident_grew").exists()
    members += [a_member(cast, incident) for _ in range(2)]
    grown = [member for member in members if member.case.escalations.filter(cause=f"incident:{incident.pk}").exists()]
    assert grown == [members[10]]
    assert Notice.objects.filter(code="notice.incident_grew", person=cast.sven).count() == 1


def test_whoever_proposes_a_plan_does_not_approve_it(cast, incident):
    plan = a_proposed_plan(cast, incident)
    with refused("duty.asker_decides"):
        approve_incident_plan(plan.pk, by=cast.sven, at=AT)
    with denied():
        approve_incident_plan(plan.pk, by=cast.ana, at=AT)
    assert approve_incident_plan(plan.pk, by=cast.tara, at=AT).state == IncidentPlanState.APPROVED
    incident.refresh_from_db()
    assert incident.state == IncidentState.PLANNED
    with refused("incident.plan_not_pending"):
        approve_incident_plan(plan.pk, by=cast.tara, at=AT)


def test_sql_cannot_do_it_alone_or_rewrite_it(cast, incident):
    """Neither the proposer's own yes, nor other words after the yes, nor one more remedy."""
    plan = a_proposed_plan(cast, incident)
    alone = "UPDATE complaints_incidentplan SET state = 'approved', decided_by_id = %s, decided_at = %s WHERE id = %s"
    with pytest.raises(IntegrityError):
        run_sql(cast, alone, cast.sven.pk, AT, plan.pk)
    approve_incident_plan(plan.pk, by=cast.tara, at=AT)
    other = plan.letter_id
    refused_in_sql(
        cast,
        "incident_plan.rewritten",
        "UPDATE complaints_incidentplan SET explanation_id = %s WHERE id = %s",
        other,
        plan.pk,
    )
    refused_in_sql(
        cast,
        "incident_plan.rewritten",
        "UPDATE complaints_incidentoption SET amount = 9999 WHERE plan_id = %s",
        plan.pk,
    )


def run_sql(cast, statement, *params):
    """One statement by sven, signed, in a savepoint of its own."""
    with signed(by=cast.sven, reason="test", at=AT), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, params)


def refused_in_sql(cast, code, statement, *params):
    with pytest.raises(Refused) as refusal:
        run_sql(cast, statement, *params)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"explanation": ""}, "incident.explanation_missing"),
        ({"follow_up": " "}, "incident.follow_up_missing"),
        ({"letter": ""}, "incident.letter_missing"),
        ({"options": []}, "incident.remedy_missing"),
        ({"letter": "再闹后果自负。"}, "wording.blocked"),
    ],
)
def test_what_a_plan_for_all_needs(cast, incident, changes, code):
    with refused(code):
        a_proposed_plan(cast, incident, **changes)


def test_one_plan_waits_at_a_time(cast, incident):
    a_proposed_plan(cast, incident)
    with refused("incident.plan_waits_already"):
        a_proposed_plan(cast, incident)
    IncidentPlan.objects.get()


def test_it_closes_when_every_case_has_ended_or_was_noted(cast, incident):
    first, second = a_member(cast, incident), a_member(cast, incident)
    with refused("incident.members_open", "incident.measure_missing"):
        close_incident(incident.pk, by=cast.sven, at=AT, words="查清了。")
    refused_in_sql(
        cast,
        "incident.members_open",
        "UPDATE complaints_incident SET state = 'closed', closed_by_id = %s, closed_at = %s, closing_id = cause_id"
        " WHERE id = %s",
        cast.sven.pk,
        AT,
        incident.pk,
    )
    withdraw(first.case_id, by=cast.ana, at=AT, words="不追究了。")
    note_member(second.pk, by=cast.sven, at=AT, words="顾客另案走法院，单独处理。")
    set_incident_measure(incident.pk, by=cast.sven, at=AT, kind="product_quality", what="换染料供应商。")
    with refused("incident.closing_missing"):
        close_incident(incident.pk, by=cast.sven, at=AT, words=" ")
    assert close_incident(incident.pk, by=cast.tara, at=AT, words="批次召回完毕。").state == IncidentState.CLOSED
    late = an_assessing_case(cast)
    with refused("incident.closed"):
        link_to_incident(late.pk, by=cast.ana, at=AT, incident_id=incident.pk, reason="同批次。")
    other = an_incident(cast, title="另一批")
    link_to_incident(second.case_id, by=cast.sven, at=AT, incident_id=other.pk, reason="又来一次。")
    with refused("incident.members_elsewhere"):
        reopen_incident(incident.pk, by=cast.sven, at=AT, reason="又出现了。")
    unlink_from_incident(other.members.get().pk, by=cast.sven, at=AT, reason="弄错。")
    assert reopen_incident(incident.pk, by=cast.sven, at=AT, reason="又出现了。").state == IncidentState.OPEN
    assert incident.members.filter(settled_at__isnull=True).count() == 2


def test_what_comes_back_gets_another_plan(cast, incident):
    """The plan that was agreed to when it closed does not hold any more, so that another one can be agreed to."""
    member = a_member(cast, incident)
    first = an_agreed_plan(cast, incident)
    note_member(member.pk, by=cast.sven, at=AT, words="单独处理。")
    carry_out_incident(incident.pk, by=cast.sven, at=AT)
    set_incident_measure(incident.pk, by=cast.sven, at=AT, kind="product_quality", what="换染料供应商。")
    close_incident(incident.pk, by=cast.sven, at=AT, words="批次召回完毕。")
    reopen_incident(incident.pk, by=cast.sven, at=AT, reason="又出现了。")
    first.refresh_from_db()
    assert first.state == IncidentPlanState.SUPERSEDED
    assert an_agreed_plan(cast, incident).state == IncidentPlanState.APPROVED


def test_carried_out_when_everybody_has_the_plan_or_was_noted(cast, incident):
    member = a_member(cast, incident)
    an_agreed_plan(cast, incident)
    with refused("incident.not_offered_yet"):
        carry_out_incident(incident.pk, by=cast.sven, at=AT)
    note_member(member.pk, by=cast.sven, at=AT, words="顾客只要道歉，已单独答复。")
    assert carry_out_incident(incident.pk, by=cast.sven, at=AT).state == IncidentState.CARRIED_OUT


def test_the_affected_get_a_case_each_and_nobody_twice(cast, incident):
    known = a_registered_case(
        cast, customer=CustomerData(name="庄周", phone="13800136555"), order=OrderData(number="A1")
    )
    people = [
        Affected(order="A1", name="庄周", phone="13800136555"),
        Affected(order="A2", name="惠施", email="huishi@example.com"),
        Affected(name="公孙龙", phone="13800136777"),
    ]
    content = "您购买的批次染色不良，正在逐一联系。"
    members = register_affected(incident.pk, by=cast.sven, at=AT, affected=people, content=content)
    assert len(members) == 3
    assert known.pk in {member.case_id for member in members}
    again = register_affected(incident.pk, by=cast.sven, at=AT, affected=people[:2], content=content)
    assert again == []
    assert Complaint.objects.filter(order__number="A2").count() == 1


def test_a_wrong_line_registers_nobody(cast, incident):
    people = [Affected(order="A2", name="惠施", phone="13800136666"), Affected(order="A3", name="庄周", phone="12")]
    with refused("incident.line_wrong"):
        register_affected(incident.pk, by=cast.sven, at=AT, affected=people, content="批次问题。")
    with refused("incident.nobody_affected"):
        register_affected(incident.pk, by=cast.sven, at=AT, affected=[], content="批次问题。")
    assert not incident.members.exists()


def test_cases_that_look_alike_are_suggested(cast):
    incident = an_incident(cast, since=AT - timedelta(days=1))
    named = a_registered_case(cast, **somebody_with_mail(), content=f"衣服掉色，吊牌上写着{BATCH.lower()}。")
    same = a_registered_case(
        cast, **somebody_with_mail() | {"order": OrderData(number="B1", product_name="羊毛混纺大衣 驼色 M")}
    )
    a_registered_case(cast, **somebody_with_mail() | {"order": OrderData(number="B2", product_name="帽子")})
    member = a_member(cast, incident)
    found = {like.case.pk: like.shared for like in likely_members(incident, by=cast.sven, at=AT)}
    assert "batch" in found[named.pk]
    assert "goods" in found[same.pk]
    assert member.case_id not in found
    assert not likely_members(incident, by=cast.wen, at=AT)
    assert Incident.objects.count() == 1
