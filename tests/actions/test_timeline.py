"""One act is one entry, with who, what was said and what changed in words."""

import pytest
from django.utils import translation

from complaints.actions.assigning import assign_case
from complaints.actions.contacting import record_contact
from complaints.actions.dialling import finish_call
from complaints.actions.noting import write_note
from complaints.states import CaseState
from complaints.timeline import story_of
from policies.lookup import policies_in_force
from tests.building import a_case, a_registered_case, an_assessing_case, an_investigating_case
from tests.calling import a_started_call, all_steps
from tests.cast import AT, later

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def test_an_act_is_one_entry(cast):
    case = a_registered_case(cast)
    entry = story_of(case)[0]
    assert (entry.who, entry.headline) == ("安娜", "registered the complaint")
    assert [said.words for said in entry.said] == ["刚收到的大衣领口有一大块污渍，你们就这么发货？"]
    assert entry.said[0].theirs


def test_changes_are_told_in_words(cast):
    case = an_assessing_case(cast)
    assign_case(case.pk, by=cast.sven, at=later(hours=1), handler_id=cast.ben.pk, reason="安娜休假")
    entry = story_of(case)[0]
    assert [(change.label, change.old, change.new) for change in entry.changes] == [("handler", "安娜", "本杰")]
    assert [said.words for said in entry.said] == ["安娜休假"]


def test_codes_of_policies_are_told_by_their_labels(cast):
    entry = next(entry for entry in story_of(a_case(cast, CaseState.INVESTIGATING)) if entry.reason == "case.judged")
    assert "Product quality" in [change.new for change in entry.changes]


def test_contacts_and_notes_are_told_apart(cast):
    case = an_assessing_case(cast)
    record_contact(
        case.pk,
        by=cast.ana,
        at=later(hours=1),
        channel="qianniu",
        direction="outgoing",
        words="林女士您好，我们正在核实。",
    )
    write_note(case.pk, by=cast.ana, at=later(hours=2), words="先别提赔偿")
    note, message = story_of(case)[:2]
    assert (note.kind, note.is_internal) == ("note", True)
    assert (message.kind, message.direction, message.is_internal) == ("message", "outgoing", False)


def test_what_is_recorded_late_says_so(cast):
    case = an_assessing_case(cast)
    entry = story_of(case)[0]
    assert entry.recorded_late


def test_codes_of_policies_read_in_the_words_of_the_policy(cast):
    case = an_investigating_case(cast, category="product.quality")
    policies = policies_in_force(AT)
    with translation.override("zh-hans"):
        told = {change.new for entry in story_of(case, policies) for change in entry.changes}
    assert policies.categories["product.quality"].label.zh in told
    assert "product.quality" not in told


def test_the_story_takes_a_fixed_number_of_queries(cast, django_assert_max_num_queries):
    case = an_assessing_case(cast)
    for minute in range(50):
        write_note(case.pk, by=cast.ana, at=later(minutes=minute), words=f"第 {minute} 条备注")
    with django_assert_max_num_queries(28):
        assert len(story_of(case)) == 52


def test_what_was_said_in_a_step_of_a_call_bears_its_name(cast):
    case = a_case(cast, CaseState.ASSESSING)
    a_started_call(cast, case)
    steps = all_steps("adjust", listen="怕洗了更明显", apologise="再次致歉")
    finish_call(case.pk, by=cast.ana, at=AT, outcome="delivered", words="约好周五前换货", steps=steps)
    entry = next(entry for entry in story_of(case) if entry.reason == "call.finished")
    assert [(said.label, said.words) for said in entry.said] == [
        ("Listen", "怕洗了更明显"),
        ("Apologise once more", "再次致歉"),
    ]
    assert all(said.in_step for said in entry.said)
