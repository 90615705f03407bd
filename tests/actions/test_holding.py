"""Legal hold: set by a supervisor with a reason, and while it stands nothing is erased; lifted by two people."""

import pytest
from django.db import IntegrityError, transaction

from casemgmt.ledger import Refused, signed
from casemgmt.models import Notice
from complaints.actions.holding import (
    ask_to_lift,
    let_hold_stay,
    lift_hold,
    set_hold,
    standing_hold,
    violations_in_erasing,
)
from complaints.models import LegalHold, Statement
from complaints.states import CaseState, LegalHoldState
from tests.building import a_case, an_assessing_case
from tests.cast import AT, later
from tests.saying_no import denied, refused

pytestmark = pytest.mark.django_db

WHY = "客户已委托律师，可能起诉。"


@pytest.fixture
def case(cast):
    return an_assessing_case(cast)


def erase(cast, words):
    with transaction.atomic(), signed(by=cast.system, reason="statement.erased", at=AT):
        Statement.objects.filter(pk=words.pk).update(words=None, words_salt=None, erased_at=AT)


def test_words_of_a_case_on_hold_are_not_erased_by_any_path_until_it_is_lifted(cast, case):
    words = case.statements.first()
    hold = set_hold(case.pk, by=cast.sven, at=AT, reason=WHY)
    with pytest.raises(Refused, match=r"statement\.on_legal_hold"):
        erase(cast, words)
    ask_to_lift(hold.pk, by=cast.sven, at=AT, reason="已和解并履行完毕。")
    with pytest.raises(Refused, match=r"statement\.on_legal_hold"):
        erase(cast, words)
    lift_hold(hold.pk, by=cast.tara, at=later(hours=1))
    erase(cast, words)
    words.refresh_from_db()
    assert words.is_erased


def test_a_customer_with_a_case_on_hold_is_not_erased(cast, case):
    assert violations_in_erasing(case.customer) == []
    hold = set_hold(case.pk, by=cast.sven, at=AT, reason=WHY)
    assert [(found.code, found.params) for found in violations_in_erasing(case.customer)] == [
        ("hold.stands_against_erasing", {"cases": case.case_number})
    ]
    ask_to_lift(hold.pk, by=cast.tara, at=AT, reason="不再需要。")
    lift_hold(hold.pk, by=cast.sven, at=AT)
    assert violations_in_erasing(case.customer) == []


def test_lifting_takes_two_people(cast, case):
    hold = set_hold(case.pk, by=cast.sven, at=AT, reason=WHY)
    with refused("hold.not_possible_from"):
        lift_hold(hold.pk, by=cast.tara, at=AT)
    ask_to_lift(hold.pk, by=cast.sven, at=AT, reason="已结案。")
    assert Notice.objects.filter(code="notice.hold_lift_asked").count() >= 1
    with refused("hold.asked_by_yourself"):
        lift_hold(hold.pk, by=cast.sven, at=AT)
    with pytest.raises(IntegrityError, match="legal_hold_lifted_by_two_people"), signed(by=cast.sven, reason="x"):
        LegalHold.objects.filter(pk=hold.pk).update(state=LegalHoldState.LIFTED, lifted_by=cast.sven, lifted_at=AT)


def test_the_second_person_may_let_it_stand(cast, case):
    hold = set_hold(case.pk, by=cast.sven, at=AT, reason=WHY)
    ask_to_lift(hold.pk, by=cast.sven, at=AT, reason="已结案。")
    let_hold_stay(hold.pk, by=cast.tara, at=AT, reason="诉讼时效未过。")
    assert standing_hold(case).state == LegalHoldState.HELD
    ask_to_lift(hold.pk, by=cast.tara, at=later(days=1), reason="时效已过。")
    lift_hold(hold.pk, by=cast.sven, at=later(days=1))
    case.refresh_from_db()
    assert standing_hold(case) is None
    assert set_hold(case.pk, by=cast.sven, at=later(days=2), reason="又收到律师函。")


def test_a_case_has_one_hold_that_stands_in_any_state_of_it(cast):
    ended = a_case(cast, CaseState.WITHDRAWN)
    set_hold(ended.pk, by=cast.sven, at=AT, reason=WHY)
    with refused("hold.not_possible_from"):
        set_hold(ended.pk, by=cast.tara, at=AT, reason=WHY)


def test_it_has_a_reason_and_is_for_supervisors(cast, case):
    with refused("reason.missing"):
        set_hold(case.pk, by=cast.sven, at=AT, reason=" ")
    for name in ("ana", "olga", "axel"):
        with denied():
            set_hold(case.pk, by=getattr(cast, name), at=AT, reason=WHY)
    hold = set_hold(case.pk, by=cast.sven, at=AT, reason=WHY)
    ask_to_lift(hold.pk, by=cast.sven, at=AT, reason="已结案。")
    with denied():
        lift_hold(hold.pk, by=cast.ana, at=AT)
