"""The cards beside the timeline: what may be given, what others in like cases got, and the next call."""

from datetime import datetime, timedelta
from decimal import Decimal
from statistics import median

from django.db.models import Q, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from casemgmt.adminkit.pages import Bar, Fact, FactGroup, Link
from casemgmt.adminkit.templatetags.desk import instant
from casemgmt.money import amount_shown
from casemgmt.people.one_person import accounts_of
from complaints.actions.counting_money import ASKED_OR_GRANTED
from complaints.actions.reaching import wish_of
from complaints.admin.base import action_url, holds
from complaints.admin.case_calls import calls_of, moved_because
from complaints.admin.case_touch import touch_of
from complaints.admin.case_wording import wordings_of
from complaints.case_file import CaseFile
from complaints.models import CompensationGrant, Complaint, FollowUpCall
from complaints.roles import day_of, groups_of
from complaints.states import CaseState, FollowUpState, GrantState
from complaints.vocabulary import Channel, Outcome
from policies.lookup import PoliciesInForce
from policies.rules.calling import open_ranges

LIKE_CASES = 300
LIKE_SINCE = timedelta(days=180)
FEWEST_TO_TELL = 5
"""Fewer like cases than this would tell of single ones."""

MONEY_STATES = (CaseState.INVESTIGATING, CaseState.NEGOTIATING, CaseState.EXECUTING)


def cards_of(request, file: CaseFile, at: datetime, policies: PoliciesInForce) -> tuple[FactGroup, ...]:
    """The cards that this case has for this viewer now."""
    found = (
        _compensation(request, file, at, policies),
        _follow_up(request, file, at, policies),
        calls_of(request, file, at),
        touch_of(request, file, at),
        wordings_of(request, file, at),
    )
    return tuple(card for card in found if card is not None)


def _compensation(request, file, at, policies) -> FactGroup | None:
    case = file.case
    if case.state not in MONEY_STATES:
        return None
    spent = _spent(request.user, file, at)
    facts = []
    if case.demanded_amount is not None:
        facts.append(Fact(_("Demanded"), _in_short(case.demanded_amount)))
    if case.order_id and case.order.paid_amount is not None:
        facts.append(Fact(_("Order paid"), _in_short(case.order.paid_amount)))
    facts.append(Fact(_("Asked for or given"), _in_short(spent["case"])))
    limit = _limit_of(request.user, policies)
    bars = ()
    if limit is not None and holds(request, "grant.ask", case, at):
        since = day_of(at) - timedelta(days=limit.window_days - 1)
        on_customer = sum((amount for day, amount in spent["customer"] if day >= since), Decimal(0))
        facts.append(Fact(_("Your limit for one"), _in_short(limit.per_grant)))
        bars = (
            _bar(_("Your limit on this case"), spent["case"], limit.per_case),
            _bar(_("This customer in %(days)s days") % {"days": limit.window_days}, on_customer, limit.per_customer),
        )
        if limit.approvers == 0:
            bars += (_bar(_("Your own today"), spent["own_today"], limit.per_day),)
    may_ask = holds(request, "grant.ask", case, at)
    link = Link(_("Ask for one"), action_url(case, "draft-grant"), sheet=True) if may_ask else None
    return FactGroup(
        _("What may be given"),
        tuple(facts),
        link=link,
        bars=bars,
        note=_like_cases(request.user, case, at),
        anchor="limits",
    )


def _bar(label, used: Decimal, most: Decimal) -> Bar:
    words = _("%(left)s left of %(most)s") % {"left": _in_short(max(most - used, Decimal(0))), "most": _in_short(most)}
    return Bar(label, words, float(used / most) if most else 1.0)


def _in_short(amount: Decimal) -> str:
    return amount_shown(amount).removesuffix(".00")


def _limit_of(person, policies):
    """The highest row of limits on which this person's word alone is enough, asking or approving."""
    roles = groups_of(person)
    rows = [row for row in policies.limits.values() if row.role in roles and row.approvers < 2]
    rows.sort(key=lambda row: row.rung)
    return rows[-1] if rows else None


def _spent(person, file: CaseFile, at: datetime) -> dict:
    """What counts against limits, in one query: on this case, on this customer or order, and asked for today."""
    case = file.case
    leader = case.merged_into_id or case.pk
    family = Q(case=case.pk) | Q(case=leader) | Q(case__merged_into=leader)
    linked = family
    if case.customer_id is not None:
        linked |= Q(case__customer=case.customer_id)
    if case.order_id is not None:
        linked |= Q(case__order=case.order_id)
    own = Q(asked_by=person.pk, asked_at__gte=at - timedelta(days=1))
    rows = (
        CompensationGrant.objects.filter(linked | own, state__in=ASKED_OR_GRANTED)
        .select_related("case")
        .only("amount", "approved_at", "asked_at", "asked_by", "case__merged_into", "case__customer", "case__order")
    )
    today = day_of(at)
    found = {"case": Decimal(0), "customer": [], "own_today": Decimal(0)}
    for row in rows:
        day = day_of(row.approved_at or row.asked_at)
        on_family = leader in (row.case_id, row.case.merged_into_id) or row.case_id == case.pk
        same_customer = case.customer_id is not None and row.case.customer_id == case.customer_id
        same_order = case.order_id is not None and row.case.order_id == case.order_id
        if on_family:
            found["case"] += row.amount
        if on_family or same_customer or same_order:
            found["customer"].append((day, row.amount))
        if row.asked_by_id in accounts_of(person) and day == today:
            found["own_today"] += row.amount
    return found


def _like_cases(person, case: Complaint, at: datetime) -> str:
    """How like cases ended, as numbers alone; nothing while they are too few to hide single ones."""
    if not case.category:
        return ""
    rows = list(
        Complaint.objects.not_about(person)
        .filter(state=CaseState.CLOSED, registered_at__gte=at - LIKE_SINCE, category=case.category)
        .exclude(pk=case.pk)
        .order_by("-registered_at")
        .annotate(paid=Sum("grants__amount", filter=Q(grants__state=GrantState.PAID)))
        .values_list("outcome", "paid")[:LIKE_CASES]
    )
    if len(rows) < FEWEST_TO_TELL:
        return ""
    paid = [amount for _outcome, amount in rows if amount]
    words = ngettext("%(n)s like case in half a year", "%(n)s like cases in half a year", len(rows)) % {"n": len(rows)}
    refused = sum(outcome == Outcome.REFUSED for outcome, _paid in rows)
    parts = [words, _("%(n)s refused") % {"n": refused}]
    if len(paid) >= FEWEST_TO_TELL:
        parts.append(
            _("%(n)s with money, half of them up to %(amount)s") % {"n": len(paid), "amount": _in_short(median(paid))}
        )
    return " · ".join(parts)


def _follow_up(request, file, at, policies) -> FactGroup | None:
    case = file.case
    calls = [row for row in file.rows[FollowUpCall] if row.state in _STANDING]
    if not calls:
        return None
    call = calls[0]
    window = policies.calling_windows.get("default")
    attempts = case.contacts.filter(follow_up=call.pk).count()
    facts = [
        Fact(_("Next call"), instant(call.scheduled_for, at)),
        Fact(_("Attempts"), _("%(n)s of %(most)s") % {"n": attempts, "most": call.attempts_max}),
        Fact(_("On the list of"), call.owner.name),
    ]
    if window is not None:
        hours = open_ranges(window, wish_of(case.customer))
        shown = _(", ").join(f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in hours)
        facts.insert(1, Fact(_("Calls allowed"), shown or pgettext("call hours", "never")))
    if why := moved_because(call.working, {}):
        facts.append(Fact(_("Not earlier"), why))
    if case.customer is not None:
        facts.append(Fact(_("Wish"), _("wants no calls") if case.customer.no_calls else _("calls are welcome")))
    if call.state == FollowUpState.ASKED:
        facts.append(Fact(_("Answer awaited until"), instant(call.answer_due_at, at)))
    label, name = _deed_of(call)
    may_record = name and holds(request, "follow_up.record", case, at)
    link = Link(label, action_url(call, name), sheet=True) if may_record else None
    title = _("Follow-up call") if call.channel == Channel.PHONE else _("Follow-up in writing")
    return FactGroup(title, tuple(facts), link=link, anchor="next-call")


def _deed_of(call: FollowUpCall) -> tuple[str, str]:
    """What is done next with a follow-up: the words of the button, and the action."""
    if call.state == FollowUpState.DUE and call.channel != Channel.PHONE:
        return _("Ask in writing"), "ask-in-writing"
    return {
        FollowUpState.DUE: (_("Record the outcome"), "record-attempt"),
        FollowUpState.ASKED: (_("Record the answer"), "record-answer"),
        FollowUpState.REACHED: (_("Write down the result"), "record-result"),
    }.get(call.state, ("", ""))


_STANDING = (FollowUpState.SCHEDULED, FollowUpState.DUE, FollowUpState.ASKED, FollowUpState.REACHED)
