"""A policy is drafted, tried, switched on by another person, and then frozen for good."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from casemgmt.ledger import Refused
from casemgmt.violations import CaseMovedOn, RuleBroken
from policies.actions import activate_policy, redraft_policy, revoke_policy, try_policy
from policies.models import PolicyRow, PolicyState
from tests.policies.drafting import AT, WINDOW, a_draft, a_tried_row, an_active_row

DAY = timedelta(days=1)


def codes(refused):
    return refused.value.codes


def test_a_policy_needs_two_people(vera, paul):
    row = a_tried_row(vera)
    with pytest.raises(RuleBroken) as refused:
        activate_policy(row.pk, by=vera, at=AT)
    assert codes(refused) == ["policy.drafter_activates"]
    active = activate_policy(row.pk, by=paul, at=AT)
    assert (active.state, active.activated_by, active.activated_at) == (PolicyState.ACTIVE, paul, AT)
    assert list(row.history.order_by("history_id").values_list("history_change_reason", "history_actor")) == [
        ("policy.drafted", "薇拉"), ("policy.tried", "薇拉"), ("policy.activated", "保罗"),
    ]  # fmt: skip


def test_activation_never_reaches_back(vera, paul):
    exactly_now = a_tried_row(vera, valid_from=AT)
    assert activate_policy(exactly_now.pk, by=paul, at=AT).state == PolicyState.ACTIVE
    a_moment_ago = a_tried_row(vera, key="other", valid_from=AT - timedelta(microseconds=1))
    with pytest.raises(RuleBroken) as refused:
        activate_policy(a_moment_ago.pk, by=paul, at=AT)
    assert codes(refused) == ["policy.reaches_back"]


def test_a_draft_is_not_activated_untried(vera, paul):
    with pytest.raises(RuleBroken) as refused:
        activate_policy(a_draft(vera).pk, by=paul, at=AT)
    assert codes(refused) == ["policy.not_in_this_state"]


def test_activating_twice_changes_nothing_the_second_time(vera, paul):
    row = an_active_row(vera, paul)
    with pytest.raises(RuleBroken):
        activate_policy(row.pk, by=paul, at=AT)
    assert row.history.count() == 3


def test_two_active_rows_of_a_key_never_begin_together(vera, paul):
    an_active_row(vera, paul)
    second = a_tried_row(vera)
    with pytest.raises(RuleBroken) as refused:
        activate_policy(second.pk, by=paul, at=AT)
    assert codes(refused) == ["policy.begins_twice"]
    with pytest.raises(IntegrityError), transaction.atomic():
        PolicyRow.objects.filter(pk=second.pk).update(state=PolicyState.ACTIVE, activated_by=paul, activated_at=AT)


def test_everything_wrong_with_an_activation_is_said_at_once(vera):
    row = a_tried_row(vera, valid_from=AT - DAY)
    with pytest.raises(RuleBroken) as refused:
        activate_policy(row.pk, by=vera, at=AT)
    assert codes(refused) == ["policy.drafter_activates", "policy.reaches_back"]


def test_only_what_has_not_begun_is_revoked(vera, paul):
    coming = an_active_row(vera, paul, valid_from=AT + DAY)
    assert revoke_policy(coming.pk, by=paul, at=AT).state == PolicyState.REVOKED
    begun = an_active_row(vera, paul, valid_from=AT + DAY)
    with pytest.raises(RuleBroken) as refused:
        revoke_policy(begun.pk, by=paul, at=AT + DAY)
    assert codes(refused) == ["policy.has_begun"]


def test_a_revoked_row_leaves_its_beginning_free(vera, paul):
    revoke_policy(an_active_row(vera, paul).pk, by=paul, at=AT)
    assert an_active_row(vera, paul).edition == 2


def test_a_tried_row_goes_back_to_the_desk_to_be_changed(vera):
    row = a_tried_row(vera)
    row.body = WINDOW | {"calls_a_day": 1}
    with pytest.raises(Refused, match="frozen"), transaction.atomic():
        row.save()
    row = redraft_policy(row.pk, by=vera, at=AT)
    row.body = WINDOW | {"calls_a_day": 1}
    row.save()
    assert try_policy(row.pk, by=vera, at=AT).value().calls_a_day == 1


@pytest.mark.parametrize("column", ["body", "valid_from", "title_en", "source_zh", "closing", "check_with_counsel"])
def test_an_active_row_is_frozen_by_any_path(vera, paul, column):
    row = an_active_row(vera, paul)
    changed = {
        "body": {}, "valid_from": AT + 2 * DAY, "title_en": "x", "source_zh": "x", "closing": True,
        "check_with_counsel": True,
    }[column]  # fmt: skip
    with pytest.raises(Refused) as refused, transaction.atomic():
        PolicyRow.objects.filter(pk=row.pk).update(**{column: changed})
    assert refused.value.code == "policy.frozen"


@pytest.mark.parametrize("column", ["activated_at", "activated_by"])
def test_who_activated_and_when_never_changes(vera, paul, release, column):
    row = an_active_row(vera, paul)
    changed = {"activated_at": AT - DAY, "activated_by": release}[column]
    with pytest.raises(Refused) as refused, transaction.atomic():
        PolicyRow.objects.filter(pk=row.pk).update(**{column: changed})
    assert refused.value.code == "policy.activation_rewritten"


@pytest.mark.parametrize("change", [{"pack": "x", "pack_edition": 1}, {"key": "x"}, {"edition": 9}])
def test_where_a_row_comes_from_never_changes(vera, change):
    row = a_draft(vera)
    with pytest.raises(Refused) as refused, transaction.atomic():
        PolicyRow.objects.filter(pk=row.pk).update(**change)
    assert refused.value.code == "policy.origin_rewritten"


def test_the_database_too_wants_a_second_person_and_no_past(vera, paul):
    row = a_tried_row(vera)
    for values in ({"activated_by": vera, "activated_at": AT}, {"activated_by": paul, "activated_at": AT + 9 * DAY}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PolicyRow.objects.filter(pk=row.pk).update(state=PolicyState.ACTIVE, **values)


def test_a_row_is_born_a_draft(vera):
    row = a_draft(vera)
    row.pk = None
    row._state.adding = True
    row.edition += 1
    row.__dict__["state"] = PolicyState.TRIED
    with pytest.raises(Refused), transaction.atomic():
        row.save()


def test_somebody_was_faster(vera):
    row = a_draft(vera)
    stale = PolicyRow.objects.get(pk=row.pk)
    row.title_en = "first"
    row.save()
    stale.title_en = "second"
    with pytest.raises(CaseMovedOn):
        stale.save()


def test_a_faulty_body_names_every_place(vera):
    body = WINDOW | {"calls_a_day": "three", "opens": "25:00", "surprise": 1}
    del body["gap_minutes"]
    with pytest.raises(ValidationError) as refused:
        a_draft(vera, body=body)
    told = " ".join(refused.value.message_dict["body"])
    assert all(place in told for place in ("calls_a_day", "opens", "surprise", "gap_minutes"))


def test_a_name_that_leads_nowhere_is_refused_at_activation(vera, paul):
    ladder = {
        "calendar": "mars",
        "steps": [{"level": 1, "after": {"amount": 0, "unit": "minutes"}, "to_role": "supervisor"}],
    }
    row = a_tried_row(vera, kind="escalation", key="late", body=ladder)
    with pytest.raises(RuleBroken) as refused:
        activate_policy(row.pk, by=paul, at=AT)
    assert codes(refused) == ["policy.name_leads_nowhere"]
    assert PolicyRow.objects.get(pk=row.pk).state == PolicyState.TRIED


def test_what_others_name_is_not_closed_or_revoked_under_them(vera, paul):
    closing = a_tried_row(vera, kind="calendar", key="cn-official", closing=True)
    with pytest.raises(RuleBroken) as refused:
        activate_policy(closing.pk, by=paul, at=AT)
    assert set(codes(refused)) == {"policy.name_leads_nowhere"}


def test_a_closing_row_has_no_body(vera):
    with translation.override("en"), pytest.raises(ValidationError, match="no content"):
        a_draft(vera, closing=True, body=WINDOW)
