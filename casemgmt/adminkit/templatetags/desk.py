"""Words that every page needs: how long until, how late, and who sees what."""

from datetime import datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()

SOON = timedelta(hours=6)


def span_in_words(span: timedelta) -> str:
    """A span of time in the two largest units that matter: "2 d 3 h", "3 h 40 min", "5 min"."""
    minutes = max(0, int(abs(span).total_seconds() // 60))
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    if days >= 3 or (days and not hours):
        return ngettext("%(n)s d", "%(n)s d", days) % {"n": days}
    if days:
        return _("%(days)s d %(hours)s h") % {"days": days, "hours": hours}
    if hours and minutes:
        return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": minutes}
    if hours:
        return ngettext("%(n)s h", "%(n)s h", hours) % {"n": hours}
    return ngettext("%(n)s min", "%(n)s min", minutes) % {"n": minutes}


@register.filter
def due_in_words(due_at: datetime | None, now: datetime | None = None) -> str:
    """How long until it is due, or how late it is."""
    if due_at is None:
        return ""
    span = due_at - (now or timezone.now())
    if span < timedelta(0):
        return _("%(span)s late") % {"span": span_in_words(span)}
    return _("due in %(span)s") % {"span": span_in_words(span)}


@register.filter
def urgency(due_at: datetime | None, now: datetime | None = None) -> str:
    """late, soon, later or none: the class that goes with shape and word."""
    if due_at is None:
        return "none"
    span = due_at - (now or timezone.now())
    if span < timedelta(0):
        return "late"
    return "soon" if span < SOON else "later"


@register.filter
def with_error(field):
    """The bound field; a wrong one says so to those who cannot see its border."""
    if not field.errors:
        return field
    described = " ".join(filter(None, (f"error-{field.name}", field.help_text and f"help-{field.name}")))
    return field.as_widget(attrs={"aria-invalid": "true", "aria-describedby": described})
