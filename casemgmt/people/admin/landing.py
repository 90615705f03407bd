"""The landing page of administrators: people without a place, who is locked out, and whether the house runs."""

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from casemgmt import operation
from casemgmt.adminkit.counting import counts_of
from casemgmt.adminkit.frame import register_landing
from casemgmt.adminkit.landings import Count, Landing, Pile, PileRow
from casemgmt.adminkit.moment import moment
from casemgmt.adminkit.pages import Fact, FactGroup, Link
from casemgmt.adminkit.templatetags.desk import span_in_words
from casemgmt.models import OutboxMessage
from casemgmt.people.groups import GroupName
from casemgmt.people.models import NumberChange, NumberChangeState, Person, RightsChange, RightsChangeState
from casemgmt.people.one_person import likely_twins
from casemgmt.sweep_words import SWEEP_LABELS

SHOWN = 6


def landing_of(request) -> Landing | None:
    """For administrators alone: they keep people and places, and see no cases."""
    if not request.user.groups.filter(name=GroupName.ADMINISTRATORS).exists():
        return None
    at = moment(request)
    people = Person.objects.filter(is_active=True, is_service=False).order_by("name", "pk")
    needs_team = Q(groups__name__in=[GroupName.STAFF, GroupName.SUPERVISORS, GroupName.OPERATIONS])
    heaps = {
        "no_team": people.filter(needs_team, team__isnull=True).distinct(),
        "no_role": people.filter(groups__isnull=True, is_superuser=False),
        "twins": likely_twins().order_by("name", "pk"),
        "appointments": RightsChange.objects.filter(state=RightsChangeState.PROPOSED),
        "numbers": NumberChange.objects.filter(state=NumberChangeState.PROPOSED),
        "locked": AccessAttempt.objects.filter(
            failures_since_start__gte=settings.AXES_FAILURE_LIMIT, attempt_time__gt=at - settings.AXES_COOLOFF_TIME
        ),
        "letters": OutboxMessage.objects.filter(failed_at__isnull=False),
    }
    counts = counts_of(heaps)
    everybody = reverse("admin:people_person_changelist")
    appointments = reverse("admin:people_rightschange_changelist")
    numbers = reverse("admin:people_numberchange_changelist")
    messages = reverse("admin:casemgmt_outboxmessage_changelist")
    health = reverse("desk:help_chapter", args=["administrators"])
    return Landing(
        title=_("My desk"),
        counts=(
            Count(_("People without a team"), counts["no_team"], everybody, is_late=True),
            Count(_("People without a role"), counts["no_role"], everybody),
            Count(_("Perhaps one person with two accounts"), counts["twins"], everybody),
            Count(_("Appointments to decide"), counts["appointments"], appointments),
            Count(_("Staff numbers to decide"), counts["numbers"], numbers),
            Count(_("Locked-out sign-ins"), counts["locked"], health, note=_("they open by themselves")),
            Count(_("Messages given up"), counts["letters"], f"{messages}?stands=dead", is_late=True),
        ),
        piles=tuple(
            Pile(
                title, tuple(_row(person) for person in heaps[name][:SHOWN]), counts[name], Link(_("People"), everybody)
            )
            for name, title in (
                ("no_team", _("People without a team")),
                ("no_role", _("People without a role")),
                ("twins", _("Perhaps one person with two accounts")),
            )
            if counts[name]
        ),
        cards=(_running(at),),
        buttons=(Link(_("People"), everybody, icon="group"),),
        nothing_to_do=""
        if counts["no_team"] or counts["no_role"] or counts["twins"]
        else _("Everybody has a team and a role."),
    )


def _row(person: Person) -> PileRow:
    url = reverse("admin:people_person_change", args=[person.pk])
    return PileRow(title=person.name, url=url, note=person.username, deed=Link(_("Put it right"), url))


def _running(at) -> FactGroup:
    """Which sweeps have not ended for too long, and the way to the page that says more."""
    runs = operation.last_runs()
    late = [run for run in runs if run.is_late(at)]
    facts = tuple(Fact(SWEEP_LABELS.get(run.name, run.name), _age(run, at)) for run in late)
    link = Link(_("How the house runs"), reverse("desk:operation"))
    if not any(run.completed for run in runs):
        return FactGroup(
            _("Sweeps"), quote=_("No sweep has run yet: reminders and escalations stand still."), link=link
        )
    return FactGroup(
        _("Sweeps"), facts=facts, note="" if late else _("Every sweep ended within the last minutes."), link=link
    )


def _age(run, at) -> str:
    if run.completed is None:
        return _("never")
    return _("%(span)s ago: too old") % {"span": span_in_words(at - run.completed.finished_at)}


register_landing(landing_of)
