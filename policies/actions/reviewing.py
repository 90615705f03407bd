"""Looking at policies again: the day comes, somebody looks, and says until when it stands (S-POL-11, S-CLO-08)."""

from datetime import date, datetime

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Exists, OuterRef

from casemgmt.ledger import signed
from casemgmt.outbox import Word, put_many
from casemgmt.people.groups import GroupName
from casemgmt.violations import Violation, demand
from policies.actions.changing import locked_row
from policies.models import PolicyRow, PolicyState
from policies.rules.activation import violations_in_move

REMINDED_AT_ONCE = 200


@transaction.atomic
def review_policy(policy_id: int, *, by, at: datetime, words: str, next_on: date) -> PolicyRow:
    """An active row was looked at and stands; it comes up again on `next_on`. Each review is kept by history."""
    row = locked_row(policy_id)
    demand(
        violations_in_move(row.state, PolicyState.ACTIVE),
        [] if words.strip() else [Violation("policy.review_says_nothing", field="words")],
        [] if next_on > at.date() else [Violation("policy.review_not_ahead", field="next_on")],
    )
    row.review_words, row.review_on, row.reviewed_by, row.reviewed_at = words, next_on, by, at
    with signed(by=by, reason="policy.reviewed", at=at):
        row.save()
    return row


def due_for_review(on: date):
    """Active rows that should be looked at, and that no later edition replaces or ends."""
    later = PolicyRow.objects.filter(
        kind=OuterRef("kind"), key=OuterRef("key"), state=PolicyState.ACTIVE, valid_from__gt=OuterRef("valid_from")
    )
    rows = PolicyRow.objects.filter(state=PolicyState.ACTIVE, closing=False, review_on__lte=on)
    return rows.filter(~Exists(later))


def remind_of_reviews(at: datetime) -> tuple[int, int, str]:
    """Tell every policy editor of the rows whose day has come; how many rows, how many were told, and no error.

    Twice is harmless: a notice is one for ever per row and day.
    """
    rows = list(due_for_review(at.date()).order_by("review_on", "pk")[:REMINDED_AT_ONCE])
    editors = get_user_model().objects.filter(groups__name=GroupName.POLICY_EDITORS, is_active=True)
    words = [
        Word(
            "notice.policy_review_due",
            f"notice.policy_review_due:{row.pk}:{row.review_on.isoformat()}:{person.pk}",
            person,
            row,
            params={"title_en": row.title_en, "title_zh": row.title_zh, "edition": row.edition},
        )
        for row in rows
        for person in editors
    ]
    put_many(words, at=at)
    return len(rows), len(words), ""
