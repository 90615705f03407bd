"""A sweep over 5,000 overdue cases whose workers are killed by SIGKILL at 20 random points, on one engine.

    python -m benchmarks.killed_workers [--engine sqlite|postgresql] [--cases 5000] [--kills 20] [--at-once 1]
                                        [--batch 100] [--reach 40] [--seed 1]

Real Celery workers hear a real broker. Every second one dies before a statement of its sweep that was drawn, the
others after a drawn while; with `--at-once 2` two sweep at the same time. Small batches make the sweep long enough
for all the deaths; `--batch 0` takes the product's own. At the end a worker that nobody kills does the rest, and the
account is printed: what was lost, doubled, without its one row of history, notice or letter. Ends with 1 if anything
was.
"""

import argparse
import logging
import os
import random
import sys
import tempfile
import time
from dataclasses import asdict
from importlib import import_module
from pathlib import Path

from benchmarks.house import ENGINES, a_database


def main() -> int:
    """Choose the database before Django reads its settings, then kill, finish and count."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--engine", choices=ENGINES, default="sqlite")
    parser.add_argument("--cases", type=int, default=5000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--at-once", type=int, default=1)
    parser.add_argument("--batch", type=int, default=100)
    parser.add_argument("--reach", type=int, default=40, help="deaths are drawn from so many statements of a sweep")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    os.environ.setdefault("CASEMGMT_EMBEDDED", "1")
    with a_database(asked.engine):
        logging.disable(logging.INFO)
        return _run(asked)


def _run(asked) -> int:
    import_module("django.core.management").call_command("migrate", verbosity=0)
    stage, late, killing = (import_module(f"tests.{name}") for name in ("stage", "overdue_cases", "killing"))
    a_broker = import_module("tests.brokers").a_broker
    stage.set_the_stage()
    late.overdue_cases(stage.standing_cast(), asked.cases)
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="k-") as directory, a_broker(Path(directory)) as broker:
        chance = random.Random(asked.seed)
        killer = killing.Killer(broker, late.LATE, asked.batch, chance, asked.reach, longest=asked.reach / 80)
        seen = killer.kill(asked.kills, at_once=asked.at_once)
        rings = killer.finish()
    account = late.account_at(late.LATE)
    drifted = list(import_module("casemgmt.ledger").drift())
    print(f"{asked.engine}, {asked.cases:,} cases, {account.wanted:,} levels, seed {asked.seed}, batch {asked.batch}")
    print(f"killed {len(seen.deaths)} times, {asked.at_once} at once: {', '.join(seen.deaths)}")
    print(f"due after each death: {seen.left}; {rings} rings did the rest; {time.perf_counter() - began:.0f} s in all")
    print(" · ".join(f"{name.replace('_', ' ')} {number}" for name, number in asdict(account).items()))
    print(f"rows that differ from their history: {len(drifted)}", flush=True)
    return 0 if account.is_clean and not drifted else 1


if __name__ == "__main__":
    sys.exit(main())
