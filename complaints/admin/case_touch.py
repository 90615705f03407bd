"""What the case page says of the customer's waiting: the next contact, what did not reach them, and discontent."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casemgmt.adminkit.pages import Checklist, ChecklistItem, Fact, FactGroup, Link
from casemgmt.adminkit.templatetags.desk import instant
from casemgmt.models import OutboxMessage
from complaints.actions.replying_to_discontent import discontent_of
from complaints.admin.base import action_url, holds
from complaints.case_file import CaseFile
from complaints.models import Dispatch, FollowUpCall, ProgressNotice, RegularContact
from complaints.rules.following_up import is_dissatisfied
from complaints.states import FollowUpState

FAILURES = dict(OutboxMessage.Failure.choices)


def became(dispatch: Dispatch) -> str:
    """What became of a message, in words."""
    if dispatch.failed_at:
        return _("not delivered: %(why)s") % {"why": FAILURES.get(dispatch.failure, dispatch.failure)}
    return _("delivered") if dispatch.sent_at else _("on the way")


def touch_of(request, file: CaseFile, at: datetime) -> FactGroup | None:
    """What the customer of a case is to hear next, and what did not reach them; without a query of its own."""
    case, facts = file.case, []
    may_write = holds(request, "contact.record", case, at)
    for row in file.rows[Dispatch]:
        if row.failed_at is None and row.sent_at is not None:
            continue
        again = Link(_("Tell them another way"), action_url(case, "write-message"), sheet=True)
        value = f"{became(row)} · {instant(row.failed_at or row.not_before, at)}"
        facts.append(Fact(row.get_channel_display(), value, again if row.failed_at and may_write else None))
    for row in file.rows[ProgressNotice]:
        if row.told_at is None and row.dropped_at is None:
            days = ngettext("%(n)s working day", "%(n)s working days", row.days) % {"n": row.days}
            tell = Link(_("Tell the customer"), action_url(row, "tell-progress"), sheet=True) if may_write else None
            facts.append(Fact(_("Message of progress"), f"{_('due')} {instant(row.due_at, at)} · {days}", tell))
    told = [row for row in file.rows[ProgressNotice] if row.told_at is not None]
    if told:
        facts.append(Fact(_("Last message of progress"), instant(max(row.told_at for row in told), at)))
    for row in file.rows[RegularContact]:
        facts += _series(request, case, row, at)
    return FactGroup(_("Keeping in touch"), tuple(facts), anchor="touch") if facts else None


def _series(request, case, row: RegularContact, at) -> list[Fact]:
    if row.ended_at is not None:
        return [Fact(_("Regular contact"), _("ended %(at)s") % {"at": instant(row.ended_at, at)})]
    may = holds(request, "follow_up.record", case, at)
    record = Link(_("Record the contact"), action_url(row, "record-regular-contact"), sheet=True)
    end = Link(_("End it"), action_url(row, "end-regular-contact"), sheet=True) if may else None
    value = f"{instant(row.next_at, at)} · {row.get_channel_display()} · {row.owner.name}"
    found = [Fact(_("Next regular contact"), value, record if may and row.next_at <= at else None)]
    pace = _("every %(days)s days until %(end)s") % {"days": row.every_days, "end": row.ends_on.isoformat()}
    return [*found, Fact(_("Agreed"), pace, end)]


def discontent_checklist(request, file: CaseFile, at: datetime) -> Checklist | None:
    """A customer who is not content, and what may follow; None where nothing is open."""
    case = file.case
    shown = [
        row
        for row in file.rows[FollowUpCall]
        if row.state == FollowUpState.DONE and not row.reply and is_dissatisfied(row.satisfaction, row.solved)
    ]
    if not shown or not case.is_open or not discontent_of(case):
        return None
    ways = (
        (_("Look into it again"), "case.handle", case, "dissatisfied"),
        (_("Ask a superior"), "escalation.raise", case, "raise-escalation"),
        (_("Leave it as it is, with the reason"), "follow_up.record", shown[-1], "leave-as-it-is"),
    )
    items = tuple(
        ChecklistItem(
            label, link=Link(_("Do it"), action_url(row, name), sheet=True) if holds(request, right, case, at) else None
        )
        for label, right, row, name in ways
    )
    return Checklist(_("The customer is not content: one of these has to follow"), items)
