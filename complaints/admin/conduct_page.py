"""Who broke which rule of conduct, and what education followed: for who leads, who audits, and each for themselves.

Accountability and education for staff at fault (S-TAB-22). Nothing is kept twice: faults are findings on cases and
marked exchanges, education is a measure that concerns a person.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casemgmt.adminkit.moment import moment
from casemgmt.adminkit.own_pages import drawn, register_page
from casemgmt.adminkit.pages import Link
from casemgmt.adminkit.refused_rights import RightRefused
from casemgmt.people.models import Person
from casemgmt.refusing import page as refusal_page
from complaints.admin.base import action_url, case_url, visible_cases
from complaints.admin.landing.breaches import breach_in_words
from complaints.admin.landing.load import members
from complaints.models import Complaint, ComplaintSubject, Contact, ImprovementAction
from complaints.roles import AUDITORS, OPERATIONS, STAFF, SUPERVISORS, groups_of
from complaints.states import TaskState
from complaints.vocabulary import Direction, MeasureKind, Verdict
from policies.lookup import policies_in_words

SPAN = timedelta(days=365)
MOST_READ = 5_000
LINES_SHOWN = 200
AT_FAULT = (Verdict.SUBSTANTIATED, Verdict.PARTLY_SUBSTANTIATED)
FAULT, CALLING, WORDING, EDUCATION = "fault", "calling", "wording", "education"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing on record about a person: a finding, a rule of calling or words that was broken, or education.

    `case` is None where the reader may not know of which case it is. `is_open`: education that is still to be given.
    """

    person_id: int
    sort: str
    at: datetime
    words: str
    case: Complaint | None = None
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A member of staff with the counts of a year; `open_education` is set and not given yet."""

    name: str
    url: str
    counts: tuple[int, ...]
    open_education: int
    last: datetime | None

    @property
    def columns(self) -> list[tuple[str, int]]:
        """The counts, each under the heading of its column."""
        return list(zip(sort_names().values(), self.counts, strict=True))


def faults_of(cases, people: Iterable[int], at: datetime) -> list[Line]:
    """Complaints about these people that proved true, on the cases given, whole or in part."""
    rows = ComplaintSubject.objects.filter(
        case__in=cases, person__in=people, lifted_at__isnull=True, finding__in=AT_FAULT, named_at__gte=at - SPAN
    )
    return [
        Line(row.person_id, FAULT, row.named_at, str(row.get_finding_display()), row.case)
        for row in rows.select_related("case").order_by("-named_at")[:MOST_READ]
    ]


def broken_rules(cases, people: Iterable[int], at: datetime) -> list[Line]:
    """Exchanges that these people recorded and that broke a rule of calling or of words."""
    said = Contact.objects.filter(
        case__in=cases, recorded_by__in=people, direction=Direction.OUTGOING, occurred_at__gte=at - SPAN
    ).select_related("case", "breach_reason")
    calls = said.exclude(breach="").order_by("-occurred_at")[:MOST_READ]
    found = [Line(row.recorded_by_id, CALLING, row.occurred_at, breach_in_words(row), row.case) for row in calls]
    written = [
        (row, [place["policy"] for place in row.working["wording"] if place.get("breach")])
        for row in said.filter(working__has_key="wording").order_by("-occurred_at")[:MOST_READ]
    ]
    titles = policies_in_words(policy for _row, broken in written for policy in broken)
    for row, broken in written:
        if broken:
            named = _(", ").join(dict.fromkeys(titles[policy].title for policy in broken if policy in titles))
            found.append(Line(row.recorded_by_id, WORDING, row.occurred_at, named, row.case))
    return found


def education_of(cases, people: Iterable[int], at: datetime) -> list[Line]:
    """Education that was set for these people: what, and once it was given what came of it."""
    rows = ImprovementAction.objects.filter(
        case__in=cases, kind=MeasureKind.STAFF_EDUCATION, person_concerned__in=people, set_at__gte=at - SPAN
    ).exclude(state=TaskState.CANCELLED)
    return [
        Line(
            row.person_concerned_id,
            EDUCATION,
            row.set_at,
            " → ".join(str(words) for words in (row.what, row.result) if words is not None),
            row.case,
            is_open=row.state == TaskState.OPEN,
        )
        for row in rows.select_related("case", "what", "result").order_by("-set_at")[:MOST_READ]
    ]


def record_of(cases, people: Iterable[int], at: datetime) -> list[Line]:
    """Everything on record about these people within a year, the newest first."""
    people = list(people)
    found = faults_of(cases, people, at) + broken_rules(cases, people, at) + education_of(cases, people, at)
    return sorted(found, key=lambda line: line.at, reverse=True)


def own_record(request, at: datetime) -> list[Line]:
    """What is on record about the viewer: their own exchanges, and of complaints about them the bare result.

    Nobody sees a case about themselves: of such a case neither number nor words are told, and nothing at all before
    it has ended. Education that was set for them is told with its state alone.
    """
    me = [request.user.pk]
    about_me = Complaint.objects.filter(subjects__person=request.user, subjects__lifted_at__isnull=True)
    ended = about_me.exclude(pk__in=Complaint.objects.open().values("pk"))
    hidden = [
        Line(line.person_id, line.sort, line.at, line.words if line.sort == FAULT else "", None, line.is_open)
        for line in (*faults_of(ended, me, at), *education_of(ended, me, at))
    ]
    seen = visible_cases(request)
    found = hidden + broken_rules(seen, me, at) + education_of(seen, me, at)
    return sorted(found, key=lambda line: line.at, reverse=True)


def sort_names() -> dict[str, str]:
    """What each sort of line is called."""
    return {
        FAULT: _("complaint about the person that proved true"),
        CALLING: _("rule of calling broken"),
        WORDING: _("words against the policy"),
        EDUCATION: _("education"),
    }


def drawn_lines(lines: list[Line], *, person: Person | None, may_open: bool) -> list[dict]:
    """The lines as the page shows them; who leads is led to the record of education on the same case."""
    names = sort_names()
    educated = {line.case.pk for line in lines if line.sort == EDUCATION and line.case}
    return [
        {
            "at": line.at,
            "sort": names[line.sort],
            "words": line.words,
            "state": "" if line.sort != EDUCATION else _("to be given") if line.is_open else _("given"),
            "case": Link(line.case.case_number, case_url(line.case.pk)) if line.case and may_open else None,
            "deed": _deed(line, person) if person and line.case and line.case.pk not in educated else None,
        }
        for line in lines[:LINES_SHOWN]
    ]


def _deed(line: Line, person: Person) -> Link | None:
    if line.sort == EDUCATION or not line.case.is_open:
        return None
    address = f"{action_url(line.case, 'set-improvement')}?kind={MeasureKind.STAFF_EDUCATION}"
    return Link(_("Set education"), f"{address}&person_concerned_id={person.pk}", sheet=True)


def people_seen(request, at: datetime) -> dict[int, Person]:
    """Whose record the viewer may read: who leads, of the own teams and never themselves; auditors, of all staff."""
    groups = groups_of(request.user)
    if AUDITORS in groups:
        people = Person.objects.filter(is_service=False, groups__name__in=[STAFF, SUPERVISORS, OPERATIONS]).distinct()
    elif SUPERVISORS in groups:
        people = members(request, at)
    else:
        people = ()
    return {person.pk: person for person in people if person.pk != request.user.pk}


def rows_of(lines: list[Line], people: dict[int, Person]) -> list[PersonRow]:
    """A row for each person, those with most faults first."""
    by_person: dict[int, list[Line]] = {pk: [] for pk in people}
    for line in lines:
        by_person[line.person_id].append(line)
    rows = []
    for pk, found in by_person.items():
        counts = Counter(line.sort for line in found)
        rows.append(
            PersonRow(
                name=people[pk].name,
                url=f"{reverse('desk:conduct')}?person={pk}",
                counts=tuple(counts[sort] for sort in (FAULT, CALLING, WORDING, EDUCATION)),
                open_education=sum(line.is_open for line in found),
                last=max((line.at for line in found if line.sort != EDUCATION), default=None),
            )
        )
    return sorted(rows, key=lambda row: (-sum(row.counts[:3]), row.name))


def may_see_conduct(person) -> bool:
    """Everybody who deals with customers sees at least their own."""
    return bool(groups_of(person) & {STAFF, SUPERVISORS, OPERATIONS, AUDITORS})


@require_safe
def conduct_view(request):
    """The own record; for who leads or audits that of others, one by one with `person`, which must be one of theirs."""
    if not may_see_conduct(request.user):
        raise RightRefused("conduct")
    asked = request.GET.get("person", "")
    if set(request.GET) - {"person"} or (asked and not asked.isdecimal()) or len(asked) > 18:
        return refusal_page(400, _("The value of the filter is not valid."))
    at = moment(request)
    people = people_seen(request, at)
    if asked and int(asked) not in people:
        if not people:
            raise RightRefused("conduct")
        raise Http404
    context = {"title": _("Conduct"), "now": at, "names": sort_names().values()}
    if asked:
        person = people[int(asked)]
        lines = record_of(visible_cases(request), [person.pk], at)
        leads = person if SUPERVISORS in groups_of(request.user) else None
        context |= {"person": person, "lines": drawn_lines(lines, person=leads, may_open=True)}
    else:
        context |= {
            "rows": rows_of(record_of(visible_cases(request), people, at), people) if people else [],
            "own": drawn_lines(own_record(request, at), person=None, may_open=True),
            "has_own": AUDITORS not in groups_of(request.user),
        }
    return drawn(request, "complaints/conduct.html", context)


register_page("conduct/", conduct_view, "conduct")
