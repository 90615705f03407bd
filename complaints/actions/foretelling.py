"""Who would get each of many cases by rule, one after the other, without giving any away."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from casemgmt.people.models import Person
from casemgmt.people.queries import away_on
from casemgmt.violations import Violation
from complaints.actions.assigning import subjects_of_each
from complaints.actions.loads import Load, handlers_of, loads_of
from complaints.actions.sharing_out import candidates_of, facts_of, policy_or_refusal, why_not_assign_by_rule
from complaints.models import Complaint
from complaints.roles import day_of
from policies.rules.assigning import choose, points_of
from policies.values import AssignmentPolicy


class Foretold(NamedTuple):
    """Who would get a case, and how many open cases they have before it; or why nobody."""

    person: Person | None
    held: int = 0
    violations: tuple[Violation, ...] = ()


@dataclass
class RuleAhead:
    """What the rule would say of one case after the other, each counted as given before the next one is asked about.

    Nothing is locked: whoever gives cases away asks the rule once more. RuleBroken without a policy in force.
    """

    by: Person
    at: datetime
    policy: AssignmentPolicy = field(init=False)
    _people: dict[int | None, list[Person]] = field(default_factory=dict)
    _loads: dict[int, Load] = field(default_factory=dict)
    _subjects: Mapping[int, frozenset[int]] = field(default_factory=dict)
    _read: Mapping[int, Complaint] = field(default_factory=dict)

    def __post_init__(self):
        self.policy = policy_or_refusal(self.at)
        self._away = away_on(day_of(self.at))

    def read(self, cases: Iterable[Complaint]) -> None:
        """Read what the rule looks at in these cases, and the people of teams not met before."""
        keys = [case.pk for case in cases]
        self._subjects = subjects_of_each(keys)
        rows = Complaint.objects.filter(pk__in=keys).select_related("shop", "product", "customer", "handler")
        self._read = {case.pk: case for case in rows}
        for team_id in {case.team_id for case in self._read.values()} - self._people.keys():
            self._people[team_id] = list(handlers_of(team_id).select_related("team"))
            unknown = {person.pk for person in self._people[team_id]} - self._loads.keys()
            self._loads |= loads_of(unknown, self.policy, at=self.at)

    def give(self, case_id: int) -> Foretold:
        """Who would get this case, which then counts as theirs."""
        case = self._read[case_id]
        found = tuple(why_not_assign_by_rule(case, by=self.by, at=self.at))
        if found:
            return Foretold(None, violations=found)
        people, facts = self._people[case.team_id], facts_of(case)
        candidates = candidates_of(people, self._loads, self._away, self._subjects.get(case_id, frozenset()))
        chosen = choose(facts, candidates, self.policy).person
        if chosen is None:
            return Foretold(None, violations=(Violation("assign.nobody_free", params={"people": len(people)}),))
        load = self._loads[chosen]
        held = load.cases
        load.cases += 1
        load.points += points_of(facts, self.policy, at=self.at)
        load.last_given_at = self.at
        return Foretold(next(person for person in people if person.pk == chosen), held)
