"""A call on a phone, in Chinese: from its plan over the seven steps to the recorded outcome (W-03, WC-20, WC-23)."""

import pytest
from django.urls import reverse

from complaints.models import CallStep, Contact, StartedCall
from complaints.states import CaseState
from tests.browser.desk import assert_chinese, look, open_sheet
from tests.browser.seeing import PHONE, grave_findings, in_every_light, runs_off
from tests.building import a_case
from tests.calling import PLAN, a_call_plan
from tests.cast import later

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("afternoon")]
OPEN = "[data-call-step] details[open]"
STEPS = ("introduce", "reason", "listen", "propose", "negotiate", "adjust", "apologise")


def call_page(case) -> str:
    return reverse("admin:complaints_complaint_call", args=[case.pk])


@pytest.fixture
def case(cast):
    return a_case(cast, CaseState.NEGOTIATING)


def test_from_the_plan_to_the_recorded_outcome_on_a_phone(cast, case, at_desk):
    ana = look(at_desk(cast.ana, **PHONE), call_page(case))
    assert "打之前要先写通话预案" in ana.inner_text(".cm-alert")
    ana.click("[data-call-fold] summary")
    open_sheet(ana, ".cm-call-plan a[href*='write-call-plan']")
    for name, words in PLAN.items():
        ana.fill(f"dialog[open] [name={name}]", words)
    with ana.expect_navigation():
        ana.click("dialog[open] .cm-submit")
    look(ana, call_page(case))
    assert ana.locator(".cm-alert").count() == 0
    assert not runs_off(ana)
    with ana.expect_navigation():
        ana.click(".cm-call-middle .cm-submit")
    assert_chinese(ana)
    assert StartedCall.objects.get(case=case).contact is None
    assert ana.locator("[data-call-fold]").get_attribute("open") is None

    for number, code in enumerate(STEPS, start=1):
        assert ana.locator(OPEN).count() == 1
        assert ana.evaluate("document.activeElement.name") == f"note_{code}"
        ana.keyboard.type(f"第{number}步记下的话")
        if code == "listen":
            ana.locator(f"{OPEN} [name=emotion]").select_option("dissatisfied")
        if code == "propose":
            ana.locator(f"{OPEN} [name=apology]").select_option("for_our_fault")
        if number == 4:
            ana.reload()
            ana.wait_for_selector(OPEN)
            assert ana.input_value("[name=note_reason]") == "第2步记下的话"
            assert ana.input_value(f"{OPEN} [name=note_{code}]") == f"第{number}步记下的话"
        ana.locator(f"{OPEN} [data-call-next]").focus()
        ana.keyboard.press("Enter")
    assert ana.locator(".cm-talk-step-done").count() == 7
    assert ana.evaluate("document.activeElement.name") == "words"
    ana.keyboard.type("她同意换一件，周五前寄出")
    assert not runs_off(ana)
    with ana.expect_navigation():
        ana.keyboard.press("Control+Enter")

    contact = Contact.objects.get(case=case, channel="phone")
    assert (contact.outcome, str(contact.words)) == ("delivered", "她同意换一件，周五前寄出")
    assert (contact.apology, contact.emotion) == ("for_our_fault", "dissatisfied")
    steps = CallStep.objects.filter(contact=contact)
    assert [(step.code, step.done, str(step.words)) for step in steps] == [
        (code, True, f"第{number}步记下的话") for number, code in enumerate(STEPS, start=1)
    ]
    assert_chinese(ana)
    assert "第3步记下的话" in ana.content()


def test_no_answer_is_one_click_and_the_next_call_stands_there(cast, case, at_desk):
    a_call_plan(cast, case, at=later(days=7))
    ana = look(at_desk(cast.ana), call_page(case))
    with ana.expect_navigation():
        ana.click(".cm-call-middle .cm-submit")
    assert "下次拨打" in ana.inner_text("button[value=no_answer]")
    with ana.expect_navigation():
        ana.click("button[value=no_answer]")
    contact = Contact.objects.get(case=case, channel="phone")
    assert contact.outcome == "no_answer"
    assert contact.call_again_at is not None


def test_the_pages_of_a_call_are_open_to_all(cast, case, at_desk):
    ana = look(at_desk(cast.ana), call_page(case))
    assert in_every_light(ana) == {}
    a_call_plan(cast, case, at=later(days=7))
    look(ana, call_page(case))
    with ana.expect_navigation():
        ana.click(".cm-call-middle .cm-submit")
    assert in_every_light(ana) == {}
    ana.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
    assert grave_findings(ana) == []
