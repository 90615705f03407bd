"""An answer has its effect: more authority that is counted and ends, a task for help, one's own hands, or back."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from casemgmt.ledger import Refused, signed
from casemgmt.violations import RuleBroken
from complaints.actions.customers import CustomerData
from complaints.actions.empowering import authority_in_force
from complaints.actions.escalating import decide_escalation, raise_by_hand, raise_escalation
from complaints.actions.granting import submit_grant, why_not_submit_grant
from complaints.actions.weighing_authority import weighings_of
from complaints.models import CaseAuthority, DepartmentTask, Escalation
from complaints.states import EscalationState, GrantState, TaskState
from tests.building import a_negotiating_case, a_registered_case
from tests.cast import AT, later
from tests.money import a_cash_draft, a_request

pytestmark = pytest.mark.django_db

UNTIL = later(days=3)
MORE = {"decision": "more_authority", "answer": "这一单最多赔300元，三天内用。"}


@pytest.fixture
def case(cast):
    return a_negotiating_case(cast)


@pytest.fixture
def raised(cast, case):
    return raise_by_hand(case.pk, by=cast.ana, at=AT, reason="客户要求的赔偿超出我的权限")


def codes(broken):
    return [violation.code for violation in broken.value.violations]


def gives(cast, raised, amount="300.00", until=UNTIL, **acting):
    acting = {"by": cast.sven, "at": AT} | acting
    return decide_escalation(raised.pk, **acting, **MORE, amount=amount, valid_until=until)


def test_the_handler_grants_up_to_the_amount_alone_and_the_row_is_cited(cast, case, raised):
    """S-ESC-03: exactly the amount is enough, one cent more goes to a supervisor."""
    gives(cast, raised)
    grant = a_cash_draft(cast, case, "300.00", at=later(hours=1))
    submit_grant(grant.pk, by=cast.ana, at=later(hours=1))
    grant.refresh_from_db()
    assert (grant.state, grant.approved_by) == (GrantState.APPROVED, None)
    assert grant.limit_policy_id == CaseAuthority.objects.get().limit_policy_id


def test_one_cent_more_waits_for_a_supervisor(cast, case, raised):
    gives(cast, raised)
    grant = a_request(cast, case, "300.01", at=later(hours=1))
    assert grant.state == GrantState.AWAITING_APPROVAL


def test_what_was_granted_on_the_case_counts(cast, case, raised):
    gives(cast, raised)
    a_request(cast, case, "40.00", at=later(minutes=5))
    grant = a_request(cast, case, "260.01", at=later(hours=1))
    assert grant.state == GrantState.AWAITING_APPROVAL


def test_it_ends_at_its_instant_and_holds_for_this_case_and_person_alone(cast, case, raised):
    gives(cast, raised)
    assert authority_in_force(case, cast.ana, at=UNTIL) is None
    assert authority_in_force(case, cast.ana, at=later(days=2)).amount == Decimal("300.00")
    assert authority_in_force(case, cast.ben, at=later(days=2)) is None
    other = a_negotiating_case(cast, customer=CustomerData(name="孟夏", phone="13900001234", account="tb_meng"))
    assert a_request(cast, other, "300.00", at=later(hours=1)).state == GrantState.AWAITING_APPROVAL
    late = a_request(cast, case, "300.00", at=UNTIL)
    assert late.state == GrantState.AWAITING_APPROVAL


def test_the_explanation_says_it_again_years_later(cast, case, raised):
    gives(cast, raised)
    grant = a_request(cast, case, "300.00", at=later(hours=1))
    (weighing,) = weighings_of(grant)
    assert weighing.is_same
    assert (weighing.carried.code, weighing.carried.per_case) == ("case_authority", Decimal("300.00"))


@pytest.mark.parametrize(
    ("amount", "until", "wrong"),
    [
        ("50.00", UNTIL, ["authority.not_higher"]),
        ("500.01", UNTIL, ["authority.above_own"]),
        ("0", UNTIL, ["authority.amount_not_money"]),
        ("100.001", UNTIL, ["authority.amount_not_money"]),
        ("三百", UNTIL, ["authority.amount_not_money"]),
        ("", UNTIL, ["authority.amount_missing"]),
        ("300.00", AT, ["authority.end_in_past"]),
        ("300.00", later(days=14, seconds=1), ["authority.lasts_too_long"]),
        ("300.00", None, ["authority.end_missing"]),
    ],
)
def test_nobody_gives_more_than_they_have_or_without_an_end(cast, raised, amount, until, wrong):
    with pytest.raises(RuleBroken) as broken:
        gives(cast, raised, amount, until)
    assert codes(broken) == wrong
    assert Escalation.objects.get(pk=raised.pk).state == EscalationState.OPEN


def test_exactly_the_own_limit_and_the_longest_time_are_allowed(cast, raised):
    gives(cast, raised, "500.00", later(days=14))
    assert CaseAuthority.objects.get().amount == Decimal("500.00")


def test_nobody_handles_it_so_nobody_gets_more(cast):
    raised = raise_by_hand(a_registered_case(cast).pk, by=cast.ana, at=AT, reason="没人接")
    with pytest.raises(RuleBroken) as broken:
        gives(cast, raised)
    assert codes(broken) == ["authority.nobody_handles"]


def test_more_resources_are_a_task_of_a_department_that_says_what_the_answer_says(cast, case, raised):
    words = {"decision": "more_resources", "answer": "仓库今天复查发货视频。"}
    due = later(days=1)
    decide_escalation(raised.pk, by=cast.sven, at=AT, **words, department_id=cast.warehouse.pk, due_at=due)
    task = DepartmentTask.objects.get(escalation=raised)
    assert (task.state, task.department, task.due_at, str(task.what)) == (
        TaskState.OPEN, cast.warehouse, due, "仓库今天复查发货视频。",
    )  # fmt: skip
    assert (task.made_by, task.case) == (cast.sven, case)


def test_help_without_a_department_or_an_end_is_no_help(cast, raised):
    with pytest.raises(RuleBroken) as broken:
        decide_escalation(raised.pk, by=cast.sven, at=AT, decision="more_resources", answer="给人。")
    assert codes(broken) == ["task.department_missing", "task.due_missing"]


def test_an_answer_higher_up_answers_the_lower_levels_of_the_same_cause(cast, case):
    facts = {"cause": "low_mark:1", "due_at": AT, "by": cast.system, "at": AT}
    low, high = raise_escalation(case, level=1, **facts), raise_escalation(case, level=2, **facts)
    other = raise_escalation(case, level=1, **facts | {"cause": "low_mark:2"})
    decide_escalation(high.pk, by=cast.tara, at=later(hours=1), decision="return", answer="按原方案。")
    states = {row.pk: row.state for row in Escalation.objects.all()}
    assert states == {low.pk: EscalationState.CLOSED, high.pk: EscalationState.DECIDED, other.pk: EscalationState.OPEN}
    assert low.history.latest("history_id").history_change_reason == "escalation.answered_higher_up"


def test_the_answer_to_the_latest_alarm_of_a_level_answers_the_earlier_ones(cast, case):
    facts = {"cause": "low_mark:1", "level": 1, "by": cast.system, "at": AT}
    first = raise_escalation(case, due_at=AT, **facts)
    latest = raise_escalation(case, due_at=later(hours=1), **facts)
    assert list(Escalation.objects.topmost()) == [latest]
    decide_escalation(latest.pk, by=cast.sven, at=later(hours=2), decision="return", answer="按原方案。")
    first.refresh_from_db()
    assert first.state == EscalationState.CLOSED


def written_by_hand(sql, params, by):
    with signed(by=by, reason="test.sql", at=AT), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


@pytest.mark.parametrize(
    ("name", "signs", "code"),
    [("ana", "ana", "escalation.about_oneself"), ("tara", "sven", "escalation.in_another_name")],
)
@pytest.mark.parametrize("column", ["acknowledged_by_id", "decided_by_id"])
def test_sql_cannot_answer_for_others_or_about_oneself(cast, case, column, name, signs, code):
    """Invariant 1, whoever writes: ana handles the case; tara's name is not sven's to write."""
    raised = raise_by_hand(case.pk, by=cast.ben, at=AT, reason="请看一下")
    sql = f"UPDATE complaints_escalation SET {column} = %s WHERE id = %s"
    with pytest.raises(Refused) as refused:
        written_by_hand(sql, [getattr(cast, name).pk, raised.pk], getattr(cast, signs))
    assert refused.value.code == code


def test_sql_cannot_answer_what_oneself_asked_or_raise_an_authority(cast, case, raised):
    own = raise_by_hand(case.pk, by=cast.sven, at=AT, reason="需要法务意见")
    with pytest.raises(IntegrityError, match="escalation_not_decided_by_its_asker"):
        written_by_hand(
            "UPDATE complaints_escalation SET decided_by_id = %s WHERE id = %s", [cast.sven.pk, own.pk], cast.sven
        )
    gives(cast, raised)
    with pytest.raises(Refused) as refused:
        written_by_hand("UPDATE complaints_caseauthority SET amount = 5000", [], cast.sven)
    assert refused.value.code == "case_authority.rewritten"
    with pytest.raises(Refused) as refused:
        written_by_hand("UPDATE complaints_escalation SET raised_by_id = %s", [cast.ben.pk], cast.sven)
    assert refused.value.code == "escalation.raised_otherwise"


def test_a_grant_within_the_own_limit_needs_no_more(cast, case, raised):
    gives(cast, raised)
    grant = a_cash_draft(cast, case, "20.00", at=later(hours=1))
    assert why_not_submit_grant(grant, by=cast.ana, at=later(hours=1)) == []
