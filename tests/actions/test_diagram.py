"""Every pair of states of the case, by Python and by raw SQL: an arrow of the diagram, or a refusal."""

import pytest
from django.db import IntegrityError, connection, transaction
from django_fsm import can_proceed

from casemgmt.ledger import Refused
from complaints.lifecycles import lifecycles
from complaints.models import Complaint
from complaints.states import CaseState
from tests.building import a_case, every_step

pytestmark = pytest.mark.django_db
LIFE = lifecycles()[0]


def test_a_case_in_every_state_can_be_built():
    assert set(every_step()) == set(CaseState)


@pytest.mark.parametrize("state", CaseState)
def test_no_arrow_no_move(cast, state):
    case = a_case(cast, state)
    targets = {arrow.target for arrow in LIFE.arrows if arrow.source == state}
    for target in CaseState:
        if target == state or target in targets:
            continue
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE complaints_complaint SET state = %s WHERE id = %s", [target, case.pk])
        with pytest.raises(IntegrityError), transaction.atomic():
            Complaint.objects.filter(pk=case.pk).update(state=target)
    assert Complaint.objects.get(pk=case.pk).state == state


@pytest.mark.parametrize("state", CaseState)
def test_only_declared_transitions_proceed(cast, state):
    case = a_case(cast, state)
    declared = {arrow.transition for arrow in LIFE.arrows}
    possible = {name for name in declared if can_proceed(getattr(case, name))}
    assert possible == {arrow.transition for arrow in LIFE.arrows if arrow.source == state}


@pytest.mark.parametrize("state", [state for state in CaseState if state != CaseState.REGISTERED])
def test_no_case_is_born_on_its_way(cast, state):
    with pytest.raises(IntegrityError), transaction.atomic():
        Complaint.objects.bulk_create(
            [
                Complaint(
                    case_number="TS20261012-9999-1",
                    state=state,
                    complainant="unknown",
                    channel="phone",
                    received_at="2026-10-12T02:00:00Z",
                    registered_at="2026-10-12T02:00:00Z",
                    registered_by=cast.ana,
                    handler=cast.ana,
                    state_before="assessing",
                    state_before_external="assessing",
                    closed_at="2026-10-12T02:00:00Z",
                    outcome="explained",
                )
            ]
        )


def test_the_way_back_leads_only_where_it_was(cast):
    case = a_case(cast, CaseState.VOIDED)
    for target in ("registered", "investigating", "negotiating"):
        if target != case.state_before:
            with pytest.raises(Refused), transaction.atomic():
                Complaint.objects.filter(pk=case.pk).update(state=target)


def test_a_case_is_never_deleted(cast):
    case = a_case(cast)
    for delete in (case.delete, Complaint.objects.filter(pk=case.pk).delete):
        with pytest.raises((Refused, IntegrityError)), transaction.atomic():
            delete()
    with pytest.raises(Refused), transaction.atomic():
        Complaint.objects.filter(pk=case.pk)._raw_delete("default")
    assert Complaint.objects.filter(pk=case.pk).exists()


def test_whoever_it_is_about_never_handles_it(cast):
    """By SQL either: the guard of the case and the guard of its subjects."""
    case = a_case(cast, CaseState.ASSESSING)
    case.subjects.create(person=cast.ben, named_by=cast.sven, named_at=case.registered_at)
    with pytest.raises(Refused), transaction.atomic():
        Complaint.objects.filter(pk=case.pk).update(handler=cast.ben)
    with pytest.raises(Refused), transaction.atomic():
        case.subjects.create(person=cast.ana, named_by=cast.sven, named_at=case.registered_at)
