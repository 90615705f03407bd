"""The customer learns of a no: by a letter with its evidence and policy, or otherwise and then confirmed (S-REF)."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.privacy.access import note
from casemgmt.privacy.models import AccessKind
from casemgmt.violations import Violation, demand
from complaints.actions.contacting import ContactDraft, violations_in, write_contact
from complaints.actions.following_up import schedule_follow_up_if_none
from complaints.actions.moving import violations_in_move
from complaints.actions.refusing import approved_refusal
from complaints.actions.telling import told_facts
from complaints.actions.timing import FOLLOWING_UP, stop_clocks
from complaints.models import Complaint, Contact, RefusalProposal
from complaints.roles import demand_right
from complaints.rules import refusing as rules
from complaints.rules.telling import violations_in_telling
from complaints.vocabulary import Channel, ContactOutcome, ContactPurpose, Direction


def why_not_write_refusal(case: Complaint, *, by, at: datetime) -> list[Violation]:
    """What stands against writing to the customer that the case is refused, whatever is written."""
    return list(violations_in_move(case, "tell_refusal"))


@transaction.atomic
def write_refusal(
    case_id: int,
    *,
    by,
    at: datetime,
    channel: str,
    words: str,
    evidence_ids: Iterable[int] = (),
    showed_policy: bool = False,
    apology: str = "",
    occurred_at: datetime | None = None,
    breach_reason: str = "",
    send: bool = False,
) -> Complaint:
    """Record the letter of refusal as sent, with copies of all its evidence and the rule and law it names; with it the
    customer knows, and a follow-up is due (S-REF-06, 07). With `send` it leaves from here, its copies with it.

    `evidence_ids` name the copies that went along: all that the refusal rests on, and nothing else. Written twice it
    is refused by the state.
    """
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "case.handle", case, at=at)
    demand(why_not_write_refusal(case, by=by, at=at))
    refusal = approved_refusal(case)
    links = {link.evidence_id: link for link in refusal.evidence_links.select_related("evidence")}
    copies = set(evidence_ids)
    draft = ContactDraft(
        channel=channel,
        direction=Direction.OUTGOING,
        words=words,
        purpose=ContactPurpose.REFUSAL,
        apology=apology,
        occurred_at=occurred_at,
        breach_reason=breach_reason,
        send=send,
    )
    demand(
        violations_in(case, draft, at=at),
        [Violation("dispatch.no_copies", field="channel")] if send and copies and channel == Channel.SMS else [],
        rules.violations_in_letter(
            copies=frozenset(copies),
            rests_on=frozenset(links),
            written_before=occurred_at is not None and occurred_at < refusal.decided_at,
        ),
        rules.violations_in_showing(showed_evidence=copies >= links.keys(), showed_policy=showed_policy),
    )
    with signed(by=by, reason="case.refusal_told", at=at):
        contact = write_contact(case, draft, by=by, at=at)
        for link in links.values():
            link.sent_with = contact
            link.save()
            note(AccessKind.EXPORTED, by=by, at=at, subject=link.evidence, field="refusal")
        _told(case, refusal, contact, by=by, at=at)
    return case


def _told(case: Complaint, refusal: RefusalProposal, contact: Contact | None, *, by, at: datetime) -> None:
    refusal.told = contact
    refusal.save()
    case.tell_refusal()
    stop_clocks(case, FOLLOWING_UP, at=at)
    case.save()
    schedule_follow_up_if_none(case, by=by, at=at)


def why_not_tell_refusal(case: Complaint, *, by, at: datetime) -> list[Violation]:
    """What is missing before the refusal counts as told: told since it was decided, or tried as in *complete*."""
    moves = list(violations_in_move(case, "tell_refusal"))
    if moves:
        return moves
    decided_at = approved_refusal(case).decided_at
    return list(violations_in_telling(told_facts(case, ContactPurpose.REFUSAL, since=decided_at)))


@transaction.atomic
def tell_refusal(case_id: int, *, by, at: datetime, showed_evidence: bool, showed_policy: bool) -> Complaint:
    """The customer knows the no, its reasons, its evidence and the policy (S-REF-06, 07); a follow-up is due.

    The contact itself was recorded before. The second time is refused by the state.
    """
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "case.handle", case, at=at)
    demand(
        why_not_tell_refusal(case, by=by, at=at),
        rules.violations_in_showing(showed_evidence=showed_evidence, showed_policy=showed_policy),
    )
    refusal = approved_refusal(case)
    with signed(by=by, reason="case.refusal_told", at=at):
        _told(case, refusal, _told_by(case, refusal), by=by, at=at)
    return case


def _told_by(case, refusal):
    contacts = case.contacts.filter(
        direction=Direction.OUTGOING, purpose=ContactPurpose.REFUSAL, occurred_at__gte=refusal.decided_at
    )
    return contacts.filter(outcome=ContactOutcome.DELIVERED).last() or contacts.last()
