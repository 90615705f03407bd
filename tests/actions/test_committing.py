"""Promises: made, kept, kept late, broken, released in two ways."""

from datetime import timedelta

import pytest

from complaints.actions.committing import GRANT_KINDS, make_commitment
from complaints.actions.evidencing import exclude_evidence
from complaints.actions.executing import accept
from complaints.actions.keeping import (
    break_commitment,
    keep_commitment,
    release_commitment,
    why_not_keep_commitment,
)
from complaints.actions.planning import OptionDraft, accept_plan
from complaints.actions.subjecting import name_subject
from complaints.states import CaseState, CommitmentState
from complaints.vocabulary import Acceptance, OwedBy, Remedy
from policies.lookup import compensation_kinds_in_force
from tests.building import a_case, a_negotiating_case, add_photo, an_assessing_case, an_executing_case, an_offered_plan
from tests.cast import AT, later
from tests.money import a_draft, an_approved_grant, pay
from tests.saying_no import denied, refused

pytestmark = pytest.mark.django_db

WHAT = {"what": "周三前报销干洗费", "due_at": later(days=2)}


@pytest.fixture
def case(cast):
    """Taken by ana."""
    return an_assessing_case(cast)


@pytest.fixture
def promise(cast, case):
    """Due in two days, owned by ana."""
    return make_commitment(case.pk, by=cast.ana, at=AT, **WHAT)


def test_a_promise_says_what_when_and_who(cast, case):
    """S-PRO-01, S-PRO-06: made in Yiwu, carried out in Guangzhou."""
    promise = make_commitment(
        case.pk, by=cast.ana, at=AT, **WHAT, owner_id=cast.olga.pk, department_id=cast.operations.pk
    )
    assert (promise.owner, promise.department, promise.due_at) == (cast.olga, cast.operations, later(days=2))
    assert promise.made_for == case
    assert promise.state == CommitmentState.OPEN


def test_each_clause_of_a_promise_alone_refuses(cast, case):
    name_subject(case.pk, by=cast.ana, at=AT, person_id=cast.ben.pk)
    for code, changes in {
        "promise.what_missing": {"what": " "},
        "promise.due_in_past": {"due_at": AT},
        "promise.owner_missing": {"owner_id": 999999},
        "promise.owner_is_subject": {"owner_id": cast.ben.pk},
        "promise.department_unknown": {"department_id": 999999},
        "promise.grant_of_another_case": {"grant_id": 999999},
    }.items():
        with refused(code):
            make_commitment(case.pk, by=cast.ana, at=AT, **WHAT | changes)


def test_a_case_that_has_ended_promises_nothing(cast):
    case = a_case(cast, CaseState.WITHDRAWN)
    with refused("case.ended"):
        make_commitment(case.pk, by=cast.ana, at=AT, **WHAT)


def test_kept_at_the_last_moment_is_kept(cast, promise):
    promise = keep_commitment(promise.pk, by=cast.ana, at=promise.due_at, words="已转账")
    assert (promise.state, promise.kept_by, promise.kept_at) == (CommitmentState.KEPT, cast.ana, promise.due_at)


def test_a_second_later_is_late_and_was_broken_before(cast, promise):
    late = promise.due_at + timedelta(seconds=1)
    promise = keep_commitment(promise.pk, by=cast.ana, at=late, words="已转账")
    assert promise.state == CommitmentState.KEPT_LATE
    path = promise.history.order_by("history_id").values_list("state", flat=True)
    assert list(path) == [CommitmentState.OPEN, CommitmentState.BROKEN, CommitmentState.KEPT_LATE]


def test_noted_late_with_proof_of_the_day_is_in_time(cast, case, promise):
    photo = add_photo(cast, case)
    after = promise.due_at + timedelta(hours=1)
    promise = keep_commitment(promise.pk, by=cast.ana, at=after, proof_id=photo.pk, done_at=promise.due_at)
    assert promise.state == CommitmentState.KEPT


def test_noted_late_on_words_alone_is_late(cast, promise):
    after = promise.due_at + timedelta(hours=1)
    promise = keep_commitment(promise.pk, by=cast.ana, at=after, words="当天就办了", done_at=promise.due_at)
    assert promise.state == CommitmentState.KEPT_LATE


def test_each_clause_of_keeping_alone_refuses(cast, case, promise):
    excluded = add_photo(cast, case)
    exclude_evidence(excluded.pk, by=cast.ana, at=AT, reason="与本案无关")
    for code, changes in {
        "keep.proof_missing": {"words": " "},
        "keep.proof_of_another_case": {"proof_id": 999999},
        "keep.proof_does_not_count": {"proof_id": excluded.pk},
        "keep.done_in_future": {"done_at": later(hours=1, seconds=1)},
        "keep.done_before_made": {"done_at": later(seconds=-1)},
    }.items():
        with refused(code):
            keep_commitment(promise.pk, by=cast.ana, at=later(hours=1), **{"words": "已转账"} | changes)


def test_money_is_kept_by_its_payment_alone(cast):
    """S-CMP-12, WC-01."""
    case = a_negotiating_case(cast)
    grant = an_approved_grant(cast, case)
    promise = make_commitment(case.pk, by=cast.ana, at=AT, **WHAT, grant_id=grant.pk)
    with refused("keep.grant_unpaid"):
        keep_commitment(promise.pk, by=cast.ana, at=AT, words="已转账")
    assert [found.code for found in why_not_keep_commitment(promise, by=cast.ana, at=AT)] == ["keep.grant_unpaid"]
    pay(grant, cast.olga)
    promise.refresh_from_db()
    assert promise.state == CommitmentState.KEPT


def test_an_option_of_money_without_a_grant_is_not_kept_by_words(cast):
    case = an_executing_case(cast, plan={"options": [OptionDraft(Remedy.COUPON)]})
    with refused("keep.grant_unpaid"):
        keep_commitment(case.commitments.get().pk, by=cast.ana, at=AT, words="券已发")
    a_draft(cast, case)
    with refused("keep.grant_unpaid"):
        keep_commitment(case.commitments.get().pk, by=cast.ana, at=AT, words="券已发")


def test_keeping_twice_is_refused(cast, promise):
    keep_commitment(promise.pk, by=cast.ana, at=AT, words="已转账")
    with refused("case.not_possible_from"):
        keep_commitment(promise.pk, by=cast.ana, at=AT, words="已转账")


def test_broken_after_its_moment_and_not_before(cast, promise):
    with refused("break.not_due_yet"):
        break_commitment(promise.pk, by=cast.system, at=promise.due_at)
    promise = break_commitment(promise.pk, by=cast.system, at=promise.due_at + timedelta(seconds=1))
    assert promise.state == CommitmentState.BROKEN
    with refused("case.not_possible_from"):
        break_commitment(promise.pk, by=cast.system, at=promise.due_at + timedelta(days=1))
    assert keep_commitment(promise.pk, by=cast.ana, at=later(days=5), words="补办").state == CommitmentState.KEPT_LATE


def test_a_kept_promise_is_broken_when_its_proof_falls(cast, case, promise):
    photo = add_photo(cast, case)
    keep_commitment(promise.pk, by=cast.ana, at=AT, proof_id=photo.pk)
    with refused("break.proof_stands"):
        break_commitment(promise.pk, by=cast.ana, at=later(days=5))
    exclude_evidence(photo.pk, by=cast.ana, at=AT, reason="转账截图系伪造")
    promise.refresh_from_db()
    assert promise.state == CommitmentState.BROKEN
    assert promise.history.latest("history_id").history_change_reason == "commitment.proof_fell"


def test_released_in_the_customers_own_words(cast, promise):
    promise = release_commitment(promise.pk, by=cast.ana, at=AT, customer_words="不用报销了")
    assert promise.state == CommitmentState.RELEASED
    assert (promise.released_in.words, promise.released_in.side) == ("不用报销了", "customer")
    with refused("case.not_possible_from"):
        release_commitment(promise.pk, by=cast.ana, at=AT, customer_words="不用报销了")


def test_or_by_a_second_person_with_a_reason(cast, promise):
    with refused("release.words_or_second_person"):
        release_commitment(promise.pk, by=cast.ana, at=AT, reason="嫌麻烦")
    with refused("release.reason_missing"):
        release_commitment(promise.pk, by=cast.sven, at=AT)
    promise = release_commitment(promise.pk, by=cast.sven, at=AT, reason="重复承诺")
    assert (promise.released_by, promise.reason.words) == (cast.sven, "重复承诺")


def test_what_is_owed_and_not_collected_stays_on_offer_until_its_date(cast):
    """Row *accept*: in writing, until a date, and only then released."""
    case = a_negotiating_case(cast)
    plan = an_offered_plan(cast, case, owed_by=OwedBy.LAW)
    option = plan.options.first()
    accept_plan(plan.pk, by=cast.ana, at=AT, acceptance=Acceptance.OWED, chosen=[option.pk])
    accept(case.pk, by=cast.ana, at=AT, due_at=later(days=1))
    promise = case.commitments.get()
    with refused("release.still_on_offer"):
        release_commitment(promise.pk, by=cast.sven, at=plan.on_offer_until, reason="无人领取")
    after = plan.on_offer_until + timedelta(seconds=1)
    assert release_commitment(promise.pk, by=cast.sven, at=after, reason="无人领取").state == CommitmentState.RELEASED


@pytest.mark.parametrize("name", ["ben", "wen", "axel"])
def test_others_may_not(cast, case, promise, name):
    by = getattr(cast, name)
    with denied():
        make_commitment(case.pk, by=by, at=AT, **WHAT)
    with denied():
        keep_commitment(promise.pk, by=by, at=AT, words="已转账")
    with denied():
        break_commitment(promise.pk, by=by, at=later(days=5))
    with denied():
        release_commitment(promise.pk, by=by, at=AT, customer_words="算了")


def test_the_department_that_promised_keeps_it(cast, case):
    """S-PRO-06; but only a handler releases it."""
    promise = make_commitment(case.pk, by=cast.ana, at=AT, **WHAT, department_id=cast.operations.pk)
    with denied():
        release_commitment(promise.pk, by=cast.olga, at=AT, reason="没钱")
    assert keep_commitment(promise.pk, by=cast.olga, at=AT, words="已转账").kept_by == cast.olga


def test_every_remedy_of_money_names_kinds_that_are_in_force():
    kinds = set(compensation_kinds_in_force(AT))
    assert {kind for named in GRANT_KINDS.values() for kind in named} <= kinds
