"""What happens to a draft before it is tried: begun from the edition in force, rewritten, given up."""

from datetime import date, datetime

from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.violations import CaseMovedOn, demand
from policies.actions.changing import draft_policy, locked_row
from policies.cases.own import cases_for
from policies.models import PolicyRow, PolicyState
from policies.rules.activation import violations_in_move
from policies.rules.freshness import review_day


@transaction.atomic
def draft_change(
    policy_id: int, *, by, at: datetime, valid_from: datetime, reason: str, closing: bool = False
) -> PolicyRow:
    """A new edition that starts as a copy of this one, with its own cases or those of its pack that touch it.

    With `closing` the draft ends the policy instead. The second time makes a second draft.
    """
    base = PolicyRow.objects.get(pk=policy_id)
    return draft_policy(
        by=by,
        at=at,
        kind=base.kind,
        key=base.key,
        title={"en": base.title_en, "zh": base.title_zh},
        source={"en": base.source_en, "zh": base.source_zh},
        valid_from=valid_from,
        body={} if closing else base.body,
        closing=closing,
        check_with_counsel=base.check_with_counsel,
        reason=reason,
        cases=[] if closing or base.closing else cases_for(base),
        review_on=None if closing else review_day(base.kind, at.date()),
    )


@transaction.atomic
def draft_new(
    _no_row,
    *,
    by,
    at: datetime,
    like_id: int,
    key: str,
    title: dict[str, str],
    source: dict[str, str],
    valid_from: datetime,
    reason: str,
) -> PolicyRow:
    """The first edition of a key, with the text of another policy of its kind to start from. No case comes along."""
    like = PolicyRow.objects.get(pk=like_id)
    return draft_policy(
        by=by,
        at=at,
        kind=like.kind,
        key=key,
        title=title,
        source=source,
        valid_from=valid_from,
        body=like.body,
        check_with_counsel=like.check_with_counsel,
        reason=reason,
        review_on=review_day(like.kind, at.date()),
    )


@transaction.atomic
def rewrite_draft(
    policy_id: int,
    *,
    by,
    at: datetime,
    title: dict[str, str],
    source: dict[str, str],
    valid_from: datetime,
    body: dict,
    reason: str,
    check_with_counsel: bool = False,
    review_on: date | None = None,
    seen_version: int | None = None,
) -> PolicyRow:
    """Another text for a draft. ValidationError names every fault; CaseMovedOn when somebody else was faster.

    Nothing that was tried is rewritten: it goes back to the desk first. What dry runs said of the old text is stale.
    """
    row = locked_row(policy_id)
    demand(violations_in_move(row.state, PolicyState.DRAFTED))
    if seen_version is not None and seen_version != row.version:
        raise CaseMovedOn(f"policy {policy_id} is at version {row.version}, not {seen_version}")
    row.title_en, row.title_zh = title["en"], title["zh"]
    row.source_en, row.source_zh = source["en"], source["zh"]
    row.valid_from, row.body, row.reason = valid_from, body, reason
    row.check_with_counsel, row.review_on = check_with_counsel, review_on
    row.full_clean(exclude=["state"])
    with signed(by=by, reason="policy.rewritten", at=at):
        row.save()
    return row


@transaction.atomic
def discard_policy(policy_id: int, *, by, at: datetime) -> PolicyRow:
    """A draft, tried or not, is given up; it stays readable, and never comes into force."""
    row = locked_row(policy_id)
    demand(violations_in_move(row.state, PolicyState.DRAFTED, PolicyState.TRIED))
    with signed(by=by, reason="policy.discarded", at=at):
        row.discard()
        row.save()
    return row
