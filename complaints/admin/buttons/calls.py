"""What is done around calls: planning, scheduling, dialling, recording the talk, and what the customer wants."""

from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.acting import CaseAction
from complaints.actions import consenting, correcting_contacts, dialling, planning_calls, scheduling_calls
from complaints.forms import call_page, calling, contact_data


def _why_not_start(case, *, by, at):
    return dialling.why_not_start_call(case, by=by, at=at, purpose=call_page.purpose_of_call(case))


CALLS = (
    CaseAction(
        "start-call",
        _("Call now"),
        "contact.record",
        dialling.start_call,
        call_page.StartCallForm,
        _why_not_start,
        group="hidden",
        icon="call",
        template="complaints/call_start.html",
    ),
    CaseAction(
        "finish-call",
        _("Record the call"),
        "contact.record",
        dialling.finish_call,
        call_page.TalkForm,
        submit=_("Talked: record the call"),
        group="hidden",
        icon="call",
        template="complaints/call_talk.html",
    ),
    CaseAction(
        "write-call-plan",
        _("Plan the call"),
        "contact.record",
        planning_calls.write_call_plan,
        calling.CallPlanForm,
        intro=_("Before you dial: what you may give, what may come, and where it ends. The customer never sees it."),
        weight=98,
        group="work",
        icon="checklist",
    ),
    CaseAction(
        "schedule-call",
        _("Schedule a call"),
        "contact.record",
        scheduling_calls.schedule_call,
        calling.ScheduleCallForm,
        scheduling_calls.why_not_schedule_call,
        intro=_("The handler is told when it is due."),
        weight=98,
        group="work",
        icon="event",
    ),
    CaseAction(
        "cancel-scheduled-call",
        _("Call off a scheduled call"),
        "contact.record",
        scheduling_calls.cancel_scheduled_call,
        calling.CancelScheduledCallForm,
        group="hidden",
    ),
    CaseAction(
        "record-consent",
        _("Which contacts are welcome"),
        "contact.record",
        consenting.record_consent,
        calling.ConsentForm,
        intro=_(
            "A no to invitations does not keep us from answering the complaint. A no to every call ends calls on all"
            " cases of this customer, until they ask for one."
        ),
        group="hidden",
    ),
    CaseAction(
        "note-wishes",
        _("How the customer wants to be reached"),
        "contact.record",
        consenting.note_wishes,
        calling.WishesForm,
        group="hidden",
    ),
    CaseAction(
        "correct-contact-data",
        _("Correct the contact data"),
        "case.edit_facts",
        correcting_contacts.correct_contact_data,
        contact_data.ContactDataForm,
        correcting_contacts.why_not_correct_contact_data,
        intro=_("What is left empty stays as it is."),
        group="hidden",
    ),
)
