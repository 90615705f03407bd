"""Legal hold: what a dispute may need is kept, set by a supervisor and lifted by two of them."""

from datetime import datetime

from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.people.one_person import accounts_of
from casemgmt.violations import Violation, demand
from complaints import notices
from complaints.actions.assigning import subjects_of
from complaints.actions.moving import violations_in_move
from complaints.actions.stating import state_words
from complaints.actions.superiors import Superiors
from complaints.models import Complaint, Customer, LegalHold
from complaints.roles import demand_right
from complaints.rules.paperwork import violations_in_required_words
from complaints.states import LegalHoldState
from complaints.vocabulary import StatementKind


def standing_hold(case: Complaint) -> LegalHold | None:
    """The hold under which the case stands."""
    return next((hold for hold in case.holds.all() if hold.state != LegalHoldState.LIFTED), None)


def violations_in_erasing(customer: Customer) -> list[Violation]:
    """Why nothing of a customer may be erased now: one of their cases is on legal hold. For erasure and retention."""
    held = LegalHold.objects.filter(case__customer=customer).exclude(state=LegalHoldState.LIFTED)
    numbers = sorted(held.values_list("case__case_number", flat=True))
    return [Violation("hold.stands_against_erasing", params={"cases": ", ".join(numbers)})] if numbers else []


def why_not_set_hold(case: Complaint, *, by, at: datetime) -> list[Violation]:
    """A case stands under one hold at most, whatever its state."""
    return [Violation("hold.not_possible_from")] if standing_hold(case) else []


@transaction.atomic
def set_hold(case_id: int, *, by, at: datetime, reason: str) -> LegalHold:
    """Keep everything of the case, in any state of it, until two people lift the hold. For supervisors."""
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "hold.set", case, at=at)
    demand(
        why_not_set_hold(case, by=by, at=at),
        violations_in_required_words(reason, code="reason.missing", field="reason"),
    )
    with signed(by=by, reason="hold.set", at=at):
        words = state_words(case, StatementKind.REASON, reason, by=by, at=at)
        return LegalHold.objects.create(case=case, reason=words, set_by=by, set_at=at)


def why_not_move_hold(hold: LegalHold, *, by, at: datetime, move: str) -> list[Violation]:
    """Why it cannot be asked to be lifted, lifted or kept ("ask_to_lift", "lift", "stay") by this person now."""
    found = [Violation("hold.not_possible_from") for _each in violations_in_move(hold, move)]
    if not found and move == "lift" and hold.lift_asked_by_id in accounts_of(by):
        found.append(Violation("hold.asked_by_yourself"))
    return found[:1]


def why_not_ask_to_lift(hold: LegalHold, *, by, at: datetime) -> list[Violation]:
    """Only a hold that stands, and of which nobody asks it already."""
    return why_not_move_hold(hold, by=by, at=at, move="ask_to_lift")


@transaction.atomic
def ask_to_lift(hold_id: int, *, by, at: datetime, reason: str) -> LegalHold:
    """Say that nothing needs to be kept any more; another supervisor decides, and is told."""
    case, hold = _locked(hold_id)
    demand_right(by, "hold.set", case, at=at)
    demand(
        why_not_ask_to_lift(hold, by=by, at=at),
        violations_in_required_words(reason, code="reason.missing", field="reason"),
    )
    with signed(by=by, reason="hold.lift_asked", at=at):
        hold.ask_to_lift(by=by, at=at, reason=state_words(case, StatementKind.REASON, reason, by=by, at=at))
        hold.save()
        others = frozenset(subjects_of(case) | {by.pk})
        superiors = Superiors(at)
        named = superiors.named(case.team_id, "supervisor", others)
        notices.queue(case, "notice.hold_lift_asked", to=superiors.told(case.team_id, named, others), at=at, about=hold)
    return hold


def why_not_lift(hold: LegalHold, *, by, at: datetime) -> list[Violation]:
    """Only what was asked for, by somebody else."""
    return why_not_move_hold(hold, by=by, at=at, move="lift")


@transaction.atomic
def lift_hold(hold_id: int, *, by, at: datetime) -> LegalHold:
    """The second person agrees; from now on the periods of keeping count again."""
    case, hold = _locked(hold_id)
    demand_right(by, "hold.decide", case, at=at)
    demand(why_not_lift(hold, by=by, at=at))
    with signed(by=by, reason="hold.lifted", at=at):
        hold.lift(by=by, at=at)
        hold.save()
    return hold


def why_not_stay(hold: LegalHold, *, by, at: datetime) -> list[Violation]:
    """Only while lifting is asked for; whoever asked may take it back by this."""
    return why_not_move_hold(hold, by=by, at=at, move="stay")


@transaction.atomic
def let_hold_stay(hold_id: int, *, by, at: datetime, reason: str) -> LegalHold:
    """It stands, and why."""
    case, hold = _locked(hold_id)
    demand_right(by, "hold.decide", case, at=at)
    demand(
        why_not_stay(hold, by=by, at=at),
        violations_in_required_words(reason, code="reason.missing", field="reason"),
    )
    with signed(by=by, reason="hold.stays", at=at):
        state_words(case, StatementKind.REASON, reason, by=by, at=at)
        hold.stay()
        hold.save()
    return hold


def _locked(hold_id: int) -> tuple[Complaint, LegalHold]:
    case = Complaint.objects.locked(holds__pk=hold_id)
    hold = case.holds.get(pk=hold_id)
    hold.case = case
    return case, hold
