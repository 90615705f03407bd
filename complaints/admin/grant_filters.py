"""By what the ledger of compensations is narrowed: state, kind, people, customer, period, and sums that look split."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.list_filters import AmountRangeFilter, DayRangeFilter, ManyFilter
from casemgmt.adminkit.moment import moment
from casemgmt.money import SIGNS
from complaints.actions.watching_money import close_grants, patterns_among
from complaints.admin.base import visible_cases
from complaints.admin.list_filters import CustomerFilter, HandlerFilter, TeamFilter
from complaints.admin.split_told import is_told_of_splits
from complaints.forms import choosing
from complaints.models import ComplaintSubject
from complaints.states import GrantState
from policies.lookup import policies_in_force


class OfTheCase:
    """A filter of cases on the rows of their compensations. Stands before the filter."""

    def queryset(self, request, queryset):
        """The rows whose cases the filter keeps."""
        if not self.given:
            return queryset
        cases = super().queryset(request, queryset.model._meta.get_field("case").related_model.objects.all())
        return queryset.filter(case__in=cases.values("pk"))


class GrantStateFilter(ManyFilter):
    """States of the compensation."""

    title, parameter_name = _("state"), "state"
    options = staticmethod(lambda request: GrantState.choices)


class GrantKindFilter(ManyFilter):
    """The kinds in force."""

    title, parameter_name = _("kind"), "kind"
    options = staticmethod(lambda request: choosing.labelled(policies_in_force(moment(request)).compensation_kinds))


class CurrencyFilter(ManyFilter):
    """Currencies."""

    title, parameter_name = _("currency"), "currency"
    options = staticmethod(lambda request: [(code, code) for code in SIGNS])


class AskerFilter(ManyFilter):
    """Who asked."""

    title, parameter_name = _("asked for by"), "asked_by"
    options = staticmethod(lambda request: choosing.handlers())


class GrantHandlerFilter(OfTheCase, HandlerFilter):
    """Who handles the case."""


class GrantTeamFilter(OfTheCase, TeamFilter):
    """The team of the case."""


class GrantCustomerFilter(OfTheCase, CustomerFilter):
    """One customer, by links alone."""

    def model_admin_rows(self):
        """The cases that the viewer may see."""
        return visible_cases(self.request)


class AskedFilter(DayRangeFilter):
    """When it was asked for."""

    title, parameter_name, field_name = _("asked for at"), "asked", "asked_at"


class PaidFilter(DayRangeFilter):
    """When it was paid."""

    title, parameter_name, field_name = _("paid at"), "paid", "paid_at"


class GrantAmountFilter(AmountRangeFilter):
    """Sums."""

    title, parameter_name, field_name = _("amount"), "amount", "amount"


class SplitFilter(ManyFilter):
    """Sums close under a limit and near to each other, for who approves and audits; others have no such choice."""

    title, parameter_name = _("looks split"), "split"
    options = staticmethod(lambda request: [("yes", _("yes"))] if is_told_of_splits(request.user) else [])

    def queryset(self, request, queryset):
        """The rows of every pattern among what the viewer may see, cases about the viewer left out."""
        if not self.values:
            return queryset
        limits = policies_in_force(moment(request)).limits.values()
        about = ComplaintSubject.objects.filter(person=request.user, lifted_at__isnull=True).values("case")
        close = close_grants(limits).filter(pk__in=queryset.values("pk")).exclude(case__in=about)
        keys = {key for pattern in patterns_among(close, limits) for key in pattern.keys}
        return queryset.filter(pk__in=keys)


GRANT_FILTERS: tuple[type[admin.ListFilter], ...] = (
    GrantStateFilter,
    GrantKindFilter,
    AskerFilter,
    GrantHandlerFilter,
    GrantTeamFilter,
    CurrencyFilter,
    AskedFilter,
    PaidFilter,
    GrantAmountFilter,
    SplitFilter,
    GrantCustomerFilter,
)
