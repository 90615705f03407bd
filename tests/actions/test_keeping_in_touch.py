"""Regular contact that a customer agreed to: at its pace, until its last day or their word; the case stays closed."""

from datetime import timedelta

import pytest

from casemgmt.models import Notice
from complaints.actions.consenting import record_consent
from complaints.actions.keeping_in_touch import (
    agree_on_regular_contact,
    due_series,
    end_regular_contact,
    keep_in_touch,
    record_regular_contact,
)
from complaints.models import RegularContact
from complaints.roles import day_of
from complaints.states import CaseState
from complaints.vocabulary import ConsentDecision, ConsentScope, ContactOutcome, ContactPurpose
from tests.building import an_assessing_case
from tests.cast import AT, later
from tests.following import a_closed_case
from tests.saying_no import refused

pytestmark = pytest.mark.django_db
YES = "行，过三个月问问我穿得怎么样吧。"


@pytest.fixture
def case(cast):
    return a_closed_case(cast)


@pytest.fixture
def series(cast, case):
    """Every ten days."""
    return agree(cast, case, every_days=10)


def agree(cast, case, **more):
    facts = {"by": cast.ana, "at": later(days=4), "channel": "qianniu", "words": YES}
    return agree_on_regular_contact(case.pk, **facts | more)


def contact(cast, series, at, outcome=ContactOutcome.DELIVERED, **more):
    facts = {"words": "顾客说大衣穿着暖和。", "suggestion": "出个深色款"} | more
    return record_regular_contact(series.pk, by=cast.ana, at=at, outcome=outcome, **facts)


def test_the_policy_gives_pace_and_end_and_the_customers_word_stands_beside_it(cast, case):
    series = agree(cast, case)
    assert (series.every_days, series.ends_on) == (90, day_of(later(days=4 + 365)))
    assert (series.consent.scope, series.consent.words.words) == (ConsentScope.REGULAR, YES)
    assert series.owner == cast.ana
    with refused("regular.one_at_a_time"):
        agree(cast, series.case)


def test_it_is_agreed_on_when_the_matter_is_settled_and_not_too_often(cast, series):
    fresh = an_assessing_case(cast)
    with refused("regular.too_early"):
        agree(cast, fresh)
    end_regular_contact(series.pk, by=cast.ana, at=later(days=5), reason="改频率")
    with refused("consent.words_missing", "regular.too_often", "regular.ends_too_soon"):
        agree(cast, series.case, every_days=2, ends_on=day_of(AT), words=" ")


def test_when_it_is_due_the_owner_hears_once_and_the_case_stays_closed(cast, case, series):
    assert keep_in_touch(series.next_at - timedelta(minutes=1)).done == 0
    for _twice in range(2):
        keep_in_touch(series.next_at)
    assert Notice.objects.filter(code="notice.regular_contact_due", person=cast.ana).count() == 1
    assert due_series(series.next_at).get() == series
    made = contact(cast, series, series.next_at)
    row = made.contacts.get()
    assert (row.purpose, row.case) == (ContactPurpose.REGULAR, case)
    assert made.next_at > series.next_at + timedelta(days=9)
    case.refresh_from_db()
    assert case.state == CaseState.CLOSED
    with refused("regular.not_due"):
        contact(cast, series, series.next_at + timedelta(hours=1))


def test_after_weeks_without_anybody_there_is_one_to_make(cast, series):
    late = series.next_at + timedelta(days=24)
    keep_in_touch(late)
    assert Notice.objects.filter(code="notice.regular_contact_due").count() == 1
    assert contact(cast, series, late).next_at > late


def test_not_reached_it_is_tried_the_next_day_and_declining_ends_it(cast, series):
    again = contact(cast, series, series.next_at, ContactOutcome.NO_ANSWER, words="")
    assert again.next_at - series.next_at <= timedelta(days=2)
    ended = contact(cast, series, again.next_at, ContactOutcome.DECLINED, words="不用再联系了")
    assert ended.ended_at == again.next_at


@pytest.mark.parametrize("scope", [ConsentScope.REGULAR, ConsentScope.EVERYTHING])
def test_the_customers_no_ends_it(cast, case, series, scope):
    said = {"channel": "qianniu", "scope": scope, "decision": ConsentDecision.REFUSED, "words": "别再问了"}
    record_consent(case.pk, by=cast.ana, at=later(days=5), **said)
    keep_in_touch(later(days=5))
    series.refresh_from_db()
    assert series.ended_at == later(days=5)
    assert not due_series(later(days=300)).exists()


def test_it_ends_with_its_last_day(cast, case):
    short = agree(cast, case, every_days=10, ends_on=day_of(later(days=18)))
    assert contact(cast, short, short.next_at).ended_at == short.next_at
    longer = agree(cast, case, at=later(days=20), ends_on=day_of(later(days=25)))
    keep_in_touch(later(days=26))
    assert RegularContact.objects.get(pk=longer.pk).ended_at == later(days=26)
