"""Dry runs: a draft is held against the cases in the worker, batch after batch, and nothing but the result is kept."""

import logging
from collections import Counter
from datetime import datetime

from django.db import InterfaceError, OperationalError, transaction

from casemgmt.outbox import put
from casemgmt.violations import Violation, demand
from policies.actions.changing import locked_row
from policies.cases.own import book_with
from policies.dry_running import Comparison, can_change_cases, cases, effects_of
from policies.in_force import PolicyBook
from policies.models import DryRun, DryRunLine, PolicyRow, PolicyState
from policies.readiness import digest, row_in_force, violations_in_body
from policies.rules.activation import violations_in_move

logger = logging.getLogger(__name__)

BATCH = 200
TRIES = 3
UNDER_WAY = (DryRun.State.WAITING, DryRun.State.RUNNING)


def why_not_dry_run(row: PolicyRow, *, by, at: datetime) -> list[Violation]:
    """What stands against holding the row against the cases."""
    moves = list(violations_in_move(row.state, PolicyState.DRAFTED, PolicyState.TRIED))
    if moves:
        return moves
    if not can_change_cases(row.kind):
        return [Violation("policy.changes_no_cases")]
    if row.dry_runs.filter(state__in=UNDER_WAY).exists():
        return [Violation("policy.dry_run_under_way")]
    return list(violations_in_body(row))


@transaction.atomic
def ask_dry_run(policy_id: int, *, by, at: datetime) -> DryRun:
    """Ask for a dry run of a draft, tried or not; the worker makes it. Refused while another is under way.

    It is bound to the text of the draft and to the edition in force: when either changes it no longer counts.
    """
    row = locked_row(policy_id)
    demand(why_not_dry_run(row, by=by, at=at))
    base = row_in_force(row, at)
    return DryRun.objects.create(
        row=row,
        digest=digest(row),
        base_id=base.pk if base else None,
        asked_by=by,
        asked_at=at,
        cases=cases().count(at),
    )


@transaction.atomic
def stop_dry_run(policy_id: int, *, by, at: datetime) -> PolicyRow:
    """Stop the dry run that is under way; what it found so far is dropped."""
    row = locked_row(policy_id)
    run = row.dry_runs.filter(state__in=UNDER_WAY).first()
    demand([] if run else [Violation("policy.no_dry_run_under_way")])
    run = DryRun.objects.select_for_update().get(pk=run.pk)
    if run.is_under_way:
        run.lines.all().delete()
        run.state, run.finished_at, run.counts = DryRun.State.STOPPED, at, {}
        run.save()
    return row


def run_all(at: datetime) -> tuple[int, int, str]:
    """Go on with every dry run that was asked for; how many were in hand, how many cases were looked at, no error.

    Twice or in parallel is harmless: a batch is taken under the lock of its run, and is written whole or not at all.
    """
    keys = list(DryRun.objects.filter(state__in=UNDER_WAY).order_by("pk").values_list("pk", flat=True))
    return len(keys), sum(run_one(key, at=at) for key in keys), ""


def run_one(run_id: int, *, at: datetime) -> int:
    """Look at every case that is still to be looked at; returns how many were. A run that fails says so."""
    run = DryRun.objects.select_related("row").filter(pk=run_id, state__in=UNDER_WAY).first()
    if run is None:
        return 0
    looked_at = 0
    try:
        if not _take_in_hand(run_id, at):
            return 0
        before = PolicyBook()
        comparison = Comparison(run.row.kind, run.row.key, run.asked_at, before, book_with(run.row))
        while found := _next_batch(run_id, comparison):
            looked_at += found
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        logger.exception("dry run %s of policy %s broke", run_id, run.row_id)
        DryRun.objects.filter(pk=run_id, state__in=UNDER_WAY).update(state=DryRun.State.FAILED, finished_at=at)
        return looked_at
    _finish(run_id, at)
    return looked_at


@transaction.atomic
def _take_in_hand(run_id: int, at: datetime) -> bool:
    """Count the try before anything else, should this worker die on it; set aside what killed several workers."""
    run = DryRun.objects.select_for_update(skip_locked=True).filter(pk=run_id, state__in=UNDER_WAY).first()
    if run is None:
        return False
    run.tries += 1
    run.state = DryRun.State.RUNNING if run.tries <= TRIES else DryRun.State.FAILED
    run.finished_at = at if run.tries > TRIES else None
    run.save(update_fields=["tries", "state", "finished_at"])
    return run.tries <= TRIES


@transaction.atomic
def _next_batch(run_id: int, comparison: Comparison) -> int:
    run = DryRun.objects.select_for_update().get(pk=run_id)
    if run.state != DryRun.State.RUNNING:
        return 0
    found = cases().batch(comparison.at, run.last_case, BATCH)
    if not found:
        return 0
    lines = [DryRunLine(run=run, **effect._asdict()) for effect in effects_of(comparison, found)]
    DryRunLine.objects.bulk_create(lines, batch_size=BATCH)
    counts = Counter(run.counts)
    counts.update(f"{line.what}.{line.verdict}" for line in lines)
    counts["changed"] += len({line.case_id for line in lines})
    run.counts, run.last_case, run.looked_at, run.tries = dict(counts), found[-1], run.looked_at + len(found), 0
    run.save(update_fields=["counts", "last_case", "looked_at", "tries"])
    return len(found)


@transaction.atomic
def _finish(run_id: int, at: datetime) -> None:
    run = DryRun.objects.select_for_update(of=("self",)).select_related("asked_by", "row").get(pk=run_id)
    if run.state != DryRun.State.RUNNING:
        return
    run.state, run.finished_at, run.cases = DryRun.State.DONE, at, run.looked_at
    run.save(update_fields=["state", "finished_at", "cases"])
    put(
        "notice.policy_dry_run_done",
        key=f"notice.policy_dry_run_done:{run.pk}",
        to=run.asked_by,
        at=at,
        subject=run.row,
        params={"cases": run.cases, "changed": run.counts.get("changed", 0)},
    )
