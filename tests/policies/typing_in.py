"""A form of a policy, sent as a browser would send it."""

from datetime import date, datetime

from django.http import QueryDict
from django.utils.timezone import localtime


def as_sent(form) -> QueryDict:
    """What the browser sends when nothing is changed."""
    sent = QueryDict(mutable=True)
    for bound in form:
        value = bound.value()
        if value is None or value is False or value == "":
            continue
        sent.setlist(bound.name, [_typed(one) for one in (value if isinstance(value, list) else [value])])
    return sent


def _typed(value) -> str:
    if isinstance(value, datetime):
        return (localtime(value) if value.tzinfo else value).strftime("%Y-%m-%dT%H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return "on" if value is True else str(value)


def typed_over(form, **changes) -> QueryDict:
    """The same with some fields typed over; None empties one."""
    sent = as_sent(form)
    for name, value in changes.items():
        sent.setlist(name, [] if value is None else value if isinstance(value, list) else [value])
    return sent
