"""A real Celery worker for tests, which may be told to die by SIGKILL at a statement of its first sweep.

    python -m tests.mortal_worker --now 2026-11-26T02:00:00+00:00 [--dies-at 17] [--batch 100]

Says "swept" on its output when a sweep begins, so that whoever started it can kill it at a moment of their own. The
broker and the database come from the environment. The clock stands at `--now`. However many fall due, each is told
in a notice of its own, so that they can be counted.
"""

import argparse
import itertools
import os
import signal
import sys
from datetime import datetime
from functools import partial
from importlib import import_module


def main() -> None:
    """Prepare the process and be a worker until killed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--now", type=datetime.fromisoformat, required=True)
    parser.add_argument("--dies-at", type=int, default=0, help="before this statement of the first sweep; 0 for never")
    parser.add_argument("--batch", type=int, default=0, help="rows a batch, when not as many as usual")
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casemgmt.settings")
    import_module("django").setup()
    import_module("django.utils.timezone").now = lambda: asked.now
    overdue = import_module("complaints.actions.overdue")
    overdue.NoticesOfARun.one_by_one = sys.maxsize
    if asked.batch:
        overdue.sweep_in_batches = partial(overdue.sweep_in_batches, size=asked.batch)
    signals, connection = import_module("celery.signals"), import_module("django.db").connection

    def begin(**_about):
        connection.execute_wrappers.append(_dying_before(asked.dies_at))
        print("swept", flush=True)

    signals.task_prerun.connect(begin, weak=False)
    app = import_module("casemgmt.celery").app
    app.worker_main(["-q", "worker", "--pool=solo", "--loglevel=ERROR", *WITHOUT_COMPANY])


WITHOUT_COMPANY = ("--without-gossip", "--without-mingle", "--without-heartbeat")


def _dying_before(last: int):
    count = itertools.count(1)

    def counted(execute, sql, params, many, context):
        if next(count) == last:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    return counted


if __name__ == "__main__":
    main()
