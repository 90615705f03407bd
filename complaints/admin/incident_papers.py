"""What two people decide about an incident, on its page: plans for everybody and public announcements."""

from datetime import datetime

from django.utils.translation import gettext as _

from casemgmt.adminkit.pages import Fact, FactGroup, Link, Piece
from casemgmt.adminkit.templatetags.desk import instant
from casemgmt.money import amount_shown
from casemgmt.sentences import say
from complaints.admin import buttons
from complaints.admin.base import action_url
from complaints.models import Incident
from complaints.template_values import names
from policies.rules.filling import filled


def papers_of(request, incident: Incident, at: datetime) -> list[FactGroup]:
    """The plans and the public announcements of an incident, the newest first, with what the viewer may do."""
    return [*_plans(request, incident, at), *_announcements(request, incident, at)]


def _plans(request, incident: Incident, at: datetime):
    for plan in incident.plans.select_related("explanation", "letter", "proposed_by", "decided_by", "remark").order_by(
        "-number"
    ):
        options = tuple(
            Piece(
                " ".join(
                    filter(
                        None,
                        (
                            option.get_remedy_display(),
                            amount_shown(option.amount, option.currency) if option.amount is not None else "",
                        ),
                    )
                ),
                str(option.words or ""),
            )
            for option in plan.options.select_related("words")
        )
        facts = [Fact(_("Proposed by"), f"{plan.proposed_by.name} · {instant(plan.proposed_at, at)}")]
        if plan.decided_by_id:
            facts.append(Fact(_("Decided by"), f"{plan.decided_by.name} · {instant(plan.decided_at, at)}"))
        if plan.remark_id:
            facts.append(Fact(_("Remark"), str(plan.remark)))
        facts.append(Fact(_("Words to the customers"), filled(str(plan.letter), {}, names())))
        links, why = _deeds_on(request, plan, at)
        last = Piece(_("Waits for another supervisor"), why, links=links) if links or why else None
        yield FactGroup(
            _("Plan %(number)s: %(state)s") % {"number": plan.number, "state": plan.get_state_display()},
            tuple(facts),
            quote=str(plan.explanation),
            pieces=(*options, *filter(None, (last,))),
            anchor=f"plan-{plan.number}",
        )


def _deeds_on(request, row, at: datetime, actions=buttons.INCIDENT_PLAN) -> tuple[tuple[Link, ...], str]:
    """What the viewer may do with it; and why they may not decide it, where it waits. The first action is the yes."""
    if row.state not in ("proposed", "approved") or not request.user.has_perm("complaints.incident_lead"):
        return (), ""
    found, why = [], ""
    for action in actions:
        violations = action.why_not(row, by=request.user, at=at)
        if not violations:
            found.append(Link(action.label, action_url(row, action.name), sheet=True))
        elif action is actions[0] and row.state == "proposed":
            why = say(violations[0])
    return tuple(found), why


def _announcements(request, incident: Incident, at: datetime):
    for row in incident.announcements.select_related("words", "proposed_by", "decided_by", "remark").order_by(
        "-number"
    ):
        facts = [Fact(_("Proposed by"), f"{row.proposed_by.name} · {instant(row.proposed_at, at)}")]
        if row.decided_by_id:
            facts.append(Fact(_("Decided by"), f"{row.decided_by.name} · {instant(row.decided_at, at)}"))
        if row.remark_id:
            facts.append(Fact(_("Remark"), str(row.remark)))
        pieces = [Piece(row.link, instant(row.published_at, at), row.link)] if row.published_at else []
        links, why = _deeds_on(request, row, at, buttons.PUBLIC_NOTICE)
        if links or why:
            waits = _("Waits for another supervisor") if row.state == "proposed" else _("Waits to be published")
            pieces.append(Piece(waits, why, links=links))
        yield FactGroup(
            _("Public announcement %(number)s: %(state)s") % {"number": row.number, "state": row.get_state_display()},
            tuple(facts),
            quote=str(row.words),
            pieces=tuple(pieces),
            anchor=f"announcement-{row.number}",
        )
