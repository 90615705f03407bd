"""What is said about checklists."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

from casemgmt.sentences import Sentence

SENTENCES: Mapping[str, Sentence] = MappingProxyType(
    {
        "checklist.not_ticked": Sentence(
            _("Checklist “%(checklist)s”: %(item)s."), _("Tick it when it is done."), "tick-checklist"
        ),
        "checklist.not_possible_from": Sentence(_("No checklist belongs to this case in its state.")),
        "checklist.unknown_item": Sentence(
            _("The checklist %(checklist)s is not in force for this case, or does not know this item."),
            _("Reload the page."),
        ),
        "story.checklist.ticked": Sentence(_("went through a checklist")),
    }
)
