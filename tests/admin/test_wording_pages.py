"""Words on the pages: findings while one types, refused at their field, a yes asked for and given in the inbox."""

import pytest
from django.urls import reverse

from casemgmt.models import OutboxMessage
from casemgmt.privacy.models import AccessEvent
from complaints.forms.refusal_guide import refuse_url
from complaints.models import Contact, WordingOverride
from complaints.states import OverrideState
from tests.admin.looking import case_page, dialog, send, signed_in, text_of
from tests.admin.world import somebody
from tests.building import an_assessing_case

pytestmark = pytest.mark.django_db
PROMISE = "林女士，我们给您全额退款，今天办。"
MESSAGE = {"channel": "qianniu", "purpose": "progress"}
INBOX = "/admin/approvals/"


@pytest.fixture
def case(world):
    return an_assessing_case(world.cast, **somebody())


@pytest.fixture
def axel(world):
    return signed_in(world.cast.axel)


def check(browser, case, words, **more):
    return browser.post(reverse("admin:complaints_complaint_wording", args=[case.pk]), {"words": words, **more})


def asked(ana, case, words=PROMISE):
    answer = send(ana, dialog(case, "ask-wording"), words=words, channel="qianniu", reason="顾客急用。")
    assert answer.status_code == 204, text_of(answer)
    return WordingOverride.objects.get(case=case)


def test_findings_say_what_how_grave_why_and_what_to_say_instead(ana, case):
    page = text_of(check(ana, case, f"您理解错了。{PROMISE}再闹后果自负。"))
    for told in ("后果自负", "must not be sent", "全额退", "needs approval", "您理解错", "mind this", "Say instead"):
        assert told in page
    assert "edition 1" in page
    assert "Cannot be sent like this: 2 places to mend." in page
    assert page.index("后果自负") < page.index("“全额退”") < page.index("“您理解错”")


def test_an_ordinary_text_has_no_findings_and_nothing_is_written(ana, case):
    before = Contact.objects.count()
    answer = check(ana, case, "您好，正在核实，谢谢您。")
    assert (answer.status_code, text_of(answer).strip()) == (200, "")
    assert Contact.objects.count() == before


def test_what_was_said_is_told_to_be_recorded_all_the_same(ana, case):
    assert "recorded all the same" in text_of(check(ana, case, PROMISE, channel="phone"))


@pytest.mark.parametrize(
    "odd",
    [
        {"words": "x" * 30_000},
        {"words": "后果自负" * 6_000},
        {"words": "\x00后果自负"},
        {"words": "<script>后果自负</script>"},
        {"words": "后果自负", "channel": "pigeon", "plan": "-1"},
        {"words": "后果自负", "plan": "9" * 40},
        {},
    ],
)
def test_odd_input_breaks_nothing(ana, case, odd):
    answer = ana.post(reverse("admin:complaints_complaint_wording", args=[case.pk]), odd)
    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode()


def test_the_check_is_for_those_who_may_write_and_never_by_address(ana, axel, world, case):
    url = reverse("admin:complaints_complaint_wording", args=[case.pk])
    assert ana.get(url, {"words": PROMISE}).status_code == 405
    before = AccessEvent.objects.count()
    assert axel.post(url, {"words": PROMISE}).status_code == 403
    assert AccessEvent.objects.count() == before + 1
    assert signed_in(world.cast.wen).post(url, {"words": PROMISE}).status_code == 404


def test_a_blocked_phrase_is_refused_at_its_field_and_the_text_is_kept(ana, case):
    before = Contact.objects.count()
    answer = send(ana, dialog(case, "write-message"), words="再闹后果自负。", **MESSAGE)
    page = text_of(answer)
    assert answer.status_code == 422
    assert "再闹后果自负。</textarea>" in page
    assert "must not be sent" in page
    assert "Say instead" in page
    assert 'aria-invalid="true"' in page
    assert Contact.objects.count() == before


def test_without_script_a_refused_promise_can_be_asked_for_from_the_same_form(ana, case):
    page = text_of(send(ana, dialog(case, "write-message"), headers={}, words=PROMISE, **MESSAGE))
    assert f'formaction="{dialog(case, "ask-wording")}"' in page
    answer = send(ana, dialog(case, "ask-wording"), headers={}, words=PROMISE, **MESSAGE)
    assert answer.status_code == 422
    assert f"{PROMISE}</textarea>" in text_of(answer)


def test_the_composers_say_where_their_words_are_checked(ana, world, case):
    url = reverse("admin:complaints_complaint_wording", args=[case.pk])
    assert f'data-wording="{url}"' in text_of(ana.get(dialog(case, "write-message")))
    refusing = world.cases["negotiating"]
    told = f'data-wording="{reverse("admin:complaints_complaint_wording", args=[refusing.pk])}"'
    counts = {"basis": 1, "explanation": 2, "routes": 1, "understood": 0}
    for step, count in counts.items():
        assert text_of(ana.get(refuse_url(refusing.pk, step))).count(told) == count, step


def test_a_yes_is_asked_for_given_in_the_inbox_and_the_words_are_sent(ana, sven, world, case):
    override = asked(ana, case)
    assert OutboxMessage.objects.filter(kind="notice.wording_awaits_you").exists()
    line = {line.key: line for line in sven.get(INBOX, {"kind": "wording"}).context["lines"]}[f"wording-{override.pk}"]
    assert [str(deed.label) for deed in line.deeds] == ["Agree", "Do not agree"]
    shown = text_of(sven.get(dialog(override, "approve-wording")))
    assert PROMISE in shown
    assert "顾客急用。" in shown
    answer = send(sven, dialog(override, "approve-wording"), remark="已核实。")
    assert answer.status_code == 204, text_of(answer)
    page = text_of(ana.get(case_page(case)))
    assert "Words that need a yes" in page
    assert f"{dialog(case, 'write-message')}?agreed={override.pk}" in page
    assert f"{PROMISE}</textarea>" in text_of(ana.get(dialog(case, "write-message"), {"agreed": override.pk}))
    assert "agreed to by a supervisor" in text_of(check(ana, case, PROMISE))
    assert send(ana, dialog(case, "write-message"), words=PROMISE, **MESSAGE).status_code == 204
    page = text_of(ana.get(case_page(case)))
    assert "Words that need a yes" not in page
    assert "agreed to by a supervisor: Full refund promised, edition 1" in page


@pytest.mark.parametrize("agreed", ["x", "-1", "9" * 30, "0"])
def test_an_odd_number_of_agreed_words_opens_an_empty_form(ana, case, agreed):
    assert ana.get(dialog(case, "write-message"), {"agreed": agreed}).status_code == 200


def test_ones_own_words_stand_in_the_inbox_to_look_at(world, sven, case):
    send(sven, dialog(case, "ask-wording"), words=PROMISE, channel="qianniu", reason="顾客急用。")
    override = WordingOverride.objects.get(case=case)
    line = {line.key: line for line in sven.get(INBOX).context["lines"]}[f"wording-{override.pk}"]
    assert line.is_own
    assert line.deeds == ()
    answer = send(sven, dialog(override, "approve-wording"), remark="可以。")
    assert answer.status_code == 422
    override.refresh_from_db()
    assert override.state == OverrideState.ASKED


def test_a_breach_that_was_recorded_is_marked_in_the_timeline_by_its_policy(ana, case):
    said = MESSAGE | {"channel": "face_to_face", "direction": "outgoing", "outcome": "delivered"}
    assert send(ana, dialog(case, "record-contact"), words="我说了后果自负。", **said).status_code == 204
    assert "broke the wording policy: Threats, edition 1" in text_of(ana.get(case_page(case)))


def test_the_list_of_requests_is_open_to_supervisors(ana, sven, case):
    asked(ana, case)
    assert case.case_number in text_of(sven.get(reverse("admin:complaints_wordingoverride_changelist")))
