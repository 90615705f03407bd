"""Opening an incident, its cases coming and going, each noted on its own, and closing it (S-COM-31, WC-07)."""

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.people.models import Person
from casemgmt.violations import Violation, demand
from complaints import notices
from complaints.actions import causes
from complaints.actions.escalating import raise_escalation
from complaints.actions.flagging import raise_flag
from complaints.actions.improving import set_improvement
from complaints.actions.moving import violations_in_move
from complaints.actions.stating import state_words
from complaints.models import Complaint, Incident, IncidentMember, IncidentWords, Product
from complaints.roles import day_of, demand_right, may
from complaints.rules import incidents as rules
from complaints.states import IncidentPlanState, PublicNoticeState
from complaints.vocabulary import StatementKind
from policies.lookup import periods_in_force

Kind = IncidentWords.Kind
A_DAY = timedelta(days=1)


def write_incident_words(kind: Kind, words: str | None, *, by, at: datetime) -> IncidentWords | None:
    """Words about a whole incident, once and for all; None for blank ones. Runs inside `signed`."""
    if words is None or not words.strip():
        return None
    said = IncidentWords(kind=kind, said_by=by, said_at=at).speak(words)
    said.save()
    return said


def locked_incident(incident_id: int) -> Incident:
    """The incident, locked until the transaction ends; always after its case."""
    return Incident.objects.select_for_update(of=("self",)).get(pk=incident_id)


@transaction.atomic
def open_incident(
    *,
    by,
    at: datetime,
    title: str,
    cause: str,
    since: datetime | None,
    category: str = "",
    product: str = "",
    batch: str = "",
    service: str = "",
    shop_id: int | None = None,
    safety_flag: bool = False,
    owner_id: int | None = None,
) -> Incident:
    """Say that one cause hits many customers. Supervisors may; the second call opens a second incident.

    `product` is the name of the goods; without an owner it is the opener's own.
    """
    demand_right(by, "incident.lead", at=at)
    owner = by if owner_id is None else _leader(owner_id, at)
    about = any((category, product.strip(), batch.strip(), service.strip(), shop_id))
    demand(rules.violations_in_opening(rules.OpeningFacts(title, cause, since, about, owner is not None, at)))
    with signed(by=by, reason="incident.opened", at=at):
        return Incident.objects.create(
            title=title.strip(),
            cause=write_incident_words(Kind.CAUSE, cause, by=by, at=at),
            category=category,
            product=_product(product.strip()[:200]),
            batch=batch.strip()[:60],
            service=service.strip()[:120],
            shop_id=shop_id,
            since=since,
            safety_flag=safety_flag,
            owner=owner,
            opened_by=by,
            opened_at=at,
        )


def _leader(person_id: int, at: datetime) -> Person | None:
    person = Person.objects.filter(pk=person_id, is_active=True, is_service=False).first()
    return person if person is not None and may(person, "incident.lead", on=day_of(at)) else None


def _product(name: str) -> Product | None:
    if not name:
        return None
    return Product.objects.filter(name=name, article_number="").first() or Product.objects.create(name=name)


def why_not_while_closed(incident: Incident, *, by, at: datetime) -> list[Violation]:
    """A closed incident is read only."""
    return list(_violations_in_state(incident))


@transaction.atomic
def learn_cause(incident_id: int, *, by, at: datetime, cause: str) -> Incident:
    """The cause as it is known now; what was thought before stays in the history."""
    incident = locked_incident(incident_id)
    demand_right(by, "incident.lead", at=at)
    demand(_violations_in_state(incident), _violations_in_cause(cause))
    with signed(by=by, reason="incident.cause_learnt", at=at):
        incident.cause = write_incident_words(Kind.CAUSE, cause, by=by, at=at)
        incident.save()
    return incident


def _violations_in_state(incident):
    if not incident.is_open:
        yield Violation("incident.closed")


def _violations_in_cause(cause):
    if not cause.strip():
        yield Violation("incident.cause_missing", field="cause")


def standing_member(case_id: int) -> IncidentMember | None:
    """The membership of the case in the incident that is not closed, if there is one."""
    rows = IncidentMember.objects.standing().filter(case=case_id, settled_at__isnull=True)
    return rows.select_related("incident").first()


def violations_in_linking_to(case: Complaint, incident: Incident | None, member: IncidentMember | None, reason: str):
    """Why the case cannot join; `member` is what it is of already. For the action and for dry runs."""
    if incident is None:
        yield Violation("incident.unknown", field="incident_id")
        return
    yield from rules.violations_in_joining(
        is_open=incident.is_open,
        case_open=case.is_open,
        case_state=str(case.get_state_display()),
        here_already=member is not None and member.incident_id == incident.pk,
        elsewhere=str(member.incident) if member is not None else "",
        reason=reason,
    )


@transaction.atomic
def link_to_incident(case_id: int, *, by, at: datetime, incident_id: int, reason: str) -> IncidentMember:
    """The case belongs to the incident from now on; its own answers, money and end stay its own.

    Its handler may, and a supervisor of its team. A safety incident marks the case. Growing faster than the policy
    allows goes up, once a day. The second time is refused.
    """
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "incident.link", case, at=at)
    incident = Incident.objects.select_for_update(of=("self",)).filter(pk=incident_id).first()
    demand(violations_in_linking_to(case, incident, standing_member(case.pk), reason))
    with signed(by=by, reason="incident.case_linked", at=at):
        words = state_words(case, StatementKind.REASON, reason, by=by, at=at)
        member = IncidentMember.objects.create(incident=incident, case=case, reason=words, linked_by=by, linked_at=at)
    if incident.safety_flag and not case.safety_flag and may(by, "flag.raise", case, on=day_of(at)):
        raise_flag(case.pk, by=by, at=at, flag="safety", reason=reason)
    _go_up_if_it_grows(incident, member, by=by, at=at)
    return member


def _go_up_if_it_grows(incident: Incident, member: IncidentMember, *, by, at: datetime) -> None:
    joined = incident.members.standing().filter(linked_at__gt=at - A_DAY).count()
    if incident.alarmed_on == day_of(at) or not rules.grew_too_fast(joined, periods_in_force(at).incident_cases_a_day):
        return
    with signed(by=by, reason="incident.grew", at=at):
        incident.alarmed_on = day_of(at)
        incident.save()
    raise_escalation(member.case, cause=causes.cause(causes.INCIDENT, incident.pk), level=2, due_at=at, by=by, at=at)
    notices.queue(member.case, "notice.incident_grew", to=incident.owner, at=at, params={"number": joined})


def why_not_unlink(member: IncidentMember, *, by, at: datetime) -> list[Violation]:
    """What stands against taking the case out again."""
    if member.unlinked_at is not None:
        return [Violation("incident.no_member")]
    return [Violation("incident.closed")] if member.settled_at is not None else []


@transaction.atomic
def unlink_from_incident(member_id: int, *, by, at: datetime, reason: str) -> IncidentMember:
    """The case does not belong there after all. What it was told and offered meanwhile stands."""
    case = Complaint.objects.locked(memberships__pk=member_id)
    member = case.memberships.select_related("incident").get(pk=member_id)
    demand_right(by, "incident.link", case, at=at)
    demand(why_not_unlink(member, by=by, at=at), _violations_in_reason(reason))
    with signed(by=by, reason="incident.case_unlinked", at=at):
        member.unlinked_by, member.unlinked_at = by, at
        member.unlinked_because = state_words(case, StatementKind.REASON, reason, by=by, at=at)
        member.save()
    return member


def _violations_in_reason(reason):
    if not reason.strip():
        yield Violation("reason.missing", field="reason")


@transaction.atomic
def note_member(member_id: int, *, by, at: datetime, words: str) -> IncidentMember:
    """Say what becomes of this case alone, apart from the plan for all; it holds the incident open no longer."""
    case = Complaint.objects.locked(memberships__pk=member_id)
    member = case.memberships.select_related("incident").get(pk=member_id)
    demand_right(by, "incident.lead", at=at)
    if not may(by, "case.view", case, on=day_of(at)):
        raise PermissionDenied("incident.lead")
    demand(why_not_unlink(member, by=by, at=at), _violations_in_words(words))
    with signed(by=by, reason="incident.case_noted", at=at):
        member.noted = state_words(case, StatementKind.NOTE, words, by=by, at=at)
        member.noted_by, member.noted_at = by, at
        member.save()
    return member


def _violations_in_words(words):
    if not words.strip():
        yield Violation("words.missing", field="words")


@transaction.atomic
def set_incident_measure(incident_id: int, *, by, at: datetime, kind: str, what: str, owner_id=None, due_on=None):
    """The measure against this cause, kept with one case that the leader has a hand in; see `set_improvement`."""
    demand_right(by, "incident.lead", at=at)
    keys = list(IncidentMember.objects.standing().filter(incident=incident_id).values_list("case", flat=True))
    mine = next(
        (case for case in Complaint.objects.filter(pk__in=keys) if may(by, "case.handle", case, on=day_of(at))), None
    )
    if mine is None:
        demand([Violation("incident.no_member_of_yours")])
    measure = set_improvement(mine.pk, by=by, at=at, kind=kind, what=what, owner_id=owner_id, due_on=due_on)
    incident = locked_incident(incident_id)
    with signed(by=by, reason="incident.measure_set", at=at):
        incident.improvement = measure
        incident.save()
    return incident


def why_not_close_incident(incident: Incident, *, by, at: datetime) -> list[Violation]:
    """What is still open in it."""
    return _violations_in_closing(incident, None)


def _violations_in_closing(incident, words):
    members = incident.members.standing()
    found = list(violations_in_move(incident, "close"))
    return found or list(
        rules.violations_in_closing(
            unfinished=members.unfinished().count(),
            proposed=incident.plans.filter(state=IncidentPlanState.PROPOSED).exists(),
            announced=incident.announcements.filter(state=PublicNoticeState.PROPOSED).exists(),
            members=members.count(),
            has_measure=incident.improvement_id is not None,
            words=words,
        )
    )


@transaction.atomic
def close_incident(incident_id: int, *, by, at: datetime, words: str) -> Incident:
    """It is over: each case has ended or was noted one by one. Its cases may belong to another incident later."""
    incident = locked_incident(incident_id)
    demand_right(by, "incident.lead", at=at)
    demand(_violations_in_closing(incident, words))
    with signed(by=by, reason="incident.closed", at=at):
        incident.close(by=by, at=at, words=write_incident_words(Kind.CLOSING, words, by=by, at=at))
        incident.save()
        incident.members.standing().update(settled_at=at)
    return incident


def why_not_reopen_incident(incident: Incident, *, by, at: datetime) -> list[Violation]:
    """Whether the state knows it, and no case has gone to another incident meanwhile."""
    found = list(violations_in_move(incident, "reopen"))
    keys = incident.members.standing().values("case")
    elsewhere = IncidentMember.objects.standing().filter(case__in=keys, settled_at__isnull=True)
    if not found and elsewhere.exclude(incident=incident).exists():
        found.append(Violation("incident.members_elsewhere"))
    return found


def supersede_agreed_plans(incident: Incident) -> None:
    """The plan that held makes way for another. For holders of the incident's lock, inside `signed`."""
    for plan in incident.plans.filter(state=IncidentPlanState.APPROVED):
        plan.supersede()
        plan.save()


@transaction.atomic
def reopen_incident(incident_id: int, *, by, at: datetime, reason: str) -> Incident:
    """The cause came back: cases may join again, and another plan is agreed to; what was offered stands."""
    incident = locked_incident(incident_id)
    demand_right(by, "incident.lead", at=at)
    demand(why_not_reopen_incident(incident, by=by, at=at), _violations_in_reason(reason))
    with signed(by=by, reason="incident.reopened", at=at):
        incident.act_reason = write_incident_words(Kind.REASON, reason, by=by, at=at)
        supersede_agreed_plans(incident)
        incident.reopen()
        incident.save()
        incident.members.standing().update(settled_at=None)
    return incident
