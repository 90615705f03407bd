"""The bodies of policies: whatever contradicts itself or its declaration is refused by its place."""

import copy

import pytest

from casemgmt.sentences import say
from policies.packs import read_pack
from policies.reading import BodyRefused, read_body
from policies.values import KINDS, Label

PACK = {(row.kind, row.key): row.body for row in read_pack("cn-national").rows if not row.closing}
A_RANGE = {"opens": "09:00", "closes": "12:00"}
LUNCH = {"opens": "12:00", "closes": "13:30"}
HOLIDAYS = PACK["calendar", "cn-official"]["holidays"]


def faults(kind, key, place, entry):
    """The codes and places that a body of the national pack gets when one entry is changed."""
    body = copy.deepcopy(PACK[kind, key])
    inside = body
    *way, last = place
    for step in way:
        inside = inside[step]
    inside[last] = entry
    with pytest.raises(BodyRefused) as refused:
        read_body(KINDS[kind], 1, key, body)
    for found in refused.value.violations:
        assert found.params["place"] in say(found)
    return {(found.code, found.params["place"]) for found in refused.value.violations}


@pytest.mark.parametrize(
    ("kind", "key", "place", "entry", "code", "named"),
    [
        ("calendar", "cn-official", ["zone"], "Asia/Mars", "policy.unknown_zone", "zone"),
        ("calendar", "cn-official", ["week"], [[A_RANGE]], "policy.wrong_count", "week"),
        ("calendar", "cn-official", ["week"], [[]] * 7, "policy.no_working_time", "week"),
        ("calendar", "cn-official", ["make_up_ranges"], [], "policy.no_working_time", "make_up_ranges"),
        ("calendar", "cn-official", ["week", 2], [A_RANGE, A_RANGE], "policy.ranges_out_of_order", "week[2]"),
        (
            "calendar", "cn-official", ["week", 0], [{"opens": "12:00", "closes": "09:00"}],
            "policy.ranges_out_of_order", "week[0]",
        ),
        (
            "calendar", "cn-official", ["make_up_ranges", 0], {"opens": "09:00", "closes": "09:00"},
            "policy.ranges_out_of_order", "make_up_ranges",
        ),
        ("calendar", "cn-official", ["holidays"], [HOLIDAYS[0]] * 2, "policy.day_twice", "holidays"),
        ("calendar", "cn-official", ["holidays", 0, "day"], "2026-02-30", "policy.not_a_day", "holidays[0].day"),
        ("calendar", "cn-official", ["week", 0, 0, "opens"], "9 Uhr", "policy.not_a_time_of_day", "week[0][0].opens"),
        ("clock", "resolution", ["length", "amount"], 0, "policy.no_length", "length"),
        ("clock", "resolution", ["length", "amount"], -1, "policy.below_zero", "length.amount"),
        ("clock", "resolution", ["length", "amount"], 2_501, "policy.too_long", "length.amount"),
        ("clock", "resolution", ["length", "unit"], "weeks", "policy.not_a_choice", "length.unit"),
        ("clock", "resolution", ["warn_before", "unit"], "working_days", "policy.warning_in_days", "warn_before"),
        ("clock", "resolution", ["stops_on"], [], "policy.empty_list", "stops_on"),
        ("clock", "resolution", ["starts_on"], "case.registered", "policy.not_a_list", "starts_on"),
        ("clock", "resolution", ["label"], "Resolution", "policy.not_a_table", "label"),
        ("clock", "resolution", ["label", "zh"], " ", "policy.not_a_text", "label.zh"),
        ("clock", "resolution", ["moves_to_working_day"], 1, "policy.not_a_yes_or_no", "moves_to_working_day"),
        ("clock", "resolution", ["colour"], "red", "policy.unknown_entry", "colour"),
        ("escalation", "overdue", ["steps", 1, "level"], 3, "policy.levels_out_of_order", "steps"),
        ("escalation", "overdue", ["steps"], [], "policy.levels_out_of_order", "steps"),
        ("calling_window", "default", ["closes"], "09:00", "policy.ranges_out_of_order", "opens"),
        ("calling_window", "default", ["calls_a_day"], 0, "policy.below_one", "calls_a_day"),
        ("calling_window", "default", ["gap_minutes"], -1, "policy.below_zero", "gap_minutes"),
        ("calling_window", "default", ["quiet_weekdays"], [7], "policy.not_a_weekday", "quiet_weekdays"),
        (
            "calling_window", "default", ["quiet_weekdays"], [0, 1, 2, 3, 4, 5, 6],
            "policy.not_a_weekday", "quiet_weekdays",
        ),
        ("calling_window", "default", ["quiet_hours"], [LUNCH, LUNCH], "policy.ranges_out_of_order", "quiet_hours"),
        (
            "calling_window", "default", ["quiet_hours"], [{"opens": "13:00", "closes": "12:00"}],
            "policy.ranges_out_of_order", "quiet_hours[0]",
        ),
        (
            "calling_window", "default", ["quiet_hours"], [{"opens": "17:00", "closes": "18:01"}],
            "policy.range_outside", "quiet_hours[0]",
        ),
        (
            "calling_window", "default", ["quiet_hours"], [{"opens": "10:00", "closes": "18:00"}],
            "policy.no_time_left", "quiet_hours",
        ),
        ("calling_window", "default", ["mailed_channels"], [], "policy.empty_list", "mailed_channels"),
        ("calling_window", "default", ["mailed_channels"], ["pigeon"], "policy.not_a_choice", "mailed_channels[0]"),
        ("calling_window", "default", ["penalty_points"], -1, "policy.below_zero", "penalty_points"),
        ("attempt_ladder", "default", ["steps"], [], "policy.empty_list", "steps"),
        ("attempt_ladder", "default", ["steps", 0, "attempt"], 2, "policy.attempts_out_of_order", "steps"),
        ("attempt_ladder", "default", ["steps", 0, "deed"], "write_once", "policy.wait_without_call", "steps[0].after"),
        ("attempt_ladder", "default", ["steps", 2, "deed"], "call_again", "policy.wait_without_call", "steps[2].after"),
        ("attempt_ladder", "default", ["steps", 0, "outcome"], "rain", "policy.not_a_choice", "steps[0].outcome"),
        ("call_plan", "default", ["fallbacks_min"], 0, "policy.below_one", "fallbacks_min"),
        ("call_guide", "default", ["steps"], [], "policy.steps_of_a_talk", "steps"),
        ("call_guide", "default", ["steps", 0, "say"], "您好{{age}}", "policy.unknown_variable", "steps[0].say"),
        ("call_guide", "default", ["reasons", 0, "say"], "您好{{goods", "policy.braces_broken", "reasons[0].say"),
        ("follow_up", "default", ["attempts_max"], 0, "policy.below_one", "attempts_max"),
        ("limit", "staff", ["per_grant"], "50.001", "policy.not_an_amount", "per_grant"),
        ("limit", "staff", ["per_grant"], 50, "policy.not_an_amount", "per_grant"),
        ("limit", "staff", ["per_grant"], "NaN", "policy.not_an_amount", "per_grant"),
        ("limit", "staff", ["per_grant"], "-1", "policy.below_zero", "per_grant"),
        ("limit", "staff", ["per_grant"], "100.01", "policy.limits_out_of_order", "per_case"),
        ("limit", "staff", ["window_days"], 0, "policy.below_one", "window_days"),
        ("limit", "staff", ["approvers"], 3, "policy.not_a_choice", "approvers"),
        ("limit", "staff", ["rung"], True, "policy.not_a_whole_number", "rung"),
        ("compensation_kind", "coupon", ["payout_working_days"], 0, "policy.below_one", "payout_working_days"),
        ("promotion", "double_11_2026", ["ends_on"], "9999-12-31", "policy.not_a_day", "ends_on"),
        ("period", "default", ["reopen_days"], 10**15, "policy.too_big", "reopen_days"),
        ("period", "default", ["pause_caps", 0, "days"], 36_601, "policy.too_big", "pause_caps[0].days"),
        ("period", "default", ["commitment_warning_hours"], 878_401, "policy.too_big", "commitment_warning_hours"),
        ("follow_up", "default", ["attempts_max"], 10**12 + 1, "policy.too_big", "attempts_max"),
        ("entitlement", "fraud_3_times", ["price_times"], 1_001, "policy.too_big", "price_times"),
        ("calendar", "cn-official", ["holidays", 0, "day"], "9999-12-31", "policy.not_a_day", "holidays[0].day"),
        ("promotion", "double_11_2026", ["ends_on"], "2026-10-19", "policy.end_before_start", "ends_on"),
        ("promotion", "double_11_2026", ["ends_on"], "2027-02-01", "policy.too_long", "ends_on"),
        ("promotion", "double_11_2026", ["echo_days"], -1, "policy.below_zero", "echo_days"),
        ("promotion", "double_11_2026", ["echo_days"], 93, "policy.too_long", "echo_days"),
        ("promotion", "double_11_2026", ["waiting_per_person"], 0, "policy.below_one", "waiting_per_person"),
        ("promotion", "double_11_2026", ["oldest_days"], 0, "policy.below_one", "oldest_days"),
        ("refusal_ground", "no_concrete_evidence", ["law"], [], "policy.empty_list", "law"),
        (
            "refusal_ground", "no_concrete_evidence", ["needs_evidence_request"], False,
            "policy.refusal_without_proof", "needs_evidence",
        ),
        ("period", "default", ["reopen_days"], 0, "policy.below_one", "reopen_days"),
        ("upload", "default", ["bytes_max"], 0, "policy.below_one", "bytes_max"),
        ("upload", "default", ["content_types"], [], "policy.empty_list", "content_types"),
    ],
)  # fmt: skip
def test_one_wrong_entry_is_one_fault(kind, key, place, entry, code, named):
    assert (code, named) in faults(kind, key, place, entry)


def test_all_faults_are_named_at_once():
    with pytest.raises(BodyRefused) as refused:
        read_body(KINDS["limit"], 1, "staff", {"rung": "one", "surprise": 1})
    codes = [found.code for found in refused.value.violations]
    assert codes.count("policy.missing_entry") == 8
    assert {"policy.unknown_entry", "policy.not_a_whole_number"} <= set(codes)


@pytest.mark.parametrize("body", [None, [], "text", 3])
def test_a_body_is_a_table(body):
    with pytest.raises(BodyRefused) as refused:
        read_body(KINDS["limit"], 1, "staff", body)
    assert [found.code for found in refused.value.violations] == ["policy.not_a_table"]


def test_a_label_speaks_the_readers_language():
    label = Label("Coupon", "优惠券")
    assert label.in_language("zh-hans") == "优惠券"
    assert label.in_language("en") == "Coupon"


def test_a_period_knows_its_caps_by_category():
    periods = read_body(KINDS["period"], 1, "default", PACK["period", "default"])
    assert periods.pause_cap_days("awaiting_test") == 15
    assert periods.pause_cap_days("siesta") is None
