"""Letters to and from a body outside, its evidence, and our answer, which stops its clocks (S-TPR-11, 14, 15, 18)."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.privacy.access import note
from casemgmt.privacy.models import AccessKind
from casemgmt.violations import Violation, demand
from complaints import notices
from complaints.actions.contacting import ContactDraft
from complaints.actions.showing_evidence import why_not_enclose
from complaints.actions.stating import state_words
from complaints.actions.timing import stop_clocks
from complaints.actions.wording import noted_wording, violations_in_message
from complaints.models import Complaint, ExternalRoute, LetterEvidence, RouteLetter
from complaints.roles import SUPERVISORS, demand_right, groups_of
from complaints.rules import letters as rules
from complaints.states import CaseState, EvidenceState
from complaints.vocabulary import Channel, Direction, LetterDirection, RouteKind, Side, StatementKind
from policies.lookup import outside_policy_in_force

ANSWERED = "route.answered"


def why_not_write_letter(route: ExternalRoute, *, by, at: datetime) -> list[Violation]:
    """What stands against any letter of this route, whatever it says."""
    if route.case.state == CaseState.MERGED:
        return [Violation("route.case_merged", params={"leading": route.case.merged_into.case_number})]
    return []


def roles_on(case: Complaint, person) -> frozenset[str]:
    """What somebody is to a case, in the words of the policy of outside routes."""
    team = case.team
    held = {
        "handler": case.handler_id == person.pk,
        "team_lead": team is not None and team.lead_id == person.pk,
        "supervisor": SUPERVISORS in groups_of(person),
    }
    return frozenset(name for name, holds in held.items() if holds)


def may_speak_to_the_press(case: Complaint, person, *, at: datetime) -> bool:
    """Whether the policy lets this person answer the press about this case."""
    return rules.speaks_to_the_press(outside_policy_in_force(at).media_answered_by, roles_on(case, person))


@transaction.atomic
def write_letter(
    route_id: int,
    *,
    by,
    at: datetime,
    direction: str,
    words: str,
    occurred_at: datetime | None = None,
    is_answer: bool = False,
    evidence_ids: Iterable[int] = (),
) -> RouteLetter:
    """Record a letter of a route with what was enclosed, in any state of the case.

    With `is_answer` we have answered the body: the clocks that wait for it stop, as of the day on which it went. What
    still is to go out passes the check of the wording; to the press speaks only whom the policy names. A second letter
    is a second row. What we enclose has left the house: its custody log says so.
    """
    case = Complaint.objects.locked(routes__pk=route_id)
    route = case.routes.get(pk=route_id)
    demand_right(by, "route", case, at=at)
    sent_at = occurred_at or at
    evidence_ids = sorted(set(evidence_ids))
    enclosed = list(case.evidence.filter(pk__in=evidence_ids).exclude(state=EvidenceState.EXCLUDED))
    to_press = route.kind == RouteKind.MEDIA_EXPOSURE
    facts = rules.LetterFacts(
        direction=direction,
        is_answer=is_answer,
        words=words,
        occurred_at=sent_at,
        at=at,
        filed_at=route.filed_at,
        enclosed_here=len(enclosed) == len(evidence_ids),
        route_kind=route.kind,
        runs=route.is_running,
        speaks_for_us=not to_press or may_speak_to_the_press(case, by, at=at),
    )
    outgoing = direction == LetterDirection.SENT
    draft = ContactDraft(
        Channel.LETTER, Direction.OUTGOING if outgoing else Direction.INCOMING, words, occurred_at=occurred_at
    )
    demand(
        why_not_write_letter(route, by=by, at=at),
        rules.violations_in_letter(facts),
        why_not_enclose(enclosed) if outgoing else (),
        violations_in_message(case, draft, at=at),
    )
    with signed(by=by, reason=f"route.letter_{direction}", at=at):
        letter = RouteLetter.objects.create(
            case=case,
            route=route,
            direction=direction,
            is_answer=is_answer,
            words=state_words(
                case,
                StatementKind.MESSAGE,
                words,
                by=by,
                at=sent_at,
                side=Side.COMPANY if outgoing else Side.THIRD_PARTY,
            ),
            occurred_at=sent_at,
            recorded_by=by,
            recorded_at=at,
            working={"wording": found} if (found := noted_wording(case, draft, at=sent_at)) else {},
        )
        LetterEvidence.objects.bulk_create(LetterEvidence(letter=letter, evidence=piece) for piece in enclosed)
        for piece in enclosed if outgoing else ():
            note(AccessKind.EXPORTED, by=by, at=at, subject=piece, field="letter")
        if is_answer:
            route.answered_at = sent_at
            route.save()
            stop_clocks(case, ANSWERED, at=sent_at, route=route)
            case.save()
    notices.queue(case, f"notice.route_letter_{direction}", to={case.handler} - {None, by}, at=at, about=letter)
    return letter
