"""Every released pack: its bodies, its names, its own cases, and loading it once, twice and again in a new edition."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from casemgmt.violations import RuleBroken
from policies.actions import load_pack
from policies.actions.loading import load as load_read
from policies.cases.questions import violations_in_cases
from policies.in_force import PackBook
from policies.lookup import PolicyBook, calling_window_in_force
from policies.models import PolicyKind, PolicyRow, PolicyState
from policies.packs import PackRefused, pack_names, parse_pack, read_pack, read_packs
from policies.reading import read_body
from policies.rules.references import violations_in_references
from policies.values import KINDS
from tests.policies.drafting import AT, an_active_row

DAY = timedelta(days=1)
NATIONAL = read_pack("cn-national")


def row_of(pack, kind, key):
    return next(row for row in pack.rows if (row.kind, row.key) == (kind, key))


def load(pack, **signing):
    return load_read(pack, **signing)[pack.name]


def with_new_edition(pack, *, of=("calling_window", "default"), edition=2, **body):
    old = row_of(pack, *of)
    new = replace(old, edition=edition, valid_from=AT - DAY, body=old.body | body)
    return replace(pack, rows=(*pack.rows, new))


def test_the_kinds_of_rows_are_the_kinds_of_values():
    assert set(PolicyKind.values) == set(KINDS)


@pytest.mark.parametrize("name", pack_names())
def test_every_body_is_read_and_every_name_leads_somewhere(name):
    values = {}
    for row in (row for pack in read_packs([name]) for row in pack.rows if not row.closing):
        values.setdefault(row.kind, {})[row.key] = read_body(KINDS[row.kind], 0, row.key, row.body)
    assert list(violations_in_references(values)) == []


@pytest.mark.parametrize("name", pack_names())
def test_the_own_cases_of_a_pack_hold(name):
    assert read_pack(name).cases
    assert list(violations_in_cases(read_pack(name).cases, PackBook(read_packs([name])).on)) == []


@pytest.mark.parametrize("name", pack_names())
def test_every_case_says_in_both_languages_what_it_is_about(name):
    for case, place in zip(read_pack(name).cases, read_pack(name).case_places, strict=True):
        told = case["says"]
        assert re.search("[\u4e00-\u9fff]{2}", told["zh"]), place
        assert not re.search("[\u4e00-\u9fff]", told["en"]), place
        assert len(told["zh"]) <= 200, place
        assert len(told["en"]) <= 200, place


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ("On time", "line 4: a case says what it is about in both languages; missing: en, zh"),
        ("{en: On time}", "line 4: .*; missing: zh"),
        ("{zh: 按时, en: ''}", "line 4: .*; missing: en"),
        ("{en: On time, zh: [按时]}", "line 4: .*; missing: zh"),
        ("{en: On time, zh: 按时, fr: A temps}", "line 4: .* nothing else"),
    ],
)
def test_a_case_told_in_one_language_is_refused_with_file_and_line(says, told):
    text = f"# One case.\ncases:\n  - law: {{holds: x}}\n    says: {says}\n"
    with pytest.raises(PackRefused, match=f"^money.yaml, {told}"):
        parse_pack({"pack.yaml": HEAD, "money.yaml": text})


@pytest.mark.parametrize("name", pack_names())
def test_a_pack_is_loaded_with_what_it_needs_and_its_cases_hold_there_too(name, bare, release):
    assert {row.pack for row in load_pack(name, release, AT)} == {pack.name for pack in read_packs([name])}
    assert list(violations_in_cases(read_pack(name).cases, PolicyBook().on)) == []


@pytest.mark.parametrize("case", NATIONAL.cases, ids=lambda case: case["says"]["en"])
def test_a_case_with_another_answer_fails(db, case):
    subject = next(name for name in case if name != "says")
    answer = list(case[subject])[-1]
    other = "2020-01-01T00:00:00+08:00" if subject in ("due", "next_call") else ["never"]
    wrong = {**case, subject: {**case[subject], answer: other}}
    (failure,) = violations_in_cases([wrong], PolicyBook().on)
    assert failure.code == "policy.case_failed"


@pytest.mark.parametrize("name", pack_names())
def test_every_row_cites_its_source_and_law_is_left_to_counsel(name):
    for row in read_pack(name).rows:
        assert row.source["en"]
        assert row.source["zh"]
        assert row.check_with_counsel or row.kind not in ("legal_reference", "refusal_ground")
        assert row.kind != "legal_reference" or row.closing or f"{row.body['mark']}" in row.source["en"]


def test_the_first_load_reaches_back_and_names_the_release(bare, release):
    load_pack("cn-national", release, AT)
    row = PolicyRow.objects.get(kind="limit", key="staff")
    assert (row.state, row.drafted_by, row.activated_by, row.activated_at) == (
        PolicyState.ACTIVE, release, release, AT,
    )  # fmt: skip
    assert row.valid_from < AT


def test_loading_twice_changes_nothing(release):
    before = list(PolicyRow.objects.values_list("pk", "version"))
    assert load_pack("cn-national", release, AT + DAY) == []
    assert list(PolicyRow.objects.values_list("pk", "version")) == before


def test_a_new_edition_is_a_new_row_that_begins_now(release):
    later = AT + 5 * DAY
    (row,) = load(with_new_edition(NATIONAL, calls_a_day=1), by=release, at=later)
    assert (row.state, row.valid_from, row.edition) == (PolicyState.ACTIVE, later, 2)
    assert calling_window_in_force(later - timedelta(seconds=1)).calls_a_day == 3
    assert calling_window_in_force(later).calls_a_day == 1


def test_of_editions_that_were_missed_only_the_newest_begins(release):
    pack = with_new_edition(NATIONAL, calls_a_day=1)
    newest = replace(pack.rows[-1], edition=3, valid_from=AT, body=pack.rows[-1].body | {"calls_a_day": 2})
    (row,) = load(replace(pack, rows=(*pack.rows, newest)), by=release, at=AT + DAY)
    assert row.pack_edition == 3
    assert load(replace(pack, rows=(*pack.rows, newest)), by=release, at=AT + 2 * DAY) == []


def test_a_released_edition_is_never_rewritten(release):
    old = row_of(NATIONAL, "calling_window", "default")
    rows = tuple(replace(row, body=row.body | {"calls_a_day": 9}) if row is old else row for row in NATIONAL.rows)
    with pytest.raises(RuleBroken) as refused:
        load(replace(NATIONAL, rows=rows), by=release, at=AT)
    assert refused.value.codes == ["policy.edition_rewritten"]


def test_a_shop_with_its_own_row_gets_the_new_edition_as_a_draft(release, vera, paul):
    own = an_active_row(vera, paul, key="default", valid_from=AT + DAY)
    (row,) = load(with_new_edition(NATIONAL, calls_a_day=1), by=release, at=AT + 2 * DAY)
    assert row.state == PolicyState.DRAFTED
    assert calling_window_in_force(AT + 3 * DAY).policy_id == own.pk


def test_a_pack_whose_case_fails_is_not_loaded(bare, release):
    wrong = {"says": "wrong", "grant": {"amount": "50.01", "roles": ["Staff"], "rung": "staff"}}
    with pytest.raises(RuleBroken) as refused:
        load(replace(NATIONAL, cases=(wrong,), case_places=("money.yaml, line 1",)), by=release, at=AT)
    assert refused.value.codes == ["policy.case_failed"]
    assert not PolicyRow.objects.exists()


def test_faulty_bodies_are_all_named(bare, release):
    rows = tuple(
        replace(row, body=row.body | {"surprise": True}) if row.kind == "limit" else row for row in NATIONAL.rows
    )
    with pytest.raises(RuleBroken) as refused:
        load(replace(NATIONAL, rows=rows), by=release, at=AT)
    assert refused.value.codes == ["policy.unknown_entry"] * 3


@pytest.mark.unsigned
def test_the_command_signs_itself_and_may_run_again(bare, capsys, release):
    call_command("load_policies", "cn-national")
    call_command("load_policies", "cn-national")
    told = capsys.readouterr().out
    assert f"{len(NATIONAL.rows)} policies switched on" in told
    assert "0 policies switched on" in told
    written = PolicyRow.history.latest("history_id")
    assert (written.history_source, written.history_change_reason) == ("command", "policy.loaded")
    assert written.history_user_id == str(release.pk)


@pytest.mark.unsigned
def test_the_command_loads_several_and_those_of_the_settings(bare, capsys, release, settings):
    call_command("load_policies", "cn-shanghai", "cn-zhejiang")
    told = capsys.readouterr().out
    assert [line.partition(":")[0] for line in told.splitlines()] == ["cn-national", "cn-shanghai", "cn-zhejiang"]
    assert PolicyRow.objects.get(kind="clock", key="zhejiang_answer").valid_from < AT
    settings.POLICY_PACKS = ["cn-shandong"]
    call_command("load_policies")
    assert "cn-shandong: 1 policies switched on" in capsys.readouterr().out


def test_packs_that_need_each_other_in_a_circle_are_refused(monkeypatch):
    packs = {name: replace(NATIONAL, name=name, needs=(other,)) for name, other in (("a", "b"), ("b", "a"))}
    monkeypatch.setattr("policies.packs.read_pack", packs.get)
    with pytest.raises(PackRefused, match="a → b → a"):
        read_packs(["a"])


def test_an_unknown_pack_is_said_plainly(db):
    with pytest.raises(CommandError, match="cn-national"):
        call_command("load_policies", "atlantis")


HEAD = "pack: x\ntitle: {en: x, zh: x}\n"
ROWS = (
    "# One limit.\nrows:\n"
    '  - kind: limit\n    key: x\n    edition: 1\n    valid_from: "2025-01-01T00:00:00+08:00"\n'
    "    title: {en: x, zh: x}\n    source: {en: x, zh: x}\n"
)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('valid_from: "2025-01-01T00:00:00+08:00"', 'valid_from: "2025-01-01T00:00:00"'), "line 6: valid_from has no"),
        (("    edition: 1\n", ""), "money.yaml, line 3: edition is missing"),
        (("    edition: 1\n", "    edition: 1\n    edition: 2\n"), "'edition' twice"),
        (("rows:", "rows: ["), "money.yaml"),
        ((ROWS, "- rows"), "money.yaml"),
    ],
)
def test_a_badly_written_pack_names_file_and_line(change, says):
    assert len(parse_pack({"money.yaml": ROWS, "pack.yaml": HEAD}).rows) == 1
    with pytest.raises(PackRefused, match=says):
        parse_pack({"money.yaml": ROWS.replace(*change), "pack.yaml": HEAD})


def test_times_and_days_stay_text_and_floats_are_no_amounts():
    text = "cases: [{says: {en: x, zh: 甲}, due: {at: 10:00, on: 2026-01-01, amount: 1.50}}]\nrows: []\n"
    cases = parse_pack({"pack.yaml": HEAD, "other.yaml": text}).cases
    assert cases == ({"says": {"en": "x", "zh": "甲"}, "due": {"at": "10:00", "on": "2026-01-01", "amount": "1.50"}},)
