"""The admin of promises: what each person and department owes, how old it is, and which customer is to be told."""

from django.contrib import admin
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit import cells
from casemgmt.adminkit.pages import ClockCard
from casemgmt.adminkit.worklist import Queue
from casemgmt.people.models import DepartmentKind
from complaints.actions.tasking import department_of
from complaints.admin import buttons
from complaints.admin.paperwork import ALL_ROWS, WorkAdmin
from complaints.models import Commitment, Contact
from complaints.states import ENDED, CommitmentState
from complaints.vocabulary import Direction

OVER = (CommitmentState.KEPT, CommitmentState.KEPT_LATE, CommitmentState.RELEASED)
KEPT = (CommitmentState.KEPT, CommitmentState.KEPT_LATE)


def _open(rows, request, at):
    return rows.filter(state=CommitmentState.OPEN)


def _broken(rows, request, at):
    return rows.filter(state=CommitmentState.BROKEN)


def _mine(rows, request, at):
    return rows.filter(owner=request.user).exclude(state__in=OVER)


def _of_my_department(rows, request, at):
    department = department_of(request.user)
    own = Q(department=department, department__isnull=False) | Q(owner=request.user)
    return rows.filter(own).exclude(state__in=OVER)


def _untold(rows, request, at):
    """Kept in an open case, and nothing went out to the customer since (S-FUP-10)."""
    spoken = Contact.objects.filter(
        case=OuterRef("case"), direction=Direction.OUTGOING, occurred_at__gte=OuterRef("kept_at")
    )
    kept = rows.filter(state__in=KEPT, grant__isnull=True).exclude(case__state__in=ENDED)
    return kept.filter(~Exists(spoken))


OPEN = Queue("open", _("Open"), _open)
BROKEN = Queue("broken", _("Broken"), _broken, is_late=True)
MINE = Queue("mine", _("Mine"), _mine)
DEPARTMENT = Queue(
    "department",
    _("My department"),
    _of_my_department,
    when_empty=_("Your department owes nothing to any customer just now."),
)
UNTOLD = Queue(
    "untold",
    _("Kept, customer not told"),
    _untold,
    when_empty=_("Whatever was kept, the customer has heard of."),
)


@admin.register(Commitment)
class CommitmentAdmin(WorkAdmin):
    """Promises: due, broken, of my own, of my department; the one that is due first stands first."""

    anchor = "promises"
    empty_words = _("No promise in this list. It is made on a case, or when a plan is carried out.")
    case_actions = buttons.COMMITMENT
    list_display = ["case_cell", "what", "owner_cell", "state_cell", "age_cell", "due_cell"]
    list_select_related = ["case__customer__key", "owner", "department", "what"]
    ordering = [F("due_at").asc(), "pk"]
    queues = (OPEN, BROKEN, MINE, DEPARTMENT, UNTOLD, ALL_ROWS)

    def queues_for(self, request):
        """Who carries promises out for customer service sees first what the own department owes."""
        team = request.user.team
        if team is None or team.department.kind == DepartmentKind.CUSTOMER_SERVICE:
            return self.queues
        return (DEPARTMENT, BROKEN, MINE, OPEN, UNTOLD, ALL_ROWS)

    @admin.display(description=_("Who sees to it"))
    def owner_cell(self, row):
        """The owner, and the department that carries it out."""
        return cells.two_lines(row.owner.name, str(row.department or ""))

    @admin.display(description=_("Made"))
    def age_cell(self, row):
        """How old the promise is."""
        return cells.moment_of(row.made_at)

    @admin.display(description=_("Due"))
    def due_cell(self, row):
        """Until when, in words."""
        return cells.deadline(ClockCard("", row.due_at) if row.state not in OVER else None)
