"""The demo shop, told once for all files that look at it: they go to one worker (tests/scheduling.py)."""

from datetime import datetime

import pytest
from django.db import transaction

from complaints.demo.shop import Opened, open_shop
from complaints.demo.stories import STORIES
from tests.cast import SHANGHAI
from tests.snapshots import Snapshot

NOW = datetime(2026, 9, 18, 16, 0, tzinfo=SHANGHAI)
"""A Friday afternoon with no holiday in the weeks before it: the moment at which the demo shop opens."""


class Demo:
    """The opened shop, asked by the name of a story."""

    def __init__(self, opened: Opened, stories):
        self.opened = opened
        self.house = opened.house
        self._tales = {story.__name__: tale for story, tale in zip(stories, opened.tales, strict=True)}

    def tale(self, name: str):
        """The tale of the story whose name begins so; "wc_01" is enough."""
        (found,) = [tale for story, tale in self._tales.items() if story.startswith(name)]
        return found

    def case(self, name: str):
        """The case of that tale as it stands."""
        return self.tale(name).case


@pytest.fixture(scope="session")
def demo_copy(stage_copy, django_db_blocker):
    """The database with every story of the demo in it, told up to NOW: built once, then taken away again."""
    with django_db_blocker.unblock():
        with transaction.atomic():
            opened = open_shop(at=NOW)
            transaction.get_connection().run_on_commit.clear()
        copy = Snapshot("demo")
        stage_copy.put_back()
    return copy, Demo(opened, STORIES)


@pytest.fixture(scope="module")
def demo(demo_copy, stage_copy, django_db_blocker):
    """Put there once for a file; what each test does to it is rolled back, and the whole goes after the file."""
    copy, told = demo_copy
    with django_db_blocker.unblock():
        copy.put_back()
    yield told
    with django_db_blocker.unblock():
        stage_copy.put_back()
