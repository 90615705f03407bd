"""Requests that wait for a decision as lines of the inbox: what, who, how much, on which ground."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from django.db.models import Sum
from django.utils.translation import gettext as _

from casemgmt.adminkit.editing import version_of
from casemgmt.adminkit.landings import Meter
from casemgmt.adminkit.pages import ClockCard, Link, Severity, Words
from casemgmt.money import amount_shown
from casemgmt.people.one_person import accounts_of
from casemgmt.sentences import say
from casemgmt.violations import Violation
from complaints.actions.watching_money import patterns_around
from complaints.admin.base import action_url, case_url
from complaints.admin.drawing import first_words, severity_of
from complaints.admin.landing.heaps import note_on
from complaints.admin.request_changes import changes_in_grant, changes_in_refusal, grants_before, refusals_before
from complaints.admin.split_told import split_in_words
from complaints.models import CompensationGrant, Escalation, HandlingPlan, RefusalProposal
from complaints.policy_words import in_policy_words
from complaints.roles import groups_of
from complaints.rules.duties import violations_in_decision
from complaints.states import EscalationState, GrantState, PlanState
from policies.lookup import PoliciesInForce, policies_in_words

GRANTED = (GrantState.APPROVED, GrantState.PAID, GrantState.BOUNCED)


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One request. `why_not` says why the viewer cannot decide it; then there are no deeds.

    `change` is what differs from the last time first of all, `changes` the rest. `decide_by` is when it goes up, and
    `seen` tells the content that stands on the line, so that nobody agrees to another one.
    """

    key: str
    kind: str
    title: Words
    about: Words
    url: str
    note: Words
    asker: Words
    asked_at: datetime
    is_own: bool
    clock: ClockCard | None
    severity: Severity
    amount: Words = ""
    limit: Meter | None = None
    limit_is_exceeded: bool = False
    place: Words = ""
    ground: Words = ""
    policy: Words = ""
    evidence: int = 0
    unverified: int = 0
    change: Words = ""
    changes: tuple[Words, ...] = ()
    decide_by: datetime | None = None
    seen: str = ""
    basis: Words = ""
    splits: tuple[Words, ...] = ()
    deeds: tuple[Link, ...] = ()
    why_not: tuple[Words, ...] = ()


def _told(amount: Decimal) -> str:
    return amount_shown(amount)


def shared_by(row, kind: str, at: datetime, due_at) -> dict:
    """What every line says of its case; `due_at` is its own deadline, or the next one of the case."""
    case = row.case
    return {
        "key": f"{kind}-{row.pk}",
        "kind": kind,
        "about": first_words(row.content_words),
        "url": case_url(case.pk, f"{kind}s"),
        "note": note_on(case),
        "clock": ClockCard("", due_at, is_provisional=_is_provisional(row, due_at)) if due_at else None,
        "severity": severity_of(case),
        "evidence": row.evidence_count,
        "unverified": row.evidence_count - row.evidence_verified,
    }


def _is_provisional(row, due_at) -> bool:
    return bool(row.due_is_provisional) and due_at == row.case.next_due_at


def deeds_of(row, names: dict[str, Words], back: str) -> tuple[Link, ...]:
    """The actions by these names as links that come back to the inbox."""
    return tuple(Link(label, f"{action_url(row, name)}?{back}", sheet=True) for name, label in names.items())


def why_this_person_may_not(person, *, asked_by: int, handler: int | None) -> tuple[Words, ...]:
    """Why the duties of others keep this person from deciding."""
    found = violations_in_decision(asked_by=asked_by, decided_by=accounts_of(person), handler=handler)
    return tuple(say(violation) for violation in found)


def _changed(found: tuple[Words, ...]) -> dict:
    """The first change and the others as a line tells them."""
    return {"change": found[0], "changes": found[1:]} if found else {"change": _("first request")}


def grant_lines(
    rows: Iterable[CompensationGrant], person, policies: PoliciesInForce, at: datetime, back: str
) -> list[RequestLine]:
    """Money that somebody asks for, against the limits in force; six statements whatever the number of rows."""
    rows = list(rows)
    keys = [row.pk for row in rows]
    on_case = dict(
        CompensationGrant.objects.filter(case__in=[row.case_id for row in rows], state__in=GRANTED)
        .order_by()
        .values_list("case")
        .annotate(sum=Sum("amount"))
    )
    earlier, deviations = grants_before(keys), _deviations(row.case_id for row in rows)
    kinds = policies.compensation_kinds
    titles = policies_in_words({kinds[row.kind].policy_id for row in rows if row.kind in kinds})
    lines = [_grant_line(row, person, policies, on_case, earlier, titles, at, back) for row in rows]
    splits = patterns_around(rows, policies.limits.values(), seen_by=person.pk)
    lines = [
        line if line.is_own else replace(line, splits=tuple(map(split_in_words, splits.get(row.pk, ()))))
        for row, line in zip(rows, lines, strict=True)
    ]
    return [
        replace(line, basis=_("%(basis)s · The plan deviates: %(why)s") % {"basis": line.basis, "why": why})
        if (why := deviations.get(row.case_id))
        else line
        for row, line in zip(rows, lines, strict=True)
    ]


def _deviations(cases: Iterable[int]) -> dict[int, str]:
    """Of each case why its newest plan offers another remedy than those that fit, where it does."""
    plans = HandlingPlan.objects.filter(case__in=list(cases), deviation__isnull=False)
    standing = plans.exclude(state=PlanState.SUPERSEDED).order_by("number")
    return dict(standing.values_list("case", "deviation__words"))


def _grant_line(row, person, policies, on_case, earlier, titles, at, back) -> RequestLine:
    why_not = list(why_this_person_may_not(person, asked_by=row.asked_by_id, handler=row.case.handler_id))
    if row.approved_by_id in accounts_of(person):
        why_not.append(say(Violation("grant.approved_by_you_already")))
    most = _single_limit(row, person, policies)
    granted = on_case.get(row.case_id, Decimal(0))
    kind = policies.compensation_kinds.get(row.kind)
    title = titles.get(kind.policy_id) if kind else None
    names = {"approve-grant": _("Approve"), "return-grant": _("Send back"), "reject-grant": _("Refuse")}
    return RequestLine(
        **shared_by(row, "grant", at, row.case.next_due_at),
        title=in_policy_words(CompensationGrant._meta.get_field("kind"), row.kind, policies),
        asker=row.asked_by.name,
        asked_at=row.asked_at,
        is_own=row.asked_by_id in accounts_of(person),
        amount=_told(row.amount),
        limit=_meter(row.amount, granted, most),
        limit_is_exceeded=most is not None and row.amount > most,
        place=_place(row),
        ground=in_policy_words(CompensationGrant._meta.get_field("legal_reference"), row.legal_reference, policies)
        if row.legal_reference
        else _("goodwill")
        if row.goodwill
        else str(row.get_purpose_display()),
        policy=_("%(title)s, edition %(edition)s") % {"title": title.title, "edition": title.edition} if title else "",
        **_changed(changes_in_grant(row, earlier.get(row.pk), policies)),
        seen=row.content_digest,
        basis=str(row.basis),
        deeds=() if why_not else deeds_of(row, names, back),
        why_not=tuple(why_not),
    )


def _place(row) -> Words:
    if row.approvals_needed != 2:
        return ""
    if row.approved_by_id is None:
        return _("Two supervisors are needed: first of two")
    return _("Two supervisors are needed: second; %(name)s agreed") % {"name": row.approved_by.name}


def _single_limit(row, person, policies) -> Decimal | None:
    roles = groups_of(person)
    rungs = [limit for limit in policies.limits.values() if limit.approvers == row.approvals_needed]
    return max((limit.per_grant for limit in rungs if limit.role in roles or not roles), default=None)


def _meter(amount: Decimal, granted: Decimal, most: Decimal | None) -> Meter | None:
    note = _("granted on this case before: %(amount)s") % {"amount": _told(granted)} if granted else ""
    if most is None or not most:
        return Meter(_("Limit"), _told(amount), "", 100, note)
    return Meter(_("Limit"), _told(amount), _told(most), min(100, round(100 * amount / most)), note)


def refusal_lines(
    rows: Iterable[RefusalProposal], person, policies: PoliciesInForce, at: datetime, back: str
) -> list[RequestLine]:
    """Refusals that somebody proposes; three statements whatever the number of rows."""
    rows = list(rows)
    titles = policies_in_words({row.ground_policy_id for row in rows})
    earlier = refusals_before(rows)
    names = {"approve-refusal": _("Approve"), "send-back-refusal": _("Send back")}
    found = []
    for row in rows:
        why_not = why_this_person_may_not(person, asked_by=row.proposed_by_id, handler=row.case.handler_id)
        title = titles[row.ground_policy_id]
        found.append(
            RequestLine(
                **shared_by(row, "refusal", at, row.case.next_due_at),
                title=_("Refuse the claim"),
                asker=row.proposed_by.name,
                asked_at=row.proposed_at,
                is_own=row.proposed_by_id in accounts_of(person),
                amount=_told(row.case.demanded_amount) if row.case.demanded_amount else "",
                ground=in_policy_words(RefusalProposal._meta.get_field("ground"), row.ground, policies),
                policy=_("edition %(edition)s of this ground") % {"edition": title.edition},
                **_changed(changes_in_refusal(row, earlier.get(row.case_id), policies)),
                seen=version_of(row),
                basis=str(row.explanation),
                deeds=() if why_not else deeds_of(row, names, back),
                why_not=why_not,
            )
        )
    return found


def escalation_lines(rows: Iterable[Escalation], person, at: datetime, back: str) -> list[RequestLine]:
    """Escalations without an answer."""
    found = []
    for row in rows:
        why_not = why_this_person_may_not(person, asked_by=row.raised_by_id, handler=None)
        names = {"decide-escalation": _("Decide")}
        if row.state == EscalationState.OPEN:
            names = {"acknowledge-escalation": _("Take note")} | names
        found.append(
            RequestLine(
                **shared_by(row, "escalation", at, row.due_at),
                title=_("Escalation, level %(level)s") % {"level": row.level},
                asker=row.raised_by.name,
                asked_at=row.raised_at,
                is_own=row.raised_by_id in accounts_of(person),
                ground=str(row.get_state_display()),
                change=_("asked by hand") if row.reason_id else _("raised by a deadline"),
                basis=str(row.reason or ""),
                deeds=() if why_not else deeds_of(row, names, back),
                why_not=why_not,
            )
        )
    return found
