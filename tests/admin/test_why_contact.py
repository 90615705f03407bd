"""Every block of a call or of words has a page of its own: figures, policy, clause, and the same answer again."""

from datetime import timedelta

import pytest
from django.urls import reverse

from complaints.actions.contacting import record_contact
from complaints.models import Contact
from tests.admin.looking import case_page, signed_in, text_of
from tests.admin.world import NOW
from tests.new_editions import a_new_edition

pytestmark = pytest.mark.django_db
AT_NIGHT = {"channel": "phone", "direction": "outgoing", "outcome": "no_answer", "words": ""}


def page_of(contact):
    return reverse("admin:complaints_complaint_contact_why", args=[contact.case_id, contact.pk])


def night(days=0):
    return NOW.replace(hour=22, minute=40) - timedelta(days=1 - days)


def test_what_keeps_one_from_calling_now_stands_on_a_page_with_its_figures(ana, world):
    case = world.cases["negotiating"]
    answer = ana.get(reverse("admin:complaints_complaint_call_why", args=[case.pk]))
    call, lines = answer.context["call"], {name: figures for name, figures, _stands in answer.context["lines"]}
    assert f"{len(call.that_day)} / {call.window.calls_a_day}" in lines.values()
    assert answer.context["policy"].title in text_of(answer)
    assert (
        reverse("admin:complaints_complaint_call_why", args=[case.pk])
        in ana.get(reverse("admin:complaints_complaint_call", args=[case.pk])).content.decode()
    )


def test_a_call_against_the_rules_is_explained_by_the_window_of_its_day(ana, world):
    case = world.cases["negotiating"]
    contact = record_contact(
        case.pk, by=world.cast.ana, at=NOW, occurred_at=night(), breach_reason="顾客半夜来电要求回拨", **AT_NIGHT
    )
    assert page_of(contact) in ana.get(case_page(case)).content.decode()
    answer = ana.get(page_of(contact))
    assert [stands for _name, _figures, stands in answer.context["lines"]].count(True) >= 1
    assert answer.context["call"].is_same
    assert "顾客半夜来电要求回拨" in text_of(answer)
    window = contact.working["window"]
    a_new_edition(world.cast, kind="calling_window", key="default", opens="00:00", closes="23:59", quiet_hours=[])
    again = ana.get(page_of(contact))
    assert (again.context["call"].window.policy_id, again.context["call"].is_same) == (window, True)


def test_a_record_that_does_not_follow_from_its_facts_is_said_to_differ(ana, world):
    case = world.cases["negotiating"]
    contact = record_contact(case.pk, by=world.cast.ana, at=NOW, occurred_at=night(), breach_reason="误拨", **AT_NIGHT)
    broken = [*contact.working["broken"], {"code": "call.quiet_day", "params": {"day": "2026-10-14"}}]
    Contact.objects.filter(pk=contact.pk).update(working=contact.working | {"broken": broken})
    assert ana.get(page_of(contact)).context["call"].is_same is False


def test_words_that_were_said_show_phrase_reason_and_edition(ana, world):
    case = world.cases["negotiating"]
    said = {
        "channel": "phone",
        "direction": "outgoing",
        "outcome": "delivered",
        "words": "您理解错了，规则写得很清楚。",
    }
    contact = record_contact(case.pk, by=world.cast.ana, at=NOW, occurred_at=night(), breach_reason="约好的", **said)
    answer = ana.get(page_of(contact))
    (line,) = [one for one in answer.context["words"] if one["one"].phrase.code == "you_are_wrong"]
    assert line["one"].found == "您理解错"
    assert line["one"].is_same
    assert line["policy"].source in text_of(answer)


def test_nothing_is_explained_that_no_rule_looked_at_and_to_nobody_who_sees_no_case(ana, world):
    case = world.cases["negotiating"]
    heard = {"channel": "qianniu", "direction": "incoming", "outcome": "delivered", "words": "还没收到"}
    contact = record_contact(case.pk, by=world.cast.ana, at=NOW, **heard)
    assert ana.get(page_of(contact)).status_code == 404
    assert ana.post(reverse("admin:complaints_complaint_call_why", args=[case.pk])).status_code in (403, 405)
    assert signed_in(world.cast.wen).get(
        reverse("admin:complaints_complaint_call_why", args=[case.pk])
    ).status_code in (403, 404)
