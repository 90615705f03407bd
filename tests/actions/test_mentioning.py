"""@ in a note: whoever may see the case is told once; nobody else can be named, and never the person it is about."""

import pytest

from casemgmt.models import Notice, OutboxMessage
from casemgmt.people.models import Substitution
from complaints.actions.mentioning import people_to_mention
from complaints.actions.noting import correct_statement, write_note
from complaints.actions.subjecting import name_subject
from complaints.models import Mention
from complaints.roles import cases_visible_to, day_of
from complaints.states import CaseState
from tests.building import a_case
from tests.cast import AT, later
from tests.saying_no import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast):
    return a_case(cast, CaseState.ASSESSING)


def test_whoever_is_named_is_told(cast, case):
    note = write_note(case.pk, by=cast.ana, at=AT, words="@沈文请批一下，@Ben 也看看，@沈文急")
    assert set(Mention.objects.filter(statement=note).values_list("person__username", flat=True)) == {"sven", "ben"}
    notices = Notice.objects.filter(code="notice.mentioned")
    assert set(notices.values_list("person__username", flat=True)) == {"sven", "ben"}
    assert notices.first().params == {"by": "安娜"}
    assert OutboxMessage.objects.filter(kind="notice.mentioned").count() == 2


def test_a_corrected_note_tells_only_whom_it_names_anew(cast, case):
    wrong = write_note(case.pk, by=cast.ana, at=AT, words="@沈文 顾客要退货")
    right = correct_statement(
        case.pk, by=cast.ana, at=later(hours=1), statement_id=wrong.pk, words="@沈文 @本杰 顾客要换货"
    )
    assert right.mentions.count() == 2
    told = Notice.objects.filter(code="notice.mentioned").values_list("person__username", flat=True)
    assert sorted(told) == ["ben", "sven"]


def test_who_names_themselves_is_not_told(cast, case):
    write_note(case.pk, by=cast.ana, at=AT, words="@安娜 明天再看")
    assert Mention.objects.get().person == cast.ana
    assert not Notice.objects.filter(code="notice.mentioned").exists()


@pytest.mark.parametrize(
    ("words", "code"),
    [("@文静 看看", "mention.may_not_see"), ("@欧佳 看看", "mention.may_not_see"), ("@李四 看看", "mention.unknown")],
)
def test_who_may_not_see_the_case_cannot_be_named(cast, case, words, code):
    with refused(code):
        write_note(case.pk, by=cast.ana, at=AT, words=words)


def test_nobody_is_told_of_a_complaint_about_themselves(cast, case):
    name_subject(case.pk, by=cast.ana, at=AT, person_id=cast.ben.pk, reason="顾客说本杰态度不好")
    with refused("mention.may_not_see"):
        write_note(case.pk, by=cast.ana, at=AT, words="@本杰 怎么回事")
    assert cast.ben not in people_to_mention(case, at=AT)


def test_two_of_one_name_are_told_apart_by_the_sign_in_name(cast, case):
    cast.tara.name = "沈文"
    cast.tara.save()
    with refused("mention.ambiguous"):
        write_note(case.pk, by=cast.ana, at=AT, words="@沈文 看看")
    write_note(case.pk, by=cast.ana, at=AT, words="@tara 看看")
    assert Mention.objects.get().person == cast.tara


def test_the_list_holds_exactly_those_who_may_see_the_case(cast, case):
    Substitution.objects.create(person=cast.wen, stands_in_for=cast.ben, starts_on=day_of(AT), ends_on=day_of(AT))
    offered = {person.username for person in people_to_mention(case, at=AT)}
    everybody = (cast.ana, cast.ben, cast.wen, cast.sven, cast.tara, cast.olga, cast.petra, cast.axel)
    may_see = {
        person.username
        for person in everybody
        if cases_visible_to(type(person).objects.get(pk=person.pk), on=day_of(AT)).filter(pk=case.pk).exists()
    }
    assert offered == may_see == {"ana", "ben", "wen", "sven", "tara", "axel"}
