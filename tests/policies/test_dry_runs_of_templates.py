"""A draft of a template shows what each case would read: before, after, the verdict of the wording check, masked."""

import io

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from policies.dry_running import texts_of
from policies.models import DryRunLine, PolicyRow
from tests.actions.test_dry_runs import a_draft_of, held_against_the_cases
from tests.actions.test_dry_runs_of_every_kind import in_short
from tests.admin.looking import signed_in, text_of
from tests.building import a_registered_case, an_assessing_case
from tests.cast import AT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_a_day(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: AT)


def base_for(channel, form="message", place=0):
    """A template in force that is offered on the channel."""
    rows = PolicyRow.objects.filter(kind="template", state="active").order_by("key")
    return [
        row
        for row in rows
        if channel in row.body["channels"] and row.body.get("form", "message") == form and row.body["texts"].get("zh")
    ][place]


def rewritten(cast, base, more):
    """A draft with some more words, held against the cases."""
    texts = base.body["texts"] | {"zh": base.body["texts"]["zh"] + more}
    return held_against_the_cases(a_draft_of(cast, "template", base.key, texts=texts), cast)


def page_of(run):
    return reverse("admin:policies_policyrow_change", args=[run.row_id])


def sheet_of(browser, run):
    answer = browser.post(reverse("admin:policies_policyrow_file", args=[run.row_id]), {"file_format": "xlsx"})
    rows = list(load_workbook(io.BytesIO(b"".join(answer.streaming_content))).worksheets[0].iter_rows(values_only=True))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


@pytest.fixture
def editor(vera):
    """Vera's browser; she sees no case."""
    vera.is_staff = True
    vera.save()
    vera.groups.add(Group.objects.get(name="Policy editors"))
    return signed_in(vera)


def test_a_template_tells_in_which_cases_another_text_or_gap_would_stand(cast):
    case = a_registered_case(cast)
    run = rewritten(cast, base_for(case.channel), "{{evidence}}{{plan}}")
    (name, verdict, before, after), (gaps, more, _before, missing) = in_short(run, case)
    assert (name, verdict, before, after) == ("template", "reads_otherwise", "passes", "passes")
    assert (gaps, more) == ("gaps", "waits_for_more")
    assert set(missing.split(", ")) >= {"gap.evidence", "gap.plan"}
    assert run.counts["text.reads_otherwise"] == 1


def test_words_that_would_be_kept_back_are_counted_as_such(cast):
    """WC-50: a minefield is warned of; what must not be sent is counted on its own."""
    case = a_registered_case(cast)
    warned = rewritten(cast, base_for(case.channel), "是您理解错了。")
    assert in_short(warned, case) == [("template", "reads_otherwise", "passes", "you_are_wrong")]
    run = rewritten(cast, base_for(case.channel, place=1), "先撤诉再处理。")
    assert in_short(run, case) == [("template", "kept_back", "passes", "withdraw_first")]
    assert run.counts["text.kept_back"] == 1


def test_a_script_may_be_needed_in_any_case_and_a_message_on_its_channels_alone(cast):
    case = a_registered_case(cast)
    assert in_short(rewritten(cast, base_for("phone", form="script"), "谢谢。"), case)
    base = base_for(case.channel)
    others = [channel for channel in base.body["channels"] if channel != case.channel]
    run = held_against_the_cases(a_draft_of(cast, "template", base.key, channels=others), cast)
    ((_name, verdict, _before, after),) = in_short(run, case)
    assert (verdict, after) == ("disappears", "")


def test_who_may_see_the_case_reads_its_texts_filled_and_masked(cast):
    case = an_assessing_case(cast)
    run = rewritten(cast, base_for(case.channel), "案件{{case_number}}，先撤诉再处理。")
    told = text_of(signed_in(cast.sven).get(page_of(run)))
    assert f"案件{case.case_number}，先撤诉再处理。" in told
    assert "could not be sent like this" in told
    assert "“先撤诉”" in told
    assert "Say instead" in told
    assert "林晓云" not in told
    assert "You do not see this case" not in told


def test_who_may_not_see_the_case_reads_the_words_of_the_template_alone(cast, editor):
    case = an_assessing_case(cast)
    run = rewritten(cast, base_for(case.channel), "{{customer}}，您的订单{{order_number}}。")
    told = text_of(editor.get(page_of(run)))
    assert "，您的订单[order number]。" in told
    assert "You do not see this case" in told
    assert case.order.number not in told


def test_the_file_holds_the_texts_as_its_taker_may_read_them(cast, editor):
    case = an_assessing_case(cast)
    run = rewritten(cast, base_for(case.channel), "{{customer}}，案件{{case_number}}，先撤诉再处理。")
    (told,) = sheet_of(editor, run)
    assert told["text after"].endswith("[customer's surname]，案件[case number]，先撤诉再处理。")
    assert told["text before"] != told["text after"]
    assert "先撤诉: must not be sent" in told["wording check of the text after"]
    (told,) = sheet_of(signed_in(cast.axel), run)
    assert told["text after"].endswith(f"林，案件{case.case_number}，先撤诉再处理。")


def test_a_draft_that_was_rewritten_since_shows_no_text(cast):
    case = an_assessing_case(cast)
    run = rewritten(cast, base_for(case.channel), "旧的一句。")
    row = PolicyRow.objects.get(pk=run.row_id)
    row.body = row.body | {"texts": {"zh": "新的一句。"}}
    row.save()
    told = text_of(signed_in(cast.sven).get(page_of(run)))
    assert "no longer counts" in told
    assert "Text after" not in told


def test_lines_keep_no_text_and_texts_are_made_in_few_queries(cast, django_assert_max_num_queries):
    cases = [a_registered_case(cast) for _number in range(3)]
    run = rewritten(cast, base_for(cases[0].channel), "先撤诉再处理。")
    assert not DryRunLine.objects.filter(after__contains="撤诉").exists()
    values = (None, run.row.value())
    with django_assert_max_num_queries(14):
        texts = texts_of("template")(values, [case.pk for case in cases], viewer=cast.sven, at=AT, seen_at=AT)
    assert len(texts) == 3
