"""What is known of a case, in groups: the customer, the order, the complaint, the judgement, and the paperwork."""

from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from casemgmt.adminkit.pages import Fact, FactGroup, Link, Piece
from casemgmt.adminkit.templatetags.desk import instant
from casemgmt.money import amount_shown
from complaints.admin import buttons
from complaints.admin.base import action_url, case_url, evidence_url, holds, links_for, visible_cases
from complaints.admin.case_customer import customer_of, order_of
from complaints.admin.case_deadlines import extensions_of
from complaints.admin.case_outside import outside_of
from complaints.admin.case_returns import agreements_of, returns_of
from complaints.admin.case_story import file_link
from complaints.admin.entitlement_cards import entitlements_of
from complaints.admin.escalation_words import why_raised
from complaints.admin.giving_out import given_url
from complaints.admin.holds import hold_of
from complaints.admin.refusal_why import refusal_why_url
from complaints.admin.weighing_pages import deviation_of, grant_why_url, plan_why_url
from complaints.models import Complaint
from complaints.vocabulary import StatementKind
from policies.lookup import PoliciesInForce

MOST_LIKELY = 10
TOLD = (
    StatementKind.DEMAND,
    StatementKind.REAL_NEED,
    StatementKind.COURSE,
    StatementKind.PLACE,
    StatementKind.DAMAGE,
    StatementKind.PRESALE_NEED,
    StatementKind.EXPECTATION_GAP,
)


def short(moment: datetime | None) -> str:
    """An instant as facts show it."""
    return instant(moment)


def groups_of(request, case: Complaint, at: datetime, policies: PoliciesInForce) -> tuple[FactGroup, ...]:
    """The facts and the paperwork, as far as there is any."""
    return tuple(
        group
        for group in (
            customer_of(request, case, at),
            order_of(case),
            _complaint(request, case, at, policies),
            _judgement(case),
            entitlements_of(request, case, at, policies),
            hold_of(request, case, at),
            _evidence(request, case, at),
            _plans(request, case, at),
            _promises(request, case, at),
            returns_of(request, case, at),
            agreements_of(request, case, at),
            _grants(request, case, at, policies),
            _refusals(request, case, at, policies),
            _follow_ups(request, case, at),
            extensions_of(request, case, at),
            _escalations(request, case, at),
            _tasks(request, case, at),
            outside_of(case),
            _subjects(request, case, at),
            _learnt(request, case, at),
            _related(request, case),
        )
        if group is not None
    )


def _complaint(request, case, at, policies) -> FactGroup:
    words = {statement.kind: statement for statement in case.statements.all()}
    content = words.get(StatementKind.CONTENT)
    category = policies.categories.get(case.category)
    facts = [
        Fact(_("Received"), f"{short(case.received_at)} · {case.get_channel_display()}"),
        *_handler(case),
        Fact(_("Reason"), case.get_reason_display()),
        Fact(_("Category"), category.label.in_language(get_language() or "zh-hans") if category else "—"),
        Fact(_("Emotion"), case.get_emotion_display() or "—"),
    ]
    if case.demanded_remedy or case.demanded_amount is not None:
        amount = amount_shown(case.demanded_amount) if case.demanded_amount is not None else ""
        facts.append(Fact(_("Demands"), f"{case.get_demanded_remedy_display()} {amount}".strip()))
    facts += [Fact(words[kind].get_kind_display(), str(words[kind])) for kind in TOLD if kind in words]
    edit = Link(_("Correct"), action_url(case, "edit-facts"), sheet=True)
    return FactGroup(
        _("Complaint"),
        tuple(facts),
        quote=str(content) if content else "",
        link=edit if case.is_open and holds(request, "case.edit_facts", case, at) else None,
    )


def _handler(case) -> list[Fact]:
    if case.handler is None:
        return []
    return [Fact(_("Handler"), case.handler.name, Link(_("Why they have it"), given_url(case.pk)))]


def _judgement(case) -> FactGroup | None:
    facts = []
    for assessment in case.assessments.select_related("basis"):
        label = assessment.get_stage_display()
        value = assessment.get_judgement_display() or assessment.get_verdict_display()
        facts.append(Fact(label, f"{value} · {short(assessment.judged_at)}"))
        if assessment.unreasonable_type:
            facts.append(Fact(_("Type"), assessment.get_unreasonable_type_display()))
    finding = case.findings.select_related("statement", "root_cause").last()
    if finding is not None:
        facts.append(Fact(_("Finding"), str(finding.statement)))
        facts.append(Fact(_("Responsible"), finding.get_responsible_party_display()))
        if finding.root_cause:
            facts.append(Fact(_("Root cause"), str(finding.root_cause)))
    return FactGroup(_("Judgement"), tuple(facts)) if facts else None


def _evidence(request, case, at) -> FactGroup | None:
    may_read = holds(request, "evidence.read", case, at)
    pieces = []
    for row in case.evidence.select_related("file_name"):
        link = file_link(row)
        note = f"{row.get_evidence_type_display()} · {row.get_state_display()} · {link.note} · {row.sha256[:8]}"
        links = links_for(request, row, buttons.EVIDENCE, case, at)
        pieces.append(Piece(link.label, note, link.url if may_read else "", "draft", row.state == "excluded", links))
    for row in case.evidence_requests.exclude(state="answered").select_related("what"):
        note = _("%(state)s, until %(due)s") % {"state": row.get_state_display(), "due": short(row.due_at)}
        links = links_for(request, row, buttons.EVIDENCE_REQUEST, case, at)
        pieces.append(
            Piece(f"{row.get_evidence_type_display()}{_(': ')}{row.what}", note, "", "hourglass_empty", False, links)
        )
    room = Link(_("Evidence room"), evidence_url(case.pk)) if may_read else None
    can_add = case.is_open and holds(request, "evidence.add", case, at)
    if not pieces and not can_add:
        return None
    return FactGroup(_("Evidence"), pieces=tuple(pieces), count=len(pieces), link=room, anchor="evidence")


def _plans(request, case, at) -> FactGroup | None:
    pieces = []
    for plan in case.plans.prefetch_related("options__words").select_related("explanation").order_by("-number"):
        options = "; ".join(
            " ".join(
                filter(
                    None,
                    (
                        "✓" if option.chosen else "",
                        option.get_remedy_display(),
                        amount_shown(option.amount, option.currency) if option.amount is not None else "",
                        str(option.words) if option.words else "",
                    ),
                )
            )
            for option in plan.options.all()
        )
        label = _("Version %(number)s: %(state)s") % {"number": plan.number, "state": plan.get_state_display()}
        links = links_for(request, plan, buttons.PLAN, case, at)
        pieces.append(
            Piece(
                label,
                " · ".join(filter(None, (options or str(plan.explanation), deviation_of(plan)))),
                plan_why_url(plan),
                "assignment",
                plan.state == "superseded",
                links,
            )
        )
    return FactGroup(_("Plan"), pieces=tuple(pieces), anchor="plans") if pieces else None


def _promises(request, case, at) -> FactGroup | None:
    pieces = []
    for row in case.commitments.select_related("what", "owner", "department"):
        who = row.department or row.owner
        note = _("%(state)s, until %(due)s, %(who)s") % {
            "state": row.get_state_display(),
            "due": short(row.due_at),
            "who": getattr(who, "name", who),
        }
        links = links_for(request, row, buttons.COMMITMENT, case, at)
        pieces.append(Piece(str(row.what), note, "", "handshake", row.state == "released", links))
    return FactGroup(_("Promises"), pieces=tuple(pieces), count=len(pieces), anchor="promises") if pieces else None


def _grants(request, case, at, policies) -> FactGroup | None:
    pieces = []
    for row in case.grants.select_related("asked_by", "approved_by", "paid_by", "basis", "payee__key"):
        kind = policies.compensation_kinds.get(row.kind)
        label = kind.label.in_language(get_language() or "zh-hans") if kind else row.kind
        people = [_("asked by %(name)s") % {"name": row.asked_by.name}]
        if row.approved_by:
            people.append(_("approved by %(name)s") % {"name": row.approved_by.name})
        elif row.own_authority:
            people.append(_("within own authority"))
        if row.paid_by:
            people.append(
                _("paid by %(name)s, %(reference)s") % {"name": row.paid_by.name, "reference": row.payment_reference}
            )
        note = " · ".join([row.get_state_display(), *people, str(row.basis)])
        links = links_for(request, row, buttons.GRANT, case, at)
        pieces.append(
            Piece(
                f"{label} {amount_shown(row.amount, row.currency)}",
                note,
                grant_why_url(row),
                "payments",
                row.state in ("cancelled", "rejected"),
                links,
            )
        )
    return FactGroup(_("Compensation"), pieces=tuple(pieces), anchor="grants") if pieces else None


def _refusals(request, case, at, policies) -> FactGroup | None:
    pieces = []
    for row in case.refusals.select_related("explanation", "proposed_by", "decided_by", "remark"):
        ground = policies.refusal_grounds.get(row.ground)
        label = ground.label.in_language(get_language() or "zh-hans") if ground else row.ground
        people = [row.get_state_display(), _("proposed by %(name)s") % {"name": row.proposed_by.name}]
        if row.decided_by:
            people.append(_("decided by %(name)s") % {"name": row.decided_by.name})
        if row.remark:
            people.append(str(row.remark))
        links = links_for(request, row, buttons.REFUSAL, case, at)
        note = " · ".join([*people, str(row.explanation)])
        pieces.append(Piece(label, note, refusal_why_url(row), "gavel", False, links))
    return FactGroup(_("Refusal"), pieces=tuple(pieces), anchor="refusals") if pieces else None


def _follow_ups(request, case, at) -> FactGroup | None:
    pieces = []
    for row in case.follow_ups.select_related("owner", "experience"):
        note = f"{row.get_state_display()} · {short(row.scheduled_for)} · {row.owner.name}"
        if row.satisfaction:
            note += " · " + _("satisfaction %(mark)s of 5") % {"mark": row.satisfaction}
        links = links_for(request, row, buttons.FOLLOW_UP, case, at)
        pieces.append(Piece(_("Follow-up"), note, "", "call", row.state == "cancelled", links))
    return FactGroup(_("Follow-up"), pieces=tuple(pieces), anchor="follow-ups") if pieces else None


def _escalations(request, case, at) -> FactGroup | None:
    pieces = [
        Piece(
            _("More authority for %(name)s") % {"name": given.person.name},
            _("up to %(amount)s on this case, until %(at)s")
            % {"amount": amount_shown(given.amount, given.currency), "at": short(given.valid_until)},
            "",
            "verified_user",
            given.valid_until <= at,
        )
        for given in case.authorities.select_related("person")
    ]
    for row in case.escalations.select_related("to_person", "reason", "answer"):
        to = row.to_person.name if row.to_person else _("the team's supervisors")
        decided = row.get_decision_display() if row.decision else ""
        said = str(row.answer or row.reason or "")
        note = " · ".join(filter(None, (row.get_state_display(), decided, to, short(row.raised_at), said)))
        links = links_for(request, row, buttons.ESCALATION, case, at)
        pieces.append(
            Piece(
                _("Level %(level)s: %(why)s") % {"level": row.level, "why": why_raised(row)},
                note,
                "",
                "trending_up",
                row.state == "closed",
                links,
            )
        )
    return FactGroup(_("Escalations"), pieces=tuple(pieces), anchor="escalations") if pieces else None


def _tasks(request, case, at) -> FactGroup | None:
    pieces = []
    for row in case.tasks.select_related("what", "department", "result"):
        note = f"{row.department} · {row.get_state_display()} · {short(row.due_at)}"
        note += f" · {row.result}" if row.result else ""
        links = links_for(request, row, buttons.TASK, case, at)
        pieces.append(Piece(str(row.what), note, "", "task_alt", row.state == "cancelled", links))
    return FactGroup(_("Other departments"), pieces=tuple(pieces), anchor="tasks") if pieces else None


def _subjects(request, case, at) -> FactGroup | None:
    pieces = []
    for row in case.subjects.select_related("person"):
        note = row.get_finding_display() if row.lifted_at is None else _("lifted")
        links = links_for(request, row, buttons.SUBJECT, case, at)
        pieces.append(Piece(row.person.name, note, "", "person_off", row.lifted_at is not None, links))
    return FactGroup(_("It is about"), pieces=tuple(pieces), anchor="subjects") if pieces else None


def _learnt(request, case, at) -> FactGroup | None:
    facts = []
    summary = case.summaries.select_related("lesson", "root_cause").last()
    if summary is not None:
        facts = [Fact(_("What was learnt"), str(summary.lesson)), Fact(_("Root cause"), str(summary.root_cause))]
    pieces = []
    for row in case.improvements.select_related("what", "owner"):
        links = links_for(request, row, buttons.IMPROVEMENT, case, at)
        note = f"{row.get_kind_display()} · {row.get_state_display()} · {row.owner.name}"
        pieces.append(Piece(str(row.what), note, "", "lightbulb", row.state == "cancelled", links))
    if not facts and not pieces:
        return None
    return FactGroup(_("Summary and measures"), tuple(facts), pieces=tuple(pieces), anchor="measures")


def _related(request, case) -> FactGroup:
    """Where it was merged, what follows it, its incident, and the way to everything else it has to do with."""
    pieces = [
        Piece(f"{follower}", _("merged into this case"), case_url(follower.pk)) for follower in case.followers.all()
    ]
    if case.merged_into:
        pieces.append(Piece(f"{case.merged_into}", _("leads this case"), case_url(case.merged_into_id)))
    member = case.memberships.standing().filter(settled_at__isnull=True).select_related("incident").first()
    if member is not None and request.user.has_perm("complaints.view_incident"):
        url = reverse("admin:complaints_incident_change", args=[member.incident_id])
        pieces.append(Piece(str(member.incident), _("incident"), url, "crisis_alert"))
    pieces += [Piece(str(row.tag), icon="label") for row in case.case_tags.select_related("tag")]
    url = reverse("admin:complaints_complaint_related", args=[case.pk])
    pieces.append(Piece(_("Compare, link and split"), _likely(request, case), url, "account_tree"))
    return FactGroup(_("Tags and related cases"), pieces=tuple(pieces))


def _likely(request, case) -> str:
    """How many other open cases of the customer or order the viewer sees, which may be the same matter."""
    same = Q(pk__in=[])
    if case.customer_id is not None:
        same |= Q(customer=case.customer_id)
    if case.order_id is not None:
        same |= Q(order=case.order_id)
    others = visible_cases(request).open().filter(same).exclude(pk=case.pk)
    number = others.order_by().values("pk")[:MOST_LIKELY].count()
    if not number:
        return ""
    return ngettext("%(n)s open case like it", "%(n)s open cases like it", number) % {"n": number}
