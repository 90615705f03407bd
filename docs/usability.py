"""Counts clicks, keys and page loads of everyday jobs, done for real on a demo shop, and writes the table of the doc.

    python docs/usability.py [folder of a demo shop that is open already]

Every number comes from a job that was carried out in Chromium through the pages. Seconds are worked out from the
counts with the constants below; they are assumptions, the same for every row.
"""

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from everyday_jobs import JOBS
from shop import chromium, opened_shop, window

DOC = Path(__file__).with_name("usability.md")
BEGINS, ENDS = "<!-- counted: begins -->", "<!-- counted: ends -->"

KEY = 0.28  # pressing one key, an average typist
POINT = 1.10  # moving the pointer to something
BUTTON = 0.20  # pressing and releasing the button
HOMING = 0.40  # a hand moves between keyboard and pointer
THINK = 1.35  # making up one's mind before a step
LOAD = 1.00  # waiting for a page and finding one's place in it


@dataclass
class Hand:
    """Somebody's hand on a page: whatever it does is done and counted."""

    page: object
    clicks: int = 0
    keys: int = 0
    letters: int = 0
    loads: int = 0
    steps: int = 0
    moves: int = 0
    _is_on: str = field(default="", repr=False)

    def __post_init__(self):
        self.page.on("framenavigated", self._navigated)

    def _navigated(self, frame):
        if frame == self.page.main_frame:
            self.loads += 1

    def _with(self, what: str):
        self.moves += self._is_on not in ("", what)
        self._is_on = what
        self.steps += 1

    def click(self, selector: str):
        """Point at the first of these and click."""
        self._with("pointer")
        self.clicks += 1
        self.page.locator(selector).first.click()

    def choose(self, selector: str, value: str):
        """Open a choice and take an option: two clicks."""
        self._with("pointer")
        self.clicks += 2
        self.page.locator(selector).first.select_option(value)

    def press(self, *keys: str):
        """Keys one after the other, a chord counts as one; one thought for all of them."""
        self._with("keys")
        for key in keys:
            self.keys += 1
            self.page.keyboard.press(key)

    def write(self, words: str):
        """Text that only a person can know; counted apart, as letters."""
        self._with("keys")
        self.letters += len(words)
        self.page.keyboard.type(words)

    def sees(self, selector: str):
        """Wait until it is there; costs nothing."""
        self.page.locator(selector).first.wait_for()

    def arrives(self, doing: Callable[[], None]):
        """Do it, and wait for the page to which it leads."""
        with self.page.expect_navigation():
            doing()
        self.page.wait_for_function("!document.documentElement.hasAttribute('x-cloak')")
        refused = self.page.locator(".cm-alert[role=alert]")
        if refused.count():
            sys.exit(f"The job was not done: {refused.inner_text()}")

    @property
    def seconds(self) -> float:
        """What a practised person needs, without the letters."""
        by_hand = self.keys * KEY + self.clicks * (POINT + BUTTON) + self.moves * HOMING
        return by_hand + self.steps * THINK + self.loads * LOAD


def counted(browser, address, job) -> tuple:
    """The job done once by its person, from a page that is open already."""
    page = window(browser, address, job.who, width=1440, height=900)
    page.goto(job.begins)
    page.wait_for_function("!document.documentElement.hasAttribute('x-cloak')")
    hand = Hand(page)
    job.do(hand)
    page.context.close()
    print(f"{job.name} / {job.way}: {hand.clicks} clicks, {hand.keys} keys, {hand.loads} loads")
    return job, hand


def row(job, hand) -> str:
    """A line of the table."""
    cells = (job.name, job.way, hand.clicks, hand.keys, hand.letters, hand.loads, f"{hand.seconds:.0f}")
    return "| " + " | ".join(map(str, cells)) + " |"


def main() -> None:
    """Open the shop, do the jobs, put the table into the doc."""
    with opened_shop(*sys.argv[1:2], calls_at_any_hour=True) as address, chromium() as browser:
        rows = [row(*counted(browser, address, job)) for job in JOBS]
    heading = "| job | how | clicks | keys | letters | loads | seconds |\n| --- | --- | --: | --: | --: | --: | --: |"
    table = "\n".join([BEGINS, heading, *rows, ENDS])
    text = DOC.read_text()
    DOC.write_text(re.sub(f"{BEGINS}.*{ENDS}", lambda _found: table, text, flags=re.DOTALL))


if __name__ == "__main__":
    main()
