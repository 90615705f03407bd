"""The three composers of a case: to the customer, by phone, and for colleagues alone."""

import json
import re
from datetime import timedelta

import pytest
from django.db.models import F

from casemgmt.models import Notice
from complaints.models import Contact, Mention, Statement
from complaints.states import FollowUpState
from policies.lookup import templates_in_force
from tests.admin.looking import case_page, dialog, send, signed_in, text_of
from tests.admin.world import NOW

pytestmark = pytest.mark.django_db
MESSAGE = {"channel": "qianniu", "purpose": "progress", "words": "林女士您好，正在核实，对不起，谢谢您。"}


@pytest.fixture
def case(world):
    return world.cases["negotiating"]


def shown_in(answer, name):
    """What the page gives to its script as JSON."""
    found = re.search(rf'<script id="{name}" type="application/json">(.*?)</script>', answer.content.decode(), re.S)
    return json.loads(found[1])


def test_the_case_page_has_a_button_for_each_with_its_key(ana, case):
    page = text_of(ana.get(case_page(case)))
    assert f'<a href="{case_page(case).replace("change/", "call/")}"' in page
    for name, key in (("write-message", "reply"), ("write-note", "note")):
        assert re.search(rf'<a href="{dialog(case, name)}"[^>]*data-key-action="{key}"', page), name


def test_a_message_names_whom_and_by_what_and_pretends_nothing(ana, case):
    page = text_of(ana.get(dialog(case, "write-message")))
    assert f"To the customer: {case.customer}" in page
    assert f"Record as sent to {case.customer} (Qianniu)" in page
    assert "*" in str(case.customer)
    assert "Send it there yourself" in page


def test_templates_come_filled_and_keep_their_gaps(ana, world, case):
    templates = {
        found["label"]: found for found in shown_in(ana.get(dialog(case, "write-message")), "cm-talk-templates")
    }
    text = templates["Receipt confirmed"]["text"]
    assert text.startswith(f"尊敬的{str(case.customer)[0]}先生/女士，您好！我是棠溪服饰旗舰店的客服安娜。")
    assert case.case_number in text
    assert "{{amount paid}}" in templates["Compensation paid"]["text"]
    assert "Call: who, from where, why" not in templates
    assert "phone" in shown_in(ana.get(dialog(case, "record-call")), "cm-talk-templates")[0]["channels"]


def test_what_was_sent_is_recorded_with_its_template(ana, case):
    template = templates_in_force(NOW)["delay_told"]
    assert send(ana, dialog(case, "write-message"), **MESSAGE, template_id=template.policy_id).status_code == 204
    contact = Contact.objects.latest("pk")
    assert (contact.template_policy_id, contact.outcome, contact.direction) == (
        template.policy_id, "delivered", "outgoing",
    )  # fmt: skip
    assert MESSAGE["words"] in text_of(ana.get(case_page(case)))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"words": "退您{{金额}}，谢谢。"}, "Not filled in yet: 金额."),
        ({"template_id": "999999999"}, "Select a valid choice"),
        ({"template_id": "x"}, "Select a valid choice"),
        ({"channel": "phone"}, "Select a valid choice"),
        ({"words": ""}, "This field is required"),
    ],
)
def test_a_message_that_cannot_be_is_refused_at_its_field_and_kept(ana, case, changes, says):
    before = Contact.objects.count()
    answer = send(ana, dialog(case, "write-message"), **MESSAGE | changes)
    assert answer.status_code == 422
    assert says in text_of(answer)
    assert Contact.objects.count() == before


def test_one_click_records_a_call_and_plans_the_next(ana, case):
    page = text_of(ana.get(dialog(case, "record-call")))
    proposed = re.search(r'name="call_again_at" value="([^"]+)"', page)[1]
    assert proposed == "2026-10-19T11:05"
    assert "at least 60 minutes apart" in page
    assert (
        send(ana, dialog(case, "record-call"), outcome="busy", purpose="general", call_again_at=proposed).status_code
        == 204
    )
    contact = Contact.objects.latest("pk")
    assert (contact.outcome, contact.occurred_at, contact.words) == ("busy", NOW, None)
    assert contact.call_again_at is not None
    assert "next call" in text_of(ana.get(case_page(case)))


def test_a_proposal_left_alone_is_proposed_anew_at_the_click(ana, case):
    stale = "2026-10-19T10:20"
    fields = {"outcome": "busy", "purpose": "general", "call_again_at": stale, "proposed": stale}
    assert send(ana, dialog(case, "record-call"), **fields).status_code == 204
    assert Contact.objects.latest("pk").call_again_at == NOW + timedelta(minutes=65)


def test_a_talk_plans_no_next_call(ana, case):
    fields = {
        "outcome": "delivered",
        "words": "顾客同意换货",
        "purpose": "general",
        "call_again_at": "2026-10-19T11:00",
    }
    assert send(ana, dialog(case, "record-call"), **fields).status_code == 204
    assert Contact.objects.latest("pk").call_again_at is None


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"outcome": "delivered"}, "What was said is missing."),
        ({"outcome": "sung"}, "Select a valid choice"),
        ({"outcome": "busy", "call_again_at": "2026-10-19T10:30"}, "The last call was less than 60 minutes ago."),
        ({"outcome": "busy", "call_again_at": "2026-10-19T09:30"}, "The next call lies in the past."),
    ],
)
def test_a_call_that_cannot_be_is_refused_and_kept(ana, case, fields, says):
    before = Contact.objects.count()
    answer = send(ana, dialog(case, "record-call"), purpose="general", **fields)
    assert answer.status_code == 422
    assert says in text_of(answer)
    assert Contact.objects.count() == before


def test_a_due_follow_up_tells_what_each_outcome_does_before_the_click(ana, world):
    call = next(case for case in world.cases.values() if case.follow_ups.filter(state=FollowUpState.DUE).exists())
    follow_up = call.follow_ups.get(state=FollowUpState.DUE)
    page = text_of(ana.get(dialog(follow_up, "record-attempt")))
    assert f"attempt 1 of {follow_up.attempts_max}" in page
    assert "Moves the follow-up to the next call" in page
    assert send(ana, dialog(follow_up, "record-attempt"), outcome="no_answer").status_code == 204
    follow_up.refresh_from_db()
    assert follow_up.state == FollowUpState.SCHEDULED
    assert follow_up.attempts.get().outcome == "no_answer"


def test_a_follow_up_by_letter_dials_nobody(ana, world):
    case = next(case for case in world.cases.values() if case.follow_ups.filter(state=FollowUpState.DUE).exists())
    follow_up = case.follow_ups.get(state=FollowUpState.DUE)
    type(follow_up).objects.filter(pk=follow_up.pk).update(channel="email", version=F("version") + 1)
    page = text_of(ana.get(dialog(follow_up, "record-attempt")))
    assert f"Follow up with {case.customer} (e-mail)" in page
    assert 'value="busy"' not in page
    assert "minutes apart" not in page
    assert "Invitation to tell us how it went" in page
    assert send(ana, dialog(follow_up, "record-attempt"), outcome="no_answer").status_code == 204


def test_a_note_offers_those_who_may_see_the_case_and_marks_them(ana, world, case):
    page = ana.get(dialog(case, "write-note"))
    offered = {person["username"] for person in shown_in(page, "cm-talk-people")}
    assert {"sven", "ben"} <= offered
    assert not {"wen", "petra"} & offered
    assert "the customer does not see it" in text_of(page)
    assert send(ana, dialog(case, "write-note"), words="@沈文 <b>请批</b>").status_code == 204
    assert Mention.objects.get().person == world.cast.sven
    assert Notice.objects.filter(person=world.cast.sven, code="notice.mentioned").exists()
    assert '<mark class="cm-mention">@沈文</mark> &lt;b&gt;请批' in ana.get(case_page(case)).content.decode()


def test_somebody_who_may_not_see_it_is_refused_at_the_field(ana, case):
    answer = send(ana, dialog(case, "write-note"), words="@文静 看看")
    assert answer.status_code == 422
    assert "“文静” may not see this case" in text_of(answer)
    assert "@文静 看看" in text_of(answer)
    assert not Mention.objects.exists()


def test_a_note_that_begins_like_a_letter_is_asked_about_once(ana, case):
    words = "林女士您好，今天就给您退款。"
    before = Statement.objects.count()
    answer = send(ana, dialog(case, "write-note"), words=words)
    assert answer.status_code == 422
    assert "This begins like a letter to the customer" in text_of(answer)
    assert dialog(case, "write-message") in text_of(answer)
    assert Statement.objects.count() == before
    assert send(ana, dialog(case, "write-note"), words=words, is_note="on").status_code == 204


def test_who_only_writes_notes_is_not_led_to_messages(world, case):
    axel = signed_in(world.cast.axel)
    page = text_of(axel.get(dialog(case, "write-note")))
    assert dialog(case, "write-message") not in page
    assert axel.get(dialog(case, "write-message")).status_code == 403


@pytest.mark.parametrize("name", ["write-message", "record-call", "write-note"])
def test_opening_a_composer_writes_nothing_and_asks_little(ana, case, name, django_assert_max_num_queries):
    before = Contact.objects.count(), Statement.objects.count()
    with django_assert_max_num_queries(34):
        assert ana.get(dialog(case, name), HTTP_HX_REQUEST="true").status_code == 200
    assert (Contact.objects.count(), Statement.objects.count()) == before
