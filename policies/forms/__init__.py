"""Forms to write a policy in: made from the declaration of its kind, or plugged in by a kind with a form of its own.

A kind with a form of its own subclasses `DraftForm` and names itself: `register_form("calendar", CalendarForm)`.
"""

from policies.forms.calendar import CalendarForm
from policies.forms.drafting import DraftForm
from policies.forms.registry import form_of, register_form

register_form("calendar", CalendarForm)

__all__ = ["DraftForm", "form_of", "register_form"]
