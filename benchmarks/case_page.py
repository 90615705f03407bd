"""The page of a case among few and among many cases, in one run, through the page that staff open.

    python -m benchmarks.case_page [--engine sqlite|postgresql] [--few 10000] [--many 100000] [--rounds 40]

The case has fifty notes in its timeline, each with its history; all other cases are there to be in the way. Goal: p95
among 1,000,000 cases at most 1.3 × that among 10,000, and at most 30 queries.
"""

import argparse
import logging
from datetime import timedelta
from importlib import import_module

from benchmarks.house import AT, ENGINES, a_database
from benchmarks.shop import Shop, a_browser, compared, timed

NOTES = 50
SOMEWHERE = 4321
"""Which of the first cases is looked at: neither the first nor the last, and open."""


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
        case = with_notes(shop, min(SOMEWHERE, asked.few // 2 + 1))
        few, _ = measured(case, asked.rounds)
        shop.multiply(asked.many // asked.few)
        many, queries = measured(case, asked.rounds)
        print(f"{asked.engine}, {asked.few:,} → {asked.many:,} cases, {asked.rounds} rounds")
        print(compared(f"case with {NOTES} notes", few, many, queries), flush=True)


def with_notes(shop: Shop, key: int):
    """This case with fifty notes of its handler, a minute apart."""
    case = shop.models.Complaint.objects.get(pk=key)
    write_note = import_module("complaints.actions.noting").write_note
    groups = import_module("django.contrib.auth.models").Group.objects
    with shop.ledger.signed(by=shop.service, reason="benchmark"):
        shop.people.Person.objects.filter(pk=case.handler_id).update(is_staff=True)
        case.handler.groups.add(groups.get(name="Staff"))
    for number in range(NOTES):
        at = AT - timedelta(minutes=NOTES - number)
        write_note(key, by=case.handler, at=at, words=f"第{number + 1}次联系：客户说还没有收到补发的商品，请仓库核对。")
    return case


def measured(case, rounds: int):
    """The times of the page, and how many queries it takes."""
    url = import_module("django.urls").reverse("admin:complaints_complaint_change", args=[case.pk])
    browser = a_browser(case.handler.username)
    times = timed(lambda turn: browser.get(url), rounds)
    with import_module("django.test.utils").CaptureQueriesContext(import_module("django.db").connection) as found:
        browser.get(url)
    return times, len(found)


if __name__ == "__main__":
    main()
