"""The list of cases among few and among many cases, in one run, through the pages that staff open.

    python -m benchmarks.case_list [--engine sqlite|postgresql] [--few 10000] [--many 100000] [--rounds 40]

The first page, a filter, an exact number, order and phone, page 200, and free text. Goal: p95 among 1,000,000 cases
at most 1.3 × that among 10,000, and at most 12 queries; free text is read through, newest first, up to a limit.
"""

import argparse
import logging
import statistics
import time
from collections.abc import Callable
from importlib import import_module

from benchmarks.house import AT, ENGINES, a_database
from benchmarks.shop import GOODS, Shop, Taken, a_browser, compared, number_of, order_of, phone_of, timed

PAGES_ON = 199
READER = "lead0"
NOBODY_WROTE = "没有人写过{}"


def main() -> None:
    """Measure among few, fill up, measure among many, print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--engine", choices=ENGINES, default="sqlite")
    parser.add_argument("--few", type=int, default=10_000)
    parser.add_argument("--many", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=40)
    asked = parser.parse_args()
    with a_database(asked.engine):
        logging.disable(logging.WARNING)
        shop = Shop()
        shop.fill(asked.few)
        few, _ = measured(asked.few, asked.rounds)
        shop.multiply(asked.many // asked.few)
        many, queries = measured(asked.few, asked.rounds)
        print(f"{asked.engine}, {asked.few:,} → {asked.many:,} cases, {asked.rounds} rounds")
        for title in few:
            print(compared(title, few[title], many[title], queries[title]), flush=True)
        print(free_text(asked.engine, asked.rounds, many["words nobody wrote"]))


def free_text(engine: str, rounds: int, pages: list[Taken]) -> str:
    """One line: words that nobody wrote against SQL by hand, the search alone and with its page."""
    now = now_on(engine)
    by_hand = statistics.median(by_hand_in_sql(turn, now) for turn in range(rounds))
    search = statistics.median(by_our_search(turn, now) for turn in range(rounds))
    measure = "processor" if now is time.process_time else "clock"
    page = statistics.median(getattr(one, measure) for one in pages)
    return f"free text by {measure} against SQL by hand: {search / by_hand:.2f} ×, with its page {page / by_hand:.2f} ×"


def questions(cases: int) -> dict:
    """What is asked, by its title; the number of the round chooses among the cases."""
    step = cases // 50
    url = import_module("django.urls").reverse("admin:complaints_complaint_changelist")
    return {
        "first page": lambda turn: {"queue": "all"},
        "overdue": lambda turn: {"queue": "overdue"},
        "exact number": lambda turn: {"queue": "all", "q": number_of((turn + 2) * step)},
        "exact order": lambda turn: {"queue": "all", "q": order_of((turn + 2) * step)},
        "exact phone": lambda turn: {"queue": "all", "q": phone_of((turn + 2) * step)},
        "page 200": lambda turn: {"queue": "all", "after": place_on(PAGES_ON)},
        "words of goods": lambda turn: {"queue": "all", "q": GOODS[turn % len(GOODS)]},
        "words nobody wrote": lambda turn: {"queue": "all", "q": NOBODY_WROTE.format(turn)},
    }, url


def now_on(engine: str) -> Callable[[], float]:
    """What to measure by: SQLite works in this program, whose processor time others leave alone; a server does not."""
    return time.process_time if engine == "sqlite" else time.perf_counter


def by_our_search(turn: int, now: Callable[[], float]) -> float:
    """Seconds of the same search through the rights of a reader, its result capped, without a page."""
    person = import_module("casemgmt.people.models").Person.objects.get(username=READER)
    cases = import_module("complaints.roles").cases_visible_to(person, on=AT.date())
    began = now()
    import_module("complaints.admin.searching").ids_by_words(cases, NOBODY_WROTE.format(turn))
    return now() - began


def by_hand_in_sql(turn: int, now: Callable[[], float]) -> float:
    """Seconds of reading all texts and goods for words that nobody wrote, without rights."""
    words = f"%{NOBODY_WROTE.format(turn)}%"
    began = now()
    with import_module("django.db").connection.cursor() as cursor:
        cursor.execute(
            "SELECT case_id FROM complaints_statement WHERE words LIKE %s"
            " UNION SELECT c.id FROM complaints_complaint c JOIN complaints_product p ON p.id = c.product_id"
            " WHERE p.name LIKE %s LIMIT 500",
            [words, words],
        )
        cursor.fetchall()
    return now() - began


_places: dict[tuple[int, int], str] = {}


def place_on(pages: int) -> str:
    """The place after so many pages, as an address has it."""
    keyset = import_module("casemgmt.adminkit.keyset")
    model = import_module("complaints.models").Complaint
    known = pages, model.objects.order_by("-pk").values_list("pk", flat=True)[0]
    if known not in _places:
        order = keyset.Order("next_due_at", is_nullable=True)
        size = import_module("casemgmt.adminkit.audited").AuditedAdmin.list_per_page
        row = model.objects.order_by(*order.expressions)[min(pages * size, model.objects.count() - size - 1)]
        _places[known] = keyset.written(keyset.place_of(row, order))
    return _places[known]


def measured(cases: int, rounds: int):
    """The times of every question about the first so many cases, and how many queries its page takes."""
    browser = a_browser(READER)
    connection = import_module("django.db").connection
    capture = import_module("django.test.utils").CaptureQueriesContext
    asked, url = questions(cases)
    times, queries = {}, {}
    for title, question in asked.items():
        times[title] = timed(lambda turn, question=question: browser.get(url, question(turn)), rounds)
        with capture(connection) as found:
            browser.get(url, question(0))
        queries[title] = len(found)
    return times, queries


if __name__ == "__main__":
    main()
