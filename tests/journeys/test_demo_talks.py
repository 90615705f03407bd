"""How the demo shop talks, what it bears, and how it stands after a sale (WC-20 to 22, 25, 38, 50, 53; S-SLA-16)."""

import pytest

from complaints.admin.refund_backlog import Waiting, alarms_of
from complaints.explaining_contacts import the_words_then
from complaints.models import CallStep
from complaints.roles import day_of
from policies.lookup import policy_by_id, promotions_in_force
from policies.rules.promotions import promotions_on
from tests.journeys.conftest import NOW

pytestmark = pytest.mark.django_db


def phrases_in(contact):
    """The phrases that were found in what was said, by code."""
    return {policy_by_id(place["policy"]).code for place in contact.working.get("wording", ())}


def test_every_story_was_told_to_its_end(demo):
    assert [tale for tale in demo.opened.tales if not tale.is_complete] == []


def test_wc_21_the_bedding_set_is_asked_about_and_nobody_is_accused(demo):
    contact = demo.case("wc_21").started_calls.get().contact
    assert "我想请问下是什么原因呢" in str(contact.words)
    assert contact.working.get("lacks", []) == []
    assert phrases_in(contact) == set()


def test_wc_20_a_call_that_begins_with_the_matter_lacks_who_and_why(demo):
    first, second = (call.contact for call in demo.case("wc_20").started_calls.order_by("pk"))
    assert first.working["lacks"]
    missed = CallStep.objects.filter(contact=first, done=False).values_list("code", flat=True)
    assert {"introduce", "reason"} <= set(missed)
    assert second.working.get("lacks", []) == [], "WC-22: the wok, asked the right way"
    assert "能跟我说下是哪里的问题么" in str(second.words)


def test_wc_38_what_nobody_signed_for_the_seller_bears(demo):
    case = demo.case("wc_38")
    assert case.order.signed_by == "not_signed"
    plan = case.plans.get()
    assert plan.fitting["deviates"] == []
    assert {option.remedy for option in plan.options.all()} == {"reship", "full_refund"}


def test_wc_50_and_wc_53_minefields_are_marked_with_what_to_say_instead(demo):
    """WC-50: “您理解错了”; WC-53: blame on somebody else. What was said stays, marked; the next message does better."""
    case = demo.case("wc_50")
    said = case.contacts.get(channel="phone")
    assert {"you_are_wrong", "blame_elsewhere"} <= phrases_in(said)
    assert the_words_then(said)
    better = case.contacts.filter(direction="outgoing").exclude(channel="phone").get()
    assert phrases_in(better) == set()


def test_s_sla_16_a_suggestion_was_answered_in_time(demo):
    clock = demo.case("a_suggestion").clocks.get(kind="feedback")
    assert clock.stopped_at is not None
    assert clock.stopped_at < clock.due_at


def test_wc_25_after_the_sale_the_desk_would_ask_for_more_people(demo):
    """The sale is over, its refunds still come in: five of them are too many for the four who are there."""
    promotions = promotions_on(promotions_in_force(NOW).values(), day_of(NOW))
    assert "shop_festival" in [promotion.code for promotion in promotions]
    waiting = [Waiting(number % 4, "", NOW, "payment") for number in range(5)]
    alarm = next(one for one in alarms_of(waiting, {}, promotions, NOW) if one.promotion.code == "shop_festival")
    assert (alarm.wanted, alarm.short) == (5, 1)
