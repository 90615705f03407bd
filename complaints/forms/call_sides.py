"""What stands beside a call: whom one calls, about what, what was promised, the plan, and how often one called."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from casemgmt.money import amount_shown
from complaints.actions.planning_calls import newest_plan
from complaints.actions.reaching import calls_to, wish_of
from complaints.models import CallPlan, Complaint
from complaints.rules.dialling import lines_of
from complaints.vocabulary import StatementKind
from policies.lookup import calling_window_in_force, policy_in_words
from policies.rules.calling import next_moment_to_call, open_ranges, zone_of

LONGEST = 160


@dataclass(frozen=True, slots=True)
class PlanShown:
    """A call plan in lines."""

    plan: CallPlan
    parts: tuple[tuple[str, list[str]], ...]
    bottom_line: str
    beyond: str


@dataclass(frozen=True, slots=True)
class Beside:
    """Everything around the talk, in the reader's words."""

    whom: str
    phone: str
    reveal_url: str
    facts: tuple[tuple[str, str], ...]
    promises: tuple[str, ...]
    plan: PlanShown | None
    calls: tuple[datetime, ...]
    rules: tuple[tuple[str, str], ...]
    next_at: datetime | None
    why_url: str


def beside(case: Complaint, *, person, at: datetime) -> Beside:
    """For somebody who may record contacts of this case: they read the plan, its bottom line among it."""
    customer = case.customer
    window = calling_window_in_force(at)
    calls = tuple(sorted(calls_to(case, window)))
    wish = wish_of(customer)
    reveal = reverse("admin:complaints_customer_do", args=[customer.pk, "reveal"]) if customer else ""
    return Beside(
        whom=str(customer) if customer else _("the customer"),
        phone=str(customer.phone) if customer and customer.phone else "",
        reveal_url=f"{reveal}?case={case.pk}" if reveal else "",
        facts=tuple(_facts(case)),
        promises=tuple(
            f"{promise.what} ({date_format(localtime(promise.due_at), 'SHORT_DATETIME_FORMAT')})"
            for promise in case.commitments.pending().select_related("what").order_by("due_at")
        ),
        plan=_plan(case),
        calls=calls,
        rules=tuple(_rules(window, wish, calls, at)),
        next_at=next_moment_to_call(at, window, calls, wish=wish).at,
        why_url=reverse("admin:complaints_complaint_call_why", args=[case.pk]),
    )


def _facts(case):
    said = case.statements.filter(kind=StatementKind.CONTENT).order_by("pk").first()
    if said is not None and said.words:
        yield _("The customer's words"), said.words[:LONGEST] + ("…" if len(said.words) > LONGEST else "")
    if case.order is not None:
        paid = ""
        if case.order.paid_amount is not None:
            paid = f" · {amount_shown(case.order.paid_amount, case.order.currency)}"
        yield _("Order and goods"), f"{case.order.number} · {case.product or case.order.product or '—'}{paid}"
    elif case.product is not None:
        yield _("Goods"), str(case.product)
    if case.demanded_remedy or case.demanded_amount is not None:
        amount = f" {amount_shown(case.demanded_amount)}" if case.demanded_amount is not None else ""
        yield _("Demanded"), f"{case.get_demanded_remedy_display()}{amount}"
    if case.emotion:
        yield _("Feels"), case.get_emotion_display()


def _plan(case) -> PlanShown | None:
    plan = newest_plan(case)
    if plan is None:
        return None
    return PlanShown(
        plan,
        (
            (_("What I may give at most"), lines_of(plan.authority.words or "")),
            (_("What may be demanded"), lines_of(plan.demands.words or "")),
            (_("Fallback plans"), lines_of(plan.fallbacks.words or "")),
        ),
        plan.bottom_line.words or "",
        plan.beyond.words or "",
    )


def _rules(window, wish, calls, at):
    zone = zone_of(window, wish)
    today = at.astimezone(zone).date()
    number = sum(call.astimezone(zone).date() == today for call in calls)
    hours = _(", ").join(f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in open_ranges(window, wish))
    yield _("Calls allowed"), hours or pgettext("call hours", "never")
    if wish.zone:
        yield _("Time at the customer's"), f"{at.astimezone(zone):%H:%M} ({wish.zone})"
    yield _("Today"), _("%(number)s of %(most)s calls") % {"number": number, "most": window.calls_a_day}
    if calls:
        yield _("Last call"), date_format(localtime(calls[-1]), "SHORT_DATETIME_FORMAT")
    yield _("Wish"), _("wants no calls") if wish.opted_out else _("calls are welcome")
    row = policy_in_words(window.policy_id)
    yield _("Policy"), _("%(title)s, edition %(edition)s") % {"title": row.title, "edition": row.edition}
