"""What the channels, purposes and apologies of templates are called."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import gettext_lazy

TEMPLATE_WORDS: Mapping[str, object] = MappingProxyType(
    {
        "phone": gettext_lazy("phone"),
        "email": gettext_lazy("e-mail"),
        "online_chat": gettext_lazy("online chat"),
        "qianniu": gettext_lazy("Qianniu"),
        "sms": gettext_lazy("SMS"),
        "face_to_face": gettext_lazy("face to face"),
        "platform": gettext_lazy("platform complaint"),
        "letter": gettext_lazy("letter"),
        "general": gettext_lazy("general"),
        "first_answer": gettext_lazy("first answer"),
        "enquiry": gettext_lazy("asking for facts or evidence"),
        "progress": gettext_lazy("progress"),
        "offer": gettext_lazy("offer of a plan"),
        "outcome": gettext_lazy("outcome told"),
        "refusal": gettext_lazy("refusal told"),
        "commitment_kept": gettext_lazy("promise carried out"),
        "follow_up": gettext_lazy("follow-up"),
        "none": gettext_lazy("no apology"),
        "for_our_fault": gettext_lazy("for our fault"),
        "for_experience": gettext_lazy("for the experience"),
    }
)
