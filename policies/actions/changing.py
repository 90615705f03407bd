"""Changing a policy: drafted, tried, switched on by somebody else, and taken back only before it begins."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from casemgmt.ledger import signed
from casemgmt.people.one_person import accounts_of
from casemgmt.violations import Violation, demand
from policies.lookup import PolicyBook
from policies.models import PolicyRow, PolicyState
from policies.readiness import counts_of_dry_run, violations_in_content, violations_in_dry_runs
from policies.rules.activation import violations_in_activation, violations_in_move, violations_in_revocation
from policies.rules.references import violations_in_references
from policies.rules.template_wording import violations_in_template_wording
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
    reason: str = "",
    cases: Iterable[dict] = (),
    review_on: date | None = None,
) -> PolicyRow:
    """A new edition of a policy, not yet tried. `title` and `source` hold "en" and "zh".

    `cases` are its own, which it must answer rightly before it is tried. ValidationError names every fault of the
    fields and the body.
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
        reason=reason,
        cases=list(cases),
        review_on=review_on,
        drafted_by=by,
    )
    row.full_clean(exclude=["state"])
    with signed(by=by, reason="policy.drafted", at=at):
        row.save()
    return row


@transaction.atomic
def try_policy(policy_id: int, *, by, at: datetime) -> PolicyRow:
    """The draft holds together and its own cases hold; from here on its words are fixed."""
    row = locked_row(policy_id)
    demand(violations_in_move(row.state, PolicyState.DRAFTED), violations_in_content(row))
    with signed(by=by, reason="policy.tried", at=at):
        row.try_out()
        row.save()
    return row


@transaction.atomic
def redraft_policy(policy_id: int, *, by, at: datetime, remark: str = "") -> PolicyRow:
    """A tried row goes back to the desk; `remark` says to its drafter why."""
    row = locked_row(policy_id)
    demand(violations_in_move(row.state, PolicyState.TRIED))
    with signed(by=by, reason="policy.redrafted", at=at):
        row.redraft(remark=remark)
        row.save()
    return row


@transaction.atomic
def activate_policy(policy_id: int, *, by, at: datetime) -> PolicyRow:
    """Somebody other than the drafter switches a tried row on; it is in force from its `valid_from`.

    Where the kind can change cases, a finished dry run of just this text is needed; the row keeps its counts.
    """
    row = locked_row(policy_id)
    demand(why_not_activate(row, by=by, at=at))
    with signed(by=by, reason="policy.activated", at=at):
        row.activate(by=by, at=at)
        row.dry_run = counts_of_dry_run(row)
        row.save()
    demand(violations_in_policies_from(row.valid_from))
    return row


def why_not_activate(row: PolicyRow, *, by, at: datetime) -> list[Violation]:
    """Everything that stands against switching the row on; of a row in another state only that."""
    moves = list(violations_in_move(row.state, PolicyState.TRIED))
    if moves:
        return moves
    others = PolicyRow.objects.filter(
        kind=row.kind, key=row.key, valid_from=row.valid_from, state=PolicyState.ACTIVE
    ).exclude(pk=row.pk)
    return [
        *violations_in_activation(
            drafter=row.drafted_by_id,
            activator=accounts_of(by),
            valid_from=row.valid_from,
            at=at,
            begins_with_another=others.exists(),
        ),
        *violations_in_content(row),
        *violations_in_dry_runs(row, at),
    ]


@transaction.atomic
def revoke_policy(policy_id: int, *, by, at: datetime) -> PolicyRow:
    """An active row that has not begun is taken back."""
    row = locked_row(policy_id)
    demand(
        violations_in_move(row.state, PolicyState.ACTIVE), violations_in_revocation(valid_from=row.valid_from, at=at)
    )
    with signed(by=by, reason="policy.revoked", at=at):
        row.revoke(by=by, at=at)
        row.save()
    demand(violations_in_policies_from(row.valid_from))
    return row


def violations_in_policies_from(instant: datetime):
    """Names that lead nowhere and templates with forbidden words, at `instant` and at every later change known."""
    book, found = PolicyBook(), []
    for change in (instant, *(later for later in book.changes if later > instant)):
        policies = book.on(change)
        values = {kind: policies.of_kind(kind) for kind in KINDS}
        broken = violations_in_references(values)
        forbidden = violations_in_template_wording(policies.templates.values(), policies.lexicon)
        found += [violation for violation in (*broken, *forbidden) if violation not in found]
    return found


def locked_row(policy_id: int) -> PolicyRow:
    """The row, held until the transaction ends."""
    return PolicyRow.objects.select_for_update().get(pk=policy_id)
