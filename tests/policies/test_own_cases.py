"""A draft answers its own cases before anybody may fix or activate it; what is meant to change is said."""

import pytest
from django.utils.translation import override

from casemgmt.violations import RuleBroken
from policies.actions import draft_change, try_policy
from policies.actions.setting_cases import drop_case, expect_what_was_found, set_case
from policies.cases.own import cases_for, results_for
from policies.models import PolicyRow
from policies.words.cases import about, reworded
from tests.policies.drafting import AT, a_draft

pytestmark = pytest.mark.django_db
RIGHT = {"says": "noon is fine", "call": {"at": "2026-11-05T12:00:00+08:00", "window": "test", "breaks": []}}
WRONG = {"says": "night is fine", "call": {"at": "2026-11-05T23:00:00+08:00", "window": "test", "breaks": []}}


def in_force(kind, key):
    return PolicyRow.objects.filter(kind=kind, key=key, state="active").order_by("-valid_from").first()


@pytest.mark.parametrize(("kind", "key"), [("clock", "resolution"), ("limit", "staff"), ("calendar", "cn-official")])
def test_a_change_starts_with_the_cases_of_its_pack_that_touch_it(vera, kind, key):
    base = in_force(kind, key)
    draft = draft_change(base.pk, by=vera, at=AT, valid_from=AT, reason="x")
    assert draft.cases == cases_for(base)
    assert draft.cases
    assert all(result.holds for result in results_for(draft))


def test_cases_of_other_policies_do_not_come_along(vera):
    said = {about(case) for case in cases_for(in_force("limit", "staff"))}
    assert said
    assert not said & {about(case) for case in cases_for(in_force("clock", "resolution"))}


def test_a_reader_gets_the_words_of_a_pack_in_their_language_and_own_words_as_written(vera):
    draft = draft_change(in_force("limit", "staff").pk, by=vera, at=AT, valid_from=AT, reason="x")
    draft = set_case(draft.pk, by=vera, at=AT, case=draft.cases[0] | {"says": "正午可以"})
    with override("zh-hans"):
        chinese = [result.says for result in results_for(draft)]
    with override("en"):
        english = [result.says for result in results_for(draft)]
    assert chinese[0] == "客服可自主补偿50.00元"
    assert english[0] == "Staff grant 50.00 by themselves"
    assert (chinese[-1], english[-1]) == ("正午可以", "正午可以")
    with override("zh-hans"):
        assert about(draft.cases[0], "en") == english[0]


@pytest.mark.parametrize("said", [{"en": "At noon"}, {"zh": "", "en": "At noon"}, "At noon"])
def test_what_is_stored_in_one_language_is_shown_as_it_is(said):
    with override("zh-hans"):
        assert about({"says": said}) == "At noon"


def test_words_that_nobody_changed_keep_both_languages():
    case = {"says": {"en": "At noon", "zh": "正午"}}
    assert reworded(case, "正午") == reworded(case, "At noon") == case["says"]
    assert reworded(case, "傍晚") == "傍晚"
    assert reworded({}, "傍晚") == reworded({"says": "正午"}, "傍晚") == "傍晚"


def test_a_changed_figure_makes_its_cases_fail_until_that_is_meant(vera):
    draft = draft_change(in_force("limit", "staff").pk, by=vera, at=AT, valid_from=AT, reason="x")
    draft.body = draft.body | {"per_grant": "1.00"}
    draft.save()
    failing = [result for result in results_for(draft) if not result.holds]
    assert failing
    with pytest.raises(RuleBroken) as refused:
        try_policy(draft.pk, by=vera, at=AT)
    assert set(refused.value.codes) == {"policy.own_case_failed"}
    expect_what_was_found(draft.pk, by=vera, at=AT)
    draft.refresh_from_db()
    assert all(result.holds for result in results_for(draft))
    assert expect_what_was_found(draft.pk, by=vera, at=AT).version == draft.version
    assert try_policy(draft.pk, by=vera, at=AT).state == "tried"


def test_an_instant_that_is_meant_is_written_as_one(vera):
    draft = draft_change(in_force("clock", "resolution").pk, by=vera, at=AT, valid_from=AT, reason="x")
    draft.body = draft.body | {"length": {"amount": 9, "unit": "working_days"}}
    draft.save()
    expect_what_was_found(draft.pk, by=vera, at=AT)
    draft.refresh_from_db()
    assert all(result.holds for result in results_for(draft))


def test_editors_add_change_and_take_out_cases_of_their_own(vera):
    row = set_case(a_draft(vera).pk, by=vera, at=AT, case=RIGHT)
    row = set_case(row.pk, by=vera, at=AT, case=WRONG)
    assert [result.holds for result in results_for(row)] == [True, False]
    with pytest.raises(RuleBroken):
        try_policy(row.pk, by=vera, at=AT)
    row = drop_case(row.pk, by=vera, at=AT, number=1)
    assert row.cases == [RIGHT]
    assert try_policy(row.pk, by=vera, at=AT).cases == [RIGHT]
    with pytest.raises(RuleBroken):
        drop_case(row.pk, by=vera, at=AT, number=0)


@pytest.mark.parametrize(
    ("case", "code"),
    [
        ({"call": {"at": "2026-11-05T12:00:00+08:00", "breaks": []}}, "policy.case_says_nothing"),
        ({"says": "x"}, "policy.case_asks_nothing"),
        ({"says": "x", "dew": {}}, "policy.case_asks_nothing"),
        ({"says": "x", "call": "noon"}, "policy.case_asks_nothing"),
        (RIGHT | {"due": {}}, "policy.case_asks_nothing"),
        ({"says": "x", "call": {"at": "noon", "breaks": []}}, "policy.case_not_asked"),
        ({"says": "x", "due": {"clock": "none"}}, "policy.case_not_asked"),
    ],
)
def test_a_case_that_cannot_be_asked_is_refused(vera, case, code):
    with pytest.raises(RuleBroken) as refused:
        set_case(a_draft(vera).pk, by=vera, at=AT, case=case)
    assert refused.value.codes == [code]


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"clock": "none"}, "due.starts is missing"),
        ({"clock": "resolution", "starts": "soon"}, "due.starts: “soon” is no day or moment"),
        ({"clock": "none", "starts": "2026-11-05T12:00:00+08:00"}, "due.clock: nothing called “none” is in force then"),
        ({"clock": "resolution", "starts": "2026-11-05T12:00:00"}, "due.starts: “2026-11-05T12:00:00” lacks its time"),
    ],
)
def test_a_case_that_cannot_be_asked_names_the_place_in_words(vera, facts, told):
    with override("en"), pytest.raises(RuleBroken) as refused:
        set_case(a_draft(vera).pk, by=vera, at=AT, case={"says": "x", "due": facts})
    (found,) = refused.value.violations
    assert str(found.params["fault"]).startswith(told)


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"price": "dear"}, "entitled.facts.price: “dear” is no answer to this fact"),
        ({"goods_class": "odd"}, "entitled.facts.goods_class: “odd” is none of ordinary, "),
        ({"received_on": "May"}, "entitled.facts.received_on: “May” is no day"),
        ({"weather": "fine"}, "entitled.facts.weather: no fact is called “weather”"),
    ],
)
def test_a_fact_that_nobody_can_read_names_itself(vera, facts, told):
    case = {"says": "x", "entitled": {"to": "refund_7_days", "today": "2026-11-05", "facts": facts, "is": "unknown"}}
    with override("en"), pytest.raises(RuleBroken) as refused:
        set_case(a_draft(vera).pk, by=vera, at=AT, case=case)
    (found,) = refused.value.violations
    assert str(found.params["fault"]).startswith(told)


def test_history_keeps_the_cases_of_every_version(vera):
    row = set_case(a_draft(vera).pk, by=vera, at=AT, case=RIGHT)
    drop_case(row.pk, by=vera, at=AT, number=0)
    assert [version.cases for version in row.history.order_by("history_id")] == [[], [RIGHT], []]
