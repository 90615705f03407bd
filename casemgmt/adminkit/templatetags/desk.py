"""Words that every page needs: how long until, how late, and who sees what."""

import json
from datetime import datetime, timedelta

from django import template
from django.utils import formats, timezone
from django.utils.text import capfirst
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


@register.simple_tag
def clock_words() -> str:
    """The words of `due_in_words` with their places open, as JSON: a page goes on counting with them by itself."""
    return json.dumps(
        {
            "late": _("%(span)s late") % {"span": "{span}"},
            "due": _("due in %(span)s") % {"span": "{span}"},
            "d": ngettext("%(n)s d", "%(n)s d", 2) % {"n": "{n}"},
            "dh": _("%(days)s d %(hours)s h") % {"days": "{days}", "hours": "{hours}"},
            "h": ngettext("%(n)s h", "%(n)s h", 2) % {"n": "{n}"},
            "hm": _("%(hours)s h %(minutes)s min") % {"hours": "{hours}", "minutes": "{minutes}"},
            "m": ngettext("%(n)s min", "%(n)s min", 2) % {"n": "{n}"},
        },
        ensure_ascii=False,
    )


@register.simple_tag
def soon_seconds() -> int:
    """From how many seconds on before it is due a clock counts as soon."""
    return int(SOON.total_seconds())


@register.filter
def with_error(field):
    """The bound field; a wrong one says so to those who cannot see its border."""
    if not field.errors:
        return field
    described = " ".join(filter(None, (f"error-{field.name}", field.help_text and f"help-{field.name}")))
    return field.as_widget(attrs={"aria-invalid": "true", "aria-describedby": described})


def _weekday(local: datetime) -> str:
    return (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))[local.weekday()]


def _day(local: datetime) -> str:
    date = formats.date_format(local, "MONTH_DAY_FORMAT")
    return _("%(weekday)s %(date)s") % {"weekday": _weekday(local), "date": date}


@register.filter
def instant(moment: datetime | None, now: datetime | None = None) -> str:
    """A moment as people say it: today and tomorrow by name, this year without its number."""
    if moment is None:
        return ""
    local, today = timezone.localtime(moment), timezone.localtime(now).date()
    clock = local.strftime("%H:%M")
    named = {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}.get((local.date() - today).days)
    if named:
        return f"{named} {clock}"
    if local.year == today.year:
        return f"{local:%m-%d} {_weekday(local)} {clock}"
    return f"{local:%Y-%m-%d} {clock}"


@register.filter
def long_instant(moment: datetime) -> str:
    """Day, weekday and time in full."""
    local = timezone.localtime(moment)
    return f"{_day(local)} {local:%H:%M}"


@register.filter
def later_than(written: datetime, happened: datetime) -> bool:
    """Whether something was written down noticeably later than it happened."""
    return written - happened > timedelta(minutes=5)


@register.filter
def by_day(entries, now: datetime | None = None) -> list[dict]:
    """Entries of a timeline under their days, in the order in which they are given."""
    today = timezone.localtime(now).date()
    days = []
    for entry in entries:
        local = timezone.localtime(entry.at)
        if not days or days[-1]["date"] != local.date():
            words = _day(local)
            if local.year != today.year:
                words = f"{local.year} {words}"
            is_today = local.date() == today
            label, rest = (_("Today"), words) if is_today else (words, "")
            days.append({"date": local.date(), "label": label, "date_words": rest, "entries": []})
        days[-1]["entries"].append(entry)
    return days


@register.simple_tag
def chips(changelist) -> list[dict]:
    """The filters that are on, each with the address without it. The queue is a tab and not a chip."""
    found = []
    for spec in getattr(changelist, "filter_specs", []):
        parameters = spec.expected_parameters()
        if hasattr(spec, "chips"):
            found += [
                {"title": capfirst(str(spec.title)), "value": str(words), "url": changelist.without(name, value)}
                for name, value, words in spec.chips()
            ]
            continue
        if "queue" in parameters or not any(changelist.params.get(name) for name in parameters):
            continue
        chosen = [str(choice["display"]) for choice in spec.choices(changelist) if choice.get("selected")]
        given = [str(value[-1] if isinstance(value, list) else value) for value in _given(changelist, parameters)]
        found.append(
            {
                "title": capfirst(str(spec.title)),
                "value": _(", ").join(chosen or given),
                "url": changelist.get_query_string(remove=parameters),
            }
        )
    if changelist.query:
        found.append(
            {"title": _("Search"), "value": changelist.query, "url": changelist.get_query_string(remove=["q"])}
        )
    return found


def _given(changelist, parameters):
    return [changelist.params[name] for name in parameters if changelist.params.get(name)]
