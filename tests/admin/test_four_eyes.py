"""Whoever asks does not decide: refusals, words and more time, by form, bulk, direct action, superuser, ORM and SQL."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from casemgmt.ledger import signed
from complaints.actions.extending import approve_extension, ask_for_extension
from complaints.actions.overriding import approve_wording, ask_for_wording
from complaints.actions.proposing_refusals import propose_refusal
from complaints.actions.refusing import approve_refusal
from complaints.actions.stating import state_words
from complaints.vocabulary import StatementKind
from tests.admin.looking import dialog, send, signed_in, version_in
from tests.admin.world import somebody
from tests.building import a_negotiating_case
from tests.cast import AT
from tests.refusals import GROUNDS, an_unreasonable_case
from tests.saying_no import refused

pytestmark = pytest.mark.django_db


def a_refusal(cast, by):
    case = an_unreasonable_case(cast, **somebody())
    facts = GROUNDS | {"evidence_ids": list(case.evidence.values_list("pk", flat=True))}
    return propose_refusal(case.pk, by=by, at=AT, **facts)


def words(cast, by):
    case = a_negotiating_case(cast, **somebody())
    return ask_for_wording(case.pk, by=by, at=AT, words="我给您全额退款。", reason="顾客急用。")[0]


def more_time(cast, by):
    case = a_negotiating_case(cast, **somebody())
    facts = {"clock_id": case.clocks.get(kind="resolution").pk, "amount": 1, "reason": "等检测。"}
    return ask_for_extension(case.pk, by=by, at=AT, explanation="等检测结果。", **facts)


WAYS = {
    "refusal": (a_refusal, approve_refusal, "approve-refusal"),
    "wording": (words, approve_wording, "approve-wording"),
    "extension": (more_time, approve_extension, "approve-extension"),
}


@pytest.fixture(params=WAYS)
def asked(request, world):
    """Sven, who may decide what others ask for, asks himself."""
    ask, approve, name = WAYS[request.param]
    return request.param, ask(world.cast, world.cast.sven), approve, name


def still_waits(row) -> bool:
    state = row.state
    row.refresh_from_db()
    return row.state == state and row.decided_by_id is None


def test_not_by_the_action_and_not_as_a_superuser_either(world, asked):
    _kind, row, approve, _name = asked
    for is_superuser in (False, True):
        person = type(world.cast.sven).objects.get(pk=world.cast.sven.pk)
        person.is_superuser = is_superuser
        with refused("duty.asker_decides"):
            approve(row.pk, by=person, at=AT, remark="同意。")
    assert still_waits(row)


def test_not_by_the_dialog_and_not_by_the_bulk_of_the_inbox(world, asked):
    kind, row, _approve, name = asked
    browser = signed_in(world.cast.sven)
    shown = browser.get(dialog(row, name), HTTP_HX_REQUEST="true")
    assert send(browser, dialog(row, name), remark="同意。", seen_version=version_in(shown)).status_code == 422
    line = f"{kind}-{row.pk}"
    fields = {
        "form_key": str(uuid4()),
        "deed": "approve",
        "line": [line],
        "remark": "同意。",
        f"seen-{line}": row.version,
    }
    answer = browser.post("/admin/approvals/decide/", fields)
    assert not answer.context["results"][0].is_done
    assert still_waits(row)


def test_not_by_the_orm_and_not_by_sql(world, asked):
    _kind, row, _approve, _name = asked
    sven = world.cast.sven
    with signed(by=sven, reason="test", at=AT):
        remark = state_words(row.case, StatementKind.DECISION, "同意。", by=sven, at=AT)
        decided = {"state": "approved", "decided_by": sven, "decided_at": AT, "remark": remark}
        with pytest.raises(IntegrityError), transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(**decided)
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f'UPDATE "{row._meta.db_table}" SET state = %s, decided_by_id = %s, decided_at = %s, remark_id = %s'
                " WHERE id = %s",
                ["approved", sven.pk, AT, remark.pk, row.pk],
            )
    assert still_waits(row)
