"""What policies of follow-ups, progress messages and reminders of quiet customers are called on pages."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policies.values import PauseReminder

NAMES: Mapping[str, object] = MappingProxyType(
    {
        "after_refund": gettext_lazy("for cases in which money was given back"),
        "channel": gettext_lazy("channel"),
        "outcomes": gettext_lazy("for the outcomes"),
        "progress_message_hours": gettext_lazy("hours between messages of progress"),
        "progress_reminder_minutes": gettext_lazy("working minutes until a message of progress is asked for again"),
        "quiet_reminders": gettext_lazy("reminders of customers who do not answer"),
        "regular_every_days": gettext_lazy("days between regular contacts"),
        "regular_for_days": gettext_lazy("days of regular contact"),
        "sent_by": gettext_lazy("sent by"),
        "template": gettext_lazy("template"),
    }
)

WORDS: Mapping[str, object] = MappingProxyType(
    {
        "remedied": gettext_lazy("remedied"),
        "explained": gettext_lazy("explained"),
        "refused": gettext_lazy("refused"),
        "customer_silent": gettext_lazy("customer silent"),
        "ruled": gettext_lazy("ruled"),
        "settled_outside": gettext_lazy("settled outside"),
        "phone": gettext_lazy("phone"),
        "email": gettext_lazy("e-mail"),
        "sms": gettext_lazy("SMS"),
        "online_chat": gettext_lazy("online chat"),
        "qianniu": gettext_lazy("Qianniu"),
        "person": gettext_lazy("a person, after reading it"),
        "system": gettext_lazy("the system"),
        "handler": gettext_lazy("the handler"),
        "team_lead": gettext_lazy("the team lead"),
    }
)
CODED = ("channel", "outcomes", "sent_by")


def codes_in_words(entry: str | tuple[str, ...]) -> str:
    """Codes of these policies as a reader calls them."""
    return _(", ").join(str(WORDS[code]) for code in ((entry,) if isinstance(entry, str) else entry))


def reminder_in_words(reminder: PauseReminder) -> str:
    """One step of a ladder of reminders."""
    return _("after %(hours)s hours: %(role)s") % {
        "hours": reminder.after_hours, "role": WORDS[reminder.to_role],
    }  # fmt: skip
