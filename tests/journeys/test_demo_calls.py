"""The calls of the demo shop: one that was planned, a customer who wants none, and one at night (WC-19, WC-23)."""

import pytest

from casemgmt.models import Notice
from complaints.actions.dialling import why_not_start_call
from complaints.models import CallStep, Customer
from tests.journeys.conftest import NOW

pytestmark = pytest.mark.django_db


def test_wc_23_the_plan_knew_what_to_do_beyond_the_authority(demo):
    """WC-23: the customer asks for more than the handler may give; the superior calls back, as the plan says."""
    case = demo.case("wc_23_beyond_the_handlers_word")
    plan, started = case.call_plans.get(), case.started_calls.get()
    assert started.plan == plan
    assert "主管" in str(plan.beyond)
    steps = CallStep.objects.filter(contact=started.contact)
    assert steps.filter(done=True).count() == 7
    assert started.contact.working.get("lacks", []) == []
    back = case.scheduled_calls.get()
    assert {why["code"] for why in back.working["why"]} == {"call.outside_window", "call.not_at_this_hour"}
    assert f"{back.scheduled_for.astimezone(NOW.tzinfo):%H:%M}" == "11:00"


def test_who_wants_no_calls_is_left_alone(demo):
    case = demo.case("a_customer_who_wants_no_calls")
    assert Customer.objects.get(pk=case.customer_id).no_calls
    assert str(case.consents.get().words).startswith("我在上班")
    found = why_not_start_call(case, by=case.handler, at=NOW)
    assert {"call.opted_out", "call.harassment_costs"} <= {violation.code for violation in found}
    assert not case.contacts.filter(channel="phone").exists()


def test_wc_19_a_call_at_night_stands_there_as_what_it_was(demo):
    """WC-19: recorded with every rule it broke and its reason; who leads the team was told."""
    case = demo.case("wc_19_called_at_night")
    contact = case.contacts.exclude(breach="").get()
    assert contact.breach == "call.outside_window"
    assert contact.breach_reason is not None
    assert Notice.objects.filter(code="notice.call_breach", case_number=case.case_number).exists()
