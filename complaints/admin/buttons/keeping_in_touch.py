"""What can be done so that a customer hears from us: in writing, while they wait, and regularly afterwards."""

from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.acting import CaseAction
from complaints.actions import asking_in_writing, keeping_in_touch, replying_to_discontent, telling_progress
from complaints.forms import facts
from complaints.forms import keeping_in_touch as forms

IN_WRITING = (
    CaseAction(
        "ask-in-writing",
        _("Ask in writing"),
        "follow_up.record",
        asking_in_writing.ask_in_writing,
        forms.AskInWritingForm,
        asking_in_writing.why_not_ask_in_writing,
        submit=_("Ask the customer"),
        intro=_("The customer gets these words; their answer is awaited for the days of the policy."),
        weight=8,
    ),
    CaseAction(
        "record-answer",
        _("Record the answer"),
        "follow_up.record",
        asking_in_writing.record_answer,
        forms.AnswerForm,
        asking_in_writing.why_not_record_answer,
        weight=9,
    ),
    CaseAction(
        "leave-as-it-is",
        _("Leave it as it is"),
        "follow_up.record",
        replying_to_discontent.leave_as_it_is,
        facts.ReasonForm,
        replying_to_discontent.why_not_leave_as_it_is,
        intro=_("The customer is not content, and nothing more is done. Whoever reads the case must understand why."),
        weight=14,
    ),
)

PROGRESS = (
    CaseAction(
        "tell-progress",
        _("Tell the customer"),
        "contact.record",
        telling_progress.tell_progress,
        forms.ProgressForm,
        telling_progress.why_not_tell_progress,
        submit=_("Tell the customer how it stands"),
        intro=_("One message covers every day since the customer last heard from us."),
        weight=10,
    ),
)

REGULAR = (
    CaseAction(
        "record-regular-contact",
        _("Record the contact"),
        "follow_up.record",
        keeping_in_touch.record_regular_contact,
        forms.RegularForm,
        keeping_in_touch.why_not_record_regular_contact,
        weight=10,
    ),
    CaseAction(
        "end-regular-contact",
        _("End it"),
        "follow_up.record",
        keeping_in_touch.end_regular_contact,
        facts.ReasonForm,
        keeping_in_touch.why_not_end_regular_contact,
        weight=11,
    ),
)

AGREE = (
    CaseAction(
        "agree-on-regular-contact",
        _("Agree on regular contact"),
        "follow_up.record",
        keeping_in_touch.agree_on_regular_contact,
        forms.AgreeForm,
        keeping_in_touch.why_not_agree_on_regular_contact,
        intro=_("Only where the customer agreed. It opens no case again and ends when they say so."),
        weight=117,
        group="seldom",
    ),
)
