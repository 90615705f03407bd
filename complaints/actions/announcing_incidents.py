"""What is announced in public about an incident: drafted by one, agreed to by another, published (S-COM-31)."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from casemgmt.ledger import signed
from casemgmt.people.one_person import accounts_of
from casemgmt.violations import Violation, demand
from complaints import notices
from complaints.actions.incident_plans import approved_plan, violations_in_words_for_all
from complaints.actions.incidents import Kind, locked_incident, why_not_while_closed, write_incident_words
from complaints.actions.planning import OptionDraft
from complaints.actions.superiors import Superiors
from complaints.models import PublicNotice
from complaints.roles import demand_right
from complaints.rules import incidents as rules
from complaints.rules.duties import violations_in_decision
from complaints.states import PublicNoticeState


@transaction.atomic
def propose_public_notice(incident_id: int, *, by, at: datetime, words: str) -> PublicNotice:
    """Draft what everybody may read, checked as words to customers are. Another supervisor agrees; supervisors may.

    It promises what the plan offers that two people agreed to, and nothing else. A second call drafts another one.
    """
    incident = locked_incident(incident_id)
    demand_right(by, "incident.lead", at=at)
    demand(
        why_not_while_closed(incident, by=by, at=at),
        rules.violations_in_announcement(words),
        _violations_in_words(incident, "words", words, at),
    )
    with signed(by=by, reason="public_notice.proposed", at=at):
        notice = PublicNotice.objects.create(
            incident=incident,
            number=(incident.announcements.aggregate(newest=Max("number"))["newest"] or 0) + 1,
            words=write_incident_words(Kind.ANNOUNCEMENT, words, by=by, at=at),
            proposed_by=by,
            proposed_at=at,
        )
    _tell_deciders(notice, by, at)
    return notice


def _violations_in_words(incident, field, words, at):
    plan = approved_plan(incident)
    offered = (
        [] if plan is None else [OptionDraft(option.remedy, amount=option.amount) for option in plan.options.all()]
    )
    return violations_in_words_for_all({field: words}, offered, at=at)


def _tell_deciders(notice, by, at):
    member = notice.incident.members.standing().select_related("case").first()
    if member is not None:
        told = Superiors(at).told(member.case.team_id, None, frozenset({by.pk}))
        others = [person for person in told if person.pk != by.pk]
        notices.queue(member.case, "notice.public_notice_awaits_you", to=others, at=at, about=notice)


def _locked(notice_id, by, at) -> PublicNotice:
    incident = locked_incident(PublicNotice.objects.values_list("incident", flat=True).get(pk=notice_id))
    demand_right(by, "incident.lead", at=at)
    return incident.announcements.select_related("incident", "proposed_by", "words").get(pk=notice_id)


def why_not_decide_public_notice(notice: PublicNotice, *, by, at: datetime) -> list[Violation]:
    """It waits, and whoever drafted it does not decide it."""
    found = []
    if notice.state != PublicNoticeState.PROPOSED:
        found.append(Violation("public_notice.not_pending", params={"state": notice.get_state_display()}))
    return [*found, *violations_in_decision(asked_by=notice.proposed_by_id, decided_by=accounts_of(by))]


@transaction.atomic
def approve_public_notice(notice_id: int, *, by, at: datetime, remark: str = "") -> PublicNotice:
    """Agree to these very words, checked once more by the policy that holds now. Nothing goes out by itself."""
    notice = _locked(notice_id, by, at)
    demand(why_not_decide_public_notice(notice, by=by, at=at))
    demand(_violations_in_words(notice.incident, "remark", notice.words.words, at))
    with signed(by=by, reason="public_notice.approved", at=at):
        notice.approve(by=by, at=at, remark=write_incident_words(Kind.REMARK, remark, by=by, at=at))
        notice.save()
    return notice


@transaction.atomic
def send_back_public_notice(notice_id: int, *, by, at: datetime, remark: str) -> PublicNotice:
    """Not in these words, and why; other words are another draft."""
    notice = _locked(notice_id, by, at)
    demand(
        why_not_decide_public_notice(notice, by=by, at=at),
        [] if remark.strip() else [Violation("incident.remark_missing", field="remark")],
    )
    with signed(by=by, reason="public_notice.sent_back", at=at):
        notice.send_back(by=by, at=at, remark=write_incident_words(Kind.REMARK, remark, by=by, at=at))
        notice.save()
    return notice


def why_not_record_publication(notice: PublicNotice, *, by, at: datetime) -> list[Violation]:
    """Only what two people stand for is published, and once."""
    if notice.state == PublicNoticeState.APPROVED:
        return []
    return [Violation("public_notice.not_agreed", params={"state": notice.get_state_display()})]


@transaction.atomic
def record_publication(notice_id: int, *, by, at: datetime, link: str, published_at: datetime | None) -> PublicNotice:
    """Where it stands, and since when; it was published outside, after the yes. The second time is refused."""
    notice = _locked(notice_id, by, at)
    demand(why_not_record_publication(notice, by=by, at=at))
    moment = published_at or at
    facts = rules.PublicationFacts(link.strip(), moment, agreed_at=notice.decided_at, at=at)
    demand(rules.violations_in_publication(facts))
    with signed(by=by, reason="public_notice.published", at=at):
        notice.publish(link=facts.link, published_at=moment)
        notice.save()
    return notice
