"""On the pages of policies own cases are told in the reader's language: what they are about, and their answers."""

import re

import pytest
from django.utils import timezone
from django.utils.translation import override

from policies.actions import draft_change
from policies.actions.setting_cases import set_case
from policies.cases.own import asked
from policies.in_force import PolicyBook
from policies.models import PolicyRow
from policies.packs import read_pack
from policies.words.answers import AnswerWords
from tests.admin.looking import dialog, hidden_in, send, signed_in, text_of, version_in
from tests.policies.drafting import AT
from tests.policies.test_pages_of_drafts import an_editor, page_of

pytestmark = pytest.mark.django_db
CODE = re.compile(r"[a-z]+(?:[._][a-z]+)+|\b(?:owed|unknown|nobody|staff|supervisor|resolution|coupon|True|False)\b")
CHINESE = "客服可自主补偿50.00元"
ENGLISH = "Staff grant 50.00 by themselves"


@pytest.fixture
def draft(vera, monkeypatch):
    """A change of what staff may grant, with the cases of the pack."""
    monkeypatch.setattr(timezone, "now", lambda: AT)
    base = PolicyRow.objects.get(kind="limit", key="staff", state="active")
    return draft_change(base.pk, by=vera, at=AT, valid_from=AT, reason="x")


@pytest.fixture
def reader(draft, vera):
    """Vera's browser, in Chinese."""
    an_editor(vera)
    return signed_in(vera, "zh-hans")


def test_the_page_tells_the_cases_of_a_pack_in_the_language_of_the_reader(draft, reader, vera):
    chinese = text_of(reader.get(page_of(draft)))
    assert CHINESE in chinese
    assert "客服自主补偿权限" in chinese
    assert ENGLISH not in chinese
    english = text_of(signed_in(vera, "en").get(page_of(draft)))
    assert ENGLISH in english
    assert CHINESE not in english


def test_a_failing_case_of_a_pack_is_told_in_chinese_where_the_draft_is_tried(draft, reader):
    draft.body = draft.body | {"per_grant": "1.00"}
    draft.save()
    version = version_in(reader.get(dialog(draft, "try")))
    told = text_of(send(reader, dialog(draft, "try"), seen_version=version))
    assert CHINESE in told
    assert ENGLISH not in told


def sent_back(reader, draft, **changes):
    """The first case as its form shows it, sent with these changes."""
    shown = reader.get(dialog(draft, "set-case"), {"number": "0"})
    form = shown.context["form"]
    fields = {name: form[name].value() for name in ("says", "facts")}
    assert hidden_in(shown, "number") == "0"
    sent = {**fields, "number": "0", "seen_version": version_in(shown), **changes}
    answer = send(reader, dialog(draft, "set-case"), **sent)
    assert answer.status_code == 204, text_of(answer)
    draft.refresh_from_db()
    return fields["says"]


def test_a_case_is_edited_in_the_language_of_the_reader_and_keeps_the_other_one(draft, reader):
    facts = 'grant: {amount: "49.00", roles: [Staff], rung: staff}'
    assert sent_back(reader, draft, facts=facts) == CHINESE
    assert draft.cases[0]["says"] == {"en": ENGLISH, "zh": CHINESE}
    assert draft.cases[0]["grant"]["amount"] == "49.00"


def test_words_that_an_editor_changes_are_kept_as_they_wrote_them(draft, reader):
    sent_back(reader, draft, says="客服最多自己补偿五十元")
    assert draft.cases[0]["says"] == "客服最多自己补偿五十元"
    assert draft.cases[1]["says"]["en"] == "One cent more needs a supervisor"


def test_a_case_without_words_is_still_refused(draft, vera, reader):
    shown = reader.get(dialog(draft, "set-case"), {"number": "0"})
    sent = {"says": " ", "facts": shown.context["form"]["facts"].value(), "number": "0"}
    assert send(reader, dialog(draft, "set-case"), **sent, seen_version=version_in(shown)).status_code == 422
    row = set_case(draft.pk, by=vera, at=AT, case=draft.cases[0] | {"says": {"en": "Noon", "zh": "正午"}})
    assert row.cases[-1]["says"] == {"en": "Noon", "zh": "正午"}


def test_no_answer_of_the_national_pack_shows_a_code_to_a_chinese_reader(db):
    results = list(asked(read_pack("cn-national").cases, PolicyBook()))
    with override("zh-hans"):
        told = {f"{result.expected_told} / {result.found_told}" for result in results}
    assert [line for line in told if CODE.search(line)] == []
    assert len(told) > 50


@pytest.mark.parametrize(
    ("question", "answer", "told"),
    [
        ("entitled", "owed 689.00 until 2026-10-12", "owed 689.00, until 2026-10-12"),
        ("entitled", "unknown without price, received_on", "missing: price paid, day the goods were signed for"),
        ("entitled", "something else", "something else"),
        ("entitled", "nothing of that name", "—"),
        ("grant", "nobody", "nobody"),
        ("call", [], "—"),
        ("call", ["call.not_at_this_hour", "call.too_soon"], "outside the hours (the customer), too soon"),
        ("call_plan", ["legal"], "it is a legal dispute"),
        ("clocks", ["resolution", "gone"], "gone"),
        ("law", True, "yes"),
        ("levels", [1, 2], "1, 2"),
    ],
)
def test_an_answer_in_words(question, answer, told):
    with override("en"):
        assert told in AnswerWords(PolicyBook()).told(question, answer)
