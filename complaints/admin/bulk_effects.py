"""What a bulk run brings about beside the change itself, which nobody asked about and everybody would want to know."""

from collections import Counter

from django.db.models import Count
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casemgmt.people.models import Person, Substitution
from complaints.models import BulkLine, BulkRun, Commitment, Complaint, FollowUpCall
from complaints.roles import day_ends_at, day_of, teams_of
from complaints.rules.bulk import is_heavy
from complaints.states import CaseState, CommitmentState

Kind = BulkRun.Kind
OF_HANDS = (Kind.ASSIGN, Kind.TAKE, Kind.SHARE, Kind.MOVE)
LONG_LISTS = 5


def effects_of(run: BulkRun, lines, at) -> tuple[list[str], list[str]]:
    """Warnings first, then plain facts, in the reader's language; for the lines that will change. Few queries."""
    if run.kind == Kind.REMIND:
        return [], [_reminders(lines)]
    if run.kind not in OF_HANDS:
        return [], []
    cases = Complaint.objects.filter(pk__in=lines.values("case"))
    shares = Counter(lines.exclude(handler=None).order_by().values_list("handler", flat=True))
    people = {person.pk: person for person in Person.objects.filter(pk__in=shares).select_related("team")}
    warnings = [*_absences(people, at), *_heavy_loads(people, shares), *_urgent(cases, at)]
    facts = [*_shares(people, shares), *_what_goes_along(cases), *_beside(run, lines, cases, at)]
    return warnings, facts


def _reminders(lines) -> str:
    people = lines.order_by().values("case__handler").distinct().count()
    return ngettext(
        "%(n)s handler gets a notice for each of their cases.",
        "%(n)s handlers get a notice for each of their cases.",
        people,
    ) % {"n": people}


def _absences(people, at):
    on = day_of(at)
    away = Substitution.objects.in_force(on).filter(stands_in_for__in=people).select_related("person")
    for row in away:
        yield _("%(name)s is away until %(day)s; %(other)s stands in.") % {
            "name": people[row.stands_in_for_id].name,
            "day": date_format(row.ends_on, "SHORT_DATE_FORMAT"),
            "other": row.person.name,
        }


def _heavy_loads(people, shares):
    teams = {person.team_id for person in people.values()}
    everybody = Person.objects.filter(team__in=teams, is_active=True, is_service=False).values_list("pk", "team_id")
    open_cases = dict(
        Complaint.objects.open()
        .filter(handler__in=[key for key, _team in everybody])
        .order_by()
        .values_list("handler")
        .annotate(Count("pk"))
    )
    for key, person in people.items():
        load = open_cases.get(key, 0) + shares[key]
        colleagues = [open_cases.get(other, 0) for other, team in everybody if team == person.team_id and other != key]
        if is_heavy(load, colleagues):
            yield _("%(name)s would have %(load)s open cases, more than twice what the colleagues carry.") % {
                "name": person.name,
                "load": load,
            }


def _urgent(cases, at):
    late = cases.filter(next_due_at__lt=at).count()
    today = cases.filter(next_due_at__gte=at, next_due_at__lt=day_ends_at(at)).count()
    if late:
        yield ngettext("%(n)s of them is overdue.", "%(n)s of them are overdue.", late) % {"n": late}
    if today:
        yield ngettext("%(n)s of them is due today.", "%(n)s of them are due today.", today) % {"n": today}


def _shares(people, shares):
    if len(shares) > 1:
        named = [f"{people[key].name} {count}" for key, count in shares.most_common(LONG_LISTS)]
        yield _("Shared out: %(shares)s.") % {"shares": _(", ").join(named)}


def _what_goes_along(cases):
    promises = Commitment.objects.filter(
        case__in=cases, owner__isnull=False, state__in=[CommitmentState.OPEN, CommitmentState.BROKEN]
    ).count()
    calls = FollowUpCall.objects.filter(case__in=cases, owner__isnull=False, ended_at__isnull=True).count()
    if promises:
        yield ngettext(
            "%(n)s open promise stands on these cases; the handler's own go along.",
            "%(n)s open promises stand on these cases; the handlers' own go along.",
            promises,
        ) % {"n": promises}
    if calls:
        yield ngettext(
            "%(n)s follow-up call stands on these cases; the handler's own go along.",
            "%(n)s follow-up calls stand on these cases; the handlers' own go along.",
            calls,
        ) % {"n": calls}


def _beside(run, lines, cases, at):
    begun = cases.filter(state=CaseState.REGISTERED).count() if run.kind != Kind.MOVE or run.handler_ids else 0
    if begun:
        yield ngettext(
            "The first assessment begins for %(n)s case.", "The first assessment begins for %(n)s cases.", begun
        ) % {"n": begun}
    if run.kind != Kind.TAKE:
        told = lines.filter(handler__isnull=False).exclude(handler=run.made_by_id).count()
        if told:
            yield ngettext("%(n)s notice goes out.", "%(n)s notices go out.", told) % {"n": told}
    if run.kind == Kind.MOVE and run.to_team_id not in teams_of(run.made_by, day_of(at)):
        yield _("The team is not the maker's own, who no longer sees these cases afterwards.")
    if run.kind == Kind.SHARE:
        yield _("The rule is asked again when each case has its turn; the result names whom it went to.")
    yield _("Deadlines, promises and the number of calls stay as they are.")


def lines_seen_by(run: BulkRun, viewer):
    """The cases of a run for this viewer: never one that is about them, and not in the counts either."""
    return BulkLine.objects.filter(run=run, case__in=Complaint.objects.not_about(viewer).order_by().values("pk"))
