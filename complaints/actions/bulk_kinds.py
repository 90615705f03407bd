"""What can be done with many cases at once: for each kind its right, what a dry run says, and the single action.

The dry run asks the same rules as the single action, over values that were read for many cases at once; the deed
is the single action itself.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from casemgmt.people.models import Person
from casemgmt.people.queries import away_on
from casemgmt.violations import Violation
from complaints.actions.assigning import (
    assign_case,
    move_to_team,
    subjects_of_each,
    take_case,
    violations_in_assigning,
    violations_in_moving_to,
    violations_in_taking,
)
from complaints.actions.foretelling import RuleAhead
from complaints.actions.incident_mass import member_facts, offer_to_member, tell_member
from complaints.actions.incidents import link_to_incident, violations_in_linking_to
from complaints.actions.loads import handlers_of, lock_people
from complaints.actions.reminding import remind_handler, violations_in_reminding
from complaints.actions.sharing_out import assign_by_rule
from complaints.actions.tagging import tag_case, untag_case, violations_in_tagging, violations_in_untagging
from complaints.models import BulkLine, BulkRun, CaseTag, Complaint, IncidentMember
from complaints.roles import day_of, may_in_scope
from complaints.rules.bulk import by_share
from complaints.rules.incidents import violations_in_offering_to, violations_in_telling_to
from complaints.vocabulary import Channel

Kind = BulkRun.Kind
Changes = dict[str, str]


@dataclass
class Known:
    """What a dry run has read for many cases at once, and how the cases were shared out so far."""

    run: BulkRun
    by: Person
    at: datetime
    handlers: list[Person]
    subjects: Mapping[int, frozenset[int]] = field(default_factory=dict)
    tags: Mapping[int, frozenset[int]] = field(default_factory=dict)
    shares: Counter = field(default_factory=Counter)
    members: Mapping[int, IncidentMember] = field(default_factory=dict)
    told: set[int] = field(default_factory=set)
    away: frozenset[int] = frozenset()
    rule: RuleAhead | None = None

    def read(self, cases: Iterable[Complaint]) -> None:
        """Read what the rules ask of these cases."""
        keys = [case.pk for case in cases]
        self.subjects = subjects_of_each(keys)
        if self.handlers:
            self.away = frozenset(away_on(day_of(self.at)))
        if self.run.tag_id:
            self.tags = _grouped(CaseTag.objects.filter(case__in=keys).values_list("case_id", "tag_id"))
        if self.run.incident_id:
            rows = IncidentMember.objects.standing().filter(case__in=keys).select_related("incident")
            self.members = {row.case_id: row for row in rows.filter(settled_at__isnull=True)}
        if self.run.kind == Kind.SHARE:
            self.rule = self.rule or RuleAhead(self.by, self.at)
            self.rule.read(cases)
        if self.run.message_id:
            self.told |= set(self.run.message.told.values_list("customer", flat=True))

    def member_here(self, case: Complaint) -> IncidentMember | None:
        """The membership of the case in the incident of this run."""
        member = self.members.get(case.pk)
        return member if member is not None and member.incident_id == self.run.incident_id else None


@dataclass(frozen=True, slots=True)
class Forecast:
    """What would become of one case: the reasons why not, or what it was and what it will be, in names."""

    violations: tuple[Violation, ...] = ()
    before: Changes = field(default_factory=dict)
    after: Changes = field(default_factory=dict)
    handler: Person | None = None


@dataclass(frozen=True, slots=True)
class Deed:
    """One kind of run. `act(line, run, by, at)` is the single action; `needs_words` says whether words are typed.

    `lock_first(line)` locks what must be locked before the case, where there is something.
    """

    right: str
    forecast: Callable[[Complaint, Known], Forecast]
    act: Callable
    needs_words: bool = False
    lock_first: Callable[[BulkLine], None] | None = None


def _grouped(pairs) -> dict[int, frozenset[int]]:
    found = defaultdict(set)
    for case, other in pairs:
        found[case].add(other)
    return {case: frozenset(others) for case, others in found.items()}


def _name(row) -> str:
    return str(row) if row is not None else ""


def _refused(violations: Iterable[Violation]) -> Forecast:
    return Forecast(tuple(violations))


def _assigned(case: Complaint, known: Known) -> Forecast:
    """The case goes to whoever of the chosen may have it and got the fewest so far."""
    people = {person.pk: person for person in known.handlers}
    if case.handler_id in people:
        return _refused([Violation("handler.has_it_already", field="handler_id")])
    subjects = known.subjects.get(case.pk, frozenset())
    first: tuple[Violation, ...] = ()
    for key in by_share(people, known.shares):
        handler = people[key]
        found = tuple(violations_in_assigning(case, handler, _name(known.run.words), subjects, known.away))
        if not found:
            known.shares[key] += 1
            before = {"handler": _name(case.handler), "team": _name(case.team)}
            after = {"handler": handler.name, "team": _name(handler.team or case.team)}
            return Forecast((), *_what_differs(before, after), handler)
        first = first or found
    return _refused(first)


def _taken(case: Complaint, known: Known) -> Forecast:
    found = tuple(violations_in_taking(case, known.by, known.subjects.get(case.pk, frozenset())))
    if found:
        return _refused(found)
    before = {"handler": "", "team": _name(case.team)}
    after = {"handler": known.by.name, "team": _name(known.by.team or case.team)}
    return Forecast((), *_what_differs(before, after), known.by)


def _shared(case: Complaint, known: Known) -> Forecast:
    """The case goes to whom the rule names, with the cases before it counted; the rule is asked again at its turn."""
    foretold = known.rule.give(case.pk)
    if foretold.person is None:
        return _refused(foretold.violations)
    return Forecast((), *_given(case, foretold.person, foretold.held), foretold.person)


def _given(case: Complaint, handler: Person, held: int) -> tuple[Changes, Changes]:
    before = {"handler": "", "team": _name(case.team), "held": str(held)}
    return _what_differs(
        before, {"handler": handler.name, "team": _name(handler.team or case.team), "held": str(held + 1)}
    )


def _moved(case: Complaint, known: Known) -> Forecast:
    """Into the queue of the team, or into the hands of its people when such are chosen."""
    if known.handlers:
        return _assigned(case, known)
    team = known.run.to_team
    found = tuple(violations_in_moving_to(case, team, _name(known.run.words)))
    return _refused(found) if found else Forecast((), {"team": _name(case.team)}, {"team": _name(team)})


def _tagged(case: Complaint, known: Known) -> Forecast:
    found = tuple(violations_in_tagging(known.run.tag, known.tags.get(case.pk, frozenset())))
    return _refused(found) if found else Forecast((), {"tag": ""}, {"tag": known.run.tag.name})


def _untagged(case: Complaint, known: Known) -> Forecast:
    found = tuple(violations_in_untagging(known.run.tag, known.tags.get(case.pk, frozenset())))
    return _refused(found) if found else Forecast((), {"tag": known.run.tag.name}, {"tag": ""})


def _reminded(case: Complaint, known: Known) -> Forecast:
    found = tuple(violations_in_reminding(case, known.by))
    return _refused(found) if found else Forecast((), {}, {"reminded": case.handler.name})


def _linked(case: Complaint, known: Known) -> Forecast:
    member = known.members.get(case.pk)
    found = tuple(violations_in_linking_to(case, known.run.incident, member, _name(known.run.words)))
    return _refused(found) if found else Forecast((), {"incident": ""}, {"incident": str(known.run.incident)})


def _offered(case: Complaint, known: Known) -> Forecast:
    """The rules of the case itself are asked once more when its turn comes."""
    facts = member_facts(case, known.run, known.member_here(case), (), known.at)
    found = tuple(violations_in_offering_to(facts))
    return _refused(found) if found else Forecast((), {}, {"offered": _channel(facts.channel)})


def _told(case: Complaint, known: Known) -> Forecast:
    """Each customer once, however many cases they have here."""
    facts = member_facts(case, known.run, known.member_here(case), known.told, known.at)
    found = tuple(violations_in_telling_to(facts))
    if found:
        return _refused(found)
    known.told.add(case.customer_id)
    return Forecast((), {}, {"told": _channel(facts.channel)})


def _channel(code: str) -> str:
    return str(Channel(code).label)


def _what_differs(before: Changes, after: Changes) -> tuple[Changes, Changes]:
    names = [name for name in after if before.get(name) != after[name]]
    return {name: before.get(name, "") for name in names}, {name: after[name] for name in names}


def _assign(line: BulkLine, run: BulkRun, by, at):
    return assign_case(line.case_id, by=by, at=at, handler_id=line.handler_id, reason=_name(run.words))


def _move(line: BulkLine, run: BulkRun, by, at):
    if line.handler_id is not None:
        return _assign(line, run, by, at)
    return move_to_team(line.case_id, by=by, at=at, team_id=run.to_team_id, reason=_name(run.words))


def _share(line: BulkLine, run: BulkRun, by, at):
    """Who got it may be another one than the dry run named: what somebody has on hand changes by the minute."""
    case = assign_by_rule(line.case_id, by=by, at=at)
    if case.handler_id != line.handler_id:
        held = Complaint.objects.open().filter(handler=case.handler_id).count() - 1
        before = {"handler": "", "held": str(held)}
        after = {"handler": case.handler.name, "held": str(held + 1)}
        BulkLine.objects.filter(pk=line.pk).update(handler=case.handler, before=before, after=after)
    return case


def _lock_who_could_get_it(line: BulkLine) -> None:
    lock_people(
        handlers_of(Complaint.objects.only("team_id").get(pk=line.case_id).team_id).values_list("pk", flat=True)
    )


DEEDS: Mapping[str, Deed] = {
    Kind.ASSIGN: Deed("case.assign", _assigned, _assign, needs_words=True),
    Kind.TAKE: Deed("case.take", _taken, lambda line, run, by, at: take_case(line.case_id, by=by, at=at)),
    Kind.SHARE: Deed("case.assign", _shared, _share, lock_first=_lock_who_could_get_it),
    Kind.MOVE: Deed("case.assign", _moved, _move, needs_words=True),
    Kind.TAG: Deed(
        "case.edit_facts",
        _tagged,
        lambda line, run, by, at: tag_case(line.case_id, by=by, at=at, tag_id=run.tag_id),
    ),
    Kind.UNTAG: Deed(
        "case.edit_facts",
        _untagged,
        lambda line, run, by, at: untag_case(line.case_id, by=by, at=at, tag_id=run.tag_id),
    ),
    Kind.REMIND: Deed(
        "case.supervise",
        _reminded,
        lambda line, run, by, at: remind_handler(line.case_id, by=by, at=at, words=_name(run.words)),
        needs_words=True,
    ),
    Kind.LINK: Deed(
        "incident.link",
        _linked,
        lambda line, run, by, at: link_to_incident(
            line.case_id, by=by, at=at, incident_id=run.incident_id, reason=_name(run.words)
        ),
        needs_words=True,
    ),
    Kind.OFFER: Deed(
        "case.handle", _offered, lambda line, run, by, at: offer_to_member(line.case_id, run, by=by, at=at)
    ),
    Kind.TELL: Deed("contact.record", _told, lambda line, run, by, at: tell_member(line.case_id, run, by=by, at=at)),
}
"""kind → what it takes and what it does."""


def forecasts(cases: Iterable[Complaint], known: Known) -> Iterator[tuple[Complaint, Forecast]]:
    """What would become of each case. Three queries however many; the cases come with handler and team.

    They are cases that the maker of the run sees, so none of them is about the maker.
    """
    cases = list(cases)
    known.read(cases)
    deed, on = DEEDS[known.run.kind], day_of(known.at)
    for case in cases:
        if _needs_a_right(case, known) and not may_in_scope(known.by, deed.right, case, on=on):
            yield case, _refused([Violation("bulk.no_right")])
        else:
            yield case, deed.forecast(case, known)


def _needs_a_right(case, known) -> bool:
    """Taking asks for the right of a case that nobody has; one that somebody took says so instead."""
    return known.run.kind != Kind.TAKE or case.handler_id is None
