"""What is done for each case of an incident when its turn comes: the plan offered, the message written (S-COM-31).

The runs that go over many cases are those of `bulk`; here is what they ask of one case and do with it.
"""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.violations import Violation, demand
from complaints.actions.contacting import record_contact
from complaints.actions.dispatching import sendable_channels
from complaints.actions.planning import OptionDraft, draft_plan, offer_plan
from complaints.actions.reaching import broken_rules
from complaints.models import (
    BulkRun,
    Complaint,
    HandlingPlan,
    IncidentMember,
    IncidentMessage,
    IncidentPlan,
    IncidentTold,
)
from complaints.places import language_of
from complaints.rules import incidents as rules
from complaints.states import CaseState, IncidentPlanState
from complaints.template_values import names, values_of
from complaints.vocabulary import Channel, ContactPurpose, Direction
from policies.lookup import templates_in_force
from policies.rules.filling import filled

CHATS = (Channel.PLATFORM, Channel.QIANNIU, Channel.ONLINE_CHAT)


def written_channel_of(case: Complaint, *, at: datetime, purpose: str = ContactPurpose.PROGRESS) -> str:
    """Where this customer can be written to now: as they prefer, else where they came from, by e-mail, by SMS.

    "" when nothing is known, or their own word or the hour forbids each of them.
    """
    customer = case.customer
    if customer is None:
        return ""
    known = [channel for channel in CHATS if customer.account and channel in (case.channel, customer.preferred_channel)]
    known += [Channel.EMAIL] if customer.email else []
    known += [Channel.SMS] if customer.phone else []
    known.sort(key=lambda channel: channel != customer.preferred_channel)
    for channel in known:
        if not broken_rules(case, channel, at=at, purpose=purpose):
            return str(channel)
    return ""


def member_facts(
    case: Complaint, run: BulkRun, member: IncidentMember | None, told: Collection[int], at
) -> rules.MemberFacts:
    """A case as the rules of the two mass deeds ask about it."""
    return rules.MemberFacts(
        negotiating=case.state == CaseState.NEGOTIATING,
        state=str(case.get_state_display()),
        noted=member is not None and member.noted_at is not None,
        offered=member is not None and member.offered_plan_id == run.incident_plan_id,
        told=case.customer_id is not None and case.customer_id in told,
        customer_known=case.customer_id is not None,
        channel=written_channel_of(case, at=at),
        is_member=member is not None,
    )


def _member_of(run: BulkRun, case: Complaint) -> IncidentMember | None:
    return case.memberships.standing().filter(incident=run.incident_id).first()


def letter_to(case: Complaint, words: str, *, person, at: datetime) -> str:
    """The words with what the case knows in their gaps; what it does not know stays a gap and goes out nowhere."""
    return filled(words, values_of(case, person=person, at=at), names())


@transaction.atomic
def offer_to_member(case_id: int, run: BulkRun, *, by, at: datetime) -> HandlingPlan:
    """The plan for all becomes a plan of this case and is put before its customer, by the rules of the case."""
    case = Complaint.objects.locked(pk=case_id)
    member = _member_of(run, case)
    facts = member_facts(case, run, member, (), at)
    plan = IncidentPlan.objects.select_related("explanation", "follow_up", "letter", "deviation").get(
        pk=run.incident_plan_id
    )
    demand(_violations_in_agreed(plan), rules.violations_in_offering_to(facts))
    drafted = draft_plan(
        case_id,
        by=by,
        at=at,
        explanation=str(plan.explanation),
        follow_up=str(plan.follow_up),
        options=_options_of(plan),
        owed_by=plan.owed_by,
        deviation=str(plan.deviation or ""),
    )
    words = letter_to(case, str(plan.letter), person=by, at=at)
    send = facts.channel in sendable_channels(case)
    offered = offer_plan(drafted.pk, by=by, at=at, channel=facts.channel, words=words, send=send)
    with signed(by=by, reason="incident.offered", at=at):
        member.offered, member.offered_plan = offered, plan
        member.save()
    return offered


def _violations_in_agreed(plan):
    if plan.state != IncidentPlanState.APPROVED:
        yield Violation("incident.no_plan_agreed")


def _options_of(plan) -> list[OptionDraft]:
    return [
        OptionDraft(option.remedy, str(option.words or ""), option.amount, option.currency)
        for option in plan.options.select_related("words")
    ]


@transaction.atomic
def tell_member(case_id: int, run: BulkRun, *, by, at: datetime) -> IncidentTold:
    """The message goes to the customer of this case, in their channel and by every rule of writing, once for ever."""
    case = Complaint.objects.locked(pk=case_id)
    message = IncidentMessage.objects.select_related("words").get(pk=run.message_id)
    told = message.told.filter(customer=case.customer_id).values_list("customer", flat=True)
    facts = member_facts(case, run, _member_of(run, case), frozenset(told), at)
    demand(rules.violations_in_telling_to(facts))
    contact = record_contact(
        case_id,
        by=by,
        at=at,
        channel=facts.channel,
        direction=Direction.OUTGOING,
        purpose=ContactPurpose.PROGRESS,
        words=letter_to(case, _in_their_language(message, case, at), person=by, at=at),
        template_id=message.template_policy_id,
        read_through=True,
        send=facts.channel in sendable_channels(case),
    )
    with signed(by=by, reason="incident.customer_told", at=at):
        return IncidentTold.objects.create(message=message, customer=case.customer, contact=contact, told_at=at)


def _in_their_language(message: IncidentMessage, case: Complaint, at) -> str:
    """The text of the template in the customer's language, where the message is the template as it stands."""
    template = next(
        (row for row in templates_in_force(at).values() if row.policy_id == message.template_policy_id), None
    )
    words = str(message.words)
    texts = [text for _language, text in template.texts.each()] if template is not None else []
    return template.texts.in_language(language_of(case.customer)) if words in texts else words
