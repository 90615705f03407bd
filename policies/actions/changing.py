"""Changing a policy: drafted, tried, switched on by somebody else, and taken back only before it begins."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from casemgmt.ledger import signed
from casemgmt.violations import demand
from policies.lookup import PolicyBook
from policies.models import PolicyRow, PolicyState
from policies.reading import BodyRefused
from policies.rules.activation import violations_in_activation, violations_in_move, violations_in_revocation
from policies.rules.references import violations_in_references
from policies.values import KINDS


@transaction.atomic
def draft_policy(
    *,
    by,
    at: datetime,
    kind: str,
    key: str,
    title: dict[str, str],
    source: dict[str, str],
    valid_from: datetime,
    body: dict | None = None,
    closing: bool = False,
    check_with_counsel: bool = False,
) -> PolicyRow:
    """A new edition of a policy, not yet tried. `title` and `source` hold "en" and "zh".

    ValidationError names every fault of the fields and the body.
    """
    newest = PolicyRow.objects.filter(kind=kind, key=key).aggregate(newest=Max("edition"))["newest"] or 0
    row = PolicyRow(
        kind=kind,
        key=key,
        edition=newest + 1,
        title_en=title["en"],
        title_zh=title["zh"],
        source_en=source["en"],
        source_zh=source["zh"],
        valid_from=valid_from,
        body=body or {},
        closing=closing,
        check_with_counsel=check_with_counsel,
        drafted_by=by,
    )
    row.full_clean(exclude=["state"])
    with signed(by=by, reason="policy.drafted", at=at):
        row.save()
    return row


@transaction.atomic
def try_policy(policy_id: int, *, by, at: datetime) -> PolicyRow:
    """The draft holds together and every name in it leads somewhere; from here on its words are fixed."""
    row = _locked(policy_id)
    demand(violations_in_move(row.state, PolicyState.DRAFTED), _violations_in_body(row))
    with signed(by=by, reason="policy.tried", at=at):
        row.try_out()
        row.save()
    return row


@transaction.atomic
def redraft_policy(policy_id: int, *, by, at: datetime) -> PolicyRow:
    """A tried row goes back to the desk."""
    row = _locked(policy_id)
    demand(violations_in_move(row.state, PolicyState.TRIED))
    with signed(by=by, reason="policy.redrafted", at=at):
        row.redraft()
        row.save()
    return row


@transaction.atomic
def activate_policy(policy_id: int, *, by, at: datetime) -> PolicyRow:
    """Somebody other than the drafter switches a tried row on; it is in force from its `valid_from`."""
    row = _locked(policy_id)
    others = PolicyRow.objects.filter(
        kind=row.kind, key=row.key, valid_from=row.valid_from, state=PolicyState.ACTIVE
    ).exclude(pk=row.pk)
    demand(
        violations_in_move(row.state, PolicyState.TRIED),
        violations_in_activation(
            drafter=row.drafted_by_id,
            activator=by.pk,
            valid_from=row.valid_from,
            at=at,
            begins_with_another=others.exists(),
        ),
    )
    with signed(by=by, reason="policy.activated", at=at):
        row.activate(by=by, at=at)
        row.save()
    demand(violations_in_policies_from(row.valid_from))
    return row


@transaction.atomic
def revoke_policy(policy_id: int, *, by, at: datetime) -> PolicyRow:
    """An active row that has not begun is taken back."""
    row = _locked(policy_id)
    demand(
        violations_in_move(row.state, PolicyState.ACTIVE), violations_in_revocation(valid_from=row.valid_from, at=at)
    )
    with signed(by=by, reason="policy.revoked", at=at):
        row.revoke(by=by, at=at)
        row.save()
    demand(violations_in_policies_from(row.valid_from))
    return row


def violations_in_policies_from(instant: datetime):
    """Names that lead nowhere, at `instant` and at every later change that is known."""
    book, found = PolicyBook(), []
    for change in (instant, *(later for later in book.changes if later > instant)):
        policies = book.on(change)
        for violation in violations_in_references({kind: policies.of_kind(kind) for kind in KINDS}):
            if violation not in found:
                found.append(violation)
    return found


def _locked(policy_id: int) -> PolicyRow:
    return PolicyRow.objects.select_for_update().get(pk=policy_id)


def _violations_in_body(row: PolicyRow):
    if row.closing:
        return
    try:
        row.value()
    except BodyRefused as refused:
        yield from refused.violations
