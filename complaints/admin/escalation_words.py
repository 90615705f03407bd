"""What pages say of an escalation: why it was raised, with whom it lies, and what happens next by itself."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgmt.adminkit.templatetags.desk import instant
from complaints.actions import causes
from complaints.models import Escalation
from complaints.states import EscalationState

WHY = {
    causes.CLOCK: gettext_lazy("a deadline has passed"),
    causes.COMMITMENT: gettext_lazy("a promise was not kept"),
    causes.GRANT: gettext_lazy("a payment is late"),
    causes.FOLLOW_UP: gettext_lazy("a follow-up was missed"),
    causes.LOW_MARK: gettext_lazy("the customer gave a low mark"),
    causes.BY_HAND: gettext_lazy("somebody asks for help"),
    causes.SAFETY: gettext_lazy("a danger to safety"),
    causes.LEGAL: gettext_lazy("a legal dispute may follow"),
    causes.INCIDENT: gettext_lazy("an incident with many customers"),
    causes.MEDIA: gettext_lazy("the press has it"),
    causes.ROUTE: gettext_lazy("an answer to a body outside is late"),
    causes.APPROVAL: gettext_lazy("a request for money is undecided"),
    causes.REFUSAL: gettext_lazy("a proposed refusal is undecided"),
    causes.WORDING: gettext_lazy("words to a customer are undecided"),
    causes.EXTENSION: gettext_lazy("a request for more time is undecided"),
    causes.TASK: gettext_lazy("a department's task is late"),
    causes.PROGRESS: gettext_lazy("a customer hears nothing of the progress"),
}


def why_raised(row: Escalation) -> str:
    """Why it was raised, in a few words."""
    return str(WHY[causes.kind_of(row.cause)])


def lies_with(row: Escalation) -> str:
    """Who has to act."""
    return row.to_person.name if row.to_person_id else _("the team's supervisors")


def what_follows(row: Escalation, at: datetime, next_level_at: datetime | None = None) -> str:
    """What happens by itself if nobody does anything: a reminder, or the next level, whichever comes first."""
    higher = next_level_at or row.next_level_at
    reminder = row.remind_at if row.state == EscalationState.OPEN else None
    if reminder is not None and (higher is None or reminder <= higher):
        return _("nobody took note; reminder %(at)s") % {"at": instant(reminder, at)}
    if higher is not None:
        return _("goes one level up %(at)s") % {"at": instant(higher, at)}
    if row.state == EscalationState.ACKNOWLEDGED:
        return _("taken note of by %(name)s, an answer is missing") % {"name": row.acknowledged_by.name}
    return _("nobody took note")
