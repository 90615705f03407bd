"""A second person agrees to very words, or does not; nobody agrees to what is blocked, or to their own (S-PRO-02)."""

import pytest
from django.db import IntegrityError, transaction

from complaints.actions.contacting import record_message
from complaints.actions.overriding import approve_wording, ask_for_wording, reject_wording
from complaints.actions.subjecting import name_subject
from complaints.models import WordingOverride
from complaints.roles import cases_visible_to, day_of
from complaints.states import OverrideState
from tests.building import an_assessing_case
from tests.cast import AT, later
from tests.saying_no import denied, refused

pytestmark = pytest.mark.django_db
WORDS = "林女士，我们给您全额退款，今天办。"
SENT = {"channel": "qianniu", "purpose": "progress"}


@pytest.fixture
def case(cast):
    return an_assessing_case(cast)


def asked(cast, case, words=WORDS, **changes):
    facts = {"by": cast.ana, "at": AT, "words": words, "reason": "顾客急用，先答应。", "channel": "qianniu"}
    return ask_for_wording(case.pk, **facts | changes)


def test_agreed_words_go_out_and_the_contact_keeps_that_they_were_checked(cast, case):
    (override,) = asked(cast, case)
    with refused("wording.needs_approval"):
        record_message(case.pk, by=cast.ana, at=AT, words=WORDS, **SENT)
    approve_wording(override.pk, by=cast.sven, at=later(hours=1), remark="已核实，可以退。")
    contact = record_message(case.pk, by=cast.ana, at=later(hours=2), words=f"  {WORDS}\r\n", **SENT)
    assert [found["breach"] for found in contact.working["wording"]] == [False]
    override.refresh_from_db()
    assert (override.state, override.decided_by, str(override.remark)) == (
        OverrideState.APPROVED,
        cast.sven,
        "已核实，可以退。",
    )


def test_a_yes_covers_these_very_words_on_this_very_case(cast, case):
    (override,) = asked(cast, case)
    approve_wording(override.pk, by=cast.sven, at=AT, remark="可以。")
    with refused("wording.needs_approval"):
        record_message(case.pk, by=cast.ana, at=AT, words=WORDS.replace("今天", "马上"), **SENT)
    other = an_assessing_case(cast)
    with refused("wording.needs_approval"):
        record_message(other.pk, by=cast.ana, at=AT, words=WORDS, **SENT)


def test_a_text_with_two_phrases_needs_a_yes_to_both(cast, case):
    words = "免费换货，另外补您30元红包。"
    first, second = asked(cast, case, words)
    approve_wording(first.pk, by=cast.sven, at=AT, remark="可以。")
    with refused("wording.needs_approval"):
        record_message(case.pk, by=cast.ana, at=AT, words=words, **SENT)
    approve_wording(second.pk, by=cast.tara, at=AT, remark="可以。")
    record_message(case.pk, by=cast.ana, at=AT, words=words, **SENT)


def test_a_no_leaves_the_words_held_back_and_can_be_asked_anew_in_other_words(cast, case):
    (override,) = asked(cast, case)
    reject_wording(override.pk, by=cast.sven, at=AT, remark="还没核实。")
    with refused("wording.needs_approval"):
        record_message(case.pk, by=cast.ana, at=AT, words=WORDS, **SENT)
    assert asked(cast, case, "核实后我们全额退款。")


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"words": f"{WORDS}再闹后果自负。"}, ["wording.blocked"]),
        ({"words": "您好，正在核实。"}, ["wording.nothing_to_ask"]),
        ({"words": "您理解错了。"}, ["wording.nothing_to_ask"]),
        ({"reason": " "}, ["wording.reason_missing"]),
    ],
)
def test_what_cannot_be_asked_for(cast, case, changes, codes):
    with refused(*codes):
        asked(cast, case, **changes)


def test_the_same_words_are_not_asked_for_twice(cast, case):
    asked(cast, case)
    with refused("wording.asked_already"):
        asked(cast, case)


def test_nobody_agrees_to_their_own_words(cast, case):
    (override,) = asked(cast, case, by=cast.sven)
    with refused("duty.asker_decides"):
        approve_wording(override.pk, by=cast.sven, at=AT, remark="可以。")
    approve_wording(override.pk, by=cast.tara, at=AT, remark="可以。")


def test_whoever_the_complaint_is_about_agrees_to_nothing(cast, case):
    (override,) = asked(cast, case)
    name_subject(case.pk, by=cast.ana, at=AT, person_id=cast.sven.pk, reason="顾客点名投诉。")
    with denied():
        approve_wording(override.pk, by=cast.sven, at=AT, remark="可以。")


def test_a_decision_has_a_reason_and_is_made_once(cast, case):
    (override,) = asked(cast, case)
    with refused("wording.remark_missing"):
        approve_wording(override.pk, by=cast.sven, at=AT, remark="")
    approve_wording(override.pk, by=cast.sven, at=AT, remark="可以。")
    for decide in (approve_wording, reject_wording):
        with refused("wording.not_pending"):
            decide(override.pk, by=cast.tara, at=AT, remark="再想想。")


def test_who_may_ask_and_decide(cast, case):
    for name in ("ben", "wen", "olga", "axel"):
        with denied():
            asked(cast, case, by=getattr(cast, name))
    (override,) = asked(cast, case)
    for name in ("ben", "olga", "axel"):
        with denied():
            approve_wording(override.pk, by=getattr(cast, name), at=AT, remark="可以。")


def test_a_supervisor_of_any_team_sees_the_case_while_words_wait(cast):
    case = an_assessing_case(cast)
    assert cases_visible_to(cast.tara, on=day_of(AT)).filter(pk=case.pk).exists()
    (override,) = asked(cast, case)
    assert override.case_id == case.pk


def test_the_database_itself_wants_two_people(cast, case):
    (override,) = asked(cast, case)
    remark = override.reason
    with pytest.raises(IntegrityError), transaction.atomic():
        WordingOverride.objects.filter(pk=override.pk).update(
            state=OverrideState.APPROVED, decided_by=cast.ana, decided_at=AT, remark=remark
        )


def test_the_story_tells_of_the_question_and_the_answer(cast, case):
    (override,) = asked(cast, case)
    approve_wording(override.pk, by=cast.sven, at=AT, remark="可以。")
    reasons = list(override.history.order_by("history_id").values_list("history_change_reason", "history_actor"))
    assert reasons == [("wording.asked", cast.ana.name), ("wording.approved", cast.sven.name)]
