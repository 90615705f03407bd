"""Notes, facts and corrections: nothing that was written is ever rewritten."""

import pytest
from django.core.exceptions import PermissionDenied

from casemgmt.ledger import Refused
from casemgmt.violations import CaseMovedOn, RuleBroken
from complaints.actions.noting import add_fact, correct_statement, edit_facts, write_note
from complaints.models import Statement
from complaints.states import CaseState
from complaints.vocabulary import Reason, StatementKind
from tests.building import a_case
from tests.cast import AT, later

pytestmark = pytest.mark.django_db


def test_the_real_need_stands_beside_the_stated_one(cast):
    """S-INT-10, WC-10."""
    case = a_case(cast, CaseState.ASSESSING, demand="快递太慢")
    add_fact(case.pk, by=cast.ana, at=AT, kind=StatementKind.REAL_NEED, words="想确认订单有人跟进，坏了有人管")
    words = dict(case.statements.values_list("kind", "words"))
    assert words["demand"] == "快递太慢"
    assert words["real_need"] == "想确认订单有人跟进，坏了有人管"


@pytest.mark.parametrize(
    ("kind", "words", "code"),
    [
        ("reason", "x", "fact.unknown_kind"),
        ("course", "  ", "words.missing"),
        ("course", "a\x00b", "text.null_character"),
    ],
)
def test_each_clause_of_a_fact_refuses(cast, kind, words, code):
    case = a_case(cast, CaseState.ASSESSING)
    with pytest.raises(RuleBroken) as broken:
        add_fact(case.pk, by=cast.ana, at=AT, kind=kind, words=words)
    assert broken.value.codes == [code]


def test_a_note_is_corrected_by_a_new_one(cast):
    """F35."""
    case = a_case(cast, CaseState.ASSESSING)
    wrong = write_note(case.pk, by=cast.ana, at=AT, words="顾客要退货")
    right = correct_statement(case.pk, by=cast.ana, at=later(hours=1), statement_id=wrong.pk, words="顾客要换货")
    assert right.corrects == wrong
    assert Statement.objects.get(pk=wrong.pk).words == "顾客要退货"
    with pytest.raises(RuleBroken) as broken:
        correct_statement(case.pk, by=cast.ana, at=later(hours=1), statement_id=wrong.pk, words="又改")
    assert broken.value.codes == ["statement.corrected_already"]


def test_the_words_themselves_cannot_be_rewritten(cast):
    note = write_note(a_case(cast, CaseState.ASSESSING).pk, by=cast.ana, at=AT, words="顾客要退货")
    with pytest.raises(Refused):
        Statement.objects.filter(pk=note.pk).update(words="顾客很满意")


def test_a_text_of_another_case_is_not_corrected_here(cast):
    other = write_note(a_case(cast, CaseState.ASSESSING).pk, by=cast.ana, at=AT, words="x")
    with pytest.raises(RuleBroken) as broken:
        correct_statement(a_case(cast, CaseState.ASSESSING).pk, by=cast.ana, at=AT, statement_id=other.pk, words="y")
    assert broken.value.codes == ["statement.not_of_this_case"]


def test_a_reason_stands_as_it_was_given(cast):
    case = a_case(cast, CaseState.ASSESSING)
    case = edit_facts(case.pk, by=cast.ana, at=AT, reason="顾客补充", stated_reason=Reason.DAMAGED)
    with pytest.raises(RuleBroken) as broken:
        correct_statement(case.pk, by=cast.ana, at=AT, statement_id=case.act_reason_id, words="别的")
    assert broken.value.codes == ["statement.stands"]


def test_facts_are_put_right_with_a_reason(cast):
    case = a_case(cast, CaseState.ASSESSING)
    case = edit_facts(
        case.pk,
        by=cast.ana,
        at=AT,
        version=case.version,
        reason="顾客补充",
        stated_reason=Reason.DAMAGED,
        emotion="calm",
    )
    assert (case.reason, case.emotion, case.act_reason.words) == (Reason.DAMAGED, "calm", "顾客补充")


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"reason": " "}, "reason.missing"),
        ({"reason": "x", "occurred_at": later(minutes=1)}, "registration.happened_after_receipt"),
        ({"reason": "x", "demanded_amount": 0}, "registration.amount_not_positive"),
    ],
)
def test_each_clause_of_editing_refuses(cast, facts, code):
    case = a_case(cast, CaseState.ASSESSING)
    with pytest.raises(RuleBroken) as broken:
        edit_facts(case.pk, by=cast.ana, at=AT, **facts)
    assert broken.value.codes == [code]


def test_the_state_is_no_fact(cast):
    with pytest.raises(TypeError):
        edit_facts(a_case(cast, CaseState.ASSESSING).pk, by=cast.ana, at=AT, reason="x", state="closed")


def test_facts_stand_still_while_a_decision_is_pending(cast):
    case = a_case(cast, CaseState.REFUSAL_PROPOSED)
    with pytest.raises(RuleBroken) as broken:
        edit_facts(case.pk, by=cast.ana, at=later(days=20), reason="改", emotion="calm")
    assert broken.value.codes == ["case.decision_pending"]


def test_an_old_version_is_told_that_the_case_moved_on(cast):
    case = a_case(cast, CaseState.ASSESSING)
    edit_facts(case.pk, by=cast.ana, at=AT, reason="一", emotion="calm")
    with pytest.raises(CaseMovedOn):
        edit_facts(case.pk, by=cast.ana, at=AT, reason="二", emotion="agitated", version=case.version)


@pytest.mark.parametrize("name", ["ben", "wen", "olga"])
def test_who_writes_no_note_here(cast, name):
    with pytest.raises(PermissionDenied):
        write_note(a_case(cast, CaseState.ASSESSING).pk, by=getattr(cast, name), at=AT, words="x")


def test_an_auditor_notes_a_finding(cast):
    note = write_note(a_case(cast, CaseState.CLOSED).pk, by=cast.axel, at=later(days=30), words="证据编号缺一张照片")
    assert note.said_by == cast.axel
