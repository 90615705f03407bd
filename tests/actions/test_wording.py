"""Every path that writes words to customers refuses what must not go out; what was said is recorded as a breach.

Taboos and minefields (S-TAB-01 to 20), promises (S-PRO-02), worked cases WC-12, 20 to 23, 50 and 53.
"""

import pytest

from complaints.actions.contacting import record_contact, record_message
from complaints.actions.following_up import cancel_follow_up, record_attempt, schedule_follow_up
from complaints.actions.planning import OptionDraft, offer_plan
from complaints.actions.refusing import approve_refusal
from complaints.actions.requesting_evidence import ask_for_evidence
from complaints.vocabulary import ContactPurpose, Remedy, Side
from policies.lookup import phrases_in_force
from tests.building import a_drafted_plan, a_negotiating_case, an_assessing_case
from tests.cast import AT, later
from tests.following import a_due_follow_up, a_following_up_case
from tests.money import an_approved_grant
from tests.refusals import a_proposal, an_approved_refusal, an_unreasonable_case
from tests.saying_no import refused

pytestmark = pytest.mark.django_db
WRITTEN = {"channel": "qianniu", "purpose": "progress"}
SPOKEN = {"channel": "phone", "direction": "outgoing", "purpose": "progress"}
THREAT = "再闹后果自负。"
PROMISE = "我给您全额退款。"


@pytest.fixture
def case(cast):
    return an_assessing_case(cast)


def noted(contact):
    """phrase → whether it was a breach, as the contact keeps it."""
    codes = {phrase.policy_id: code for code, phrase in phrases_in_force(AT).items()}
    return {codes[found["policy"]]: found["breach"] for found in contact.working.get("wording", ())}


@pytest.mark.parametrize(
    "words", [THREAT, "再 闹 後果，自負", "拆封不退哦亲", "咱们不走平台", "身份证 11010519491231002X"]
)
def test_a_blocked_phrase_never_goes_out(cast, case, words):
    with refused("wording.blocked"):
        record_message(case.pk, by=cast.ana, at=AT, words=words, **WRITTEN)


@pytest.mark.parametrize("channel", ["qianniu", "online_chat", "sms", "email", "platform", "letter"])
def test_wc_12_an_uncovered_promise_is_held_back_on_every_written_channel(cast, case, channel):
    with refused("wording.needs_approval"):
        record_contact(
            case.pk, by=cast.ana, at=AT, direction="outgoing", words=PROMISE, **WRITTEN | {"channel": channel}
        )


def test_the_refusal_names_words_reason_and_what_to_say_at_its_field(cast, case):
    with refused("wording.blocked") as broken:
        record_message(case.pk, by=cast.ana, at=AT, words=THREAT, **WRITTEN)
    (found,) = broken.value.violations
    assert found.field == "words"
    assert found.params["words"] == "后果自负"
    assert all(found.params[name] for name in ("title", "why", "instead"))


def test_a_number_of_a_person_is_not_repeated_in_the_reason(cast, case):
    with refused("wording.needs_approval") as broken:
        record_message(case.pk, by=cast.ana, at=AT, words="快递员 13800138000", **WRITTEN)
    assert "13800138000" not in str(broken.value.violations[0].params)


@pytest.mark.parametrize("channel", ["phone", "face_to_face"])
def test_what_was_said_is_recorded_and_marked_as_a_breach(cast, case, channel):
    contact = record_contact(case.pk, by=cast.ana, at=AT, words=f"我说了：{THREAT}", **SPOKEN | {"channel": channel})
    assert noted(contact) == {"threat": True}


def test_what_was_sent_earlier_is_recorded_and_marked_as_a_breach(cast, case):
    contact = record_message(case.pk, by=cast.ana, at=later(hours=2), occurred_at=AT, words=PROMISE, **WRITTEN)
    assert noted(contact) == {"full_refund": True}


def test_a_moment_from_now_on_is_no_earlier(cast, case):
    with refused("wording.blocked"):
        record_message(case.pk, by=cast.ana, at=AT, occurred_at=AT, words=THREAT, **WRITTEN)


def test_what_the_customer_says_is_never_checked(cast, case):
    facts = {"channel": "qianniu", "direction": "incoming", "words": "你们就是骗子，去死！"}
    assert noted(record_contact(case.pk, by=cast.ana, at=AT, **facts)) == {}


def test_wc_50_a_taboo_is_a_warning_and_the_contact_keeps_which(cast, case):
    """WC-50: “您理解错了” in a draft is warned of, with what to say instead; it may be sent."""
    contact = record_message(case.pk, by=cast.ana, at=AT, words="您理解错了，规则是这样。", **WRITTEN)
    assert noted(contact) == {"you_are_wrong": False}


def test_wc_53_blame_on_others_is_shown_and_kept(cast, case):
    contact = record_contact(case.pk, by=cast.ana, at=AT, words="我说这是仓库的问题。", **SPOKEN)
    assert noted(contact) == {"blame_elsewhere": False}


@pytest.mark.parametrize(
    "words",
    [
        "你好，我是棠溪服饰旗舰店的客服，我叫安娜，很抱歉打扰您。",
        "您在我们店铺购买的四件套提出了退货，我想请问下是什么原因呢",
        "您说锅有质量问题，能跟我说下是哪里的问题么",
        "这个我做不了主，我请主管给您回电话，您看几点方便？",
    ],
)
def test_wc_20_to_23_the_scripts_of_calls_are_free_of_all(cast, case, words):
    assert noted(record_contact(case.pk, by=cast.ana, at=AT, words=words, **SPOKEN)) == {}


def test_an_approved_grant_covers_the_promise_up_to_its_amount(cast):
    case = a_negotiating_case(cast)
    an_approved_grant(cast, case, "300.00")
    with refused("wording.needs_approval"):
        record_message(case.pk, by=cast.ana, at=AT, words="给您补300.01元。", **WRITTEN)
    assert noted(record_message(case.pk, by=cast.ana, at=AT, words="给您补300元。", **WRITTEN)) == {}


def test_the_plan_that_is_offered_covers_its_own_words(cast):
    case = a_negotiating_case(cast)
    options = [OptionDraft(Remedy.EXCHANGE_NEW, words="免费换一件新的"), OptionDraft(Remedy.GUIDANCE, words="寄去渍剂")]
    plan = a_drafted_plan(cast, case, options=options)
    with refused("wording.needs_approval"):
        record_message(case.pk, by=cast.ana, at=AT, words="免费换一件新的给您。", **WRITTEN)
    offer_plan(plan.pk, by=cast.ana, at=AT, channel="qianniu", words="免费换一件新的给您，或者寄去渍剂，您选。")
    record_message(case.pk, by=cast.ana, at=AT, words="免费换新这条一直有效。", **WRITTEN)


def test_an_offer_holds_no_blocked_phrase_and_no_promise_beyond_the_plan(cast):
    plan = a_drafted_plan(cast, a_negotiating_case(cast))
    for words, code in ((THREAT, "wording.blocked"), (PROMISE, "wording.needs_approval")):
        with refused(code):
            offer_plan(plan.pk, by=cast.ana, at=AT, channel="qianniu", words=f"您选一个。{words}")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"explanation": f"责任在我方。{THREAT}"}, "explanation"),
        ({"follow_up": "三天后回访，您先撤诉。"}, "follow_up"),
        ({"options": [OptionDraft(Remedy.GUIDANCE, words="全额退款")]}, "options"),
    ],
)
def test_a_plan_is_not_put_down_in_forbidden_words(cast, changes, field):
    case = a_negotiating_case(cast)
    code = "wording.needs_approval" if field == "options" else "wording.blocked"
    with refused(code) as broken:
        a_drafted_plan(cast, case, **changes)
    assert broken.value.violations[0].field == field


@pytest.mark.parametrize("field", ["explanation", "routes", "company_policy", "alternatives"])
def test_a_refusal_is_not_proposed_in_forbidden_words(cast, field):
    case = an_unreasonable_case(cast)
    with refused("wording.blocked") as broken:
        a_proposal(cast, case, **{field: f"本店有最终解释权。{'另请参考公司制度。'}"})
    assert broken.value.violations[0].field == field


def test_whoever_approves_a_refusal_agrees_to_its_promises(cast):
    case = an_unreasonable_case(cast)
    refusal = a_proposal(cast, case, alternatives="可以免费换一支拉链。")
    approve_refusal(refusal.pk, by=cast.sven, at=AT, remark="依据充分。")
    told = "没能按您希望的办，对不起。我们可以免费换一支拉链，随时有效。"
    contact = record_message(case.pk, by=cast.ana, at=AT, words=told, **WRITTEN | {"purpose": ContactPurpose.REFUSAL})
    assert noted(contact) == {"free_exchange": False}


def test_the_words_that_tell_a_refusal_are_checked(cast):
    case = an_unreasonable_case(cast)
    an_approved_refusal(cast, case)
    with refused("wording.blocked"):
        record_message(case.pk, by=cast.ana, at=AT, words="不退，您去投诉吧。", **WRITTEN | {"purpose": "refusal"})


def test_a_request_for_evidence_asks_for_nothing_that_must_not_be_asked(cast, case):
    facts = {"by": cast.ana, "at": AT, "evidence_type": "photo"}
    with refused("wording.blocked"):
        ask_for_evidence(case.pk, what="请把验证码发我。", **facts)
    with refused("wording.needs_approval"):
        ask_for_evidence(case.pk, what="请发身份证照片。", **facts)
    ask_for_evidence(case.pk, what="请仓库提供身份证照片登记表。", asked_from=Side.COMPANY, **facts)


def test_a_follow_up_in_writing_is_checked_like_any_message(cast):
    case = a_following_up_case(cast)
    cancel_follow_up(case.follow_ups.get().pk, by=cast.ana, at=AT, reason="顾客要邮件。")
    schedule_follow_up(case.pk, by=cast.ana, at=AT, channel="email")
    follow_up = a_due_follow_up(cast, case)
    attempt = {"by": cast.ana, "at": follow_up.scheduled_for, "outcome": "delivered"}
    with refused("wording.blocked"):
        record_attempt(follow_up.pk, words=THREAT, **attempt)
    record_attempt(follow_up.pk, words="想问问您用着怎么样？对不起，谢谢您。", **attempt)
