"""The register of a shift as it stands: what one person has on hand, promised and to do, for who takes over next."""

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casemgmt.adminkit.counting import in_short
from casemgmt.adminkit.moment import moment
from casemgmt.adminkit.own_pages import drawn, register_page
from casemgmt.adminkit.pages import FactGroup, Link, Piece, Tab
from casemgmt.adminkit.refused_rights import RightRefused
from casemgmt.adminkit.templatetags.desk import instant
from casemgmt.exporting import in_csv
from casemgmt.people.models import Person
from casemgmt.refusing import page as refusal_page
from complaints.admin.base import visible_cases
from complaints.admin.handovers import handover_url, handovers_of, sent_csv, waits_for, with_lines_seen
from complaints.admin.shift_words import COLUMNS, rows_now
from complaints.models import Handover
from complaints.roles import AUDITORS, STAFF, SUPERVISORS, acts_as, day_of, groups_of, may, teams_of
from complaints.shift_register import held_by
from policies.lookup import policies_read_once

ROWS_SHOWN = 100
EARLIER_SHOWN = 5
PARAMETERS = frozenset({"person", "as"})
FORMATS = ("", "csv", "paper")


def people_seen(request) -> list[Person]:
    """Whose register the viewer reads: their own, of whom they stand in for, of the teams they lead; auditors all."""
    groups, on = groups_of(request.user), day_of(moment(request))
    handlers = Person.objects.filter(groups__name__in=[STAFF, SUPERVISORS], is_active=True, is_service=False)
    if not (request.user.is_superuser or AUDITORS in groups):
        own = acts_as(request.user, on)
        leads = SUPERVISORS in groups
        found = handlers.filter(team__in=teams_of(request.user, on)) if leads else handlers.filter(pk__in=own)
        handlers = found | handlers.filter(pk__in=own)
    return list(handlers.distinct().order_by("name", "pk"))


def _asked(request, people) -> tuple[Person | None, str] | None:
    """Whose register, and how it is wanted; None when the address makes no sense. Raises Http404 for a stranger."""
    given = request.GET
    key, wanted = given.get("person", ""), given.get("as", "")
    if set(given) - PARAMETERS or wanted not in FORMATS:
        return None
    if key and not (key.isascii() and key.isdecimal() and len(key) < 19):
        return None
    known = {person.pk: person for person in people}
    if key and int(key) not in known:
        raise Http404
    own = known.get(request.user.pk)
    return known[int(key)] if key else own or next(iter(people), None), wanted


def register_url(person: Person | None = None, wanted: str = "") -> str:
    """The register of a person, as a page, on paper or as a table."""
    parts = [f"person={person.pk}" if person else "", f"as={wanted}" if wanted else ""]
    query = "&".join(filter(None, parts))
    return reverse("desk:register") + (f"?{query}" if query else "")


@require_safe
def register_view(request):
    """For who handles, leads or audits. Another person's register is 404 for who may not read it."""
    if not (request.user.is_superuser or groups_of(request.user) & {STAFF, SUPERVISORS, AUDITORS}):
        raise RightRefused("register")
    people = people_seen(request)
    asked = _asked(request, people)
    if asked is None:
        return refusal_page(400, _("The value of the filter is not valid."))
    person, wanted = asked
    at = moment(request)
    with policies_read_once():
        cases = held_by(person.pk if person else 0).filter(pk__in=visible_cases(request).values("pk"))
        rows = rows_now(cases[:ROWS_SHOWN])
        if wanted == "csv":
            about = [(_("Handover register"), person.name if person else ""), (_("exported by"), request.user.name)]
            return sent_csv(list(in_csv(rows, COLUMNS, about)), "register.csv")
    is_own = person is not None and person.pk == request.user.pk
    may_give = person is not None and may(request.user, "case.hand_over", on=day_of(at))
    add = reverse("admin:complaints_handover_add") + ("" if is_own or person is None else f"?giver={person.pk}")
    context = {
        "title": _("Handover register"),
        "now": at,
        "person": person,
        "rows": rows,
        "is_cut": len(rows) == ROWS_SHOWN,
        "tabs": [
            Tab(other.name, register_url(other), is_active=person is not None and other.pk == person.pk)
            for other in people
        ]
        if len(people) > 1
        else [],
        "give": Link(_("Hand over"), add, icon="swap_horiz") if may_give and rows else None,
        "groups": _beside(request, at),
        "csv_url": register_url(person, "csv"),
        "paper_url": register_url(person, "paper"),
        "back_url": register_url(person),
    }
    template = "complaints/handover_paper.html" if wanted == "paper" else "complaints/shift_register.html"
    return drawn(request, template, context)


def _beside(request, at) -> list[FactGroup]:
    waiting = [_piece(row, at) for row in with_lines_seen(request, waits_for(request)).order_by("given_at", "pk")]
    earlier = with_lines_seen(request, handovers_of(request)).order_by("-given_at", "-pk")[:EARLIER_SHOWN]
    pieces = tuple(_piece(row, at) for row in earlier if row.lines_seen)
    everything = Link(_("All of them"), reverse("admin:complaints_handover_changelist"))
    groups = [FactGroup(_("Waiting for you"), pieces=tuple(waiting), count=len(waiting))] if waiting else []
    return [
        *groups,
        FactGroup(
            _("Earlier handovers"),
            pieces=pieces,
            quote="" if pieces else _("No shift was handed over yet."),
            link=everything if pieces else None,
        ),
    ]


def _piece(row: Handover, at) -> Piece:
    to = row.given_to.name if row.given_to else str(row.team)
    told = _("%(when)s: %(done)s of %(all)s answered") % {
        "when": instant(row.given_at, at),
        "done": row.lines_seen - row.lines_waiting,
        "all": row.lines_seen,
    }
    return Piece(f"{row.given_by.name} → {to}", told, handover_url(row))


def waiting_count(request) -> str:
    """How many handovers wait for the viewer, in short; "" for none."""
    n = waits_for(request).count()
    return str(in_short(n)) if n else ""


register_page("register/", register_view, "register")
