"""A real browser for the tests that need one: the system's Chromium, driven by playwright."""

import os
from datetime import timedelta
from time import monotonic

import pytest
from django.utils import timezone
from playwright.sync_api import sync_playwright

from tests.browser.desk import open_desk
from tests.cast import later
from tests.chromium import found_chromium

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=zh-CN",
]


@pytest.fixture(scope="session")
def chromium():
    """One browser for the whole run."""
    # playwright runs an event loop in this thread; Django would refuse to touch the database beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found_chromium(), args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium, live_server):
    """A fresh window in Chinese, at the pages of this test. What the page's scripts complain of fails the test."""
    context = chromium.new_context(
        base_url=live_server.url, locale="zh-CN", timezone_id="Asia/Shanghai", viewport={"width": 1280, "height": 900}
    )
    context.set_default_timeout(15_000)
    page = context.new_page()
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


@pytest.fixture
def at_desk(chromium, live_server):
    """Opens windows of people, and closes them after the test. What their scripts complain of fails it."""
    pages, complaints = [], []

    def at(person, **how):
        page = open_desk(chromium, live_server, person, **how)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        pages.append(page)
        return page

    yield at
    for page in pages:
        page.context.close()
    assert complaints == []


@pytest.fixture
def afternoon(monkeypatch):
    """It is three o'clock, a week after everything happened, whatever the hour of the test: customers may be called."""
    began, opened = monotonic(), later(days=7, hours=5)
    monkeypatch.setattr(timezone, "now", lambda: opened + timedelta(seconds=monotonic() - began))


@pytest.fixture
def world(world_copy, transactional_db):
    """The world of tests/admin/world.py; what a test does in it goes with it."""
    copy, kept = world_copy
    copy.put_back()
    return kept.read()
