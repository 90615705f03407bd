"""Runs over all cases of an incident: the plan offered to each, one message to every customer; first a dry run."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from casemgmt.ledger import signed
from casemgmt.violations import Violation, demand
from complaints.actions.bulk import choose_cases, plan_run
from complaints.actions.incident_plans import approved_plan, violations_in_words_for_all
from complaints.actions.incidents import Kind, locked_incident, write_incident_words
from complaints.models import BulkRun, Incident, IncidentMessage
from complaints.roles import demand_right
from policies.lookup import templates_in_force
from policies.rules.filling import has_broken_braces, unknown_variables


def why_not_prepare_offers(incident: Incident, *, by, at: datetime) -> list[Violation]:
    """There is a plan that two people agreed to, and a case."""
    found = [] if approved_plan(incident) is not None else [Violation("incident.no_plan_agreed")]
    if not incident.members.standing().exists():
        found.append(Violation("incident.no_members"))
    return found


@transaction.atomic
def prepare_offers(incident_id: int, *, by, at: datetime) -> BulkRun:
    """A dry run of offering the plan to every case of it that the leader may see; nothing goes out yet."""
    incident = locked_incident(incident_id)
    demand_right(by, "incident.lead", at=at)
    demand(why_not_prepare_offers(incident, by=by, at=at))
    run = choose_cases(
        BulkRun.Kind.OFFER, _cases_of(incident), by=by, at=at, incident=incident, incident_plan=approved_plan(incident)
    )
    return plan_run(run.pk, by=by, at=at)


def _cases_of(incident) -> list[int]:
    return list(incident.members.standing().order_by("linked_at", "pk").values_list("case", flat=True))


def why_not_prepare_message(incident: Incident, *, by, at: datetime) -> list[Violation]:
    """It is not over, and there is a case."""
    found = [] if incident.is_open else [Violation("incident.closed")]
    if not incident.members.standing().exists():
        found.append(Violation("incident.no_members"))
    return found


@transaction.atomic
def prepare_message(
    incident_id: int,
    *,
    by,
    at: datetime,
    words: str = "",
    template_id: int | None = None,
    message_id: int | None = None,
) -> BulkRun:
    """A dry run of writing to everybody: a new message, or an earlier one for those who have not got it yet."""
    incident = locked_incident(incident_id)
    demand_right(by, "incident.lead", at=at)
    known = incident.messages.filter(pk=message_id).first() if message_id is not None else None
    demand(
        why_not_prepare_message(incident, by=by, at=at),
        [] if known is not None else _violations_in_message(words, template_id, at),
    )
    if known is None:
        with signed(by=by, reason="incident.message_written", at=at):
            known = IncidentMessage.objects.create(
                incident=incident,
                number=(incident.messages.aggregate(newest=Max("number"))["newest"] or 0) + 1,
                words=write_incident_words(Kind.LETTER, words, by=by, at=at),
                template_policy_id=template_id,
                written_by=by,
                written_at=at,
            )
    run = choose_cases(BulkRun.Kind.TELL, _cases_of(incident), by=by, at=at, incident=incident, message=known)
    return plan_run(run.pk, by=by, at=at)


def _violations_in_message(words, template_id, at):
    if not words.strip():
        yield Violation("words.missing", field="words")
    if has_broken_braces(words) or unknown_variables(words):
        gaps = ", ".join(unknown_variables(words)) or "{{"
        yield Violation("incident.gap_unknown", field="words", params={"gaps": gaps})
    if template_id is not None and template_id not in {row.policy_id for row in templates_in_force(at).values()}:
        yield Violation("contact.template_unknown", field="template_id")
    yield from violations_in_words_for_all({"words": words}, (), at=at)
