"""Naming to a customer where else to turn: owed, generated with bodies and numbers, told, recorded (S-TPR-16, 17)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import translation
from django.utils.translation import gettext as _

from casemgmt.ledger import signed
from casemgmt.outbox import About, Word, put_many
from casemgmt.people.models import Person
from casemgmt.violations import demand
from complaints.actions.batches import Tally, sweep_in_batches
from complaints.actions.contacting import ContactDraft, violations_in, write_contact
from complaints.actions.overdue import CASE
from complaints.models import Complaint, Contact, RouteAdvice, SetAside
from complaints.places import language_of, region_of
from complaints.roles import day_of, demand_right
from complaints.states import OPEN, CaseState
from complaints.vocabulary import AdviceCause, ContactOutcome, ContactPurpose, Direction
from policies.lookup import outside_bodies_in_force, periods_in_force
from policies.values import OutsideBody

SWEEP = "advise_of_routes"
AT_ONCE = 500


def bodies_to_name(case: Complaint, *, at: datetime) -> list[OutsideBody]:
    """The bodies that a customer of this case may turn to, in the order of the ladder; the press is none of them."""
    return [body for body in outside_bodies_in_force(at, region=region_of(case)).values() if body.advised]


def routes_in_words(case: Complaint, *, at: datetime) -> str:
    """The message that names them, in the language of the customer, with numbers and pages."""
    language = language_of(case.customer)
    with translation.override(language):
        lines = [_("If you would rather have somebody else look at your complaint, you can turn to:")]
        for body in bodies_to_name(case, at=at):
            ways = _(", ").join(filter(None, (body.phone, body.site)))
            lines.append(
                _("- %(body)s (%(ways)s): %(answers)s")
                % {
                    "body": body.label.in_language(language),
                    "ways": ways,
                    "answers": body.answers.in_language(language),
                }
            )
        lines.append(_("Case number: %(number)s. We send you the record of the case if you need it there.") % {
            "number": case.case_number
        })  # fmt: skip
    return "\n".join(lines)


def owe_advice(case: Complaint, cause: AdviceCause, *, at: datetime) -> RouteAdvice:
    """Note that routes have to be named, once for each cause and round. For holders of the lock, inside `signed`."""
    advice, _new = RouteAdvice.objects.get_or_create(
        case=case, cause=cause, round=case.reopened + 1, defaults={"arose_at": at}
    )
    return advice


@transaction.atomic
def name_routes(
    case_id: int,
    *,
    by,
    at: datetime,
    channel: str,
    words: str,
    occurred_at: datetime | None = None,
    send: bool = False,
) -> Contact:
    """Tell the customer where else to turn, and record it as an exchange; whatever was owed of it is done (WC-43).

    In any state of the case; with `send` it leaves from here. A second time writes a second exchange.
    """
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "contact.record", case, at=at)
    draft = ContactDraft(
        channel=channel,
        direction=Direction.OUTGOING,
        words=words,
        purpose=ContactPurpose.PROGRESS,
        outcome=ContactOutcome.DELIVERED,
        occurred_at=occurred_at,
        send=send,
    )
    demand(violations_in(case, draft, at=at))
    with signed(by=by, reason="route_advice.told", at=at):
        contact = write_contact(case, draft, by=by, at=at)
        case.save()
        owed = list(case.route_advice.filter(told_at__isnull=True)) or [owe_advice(case, AdviceCause.ASKED, at=at)]
        for advice in owed:
            if advice.told_at is None:
                advice.contact, advice.told_at = contact, contact.occurred_at
                advice.save()
    return contact


def advise_of_routes(at: datetime) -> Tally:
    """A case that is unresolved after the period owes its customer the routes, once for ever (S-SLA-08, WC-43).

    Its handler is told; whoever has several from the backlog hears of them once a day.
    """
    after = timedelta(days=periods_in_force(at).unresolved_advice_days)
    known = RouteAdvice.objects.filter(case=OuterRef("pk"), cause=AdviceCause.UNRESOLVED)
    unresolved = Complaint.objects.filter(
        ~Exists(known),
        state__in=[state for state in OPEN if state != CaseState.EXTERNAL],
        registered_at__lte=at - after,
        handler__isnull=False,
    )
    unresolved = unresolved.exclude(pk__in=SetAside.objects.kept_from(SWEEP, at)).order_by("pk")
    taken = unresolved.select_for_update(skip_locked=True, of=("self",)).values_list(
        "pk", "pk", "case_number", "backlog", "handler_id", "reopened"
    )
    return sweep_in_batches(
        SWEEP,
        Complaint,
        at=at,
        reason="route_advice.arose",
        take=lambda limit: list(taken[:limit]),
        settle=lambda rows: _owe(rows, at),
        size=AT_ONCE,
    )


def _owe(rows, at):
    RouteAdvice.objects.bulk_create(
        RouteAdvice(case_id=pk, cause=AdviceCause.UNRESOLVED, round=reopened + 1, arose_at=at)
        for pk, *_rest, reopened in rows
    )
    people = Person.objects.in_bulk({row[4] for row in rows})
    code = "notice.advise_of_routes"
    words = [
        Word(code, f"{code}:{pk}:routes:{handler}", people[handler], About(CASE, pk), number)
        for pk, _pk, number, backlog, handler, _reopened in rows
        if not backlog
    ]
    grouped = f"{code}.backlog"
    words += [
        Word(grouped, f"{grouped}:{day_of(at).isoformat()}:{handler}", people[handler])
        for handler in sorted({row[4] for row in rows if row[3]})
    ]
    put_many(words, at=at)
