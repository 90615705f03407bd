"""The landing page of who handles cases: what is late, what is due today, whom to call, what came back."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casemgmt.adminkit.landings import Strip
from casemgmt.adminkit.moment import moment
from casemgmt.adminkit.pages import FactGroup, Link, Piece
from casemgmt.adminkit.templatetags.desk import span_in_words
from casemgmt.money import amount_shown
from complaints.actions.telling_payments import untold_payments
from complaints.admin.base import action_url
from complaints.admin.calling import call_url
from complaints.admin.landing.deeds import deed_on
from complaints.admin.landing.heaps import Heap, for_whom, list_url, on_cases, paper_row, promise_heap, queue_heap
from complaints.admin.landing.outside import outside_heaps
from complaints.admin.landing.touch import TOUCH, touch_heaps
from complaints.models import Commitment, CompensationGrant, FollowUpCall, ScheduledCall
from complaints.roles import acts_as, day_ends_at, day_of
from complaints.states import CaseState, CommitmentState, FollowUpState
from complaints.vocabulary import Channel
from policies.lookup import NothingInForce, calling_window_in_force
from policies.rules.calling import is_quiet

OWN = ("overdue", "today")
URGENT = ("overdue", "today", *TOUCH, "calls", "scheduled", "outside", "returned", "promises", "untold")
"""Heaps that must be empty before everything is done; who has time takes from the others."""


def heaps_of(request, cases, at: datetime) -> list[Heap]:
    """What waits for a handler, the most urgent first."""
    return [
        *(queue_heap(request, name, cases, at) for name in OWN),
        *touch_heaps(request, cases, at),
        _calls(request, cases),
        _scheduled(request, cases, at),
        promise_heap(_("Promises due"), promises_to_keep(request, cases, at), request),
        _untold(request, cases),
        *outside_heaps(request, cases.filter(handler__in=_own(request, at)), at),
        queue_heap(request, "returned", cases, at),
        queue_heap(request, "unassigned", cases, at),
    ]


def coming(request, cases, at: datetime) -> Heap:
    """What falls due after today, for who has done everything."""
    rows = cases.open().filter(handler=request.user, next_due_at__gte=at).order_by("next_due_at", "pk")
    return Heap("coming", _("Coming next"), rows, list_url("complaint", "?queue=mine"))


def _own(request, at: datetime) -> frozenset[int]:
    """Whose work stands on this desk: the viewer's, and that of whom they stand in for today."""
    return acts_as(request.user, day_of(at))


def _calls(request, cases) -> Heap:
    rows = FollowUpCall.objects.filter(
        case__in=cases, owner__in=_own(request, moment(request)), state=FollowUpState.DUE
    )
    return Heap(
        "calls",
        _("Calls due now"),
        on_cases(rows.order_by("window_ends_at", "pk")),
        list_url("followupcall", "?queue=mine"),
        draw=lambda call: paper_row(
            call,
            due_at=call.window_ends_at,
            deed=_deed_of(call),
            note=" · ".join(filter(None, (str(call.get_channel_display()), for_whom(request, call.case)))),
            anchor="follow-ups",
        ),
    )


def _scheduled(request, cases, at: datetime) -> Heap:
    rows = ScheduledCall.objects.filter(
        case__in=cases, owner__in=_own(request, at), ended_at__isnull=True, scheduled_for__lte=at
    )
    return Heap(
        "scheduled",
        _("Calls promised or planned"),
        on_cases(rows.order_by("scheduled_for", "pk")).select_related("what"),
        list_url("complaint", "?queue=mine"),
        draw=lambda call: paper_row(
            call,
            due_at=call.scheduled_for,
            deed=Link(_("Call now"), call_url(call.case_id)),
            title=str(call.what or "")[:60],
            note=for_whom(request, call.case),
            anchor="calls",
        ),
    )


def _deed_of(call: FollowUpCall) -> Link:
    """By phone the page of the call; in writing the letter that asks."""
    if call.channel == Channel.PHONE:
        return Link(_("Call now"), call_url(call.case_id))
    return deed_on(call, "ask-in-writing", _("Ask in writing"))


def _untold(request, cases) -> Heap:
    own = cases.open().filter(handler__in=_own(request, moment(request)))
    rows = untold_payments(CompensationGrant.objects.filter(case__in=own))
    return Heap(
        "untold",
        _("Paid, and not told yet"),
        on_cases(rows.order_by("paid_at", "pk")),
        list_url("complaint", "?queue=mine"),
        draw=lambda grant: paper_row(
            grant,
            due_at=None,
            amount=amount_shown(grant.amount, grant.currency),
            deed=Link(
                _("Tell the customer"),
                f"{action_url(grant.case, 'write-message')}?back=desk&tell={grant.pk}",
                sheet=True,
            ),
            anchor="grants",
        ),
    )


def tell_url(grant: CompensationGrant) -> str:
    """The message that tells the customer of a payment, begun; then back to the desk."""
    return f"{action_url(grant.case, 'write-message')}?back=desk&tell={grant.pk}"


def promises_to_keep(request, cases, at: datetime):
    """Promises of the viewer that are broken, or due before the end of the local day."""
    pending = Commitment.objects.filter(case__in=cases, owner__in=_own(request, at))
    return pending.filter(state__in=[CommitmentState.OPEN, CommitmentState.BROKEN], due_at__lt=day_ends_at(at))


def calling_strip(at: datetime, waiting: int) -> Strip | None:
    """When customers may be called today, with a mark at now; None without a policy in force."""
    try:
        window = calling_window_in_force(at)
    except NothingInForce:
        return None
    local = at.astimezone(ZoneInfo(window.zone))
    quiet = is_quiet(local.date(), window)
    opens = datetime.combine(local.date(), window.opens, local.tzinfo)
    closes = datetime.combine(local.date(), window.closes, local.tzinfo)
    resting = next((hours for hours in window.quiet_hours if hours.opens <= local.time() < hours.closes), None)
    is_open = not quiet and not resting and opens <= local < closes
    if is_open:
        until = next(until for first, until in window.open_ranges if first <= local.time() < until)
        left = datetime.combine(local.date(), until, local.tzinfo) - local
        words = _("Open now, for another %(span)s.") % {"span": span_in_words(left)}
    elif resting and not quiet:
        words = _("Closed until %(time)s: quiet hours.") % {"time": f"{resting.closes:%H:%M}"}
    elif quiet:
        words = _("Closed: a quiet day. Nobody is called today.")
    elif local < opens:
        words = _("Closed; it opens in %(span)s.") % {"span": span_in_words(opens - local)}
    else:
        words = _("Closed for today; it opens again at %(time)s.") % {"time": f"{window.opens:%H:%M}"}
    into_the_day = (local - opens) / (closes - opens)
    return Strip(
        title=_("Calling window"),
        words=words,
        begins=f"{window.opens:%H:%M}",
        ends=f"{window.closes:%H:%M}",
        now_percent=round(100 * into_the_day) if 0 <= into_the_day <= 1 else None,
        is_open=is_open,
        note=ngettext("%(n)s call waits for you.", "%(n)s calls wait for you.", waiting) % {"n": waiting}
        if waiting
        else _("No call waits for you."),
    )


def with_time_left(counts: dict[str, int], cases, request) -> FactGroup:
    """What somebody could do who has nothing urgent left."""
    pieces = []
    if counts["unassigned"]:
        n = counts["unassigned"]
        label = ngettext("Take %(n)s case that nobody has", "Take from %(n)s cases that nobody has", n) % {"n": n}
        pieces.append(
            Piece(label, _("The earliest deadline stands on top."), list_url("complaint", "?queue=unassigned"))
        )
    unsummed = cases.filter(handler=request.user, state=CaseState.FOLLOWING_UP, summaries__isnull=True).count()
    if unsummed:
        label = ngettext("Write %(n)s summary", "Write %(n)s summaries", unsummed) % {"n": unsummed}
        pieces.append(
            Piece(label, _("After the follow-up the case can then be closed."), list_url("complaint", "?queue=mine"))
        )
    pieces.append(
        Piece(
            _("Look at evidence that came in"),
            _("Verified evidence carries plans and refusals."),
            list_url("evidence", "?queue=new"),
        )
    )
    return FactGroup(
        _("If you have time"), pieces=tuple(pieces), link=Link(_("My cases"), list_url("complaint", "?queue=mine"))
    )
