"""One cause and many customers from end to end, and the same in the demo shop (WC-07, WC-44, W-20, S-COM-31)."""

import pytest

from complaints.actions.affected import Affected, likely_members, register_affected
from complaints.actions.bulk import confirm_run
from complaints.actions.bulk_running import run_lines
from complaints.actions.improving import finish_improvement
from complaints.actions.incident_plans import carry_out_incident
from complaints.actions.incident_runs import prepare_message, prepare_offers
from complaints.actions.incidents import close_incident, note_member, set_incident_measure
from complaints.actions.planning import accept_plan, reject_plan
from complaints.actions.tasking import finish_task, make_task
from complaints.models import Complaint, IncidentTold
from complaints.states import IncidentState
from complaints.timeline import story_of
from complaints.vocabulary import Acceptance
from tests.building import a_negotiating_case
from tests.cast import AT, later
from tests.incidents import a_member, a_negotiating_member, an_agreed_plan, an_incident, somebody_with_mail
from tests.saying_no import refused

pytestmark = pytest.mark.django_db

DELAY = {
    "title": "TX218航班延误",
    "cause": "机械故障，备机四小时后到达。",
    "product": "",
    "batch": "",
    "service": "TX218",
}


def run(cast, planned):
    confirm_run(planned.pk, by=cast.sven, at=AT)
    run_lines(planned.pk, at=AT)
    return {line.case_id: line.outcome for line in planned.lines.all()}


def test_wc_07_a_flight_is_late_and_everybody_hears_why_and_what_they_get(cast):
    """WC-07, S-COM-31: all affected are told by SMS or e-mail, also who did not complain; each answers on their own."""
    incident = an_incident(cast, **DELAY)
    complained = [a_negotiating_member(cast, incident) for _ in range(3)]
    silent = register_affected(
        incident.pk,
        by=cast.sven,
        at=AT,
        affected=[
            Affected(order="TX1", name="赵行", phone="13800136201"),
            Affected(order="TX2", name="钱途", email="qiantu@example.com"),
        ],
        content="TX218航班延误四小时。",
    )
    letter = "您好，您的订单{{order_number}}因机械故障延误，我们非常抱歉，安排与补偿随后逐一告知。"
    found = run(cast, prepare_message(incident.pk, by=cast.sven, at=AT, words=letter))
    assert set(found.values()) == {"done"}
    assert {told.contact.channel for told in IncidentTold.objects.select_related("contact")} == {"email", "sms"}
    an_agreed_plan(cast, incident)
    found = run(cast, prepare_offers(incident.pk, by=cast.sven, at=AT))
    assert [found[member.case_id] for member in complained] == ["done"] * 3
    yes, no, _silent = [member.case for member in complained]
    plan = yes.plans.get()
    accept_plan(
        plan.pk,
        by=cast.ana,
        at=AT,
        acceptance=Acceptance.SAID_YES,
        chosen=list(plan.options.values_list("pk", flat=True))[:1],
        words="可以。",
    )
    reject_plan(no.plans.get().pk, by=cast.ana, at=AT, words="误了会议，要求另行赔偿。")
    for member in (*complained, *silent):
        note_member(member.pk, by=cast.sven, at=AT, words="按各自情况继续处理。")
    carry_out_incident(incident.pk, by=cast.sven, at=AT)
    set_incident_measure(incident.pk, by=cast.sven, at=AT, kind="process", what="备机调度前移。")
    closed = close_incident(incident.pk, by=cast.tara, at=AT, words="全部旅客已告知并逐一处理。")
    assert closed.state == IncidentState.CLOSED
    assert {plan.state for plan in (yes.plans.get(), no.plans.get())} == {"accepted", "rejected"}
    reasons = {entry.reason for entry in story_of(Complaint.objects.get(pk=yes.pk))}
    assert {"incident.case_linked", "plan.offered"} <= reasons


def test_wc_44_a_fault_that_comes_back_reaches_the_manufacturer_and_quality_control(cast):
    """WC-44, S-ESC-13: cases of the same goods are found together; nothing ends before quality control is stricter."""
    incident = an_incident(cast)
    members = [a_negotiating_member(cast, incident) for _ in range(2)]
    third = a_negotiating_case(cast, **somebody_with_mail())
    assert third in [like.case for like in likely_members(incident, by=cast.sven, at=AT)]
    members.append(a_member(cast, incident, case=third))
    task = make_task(
        third.pk,
        by=cast.ana,
        at=AT,
        department_id=cast.operations.pk,
        what="通知厂家该批次多次掉色，要求限期整改并书面答复。",
        due_at=later(days=1),
    )
    finish_task(task.pk, by=cast.olga, at=later(hours=4), result="厂家承诺补做固色并附检测报告。")
    assert "task.done" in {entry.reason for entry in story_of(Complaint.objects.get(pk=third.pk))}
    for member in members:
        note_member(member.pk, by=cast.sven, at=later(hours=5), words="按各自情况继续处理。")
    with refused("incident.measure_missing"):
        close_incident(incident.pk, by=cast.sven, at=later(hours=5), words="厂家已整改。")
    what = "同类面料入库逐批测色牢度。"
    set_incident_measure(incident.pk, by=cast.sven, at=later(hours=5), kind="product_quality", what=what)
    incident.refresh_from_db()
    finish_improvement(incident.improvement_id, by=cast.sven, at=later(days=2), result="质检单已加色牢度一栏。")
    closed = close_incident(incident.pk, by=cast.sven, at=later(days=2), words="厂家已整改，质检已加严。")
    assert (closed.state, closed.improvement.state) == (IncidentState.CLOSED, "done")
