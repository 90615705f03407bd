"""More time for a deadline: asked for, decided by a second person, the old date beside the new one."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from casemgmt.models import Notice
from casemgmt.violations import RuleBroken
from complaints.actions.extending import (
    approve_extension,
    ask_for_extension,
    reject_extension,
    take_back_extension,
    why_not_ask_for_extension,
)
from complaints.actions.pausing import begin_pause, end_pause
from complaints.actions.withdrawing import withdraw
from complaints.invariants.times import clocks as broken_clocks
from complaints.models import Clock, ClockExtension
from complaints.states import ExtensionState
from complaints.timeline import story_of
from complaints.vocabulary import DueChangeCause
from tests.building import an_assessing_case, an_investigating_case
from tests.cast import SHANGHAI, later

pytestmark = pytest.mark.django_db

WHY = {"reason": "检测机构周五才出报告", "explanation": "检测报告周五出，我们会在下周一前答复您。"}


@pytest.fixture
def case(cast):
    return an_assessing_case(cast)


def resolution(case):
    return case.clocks.get(kind=Clock.Kind.RESOLUTION)


def ask(cast, case, *, kind=Clock.Kind.RESOLUTION, at=None, amount=2, by=None, **changes):
    clock = case.clocks.get(kind=kind)
    words = WHY | changes
    return ask_for_extension(
        case.pk, by=by or cast.ana, at=at or later(hours=1), clock_id=clock.pk, amount=amount, **words
    )


def codes(broken):
    return [violation.code for violation in broken.value.violations]


def test_nothing_moves_until_a_second_person_agrees_and_the_first_date_stays(cast, case):
    before = resolution(case)
    extension = ask(cast, case)
    assert resolution(case).due_at == before.due_at
    approve_extension(extension.pk, by=cast.sven, at=later(hours=2))
    clock = resolution(case)
    local = clock.due_at.astimezone(SHANGHAI)
    assert (local.month, local.day, local.hour) == (10, 21, 18)
    assert clock.first_due_at == before.due_at
    change = clock.changes.get()
    assert (change.cause, change.due_before, change.due_after) == (
        DueChangeCause.EXTENDED, before.due_at, clock.due_at,
    )  # fmt: skip
    case.refresh_from_db()
    assert not list(broken_clocks())


def test_the_timeline_tells_old_and_new_and_the_customer_must_be_told(cast, case):
    approve_extension(ask(cast, case).pk, by=cast.sven, at=later(hours=2))
    entry = story_of(case)[0]
    assert entry.reason == "extension.approved"
    moved = next(change for change in entry.changes if change.old and "2026" in change.old)
    assert moved.old != moved.new
    promise = case.commitments.get()
    assert (promise.owner, promise.due_at, promise.what.words) == (cast.ana, later(hours=26), WHY["explanation"])
    assert {"sven", "ana"} <= {notice.person.username for notice in Notice.objects.all()}


@pytest.mark.parametrize("name", ["ana", "ben", "olga", "axel", "wen"])
def test_only_a_supervisor_decides_and_never_the_asker(cast, case, name):
    extension = ask(cast, case)
    with pytest.raises(PermissionDenied):
        approve_extension(extension.pk, by=getattr(cast, name), at=later(hours=2))


def test_who_asked_does_not_decide_and_the_database_says_so_too(cast, case):
    extension = ask(cast, case, by=cast.sven)
    with pytest.raises(RuleBroken) as broken:
        approve_extension(extension.pk, by=cast.sven, at=later(hours=2))
    assert codes(broken) == ["duty.asker_decides"]
    with pytest.raises(IntegrityError), transaction.atomic():
        ClockExtension.objects.filter(pk=extension.pk).update(
            state=ExtensionState.APPROVED, decided_by=cast.sven, decided_at=later(hours=2)
        )


def test_twice_is_refused_at_every_door(cast, case):
    extension = ask(cast, case)
    with pytest.raises(RuleBroken) as broken:
        ask(cast, case)
    assert codes(broken) == ["extension.pending"]
    approve_extension(extension.pk, by=cast.sven, at=later(hours=2))
    for decide in (approve_extension, reject_extension):
        with pytest.raises(RuleBroken) as broken:
            decide(
                extension.pk, by=cast.tara, at=later(hours=3), **({"reason": "x"} if decide is reject_extension else {})
            )
        assert codes(broken) == ["extension.not_possible_from"]
    with pytest.raises(RuleBroken) as broken:
        ask(cast, case, at=later(hours=3))
    assert codes(broken) == ["extension.too_often"]


def test_every_reason_comes_at_once(cast, case):
    with pytest.raises(RuleBroken) as broken:
        ask(cast, case, amount=6, reason=" ", explanation="")
    assert codes(broken) == [
        "extension.amount_out_of_range", "extension.reason_missing", "extension.explanation_missing",
    ]  # fmt: skip


@pytest.mark.parametrize(("amount", "is_allowed"), [(0, False), (1, True), (5, True), (6, False)])
def test_the_boundary_of_the_policy(cast, case, amount, is_allowed):
    if is_allowed:
        assert ask(cast, case, amount=amount).amount == amount
        return
    with pytest.raises(RuleBroken):
        ask(cast, case, amount=amount)


def test_what_the_policy_does_not_extend_is_not_extended(cast, case):
    with pytest.raises(RuleBroken) as broken:
        ask(cast, case, kind=Clock.Kind.STATUTORY)
    assert codes(broken) == ["extension.not_allowed"]


def test_after_the_due_instant_it_is_too_late_and_exactly_at_it_is_not(cast, case):
    due = resolution(case).due_at
    with pytest.raises(RuleBroken) as broken:
        ask(cast, case, at=due + timedelta(microseconds=1))
    assert codes(broken) == ["extension.too_late"]
    assert ask(cast, case, at=due)


def test_a_refusal_and_a_request_taken_back_move_nothing(cast, case):
    due = resolution(case).due_at
    reject_extension(ask(cast, case).pk, by=cast.sven, at=later(hours=2), reason="周三前能查清")
    take_back_extension(ask(cast, case, at=later(hours=3)).pk, by=cast.ana, at=later(hours=4))
    assert resolution(case).due_at == due
    assert not resolution(case).changes.exists()
    assert not case.commitments.exists()


def test_a_pause_after_the_extension_counts_on_top_of_it(cast):
    case = an_investigating_case(cast)
    approve_extension(ask(cast, case).pk, by=cast.sven, at=later(hours=2))
    extended = resolution(case).due_at
    begin_pause(
        case.pk, by=cast.ana, at=later(hours=3), category="awaiting_test", reason="等检测", asked_of="third_party",
        asked_what="检测报告",
    )  # fmt: skip
    end_pause(case.pk, by=cast.ana, at=later(days=2, hours=3))
    clock = resolution(case)
    assert clock.due_at == extended + timedelta(days=1)
    assert [change.cause for change in clock.changes.all()] == [DueChangeCause.EXTENDED, DueChangeCause.PAUSE]
    assert not list(broken_clocks())


def test_a_request_lapses_with_its_clock(cast, case):
    extension = ask(cast, case)
    withdraw(case.pk, by=cast.ana, at=later(hours=3), words="不投诉了，谢谢。")
    extension.refresh_from_db()
    assert extension.state == ExtensionState.WITHDRAWN
    case.refresh_from_db()
    assert [found.code for found in why_not_ask_for_extension(case, by=cast.ana, at=later(hours=4))] == [
        "extension.case_ended"
    ]
