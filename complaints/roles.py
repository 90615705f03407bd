"""Who may do what with which case: the page of roles as data, asked by every action and every page.

A right is held through a group, for some of the cases. Separation of duties (who asked does not approve)
is not a right but a rule; it stands in `complaints.rules.duties`.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Q

from casemgmt.ledger import Signer, signed
from casemgmt.people.groups import GroupName
from casemgmt.people.one_person import accounts_of
from casemgmt.people.queries import group_names_of, stood_in_for
from casemgmt.people.roles import install_groups
from complaints.models import (
    ClockExtension,
    Commitment,
    CompensationGrant,
    Complaint,
    DepartmentTask,
    Escalation,
    LegalHold,
    RefusalProposal,
    Review,
    WordingOverride,
)
from complaints.models.rights import code_of
from complaints.pages_of_roles import PAGES
from complaints.states import (
    EscalationState,
    ExtensionState,
    GrantState,
    LegalHoldState,
    OverrideState,
    RefusalState,
    ReviewState,
)

STAFF = GroupName.STAFF
SUPERVISORS = GroupName.SUPERVISORS
OPERATIONS = GroupName.OPERATIONS
AUDITORS = GroupName.AUDITORS
POLICY_EDITORS = GroupName.POLICY_EDITORS
ADMINISTRATORS = GroupName.ADMINISTRATORS
SYSTEM = "system"


class Scope(StrEnum):
    """Of which cases somebody may do it."""

    OWN = "own"
    TEAM = "team"
    UNASSIGNED = "unassigned"
    WITH_WORK = "with_work"
    TO_DECIDE = "to_decide"
    ANY = "any"


OWN, TEAM, UNASSIGNED, WITH_WORK, TO_DECIDE, ANY = Scope
_SEEN_BY_STAFF = frozenset({OWN, TEAM, UNASSIGNED})
_OWN_OR_TEAM = {STAFF: {OWN}, SUPERVISORS: {OWN, TEAM}}
_AND_SYSTEM = {SYSTEM: {ANY}}


def _frozen(rights: dict) -> Mapping[str, Mapping[str, frozenset[Scope]]]:
    return MappingProxyType(
        {
            right: MappingProxyType({group: frozenset(scopes) for group, scopes in holders.items()})
            for right, holders in rights.items()
        }
    )


RIGHTS = _frozen(
    {
        "case.view": {
            STAFF: _SEEN_BY_STAFF,
            SUPERVISORS: {OWN, TEAM, UNASSIGNED, TO_DECIDE},
            OPERATIONS: {WITH_WORK},
            AUDITORS: {ANY},
        },
        "case.register": {STAFF: {ANY}, SUPERVISORS: {ANY}, SYSTEM: {ANY}},
        "case.edit_facts": _OWN_OR_TEAM,
        "case.take": {STAFF: {UNASSIGNED}},
        "case.assign": {SUPERVISORS: {OWN, TEAM, UNASSIGNED}, SYSTEM: {ANY}},
        "case.hand_over": _OWN_OR_TEAM,
        "handover.answer": {STAFF: _SEEN_BY_STAFF, SUPERVISORS: {OWN, TEAM}},
        "case.handle": _OWN_OR_TEAM,
        "case.payment_failed": {OPERATIONS: {WITH_WORK}, SYSTEM: {ANY}},
        "case.supervise": {SUPERVISORS: {OWN, TEAM}},
        "incident.lead": {SUPERVISORS: {ANY}},
        "incident.link": {STAFF: {OWN}, SUPERVISORS: {OWN, TEAM, UNASSIGNED}},
        "evidence.add": {STAFF: {OWN}, SUPERVISORS: {OWN, TEAM}, OPERATIONS: {WITH_WORK}},
        "evidence.read": {
            STAFF: {OWN, TEAM},
            SUPERVISORS: {OWN, TEAM, TO_DECIDE},
            OPERATIONS: {WITH_WORK},
            AUDITORS: {ANY},
        },
        "evidence.judge": _OWN_OR_TEAM,
        "hold.set": {SUPERVISORS: {OWN, TEAM}},
        "hold.decide": {SUPERVISORS: {ANY}},
        "task.make": _OWN_OR_TEAM | _AND_SYSTEM,
        "task.do": {SUPERVISORS: {WITH_WORK}, OPERATIONS: {WITH_WORK}},
        "contact.record": _OWN_OR_TEAM | _AND_SYSTEM,
        "note.write": {STAFF: {OWN}, SUPERVISORS: {OWN, TEAM}, OPERATIONS: {WITH_WORK}, AUDITORS: {ANY}},
        "grant.ask": _OWN_OR_TEAM,
        "grant.approve": {SUPERVISORS: {ANY}},
        "grant.pay": {OPERATIONS: {ANY}},
        "grant.bounce": {OPERATIONS: {ANY}, SYSTEM: {ANY}},
        "grant.cancel": _OWN_OR_TEAM,
        "payee.enter": _OWN_OR_TEAM,
        "refusal.propose": _OWN_OR_TEAM,
        "refusal.decide": {SUPERVISORS: {ANY}},
        "wording.ask": _OWN_OR_TEAM,
        "wording.decide": {SUPERVISORS: {ANY}},
        "commitment.make": {STAFF: {OWN}, SUPERVISORS: {OWN, TEAM}, OPERATIONS: {WITH_WORK}},
        "commitment.keep": {STAFF: {OWN}, SUPERVISORS: {OWN, TEAM}, OPERATIONS: {WITH_WORK}},
        "commitment.release": _OWN_OR_TEAM,
        "flag.raise": {STAFF: _SEEN_BY_STAFF, SUPERVISORS: {OWN, TEAM, UNASSIGNED}, SYSTEM: {ANY}},
        "flag.lower": {SUPERVISORS: {OWN, TEAM}},
        "follow_up.record": _OWN_OR_TEAM | _AND_SYSTEM,
        "escalation.raise": {
            STAFF: _SEEN_BY_STAFF,
            SUPERVISORS: {OWN, TEAM, UNASSIGNED},
            AUDITORS: {ANY},
            SYSTEM: {ANY},
        },
        "escalation.decide": {SUPERVISORS: {ANY}},
        "pause": _OWN_OR_TEAM | _AND_SYSTEM,
        "clock.extend": _OWN_OR_TEAM,
        "clock.decide": {SUPERVISORS: {ANY}},
        "route": _OWN_OR_TEAM,
        "counsel.read": {STAFF: {OWN}, SUPERVISORS: {OWN, TEAM}, AUDITORS: {ANY}},
        "review": _OWN_OR_TEAM,
        "review.decide": {SUPERVISORS: {ANY}},
        "return.receive": {STAFF: {OWN}, SUPERVISORS: {OWN, TEAM}, OPERATIONS: {WITH_WORK}},
        "customer.reveal": {STAFF: {OWN}, SUPERVISORS: {OWN, TEAM}, AUDITORS: {ANY}},
        "import": {SUPERVISORS: {ANY}},
        "export.cases": {STAFF: {ANY}, SUPERVISORS: {ANY}, AUDITORS: {ANY}},
        "export.payments": {SUPERVISORS: {TEAM}, OPERATIONS: {ANY}, AUDITORS: {ANY}},
    }
)
"""right → group → for which cases. What no row names nobody may."""


def permissions_of(group: str) -> frozenset[str]:
    """Every permission of a group: its rights in cases and its pages."""
    rights = {f"complaints.{code_of(right)}" for right, holders in RIGHTS.items() if group in holders}
    return frozenset(rights | PAGES[group])


def install_roles(**kwargs) -> None:
    """Give each group its permissions, after every migrate; the second time changes nothing."""
    with signed(by=Signer("migration"), reason="groups.installed", source="migration"):
        install_groups({group: permissions_of(group) for group in GroupName})


WORK_STATES = (GrantState.APPROVED, GrantState.PAID, GrantState.BOUNCED)
"""Grants with which operations have something to do, or had."""


def day_of(at: datetime) -> date:
    """The day of an instant where the shop works."""
    return at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def day_ends_at(at: datetime) -> datetime:
    """The first instant of the day after that of `at`, where the shop works."""
    return datetime.combine(day_of(at) + timedelta(days=1), time.min, tzinfo=ZoneInfo(settings.TIME_ZONE))


def groups_of(person) -> frozenset[str]:
    """The groups of the person, asked of the database once per object. The service account counts as the system."""
    if not hasattr(person, "_groups_held"):
        held = group_names_of(person) if person.is_active else frozenset()
        person._groups_held = frozenset(held | ({SYSTEM} if person.is_service else set()))
    return person._groups_held


def absent_for(person, on: date) -> Mapping[int, int | None]:
    """Whom the person stands in for on that day, with their teams; asked of the database once per object and day."""
    known = person.__dict__.setdefault("_stands_in_for", {})
    if on not in known:
        known[on] = MappingProxyType(stood_in_for(person, on))
    return known[on]


def teams_of(person, on: date) -> frozenset[int]:
    """The teams the person acts for on that day: their own, and those of whom they stand in for."""
    return frozenset({person.team_id, *absent_for(person, on).values()} - {None})


def acts_as(person, on: date) -> frozenset[int]:
    """Whose cases are the person's own on that day, by id: theirs, and those of whom they stand in for."""
    return frozenset({person.pk, *absent_for(person, on)})


def remember(person, *, groups, stands_in_for: Mapping[int, int | None], on: date) -> None:
    """Know groups and whom a person stands in for from a query made for many, so that nobody is asked about alone."""
    person._groups_held = frozenset(groups)
    person.__dict__.setdefault("_stands_in_for", {})[on] = MappingProxyType(dict(stands_in_for))


def scopes_of(person, right: str) -> frozenset[Scope]:
    """For which cases the person holds the right. A superuser holds them all; every rule still binds."""
    if person.is_superuser and person.is_active:
        return frozenset({ANY})
    holders = RIGHTS[right]
    return frozenset().union(*(holders.get(group, frozenset()) for group in groups_of(person)))


def may(person, right: str, case: Complaint | None = None, *, on: date) -> bool:
    """Whether the person has the right, of this case if one is given. Nobody has any on a case about themselves."""
    scopes = scopes_of(person, right)
    if case is None or not scopes:
        return bool(scopes)
    return not is_about(person, case) and may_in_scope(person, right, case, on=on)


def is_about(person, case: Complaint) -> bool:
    """Whether the complaint is about this person, by whatever account."""
    return case.subjects.filter(person__in=accounts_of(person), lifted_at__isnull=True).exists()


def may_in_scope(person, right: str, case: Complaint, *, on: date) -> bool:
    """Whether role and team give the right of this case, to somebody whom it is not about; see `may`."""
    scopes = scopes_of(person, right)
    return (
        ANY in scopes
        or (OWN in scopes and case.handler_id is not None and _is_own(case, person, on))
        or (TEAM in scopes and case.team_id in teams_of(person, on))
        or (UNASSIGNED in scopes and case.handler_id is None and _is_for_the_person(case, person, on))
        or (WITH_WORK in scopes and _is_among(case, _with_work(person)))
        or (TO_DECIDE in scopes and _is_among(case, _to_decide(person)))
    )


def demand_right(person, right: str, case: Complaint | None = None, *, at: datetime) -> None:
    """Raise PermissionDenied unless the person has the right. It is about the person, never about the state."""
    if not may(person, right, case, on=day_of(at)):
        raise PermissionDenied(right)


def cases_visible_to(person, *, on: date):
    """The cases that the person may see: by role and team, and never one that is about them."""
    scopes = scopes_of(person, "case.view")
    if not scopes:
        return Complaint.objects.none()
    cases = Complaint.objects.not_about(person)
    if ANY in scopes:
        return cases
    visible = Q(pk__in=[])
    teams = teams_of(person, on)
    if OWN in scopes:
        visible |= Q(handler__in=acts_as(person, on))
    if TEAM in scopes:
        visible |= Q(team__in=teams)
    if UNASSIGNED in scopes:
        visible |= Q(handler__isnull=True, team__isnull=True)
    if WITH_WORK in scopes:
        visible |= _with_work(person)
    if TO_DECIDE in scopes:
        visible |= _to_decide(person)
    return cases.filter(visible)


def _is_own(case, person, on) -> bool:
    return case.handler_id == person.pk or case.handler_id in absent_for(person, on)


def _is_for_the_person(case, person, on) -> bool:
    return case.team_id is None or case.team_id in teams_of(person, on)


def _department_of(person):
    return person.team.department_id if person.team_id else None


def _with_work(person) -> Q:
    """Cases with a payment for operations, or with a task or promise of the person's own department."""
    department = _department_of(person)
    tasks = DepartmentTask.objects.filter(Q(assignee=person) | Q(department=department, department__isnull=False))
    promises = Commitment.objects.filter(Q(owner=person) | Q(department=department, department__isnull=False))
    cases = Q(pk__in=tasks.values("case")) | Q(pk__in=promises.values("case"))
    if OPERATIONS in groups_of(person):
        cases |= Q(pk__in=CompensationGrant.objects.filter(state__in=WORK_STATES).values("case"))
    return cases


def _to_decide(person) -> Q:
    """Cases, of whatever team, in which a request waits for a supervisor, or an escalation for this person.

    Whom a rule names must be able to look; a team with one supervisor needs another's second pair of eyes.
    """
    waiting = (EscalationState.OPEN, EscalationState.ACKNOWLEDGED)
    refusals = RefusalProposal.objects.filter(state=RefusalState.PROPOSED)
    grants = CompensationGrant.objects.filter(state=GrantState.AWAITING_APPROVAL)
    escalations = Escalation.objects.filter(to_person=person, state__in=waiting)
    extensions = ClockExtension.objects.filter(state=ExtensionState.ASKED)
    to_decide = Q(pk__in=refusals.values("case")) | Q(pk__in=grants.values("case"))
    wordings = WordingOverride.objects.filter(state=OverrideState.ASKED)
    to_decide |= Q(pk__in=wordings.values("case"))
    answers = Review.objects.filter(state=ReviewState.ANSWER_PROPOSED)
    to_decide |= Q(pk__in=answers.values("case"))
    to_decide |= Q(pk__in=LegalHold.objects.filter(state=LegalHoldState.LIFT_ASKED).values("case"))
    return to_decide | Q(pk__in=escalations.values("case")) | Q(pk__in=extensions.values("case"))


def _is_among(case, cases: Q) -> bool:
    return Complaint.objects.filter(cases, pk=case.pk).exists()
