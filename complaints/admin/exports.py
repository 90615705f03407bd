"""Which tables of cases and payments may leave, with which columns, and on which terms (roles.md, row export)."""

from django.db.models import Prefetch, Q, Sum
from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.exporting import ExportMixin, Terms
from casemgmt.adminkit.moment import moment
from casemgmt.exporting import Column, label_of
from casemgmt.money import house_currency
from complaints.admin.drawing import first_words
from complaints.admin.escalation_words import lies_with, why_raised
from complaints.models import CaseTag, CompensationGrant, Complaint, Escalation, Statement
from complaints.roles import AUDITORS, OPERATIONS, SUPERVISORS, WORK_STATES, day_of, groups_of, may, teams_of
from complaints.states import GrantState
from complaints.vocabulary import StatementKind

MOST_FOR_STAFF = 200
MOST = 5_000
MOST_FOR_AUDITORS = 1_000_000
NOT_GRANTED = (GrantState.CANCELLED, GrantState.REJECTED)


def _text(value) -> str:
    """As it prints itself: personal data masked, nothing for nothing."""
    return "" if value is None else str(value)


def _about(case) -> str:
    return first_words(case.contents[0].words if case.contents else "")


CASE_COLUMNS = (
    Column("case_number", _("Case number"), lambda case: case.case_number),
    Column("about", _("What it is about"), _about),
    Column("customer", _("Customer"), lambda case: _text(case.customer)),
    Column("phone", _("Phone"), lambda case: _text(case.customer and case.customer.phone), is_default=False),
    Column("product", _("Product"), lambda case: _text(case.product)),
    Column("order", _("Order"), lambda case: _text(case.order and case.order.number), is_default=False),
    Column("severity", _("Severity"), label_of(Complaint, "severity")),
    Column("state", _("State"), label_of(Complaint, "state")),
    Column("outcome", _("Outcome"), label_of(Complaint, "outcome")),
    Column("reason", _("Reason"), label_of(Complaint, "reason")),
    Column("category", _("Category"), lambda case: case.category, is_default=False),
    Column("channel", _("Channel"), label_of(Complaint, "channel")),
    Column("shop", _("Shop"), lambda case: _text(case.shop)),
    Column("team", _("Team of the case"), lambda case: _text(case.team)),
    Column("handler", _("Handler"), lambda case: _text(case.handler)),
    Column("received_at", _("Received"), lambda case: case.received_at, is_time=True),
    Column("registered_at", _("Registered"), lambda case: case.registered_at, is_default=False, is_time=True),
    Column("next_due_at", _("Next due"), lambda case: case.next_due_at, is_time=True),
    Column("closed_at", _("Closed"), lambda case: case.closed_at, is_time=True),
    Column("granted", _("Granted"), lambda case: case.granted_amount),
    Column("currency", _("Currency"), lambda case: house_currency() if case.granted_amount is not None else ""),
    Column("tags", _("Tags"), lambda case: ", ".join(row.tag.name for row in case.tags_on_it), is_default=False),
)

PAYMENT_COLUMNS = (
    Column("case_number", _("Case number"), lambda grant: grant.case.case_number),
    Column("customer", _("Customer"), lambda grant: _text(grant.case.customer)),
    Column("state", _("State"), label_of(CompensationGrant, "state")),
    Column("amount", _("Amount"), lambda grant: grant.amount),
    Column("currency", _("Currency"), lambda grant: grant.currency),
    Column("purpose", _("Purpose"), label_of(CompensationGrant, "purpose")),
    Column("payee", _("Payee"), lambda grant: _text(grant.payee)),
    Column("asked_by", _("Asked for by"), lambda grant: _text(grant.asked_by)),
    Column("approved_by", _("Approved by"), lambda grant: _text(grant.approved_by)),
    Column("approved_at", _("Approved at"), lambda grant: grant.approved_at, is_time=True),
    Column("pay_by", _("To be paid by"), lambda grant: grant.pay_by, is_time=True),
    Column("paid_by", _("Paid by"), lambda grant: _text(grant.paid_by)),
    Column("paid_at", _("Paid at"), lambda grant: grant.paid_at, is_time=True),
    Column("payment_reference", _("Payment reference"), lambda grant: grant.payment_reference),
)


ESCALATION_COLUMNS = (
    Column("case_number", _("Case number"), lambda row: row.case.case_number),
    Column("team", _("Team of the case"), lambda row: _text(row.case.team)),
    Column("level", _("Level"), lambda row: row.level),
    Column("why", _("Why"), why_raised),
    Column("state", _("State"), label_of(Escalation, "state")),
    Column("lies_with", _("Lies with"), lies_with),
    Column("due_at", _("Fell due"), lambda row: row.due_at, is_time=True),
    Column("raised_at", _("Raised at"), lambda row: row.raised_at, is_time=True),
    Column("acknowledged_at", _("Taken note of at"), lambda row: row.acknowledged_at, is_time=True),
    Column("decision", _("Decision"), label_of(Escalation, "decision")),
    Column("decided_by", _("Decided by"), lambda row: _text(row.decided_by)),
    Column("decided_at", _("Decided at"), lambda row: row.decided_at, is_time=True),
    Column("closed_at", _("Closed"), lambda row: row.closed_at, is_time=True),
)


class EscalationExport(ExportMixin):
    """The list of escalations taken out: supervisors with a reason, auditors all of it marked."""

    export_columns = ESCALATION_COLUMNS

    def export_terms(self, request):
        """By role; handlers have no list of escalations to take out."""
        groups = groups_of(request.user)
        if AUDITORS in groups:
            return Terms(MOST_FOR_AUDITORS, is_marked=True)
        return Terms(MOST, needs_reason=True) if SUPERVISORS in groups or request.user.is_superuser else None

    def export_rows(self, request, queryset):
        """The rows of the list with what the columns read."""
        return queryset.select_related("case__team", "to_person", "decided_by")


class CaseExport(ExportMixin):
    """The list of cases taken out: staff little, supervisors more and with a reason, auditors all of it marked."""

    export_columns = CASE_COLUMNS

    def export_terms(self, request):
        """By role; the widest of those somebody has."""
        if not may(request.user, "export.cases", on=day_of(moment(request))):
            return None
        groups = groups_of(request.user)
        if AUDITORS in groups:
            return Terms(MOST_FOR_AUDITORS, is_marked=True)
        if SUPERVISORS in groups or request.user.is_superuser:
            return Terms(MOST, needs_reason=True)
        return Terms(MOST_FOR_STAFF)

    def export_rows(self, request, queryset):
        """The cases of the list with what the columns read, a few queries for each part."""
        content = Statement.objects.filter(kind=StatementKind.CONTENT).order_by("pk").only("case", "words")
        return (
            queryset.select_related("customer__key", "handler", "team", "product", "order", "shop")
            .prefetch_related(
                Prefetch("statements", content, to_attr="contents"),
                Prefetch("case_tags", CaseTag.objects.select_related("tag"), to_attr="tags_on_it"),
            )
            .annotate(granted_amount=Sum("grants__amount", filter=~Q(grants__state__in=NOT_GRANTED)))
        )


class PaymentExport(ExportMixin):
    """The list of compensations taken out: for operations what is theirs to pay or was paid by them, for supervisors
    those of their teams, with a reason.
    """

    export_columns = PAYMENT_COLUMNS

    def export_terms(self, request):
        """Supervisors, operations and auditors; the widest of those somebody has."""
        if not may(request.user, "export.payments", on=day_of(moment(request))):
            return None
        groups = groups_of(request.user)
        if AUDITORS in groups:
            return Terms(MOST_FOR_AUDITORS, is_marked=True)
        return Terms(MOST, needs_reason=OPERATIONS not in groups)

    def export_rows(self, request, queryset):
        """Payments alone; of operations their own, of supervisors those of the teams they act for."""
        rows, groups = queryset.filter(state__in=WORK_STATES), groups_of(request.user)
        if AUDITORS not in groups and not request.user.is_superuser:
            own = Q(pk__in=[])
            if OPERATIONS in groups:
                own |= Q(state__in=[GrantState.APPROVED, GrantState.BOUNCED]) | Q(paid_by=request.user)
            if SUPERVISORS in groups:
                own |= Q(case__team__in=teams_of(request.user, day_of(moment(request))))
            rows = rows.filter(own)
        return rows.select_related("case__customer__key", "payee__key", "asked_by", "approved_by", "paid_by")
