"""Who stands above a case on a day: team leads, supervisors, and whoever deputises for them."""

from collections import defaultdict
from datetime import datetime

from casemgmt.people.models import Absence, Person, Substitution, Team
from casemgmt.people.one_person import twins
from complaints.roles import SUPERVISORS, day_of
from complaints.rules.escalating import person_to_tell


class Superiors:
    """The people above every team at an instant, read in five queries, however many cases are asked about.

    Whoever is absent or has a deputy that day is away: the deputies, if there are any, take the place. A deputy of
    a supervisor must be a supervisor too, because substitution lends no right (roles.md).
    """

    def __init__(self, at: datetime):
        self._teams = {team.pk: team for team in Team.objects.all()}
        supervisors = Person.objects.filter(groups__name=SUPERVISORS, is_active=True).order_by("pk")
        self._supervisors = {person.pk: person for person in supervisors.select_related("team")}
        self._deputies = defaultdict(list)
        for deputy in Substitution.objects.in_force(day_of(at)).select_related("person").order_by("pk"):
            if deputy.person.is_active:
                self._deputies[deputy.stands_in_for_id].append(deputy.person)
        self._away = self._deputies.keys() | set(Absence.objects.in_force(day_of(at)).values_list("person", flat=True))
        self._people = self._supervisors | {
            person.pk: person for deputies in self._deputies.values() for person in deputies
        }
        leads = {team.lead_id for team in self._teams.values() if team.lead_id} - self._people.keys()
        self._people |= {person.pk: person for person in Person.objects.filter(pk__in=leads, is_active=True)}
        self._twins = twins()
        self._rungs: dict[int | None, dict[str, tuple[int, ...]]] = {}
        self._named: dict[tuple, int | None] = {}

    def named(self, team_id: int | None, role: str, passed_over: frozenset[int]) -> Person | None:
        """The one person who hears of it by rule, or None when the rule names nobody."""
        question = (team_id, role, passed_over)
        if question not in self._named:
            self._named[question] = person_to_tell(role, self._rungs_of(team_id), self._all_accounts(passed_over))
        return self._people.get(self._named[question])

    def reached(self, person_id: int | None, passed_over: frozenset[int]) -> Person | None:
        """Who answers for this person today: the person, or while they are away a supervisor who stands in."""
        unable = self._all_accounts(passed_over)
        if person_id in self._away:
            deputies = [deputy for deputy in self._deputies.get(person_id, ()) if deputy.pk in self._supervisors]
            return next((deputy for deputy in deputies if deputy.pk not in unable), None)
        return None if person_id in unable else self._people.get(person_id)

    def told(self, team_id: int | None, named: Person | None, passed_over: frozenset[int]) -> list[Person]:
        """Who gets the notice: the person named, else every supervisor of the team, else every supervisor."""
        if named is not None:
            return [named]
        unable = self._all_accounts(passed_over)
        able = [person for person in self._supervisors.values() if person.pk not in unable]
        return [person for person in able if person.team_id == team_id] or able

    def of_reminder(self, role: str, handler: Person | None, team_id: int | None) -> list[Person]:
        """Whom a step of a ladder of reminders names: the handler, or the lead of the team; else the supervisors."""
        if role == "handler" and handler is not None:
            return [handler]
        passed_over = frozenset({handler.pk} if handler is not None else ())
        return self.told(team_id, self.named(team_id, "team_lead", passed_over), passed_over)

    def _all_accounts(self, people):
        """Whoever is passed over is passed over by every account of theirs."""
        return frozenset(people).union(*(self._twins[person] for person in people if person in self._twins))

    def _rungs_of(self, team_id):
        if team_id not in self._rungs:
            self._rungs[team_id] = self._read_rungs(team_id)
        return self._rungs[team_id]

    def _read_rungs(self, team_id):
        team = self._teams.get(team_id)
        if team is None:
            return {"department_supervisor": tuple(self._supervisors)}
        own = [person.pk for person in self._supervisors.values() if person.team_id == team_id]
        same_department = [
            person.pk
            for person in self._supervisors.values()
            if person.team is not None and person.team.department_id == team.department_id and person.pk not in own
        ]
        lead = [team.lead_id] if team.lead_id in self._people else []
        return {
            "team_lead": tuple(self._with_deputies(lead, supervisors_only=False)),
            "supervisor": tuple(self._with_deputies(own)),
            "department_supervisor": tuple(self._with_deputies(same_department)),
        }

    def _with_deputies(self, people, *, supervisors_only=True):
        present = [person for person in people if person not in self._away]
        deputies = [
            deputy.pk for person in people for deputy in self._deputies.get(person, ()) if deputy.pk not in self._away
        ]
        if supervisors_only:
            deputies = [deputy for deputy in deputies if deputy in self._supervisors]
        return [*present, *deputies]
