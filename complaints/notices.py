"""Telling colleagues what happened on a case: codes and facts into the outbox, in the same transaction."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from casemgmt.outbox import Event, Word, announce, put_many
from casemgmt.people.one_person import accounts_of
from complaints.models import Complaint, ComplaintSubject


def about_cases_against(person) -> Q:
    """The condition on notices about complaints whose subject the person is: they do not even learn of them."""
    named = ComplaintSubject.objects.filter(person__in=accounts_of(person), lifted_at__isnull=True)
    return Q(case_number__in=Complaint.objects.filter(subjects__in=named).values("case_number"))


def queue(
    case: Complaint,
    code: str,
    *,
    to,
    at: datetime,
    params: dict | None = None,
    about=None,
    not_before: datetime | None = None,
) -> None:
    """Tell one person, or each of several, once. `code` is registered as a sentence; `params` hold no personal data.

    `not_before` keeps it back until then; what is told at once is announced to endpoints too.

    The key is made of the code, the row it is about and the instant, so that the same act tells nobody twice.
    """
    people: Iterable = to if isinstance(to, list | tuple | set | frozenset) or hasattr(to, "__iter__") else [to]
    row = about or case
    put_many(
        [
            Word(
                kind=code,
                key=f"{code}:{row._meta.model_name}:{row.pk}:{person.pk}:{at.isoformat()}",
                to=person,
                subject=case,
                case_number=case.case_number,
                params=params or {},
                not_before=not_before,
            )
            for person in people
            if person is not None
        ],
        at=at,
    )
    if not_before is None:
        key = f"{code}:{row._meta.model_name}:{row.pk}:{at.isoformat()}"
        announce([Event(code, key, case, case.case_number, params or {})], at=at)
