"""Regular contact after a case, agreed with the customer: made, ended by a day or by their wish (S-FUP-09)."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from casemgmt.ledger import signed
from casemgmt.outbox import About, Word, put_many
from casemgmt.people.models import Person
from casemgmt.violations import Violation, demand
from complaints.actions.batches import Tally, sweep_in_batches
from complaints.actions.consenting import locked_with_customer, write_consent
from complaints.actions.contacting import ContactDraft, violations_in, write_contact
from complaints.actions.following_up import CHANNELS, policy_of
from complaints.actions.overdue import CASE
from complaints.actions.reaching import newest_consents, wish_of
from complaints.actions.stating import state_words
from complaints.models import Complaint, ContactConsent, RegularContact, SetAside
from complaints.roles import day_of, demand_right
from complaints.rules import regular_contact as rules
from complaints.rules.following_up import OUTCOMES, next_slot
from complaints.states import CaseState
from complaints.vocabulary import (
    Channel,
    ConsentDecision,
    ConsentScope,
    ContactOutcome,
    ContactPurpose,
    Direction,
    Side,
    StatementKind,
)
from policies.lookup import calling_window_in_force

TELL = "tell_of_regular_contacts"
STOP = "stop_regular_contacts"
SETTLED = (CaseState.FOLLOWING_UP, CaseState.CLOSED)
REACHED = (ContactOutcome.DELIVERED, ContactOutcome.DECLINED)
TRIED_AGAIN = timedelta(days=1)


def why_not_agree_on_regular_contact(case: Complaint, *, by, at: datetime) -> list[Violation]:
    """What stands against any series: the matter is not settled, or one runs already."""
    facts = _facts(case, Channel.PHONE, "yes", rules.SHORTEST_PACE, day_of(at) + timedelta(days=1), at)
    return [found for found in rules.violations_in_series(facts) if found.field is None]


def _facts(case, channel, words, every_days, ends_on, at):
    customer = case.customer
    said = newest_consents(customer, channel)
    refused = said.get(ConsentScope.EVERYTHING) == ConsentDecision.REFUSED
    return rules.SeriesFacts(
        was_handled=case.state in SETTLED,
        customer_known=customer is not None,
        one_is_open=customer is not None and customer.regular_contacts.filter(ended_at__isnull=True).exists(),
        channel_known=channel in CHANNELS,
        channel_refused=refused or (channel == Channel.PHONE and customer is not None and customer.no_calls),
        words=words,
        every_days=every_days,
        ends_on=ends_on,
        today=day_of(at),
    )


@transaction.atomic
def agree_on_regular_contact(
    case_id: int,
    *,
    by,
    at: datetime,
    channel: str,
    words: str,
    every_days: int | None = None,
    ends_on: date | None = None,
) -> RegularContact:
    """The customer agrees, in their words, to be asked how it goes; once a customer, beyond the end of the case.

    Without `every_days` and `ends_on` as the policy of the follow-up says. It opens no case again.
    """
    customer, case = locked_with_customer(case_id)
    demand_right(by, "follow_up.record", case, at=at)
    policy = policy_of(case, at=at)
    every_days = every_days or policy.regular_every_days
    ends_on = ends_on or day_of(at) + timedelta(days=policy.regular_for_days)
    demand(rules.violations_in_series(_facts(case, channel, words, every_days, ends_on, at)))
    with signed(by=by, reason="regular.agreed", at=at):
        consent = write_consent(
            case,
            customer,
            channel=channel,
            scope=ConsentScope.REGULAR,
            decision=ConsentDecision.GIVEN,
            words=words,
            by=by,
            at=at,
            said_at=at,
        )
        return RegularContact.objects.create(
            case=case,
            customer=customer,
            consent=consent,
            channel=channel,
            owner=case.handler or by,
            every_days=every_days,
            ends_on=ends_on,
            next_at=_moment(case, channel, at + timedelta(days=every_days), at),
            agreed_by=by,
            agreed_at=at,
            policy_id=policy.policy_id,
        )


def _moment(case, channel, earliest, at) -> datetime:
    """The first allowed moment from then on; the rules are asked again when the contact is made."""
    slot = next_slot(earliest, calling_window_in_force(at), channel=channel, wish=wish_of(case.customer, calls=False))
    return slot.opens_at if slot is not None else earliest


def why_not_record_regular_contact(series: RegularContact, *, by, at: datetime) -> list[Violation]:
    """What stands against writing one down: the series ended, or its day has not come."""
    if series.ended_at is not None:
        return [Violation("regular.ended")]
    return [Violation("regular.not_due")] if series.next_at > at else []


@transaction.atomic
def record_regular_contact(
    series_id: int,
    *,
    by,
    at: datetime,
    outcome: str,
    words: str = "",
    suggestion: str = "",
    breach_reason: str = "",
    send: bool = False,
) -> RegularContact:
    """One contact of the series was made or tried, and the next one stands on the calendar; the case stays closed.

    Who was not reached is tried again the next day. Declining ends the series, as does its last day.
    """
    case = Complaint.objects.locked(regular_contacts__pk=series_id)
    series = case.regular_contacts.get(pk=series_id)
    demand_right(by, "follow_up.record", case, at=at)
    draft = ContactDraft(
        channel=series.channel,
        direction=Direction.OUTGOING,
        words=words,
        purpose=ContactPurpose.REGULAR,
        outcome=outcome,
        breach_reason=breach_reason,
        regular_id=series.pk,
        send=send,
    )
    demand(
        why_not_record_regular_contact(series, by=by, at=at),
        violations_in(case, draft, at=at),
        [] if outcome in OUTCOMES else [Violation("follow_up.outcome_unknown", field="outcome")],
    )
    with signed(by=by, reason="regular.contacted", at=at):
        write_contact(case, draft, by=by, at=at)
        case.save()
        state_words(case, StatementKind.SUGGESTION, suggestion, by=by, at=at, side=Side.CUSTOMER)
        wait = timedelta(days=series.every_days) if outcome in REACHED else TRIED_AGAIN
        series.next_at = _moment(case, series.channel, at + wait, at)
        if outcome == ContactOutcome.DECLINED or day_of(series.next_at) > series.ends_on:
            series.ended_at = at
        series.save()
    return series


@transaction.atomic
def end_regular_contact(series_id: int, *, by, at: datetime, reason: str) -> RegularContact:
    """The customer wants no more of it, or it has lost its sense, and why. The second time is refused."""
    case = Complaint.objects.locked(regular_contacts__pk=series_id)
    series = case.regular_contacts.get(pk=series_id)
    demand_right(by, "follow_up.record", case, at=at)
    demand(
        why_not_end_regular_contact(series, by=by, at=at),
        [] if reason.strip() else [Violation("reason.missing", field="reason")],
    )
    with signed(by=by, reason="regular.ended", at=at):
        series.ended_at = at
        series.reason = state_words(case, StatementKind.REASON, reason, by=by, at=at)
        series.save()
    return series


def why_not_end_regular_contact(series: RegularContact, *, by, at: datetime) -> list[Violation]:
    """What stands against ending it: it has ended."""
    return [] if series.ended_at is None else [Violation("regular.ended")]


def due_series(at: datetime) -> QuerySet[RegularContact]:
    """Series whose next contact stands on somebody's list now."""
    return RegularContact.objects.filter(ended_at__isnull=True, next_at__lte=at)


def keep_in_touch(at: datetime) -> Tally:
    """Series that the customer took back, or whose last day passed, end; owners hear of what is due, once each time.

    Twice is harmless: what ended is not open, and a series notes of which moment its owner was told.
    """
    newest = ContactConsent.objects.filter(
        customer=OuterRef("customer"), channel=OuterRef("channel"), said_at__gte=OuterRef("agreed_at")
    )
    said = newest.filter(scope__in=[ConsentScope.REGULAR, ConsentScope.EVERYTHING]).order_by("-said_at", "-pk")
    running = RegularContact.objects.filter(ended_at__isnull=True)
    running = running.annotate(word=Subquery(said.values("decision")[:1]))
    over = running.filter(
        Q(word=ConsentDecision.REFUSED) | Q(channel=Channel.PHONE, customer__no_calls=True) | Q(ends_on__lt=day_of(at))
    )

    def stop(rows: Sequence[tuple]) -> None:
        RegularContact.objects.filter(pk__in=[row[0] for row in rows]).update(ended_at=at)

    def tell(rows: Sequence[tuple]) -> None:
        RegularContact.objects.filter(pk__in=[row[0] for row in rows]).update(told_of=F("next_at"))
        people = Person.objects.in_bulk({row[3] for row in rows})
        code = "notice.regular_contact_due"
        put_many(
            [
                Word(code, f"{code}:{pk}:{moment.isoformat()}", people[owner], About(CASE, case), number)
                for pk, case, number, owner, moment in rows
            ],
            at=at,
        )

    due = due_series(at).filter(Q(told_of=None) | ~Q(told_of=F("next_at")))
    return _sweep(STOP, over, stop, at, "regular.stopped") + _sweep(TELL, due, tell, at, "regular.fell_due")


def _sweep(name, rows, settle, at, reason) -> Tally:
    def take(limit: int) -> Sequence[tuple]:
        left = rows.exclude(pk__in=SetAside.objects.kept_from(name, at)).order_by("pk")
        left = left.select_for_update(skip_locked=True, of=("self",))
        return list(left.values_list("pk", "case_id", "case__case_number", "owner_id", "next_at")[:limit])

    return sweep_in_batches(name, RegularContact, at=at, reason=reason, take=take, settle=settle, size=500)
