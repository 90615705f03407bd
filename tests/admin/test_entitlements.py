"""The pages of what a customer is owed, the guides beside forms, and why a grant and a plan went their way."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from complaints.actions.entitling import record_entitlement
from complaints.actions.knowing import state_facts
from complaints.actions.ordering import record_order
from complaints.actions.planning import OptionDraft
from complaints.models import EntitlementAnswer, HandlingPlan, Order
from complaints.vocabulary import Remedy, SignedBy
from tests.admin.counting import events
from tests.admin.looking import case_page, dialog, send, signed_in, text_of
from tests.building import a_drafted_plan, an_investigating_case
from tests.cast import AT

pytestmark = pytest.mark.django_db
QUERIES_OF_THE_PAGE = 30


def overview(case):
    return reverse("admin:complaints_complaint_entitlements", args=[case.pk])


@pytest.fixture
def case(world):
    return world.cases["planned"]


def written_down(world, case):
    state_facts(case.pk, by=world.cast.ana, at=AT, facts={"fraud_found": "yes"}, reason="平台判定。")
    plan = case.plans.get()
    return record_entitlement(case.pk, by=world.cast.ana, at=AT, entitlement="fraud_3_times", plan_id=plan.pk)


def test_the_page_says_owed_not_owed_and_what_is_missing(ana, world, case):
    state_facts(case.pk, by=world.cast.ana, at=AT, facts={"fraud_found": "yes", "durable": "no"}, reason="平台判定。")
    said = text_of(ana.get(overview(case)))
    assert "¥2,067.00" in said
    assert "3 × price 689.00 = 2067.00 CNY" in said
    assert "stated by 安娜" in said
    assert "Not owed" in said
    assert "Nothing is known of these yet" in said
    assert "day the goods were signed for" in said
    assert "check with counsel" in said
    assert "edition 1" in said
    assert f"{dialog(case, 'record-order')}" in said


def test_the_page_stays_within_its_queries(ana, case):
    with CaptureQueriesContext(connection) as asked:
        assert ana.get(overview(case)).status_code == 200
    assert len(asked) <= QUERIES_OF_THE_PAGE


@pytest.mark.parametrize(
    ("name", "status"), [("ana", 200), ("sven", 200), ("axel", 200), ("wen", 404), ("edith", 404), ("adam", 404)]
)
def test_who_sees_the_case_reads_it_and_nobody_else(world, case, name, status):
    assert signed_in(world.person(name)).get(overview(case)).status_code == status


def test_an_auditor_has_nothing_to_press(world, case):
    said = text_of(signed_in(world.cast.axel).get(overview(case)))
    assert "state-facts" not in said
    assert "record-entitlement" not in said


def test_it_is_only_read(ana, case):
    noted = events()
    assert ana.post(overview(case)).status_code == 405
    assert events() == noted + 1


def test_missing_facts_are_stated_from_their_place(ana, case):
    url = f"{dialog(case, 'state-facts')}?facts=goods_back_on,loss"
    form = ana.get(url).context["form"]
    assert list(form.fields) == ["goods_back_on", "loss", "reason"]
    answer = send(ana, url, goods_back_on="2026-10-13", loss="１２０元", reason="仓库签收。")
    assert answer.status_code == 204
    assert dict(case.stated_facts.values_list("name", "value")) == {"goods_back_on": "2026-10-13", "loss": "120"}


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"loss": "-5"}, "loss"),
        ({"loss": "很多"}, "loss"),
        ({"goods_back_on": "2027-01-01"}, "goods_back_on"),
        ({"goods_back_on": "昨天"}, "goods_back_on"),
        ({"failed_repairs": "-1"}, "failed_repairs"),
        ({"in_stock": "maybe"}, "in_stock"),
    ],
)
def test_a_bad_fact_is_said_at_its_field_and_kept_as_typed(ana, case, fields, at):
    answer = send(ana, dialog(case, "state-facts"), reason="顾客说的。", **fields)
    assert answer.status_code == 422
    assert at in answer.context["form"].errors
    assert str(fields[at]) in text_of(answer)
    assert not case.stated_facts.exists()


def test_an_answer_is_written_down_and_read_again_as_it_was(ana, world, case):
    state_facts(case.pk, by=world.cast.ana, at=AT, facts={"fraud_found": "yes"}, reason="平台判定。")
    url = f"{dialog(case, 'record-entitlement')}?entitlement=fraud_3_times"
    form = ana.get(url).context["form"]
    assert form["entitlement"].value() == "fraud_3_times"
    answer = send(ana, url, entitlement="fraud_3_times", plan_id=str(case.plans.get().pk), finding_id="")
    assert answer.status_code == 204
    kept = EntitlementAnswer.objects.get(case=case)
    page = reverse("admin:complaints_complaint_entitlement", args=[case.pk, kept.pk])
    assert page in text_of(ana.get(case_page(case)))
    said = text_of(ana.get(page))
    assert "Computed again just now: the same result." in said
    assert "¥2,067.00" in said


def test_an_answer_is_read_on_its_own_case_alone(ana, world, case):
    kept = written_down(world, case)
    other = world.cases["money"]
    assert ana.get(reverse("admin:complaints_complaint_entitlement", args=[other.pk, kept.pk])).status_code == 404


def test_the_timeline_tells_the_facts_in_words(ana, world, case):
    written_down(world, case)
    said = text_of(ana.get(case_page(case)))
    assert "stated facts of the case" in said
    assert "fraud is established" in said
    assert "wrote down what the customer is owed" in said


def test_the_plan_form_offers_what_fits_first_and_says_why(ana, world):
    case = an_investigating_case(world.cast, category="logistics.damaged_parcel")
    record_order(case.pk, by=world.cast.ana, at=AT, signed_by=SignedBy.CUSTOMER, reason="物流轨迹")
    answer = ana.get(dialog(case, "draft-plan"))
    said = text_of(answer)
    assert "Fits the facts of this case" in said
    assert "The training slides let the buyer bear the damage" in said
    groups = dict(choice for choice in answer.context["form"].fields["remedy_1"].choices if isinstance(choice[1], list))
    assert groups["Fits the facts of this case"][0][0] == "reship"


def test_another_remedy_asks_for_its_reason_at_its_field_and_is_told_to_whoever_reads(ana, world):
    case = an_investigating_case(world.cast, category="product.misuse")
    fields = {"explanation": "说明。", "follow_up": "三天后回访。", "remedy_1": "full_refund", "words_1": "退全款"}
    answer = send(ana, dialog(case, "draft-plan"), **fields)
    assert answer.status_code == 422
    assert "The facts of the case do not suggest: full refund." in str(answer.context["form"].errors["deviation"])
    assert send(ana, dialog(case, "draft-plan"), **fields, deviation="老客户，破例一次。").status_code == 204
    plan = HandlingPlan.objects.get(case=case)
    why = reverse("admin:complaints_handlingplan_why", args=[plan.pk])
    said = text_of(ana.get(case_page(case)))
    assert "老客户，破例一次。" in said
    assert why in said
    assert "Computed again just now: the same result." in text_of(ana.get(why))


def test_whoever_approves_money_reads_why_the_plan_deviates(world, sven):
    case = world.cases["money"]
    a_drafted_plan(
        world.cast, case, options=[OptionDraft(Remedy.RETURN_IN_TRANSIT)], deviation="包裹被拒收，正在返回。"
    )
    assert "包裹被拒收，正在返回。" in text_of(sven.get(reverse("desk:approvals")))


def test_a_grant_says_whose_word_was_enough(ana, world):
    grant = world.cases["money"].grants.get(state="approved")
    said = text_of(ana.get(reverse("admin:complaints_compensationgrant_why", args=[grant.pk])))
    assert "Handed in by 安娜" in said
    assert "Approved by" in said
    assert "does not carry it" in said
    assert said.count("Computed again just now: the same result.") == 2
    draft = world.cases["money"].grants.get(state="drafted")
    assert ana.get(reverse("admin:complaints_compensationgrant_why", args=[draft.pk])).status_code == 404


@pytest.mark.parametrize("name", ["wen", "edith"])
def test_why_is_read_by_who_sees_the_case(world, name):
    grant = world.cases["money"].grants.get(state="approved")
    url = reverse("admin:complaints_compensationgrant_why", args=[grant.pk])
    assert signed_in(world.person(name)).get(url).status_code == 404


def test_the_case_page_pays_nothing_for_it(ana, world, case):
    """The fullest case is counted elsewhere; here the group itself asks nothing."""
    ana.get(case_page(case))
    with CaptureQueriesContext(connection) as before:
        ana.get(case_page(case))
    written_down(world, case)
    with CaptureQueriesContext(connection) as after:
        ana.get(case_page(case))
    assert len(after) <= len(before)


def test_the_amount_paid_is_entered_with_the_order(ana, case):
    Order.objects.filter(pk=case.order_id).update(paid_amount=None)
    answer = send(ana, dialog(case, "record-order"), paid_amount="一百", reason="订单截图")
    assert answer.status_code == 422
    assert "paid_amount" in answer.context["form"].errors
    assert send(ana, dialog(case, "record-order"), paid_amount="689", reason="订单截图").status_code == 204
    assert str(Order.objects.get(pk=case.order_id).paid_amount) == "689.00"
