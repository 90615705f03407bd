"""Running what a dry run showed: one case after another, each whole or not at all, going on where it stopped."""

import logging
from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Count, F, Q
from django.utils import translation

from casemgmt.ledger import Refused, signed
from casemgmt.outbox import put
from casemgmt.privacy import access
from casemgmt.privacy.models import AccessKind
from casemgmt.violations import CaseMovedOn, RuleBroken, Violation
from complaints.actions.bulk import Outcome, violation_as_json
from complaints.actions.bulk_kinds import DEEDS
from complaints.models import BulkLine, BulkRun, Complaint
from complaints.roles import is_about
from complaints.rules.bulk import RUN_ON_THE_PAGE, TRIES_BEFORE_ASIDE
from complaints.states import BulkState

logger = logging.getLogger(__name__)


def goes_to_the_worker(run: BulkRun) -> bool:
    """Whether the run is too long for a page to wait for."""
    return run.lines.filter(outcome=Outcome.WILL).count() > RUN_ON_THE_PAGE


def run_all(at: datetime) -> tuple[int, int, str]:
    """Go on with every run that somebody said yes to; how many were in hand, how many cases changed, and no error.

    Twice or in parallel is harmless: a line is taken under lock, and its deed and its mark are one transaction.
    """
    keys = list(BulkRun.objects.filter(state=BulkState.RUNNING).order_by("pk").values_list("pk", flat=True))
    return len(keys), sum(run_lines(key, at=at) for key in keys), ""


def run_lines(run_id: int, *, at: datetime) -> int:
    """Do the deed for every case that is still to change; returns how many changed.

    The maker's rights are asked for each case once more, and a case that moved on since the dry run is left alone.
    Stops when the run is stopped. An error of the connection is passed on: the sweep goes on later.
    """
    run = BulkRun.objects.select_related("made_by", "words", "to_team", "tag").filter(pk=run_id).first()
    if run is None or run.state != BulkState.RUNNING:
        return 0
    done = 0
    with translation.override(run.made_by.language or settings.LANGUAGE_CODE):
        while (line := _next(run)) is not None:
            done += _run(line, run, at)
    _finish(run_id, at)
    return done


def _next(run: BulkRun) -> BulkLine | None:
    """The next line that nobody has in hand, counted as tried before anything else, should this worker die on it."""
    waiting = BulkLine.objects.filter(run=run, run__state=BulkState.RUNNING, outcome=Outcome.WILL).order_by("place")
    with transaction.atomic():
        line = waiting.select_for_update(skip_locked=True, of=("self",)).first()
        if line is not None:
            BulkLine.objects.filter(pk=line.pk).update(tries=F("tries") + 1)
            line.tries += 1
    return line


def _run(line: BulkLine, run: BulkRun, at: datetime) -> int:
    if line.tries > TRIES_BEFORE_ASIDE:
        return _failed(line, [Violation("bulk.set_aside")], at)
    try:
        return _do(line, run, at)
    except (OperationalError, InterfaceError):
        raise
    except RuleBroken as broken:
        return _failed(line, broken.violations, at)
    except (CaseMovedOn, Refused):
        return _failed(line, [Violation("bulk.moved_on")], at)
    except PermissionDenied:
        _note_refusal(line, run, at)
        return _failed(line, [Violation("bulk.no_right")], at)
    except Exception:
        logger.exception("bulk run %s: case %s could not be changed", run.pk, line.case_id)
        return _failed(line, [Violation("bulk.broke")], at)


def _do(line: BulkLine, run: BulkRun, at: datetime) -> int:
    """The deed and its mark, in one transaction; whoever was faster with the line leaves nothing to do."""
    with signed(by=run.made_by, reason="bulk.started", at=at, source="bulk"), transaction.atomic():
        held = BulkLine.objects.select_for_update(skip_locked=True, of=("self",))
        if not held.filter(pk=line.pk, outcome=Outcome.WILL, run__state=BulkState.RUNNING).exists():
            return 0
        deed = DEEDS[run.kind]
        if deed.lock_first is not None:
            deed.lock_first(line)
        case = Complaint.objects.locked(pk=line.case_id)
        if is_about(run.made_by, case):
            raise PermissionDenied("bulk")
        case.expect_version(line.seen_version)
        deed.act(line, run, run.made_by, at)
        BulkLine.objects.filter(pk=line.pk).update(outcome=Outcome.DONE, done_at=at, reasons=[])
    return 1


def _failed(line: BulkLine, violations, at: datetime) -> int:
    reasons = [violation_as_json(violation) for violation in violations]
    BulkLine.objects.filter(pk=line.pk, outcome=Outcome.WILL).update(
        outcome=Outcome.FAILED, reasons=reasons, done_at=at
    )
    return 0


def _note_refusal(line, run, at) -> None:
    access.note(
        AccessKind.REFUSED_RIGHT,
        by=run.made_by,
        at=at,
        subject_label="complaints.complaint",
        subject_pk=line.case_id,
        reason=DEEDS[run.kind].right,
    )


@transaction.atomic
def _finish(run_id: int, at: datetime) -> None:
    """The last line ends the run, and its maker hears of it when the page did not wait."""
    run = BulkRun.objects.select_for_update(of=("self",)).select_related("made_by").get(pk=run_id)
    if run.state != BulkState.RUNNING or run.lines.filter(outcome=Outcome.WILL).exists():
        return
    with signed(by=run.made_by, reason="bulk.finished", at=at, source="bulk"):
        run.finish(at=at)
        run.save()
    counts = run.lines.aggregate(
        done=Count("pk", filter=Q(outcome=Outcome.DONE)), failed=Count("pk", filter=Q(outcome=Outcome.FAILED))
    )
    if sum(counts.values()) > RUN_ON_THE_PAGE:
        put(
            "notice.bulk_finished",
            key=f"notice.bulk_finished:{run.pk}",
            to=run.made_by,
            at=at,
            subject=run,
            params=counts,
        )
