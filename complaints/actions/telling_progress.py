"""The message of the day to a customer who waits: drafted from what is known, read, sent in one click (S-SLA-09)."""

from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casemgmt.ledger import signed
from casemgmt.violations import Violation, demand
from complaints.actions.contacting import ContactDraft, violations_in, write_contact
from complaints.actions.dispatching import sendable_channels
from complaints.actions.incident_mass import written_channel_of
from complaints.models import Complaint, ProgressNotice
from complaints.places import language_of
from complaints.roles import demand_right
from complaints.states import TaskState
from complaints.template_values import names, values_of
from complaints.vocabulary import WRITTEN_CHANNELS, ContactPurpose, Direction
from policies.lookup import templates_in_force
from policies.rules.filling import filled
from policies.values import Template

TEMPLATE = "progress_told"


def why_not_tell_progress(notice: ProgressNotice, *, by, at: datetime) -> list[Violation]:
    """What stands against the message: the customer heard from us meanwhile, or nobody waits any more."""
    return [] if notice.told_at is None and notice.dropped_at is None else [Violation("progress.not_due")]


def how_it_stands(case: Complaint, language: str) -> str:
    """What the customer may know of the waiting: which departments work on it, without anybody's name."""
    open_tasks = case.tasks.filter(state=TaskState.OPEN).select_related("department").order_by("made_at", "pk")
    departments = list(dict.fromkeys(task.department.name for task in open_tasks))
    with translation.override(language):
        return ngettext("%(who)s is working on it", "%(who)s are working on it", len(departments)) % {
            "who": _(", ").join(departments)
        }


def draft_of(notice: ProgressNotice, *, person, at: datetime) -> tuple[str, Template | None]:
    """The message as it would go out: the template of the policy in the customer's language, filled from the case."""
    case = notice.case
    template = templates_in_force(at).get(TEMPLATE)
    language = language_of(case.customer)
    if template is None:
        return "", None
    values = values_of(case, person=person, at=at, language=language) | {"reason": how_it_stands(case, language)}
    return filled(template.texts.in_language(language), values, names()), template


def channel_for(case: Complaint, *, at: datetime) -> str:
    """Where it would go: what leaves from here and the customer prefers, else where they can be written to."""
    sendable, customer = sendable_channels(case), case.customer
    if customer is not None and customer.preferred_channel in WRITTEN_CHANNELS:
        return customer.preferred_channel
    return written_channel_of(case, at=at) or next(iter(sorted(sendable)), "")


@transaction.atomic
def tell_progress(
    notice_id: int,
    *,
    by,
    at: datetime,
    channel: str,
    words: str,
    read_through: bool = False,
    apology: str = "",
    breach_reason: str = "",
    send: bool = False,
) -> ProgressNotice:
    """Send or record the message of progress; it covers every day since it fell due. The second time is refused."""
    case = Complaint.objects.locked(progress_notices__pk=notice_id)
    notice = case.progress_notices.get(pk=notice_id)
    demand_right(by, "contact.record", case, at=at)
    _text, template = draft_of(notice, person=by, at=at)
    draft = ContactDraft(
        channel=channel,
        direction=Direction.OUTGOING,
        words=words,
        purpose=ContactPurpose.PROGRESS,
        apology=apology,
        breach_reason=breach_reason,
        template_id=template.policy_id if template is not None else None,
        read_through=read_through,
        send=send,
    )
    demand(why_not_tell_progress(notice, by=by, at=at), violations_in(case, draft, at=at))
    with signed(by=by, reason="progress.told", at=at):
        write_contact(case, draft, by=by, at=at)
        case.save()
    notice.refresh_from_db()
    return notice
