"""Two cases side by side: what each says, and what merging them either way would do or what stands against it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from casemgmt.adminkit.pages import ClockCard, Fact, Piece, StateChip
from casemgmt.adminkit.templatetags.desk import instant
from casemgmt.money import amount_shown
from casemgmt.sentences import say, say_mend
from complaints.actions import merging
from complaints.admin import buttons
from complaints.admin.base import action_url, case_url, holds
from complaints.admin.drawing import clocks_of, state_of, title_of
from complaints.clock_words import clock_name
from complaints.models import Complaint
from complaints.states import TaskState
from complaints.vocabulary import Side, StatementKind

TEXTS = (
    StatementKind.CONTENT,
    StatementKind.COURSE,
    StatementKind.DEMAND,
    StatementKind.DAMAGE,
    StatementKind.REAL_NEED,
)


@dataclass(frozen=True, slots=True)
class Source:
    """A text where it was said."""

    of: str
    url: str
    kind: str
    who: str
    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Column:
    """One of two cases: facts, texts verbatim, money, clocks."""

    number: str
    url: str
    title: str
    state: StateChip
    facts: tuple[Fact, ...]
    texts: tuple[Source, ...]
    money: tuple[Piece, ...]
    clocks: tuple[ClockCard, ...]


def texts_of(case: Complaint) -> tuple[Source, ...]:
    """What was said in this case, word for word, the customer's first."""
    rows = (
        case.statements.filter(Q(kind__in=TEXTS) | Q(side=Side.CUSTOMER)).select_related("said_by").order_by("said_at")
    )
    return tuple(
        Source(case.case_number, case_url(case.pk), row.get_kind_display(), row.said_by.name, row.said_at, str(row))
        for row in rows
    )


def column_of(case: Complaint, at: datetime) -> Column:
    """A case as one of two columns."""
    order = case.order
    facts = (
        Fact(_("Customer"), str(case.customer or _("unknown"))),
        Fact(_("Order"), order.number if order else ""),
        Fact(_("Goods"), str(case.product or "")),
        Fact(_("Received"), f"{instant(case.received_at, at)} · {case.get_channel_display()}"),
        Fact(_("Handler"), case.handler.name if case.handler else _("nobody yet")),
    )
    money = tuple(
        Piece(amount_shown(row.amount, row.currency), row.get_state_display()) for row in case.grants.order_by("pk")
    )
    clocks = clocks_of(case.clocks.all(), at, lambda clock: None)
    return Column(
        case.case_number, case_url(case.pk), title_of(case), state_of(case), facts, texts_of(case), money, clocks
    )


def preview_of(case: Complaint, leading: Complaint) -> list[str]:
    """What would happen if `case` followed `leading`: clocks, pauses, promises, tasks, calls, marks."""
    found = []
    ours = {clock.kind: clock for clock in leading.clocks.running()}
    for clock in case.clocks.running():
        name, there = clock_name(clock), ours.get(clock.kind)
        if there is None:
            found.append(_("%(clock)s ends here; the leading case has none that runs.") % {"clock": name})
        elif clock.due_at < there.due_at:
            words = _("%(clock)s of the leading case becomes due on %(due)s instead of %(before)s.")
            found.append(words % {"clock": name, "due": instant(clock.due_at), "before": instant(there.due_at)})
        else:
            words = _("%(clock)s stays due on %(due)s at the leading case.")
            found.append(words % {"clock": name, "due": instant(there.due_at)})
    if case.pauses.filter(ended_at__isnull=True).exists():
        found.append(_("The pause of this case ends."))
    for number, words in (
        (case.commitments.pending().count(), _("Open promises that move to the leading case: %(n)s.")),
        (case.tasks.filter(state=TaskState.OPEN).count(), _("Open tasks that move to the leading case: %(n)s.")),
        (
            case.follow_ups.filter(ended_at__isnull=True).count(),
            _("Follow-up calls of this case that are called off: %(n)s."),
        ),
    ):
        if number:
            found.append(words % {"n": number})
    if case.safety_flag and not leading.safety_flag:
        found.append(_("The leading case is marked as concerning safety."))
    found.append(_("Every text stays with its case and is shown on the leading one; the merge can be undone."))
    return found


@dataclass(frozen=True, slots=True)
class Way:
    """One direction of a merge: what would happen, what stands against it, and the button."""

    follower: str
    leading: str
    effects: list[str]
    reasons: list[tuple[str, str]]
    url: str
    label: str


def way_of(request, follower: Complaint, leading: Complaint, at) -> Way:
    reasons = [
        (say(found), say_mend(found))
        for found in (
            *merging.why_not_merge(follower, by=request.user, at=at),
            *merging.why_not_follow(follower, leading),
        )
    ]
    decides = holds(request, "case.supervise", follower, at) and holds(request, "case.supervise", leading, at)
    proposes = holds(request, "case.handle", follower, at)
    name = "merge" if decides else "propose-merge" if proposes else ""
    actions = {action.name: action for action in buttons.CASE}
    return Way(
        follower=follower.case_number,
        leading=leading.case_number,
        effects=preview_of(follower, leading),
        reasons=reasons,
        url=f"{action_url(follower, name)}?into_id={leading.pk}" if name and not reasons else "",
        label=str(actions[name].label) if name else "",
    )
