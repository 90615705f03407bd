"""The admin of the running house: one's own notices, the diary of the sweeps, and letters that could not be sent."""

from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.acting import CaseAction
from casemgmt.adminkit.audited import ReadOnlyAdmin
from casemgmt.adminkit.doing import CaseActionsMixin
from casemgmt.adminkit.palette import Found, FoundGroup, register_entries
from casemgmt.demo_receiver_page import receiver_view
from casemgmt.endpoint_pages import DeliveryAdmin, EndpointAdmin
from casemgmt.models import OutboxMessage, Sweep
from casemgmt.notice_kinds import kind_of
from casemgmt.notice_pages import NoticeAdmin
from casemgmt.operating import RETRY, retry_message, send_again, violations_in_retry, violations_in_second_copy
from casemgmt.operation_pages import operation_view

__all__ = [
    "DeliveryAdmin",
    "EndpointAdmin",
    "NoticeAdmin",
    "OutboxAdmin",
    "SweepAdmin",
    "operation_view",
    "receiver_view",
]


class HowItStands(admin.SimpleListFilter):
    """Waiting, gone out, or given up."""

    title = _("how it stands")
    parameter_name = "stands"

    def lookups(self, request, model_admin):
        """The three."""
        return [("waiting", _("waits")), ("sent", _("sent")), ("dead", _("given up"))]

    def queryset(self, request, queryset):
        """Those rows; another value is none of them."""
        wanted = {
            "waiting": {"sent_at": None, "failed_at": None},
            "sent": {"sent_at__isnull": False},
            "dead": {"failed_at__isnull": False},
        }
        return queryset.filter(**wanted.get(self.value(), {}))


@admin.register(Sweep)
class SweepAdmin(ReadOnlyAdmin):
    """What the sweeps did."""

    empty_words = _("No sweep has run yet. They start with the product; if they do not, reminders stand still.")
    list_display = ["name", "started_at", "finished_at", "selected", "done", "error"]
    list_filter = ["name"]
    sortable_by = []


@admin.register(OutboxMessage)
class OutboxAdmin(CaseActionsMixin, ReadOnlyAdmin):
    """Messages that wait, have gone out, or were given up and can be tried again."""

    empty_words = _("No letter waits and none was given up.")
    list_display = [
        "what",
        "case_number",
        "channel",
        "to",
        "created_at",
        "attempts",
        "sent_at",
        "failed_at",
        "last_error",
    ]
    list_filter = [HowItStands, "channel", "last_error"]
    list_select_related = ["recipient", "endpoint"]
    sortable_by = []
    fields = [
        *("kind", "case_number", "channel", "recipient", "endpoint", "created_at", "not_before"),
        *("attempts", "sent_at", "failed_at", "last_error"),
    ]
    change_form_before_template = "people/offers.html"
    case_actions = (
        CaseAction("retry", _("Try again"), RETRY, retry_message, why_not=violations_in_retry, weight=10),
        CaseAction(
            "send-again", _("Send it once more"), RETRY, send_again, why_not=violations_in_second_copy, weight=20
        ),
    )

    @admin.display(description=_("kind"))
    def what(self, message):
        """The kind in words; the code stands on the message's own page."""
        return kind_of(message.kind).label

    @admin.display(description=_("recipient"))
    def to(self, message):
        """The person or the endpoint."""
        return message.recipient or message.endpoint

    def has_right(self, request, right, row):
        """Who may not look at messages does not send them either."""
        return self.has_view_permission(request, row) and super().has_right(request, right, row)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """With the actions that this viewer may take."""
        row = self.get_object(request, object_id) if object_id else None
        offers = [offer for offer in self.offers(request, row) if offer.is_allowed] if row is not None else []
        return super().changeform_view(request, object_id, form_url, {**(extra_context or {}), "offers": offers})


def own_entries(request) -> list[FoundGroup]:
    """What everybody has: their notices and their password."""
    notices = Found(_("My notices"), reverse("admin:casemgmt_notice_changelist"), icon="notifications")
    password = Found(_("Change password"), reverse("admin:password_change"), icon="key")
    return [FoundGroup(_("For me"), (notices, password))]


register_entries("casemgmt", own_entries, weight=90)
