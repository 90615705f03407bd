"""A customer was asked something and does not answer: the handler is reminded, then the lead of the team (S-COM-22)."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import cache, partial
from typing import NamedTuple

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery

from casemgmt import sweeps
from casemgmt.outbox import About, Word, put_many
from casemgmt.people.models import Person
from complaints.actions.batches import Tally, sweep_once
from complaints.actions.overdue import CASE
from complaints.actions.superiors import Superiors
from complaints.models import Contact, Pause, SetAside
from complaints.states import INSIDE
from complaints.vocabulary import ContactOutcome, ContactPurpose, Direction
from policies.lookup import periods_in_force
from policies.values import PauseReminder

REMIND = "remind_of_quiet_customers"
CODE = "notice.customer_quiet"
ASKING = (ContactPurpose.ENQUIRY, ContactPurpose.OFFER)
"""What wants an answer: facts or evidence that were asked for, and a plan that was offered."""


class Quiet(NamedTuple):
    """The newest question to a customer, which nobody answered."""

    contact_id: int
    case_id: int
    case_number: str
    handler_id: int | None
    team_id: int | None


def unanswered() -> QuerySet[Contact]:
    """The newest question of each open case after which the customer said nothing.

    While the case waits with a pause, the ladder of the pause reminds instead.
    """
    newest = Contact.objects.filter(
        case=OuterRef("case"), direction=Direction.OUTGOING, outcome=ContactOutcome.DELIVERED, purpose__in=ASKING
    )
    newest = newest.order_by().values("case").annotate(last=Max("occurred_at")).values("last")
    heard = Contact.objects.filter(
        case=OuterRef("case"), direction=Direction.INCOMING, occurred_at__gte=OuterRef("occurred_at")
    )
    asked = Contact.objects.filter(
        direction=Direction.OUTGOING,
        outcome=ContactOutcome.DELIVERED,
        purpose__in=ASKING,
        case__state__in=INSIDE,
        dispatch__failed_at__isnull=True,
    )
    asked = asked.annotate(newest=Subquery(newest)).filter(occurred_at=F("newest")).exclude(Exists(heard))
    return asked.exclude(Exists(Pause.objects.filter(case=OuterRef("case"), ended_at__isnull=True)))


def remind_of_quiet_customers(at: datetime) -> Tally:
    """Each step of the policy's ladder once for every question that was not answered; an answer ends the ladder.

    The key of a notice names question and step, so that the second time tells nobody; after an outage the steps that
    were missed are made, each once.
    """
    since = sweeps.last_start(REMIND)
    superiors = cache(partial(Superiors, at))
    tally = Tally()
    for number, step in enumerate(periods_in_force(at).quiet_reminders, 1):
        tally += _remind(number, step, superiors, since, at)
    return tally


def _remind(
    number: int, step: PauseReminder, superiors: Callable[[], Superiors], since: datetime | None, at: datetime
) -> Tally:
    name = f"{REMIND}.{number}"
    length = timedelta(hours=step.after_hours)
    due = Q(occurred_at__lte=at - length)
    if since is not None:
        due &= Q(occurred_at__gt=since - length) | Q(pk__in=SetAside.objects.tried_again(name, at))
    columns = ("pk", "case_id", "case__case_number", "case__handler_id", "case__team_id")
    rows = unanswered().filter(due).order_by("pk").values_list(*columns)

    def settle(taken: Sequence[Quiet]) -> None:
        put_many(_words(taken, number, step, superiors()), at=at)

    return sweep_once(name, Contact, map(Quiet._make, rows), settle, at=at, reason="clock.warned")


def _words(rows: Sequence[Quiet], number: int, step: PauseReminder, superiors: Superiors) -> list[Word]:
    handlers = Person.objects.in_bulk({row.handler_id for row in rows} - {None})
    found = []
    for row in rows:
        handler = handlers.get(row.handler_id)
        for person in superiors.of_reminder(step.to_role, handler, row.team_id):
            key = f"{CODE}:{row.contact_id}:{number}:{person.pk}"
            found.append(Word(CODE, key, person, About(CASE, row.case_id), row.case_number))
    return found
