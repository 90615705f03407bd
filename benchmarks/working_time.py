"""How fast a due instant is found on the working calendar, against bisect on plain integers in the same run.

    python -m benchmarks.working_time

Prints ratios, because machines differ: working minutes over the national calendar, one call each and in
bulk, against one `bisect_right` on a list of integers of the same length.
"""

import random
import time
from bisect import bisect_right
from datetime import UTC, datetime, timedelta

from policies.packs import read_pack
from policies.reading import read_body
from policies.rules.working_time import WorkingTime
from policies.values import Calendar, Length

COUNT = 200_000
ROUNDS = 5


def rate(run) -> float:
    """Answers per second, the best of some rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        began = time.perf_counter()
        run()
        best = min(best, time.perf_counter() - began)
    return COUNT / best


def main() -> None:
    """Measure and print."""
    body = next(row.body for row in read_pack("cn-national").rows if row.kind == "calendar")
    working = WorkingTime(read_body(Calendar, 1, "cn-official", body))
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    chance = random.Random(1)
    starts = [begin + timedelta(seconds=chance.randrange(300 * 86_400)) for _ in range(COUNT)]
    length = Length(2_400, "working_minutes")
    days = Length(5, "working_days")
    table = list(range(0, 4_000 * 1_000, 1_000))
    integers = [chance.randrange(4_000 * 1_000) for _ in range(COUNT)]

    plain = rate(lambda: [bisect_right(table, number) for number in integers])
    for name, run in (
        ("working minutes, in bulk", lambda: working.after_each(starts, length)),
        ("working minutes, one by one", lambda: [working.after(start, length) for start in starts]),
        ("working days, in bulk", lambda: working.after_each(starts, days)),
    ):
        found = rate(run)
        print(f"{name}: {found:,.0f} due instants/s, {plain / found:.2f} × the time of bisect on integers")
    print(f"bisect on integers: {plain:,.0f}/s")


if __name__ == "__main__":
    main()
