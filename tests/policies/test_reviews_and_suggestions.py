"""Policies are looked at again when their day comes, and cases teach them: suggested, taken up or declined."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from casemgmt.models import Notice
from casemgmt.violations import RuleBroken
from complaints.actions.suggesting import suggest_policy_change
from policies.actions import draft_change, review_policy
from policies.actions.reviewing import due_for_review, remind_of_reviews
from policies.models import PolicyRow, PolicySuggestion
from policies.suggesting import decline_suggestion, suggest_change, take_up_suggestion
from tests.admin.looking import dialog, send, signed_in, text_of
from tests.building import a_case, a_registered_case
from tests.policies.drafting import AT, an_active_row

pytestmark = pytest.mark.django_db
TOMORROW = AT.date() + timedelta(days=1)


@pytest.fixture(autouse=True)
def on_a_day(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: AT)


@pytest.fixture
def editor(vera):
    """Vera, in the group."""
    vera.is_staff = True
    vera.save()
    vera.groups.add(Group.objects.get(name="Policy editors"))
    return vera


def test_a_row_of_a_pack_has_a_day_of_review():
    row = PolicyRow.objects.filter(kind="limit", state="active").first()
    assert row.review_on > row.activated_at.date()


def test_editors_are_told_once_of_what_is_due(editor, paul):
    row = an_active_row(editor, paul, review_on=TOMORROW)
    assert not due_for_review(AT.date()).filter(pk=row.pk).exists()
    day_after = AT + timedelta(days=1)
    remind_of_reviews(day_after)
    remind_of_reviews(day_after)
    told = Notice.objects.filter(code="notice.policy_review_due", subject_pk=str(row.pk))
    assert [notice.person for notice in told] == [editor]


def test_what_was_replaced_or_ended_is_not_reviewed(editor, paul):
    an_active_row(editor, paul, review_on=TOMORROW)
    later = an_active_row(editor, paul, valid_from=AT + timedelta(days=2), review_on=TOMORROW)
    due = due_for_review(TOMORROW + timedelta(days=9)).filter(key="test")
    assert list(due) == [later]


def test_a_review_keeps_its_result_and_sets_the_next_day(editor, paul):
    row = an_active_row(editor, paul, review_on=TOMORROW)
    for words, day, code in (
        (" ", TOMORROW, "policy.review_says_nothing"),
        ("ok", AT.date(), "policy.review_not_ahead"),
    ):
        with pytest.raises(RuleBroken) as refused:
            review_policy(row.pk, by=paul, at=AT, words=words, next_on=day)
        assert refused.value.codes == [code]
    row = review_policy(row.pk, by=paul, at=AT, words="Still right.", next_on=date(2027, 5, 1))
    assert (row.review_on, row.reviewed_by, row.review_words) == (date(2027, 5, 1), paul, "Still right.")
    assert row.history.latest().history_change_reason == "policy.reviewed"


def test_the_list_and_the_desk_of_editors_show_what_is_due(editor, paul):
    an_active_row(editor, paul, key="due", review_on=AT.date(), valid_from=AT)
    browser = signed_in(editor)
    listed = browser.get(reverse("admin:policies_policyrow_changelist"), {"review": "due"})
    assert [row.key for row in listed.context["cl"].result_list] == ["due"]
    assert "To be reviewed" in text_of(browser.get(reverse("admin:index")))


def test_a_case_teaches_a_policy_and_the_draft_answers(cast, editor, paul):
    case = a_case(cast, "closed")
    suggestion = suggest_policy_change(
        case.pk, by=cast.sven, at=AT, policy="clock:resolution", aim="too_harsh", words="五天太久，顾客等不起。"
    )
    assert (suggestion.case_number, suggestion.made_by) == (case.case_number, cast.sven)
    assert Notice.objects.filter(person=editor, code="notice.policy_suggested").count() == 1
    base = PolicyRow.objects.filter(kind="clock", key="resolution", state="active").first()
    draft = draft_change(base.pk, by=editor, at=AT, valid_from=AT + timedelta(days=9), reason="x")
    answered = take_up_suggestion(suggestion.pk, by=editor, at=AT, draft_id=draft.pk)
    assert (answered.state, answered.draft) == ("taken_up", draft)
    assert Notice.objects.filter(person=cast.sven, code="notice.policy_suggestion_answered").count() == 1
    with pytest.raises(RuleBroken) as refused:
        decline_suggestion(suggestion.pk, by=editor, at=AT, words="no")
    assert refused.value.codes == ["suggestion.not_open"]


def test_a_suggestion_is_declined_with_words_and_never_answered_by_another_policy(cast, editor):
    suggestion = suggest_change("limit:staff", by=cast.sven, at=AT, words="放宽一些")
    with pytest.raises(RuleBroken) as refused:
        decline_suggestion(suggestion.pk, by=editor, at=AT, words=" ")
    assert refused.value.codes == ["suggestion.says_nothing"]
    other = PolicyRow.objects.filter(kind="clock").first()
    with pytest.raises(RuleBroken) as refused:
        take_up_suggestion(suggestion.pk, by=editor, at=AT, draft_id=other.pk)
    assert refused.value.codes == ["suggestion.not_its_policy"]
    declined = decline_suggestion(suggestion.pk, by=editor, at=AT, words="预算不允许")
    assert str(declined.answer) == "预算不允许"


def test_what_nobody_learnt_from_teaches_nothing(cast):
    case = a_registered_case(cast)
    with pytest.raises(RuleBroken) as refused:
        suggest_policy_change(case.pk, by=cast.sven, at=AT, policy="limit:staff", aim="change", words="x")
    assert refused.value.codes == ["suggestion.nothing_learnt_yet"]
    with pytest.raises(RuleBroken) as refused:
        suggest_change("limit:nothing", by=cast.sven, at=AT, words=" ")
    assert refused.value.codes == ["suggestion.no_such_policy", "suggestion.says_nothing"]


def test_the_pages_of_a_suggestion(cast, editor):
    case = a_case(cast, "closed")
    supervisor, handler, browser = signed_in(cast.sven), signed_in(cast.ana), signed_in(editor)
    sent = {"policy": "limit:staff", "aim": "change", "words": "员工额度太低"}
    assert send(handler, dialog(case, "suggest-policy"), **sent).status_code == 403
    assert send(supervisor, dialog(case, "suggest-policy"), **sent).status_code == 204
    suggestion = PolicySuggestion.objects.get()
    page = reverse("admin:policies_policysuggestion_change", args=[suggestion.pk])
    assert "员工额度太低" in text_of(browser.get(page))
    assert "员工额度太低" in text_of(browser.get(reverse("admin:index")))
    assert handler.get(page).status_code == 403
    assert send(supervisor, dialog(suggestion, "decline"), words="no").status_code == 403
    assert send(browser, dialog(suggestion, "decline"), words="").status_code == 422
    assert send(browser, dialog(suggestion, "decline"), words="预算不允许").status_code == 204
    assert "预算不允许" in text_of(supervisor.get(page))
    row = PolicyRow.objects.filter(kind="limit", key="staff", state="active").first()
    assert send(supervisor, dialog(row, "suggest"), aim="change", words="再想想").status_code == 204
