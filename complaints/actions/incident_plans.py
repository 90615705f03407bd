"""One plan for everybody whom an incident hit: proposed by one person, agreed to by another, then carried out."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from casemgmt.ledger import signed
from casemgmt.people.one_person import accounts_of
from casemgmt.violations import Violation, demand
from complaints import notices
from complaints.actions.incidents import Kind, locked_incident, supersede_agreed_plans, write_incident_words
from complaints.actions.moving import violations_in_move
from complaints.actions.planning import OptionDraft
from complaints.actions.superiors import Superiors
from complaints.actions.wording import told_of
from complaints.models import Incident, IncidentOption, IncidentPlan
from complaints.roles import demand_right
from complaints.rules import incidents as rules
from complaints.rules.duties import violations_in_decision
from complaints.rules.wording import violations_in_wording
from complaints.states import ENDED, IncidentPlanState, IncidentState
from complaints.vocabulary import OwedBy, Remedy
from policies.lookup import lexicon_in_force
from policies.rules.wording import Cover, gaps_left_out, standing

STANDING = (IncidentPlanState.PROPOSED, IncidentPlanState.APPROVED)


def violations_in_words_for_all(
    texts: dict[str, str], options: Iterable[OptionDraft], *, at: datetime
) -> Iterator[Violation]:
    """What nobody may write to any customer. What needs a yes for one customer cannot be written to all of them."""
    covers = [Cover(option.remedy, option.amount) for option in options]
    lexicon = lexicon_in_force(at)
    for field, words in texts.items():
        found = standing(lexicon.findings_in(gaps_left_out(words or ""), covers=covers))
        yield from violations_in_wording([finding for finding in found if finding.severity != "warn"], field, told_of)


def why_not_propose_plan(incident: Incident, *, by, at: datetime) -> list[Violation]:
    """What stands against proposing one now, whatever is typed."""
    found = _violations_in_plan(incident, {}, (OptionDraft(Remedy.APOLOGY),))
    return [violation for violation in found if violation.field is None]


def _violations_in_plan(incident, texts, options):
    facts = [rules.OptionFacts(option.remedy in Remedy.values, option.amount) for option in options]
    return rules.violations_in_plan(
        is_open=incident.state == IncidentState.OPEN,
        state=str(incident.get_state_display()),
        proposed_already=incident.plans.filter(state=IncidentPlanState.PROPOSED).exists(),
        texts=texts,
        options=facts,
    )


@transaction.atomic
def propose_incident_plan(
    incident_id: int,
    *,
    by,
    at: datetime,
    explanation: str,
    follow_up: str,
    letter: str,
    options: Iterable[OptionDraft],
    owed_by: str = OwedBy.NOTHING,
    deviation: str = "",
) -> IncidentPlan:
    """Propose explanation, remedies and the words to the customers. Another supervisor agrees; nothing goes out yet.

    `letter` may hold gaps such as {{case_number}}, filled for each case. Supervisors may.
    """
    incident = locked_incident(incident_id)
    demand_right(by, "incident.lead", at=at)
    options = tuple(options)
    texts = {"explanation": explanation, "follow_up": follow_up, "letter": letter}
    said = texts | {f"words_{number}": option.words for number, option in enumerate(options, start=1)}
    demand(_violations_in_plan(incident, texts, options), violations_in_words_for_all(said, options, at=at))
    with signed(by=by, reason="incident_plan.proposed", at=at):
        plan = IncidentPlan.objects.create(
            incident=incident,
            number=(incident.plans.aggregate(newest=Max("number"))["newest"] or 0) + 1,
            explanation=write_incident_words(Kind.EXPLANATION, explanation, by=by, at=at),
            follow_up=write_incident_words(Kind.FOLLOW_UP, follow_up, by=by, at=at),
            letter=write_incident_words(Kind.LETTER, letter, by=by, at=at),
            deviation=write_incident_words(Kind.DEVIATION, deviation, by=by, at=at),
            owed_by=owed_by if owed_by in OwedBy.values else OwedBy.NOTHING,
            proposed_by=by,
            proposed_at=at,
        )
        for option in options:
            IncidentOption.objects.create(
                plan=plan,
                remedy=option.remedy,
                words=write_incident_words(Kind.OPTION, option.words, by=by, at=at),
                amount=option.amount,
                currency=option.currency,
            )
    _tell_deciders(plan, by, at)
    return plan


def _tell_deciders(plan, by, at):
    """Through any case of it, so that the notice leads to a page; without a case the list of incidents shows it."""
    member = plan.incident.members.standing().select_related("case").first()
    if member is not None:
        told = Superiors(at).told(member.case.team_id, None, frozenset({by.pk}))
        notices.queue(
            member.case,
            "notice.incident_plan_awaits_you",
            to=[person for person in told if person.pk != by.pk],
            at=at,
            about=plan,
        )


def _locked(plan_id) -> IncidentPlan:
    incident = locked_incident(IncidentPlan.objects.values_list("incident", flat=True).get(pk=plan_id))
    return incident.plans.select_related("incident", "proposed_by").get(pk=plan_id)


def why_not_decide_plan(plan: IncidentPlan, *, by, at: datetime) -> list[Violation]:
    """It waits, and whoever proposed it does not decide it."""
    found = []
    if plan.state != IncidentPlanState.PROPOSED:
        found.append(Violation("incident.plan_not_pending", params={"state": plan.get_state_display()}))
    return [*found, *violations_in_decision(asked_by=plan.proposed_by_id, decided_by=accounts_of(by))]


@transaction.atomic
def approve_incident_plan(plan_id: int, *, by, at: datetime, remark: str = "") -> IncidentPlan:
    """Agree to this very plan. It still promises nobody anything: each case offers a plan of its own from it."""
    plan = _locked(plan_id)
    demand_right(by, "incident.lead", at=at)
    demand(why_not_decide_plan(plan, by=by, at=at))
    incident = plan.incident
    with signed(by=by, reason="incident_plan.approved", at=at):
        plan.approve(by=by, at=at, remark=write_incident_words(Kind.REMARK, remark, by=by, at=at))
        plan.save()
        incident.plan()
        incident.save()
    return plan


@transaction.atomic
def send_back_incident_plan(plan_id: int, *, by, at: datetime, remark: str) -> IncidentPlan:
    """Not like this, and why."""
    plan = _locked(plan_id)
    demand_right(by, "incident.lead", at=at)
    demand(why_not_decide_plan(plan, by=by, at=at), _violations_in_remark(remark))
    with signed(by=by, reason="incident_plan.sent_back", at=at):
        plan.send_back(by=by, at=at, remark=write_incident_words(Kind.REMARK, remark, by=by, at=at))
        plan.save()
    return plan


def _violations_in_remark(remark):
    if not remark.strip():
        yield Violation("incident.remark_missing", field="remark")


def why_not_take_back_plan(plan: IncidentPlan, *, by, at: datetime) -> list[Violation]:
    """It waits, and it is the proposer's own."""
    if plan.state != IncidentPlanState.PROPOSED:
        return [Violation("incident.plan_not_pending", params={"state": plan.get_state_display()})]
    return [] if plan.proposed_by_id == by.pk else [Violation("incident.plan_not_yours")]


@transaction.atomic
def take_back_incident_plan(plan_id: int, *, by, at: datetime) -> IncidentPlan:
    """Its proposer thought again."""
    plan = _locked(plan_id)
    demand_right(by, "incident.lead", at=at)
    demand(why_not_take_back_plan(plan, by=by, at=at))
    with signed(by=by, reason="incident_plan.taken_back", at=at):
        plan.take_back()
        plan.save()
    return plan


def why_not_replan_incident(incident: Incident, *, by, at: datetime) -> list[Violation]:
    """Whether there is a plan to be replaced."""
    return list(violations_in_move(incident, "replan"))


@transaction.atomic
def replan_incident(incident_id: int, *, by, at: datetime, reason: str) -> Incident:
    """The plan does not do. What was offered from it stands; another one is proposed and agreed to."""
    incident = locked_incident(incident_id)
    demand_right(by, "incident.lead", at=at)
    demand(why_not_replan_incident(incident, by=by, at=at), _violations_in_reason(reason))
    with signed(by=by, reason="incident.replanned", at=at):
        supersede_agreed_plans(incident)
        incident.act_reason = write_incident_words(Kind.REASON, reason, by=by, at=at)
        incident.replan()
        incident.save()
    return incident


def _violations_in_reason(reason):
    if not reason.strip():
        yield Violation("reason.missing", field="reason")


def approved_plan(incident: Incident) -> IncidentPlan | None:
    """The plan that two people agreed to, if one holds."""
    return incident.plans.filter(state=IncidentPlanState.APPROVED).first()


def why_not_carry_out(incident: Incident, *, by, at: datetime) -> list[Violation]:
    """Each case has the plan before its customer, has ended, or was noted one by one."""
    found = list(violations_in_move(incident, "carry_out"))
    if found:
        return found
    waiting = incident.members.unfinished().exclude(offered_plan=approved_plan(incident))
    return list(rules.violations_in_carrying_out(waiting.exclude(case__state__in=ENDED).count()))


@transaction.atomic
def carry_out_incident(incident_id: int, *, by, at: datetime) -> Incident:
    """Everybody has the plan before them; each case goes on by itself from here."""
    incident = locked_incident(incident_id)
    demand_right(by, "incident.lead", at=at)
    demand(why_not_carry_out(incident, by=by, at=at))
    with signed(by=by, reason="incident.carried_out", at=at):
        incident.carry_out()
        incident.save()
    return incident
