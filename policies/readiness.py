"""Whether a draft may be switched on: its own cases hold, and a dry run of just this text was finished."""

from collections.abc import Iterator
from datetime import datetime

from casemgmt.violations import Violation
from policies.cases.own import violations_in_own_cases
from policies.dry_running import can_change_cases
from policies.lookup import lexicon_in_force
from policies.models import DryRun, PolicyKind, PolicyRow, PolicyState
from policies.reading import BodyRefused
from policies.rules.freshness import digest_of, violations_in_dry_run
from policies.rules.template_wording import violations_in_template_wording


def row_in_force(row: PolicyRow, at: datetime) -> PolicyRow | None:
    """The edition of the same key that holds at `at`, None when there is none or the key is closed."""
    rows = PolicyRow.objects.filter(kind=row.kind, key=row.key, state=PolicyState.ACTIVE, valid_from__lte=at)
    newest = rows.exclude(pk=row.pk).order_by("-valid_from").first()
    return None if newest is None or newest.closing else newest


def digest(row: PolicyRow) -> str:
    """What a dry run of this row is bound to."""
    return digest_of(row.kind, row.key, row.body, closing=row.closing)


def newest_dry_run(row: PolicyRow) -> DryRun | None:
    """The newest dry run of this row, whatever became of it."""
    return row.dry_runs.order_by("-asked_at", "-pk").first()


def is_fresh(run: DryRun, row: PolicyRow, at: datetime) -> bool:
    """Whether the run was of the row as it stands, beside the edition that holds now."""
    base = row_in_force(row, at)
    return (run.digest, run.base_id) == (digest(row), base.pk if base else None)


def violations_in_dry_runs(row: PolicyRow, at: datetime) -> Iterator[Violation]:
    """Why the dry runs of this row do not do to switch it on."""
    run = row.dry_runs.filter(state=DryRun.State.DONE).order_by("-finished_at", "-pk").first()
    base = row_in_force(row, at)
    yield from violations_in_dry_run(
        is_needed=can_change_cases(row.kind),
        finished=run is not None,
        digest=run.digest if run else "",
        digest_now=digest(row),
        base_id=run.base_id if run else None,
        base_now=base.pk if base else None,
    )


def counts_of_dry_run(row: PolicyRow) -> dict:
    """What the newest finished dry run of the row counted, for the row to keep; empty when there was none."""
    run = row.dry_runs.filter(state=DryRun.State.DONE).order_by("-finished_at", "-pk").first()
    if run is None:
        return {}
    return {"run": run.pk, "digest": run.digest, "base": run.base_id, "cases": run.cases, "counts": run.counts}


def violations_in_body(row: PolicyRow) -> Iterator[Violation]:
    """Every fault of the body; a closing row has none."""
    if row.closing:
        return
    try:
        row.value()
    except BodyRefused as refused:
        yield from refused.violations


def _violations_in_wording(row: PolicyRow) -> Iterator[Violation]:
    if row.kind == PolicyKind.TEMPLATE and not row.closing:
        yield from violations_in_template_wording([row.value()], lexicon_in_force(row.valid_from))


def violations_in_content(row: PolicyRow) -> Iterator[Violation]:
    """Every fault of the body or, when it reads, forbidden words in a template and every own case that fails."""
    faults = list(violations_in_body(row)) or list(_violations_in_wording(row))
    yield from faults or violations_in_own_cases(row)
