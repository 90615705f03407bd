"""The file of a case: what a page reads at once says the same as the database, and every rule answers from it alike."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from complaints.admin import buttons
from complaints.case_file import open_file
from complaints.models import CallStep, Complaint, HandlingPlan, PlanOption
from complaints.timeline import FOR_THE_STORY, TOLD, story_of
from policies.lookup import policies_read_once
from tests.admin.world import NOW

pytestmark = pytest.mark.django_db
MOST_STATEMENTS = 5
ROWS = {
    "grants": buttons.GRANT,
    "plans": buttons.PLAN,
    "refusals": buttons.REFUSAL,
    "commitments": buttons.COMMITMENT,
    "tasks": buttons.TASK,
    "evidence": buttons.EVIDENCE,
    "evidence_requests": buttons.EVIDENCE_REQUEST,
    "follow_ups": buttons.FOLLOW_UP,
    "escalations": buttons.ESCALATION,
    "routes": buttons.ROUTE,
    "subjects": buttons.SUBJECT,
    "improvements": buttons.IMPROVEMENT,
}


def opened(case):
    fresh = Complaint.objects.get(pk=case.pk)
    return open_file(fresh, FOR_THE_STORY)


def columns(row):
    deferred = row.get_deferred_fields()
    fields = [field.attname for field in row._meta.concrete_fields if field.attname not in deferred]
    return {name: getattr(row, name) for name in fields}


def test_the_file_holds_what_the_database_holds(world):
    for case in world.cases.values():
        file = opened(case)
        for model, rows in file.rows.items():
            owner = {PlanOption: "plan__case", CallStep: "contact__case"}.get(model, "case")
            stored = {row.pk: columns(row) for row in model._base_manager.filter(**{owner: case})}
            assert {row.pk: columns(row) for row in rows} == stored, model
        for model in TOLD:
            key = "id" if model is Complaint else "case_id"
            stored = {row.pk: columns(row) for row in model.history.filter(**{key: case.pk})}
            for row in file.versions[model]:
                told = columns(row)
                assert told == {name: stored[row.pk][name] for name in told}
            assert len(file.versions[model]) == len(stored)


def test_every_rule_answers_from_the_file_as_from_the_database(world):
    """Each action of each case and row, for three people: the same reasons, with the same facts in them."""
    asked = 0
    for case in world.cases.values():
        fresh, file = Complaint.objects.get(pk=case.pk), opened(case)
        for person in (world.cast.ana, world.cast.sven, world.cast.olga):
            pairs = [(fresh, file.case, buttons.CASE)]
            for accessor, actions in ROWS.items():
                pairs += [
                    (row, held, actions)
                    for row, held in zip(
                        getattr(fresh, accessor).order_by("pk"),
                        sorted(getattr(file.case, accessor).all(), key=lambda row: row.pk),
                        strict=True,
                    )
                ]
            for row, held, actions in pairs:
                for action in actions:
                    if action.why_not:
                        told = action.why_not(row, by=person, at=NOW)
                        assert list(action.why_not(held, by=person, at=NOW)) == list(told), (case.state, action.name)
                        asked += 1
    assert asked > 3000


def test_the_file_takes_the_same_few_statements_however_full_the_case(world):
    for case in world.cases.values():
        fresh = Complaint.objects.get(pk=case.pk)
        with CaptureQueriesContext(connection) as asked:
            open_file(fresh, FOR_THE_STORY)
        assert len(asked) <= MOST_STATEMENTS


def test_the_rules_ask_the_file_and_hardly_the_database(world):
    """Beside the policies, calls and evidence of other cases: no part of this one."""
    case = world.cases["busy"]
    file = opened(case)
    with CaptureQueriesContext(connection) as asked, policies_read_once():
        for action in buttons.CASE:
            if action.why_not:
                action.why_not(file.case, by=world.cast.ana, at=NOW)
    assert len(asked) <= 3


def test_a_story_leaves_the_case_as_it_was(world):
    """A caller who goes on to act asks the database, not what the story has read."""
    case = Complaint.objects.get(pk=world.cases["busy"].pk)
    story_of(case)
    with CaptureQueriesContext(connection) as asked:
        list(case.tasks.all())
    assert len(asked) == 1


def test_what_the_file_cannot_answer_goes_to_the_database(world):
    case = world.cases["offered"]
    file = opened(case)
    plans = file.case.plans.filter(offered_at__isnull=False, options__remedy__isnull=False)
    with CaptureQueriesContext(connection) as asked:
        assert plans.exists()
    assert len(asked) == 1
    with CaptureQueriesContext(connection) as asked:
        assert file.case.plans.get().options.exists()
        assert file.case.plans.exclude(state="superseded").order_by("number").last().case is file.case
        assert (
            [plan.pk for plan in file.case.plans.all()]
            == list(file.case.plans.values_list("pk", flat=True).order_by("pk"))
            == [HandlingPlan.objects.get(case=case).pk]
        )
    assert len(asked) == 2
