"""Two hundred rounds of sixteen people who approve, pay and split the same money at once, on one engine.

    python -m benchmarks.money_races [--engine sqlite|postgresql] [--rounds 200] [--minutes 60]

Prints what losers were told and how often something happened that must never happen: money above a limit, a grant
paid twice, somebody's own yes, a loser without a sentence. Ends with 1 if anything did.
"""

import argparse
import logging
import sys
import time
from importlib import import_module

from benchmarks.house import ENGINES, a_database

EVERY = 5
PATIENCE = 600


def main() -> int:
    """Choose the database before Django reads its settings, then run the rounds and count."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--engine", choices=ENGINES, default="sqlite")
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--minutes", type=float, default=60, help="begin no further round after so long")
    asked = parser.parse_args()
    with a_database(asked.engine):
        logging.disable(logging.INFO)
        return _run(asked.engine, asked.rounds, asked.minutes)


def _run(engine: str, count: int, minutes: float) -> int:
    if engine == "sqlite":  # sixteen writers queue for one file; on a busy machine the last of them waits long
        import_module("django.db").connections.settings["default"]["OPTIONS"]["timeout"] = PATIENCE
    import_module("django.core.management").call_command("migrate", verbosity=0)
    stage = import_module("tests.stage")
    stage.set_the_stage()
    cast, rounds = stage.standing_cast(), import_module("tests.money_rounds")
    told, began, done = rounds.Told(), time.perf_counter(), 0
    while done < count and time.perf_counter() - began < minutes * 60:
        told.add(rounds.a_round(cast, done))
        done += 1
        if done % EVERY == 0:
            seconds = time.perf_counter() - began
            print(f"{done} rounds, {seconds:.0f} s, breaches: {told.breaches} {told.without_sentence[:1]}", flush=True)
    acts = done * 3 * rounds.PARALLEL
    print(f"{engine}: {done} rounds of {rounds.PARALLEL}, {acts} acts, {told.won} won")
    for code, times in told.lost.most_common():
        print(f"  lost to {code}: {times}")
    print(f"above a limit: {told.above_limit} · paid twice: {told.paid_twice} · own yes: {told.approved_by_asker}")
    print(f"losers without a sentence: {len(told.without_sentence)} {told.without_sentence[:3]}")
    return 1 if told.breaches else 0


if __name__ == "__main__":
    sys.exit(main())
