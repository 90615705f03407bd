"""What a case still needs: for its next step, as evidence, and whose yes; each with the way to it."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from casemgmt.adminkit.acting import Offer
from casemgmt.adminkit.pages import Checklist, ChecklistItem, Link
from casemgmt.adminkit.templatetags.desk import instant
from casemgmt.money import amount_shown
from casemgmt.people.models import Person
from casemgmt.people.one_person import accounts_behind, accounts_of
from complaints.actions.ticking import checklists_for, ticks_on
from complaints.admin.base import action_url, holds
from complaints.admin.case_outside import routes_owed
from complaints.admin.case_touch import discontent_checklist
from complaints.admin.escalation_band import help_after_a_no
from complaints.case_file import CaseFile
from complaints.models import Complaint, ComplaintSubject, Evidence
from complaints.roles import SUPERVISORS
from complaints.rules.duties import violations_in_decision
from complaints.states import EscalationState, EvidenceRequestState, EvidenceState, GrantState, RefusalState
from complaints.vocabulary import EvidenceType
from policies.lookup import PoliciesInForce

NAMES_SHOWN = 3
WAITING = (EscalationState.OPEN, EscalationState.ACKNOWLEDGED)


def checklists_of(
    request, file: CaseFile, offers: list[Offer], at: datetime, policies: PoliciesInForce
) -> tuple[Checklist, ...]:
    """Everything that is missing or waited for, the next step first; nothing for a case that needs nothing."""
    found = (
        discontent_checklist(request, file, at),
        help_after_a_no(request, file, at),
        _for_the_next_step(offers),
        routes_owed(request, file, at),
        _evidence(request, file.case, at, policies),
        *_of_policies(request, file, at),
        _approvals(file),
    )
    return tuple(checklist for checklist in found if checklist is not None)


def blocked_step(offers: list[Offer]) -> Offer | None:
    """The next step of the road, when something stands in its way; None while one is possible."""
    steps = [offer for offer in offers if offer.action.is_step]
    if not steps or any(offer.is_allowed for offer in steps):
        return None
    return steps[0]


def _for_the_next_step(offers) -> Checklist | None:
    offer = blocked_step(offers)
    if offer is None:
        return None
    items = tuple(
        ChecklistItem(reason.says, link=_mending(reason), code=f"{reason.code}:{reason.says}")
        for reason in offer.reasons
    )
    return Checklist(_("Missing for “%(step)s”") % {"step": offer.action.label}, items, step=offer.action.name)


def _of_policies(request, file: CaseFile, at) -> Iterator[Checklist]:
    """The checklists of the policies, with who ticked what and when."""
    case = file.case
    language, done = get_language() or "zh-hans", ticks_on(case)
    may_tick = case.is_open and holds(request, "case.handle", case, at)
    link = Link(_("Tick"), action_url(case, "tick-checklist"), sheet=True) if may_tick else None
    for checklist in checklists_for(case, at=at):
        items = []
        for item in checklist.items:
            tick = done.get((checklist.code, item.code))
            by = tick and file.thing(Person, tick.ticked_by_id)
            items.append(
                ChecklistItem(
                    item.label.in_language(language),
                    is_done=tick is not None,
                    note=f"{by or ''} {instant(tick.ticked_at)}".strip() if tick else "",
                    link=None if tick or any(not known.is_done for known in items) else link,
                )
            )
        yield Checklist(checklist.label.in_language(language), tuple(items))


def _mending(reason) -> Link | None:
    if not reason.url:
        return None
    return Link(reason.mend or _("Mend it"), reason.url, sheet="/do/" in reason.url)


def _evidence(request, case: Complaint, at, policies) -> Checklist | None:
    category = policies.categories.get(case.category)
    if category is None or not category.needs_evidence or not case.is_open:
        return None
    here: dict[str, set] = {}
    for kind, state in Evidence.objects.for_case(case).values_list("evidence_type", "state"):
        here.setdefault(kind, set()).add(state)
    asked = set(case.evidence_requests.filter(state=EvidenceRequestState.ASKED).values_list("evidence_type", flat=True))
    labels = dict(EvidenceType.choices)
    may_add = holds(request, "evidence.add", case, at)
    may_ask = holds(request, "case.handle", case, at)
    items = []
    for kind in category.needs_evidence:
        states = here.get(kind, set()) - {EvidenceState.EXCLUDED}
        label = labels.get(kind, kind)
        if states:
            note = _("verified") if EvidenceState.VERIFIED in states else _("here, not verified yet")
            items.append(ChecklistItem(label, is_done=True, note=note))
        elif kind in asked:
            link = Link(_("Add"), action_url(case, "add-evidence") + f"?evidence_type={kind}", sheet=True)
            items.append(
                ChecklistItem(label, note=_("asked for, not here yet"), is_asked=True, link=link if may_add else None)
            )
        else:
            link = Link(_("Ask for it"), action_url(case, "ask-for-evidence") + f"?evidence_type={kind}", sheet=True)
            items.append(ChecklistItem(label, note=_("missing"), link=link if may_ask else None))
    return Checklist(_("Evidence for this category"), tuple(items))


def _approvals(file: CaseFile) -> Checklist | None:
    case = file.case
    subjects = accounts_behind(row.person_id for row in file.rows[ComplaintSubject] if row.lifted_at is None)
    waiting = [
        (
            _("Compensation %(amount)s") % {"amount": amount_shown(row.amount, row.currency)},
            {"asked_by": row.asked_by_id, "handler": case.handler_id},
            {row.approved_by_id},
            2 if row.approvals_needed == 2 and row.approved_by_id is None else 1,
        )
        for row in case.grants.filter(state=GrantState.AWAITING_APPROVAL)
    ] + [
        (_("Refusal"), {"asked_by": row.proposed_by_id}, set(), 1)
        for row in case.refusals.filter(state=RefusalState.PROPOSED)
    ]
    escalations = list(case.escalations.filter(state__in=WAITING))
    if not waiting and not escalations:
        return None
    supervisors = _supervisors(case) if waiting or any(row.to_person_id is None for row in escalations) else []
    items = []
    for label, duties, barred, needed in waiting:
        who = [
            person.name
            for person in supervisors
            if not accounts_of(person) & barred
            and not any(violations_in_decision(decided_by=accounts_of(person), subjects=subjects, **duties))
        ]
        words = _("two of: %(names)s") if needed == 2 else _("can decide: %(names)s")
        items.append(ChecklistItem(label, note=words % {"names": _names(who)}, is_asked=True))
    for row in escalations:
        who = [row.to_person.name] if row.to_person_id else [person.name for person in supervisors]
        note = _("can decide: %(names)s") % {"names": _names(who)}
        items.append(ChecklistItem(_("Escalation, level %(level)s") % {"level": row.level}, note=note, is_asked=True))
    return Checklist(_("Waits for a decision"), tuple(items))


def _supervisors(case: Complaint) -> list[Person]:
    """Who may decide by role, those of the case's own team first."""
    found = Person.objects.filter(groups__name=SUPERVISORS, is_active=True).only("name", "team_id").order_by("name")
    return sorted(found, key=lambda person: person.team_id != case.team_id)


def _names(names: list[str]) -> str:
    if not names:
        return _("nobody; ask an administrator")
    shown = _(", ").join(names[:NAMES_SHOWN])
    rest = len(names) - NAMES_SHOWN
    return shown if rest <= 0 else _("%(names)s and %(n)s more") % {"names": shown, "n": rest}
