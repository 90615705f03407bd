"""Whatever people try, in whatever order and by whatever way: the invariants hold, and a no changes nothing.

A stateful property: hypothesis chooses the steps, and shortens a walk that failed to the steps that it needs.
`--walks 200` takes more of them, with other chances each time; `--walk-steps` says how long each is.
"""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, event, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from hypothesis.strategies import randoms, sampled_from

from tests.walking.walk import Walk

pytestmark = pytest.mark.django_db

CHANCE = randoms(use_true_random=False)
STARTS = ("registered", "negotiating", "executing", "following_up", "refused", "external", "closed")


def machine_for(cast):
    """A machine that walks with these people, and leaves the database as it was after each walk."""

    class RandomWalk(RuleBasedStateMachine):
        """Somebody tries something, again and again, while time passes and beat rings."""

        def __init__(self):
            super().__init__()
            self.atomic = transaction.atomic()
            self.atomic._from_testcase = True  # as pytest's own: pages may note a refused right durably
            self.atomic.__enter__()

        @initialize(start=sampled_from(STARTS))
        def somewhere(self, start):
            """Further on, too, or few walks would come to an end."""
            self.walk = Walk(cast, None, start=start)

        @rule(chance=CHANCE)
        def people_try_five_things(self, chance):
            """Five, so that one draw of chance leads somewhere."""
            self.walk.chance = chance
            for _step in range(5):
                self.walk.try_something()

        @rule(chance=CHANCE)
        def people_try_something(self, chance):
            self.walk.chance = chance
            self.walk.try_something()

        @rule(chance=CHANCE)
        def somebody_presses_a_button(self, chance):
            self.walk.chance = chance
            self.walk.by_page()

        @rule(chance=CHANCE)
        def somebody_has_a_database_shell(self, chance):
            self.walk.chance = chance
            self.walk.by_sql()

        @rule()
        def beat_rings(self):
            self.walk.sweep()

        def teardown(self):
            try:
                self.walk.ends_well()
                for what in (*self.walk.answers, *(f"done: {name}" for name in self.walk.done)):
                    event(what)
            finally:
                transaction.set_rollback(True)
                self.atomic.__exit__(None, None, None)

    return RandomWalk


def test_no_walk_leads_astray(cast, request):
    """Given people who try anything, when they have tried it, then every invariant holds."""
    walks = request.config.getoption("--walks")
    run_state_machine_as_test(
        lambda: machine_for(cast)(),
        settings=settings(
            max_examples=walks or 8,
            stateful_step_count=request.config.getoption("--walk-steps"),
            derandomize=not walks,
            database=None,
            deadline=None,
            phases=[Phase.generate, Phase.shrink] if walks else [Phase.generate],
            print_blob=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
