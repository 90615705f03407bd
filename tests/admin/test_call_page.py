"""The page of a call: what stands against dialling, the plan, the seven steps, and the outcome in one click."""

import pytest
from django.urls import reverse
from django.utils import timezone

from casemgmt.privacy.models import AccessEvent, AccessKind
from complaints.actions.consenting import record_consent
from complaints.actions.customers import CustomerData, OrderData
from complaints.models import CallPlan, CallStep, Contact, ContactConsent, ScheduledCall, StartedCall
from policies.lookup import call_guide_in_force
from tests.admin.looking import case_page, dialog, send, signed_in, text_of
from tests.admin.world import NOW
from tests.building import an_assessing_case
from tests.calling import PLAN, a_call_plan
from tests.cast import later

pytestmark = pytest.mark.django_db
STEPS = ("introduce", "reason", "listen", "propose", "negotiate", "adjust", "apologise")
TALKED = {"outcome": "delivered", "words": "约好周五前换货", "apology": "for_our_fault"} | {
    f"done_{code}": "on" for code in STEPS
}


@pytest.fixture
def case(world):
    return world.cases["negotiating"]


def call_page(case) -> str:
    return reverse("admin:complaints_complaint_call", args=[case.pk])


def at_instant(monkeypatch, at):
    monkeypatch.setattr(timezone, "now", lambda: at)


def test_before_dialling_the_plan_is_asked_for(ana, case):
    """S-COM-09: the reason stands there with the way to mend it, and dialling is refused with it."""
    page = text_of(ana.get(call_page(case)))
    assert "This call needs a plan first, because a call is the last resort at this step." in page
    assert dialog(case, "write-call-plan") in page
    assert send(ana, dialog(case, "start-call"), purpose="offer").status_code == 422
    assert not StartedCall.objects.exists()
    assert send(ana, dialog(case, "write-call-plan"), **PLAN).status_code == 204
    page = text_of(ana.get(call_page(case)))
    for words in (
        "单笔50元，本案150元以内",
        "不退，补100元：最多50元",
        "退货退款，运费店铺出",
        "请主管沈文10分钟内回电",
    ):
        assert words in page


def test_outside_the_window_the_penalty_is_named_and_a_moment_offered(ana, world, case, monkeypatch):
    """S-COM-13."""
    a_call_plan(world.cast, case, at=NOW)
    at_instant(monkeypatch, later(days=7, hours=9))
    page = text_of(ana.get(call_page(case)))
    assert "customers are called between 10:00 and 18:00" in page
    assert "costs the shop 12 points" in page
    assert "Allowed from" in page
    refusal = send(ana, dialog(case, "start-call"), purpose="offer")
    assert refusal.status_code == 422
    assert "12 points" in text_of(refusal)
    assert not StartedCall.objects.exists()


def test_seven_steps_with_their_words_and_what_not_to_do(world, case):
    """W-03, WC-20, WC-53: who and why first; no blame on others. In Chinese."""
    a_call_plan(world.cast, case, at=NOW)
    ana = signed_in(world.cast.ana, "zh-hans")
    assert send(ana, dialog(case, "start-call"), purpose="offer").headers["HX-Redirect"] == call_page(case)
    page = text_of(ana.get(call_page(case)))
    assert page.count("data-call-step") == 7
    places = [
        page.index(f">{label}<") for label in ("自报家门", "说明来意", "倾听不满", "先致歉，再提方案", "最后致歉")
    ]
    assert places == sorted(places)
    assert "棠溪服饰旗舰店" in page
    assert "推给仓库、快递或别的部门" in page
    assert "能跟我说下是哪里的问题么" in page


@pytest.mark.parametrize(
    ("reason", "said"),
    [("unwanted", "提出了退货，我想请问下是什么原因呢"), ("quality", "能跟我说下是哪里的问题么")],
    ids=["WC-21", "WC-22"],
)
def test_the_reason_is_said_per_issue(reason, said):
    """WC-21 (the bedding set), WC-22 (the wok); S-COM-05."""
    assert said in call_guide_in_force(NOW).reason_for(reason)


def test_the_talk_is_recorded_with_every_step(ana, world, case):
    a_call_plan(world.cast, case, at=NOW)
    send(ana, dialog(case, "start-call"), purpose="offer")
    fields = {name: value for name, value in TALKED.items() if name != "done_listen"}
    sent = send(ana, dialog(case, "finish-call"), note_propose="换一件或退款，选了换", **fields)
    assert sent.status_code == 204
    contact = Contact.objects.filter(case=case).latest("pk")
    assert (contact.channel, contact.outcome, contact.purpose) == ("phone", "delivered", "offer")
    missed = list(CallStep.objects.filter(contact=contact, done=False).values_list("code", flat=True))
    assert missed == ["listen"]
    page = text_of(ana.get(case_page(case)))
    assert "Apologise, then propose: 换一件或退款，选了换" in page
    assert "The customer was not listened to first." in page


def test_a_talk_that_nobody_began_is_not_recorded(ana, case):
    assert ana.get(dialog(case, "finish-call")).status_code == 200
    answer = send(ana, dialog(case, "finish-call"), **TALKED)
    assert answer.status_code == 422
    assert "No call is under way here." in text_of(answer)


def test_whom_nobody_knows_nobody_can_call(ana, world):
    case = an_assessing_case(
        world.cast, customer=CustomerData(), complainant="unknown", unknown_because="匿名信", order=OrderData()
    )
    assert "No phone number of the customer is on record." in text_of(ana.get(call_page(case)))
    answer = send(ana, dialog(case, "record-consent"), channel="sms", scope="everything", decision="given", words="好")
    assert "Nobody is known to whom this wish could belong." in text_of(answer)


def test_what_was_typed_stays_when_something_lacks(ana, world, case):
    a_call_plan(world.cast, case, at=NOW)
    send(ana, dialog(case, "start-call"), purpose="offer")
    answer = send(ana, dialog(case, "finish-call"), outcome="delivered", words="", note_listen="领口有污渍")
    assert answer.status_code == 422
    assert "领口有污渍" in text_of(answer)
    assert StartedCall.objects.get(case=case).contact is None


def test_no_answer_is_one_click_and_proposes_the_next_call(ana, world, case):
    a_call_plan(world.cast, case, at=NOW)
    send(ana, dialog(case, "start-call"), purpose="offer")
    assert "12:05" in text_of(ana.get(call_page(case))).partition("no answer")[2][:200]
    assert send(ana, dialog(case, "finish-call"), outcome="no_answer").status_code == 204
    contact = Contact.objects.filter(case=case).latest("pk")
    assert contact.call_again_at == later(days=7, hours=2, minutes=5)
    assert not CallStep.objects.filter(contact=contact).exists()


def test_a_customer_who_wants_no_more_calls_is_kept_from_them(ana, world, case):
    a_call_plan(world.cast, case, at=NOW)
    send(ana, dialog(case, "start-call"), purpose="offer")
    assert send(ana, dialog(case, "finish-call"), outcome="no_more_calls", words="别再打").status_code == 204
    assert ContactConsent.objects.get(customer=case.customer).decision == "refused"
    assert "The customer does not want to be called." in text_of(ana.get(call_page(case)))
    page = text_of(ana.get(case_page(case)))
    assert "wants no calls" in page
    assert "别再打" in page


def test_nobody_else_reads_the_bottom_line(world, case):
    """The plan is for those who may call: operations and auditors see the case, not where it ends."""
    a_call_plan(world.cast, case, at=NOW)
    for person, sees in (("ana", True), ("sven", True), ("axel", False), ("olga", False)):
        answer = signed_in(getattr(world.cast, person)).get(case_page(case) + "?older=1")
        assert ("退货退款689元加运费" in text_of(answer)) is sees, person
    assert signed_in(world.cast.axel).get(call_page(case)).status_code == 403


def test_who_may_not_call_leaves_one_access_event(world, case):
    before = AccessEvent.objects.filter(kind=AccessKind.REFUSED_RIGHT).count()
    assert signed_in(world.cast.axel).get(call_page(case)).status_code == 403
    assert AccessEvent.objects.filter(kind=AccessKind.REFUSED_RIGHT).count() == before + 1
    assert signed_in(world.cast.wen).get(call_page(case)).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_page_itself_only_reads(ana, case, method):
    assert getattr(ana, method)(call_page(case)).status_code in (403, 405)


def test_the_page_asks_few_questions(ana, world, case, django_assert_max_num_queries):
    a_call_plan(world.cast, case, at=NOW)
    ana.get(call_page(case))
    with django_assert_max_num_queries(45):
        ana.get(call_page(case))
    send(ana, dialog(case, "start-call"), purpose="offer")
    with django_assert_max_num_queries(60):
        ana.get(call_page(case))


def test_a_call_is_scheduled_and_shown_with_its_reason(ana, case):
    sent = send(ana, dialog(case, "schedule-call"), wanted_at="2026-10-19T20:00", purpose="progress", what="说进度")
    assert sent.status_code == 204
    assert ScheduledCall.objects.get(case=case).scheduled_for == later(days=8)
    page = text_of(ana.get(case_page(case)))
    assert "It is 20:00; customers are called between 10:00 and 18:00." in page
    refusal = send(ana, dialog(case, "schedule-call"), wanted_at="2026-10-19T20:00", purpose="progress", exactly="on")
    assert refusal.status_code == 422
    assert "12 points" in text_of(refusal)


def test_a_scheduled_call_that_is_due_waits_on_the_desk(ana, case, monkeypatch):
    send(ana, dialog(case, "schedule-call"), wanted_at="2026-10-19T12:00", purpose="progress", what="说换货进度")
    assert "说换货进度" not in text_of(ana.get(reverse("admin:index")))
    at_instant(monkeypatch, later(days=7, hours=2))
    desk = text_of(ana.get(reverse("admin:index")))
    assert "说换货进度" in desk
    assert call_page(case) in desk


def test_wishes_stand_on_the_card_of_the_customer(ana, case):
    typed = {"call_from": "14:00", "call_until": "17:00", "words": "下午打", "preferred_channel": "phone"}
    assert send(ana, dialog(case, "note-wishes"), **typed).status_code == 204
    page = text_of(ana.get(case_page(case)))
    assert "14:00–17:00" in page
    assert dialog(case, "record-consent") in page


@pytest.mark.parametrize(
    ("name", "typed", "field"),
    [
        ("note-wishes", {"call_from": "25:00", "words": "下午"}, "call_from"),
        ("note-wishes", {"call_from": "14:00", "words": "下午"}, "call_until"),
        ("note-wishes", {"call_zone": "Mars", "words": "下午"}, "call_zone"),
        (
            "record-consent",
            {"channel": "pigeon", "scope": "everything", "decision": "refused", "words": "别"},
            "channel",
        ),
        ("schedule-call", {"wanted_at": "2026-10-19T08:00", "purpose": "progress"}, "wanted_at"),
        ("write-call-plan", PLAN | {"fallbacks": "一个"}, "fallbacks"),
        ("start-call", {"purpose": "gossip"}, "purpose"),
    ],
)
def test_bad_input_comes_back_at_its_field(ana, case, name, typed, field):
    answer = send(ana, dialog(case, name), **typed)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not any(model.objects.exists() for model in (ScheduledCall, CallPlan, ContactConsent, StartedCall))


def test_a_breach_stands_on_the_page_for_auditors_and_before_who_leads(world, case):
    """S-COM-13: shown with the rule that was broken and the reason told."""
    record_consent(
        case.pk, by=world.cast.ana, at=NOW, channel="sms", scope="everything", decision="refused", words="别发短信"
    )
    ana = signed_in(world.cast.ana)
    sent = send(
        ana,
        dialog(case, "record-contact"),
        channel="phone",
        direction="outgoing",
        outcome="delivered",
        purpose="progress",
        words="深夜打的",
        occurred_at="2026-10-18T22:30",
        breach_reason="客户要求立刻回电",
    )
    assert sent.status_code == 204
    oversight = text_of(signed_in(world.cast.axel).get(reverse("desk:oversight") + "?kind=breaches"))
    assert "客户要求立刻回电" in oversight
    assert "It is 22:30; customers are called between 10:00 and 18:00." in oversight
    assert "客户要求立刻回电" in text_of(signed_in(world.cast.sven).get(reverse("admin:index")))
