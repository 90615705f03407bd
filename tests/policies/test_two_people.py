"""Nobody switches a policy on alone: not by the page, the action, a shell's save(), nor raw SQL (both engines)."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from casemgmt.ledger import Refused, signed
from casemgmt.violations import RuleBroken
from policies.actions import activate_policy
from policies.models import PolicyRow, PolicyState
from tests.policies.drafting import AT, WINDOW, a_draft, a_tried_row, an_active_row

pytestmark = pytest.mark.django_db


def test_not_by_the_action(vera):
    with pytest.raises(RuleBroken) as refused:
        activate_policy(a_tried_row(vera).pk, by=vera, at=AT)
    assert refused.value.codes == ["policy.drafter_activates"]


def test_not_by_a_transition_and_save_in_a_shell(vera):
    row = a_tried_row(vera)
    with pytest.raises(ValueError, match="drafter"):
        row.activate(by=vera, at=AT)


def test_not_by_setting_columns_and_save_in_a_shell(vera):
    row = a_tried_row(vera)
    row.__dict__.update(state=PolicyState.ACTIVE, activated_by_id=vera.pk, activated_at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_not_by_update(vera):
    row = a_tried_row(vera)
    with pytest.raises(IntegrityError), transaction.atomic():
        PolicyRow.objects.filter(pk=row.pk).update(state=PolicyState.ACTIVE, activated_by=vera, activated_at=AT)


def test_not_by_raw_sql(vera):
    row = a_tried_row(vera)
    sql = (
        "UPDATE policies_policyrow SET state = 'active', activated_by_id = %s, activated_at = valid_from WHERE id = %s"
    )
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [vera.pk, row.pk])
    assert PolicyRow.objects.get(pk=row.pk).state == PolicyState.TRIED


def test_not_by_naming_another_drafter_afterwards(vera, paul):
    row = a_tried_row(vera)
    with pytest.raises(Refused) as refused, transaction.atomic():
        PolicyRow.objects.filter(pk=row.pk).update(drafted_by=paul)
    assert refused.value.code in ("policy.origin_rewritten", "policy.frozen")


def test_not_by_calling_a_draft_of_ones_own_a_pack(vera):
    """Rows of a pack need no second person: they are the release's, and nobody else's."""
    with pytest.raises(Refused) as refused, transaction.atomic(), signed(by=vera, reason="policy.loaded", at=AT):
        PolicyRow.objects.create(
            kind="calling_window", key="mine", edition=1, title_en="x", title_zh="x", source_en="x", source_zh="x",
            valid_from=AT, body=WINDOW, pack="mine", pack_edition=1, drafted_by=vera,
        )  # fmt: skip
    assert refused.value.code == "policy.pack_of_a_person"


def test_not_born_switched_on(vera, paul):
    row = a_draft(vera)
    row.pk, row.edition = None, 9
    row._state.adding = True
    row.__dict__.update(state=PolicyState.ACTIVE, activated_by_id=paul.pk, activated_at=AT)
    with pytest.raises(Refused), transaction.atomic():
        row.save()


def test_a_begun_edition_is_neither_rewritten_nor_taken_back_nor_deleted(vera, paul, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: AT)
    row = an_active_row(vera, paul)
    for sql in (
        "UPDATE policies_policyrow SET body = '{}' WHERE id = %s",
        "UPDATE policies_policyrow SET state = 'drafted', activated_by_id = NULL, activated_at = NULL WHERE id = %s",
        "UPDATE policies_policyrow SET cases = '[]', reason = 'x' WHERE id = %s",
        "DELETE FROM policies_policyrow WHERE id = %s",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, [row.pk])
    assert PolicyRow.objects.get(pk=row.pk).body == WINDOW
