"""Handovers that nobody answers are reminded of and go up; absences are told when they begin and when they are over."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q

from casemgmt.ledger import signed
from casemgmt.outbox import About, Word, put_many
from casemgmt.people.accounts import service_account
from casemgmt.people.models import Absence, Person
from casemgmt.people.queries import away_on
from complaints.actions import causes
from complaints.actions.batches import Tally, sweep_rows
from complaints.actions.sweeping import raise_late
from complaints.models import Complaint, Handover, HandoverLine
from complaints.roles import STAFF, day_of
from complaints.states import OPEN, HandoverLineState, HandoverState

WAITING = HandoverLineState.WAITING
HANDOVER = "complaints.handover"
ABSENCE = "people.absence"
AT_ONCE = 200


def remind_of_handovers(at: datetime) -> Tally:
    """Lines whose case went elsewhere lapse; who has not answered is reminded once; then each line goes up (S-REC-03).

    Twice, late or in parallel is harmless: a handover notes that it was reminded of, and a line goes up once.
    """
    return _lapse(at) + _remind(at) + _escalate(at)


def _lapse(at: datetime) -> Tally:
    elsewhere = Q(case__handler__isnull=True) | ~Q(case__handler=F("handover__given_by")) | ~Q(case__state__in=OPEN)
    due = HandoverLine.objects.filter(elsewhere, state=WAITING).order_by("pk")

    def lapse(rows):
        lines = HandoverLine.objects.filter(pk__in=[row[0] for row in rows])
        handovers = set(lines.values_list("handover", flat=True))
        lines.update(state=HandoverLineState.LAPSED, version=F("version") + 1)
        _settle(handovers, at)

    return sweep_rows("lapse_handovers", due, lapse, at=at, reason="handover.lapsed", size=1000)


def _settle(handovers: set[int], at: datetime) -> None:
    left = HandoverLine.objects.filter(handover=OuterRef("pk"), state=WAITING)
    done = Handover.objects.filter(~Exists(left), pk__in=handovers, state=HandoverState.OPEN)
    done.update(state=HandoverState.SETTLED, settled_at=at, version=F("version") + 1)


def _receivers(handover: Handover, away: dict[int, int | None]) -> Iterator[Person]:
    """Who can answer: the receiver, and who stands in for them; or the staff of the team who are there."""
    if handover.given_to is not None:
        yield handover.given_to
        stand_in = away.get(handover.given_to_id)
        yield from Person.objects.filter(pk=stand_in) if stand_in else ()
        return
    people = Person.objects.filter(team=handover.team_id, is_active=True, groups__name=STAFF).order_by("pk")
    yield from (person for person in people if person.pk not in away and person.pk != handover.given_by_id)


def _remind(at: datetime) -> Tally:
    service, away = service_account(), away_on(day_of(at))
    with signed(by=service, reason="handover.reminded", at=at, source="task"), transaction.atomic():
        rows = Handover.objects.filter(state=HandoverState.OPEN, reminded_at__isnull=True, remind_at__lte=at)
        rows = rows.select_for_update(skip_locked=True, of=("self",)).select_related("given_by", "given_to")
        found = list(rows.order_by("remind_at", "pk")[:AT_ONCE])
        waiting = dict(
            HandoverLine.objects.filter(handover__in=found, state=WAITING)
            .order_by()
            .values_list("handover")
            .annotate(n=Count("pk"))
        )
        words = []
        for handover in found:
            told = {"by": handover.given_by.name, "n": waiting.get(handover.pk, 0)}
            people = {person.pk: person for person in (*_receivers(handover, away), handover.given_by)}
            words += [
                Word(
                    "notice.handover_waits",
                    f"notice.handover_waits:{handover.pk}:{person.pk}",
                    person,
                    About(HANDOVER, handover.pk),
                    params=told,
                )
                for person in people.values()
            ]
        Handover.objects.filter(pk__in=[handover.pk for handover in found]).update(
            reminded_at=at, version=F("version") + 1
        )
        put_many(words, at=at)
    return Tally(len(found), len(found))


def _escalate(at: datetime) -> Tally:
    due = HandoverLine.objects.filter(state=WAITING, handover__escalate_at__lte=at)
    return raise_late(
        "escalate_handovers",
        causes.HANDOVER,
        due.order_by("handover__escalate_at", "pk"),
        "handover__escalate_at",
        at=at,
        reason="handover.overdue",
    )


def tell_of_absences(at: datetime) -> Tally:
    """Whoever stands in hears on the first day, and whoever was away on the first day back, each once.

    Twice, late or in parallel is harmless: an absence notes what was told, and each notice has one key for ever.
    """
    today = day_of(at)
    with signed(by=service_account(), reason="absence.told", at=at, source="task"), transaction.atomic():
        rows = Absence.objects.standing().select_for_update(skip_locked=True, of=("self",))
        begun = rows.filter(
            begun_told_at__isnull=True, substitution__isnull=False, starts_on__lte=today, ends_on__gte=today
        )
        begun = list(begun.select_related("person", "substitution__person").order_by("pk")[:AT_ONCE])
        over = rows.filter(over_told_at__isnull=True, begun_told_at__isnull=False, ends_on__lt=today)
        over = list(over.select_related("person").order_by("pk")[:AT_ONCE])
        held = dict(
            Complaint.objects.open()
            .filter(handler__in=[absence.person_id for absence in (*begun, *over)])
            .order_by()
            .values_list("handler")
            .annotate(n=Count("pk"))
        )
        words = [_word("notice.absence_begun", row, row.substitution.person, held) for row in begun]
        words += [_word("notice.absence_over", row, row.person, held) for row in over]
        Absence.objects.filter(pk__in=[row.pk for row in begun]).update(begun_told_at=at)
        Absence.objects.filter(pk__in=[row.pk for row in over]).update(over_told_at=at)
        put_many(words, at=at)
    return Tally(len(words), len(words))


def _word(code: str, absence: Absence, to: Person, held: dict[int, int]) -> Word:
    params = {"name": absence.person.name, "n": held.get(absence.person_id, 0)}
    return Word(code, f"{code}:{absence.pk}:{to.pk}", to, About(ABSENCE, absence.pk), params=params)
