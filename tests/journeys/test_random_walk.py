"""Whatever people try, in whatever order: the case keeps its invariants, and what is refused changes nothing."""

from collections import Counter
from datetime import timedelta
from random import Random

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from casemgmt.stateful import CaseMovedOn
from casemgmt.violations import RuleBroken
from complaints.actions import overdue, sweeping
from complaints.invariants import broken_invariants
from complaints.models import Complaint
from tests.building import a_registered_case
from tests.cast import AT, Cast
from tests.journeys.walking import ONWARDS, STEPS, WHO, NothingThere
from tests.refusals import a_second_case

pytestmark = pytest.mark.django_db

STEPS_TAKEN = 150
PEOPLE = ("ana", "ana", "ana", "ana", "sven", "tara", "olga", "petra", "ben", "axel")


class Walk:
    """Who tries what, and when; every choice comes from the seed."""

    def __init__(self, cast: Cast, seed: int):
        self.cast = cast
        self.at = AT
        self.number = 0
        self._chance = Random(seed)
        self._expected = ""
        first = a_registered_case(cast)
        self.cases = [first.pk, a_second_case(cast, first).pk]

    def pick(self, *choices):
        """One of these."""
        return self._chance.choice(choices)

    def person(self):
        """Whoever may, on the way onwards; else somebody."""
        return getattr(self.cast, self._expected or self.pick(*PEOPLE))

    def who(self) -> dict:
        """Somebody, now."""
        return {"by": self.person(), "at": self.at}

    def soon(self):
        """Three days from now."""
        return self.at + timedelta(days=3)

    def case(self) -> Complaint:
        """One of the cases as it stands, mostly the first."""
        return Complaint.objects.get(pk=self.pick(*self.cases[:1] * 4, *self.cases))

    def other(self, case) -> Complaint:
        """The case beside this one."""
        (other,) = [pk for pk in self.cases if pk != case.pk]
        return Complaint.objects.get(pk=other)

    def try_something(self) -> str:
        """Try one step; "done", or what it was answered with."""
        self.number += 1
        self.at += timedelta(minutes=self.pick(1, 30, 480))
        case = self.case()
        onwards = ONWARDS.get(case.state, ())
        goes_on = bool(onwards) and self.pick(True, True, True, False)
        name = self.pick(*onwards) if goes_on else self.pick(*STEPS)
        self._expected = WHO.get(name, "ana") if goes_on else ""
        before = case.history.count()
        try:
            with transaction.atomic():
                STEPS[name](self, case)
        except (RuleBroken, PermissionDenied, CaseMovedOn, NothingThere) as no:
            assert case.history.count() == before
            return type(no).__name__
        return "done"

    def sweep(self):
        """What beat does in between."""
        for sweep in (
            overdue.escalate_overdue,
            overdue.close_escalations,
            sweeping.put_follow_ups_on_lists,
            sweeping.warn_of_commitments,
            sweeping.warn_of_payments,
        ):
            sweep(self.at)


@pytest.mark.parametrize("seed", range(3))
def test_no_walk_leads_astray(cast, seed):
    """Given people who try anything, when they have tried it, then every invariant holds."""
    walk = Walk(cast, seed)
    answers = Counter()
    for step in range(STEPS_TAKEN):
        answers[walk.try_something()] += 1
        if step % 10 == 9:
            walk.sweep()
    walk.sweep()
    assert answers["done"] > STEPS_TAKEN / 10
    assert answers["RuleBroken"] > 0
    assert answers["PermissionDenied"] > 0
    assert list(broken_invariants(walk.at)) == []
