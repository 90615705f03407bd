"""The landing page, by role: one thing first, counts, the first rows of each pile with the next deed."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from casemgmt.adminkit.counting import counts_in_frame, counts_of, register_frame_counts
from casemgmt.adminkit.frame import register_landing
from casemgmt.adminkit.landings import Deed, Landing, Pile
from casemgmt.adminkit.moment import moment
from casemgmt.adminkit.pages import Link, Piece
from casemgmt.adminkit.templatetags.desk import due_in_words, instant
from casemgmt.models import Notice
from casemgmt.sentences import say
from casemgmt.sweeps import last_completed
from casemgmt.violations import Violation
from complaints.admin import refund_backlog
from complaints.admin.base import visible_cases
from complaints.admin.giving_out import next_links
from complaints.admin.landing import auditors, first_day, load, operations, staff, supervisors
from complaints.admin.landing.heaps import Heap, counts_drawn, list_url, piles_of
from complaints.admin.waiting import decides, for_the_viewer
from complaints.roles import AUDITORS, OPERATIONS, STAFF, SUPERVISORS, day_of, groups_of, may
from policies.lookup import PolicyBook, policies_read_once

NOTICES_SHOWN = 4
WAITING = "complaints."
"""How the counts of what waits for a decision begin among those of the frame."""
OF_WHO_LEADS = ("limit", *refund_backlog.KINDS)
"""The kinds of policies that the desk of who leads asks for, read together."""


def role_of(person) -> str | None:
    """The role whose landing page somebody sees who has several."""
    groups = groups_of(person)
    return next((role for role in (AUDITORS, SUPERVISORS, OPERATIONS, STAFF) if role in groups), None)


def landing_of(request) -> Landing | None:
    """What to do now; None for who has nothing to do with cases."""
    role, at = role_of(request.user), moment(request)
    if role is None:
        return None
    pages = {STAFF: _for_staff, SUPERVISORS: _for_supervisors, OPERATIONS: _for_operations, AUDITORS: _for_auditors}
    page = pages[role](request, visible_cases(request), at)
    is_empty = not page.piles and role in (STAFF, SUPERVISORS)
    if is_empty and first_day.has_no_cases(request.user):
        return first_day.landing_of_the_first_day(request, at)
    return page


def _for_staff(request, cases, at) -> Landing:
    heaps = staff.heaps_of(request, cases, at)
    coming = staff.coming(request, cases, at)
    counts = counts_of({heap.name: heap.rows for heap in [*heaps, coming]})
    strip = staff.calling_strip(at, counts["calls"])
    page = {"strips": (strip,) if strip else ()}
    if any(counts[name] for name in staff.URGENT):
        return _page(request, heaps, counts, at, **page)
    cards = (staff.with_time_left(counts, cases, request),)
    return _page(request, heaps, counts, at, shown=[coming], is_done=True, cards=cards, **page)


def _waiting_for_supervisors(request) -> tuple[list[Heap], dict[str, int], int]:
    """The heaps of who leads, their counts, and how many decisions wait beside them in the inbox.

    Once for each request: the sidebar asks for them too.
    """
    if not hasattr(request, "_desk_of_supervisors"):
        waiting = for_the_viewer(request)
        heaps = supervisors.heaps_of(request, visible_cases(request), moment(request), waiting)
        others = supervisors.other_decisions(waiting)
        counts = counts_of({heap.name: heap.rows for heap in heaps} | others)
        request._desk_of_supervisors = heaps, counts, sum(counts[name] for name in others)
    return request._desk_of_supervisors


def _for_supervisors(request, cases, at) -> Landing:
    heaps, counts, others = _waiting_for_supervisors(request)
    people = load.members(request, at)
    with policies_read_once(PolicyBook(OF_WHO_LEADS)):
        after_a_promotion = refund_backlog.card_of(request, cases, refund_backlog.people_of(people), at)
        meter = supervisors.approving_meter(request.user, at, people)
    page = _page(
        request,
        heaps,
        counts,
        at,
        is_done=not others and not any(counts[name] for name in supervisors.URGENT),
        load=load.load_of(request, cases, people, at),
        cards=(*filter(None, (after_a_promotion,)), load.who_is_in(people), supervisors.owed_by_others(cases, at)),
        meters=(meter,) if meter else (),
    )
    if others and page.deed is None:
        page = replace(page, deed=supervisors.look_into_the_inbox())
    return _with_counts(page, (supervisors.count_of_others(others),))


def _for_operations(request, cases, at) -> Landing:
    heaps = operations.heaps_of(request, cases, at)
    counts = counts_of({heap.name: heap.rows for heap in heaps})
    card = refund_backlog.card_of(request, cases, {}, at)
    return _page(request, heaps, counts, at, is_done=not any(counts.values()), cards=(card,) if card else ())


def _for_auditors(request, cases, at) -> Landing:
    heaps, looks = auditors.heaps_of(request, cases, at), auditors.looks(at)
    counts = counts_of({heap.name: heap.rows for heap in heaps} | {name: found[0] for name, found in looks.items()})
    page = _page(request, heaps, counts, at, has_deed=False)
    return _with_counts(page, auditors.looks_counted(looks, counts))


def _with_counts(page: Landing, more: tuple) -> Landing:
    return replace(page, counts=(*page.counts, *more))


def _page(request, heaps: list[Heap], counts, at, *, shown=None, is_done=False, has_deed=True, **more) -> Landing:
    piles = piles_of(request, heaps if shown is None else shown, counts, at)
    return Landing(
        title=_("My desk"),
        deed=_done(piles, at) if is_done else _deed(piles) if has_deed else None,
        done=_("Everything for today is done") if is_done else "",
        counts=counts_drawn(heaps, counts),
        piles=tuple(piles),
        buttons=_buttons(request, at),
        notices=_notices(request, at),
        small_print=_small_print(at),
        **more,
    )


def _buttons(request, at) -> tuple[Link, ...]:
    on = day_of(at)
    add = Link(_("Register a complaint"), reverse("admin:complaints_complaint_add"), icon="add")
    return (*next_links(request.user, at=at), *((add,) if may(request.user, "case.register", on=on) else ()))


def _deed(piles: list[Pile]) -> Deed | None:
    """The one row to begin with: the first of the first pile."""
    if not piles:
        return None
    pile, row = piles[0], piles[0].rows[0]
    opens = Link(_("Open the case"), row.url)
    return Deed(
        title=row.title,
        why=_("%(pile)s: %(note)s") % {"pile": pile.title, "note": row.note},
        primary=row.deed or opens,
        secondary=opens if row.deed and row.deed.url != row.url else None,
        clock=row.clock,
    )


def _done(piles: list[Pile], at: datetime) -> Deed:
    """Nothing is left for now: when the next thing falls due."""
    clocks = [row.clock for pile in piles for row in pile.rows if row.clock and row.clock.due_at]
    mine = Link(_("My cases"), list_url("complaint"))
    if not clocks:
        return Deed(_("Nothing waits for you right now."), _("What comes next appears here."), mine)
    due_at = clocks[0].due_at
    return Deed(
        _("The next deadline is %(when)s") % {"when": instant(due_at, at)},
        _("Nothing is late, nothing falls due today: %(when)s.") % {"when": due_in_words(due_at, at)},
        mine,
    )


def _notices(request, at) -> tuple[Piece, ...]:
    rows = Notice.objects.of(request.user).unread().visible(at)[:NOTICES_SHOWN]
    return tuple(
        Piece(
            say(Violation(notice.code, params=notice.params)),
            f"{notice.case_number} · {instant(notice.shown_from, at)}",
            reverse("admin:casemgmt_notice_read", args=[notice.pk]),
        )
        for notice in rows
    )


def _small_print(at) -> str:
    finished = last_completed().get("escalate_overdue")
    if finished is None:
        return _("The sweep for overdue cases has not run yet.")
    minutes = max(0, int((at - finished) / timedelta(minutes=1)))
    if minutes > 5:
        return _("The last sweep for overdue cases was %(minutes)s minutes ago. Tell the administrators.") % {
            "minutes": minutes
        }
    return _("Overdue cases were looked for at %(time)s; every minute.") % {
        "time": date_format(timezone.localtime(finished), "TIME_FORMAT")
    }


def waiting_count(request) -> int:
    """How many decisions wait for the viewer, counted once for each request."""
    if _is_desk_of_supervisors(request):
        _heaps, counts, others = _waiting_for_supervisors(request)
        return others + sum(counts[name] for name in supervisors.DECISIONS)
    return sum(count for name, count in counts_in_frame(request).items() if name.startswith(WAITING))


def _is_desk_of_supervisors(request) -> bool:
    return request.path == reverse("admin:index") and role_of(request.user) == SUPERVISORS


def _counted_around(request):
    if not decides(request.user) or _is_desk_of_supervisors(request):
        return {}
    return {WAITING + name: rows for name, rows in for_the_viewer(request).items()}


register_landing(landing_of)
register_frame_counts("complaints", _counted_around)
