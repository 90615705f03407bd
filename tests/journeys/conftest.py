"""The demo shop, told once for a module of journeys; what a test does to it is rolled back."""

from datetime import datetime

import pytest
from django.db import transaction

from complaints.demo.shop import Opened, open_shop
from complaints.demo.stories import STORIES
from tests.cast import SHANGHAI
from tests.stage import set_the_stage

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


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """Every story of the demo, told up to NOW."""

    with django_db_blocker.unblock(), transaction.atomic():
        set_the_stage()
        yield Demo(open_shop(at=NOW), STORIES)
        transaction.set_rollback(True)
