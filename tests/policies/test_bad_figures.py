"""Bad figures in a pack are told with file and line; nothing of a faulty pack is loaded, nothing active is touched."""

import copy
from functools import reduce
from operator import getitem

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.utils import translation

from casemgmt.sentences import say
from casemgmt.violations import RuleBroken
from policies.actions.loading import load, violations_in_packs
from policies.models import PolicyRow
from policies.packs import PackRefused, parse_pack
from policies.reading import BodyRefused
from policies.values import KINDS
from policies.yaml_text import as_yaml, read_yaml
from tests.policies.drafting import AT

HEAD = "pack: probe\ntitle: {en: Probe, zh: 探针}\n"
ROW = """rows:
  - kind: {kind}
    key: probe
    edition: 1
    valid_from: "2026-01-01T00:00:00+08:00"
    title: {{en: Probe, zh: 探针}}
    source: {{en: none, zh: 无}}
    body:
"""
WINDOW = """      zone: Asia/Shanghai
      opens: "{opens}"
      closes: "20:00"
      calls_a_day: {calls}
      gap_minutes: 30
      calls_in_days: 6
      days: 7
      mailed_items_count: true
"""
LIMIT = """      rung: 1
      role: Staff
      approvers: 0
      currency: CNY
      per_grant: "{per_grant}"
      per_case: "100.00"
      per_customer: "100.00"
      window_days: 30
      per_day: "100.00"
"""
CALENDAR = """      zone: Asia/Shanghai
      week:
        - [{{opens: "09:00", closes: "12:00"}}, {{opens: "{second}", closes: "18:00"}}]
        - []
        - []
        - []
        - []
        - []
        - []
      make_up_ranges: []
      holidays: []
      make_up_days: []
      official_years: []
"""


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def a_pack(text):
    return parse_pack({"pack.yaml": HEAD, "probe.yaml": text})


def faults(text):
    return [say(found) for found in violations_in_packs(a_pack(text))]


@pytest.mark.parametrize(
    ("kind", "body", "line", "says"),
    [
        ("calling_window", WINDOW.format(opens="21:00", calls=3), 10, "opens"),
        ("calling_window", WINDOW.format(opens="10:00", calls=0), 12, "calls_a_day must be at least 1"),
        ("calling_window", WINDOW.format(opens="10:00", calls="many"), 12, "a whole number is expected"),
        ("calling_window", WINDOW.format(opens="10:00", calls=3) + "      surprise: 1\n", 17, "no such entry"),
        ("limit", LIMIT.format(per_grant="-1.00"), 13, "per_grant must not be negative"),
        ("limit", LIMIT.format(per_grant="200.00"), 14, "must not fall"),
        ("limit", LIMIT.format(per_grant="NaN"), 13, "an amount"),
        ("calendar", CALENDAR.format(second="11:00"), 11, "times must follow each other"),
    ],
)
def test_a_bad_figure_is_told_with_file_and_line(kind, body, line, says):
    (told,) = faults(ROW.format(kind=kind) + body)
    assert f"probe.yaml, line {line}: {kind} probe" in told
    assert says in told


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("rows:\n  - kind: dragon\n", "line 2: key is missing"),
        (ROW.format(kind="dragon") + "      a: 1\n", "line 2: there is no kind 'dragon'"),
        (ROW.format(kind="limit").replace("title:", "titel:"), "line 6: there is no entry 'titel' in a row"),
        (ROW.format(kind="limit").replace("edition: 1", "edition: 0"), "line 4: editions count from 1"),
        (ROW.format(kind="limit").replace("+08:00", ""), "line 5: valid_from has no zone"),
        (ROW.format(kind="limit").replace("2026-01-01", "2026-13-01"), "line 2: "),
        ("rowz: []\n", "line 1: there is no entry 'rowz' in a pack"),
        ("rows: 7\n", "line 1: a list is expected"),
        ("rows:\n  - 7\n", "line 2: a row has a kind"),
        ("cases:\n  - says: {en: x, zh: 某}\n    dew: {a: 1}\n", "line 2: there is no question 'dew'"),
        ("cases:\n  - due: {a: 1}\n", "line 2: a case says what it is about"),
        ("rows: [\n", "probe.yaml"),
        ("a: 1\na: 2\n", "found 'a' twice"),
    ],
)
def test_what_is_no_pack_is_told_with_its_line(text, says):
    with pytest.raises(PackRefused, match=r".") as refused:
        a_pack(text)
    assert says in str(refused.value)


def test_a_case_that_cannot_be_asked_is_told_and_no_crash():
    (told,) = faults("cases:\n  - says: {en: nonsense, zh: 胡话}\n    due: {clock: none, starts: soon, is: later}\n")
    assert "probe.yaml, line 2: the case “nonsense” cannot be asked" in told


def test_a_name_that_leads_nowhere_is_told():
    body = "      calendar: mars\n      steps: [{level: 1, after: {amount: 0, unit: minutes}, to_role: supervisor}]\n"
    assert any("nothing called mars is in force" in told for told in faults(ROW.format(kind="escalation") + body))


def test_nothing_of_a_faulty_pack_is_loaded(release):
    before = PolicyRow.objects.count()
    with pytest.raises(RuleBroken):
        load(a_pack(ROW.format(kind="limit") + LIMIT.format(per_grant="-1.00")), by=release, at=AT)
    assert PolicyRow.objects.count() == before


def test_loading_again_touches_no_row(db):
    before = list(PolicyRow.objects.order_by("pk").values())
    histories = PolicyRow.history.count()
    call_command("load_policies", "cn-national", verbosity=0)
    assert list(PolicyRow.objects.order_by("pk").values()) == before
    assert PolicyRow.history.count() == histories


def test_check_loads_nothing_and_names_what_is_wrong(db, capsys, monkeypatch):
    before = PolicyRow.objects.count()
    call_command("load_policies", "cn-national", check=True)
    assert "are in order" in capsys.readouterr().out
    faulty = a_pack(ROW.format(kind="limit") + LIMIT.format(per_grant="-1.00"))
    monkeypatch.setattr("policies.management.commands.load_policies.read_packs", lambda names: [faulty])
    with pytest.raises(CommandError, match=r"probe.yaml, line 13"):
        call_command("load_policies", "cn-national", check=True)
    assert PolicyRow.objects.count() == before


@pytest.mark.parametrize("form", ["…", "的", "   ", "a", "(a+)+$" * 40])
def test_a_phrase_that_would_find_everything_or_run_for_ever_is_refused_at_its_form(db, form):
    row = PolicyRow.objects.filter(kind="phrase", state="active").exclude(body__forms=[]).first()
    row.body = row.body | {"forms": [*row.body["forms"], form]}
    with pytest.raises(BodyRefused) as refused:
        row.value()
    assert refused.value.violations[0].params["place"].startswith("forms")


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "9" * 6000,
        "a: " + "[" * 3000 + "]" * 3000,
        "a: &a [*a]",
        "a: !!python/object/apply:os.system ['x']",
        "a: \x00",
    ],
    ids=["digits", "depth", "alias", "code", "control"],
)
def test_a_text_that_would_blow_up_is_refused_as_no_yaml(text):
    with pytest.raises(yaml.YAMLError):
        read_yaml(text)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_no_figure_of_any_kind_leads_out_of_every_calendar(db, kind):
    """Each whole number of each policy in force, made absurdly big, is refused at its place."""
    for row in PolicyRow.objects.filter(kind=kind, state="active"):
        for place in _numbers_in(row.body):
            row.body = copy.deepcopy(row.body)
            *path, last = place
            reduce(getitem, path, row.body)[last] = 10**15
            with pytest.raises(BodyRefused):
                row.value()


def _numbers_in(said, place=()):
    pairs = said.items() if isinstance(said, dict) else enumerate(said) if isinstance(said, list) else ()
    for name, entry in pairs:
        yield from [(*place, name)] if type(entry) is int else _numbers_in(entry, (*place, name))


def test_text_and_value_are_the_same_both_ways():
    words = {"zh": "一 # 二: 三", "en": "x\ny\n"}
    body = {"a": "10:00", "b": ["true", "1", 1, True, None], "c": words, "d": "2026-01-01"}
    assert read_yaml(as_yaml(body)).said == body
