"""What can be done with more time for a deadline: asked for on the case, decided on the request."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.acting import CaseAction
from casemgmt.adminkit.forms import ActionForm
from casemgmt.adminkit.templatetags.desk import instant
from complaints.actions import extending
from complaints.actions.reckoning import Reckoner, extensions_of, pauses_of
from complaints.clock_words import clock_name, extension_in_words
from complaints.forms import facts
from complaints.forms.extending import ApproveExtensionForm, ExtensionForm
from complaints.models import ClockExtension
from policies.rules.clocks import Extension

ASK = CaseAction(
    "ask-for-extension",
    _("Ask for more time"),
    "clock.extend",
    extending.ask_for_extension,
    ExtensionForm,
    extending.why_not_ask_for_extension,
    submit=_("Ask for more time"),
    intro=_("Nothing moves until a second person agrees. The first date stays shown for ever."),
    weight=117,
    group="work",
)


def _what_moves(extension: ClockExtension, at: datetime) -> Iterable[str]:
    """What is asked for and why, and the date that a yes would set."""
    clock = extension.clock
    yield gettext("%(clock)s %(more)s, asked for by %(name)s: %(reason)s") % {
        "clock": clock_name(clock), "more": extension_in_words(extension, clock), "name": extension.asked_by.name,
        "reason": extension.reason,
    }  # fmt: skip
    granted = [*extensions_of(clock), Extension(extension.amount, at)]
    due = Reckoner().due(clock, pauses_of(extension.case), granted)
    if due is None:
        yield gettext("It stands still now; the time is added when it runs on")
    else:
        yield gettext("%(clock)s moves from %(old)s to %(new)s") % {
            "clock": clock_name(clock), "old": instant(clock.due_at, at), "new": instant(due, at),
        }  # fmt: skip
    if extension.explanation_id is not None:
        yield gettext("The handler is to tell the customer")


EXTENSION = (
    CaseAction(
        "approve-extension",
        _("Give more time"),
        "clock.decide",
        extending.approve_extension,
        ApproveExtensionForm,
        extending.why_not_decide_extension,
        effects=_what_moves,
        weight=10,
        checks_version=True,
    ),
    CaseAction(
        "reject-extension",
        _("The date stands"),
        "clock.decide",
        extending.reject_extension,
        facts.ReasonForm,
        extending.why_not_decide_extension,
        weight=11,
    ),
    CaseAction(
        "take-back-extension",
        _("Take the request back"),
        "clock.extend",
        extending.take_back_extension,
        ActionForm,
        extending.why_not_take_back_extension,
        weight=12,
    ),
)
