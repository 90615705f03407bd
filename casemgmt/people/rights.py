"""Who may hold which groups, and who may give them: pure rules (roles.md)."""

from collections.abc import Iterator
from dataclasses import dataclass

from casemgmt.people.groups import HELD_ALONE, NEED_A_SECOND_PERSON, GroupName
from casemgmt.violations import Violation


@dataclass(frozen=True, slots=True)
class GroupsFacts:
    """Somebody sets the groups of an account. `by` are all accounts of whoever does; `elsewhere` is what the same
    human holds by other accounts. `by_system` is the release itself, which is nobody's colleague.
    """

    held: frozenset[str]
    wanted: frozenset[str]
    person: int
    by: frozenset[int]
    elsewhere: frozenset[str] = frozenset()
    by_system: bool = False
    person_is_service: bool = False


@dataclass(frozen=True, slots=True)
class DecisionFacts:
    """Somebody decides about a proposed change of rights; `by` are all accounts of whoever does."""

    person: int
    proposed_by: int
    by: frozenset[int]
    still_proposed: bool


def violations_in_separation(groups: frozenset[str], elsewhere: frozenset[str] = frozenset()) -> Iterator[Violation]:
    """Nobody holds two of Supervisors, Auditors and Administrators, not by two accounts either."""
    if len(groups & HELD_ALONE) > 1:
        yield Violation("rights.kept_apart", "groups")
    elif len((groups | elsewhere) & HELD_ALONE) > 1:
        yield Violation("rights.kept_apart_by_accounts", "groups")


def violations_in_groups(facts: GroupsFacts) -> Iterator[Violation]:
    """Setting groups directly: never one's own, and no Supervisors or Auditors without a second person."""
    if facts.person in facts.by:
        yield Violation("rights.own", "groups")
    if facts.person_is_service and facts.wanted:
        yield Violation("rights.service_account", "groups")
    if facts.wanted - set(GroupName):
        yield Violation("rights.unknown_group", "groups")
    yield from violations_in_separation(facts.wanted, facts.elsewhere)
    if (facts.wanted - facts.held) & NEED_A_SECOND_PERSON and not facts.by_system:
        yield Violation("rights.second_person_needed", "groups")


def violations_in_proposal(facts: GroupsFacts, *, already_proposed: bool) -> Iterator[Violation]:
    """Proposing one more group for a person; `wanted` is what they would hold then."""
    added = facts.wanted - facts.held
    if facts.person in facts.by:
        yield Violation("rights.own", "person")
    if facts.person_is_service:
        yield Violation("rights.service_account", "person")
    if not added:
        yield Violation("rights.already_held", "group")
    elif not added <= NEED_A_SECOND_PERSON:
        yield Violation("rights.no_second_person_needed", "group")
    yield from (Violation(found.code, "group") for found in violations_in_separation(facts.wanted, facts.elsewhere))
    if already_proposed:
        yield Violation("rights.already_proposed", "group")


def violations_in_decision(facts: DecisionFacts) -> Iterator[Violation]:
    """Deciding: somebody who neither asked nor gains, about what is still open."""
    if not facts.still_proposed:
        yield Violation("rights.already_decided")
    if facts.proposed_by in facts.by:
        yield Violation("rights.proposed_by_you")
    if facts.person in facts.by:
        yield Violation("rights.own")


@dataclass(frozen=True, slots=True)
class JoiningFacts:
    """Somebody says which human an account belongs to. `groups` is what all accounts of that number would hold."""

    person: int
    by: frozenset[int]
    person_is_service: bool
    number: str
    is_a_number: bool
    groups: frozenset[str]


def violations_in_joining(facts: JoiningFacts) -> Iterator[Violation]:
    """Never one's own accounts, and none that together hold two of the groups kept apart."""
    if facts.person in facts.by:
        yield Violation("rights.own", "number")
    if facts.person_is_service:
        yield Violation("rights.service_account", "number")
    if facts.number and not facts.is_a_number:
        yield Violation("person.no_staff_number", "number")
    if len(facts.groups & HELD_ALONE) > 1:
        yield Violation("rights.kept_apart_by_accounts", "number")


def violations_in_first_number(known: str) -> Iterator[Violation]:
    """One administrator says whose an account is; that it is somebody else's takes two."""
    if known:
        yield Violation("person.number_by_two", "number")


def violations_in_number_change(known: str, wanted: str, *, already_proposed: bool) -> Iterator[Violation]:
    """Proposing another number for an account that has one, or none any more."""
    if not known:
        yield Violation("person.number_not_known", "number")
    elif wanted == known:
        yield Violation("person.number_unchanged", "number")
    if already_proposed:
        yield Violation("rights.already_proposed", "number")
