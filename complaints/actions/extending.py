"""More time for a clock: asked for with a reason, decided by a second person, and told to the customer."""

from datetime import datetime, timedelta

from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.people.one_person import accounts_behind, accounts_of
from casemgmt.violations import Violation, demand
from complaints import notices
from complaints.actions.assigning import subjects_of
from complaints.actions.committing import write_commitment
from complaints.actions.reckoning import Reckoner, recompute_and_save
from complaints.actions.stating import state_words
from complaints.actions.superiors import Superiors
from complaints.actions.timing import note_next_due
from complaints.models import Clock, ClockExtension, Complaint
from complaints.roles import demand_right
from complaints.rules import extending as rules
from complaints.rules.paperwork import violations_in_required_words
from complaints.states import ExtensionState
from complaints.vocabulary import DueChangeCause, StatementKind
from policies.lookup import policy_by_id
from policies.values import ClockPolicy


def clocks_to_extend(case: Complaint, *, at: datetime) -> list[Clock]:
    """The clocks of the case for which more time may be asked for now."""
    return [clock for clock in case.clocks.all() if not any(_violations_in_clock(clock, case, at))]


def _violations_in_clock(clock: Clock, case: Complaint, at: datetime):
    extensions = [found for found in case.extensions.all() if found.clock_id == clock.pk]
    facts = rules.ClockFacts(
        case_is_open=case.is_open,
        is_stopped=clock.stopped_at is not None,
        is_adopted=bool(clock.working.get("adopted") or clock.working.get("taken_over")),
        due_at=clock.due_at,
        terms=policy_by_id(clock.policy_id).extension,
        granted=sum(found.state == ExtensionState.APPROVED for found in extensions),
        is_pending=any(found.state == ExtensionState.ASKED for found in extensions),
    )
    return rules.violations_in_extending(facts, at=at)


def why_not_ask_for_extension(case: Complaint, *, by, at: datetime) -> list[Violation]:
    """What stands against asking at all: no clock of the case can be given more time now."""
    if not case.is_open:
        return [Violation("extension.case_ended")]
    return [] if clocks_to_extend(case, at=at) else [Violation("extension.no_clock")]


@transaction.atomic
def ask_for_extension(
    case_id: int, *, by, at: datetime, clock_id: int, amount: int, reason: str, explanation: str = ""
) -> ClockExtension:
    """Ask for more time for one clock, `amount` in the unit of its length. Nothing moves until somebody else agrees.

    `explanation`: what the customer will be told, where the policy wants them to know. A second request while one
    waits is refused.
    """
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "clock.extend", case, at=at)
    clock = case.clocks.filter(pk=clock_id).first()
    demand([] if clock is not None else [Violation("extension.clock_unknown", "clock_id")])
    policy: ClockPolicy = policy_by_id(clock.policy_id)
    demand(
        _violations_in_clock(clock, case, at),
        rules.violations_in_request(policy.extension, amount=amount, reason=reason, explanation=explanation),
    )
    with signed(by=by, reason="extension.asked", at=at):
        extension = ClockExtension.objects.create(
            case=case,
            clock=clock,
            amount=amount,
            reason=state_words(case, StatementKind.REASON, reason, by=by, at=at),
            explanation=state_words(case, StatementKind.EXPLANATION, explanation, by=by, at=at),
            policy_id=policy.policy_id,
            asked_by=by,
            asked_at=at,
        )
        passed_over = subjects_of(case) | {by.pk, case.handler_id}
        superiors = Superiors(at)
        named = superiors.named(case.team_id, policy.extension.approved_by, frozenset(passed_over - {None}))
        told = superiors.told(case.team_id, named, frozenset(passed_over - {None}))
        notices.queue(case, "notice.extension_asked", to=told, at=at, about=extension)
    return extension


def why_not_decide_extension(extension: ClockExtension, *, by, at: datetime) -> list[Violation]:
    """What stands against this person's word, yes or no."""
    case = extension.case
    moves = _violations_in_move(extension)
    if moves:
        return moves
    facts = rules.DecisionFacts(
        asked_by=extension.asked_by_id,
        decided_by=accounts_of(by),
        handler=case.handler_id,
        subjects=frozenset(subjects_of(case)),
        approved_by=policy_by_id(extension.policy_id).extension.approved_by,
        lead=_lead_beside(case, extension),
    )
    return list(rules.violations_in_extension_decision(facts))


def _lead_beside(case: Complaint, extension: ClockExtension) -> int | None:
    """The lead of the team, unless asker or handler is the same person by another account."""
    lead = case.team.lead_id if case.team_id else None
    return None if lead in accounts_behind([extension.asked_by_id, case.handler_id]) else lead


@transaction.atomic
def approve_extension(extension_id: int, *, by, at: datetime, remark: str = "") -> ClockExtension:
    """Agree: the deadline moves, with the old one beside it, and somebody must tell the customer where the policy
    says so. Approving twice is refused.
    """
    case, extension = _locked(extension_id)
    demand_right(by, "clock.decide", case, at=at)
    demand(why_not_decide_extension(extension, by=by, at=at))
    with signed(by=by, reason="extension.approved", at=at):
        extension.approve(by=by, at=at, remark=state_words(case, StatementKind.REASON, remark, by=by, at=at))
        extension.save()
        clock = extension.clock
        recompute_and_save(clock, case, cause=DueChangeCause.EXTENDED, at=at, reckoner=Reckoner())
        note_next_due(case)
        case.save()
        _have_the_customer_told(case, extension, by=by, at=at)
        notices.queue(case, "notice.extension_approved", to=extension.asked_by, at=at, about=extension)
    return extension


def _have_the_customer_told(case: Complaint, extension: ClockExtension, *, by, at: datetime) -> None:
    """A promise of the handler, due as the policy says: it warns, goes up and must be kept before the case is done
    (S-SLA-12).
    """
    hours = policy_by_id(extension.policy_id).extension.tell_customer_hours
    if hours is None or extension.explanation is None:
        return
    teller = case.handler or extension.asked_by
    what = extension.explanation.words
    promise = write_commitment(case, by=by, at=at, what=what, due_at=at + timedelta(hours=hours), owner=teller)
    notices.queue(case, "notice.extension_to_be_told", to=teller, at=at, about=promise)


@transaction.atomic
def reject_extension(extension_id: int, *, by, at: datetime, reason: str) -> ClockExtension:
    """The date stands, and why."""
    case, extension = _locked(extension_id)
    demand_right(by, "clock.decide", case, at=at)
    demand(
        why_not_decide_extension(extension, by=by, at=at),
        violations_in_required_words(reason, code="reason.missing", field="reason"),
    )
    with signed(by=by, reason="extension.rejected", at=at):
        extension.reject(by=by, at=at, remark=state_words(case, StatementKind.REASON, reason, by=by, at=at))
        extension.save()
        notices.queue(case, "notice.extension_rejected", to=extension.asked_by, at=at, about=extension)
    return extension


def why_not_take_back_extension(extension: ClockExtension, *, by, at: datetime) -> list[Violation]:
    """Once it is decided it stands."""
    return _violations_in_move(extension)


def _violations_in_move(extension: ClockExtension) -> list[Violation]:
    if extension.state == ExtensionState.ASKED:
        return []
    return [Violation("extension.not_possible_from", params={"state": extension.get_state_display()})]


@transaction.atomic
def take_back_extension(extension_id: int, *, by, at: datetime) -> ClockExtension:
    """Not needed any more; nothing has moved."""
    case, extension = _locked(extension_id)
    demand_right(by, "clock.extend", case, at=at)
    demand(why_not_take_back_extension(extension, by=by, at=at))
    with signed(by=by, reason="extension.taken_back", at=at):
        extension.take_back()
        extension.save()
    return extension


def _locked(extension_id: int) -> tuple[Complaint, ClockExtension]:
    case = Complaint.objects.locked(extensions__pk=extension_id)
    extension = case.extensions.select_related("clock", "asked_by").get(pk=extension_id)
    extension.case = case
    return case, extension
