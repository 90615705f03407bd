"""What axe says of a page: in light and dark, wide and on a phone, from one visit."""

from functools import cache
from pathlib import Path

import axe_playwright_python

WIDE, PHONE = {"width": 1440, "height": 1000}, {"width": 390, "height": 844}
GRAVE = ["serious", "critical"]
CONTRAST = {"runOnly": ["color-contrast"]}
NO_CONTRAST = {"rules": {"color-contrast": {"enabled": False}}}
IS_DRAWN = "!document.documentElement.hasAttribute('x-cloak') && document.readyState === 'complete'"
ALIKE = ["#result_list tbody:nth-of-type(n+4)", ".cm-glossary tr:nth-child(n+4)", ".cm-entries > :nth-child(n+4)"]
"""Rows after the first few are like them, and axe takes its time for each."""

RUN = """([place, alike, grave, options]) => axe
    .run({ include: [[place]], exclude: alike.map((rows) => [rows]) }, { resultTypes: ["violations"], ...options })
    .then((found) => found.violations
        .filter((rule) => grave.includes(rule.impact))
        .map((rule) => [rule.id, rule.nodes.slice(0, 2).map((node) => node.html.slice(0, 160))]))"""


@cache
def _axe() -> str:
    source = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js"))
    return source.read_text() + ";0"


def open_page(page, url: str) -> int:
    """Open the page, wait until the theme has drawn it, and give its status."""
    response = page.goto(url)
    page.wait_for_function(IS_DRAWN)
    return response.status


def grave_findings(page, options=None, *, place="html") -> list:
    """What axe calls serious or critical as the page, or a place on it, is now, by rule and element."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe())
    return page.evaluate(RUN, [place, ALIKE, GRAVE, options or {}])


def in_every_light(page) -> dict[str, list]:
    """Grave findings wide and narrow, light and dark, by where they were found.

    Dark differs from light by its colours alone, narrow from wide by everything else.
    """
    page.set_viewport_size(WIDE)
    found = {"light": grave_findings(page)}
    page.evaluate("document.documentElement.classList.add('dark')")
    found["dark"] = grave_findings(page, CONTRAST)
    page.evaluate("document.documentElement.classList.remove('dark')")
    page.set_viewport_size(PHONE)
    found["phone"] = grave_findings(page, NO_CONTRAST)
    if runs_off(page):
        found["phone"].append(["runs off sideways", []])
    page.set_viewport_size(WIDE)
    return {how: what for how, what in found.items() if what}


def in_brief(page) -> dict[str, list]:
    """Grave findings on a phone, colours aside, and whether it runs off: for pages built of parts seen elsewhere."""
    page.set_viewport_size(PHONE)
    found = grave_findings(page, NO_CONTRAST)
    if runs_off(page):
        found.append(["runs off sideways", []])
    return {"phone": found} if found else {}


def runs_off(page) -> bool:
    """Whether the page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
