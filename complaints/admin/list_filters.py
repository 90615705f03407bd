"""By what the list of cases is narrowed: several states, people and goods at once, spans of days, money at stake."""

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import DecimalField, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.keyset import LARGEST_NUMBER
from casemgmt.adminkit.list_filters import AmountRangeFilter, DayRangeFilter, ManyFilter, PanelFilter
from casemgmt.adminkit.moment import moment
from casemgmt.people.models import Team
from complaints.forms import choosing
from complaints.models import CompensationGrant, Customer
from complaints.states import CaseState, GrantState
from complaints.vocabulary import Channel, Reason, Severity
from policies.lookup import categories_in_force

NOT_AT_STAKE = (GrantState.CANCELLED, GrantState.REJECTED)
NOBODY = ("none", _("nobody yet"))


def with_money(rows):
    """The cases with `at_stake`: what is granted or asked for, else what the customer demands."""
    granted = (
        CompensationGrant.objects.filter(~Q(state__in=NOT_AT_STAKE), case=OuterRef("pk"))
        .order_by()
        .values("case")
        .annotate(total=Sum("amount"))
        .values("total")
    )
    amount = DecimalField(max_digits=14, decimal_places=2)
    return rows.annotate(at_stake=Coalesce(Subquery(granted, output_field=amount), F("demanded_amount")))


class StateFilter(ManyFilter):
    """States of the case."""

    title, parameter_name = _("state"), "state"
    aliases = ("state__exact",)
    options = staticmethod(lambda request: CaseState.choices)


class SeverityFilter(ManyFilter):
    """Severities."""

    title, parameter_name = _("severity"), "severity"
    aliases = ("severity__exact",)
    options = staticmethod(lambda request: Severity.choices)


class CategoryFilter(ManyFilter):
    """The categories of the policy in force."""

    title, parameter_name = _("category"), "category"
    options = staticmethod(lambda request: choosing.categories(categories_in_force(moment(request))))


class ReasonFilter(ManyFilter):
    """Reasons of the complaint."""

    title, parameter_name = _("reason"), "reason"
    aliases = ("reason__exact",)
    options = staticmethod(lambda request: Reason.choices)


class ChannelFilter(ManyFilter):
    """Channels of intake."""

    title, parameter_name = _("channel"), "channel"
    aliases = ("channel__exact",)
    options = staticmethod(lambda request: Channel.choices)


class ShopFilter(ManyFilter):
    """Shops."""

    title, parameter_name = _("shop"), "shop"
    aliases = ("shop__id__exact",)
    options = staticmethod(lambda request: choosing.shops())


class TeamFilter(ManyFilter):
    """Teams, and cases of none."""

    title, parameter_name = _("team"), "team"
    aliases = ("team__id__exact",)
    options = staticmethod(lambda request: [("none", _("no team")), *Team.objects.values_list("pk", "name")])


class HandlerFilter(ManyFilter):
    """Who has it, and cases that nobody has."""

    title, parameter_name = _("handler"), "handler"
    aliases = ("handler__id__exact",)
    options = staticmethod(lambda request: [NOBODY, *choosing.handlers()])


class CustomerFilter(PanelFilter):
    """One customer, by links from their page alone: a list of all customers would tell who they are."""

    title, parameter_name = _("customer"), "customer"

    def __init__(self, request, params, model, model_admin):
        super().__init__(request, params, model, model_admin)
        values = [value for values in self.given.values() for value in values if value]
        is_key = all(value.isascii() and value.isdecimal() and int(value) <= LARGEST_NUMBER for value in values)
        if len(values) > 1 or not is_key:
            raise IncorrectLookupParameters(self.parameter_name)
        self.value = values[0] if values else ""

    @classmethod
    def taken(cls):
        """The name, and what links call it."""
        return ["customer", "customer__id__exact"]

    def queryset(self, request, queryset):
        """The cases of the customer."""
        return queryset.filter(customer=self.value) if self.value else queryset

    def chips(self):
        """The customer, masked, to whoever sees one of their cases."""
        seen = Customer.objects.filter(pk=self.value or None, cases__in=self.model_admin_rows()).select_related("key")
        customer = seen.first() if self.value else None
        for name, values in self.given.items():
            yield from ((name, value, str(customer or f"#{value}")) for value in values if value)

    def model_admin_rows(self):
        """The cases that the viewer may see."""
        return getattr(self.request, "_visible_cases", Customer.objects.none())


class ReceivedFilter(DayRangeFilter):
    """When the complaint arrived."""

    title, parameter_name, field_name = _("received at"), "received", "received_at"


class DueFilter(DayRangeFilter):
    """When the next deadline falls."""

    title, parameter_name, field_name = _("next due"), "due", "next_due_at"


class MoneyFilter(AmountRangeFilter):
    """Money at stake."""

    title, parameter_name, field_name = _("money at stake"), "money", "at_stake"

    def with_amount(self, queryset):
        """The sum of each case."""
        return with_money(queryset)


CASE_FILTERS: tuple[type[admin.ListFilter], ...] = (
    StateFilter,
    SeverityFilter,
    CategoryFilter,
    ReasonFilter,
    ChannelFilter,
    TeamFilter,
    HandlerFilter,
    ShopFilter,
    ReceivedFilter,
    DueFilter,
    MoneyFilter,
    CustomerFilter,
)
