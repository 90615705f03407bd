"""What the case page says about calls: one under way, those on the calendar and why they moved, the customer's word."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from casemgmt.adminkit.pages import Fact, FactGroup, Link
from casemgmt.adminkit.templatetags.desk import instant
from casemgmt.sentences import say
from casemgmt.violations import Violation
from complaints.admin.base import action_url, holds
from complaints.admin.calling import RIGHT, call_url
from complaints.case_file import CaseFile
from complaints.models import CallPlan, Complaint, ContactConsent, ScheduledCall, StartedCall
from policies.lookup import policies_in_words


def calls_of(request, file: CaseFile, at: datetime) -> FactGroup | None:
    """The calls of a case that nobody has made or recorded yet; None where there is none."""
    case = file.case
    under_way = [row for row in file.rows[StartedCall] if row.contact_id is None]
    waiting = [row for row in file.rows[ScheduledCall] if row.ended_at is None]
    if not under_way and not waiting:
        return None
    may_call = holds(request, RIGHT, case, at)
    facts = [
        Fact(
            _("Started, not recorded"),
            f"{instant(row.started_at, at)} {row.started_by.name}",
            Link(_("Record the call"), call_url(case.pk)) if may_call else None,
        )
        for row in under_way
    ]
    named = policies_in_words(row.working["window"] for row in waiting if row.working.get("why"))
    for row in waiting:
        facts.append(Fact(_("Next call"), f"{instant(row.scheduled_for, at)} · {row.owner.name}"))
        if row.what is not None:
            facts.append(Fact(_("About"), str(row.what)))
        if why := moved_because(row.working, named):
            facts.append(Fact(_("Not at %(at)s") % {"at": instant(row.asked_for, at)}, why))
    off = Link(_("Call off"), action_url(case, "cancel-scheduled-call"), sheet=True) if waiting and may_call else None
    return FactGroup(_("Calls"), tuple(facts), link=off, anchor="calls")


def moved_because(working: dict, named: dict) -> str:
    """Every reason why a call stands later than it was wanted, with the policy and its edition."""
    why = working.get("why")
    if not why:
        return ""
    reasons = [say(Violation(found["code"], params=found["params"])) for found in why]
    row = named.get(working.get("window"))
    cited = [_("%(title)s, edition %(edition)s") % {"title": row.title, "edition": row.edition}] if row else []
    return " ".join([*reasons, *(f"({words})" for words in cited)])


def wishes_of(request, case: Complaint, at: datetime) -> tuple[Fact, ...]:
    """Hours, zone and the newest words about contacts, with the way to write a new one down."""
    customer = case.customer
    may_record = holds(request, RIGHT, case, at)
    change = Link(_("Change"), action_url(case, "note-wishes"), sheet=True) if may_record else None
    consent = Link(_("Write down"), action_url(case, "record-consent"), sheet=True) if may_record else None
    facts = [Fact(_("Wants to be reached by"), customer.get_preferred_channel_display() or "—", change)]
    if customer.call_from is not None:
        hours = f"{customer.call_from:%H:%M}–{customer.call_until:%H:%M}"
        facts.append(Fact(_("Calls between"), f"{hours} {customer.call_zone}".strip()))
    elif customer.call_zone:
        facts.append(Fact(_("Time zone"), customer.call_zone))
    word = _("wants no calls") if customer.no_calls else _("calls are welcome")
    facts.append(Fact(pgettext("consent", "Calls"), word, consent))
    newest: dict[tuple, ContactConsent] = {}
    for row in sorted(case.consents.all(), key=lambda row: (row.said_at, row.pk)):
        newest[row.channel, row.scope] = row
    facts += [
        Fact(
            f"{row.get_channel_display()} · {row.get_scope_display()}",
            f"{row.get_decision_display()} “{row.words}” ({row.recorded_by.name}, {instant(row.said_at, at)})",
        )
        for row in newest.values()
    ]
    return tuple(facts)


def may_read_plans(request, case: Complaint, at: datetime) -> bool:
    """Whether the viewer may know where a talk ends: who may call does, nobody else."""
    return holds(request, RIGHT, case, at)


def plan_line(request, file: CaseFile, at: datetime) -> Fact | None:
    """That a call is planned, and by whom."""
    plans = file.rows[CallPlan]
    if not plans or not may_read_plans(request, file.case, at):
        return None
    plan = max(plans, key=lambda row: row.number)
    return Fact(_("Plan of the call"), f"{plan.written_by.name}, {instant(plan.written_at, at)}")
