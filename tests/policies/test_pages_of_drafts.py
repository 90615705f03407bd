"""Policy editors change policies through their pages, and nobody else, and nobody alone."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from policies.actions import draft_change
from policies.models import PolicyRow, PolicyState
from policies.yaml_text import as_yaml
from tests.admin.looking import dialog, send, signed_in, text_of, version_in
from tests.policies.drafting import AT, WINDOW, a_draft, a_tried_row, an_active_row
from tests.policies.typing_in import typed_over

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def on_a_day(monkeypatch):
    """Pages ask for the time; here it stands still."""
    monkeypatch.setattr(timezone, "now", lambda: AT)


def an_editor(person):
    person.is_staff = True
    person.save()
    person.groups.add(Group.objects.get(name="Policy editors"))
    return signed_in(person)


@pytest.fixture
def first(vera):
    """Vera's browser."""
    return an_editor(vera)


@pytest.fixture
def second(paul):
    """Paul's browser."""
    return an_editor(paul)


def page_of(row):
    return reverse("admin:policies_policyrow_change", args=[row.pk])


def resolution():
    return PolicyRow.objects.filter(kind="clock", key="resolution", state="active").order_by("-valid_from").first()


def form_as_shown(browser, row):
    answer = browser.get(dialog(row, "write"))
    assert answer.status_code == 200
    return answer.context["form"], version_in(answer)


def test_a_change_is_drafted_written_and_shown_beside_the_edition_in_force(first):
    base = resolution()
    answer = send(first, dialog(base, "draft-change"), valid_from="2026-12-01T00:00", reason="Four days are enough.")
    draft = PolicyRow.objects.get(kind="clock", key="resolution", state="drafted")
    assert answer.headers["HX-Redirect"] == dialog(draft, "write")
    assert (draft.body, draft.edition) == (base.body, base.edition + 1)
    assert draft.cases
    assert draft.review_on
    form, version = form_as_shown(first, draft)
    sent = typed_over(form, body__length__amount="4", seen_version=version)
    answer = send(first, dialog(draft, "write"), **{name: sent.getlist(name) for name in sent})
    assert answer.status_code == 204, text_of(answer)
    told = text_of(first.get(page_of(draft)))
    assert "4 working days" in told
    assert "<del>5 working days</del>" in told


def test_what_is_wrong_comes_back_with_what_was_typed(first, vera):
    draft = a_draft(vera)
    form, version = form_as_shown(first, draft)
    sent = typed_over(form, body__calls_a_day="three", reason="x", seen_version=version)
    answer = send(first, dialog(draft, "write"), **{name: sent.getlist(name) for name in sent})
    assert answer.status_code == 422
    assert 'id="error-body__calls_a_day"' in text_of(answer)
    assert 'value="three"' in text_of(answer)
    assert PolicyRow.objects.get(pk=draft.pk).body == WINDOW


def test_somebody_was_faster_with_the_draft(first, vera):
    draft = a_draft(vera)
    form, version = form_as_shown(first, draft)
    draft.title_en = "Changed meanwhile"
    draft.save()
    sent = typed_over(form, reason="x", body__calls_a_day="1", seen_version=version)
    answer = send(first, dialog(draft, "write"), **{name: sent.getlist(name) for name in sent})
    assert answer.status_code == 409
    assert "Changed meanwhile" in text_of(answer)


def test_the_text_of_an_expert_names_the_line_of_each_fault(first, vera):
    draft = a_draft(vera)
    version = version_in(first.get(dialog(draft, "write-text")))
    lines = ["zone: Asia/Shanghai", 'opens: "09:00"', 'closes: "20:00"', "calls_a_day: many", "surprise: 1"]
    answer = send(first, dialog(draft, "write-text"), text="\n".join(lines), seen_version=version)
    told = text_of(answer)
    assert answer.status_code == 422
    assert "Line 4: calls_a_day: a whole number is expected." in told
    assert "Line 5: surprise" in told
    for broken in ("a: [1", "a: &x [1]\nb: *x\n", "- 1\n" * 3, "a: 1\na: 2", "[" * 3000):
        answer = send(first, dialog(draft, "write-text"), text=broken, seen_version=version)
        assert answer.status_code == 422, broken[:20]
    right = as_yaml(WINDOW | {"calls_a_day": 1})
    assert send(first, dialog(draft, "write-text"), text=right, seen_version=version).status_code == 204
    assert PolicyRow.objects.get(pk=draft.pk).body["calls_a_day"] == 1


def test_nobody_activates_what_they_drafted(first, second, vera):
    tried = a_tried_row(vera)
    assert "another person must activate it" in text_of(first.get(page_of(tried)))
    version = version_in(first.get(dialog(tried, "activate")))
    assert send(first, dialog(tried, "activate"), seen_version=version).status_code == 422
    assert PolicyRow.objects.get(pk=tried.pk).state == PolicyState.TRIED
    assert send(second, dialog(tried, "activate"), seen_version=version).status_code == 204
    assert PolicyRow.objects.get(pk=tried.pk).state == PolicyState.ACTIVE


def test_a_tried_draft_goes_back_with_a_remark_and_a_draft_can_be_discarded(second, vera):
    tried = a_tried_row(vera)
    assert send(second, dialog(tried, "redraft"), remark="").status_code == 422
    assert send(second, dialog(tried, "redraft"), remark="Sunday is missing.").status_code == 204
    assert "Sunday is missing." in text_of(second.get(page_of(tried)))
    assert send(second, dialog(tried, "discard")).status_code == 204
    assert PolicyRow.objects.get(pk=tried.pk).state == PolicyState.DISCARDED


def test_what_has_not_begun_is_revoked_on_its_page(second, vera, paul):
    coming = an_active_row(vera, paul, valid_from=AT + DAY)
    assert send(second, dialog(coming, "revoke")).status_code == 204
    assert PolicyRow.objects.get(pk=coming.pk).state == PolicyState.REVOKED


def test_the_end_of_a_policy_is_drafted_too(first):
    sent = {"valid_from": "2026-12-01T00:00", "reason": "No longer done."}
    assert send(first, dialog(resolution(), "draft-end"), **sent).status_code == 204
    ending = PolicyRow.objects.get(kind="clock", key="resolution", state="drafted")
    assert ending.closing
    assert "ends at 2026-12-01 00:00" in text_of(first.get(page_of(ending)))


def test_a_new_key_starts_as_a_copy_of_another(first):
    url = reverse("admin:policies_policyrow_new", args=["calling_window"])
    like = PolicyRow.objects.filter(kind="calling_window", state="active").first()
    sent = {
        "key": "vip", "title_zh": "贵宾", "title_en": "VIP", "source_zh": "店规", "source_en": "shop",
        "like": str(like.pk), "valid_from": "2026-12-01T00:00", "reason": "x",
    }  # fmt: skip
    assert send(first, url, **sent | {"key": "Bad Key"}).status_code == 422
    assert send(first, url, **sent | {"key": like.key}).status_code == 422
    assert send(first, url, **sent).status_code == 204
    assert PolicyRow.objects.get(key="vip").body == like.body
    assert first.get(reverse("admin:policies_policyrow_new", args=["nonsense"])).status_code == 404


@pytest.mark.parametrize("name", ["ana", "sven", "olga", "axel"])
def test_who_is_no_policy_editor_changes_nothing(cast, vera, name):
    draft, browser = a_draft(vera), signed_in(getattr(cast, name))
    for deed in ("write", "write-text", "try", "discard", "set-case", "dry-run", "draft-change", "activate"):
        assert browser.get(dialog(draft, deed)).status_code == 403, deed
        assert send(browser, dialog(draft, deed)).status_code == 403, deed
    assert browser.get(reverse("admin:policies_policyrow_new", args=["limit"])).status_code == 403
    assert browser.post(page_of(draft), {"title_en": "x"}).status_code in (403, 405)
    assert PolicyRow.objects.get(pk=draft.pk).version == draft.version


def test_what_held_on_a_day_of_the_past(first, vera, paul):
    base = resolution()
    url = reverse("admin:policies_policyrow_held")
    draft = draft_change(base.pk, by=vera, at=AT, valid_from=AT + DAY, reason="x", closing=True)
    assert base.title_en in text_of(first.get(url, {"on": "2026-11-02", "kind": "clock"}))
    assert draft.state == PolicyState.DRAFTED
    for bad in ({"on": "soon"}, {"kind": "x"}, {"other": "1"}, {"on": "\x00"}):
        assert first.get(url, bad).status_code == 400
    assert first.post(url).status_code == 405


def test_the_page_lists_editions_and_asks_the_cases_of_one_in_force(first):
    row = resolution()
    asked = text_of(first.get(page_of(row), {"ask": "1"}))
    assert "Ask the cases now" in text_of(first.get(page_of(row)))
    assert "0 fail" in asked
    assert "in force" in asked
