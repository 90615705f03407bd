"""Naming a colleague in a note: they are told, and only those who may see the case can be named."""

from collections import defaultdict
from datetime import datetime

from casemgmt.people.models import Person, Substitution
from casemgmt.violations import Violation
from complaints import notices
from complaints.models import Complaint, Mention, Statement
from complaints.roles import day_of, is_about, may, may_in_scope, remember
from complaints.rules.mentioning import Mentioned, mentions_in
from complaints.rules.mentioning import violations_in_mentions as violations_in_found


def _colleagues():
    return Person.objects.filter(is_active=True, is_staff=True, is_service=False)


def found_in(words: str) -> list[Mentioned]:
    """The mentions in the words, by names and sign-in names; one query, and none without an @."""
    if "@" not in words and "＠" not in words:
        return []
    names = defaultdict(set)
    for key, name, username in _colleagues().values_list("pk", "name", "username"):
        names[name.lower()].add(key)
        names[username.lower()].add(key)
    return list(mentions_in(words, names))


def violations_in_mentions(case: Complaint, found: list[Mentioned], *, at: datetime) -> list[Violation]:
    """Who is named and cannot be. The person whom the case is about is told apart from nobody."""
    keys = {mentioned.keys[0] for mentioned in found if len(mentioned.keys) == 1}
    people = _colleagues().filter(pk__in=keys) if keys else ()
    may_see = frozenset(person.pk for person in people if may(person, "case.view", case, on=day_of(at)))
    return list(violations_in_found(found, may_see))


def write_mentions(
    case: Complaint,
    note: Statement,
    found: list[Mentioned],
    *,
    by,
    at: datetime,
    told: Statement | None = None,
) -> list[Mention]:
    """Write down who is named and tell each once: not the writer, nor whom the note `told` named already.

    For callers who hold the lock and signed.
    """
    keys = {mentioned.keys[0] for mentioned in found}
    people = list(_colleagues().filter(pk__in=keys)) if keys else []
    mentions = [Mention.objects.create(case=case, statement=note, person=person) for person in people]
    known = set(told.mentions.values_list("person_id", flat=True)) if told is not None and people else set()
    others = [person for person in people if person.pk not in known | {by.pk}]
    notices.queue(case, "notice.mentioned", to=others, at=at, params={"by": by.name}, about=note)
    return mentions


def people_to_mention(case: Complaint, *, at: datetime) -> list[Person]:
    """Everybody who may see the case, by name. A few queries, and one or two more for those beside its team."""
    on = day_of(at)
    stand_ins = defaultdict(dict)
    rows = Substitution.objects.in_force(on).values_list("person", "stands_in_for", "stands_in_for__team")
    for person, absent, team in rows:
        stand_ins[person][absent] = team
    found = []
    for person in _colleagues().select_related("team").prefetch_related("groups").order_by("name", "pk"):
        held = [group.name for group in person.groups.all()]
        remember(person, groups=held, stands_in_for=stand_ins[person.pk], on=on)
        if may_in_scope(person, "case.view", case, on=on) and not is_about(person, case):
            found.append(person)
    return found
