"""Who may hold which groups, and who may give them: pure rules (roles.md)."""

from collections.abc import Iterator
from dataclasses import dataclass

from casemgmt.people.groups import HELD_ALONE, NEED_A_SECOND_PERSON, GroupName
from casemgmt.violations import Violation


@dataclass(frozen=True, slots=True)
class GroupsFacts:
    """Somebody sets the groups of a person. `by_system` is the release itself, which is nobody's colleague."""

    held: frozenset[str]
    wanted: frozenset[str]
    person: int
    by: int
    by_system: bool = False
    person_is_service: bool = False


@dataclass(frozen=True, slots=True)
class DecisionFacts:
    """Somebody decides about a proposed change of rights."""

    person: int
    proposed_by: int
    by: int
    still_proposed: bool


def violations_in_separation(groups: frozenset[str]) -> Iterator[Violation]:
    """Nobody holds two of Supervisors, Auditors and Administrators."""
    if len(groups & HELD_ALONE) > 1:
        yield Violation("rights.kept_apart", "groups")


def violations_in_groups(facts: GroupsFacts) -> Iterator[Violation]:
    """Setting groups directly: never one's own, and no Supervisors or Auditors without a second person."""
    if facts.by == facts.person:
        yield Violation("rights.own", "groups")
    if facts.person_is_service and facts.wanted:
        yield Violation("rights.service_account", "groups")
    if facts.wanted - set(GroupName):
        yield Violation("rights.unknown_group", "groups")
    yield from violations_in_separation(facts.wanted)
    if (facts.wanted - facts.held) & NEED_A_SECOND_PERSON and not facts.by_system:
        yield Violation("rights.second_person_needed", "groups")


def violations_in_proposal(facts: GroupsFacts, *, already_proposed: bool) -> Iterator[Violation]:
    """Proposing one more group for a person; `wanted` is what they would hold then."""
    added = facts.wanted - facts.held
    if facts.by == facts.person:
        yield Violation("rights.own", "person")
    if facts.person_is_service:
        yield Violation("rights.service_account", "person")
    if not added:
        yield Violation("rights.already_held", "group")
    elif not added <= NEED_A_SECOND_PERSON:
        yield Violation("rights.no_second_person_needed", "group")
    yield from (Violation(found.code, "group") for found in violations_in_separation(facts.wanted))
    if already_proposed:
        yield Violation("rights.already_proposed", "group")


def violations_in_decision(facts: DecisionFacts) -> Iterator[Violation]:
    """Deciding: somebody who neither asked nor gains, about what is still open."""
    if not facts.still_proposed:
        yield Violation("rights.already_decided")
    if facts.by == facts.proposed_by:
        yield Violation("rights.proposed_by_you")
    if facts.by == facts.person:
        yield Violation("rights.own")
