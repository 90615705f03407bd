"""Being away: entered by oneself or by who leads, with somebody to stand in, ended early, or called off."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.people.away import (
    AbsenceFacts,
    SubstituteFacts,
    violations_in_absence,
    violations_in_ending,
    violations_in_substitute,
)
from casemgmt.people.groups import GroupName
from casemgmt.people.models import Absence, Person, Substitution
from casemgmt.people.queries import group_names_of, teams_acted_for
from casemgmt.violations import Violation, demand

RIGHT = "people.enter_absence"
HANDLERS = (GroupName.STAFF, GroupName.SUPERVISORS)
ONE_DAY = timedelta(days=1)


def local_day(at: datetime) -> date:
    """The day of an instant where the shop works."""
    return at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def may_enter_for(by: Person, person: Person, *, on: date) -> bool:
    """Whether somebody enters and ends absences of this person: their own, or as who leads the person's team."""
    if not by.has_perm(RIGHT):
        return False
    leads = by.is_superuser or GroupName.SUPERVISORS in group_names_of(by)
    return by.pk == person.pk or (leads and person.team_id in teams_acted_for(by, on))


def possible_substitutes(person: Person):
    """Who can stand in at all: active colleagues who handle cases, by name."""
    people = Person.objects.filter(is_active=True, is_service=False, groups__name__in=HANDLERS)
    return people.exclude(pk=person.pk).distinct().order_by("name", "pk")


def _locked(ids) -> dict[int, Person]:
    """The people by id, locked in the order of their ids: two absences that name each other do not pass together."""
    rows = Person.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=set(ids) - {None})
    return {person.pk: person for person in rows.order_by("pk")}


def _demand_right(by: Person, person: Person | None, at: datetime) -> None:
    if person is None or not may_enter_for(by, person, on=local_day(at)):
        raise PermissionDenied(RIGHT)


def _violations_in_dates(person: Person, first: date, last: date, at: datetime):
    relied_on = Substitution.objects.touching(first, last).filter(person=person).select_related("stands_in_for").first()
    yield from violations_in_absence(
        AbsenceFacts(
            starts_on=first,
            ends_on=last,
            today=local_day(at),
            is_away_then=Absence.objects.touching(first, last).filter(person=person).exists(),
            stands_in_for=relied_on.stands_in_for.name if relied_on else "",
        )
    )


def _violations_in_naming(person: Person, substitute: Person | None, wanted: int | None, first: date, last: date):
    is_away = wanted is not None and (
        Absence.objects.touching(first, last).filter(person=wanted).exists()
        or Substitution.objects.touching(first, last).filter(stands_in_for=wanted).exists()
    )
    can_handle = substitute is not None and possible_substitutes(person).filter(pk=substitute.pk).exists()
    yield from violations_in_substitute(
        SubstituteFacts(person=person.pk, substitute=wanted, can_handle=can_handle, is_away_then=is_away)
    )


@transaction.atomic
def enter_absence(
    _new: int | None,
    *,
    by: Person,
    at: datetime,
    starts_on: date,
    ends_on: date,
    person_id: int | None = None,
    substitute_id: int | None = None,
) -> Absence:
    """Somebody will be away on these days, and somebody else stands in for them meanwhile.

    For oneself, or by supervisors for their teams (PermissionDenied otherwise). Raises RuleBroken with everything
    that is wrong; the same days a second time are refused.
    """
    wanted = person_id or by.pk
    people = _locked([wanted, substitute_id])
    person, substitute = people.get(wanted), people.get(substitute_id)
    _demand_right(by, person, at)
    demand(
        _violations_in_dates(person, starts_on, ends_on, at),
        _violations_in_naming(person, substitute, substitute_id, starts_on, ends_on),
    )
    with signed(by=by, reason="absence.entered", at=at):
        return Absence.objects.create(
            person=person,
            starts_on=starts_on,
            ends_on=ends_on,
            substitution=_stand_in(substitute, person, starts_on, ends_on),
            entered_by=by,
            entered_at=at,
        )


def _stand_in(substitute: Person | None, person: Person, first: date, last: date) -> Substitution | None:
    if substitute is None:
        return None
    known = Substitution.objects.filter(person=substitute, stands_in_for=person, starts_on=first).first()
    row = known or Substitution(person=substitute, stands_in_for=person, starts_on=first)
    row.ends_on, row.called_off_at = last, None
    row.save()
    return row


def why_not_end(absence: Absence, *, by: Person, at: datetime) -> list[Violation]:
    """What stands against ending or changing this absence now."""
    today = local_day(at)
    return list(
        violations_in_ending(ends_on=absence.ends_on, today=today, is_called_off=absence.called_off_at is not None)
    )


def _open_absence(absence_id: int, by: Person, at: datetime, *others: int | None) -> Absence:
    seen = Absence.objects.only("person_id").get(pk=absence_id)
    _locked([seen.person_id, *others])
    absence = Absence.objects.select_related("person", "substitution").get(pk=absence_id)
    _demand_right(by, absence.person, at)
    demand(why_not_end(absence, by=by, at=at))
    return absence


def _end(row: Absence | Substitution, today: date, at: datetime) -> None:
    """The last day is yesterday; what would have begun today or later never was."""
    if row.starts_on >= today:
        row.called_off_at = at
    else:
        row.ends_on = min(row.ends_on, today - ONE_DAY)
    row.save()


@transaction.atomic
def end_absence(absence_id: int, *, by: Person, at: datetime) -> Absence:
    """Back today, or not away at all: what was handed to the substitute's lists returns. The second time is refused."""
    absence = _open_absence(absence_id, by, at)
    today = local_day(at)
    with signed(by=by, reason="absence.ended", at=at):
        if absence.substitution is not None:
            _end(absence.substitution, today, at)
        _end(absence, today, at)
    return absence


@transaction.atomic
def name_substitute(absence_id: int, *, by: Person, at: datetime, substitute_id: int | None = None) -> Absence:
    """Somebody else stands in from today on, or from the first day of an absence to come; None: nobody any more."""
    absence = _open_absence(absence_id, by, at, substitute_id)
    today = local_day(at)
    first, last = max(absence.starts_on, today), absence.ends_on
    substitute = Person.objects.filter(pk=substitute_id).first()
    demand(
        _violations_in_naming(absence.person, substitute, substitute_id, first, last),
        _violations_in_the_same(absence, substitute_id),
    )
    with signed(by=by, reason="absence.substitute_named", at=at):
        if absence.substitution is not None:
            _end(absence.substitution, today, at)
        absence.substitution = _stand_in(substitute, absence.person, first, last)
        absence.begun_told_at = None
        absence.save()
    return absence


def _violations_in_the_same(absence: Absence, substitute_id: int | None):
    if absence.substitution is not None and absence.substitution.person_id == substitute_id:
        yield Violation("absence.substitute_is_named", "substitute_id")
