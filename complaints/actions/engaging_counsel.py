"""Our own lawyers: engaged, instructed, heard; their words are read by fewer people than the case (S-TPR-12, W-10)."""

from datetime import datetime

from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.violations import Violation, demand
from complaints.actions.flagging import raise_flag
from complaints.actions.stating import state_words
from complaints.models import Complaint, CounselEngagement, CounselWord
from complaints.roles import demand_right
from complaints.rules.paperwork import violations_in_required_words, violations_in_writing
from complaints.vocabulary import Side, StatementKind

NOT_ENDED = "counsel.ended"


def why_not_engage_counsel(case: Complaint, *, by, at: datetime) -> list[Violation]:
    """Counsel is engaged while the case is open."""
    return list(violations_in_writing(is_open=case.is_open, state=case.get_state_display()))


@transaction.atomic
def engage_counsel(
    case_id: int,
    *,
    by,
    at: datetime,
    who: str,
    instructions: str,
    route_id: int | None = None,
    legal_dispute: bool = False,
) -> CounselEngagement:
    """Note who was engaged and what for, for the case or for one of its routes; may mark it as a legal dispute at once.

    A second engagement is a second row.
    """
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "route", case, at=at)
    route = case.routes.filter(pk=route_id).first() if route_id is not None else None
    demand(
        why_not_engage_counsel(case, by=by, at=at),
        violations_in_required_words(who, code="counsel.who_missing", field="who"),
        violations_in_required_words(instructions, code="counsel.instructions_missing", field="instructions"),
        [Violation("outside.route_of_another_case", field="route_id")]
        if route_id is not None and route is None
        else (),
    )
    with signed(by=by, reason="counsel.engaged", at=at):
        engagement = CounselEngagement.objects.create(
            case=case,
            route=route,
            who=_words(case, who, by, at),
            instructions=_words(case, instructions, by, at),
            engaged_by=by,
            engaged_at=at,
        )
    if legal_dispute and not case.legal_flag:
        raise_flag(case.pk, by=by, at=at, flag="legal")
    return engagement


def _words(case, words, by, at, side=Side.COMPANY):
    return state_words(case, StatementKind.COUNSEL, words, by=by, at=at, side=side)


def why_not_hear_counsel(engagement: CounselEngagement, *, by, at: datetime) -> list[Violation]:
    """An engagement that has ended says nothing more."""
    return [] if engagement.ended_at is None else [Violation(NOT_ENDED)]


def _locked(engagement_id, by, at):
    case = Complaint.objects.locked(counsel__pk=engagement_id)
    demand_right(by, "route", case, at=at)
    demand_right(by, "counsel.read", case, at=at)
    return case, case.counsel.get(pk=engagement_id)


@transaction.atomic
def record_counsel_word(engagement_id: int, *, by, at: datetime, words: str) -> CounselWord:
    """Write down what counsel said; a second word is a second row."""
    case, engagement = _locked(engagement_id, by, at)
    demand(
        why_not_hear_counsel(engagement, by=by, at=at),
        violations_in_required_words(words, code="counsel.words_missing", field="words"),
    )
    with signed(by=by, reason="counsel.said", at=at):
        said = _words(case, words, by, at, Side.THIRD_PARTY)
        return CounselWord.objects.create(case=case, engagement=engagement, words=said, said_at=at, recorded_by=by)


@transaction.atomic
def end_counsel(engagement_id: int, *, by, at: datetime) -> CounselEngagement:
    """The engagement is over. The second time is refused."""
    _case, engagement = _locked(engagement_id, by, at)
    demand(why_not_hear_counsel(engagement, by=by, at=at))
    with signed(by=by, reason="counsel.ended", at=at):
        engagement.ended_at = at
        engagement.save()
    return engagement
