"""Sums that look split, in words: for whoever approves and audits, never for whoever asked."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from casemgmt.money import amount_shown
from complaints.roles import AUDITORS, SUPERVISORS, groups_of
from complaints.rules.splitting import Pattern, Shared


def is_told_of_splits(person) -> bool:
    """Whether patterns are shown to this person at all."""
    return person.is_superuser or bool({SUPERVISORS, AUDITORS} & groups_of(person))


def split_in_words(pattern: Pattern) -> str:
    """What was found, with its figures; whose it is stands where it is shown."""
    first, last = pattern.days
    return _whose(pattern.shared) % {
        "n": len(pattern.grants),
        "limit": amount_shown(pattern.limit.per_grant, pattern.limit.currency),
        "total": amount_shown(pattern.total, pattern.limit.currency),
        "since": date_format(first, "SHORT_DATE_FORMAT"),
        "until": date_format(last, "SHORT_DATE_FORMAT"),
    }


def _whose(shared: Shared) -> str:
    return {
        Shared.CUSTOMER: _(
            "%(n)s sums close under the limit of %(limit)s to this customer, %(since)s to %(until)s, together %(total)s"
        ),
        Shared.ORDER: _(
            "%(n)s sums close under the limit of %(limit)s for this order, %(since)s to %(until)s, together %(total)s"
        ),
        Shared.REQUESTER: _(
            "%(n)s sums close under the limit of %(limit)s asked for by the same person, %(since)s to %(until)s,"
            " together %(total)s"
        ),
    }[shared]
