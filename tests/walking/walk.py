"""One random journey: who tries what, on which case, and when. Every choice comes from one source of chance."""

from collections import Counter
from datetime import timedelta
from random import Random

from django.core.exceptions import PermissionDenied
from django.db import transaction

from casemgmt.stateful import CaseMovedOn
from casemgmt.violations import RuleBroken
from complaints.invariants import broken_invariants
from complaints.models import BulkLine, Complaint
from tests.building import a_case
from tests.cast import AT, Cast
from tests.refusals import a_second_case
from tests.walking.rows import NothingThere
from tests.walking.sweeping import sweep_everything
from tests.walking.trails import ONWARDS, STEPS, SUBJECTS, WHO
from tests.walking.ways_by_page import press_any_button
from tests.walking.ways_by_sql import ATTEMPTS, try_by_sql

PEOPLE = ("ana", "ana", "ana", "ana", "sven", "tara", "olga", "petra", "ben", "axel")
NO = (RuleBroken, PermissionDenied, CaseMovedOn, NothingThere)


class Walk:
    """People who try anything, on two cases of one customer and on what is split off them.

    `start` is the state of the first case. `chance` has `choice`; `told` is what was tried and what came of it, for
    whoever has to understand a failure.
    """

    def __init__(self, cast: Cast, chance: Random, *, start: str = "registered"):
        self.cast = cast
        self.at = AT
        self.number = 0
        self.chance = chance
        self.answers: Counter = Counter()
        self.done: Counter = Counter()
        self.told: list[str] = []
        self._expected = ""
        self._matter: tuple[str, ...] = ()
        first = a_case(cast, start)
        self.cases = [first.pk, a_second_case(cast, first).pk]

    def pick(self, *choices):
        """One of these."""
        return self.chance.choice(choices)

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
        """A case beside this one."""
        return Complaint.objects.get(pk=self.pick(*(pk for pk in self.cases if pk != case.pk)))

    def try_something(self) -> str:
        """One step: onwards, of the matter that is followed, or anything at all, by whoever."""
        case = self.case()
        onwards = ONWARDS.get(case.state, ())
        way = self.pick("onwards", "onwards", "matter", "matter", "anything")
        if way == "onwards" and onwards:
            name = self.pick(*onwards)
        elif way == "matter":
            name = self._of_the_matter()
        else:
            way, name = "anything", self.pick(*STEPS)
        return self.take(name, case, by=WHO.get(name, "ana") if way != "anything" else "")

    def _of_the_matter(self) -> str:
        if not self._matter:
            self._matter = self.pick(*SUBJECTS.values())
        name, *rest = self._matter
        self._matter = tuple(rest)
        return name

    def take(self, name: str, case: Complaint, *, by: str = "") -> str:
        """Try this step on this case; "done", or what it was answered with. What is refused leaves nothing behind."""
        self.number += 1
        self.at += timedelta(minutes=self.pick(1, 30, 480))
        self._expected = by
        before = Complaint.history.count()
        try:
            with transaction.atomic():
                STEPS[name](self, case)
            answer = "done"
            self.done[name] += 1
        except NO as no:
            assert Complaint.history.count() == before, f"{name} was refused and changed something all the same"
            answer = type(no).__name__
        self._note(answer, f"{name} on {case.pk} ({case.state}) by {by or 'somebody'}: {answer}")
        return answer

    def by_sql(self) -> None:
        """Somebody has a database shell."""
        name = self.pick(*ATTEMPTS)
        found = try_by_sql(name)
        self._note(f"sql {found}", f"sql {name}: {found}")

    def by_page(self) -> None:
        """Somebody presses a button of some row."""
        self._expected = ""
        self.at += timedelta(minutes=1)
        try:
            came = press_any_button(self)
        except NothingThere:
            came = "page: no row"
        self._note("page", came)

    def sweep(self) -> None:
        """What beat does in between."""
        sweep_everything(self.at)
        self._note("sweep", "sweep")

    def ends_well(self) -> None:
        """After everything: the sweeps run once more, and every invariant holds; nothing broke in a run over many."""
        self.sweep()
        broken = [f"{breach.invariant} {breach.code}: {breach.what}" for breach in broken_invariants(self.at)]
        failed = BulkLine.objects.filter(outcome=BulkLine.Outcome.FAILED).values_list("pk", "reasons")
        broken += [f"bulk line {pk} broke" for pk, reasons in failed if "bulk.broke" in str(reasons)]
        assert not broken, "\n".join([*broken, "after", *self.told])

    def _note(self, answer: str, told: str) -> None:
        self.answers[answer] += 1
        self.told.append(f"{self.at:%m-%d %H:%M} {told}")
