"""What is owed by law: each figure at its boundary, each fact missing, and nothing owed against a plain no."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.rules.answering import CaseFacts, last_day_of_months
from policies.rules.entitlement import answer_to, answers_to
from policies.values.case_facts import FACTS, read_fact, write_fact
from tests.rules.rights import RECEIVED, answered, day, facts, of_kind

COAT = {
    "remote_sale": "yes",
    "goods_class": "ordinary",
    "product_type": "clothing",
    "complete": "yes",
    "unused": "yes",
    "tags_kept": "yes",
    "unwashed": "yes",
    "price": "689.00",
    "received_on": day(0),
}
FAULTY = {"defect_confirmed": "yes", "guarantee_goods": "yes", "received_on": day(0)}


def coat(number=7, **changes):
    said = {name: text for name, text in (COAT | changes).items() if text is not None}
    return answered("no_reason_return", day(number), **said)


def codes(answer):
    return [step.code for step in answer.steps]


@pytest.mark.parametrize(("number", "verdict"), [(0, "owed"), (1, "owed"), (7, "owed"), (8, "not_owed")])
def test_seven_days_without_a_reason_begin_the_day_after_signing(number, verdict):
    answer = coat(number, return_asked_on=day(number))
    assert (answer.verdict, answer.until) == (verdict, date(2026, 10, 12))


def test_asked_in_time_it_stays_owed_later():
    assert coat(30, return_asked_on=day(7)).verdict == "owed"
    assert coat(30).missing == ("return_asked_on",)


@pytest.mark.parametrize("goods", ["made_to_order", "fresh", "digital_unsealed", "periodicals"])
def test_the_four_classes_of_the_law_are_excluded(goods):
    answer = coat(goods_class=goods)
    assert answer.verdict == "not_owed"
    assert codes(answer)[0] == "entitlement.class_excluded"


@pytest.mark.parametrize(("confirmed", "verdict"), [("yes", "not_owed"), ("no", "owed"), (None, "unknown")])
def test_a_class_unfit_by_nature_needs_the_buyer_s_confirmation(confirmed, verdict):
    assert coat(goods_class="unsuitable_by_nature", exclusion_confirmed=confirmed).verdict == verdict


def test_what_the_shop_alone_excludes_may_go_back():
    answer = coat(goods_class="excluded_by_shop", exclusion_confirmed="yes")
    assert answer.verdict == "owed"
    assert "entitlement.exclusion_by_shop_does_not_count" in codes(answer)


def test_a_promised_return_binds_for_excluded_goods_too():
    assert coat(goods_class="fresh", return_promised="yes").verdict == "owed"


def test_opening_to_look_does_not_defeat_it_and_is_said():
    answer = coat(opened_for_inspection="yes")
    assert answer.verdict == "owed"
    assert "entitlement.disregarded" in codes(answer)


@pytest.mark.parametrize("check", ["complete", "unused", "tags_kept", "unwashed"])
def test_each_line_of_the_checklist_defeats_it_alone_and_is_asked_for(check):
    assert coat(**{check: "no"}).verdict == "not_owed"
    assert coat(**{check: None}).missing == (check,)


def test_the_checklist_depends_on_the_type_of_goods():
    phone = {"product_type": "electronics", "tags_kept": None, "unwashed": None}
    assert coat(**phone).missing == ("not_activated",)
    assert coat(**phone, not_activated="yes").verdict == "owed"


def test_in_a_store_there_is_no_return_without_a_reason_whatever_is_unknown():
    answer = answered("no_reason_return", day(1), remote_sale="no")
    assert (answer.verdict, answer.missing, answer.amount) == ("not_owed", (), None)


@pytest.mark.parametrize(
    ("code", "last"), [("faulty_return", 7), ("guarantee_7", 7), ("guarantee_15", 15)], ids=lambda value: str(value)
)
def test_faulty_goods_have_their_days_and_not_one_more(code, last):
    assert answered(code, day(last), **FAULTY, demanded_on=day(last)).verdict == "owed"
    assert answered(code, day(last + 1), **FAULTY, demanded_on=day(last + 1)).verdict == "not_owed"


@pytest.mark.parametrize("fact", ["damage_cause", "responsible_party"])
def test_what_the_customer_broke_is_no_fault_of_the_goods(fact):
    answer = answered("guarantee_7", day(1), **FAULTY, demanded_on=day(1), **{fact: "customer"})
    assert codes(answer) == ["entitlement.caused_by_customer", "entitlement.in_the_period"]
    assert answer.verdict == "not_owed"


@pytest.mark.parametrize(
    ("asked", "printed", "verdict"),
    [
        ("2027-04-05", None, "owed"),
        ("2027-04-06", None, "unknown"),
        ("2027-04-06", "3", "not_owed"),
        ("2027-10-05", "12", "owed"),
        ("2027-10-06", "12", "not_owed"),
        ("2027-10-06", None, "not_owed"),
        ("2028-10-05", "24", "owed"),
    ],
)
def test_parts_are_under_warranty_for_half_a_year_to_a_year_or_as_printed(asked, printed, verdict):
    said = FAULTY | {"demanded_on": asked} | ({"warranty_months": printed} if printed else {})
    assert answered("guarantee_parts", asked, **said).verdict == verdict


@pytest.mark.parametrize(("code", "most"), [("repair_5_days", 5), ("repair_30_days", 30)])
def test_a_repair_may_take_exactly_its_days(code, most):
    said = {"guarantee_goods": "yes", "handed_in_on": day(0)}
    assert answered(code, day(most), **said).verdict == "not_owed"
    assert answered(code, day(most + 1), **said).verdict == "owed"
    assert answered(code, day(99), **said, repaired_on=day(most)).verdict == "not_owed"


@pytest.mark.parametrize(
    ("failed", "days", "verdict"),
    [("1", "34", "not_owed"), ("2", "0", "owed"), ("0", "35", "owed"), ("2", None, "owed"), ("1", None, "unknown")],
)
def test_two_failed_repairs_or_thirty_five_days(failed, days, verdict):
    said = {"guarantee_goods": "yes", "failed_repairs": failed} | ({"repair_days": days} if days else {})
    assert answered("failed_repairs", day(0), **said).verdict == verdict


def test_enough_failed_repairs_of_goods_under_no_guarantee_are_not_enough_to_tell():
    assert answered("failed_repairs", day(0), failed_repairs="2").missing == ("guarantee_goods", "repair_days")


@pytest.mark.parametrize(
    ("code", "start"),
    [
        ("delay_of_remedy", "demanded_on"),
        ("delay_of_return", "return_asked_on"),
        ("delay_of_refund", "goods_back_on"),
        ("delay_of_prepaid", "prepaid_refund_asked_on"),
    ],
)
def test_exactly_fifteen_days_are_no_deliberate_delay_and_the_sixteenth_is(code, start):
    said = {"defect_confirmed": "yes", start: day(0)}
    assert answered(code, day(15), **said).verdict == "not_owed"
    assert answered(code, day(16), **said).verdict == "owed"


@pytest.mark.parametrize(
    ("price", "amount"), [("166.66", "500.00"), ("166.67", "500.01"), ("0.01", "500.00"), ("689.00", "2067.00")]
)
def test_three_times_the_price_and_at_least_five_hundred(price, amount):
    assert answered("fraud_3_times", day(0), fraud_found="yes", price=price).amount == Decimal(amount)


def test_just_below_and_exactly_the_least_amount():
    fraud = of_kind("entitlement")["fraud_3_times"]
    once = replace(fraud, price_times=1)
    for price, amount, raised in (("499.99", "500.00", True), ("500.00", "500.00", False), ("500.01", "500.01", False)):
        answer = answer_to(once, facts(day(0), fraud_found="yes", price=price))
        assert answer.amount == Decimal(amount)
        assert ("entitlement.raised_to_the_least" in codes(answer)) is raised


@pytest.mark.parametrize(
    ("price", "loss", "amount"),
    [
        ("12.00", None, "1000.00"),
        ("99.99", None, "1000.00"),
        ("100.00", None, "1000.00"),
        ("100.01", None, "1000.10"),
        ("128.00", "426.66", "1280.00"),
        ("128.00", "426.67", "1280.01"),
    ],
)
def test_unsafe_food_ten_times_the_price_or_three_times_the_loss(price, loss, amount):
    said = {"unsafe_food": "yes", "knew_food_unsafe": "yes", "price": price} | ({"loss": loss} if loss else {})
    answer = answered("food_10_times", day(0), **said)
    assert answer.amount == Decimal(amount)
    assert answer.helpful == (() if loss else ("loss",))


def test_twice_the_loss_is_a_ceiling_and_needs_the_loss():
    said = {"knew_of_defect": "yes", "serious_harm": "yes"}
    assert answered("harm_2_times", day(0), **said).missing == ("loss",)
    answer = answered("harm_2_times", day(0), **said, loss="30000.00")
    assert answer.amount == Decimal("60000.00")
    assert codes(answer)[-1] == "entitlement.up_to"


@pytest.mark.parametrize(
    ("today", "refunded", "verdict", "code"),
    [
        (7, None, "owed", "entitlement.refund_until"),
        (8, None, "owed", "entitlement.refund_is_late"),
        (9, 7, "not_owed", "entitlement.refunded_in_time"),
        (9, 8, "not_owed", "entitlement.refunded_late"),
    ],
)
def test_the_refund_is_due_within_seven_days_of_the_goods_coming_back(today, refunded, verdict, code):
    said = {"goods_back_on": day(0), "price": "689.00"} | ({"refunded_on": day(refunded)} if refunded else {})
    answer = answered("refund_7_days", day(today), **said)
    assert (answer.verdict, codes(answer)) == (verdict, [code])


def test_for_six_months_the_shop_proves():
    said = {"durable": "yes", "received_on": "2026-08-31"}
    assert answered("burden_of_proof", day(0), **said, demanded_on="2027-02-28").verdict == "owed"
    assert answered("burden_of_proof", day(0), **said, demanded_on="2027-03-01").verdict == "not_owed"


def test_a_region_has_its_own_and_others_do_not_see_it():
    rows = of_kind("entitlement").values()
    said = facts(day(31), handed_in_on=day(0))
    assert "repair_30_days" in {row.code for row, _answer in answers_to(rows, said, "CN-SD")}
    assert "repair_30_days" not in {row.code for row, _answer in answers_to(rows, said, "CN-ZJ")}


KNOWN = st.dictionaries(
    st.sampled_from([name for name, shape in FACTS.items() if shape.kind != "choice"]),
    st.integers(min_value=0, max_value=400),
)


def value_of(name, number):
    kind = FACTS[name].kind
    if kind == "yes_no":
        return number % 2 == 0
    if kind == "day":
        return RECEIVED + timedelta(days=number)
    return Decimal(number) / 100 if kind == "amount" else number


@given(KNOWN)
def test_no_facts_whatever_break_a_rule_and_a_sum_is_only_named_when_owed(numbers):
    known = {name: value_of(name, number) for name, number in numbers.items()}
    days = facts(day(0)).days
    asked = CaseFacts(RECEIVED, MappingProxyType(known), days)
    for row, answer in answers_to(of_kind("entitlement").values(), asked, "CN-SD"):
        assert answer.verdict in ("owed", "not_owed", "unknown")
        assert bool(answer.missing) is (answer.verdict == "unknown")
        assert answer.amount is None or answer.verdict == "owed"
        again = CaseFacts(RECEIVED, MappingProxyType({name: known[name] for name in answer.used}), days)
        assert answer_to(row, again).verdict == answer.verdict


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1)), st.integers(min_value=1, max_value=60))
def test_months_end_on_the_same_day_or_the_last_of_the_month(start, months):
    ends = last_day_of_months(start, months)
    assert (ends.year * 12 + ends.month) - (start.year * 12 + start.month) == months
    assert ends.day == start.day or (ends.day < start.day and (ends + timedelta(days=1)).day == 1)


@given(st.sampled_from(sorted(FACTS)), st.text(max_size=12))
def test_a_fact_reads_as_it_was_written_or_is_refused(name, text):
    try:
        value = read_fact(name, text)
    except ValueError:
        return
    assert read_fact(name, write_fact(value)) == value


@pytest.mark.parametrize(
    ("received", "until", "moved_from"),
    [
        ("2026-10-05", date(2026, 10, 12), None),  # ends on a Monday
        ("2026-10-03", date(2026, 10, 10), None),  # on a Saturday that is worked
        ("2026-10-10", date(2026, 10, 19), date(2026, 10, 17)),  # on a Saturday
        ("2026-10-11", date(2026, 10, 19), date(2026, 10, 18)),  # on a Sunday
        ("2026-09-26", date(2026, 10, 8), date(2026, 10, 3)),  # in the holidays
    ],
)
def test_a_period_that_ends_on_a_day_off_ends_on_the_next_working_day(received, until, moved_from):
    answer = answered("faulty_return", received, defect_confirmed="yes", received_on=received, demanded_on=received)
    assert answer.until == until
    moves = [step.params["last"] for step in answer.steps if step.code == "entitlement.ends_on_a_day_off"]
    assert moves == ([moved_from] if moved_from else [])
    assert answer.days_policy_id == of_kind("calendar")["cn-official"].policy_id
    on_the_day, a_day_later = (
        answered("faulty_return", received, defect_confirmed="yes", received_on=received, demanded_on=asked.isoformat())
        for asked in (until, until + timedelta(days=1))
    )
    assert (on_the_day.verdict, a_day_later.verdict) == ("owed", "not_owed")


def test_a_row_without_a_calendar_moves_nothing_and_one_with_it_needs_its_days():
    row, known = of_kind("entitlement")["faulty_return"], {"defect_confirmed": "yes", "received_on": "2026-10-10"}
    still = answer_to(replace(row, calendar=None), facts("2026-10-10", demanded_on="2026-10-18", **known))
    assert (still.verdict, still.until, still.days_policy_id) == ("not_owed", date(2026, 10, 17), None)
    with pytest.raises(ValueError, match="cn-official"):
        answer_to(row, replace(facts("2026-10-10", demanded_on="2026-10-18", **known), days=None))


def test_an_end_in_a_year_that_nobody_announced_says_so():
    answer = answered(
        "faulty_return", "2027-03-01", defect_confirmed="yes", received_on="2027-03-01", demanded_on="2027-03-01"
    )
    assert "entitlement.year_not_announced" in codes(answer)
