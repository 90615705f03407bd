"""The admin of the paperwork of cases: lists that people work from; each row is read where its case stands."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit import cells
from casemgmt.adminkit.pages import ClockCard, StateChip
from casemgmt.adminkit.worklist import Queue, QueueFilter, WorkListMixin
from complaints.admin import buttons
from complaints.admin.base import CasePartAdmin, action_url
from complaints.admin.escalation_words import why_raised
from complaints.admin.evidence_files import EvidenceFiles
from complaints.admin.exports import EscalationExport
from complaints.admin.refusal_why import RefusalWhy
from complaints.admin.weighing_pages import PlanWhy
from complaints.models import (
    ComplaintSubject,
    DepartmentTask,
    Escalation,
    Evidence,
    EvidenceRequest,
    FollowUpCall,
    HandlingPlan,
    ImprovementAction,
    RefusalProposal,
)
from complaints.rules.following_up import is_dissatisfied
from complaints.states import EscalationState, FollowUpState, RefusalState, TaskState


class WorkAdmin(WorkListMixin, CasePartAdmin):
    """A list of paperwork to work from; the first column leads to the case."""

    list_filter = [QueueFilter]
    list_select_related = ["case__customer__key"]
    sortable_by = []

    @admin.display(description=_("Case"))
    def case_cell(self, row):
        """The case and its customer, masked."""
        return cells.two_lines(row.case.case_number, str(row.case.customer or ""))

    @admin.display(description=_("State"))
    def state_cell(self, row):
        """The state in words."""
        return cells.state_chip(StateChip(row.get_state_display()))


def in_states(*states):
    """Narrows a queue to these states."""
    return lambda rows, request, at: rows.filter(state__in=states)


def _everything(rows, request, at):
    return rows


ALL_ROWS = Queue("all", _("All"), _everything, is_counted=False)


@admin.register(RefusalProposal)
class RefusalAdmin(RefusalWhy, WorkAdmin):
    """Refusals that wait for a second person."""

    anchor = "refusals"
    empty_words = _("No refusal in this list. It is proposed on the page of a case, when the ladder is walked.")
    case_actions = buttons.REFUSAL
    list_display = ["case_cell", "explanation", "proposed_by", "state_cell"]
    list_select_related = ["case__customer__key", "proposed_by", "explanation"]
    queues = (Queue("approval", _("Awaiting approval"), in_states(RefusalState.PROPOSED)), ALL_ROWS)


@admin.register(FollowUpCall)
class FollowUpAdmin(WorkAdmin):
    """Follow-ups: on the list now, and to come."""

    anchor = "follow-ups"
    empty_words = _("No follow-up in this list. One is planned by itself when a plan is carried out, or on the case.")
    case_actions = buttons.FOLLOW_UP
    list_display = ["case_cell", "channel", "owner", "state_cell", "due_cell"]
    list_select_related = ["case__customer__key", "owner"]
    queues = (
        Queue("now", _("Due now"), in_states(FollowUpState.DUE, FollowUpState.REACHED)),
        Queue("mine", _("Mine"), lambda rows, request, at: rows.filter(owner=request.user, ended_at__isnull=True)),
        Queue("scheduled", _("Scheduled"), in_states(FollowUpState.SCHEDULED, FollowUpState.NO_ANSWER)),
        Queue(
            "suggestions",
            _("With a suggestion"),
            lambda rows, request, at: rows.filter(suggestion__isnull=False),
            is_counted=False,
            when_empty=_("No customer made a suggestion in a follow-up."),
        ),
        ALL_ROWS,
    )

    def url_after(self, request, row, result):
        """A customer who is not content is looked into next, unless somebody decides otherwise there."""
        after = super().url_after(request, row, result)
        is_result = isinstance(result, FollowUpCall) and result.state == FollowUpState.DONE
        if not is_result or not is_dissatisfied(result.satisfaction, result.solved):
            return after
        case = self.case_of(row)
        may = not result.reply and case.is_open and self.has_right(request, "case.handle", row)
        return action_url(case, "dissatisfied") if may else after

    @admin.display(description=_("Scheduled for"))
    def due_cell(self, row):
        """When it is to be made; who was reached is no longer waited for, but what they said is."""
        if row.state == FollowUpState.REACHED:
            return cells.two_lines(_("Write down the result"))
        return cells.deadline(ClockCard("", row.scheduled_for) if row.ended_at is None else None)


@admin.register(Escalation)
class EscalationAdmin(EscalationExport, WorkAdmin):
    """Escalations: to me, open, decided."""

    anchor = "escalations"
    empty_words = _("No escalation in this list. Deadlines raise them, and so does “Escalate” on a case.")
    case_actions = buttons.ESCALATION
    list_display = ["case_cell", "level", "why_cell", "to_person", "reason", "state_cell", "since_cell"]
    list_select_related = ["case__customer__key", "to_person", "reason"]
    queues = (
        Queue(
            "mine",
            _("To me"),
            lambda rows, request, at: rows.filter(
                to_person=request.user, state__in=[EscalationState.OPEN, EscalationState.ACKNOWLEDGED]
            ),
            is_late=True,
        ),
        Queue("open", _("Open"), in_states(EscalationState.OPEN, EscalationState.ACKNOWLEDGED)),
        ALL_ROWS,
    )

    @admin.display(description=_("Why"))
    def why_cell(self, row):
        """What it was raised for."""
        return why_raised(row)

    @admin.display(description=_("Fell due"))
    def since_cell(self, row):
        """How long ago it fell due."""
        return cells.deadline(ClockCard("", row.due_at) if row.closed_at is None else None)


@admin.register(DepartmentTask)
class TaskAdmin(WorkAdmin):
    """Tasks of departments."""

    anchor = "tasks"
    empty_words = _("No task in this list. A handler gives one to a department on the page of a case.")
    case_actions = buttons.TASK
    list_display = ["case_cell", "what", "department", "assignee", "state_cell", "due_cell"]
    list_select_related = ["case__customer__key", "department", "assignee", "what"]
    queues = (
        Queue("open", _("Open"), in_states(TaskState.OPEN)),
        Queue(
            "mine",
            _("My department"),
            lambda rows, request, at: rows.filter(
                state=TaskState.OPEN, department=request.user.team.department_id if request.user.team else None
            ),
        ),
        ALL_ROWS,
    )

    @admin.display(description=_("Due"))
    def due_cell(self, row):
        """Until when, in words."""
        return cells.deadline(ClockCard("", row.due_at) if row.state == TaskState.OPEN else None)


@admin.register(Evidence)
class EvidenceAdmin(EvidenceFiles, WorkAdmin):
    """Evidence, and the one door through which its files are opened."""

    anchor = "evidence"
    empty_words = _("No evidence in this list. Files are added on the page of their case.")
    case_actions = buttons.EVIDENCE
    list_display = ["case_cell", "evidence_type", "file_name", "supplied_by", "state_cell", "received_at"]
    list_select_related = ["case__customer__key", "file_name"]
    list_filter = [QueueFilter, "evidence_type", "supplied_by"]
    queues = (Queue("new", _("To be looked at"), in_states("received")), ALL_ROWS)


class PartAdmin(CasePartAdmin):
    """Paperwork without a list of its own: its dialogs have an address, its rows stand on the case page."""

    list_display = ["case", "__str__"]
    list_select_related = ["case"]

    def has_module_permission(self, request):
        """Reached from the case alone."""
        return False


@admin.register(EvidenceRequest)
class EvidenceRequestAdmin(PartAdmin):
    """Evidence asked for."""

    anchor = "evidence"
    case_actions = buttons.EVIDENCE_REQUEST


@admin.register(HandlingPlan)
class PlanAdmin(PlanWhy, PartAdmin):
    """Versions of the plan."""

    anchor = "plans"
    case_actions = buttons.PLAN


@admin.register(ComplaintSubject)
class SubjectAdmin(PartAdmin):
    """Whom complaints are about."""

    anchor = "subjects"
    case_actions = buttons.SUBJECT


@admin.register(ImprovementAction)
class ImprovementAdmin(WorkAdmin):
    """Measures against recurrence."""

    anchor = "measures"
    empty_words = _("No measure in this list. It is set on a case when its root cause is known.")
    case_actions = buttons.IMPROVEMENT
    list_display = ["case_cell", "what", "kind", "owner", "state_cell", "due_on"]
    list_select_related = ["case__customer__key", "owner", "what"]
    queues = (Queue("open", _("Open"), in_states(TaskState.OPEN)), ALL_ROWS)
