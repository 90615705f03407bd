"""Filters of the list of policies."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.moment import moment
from policies.actions.reviewing import due_for_review


class ReviewFilter(admin.SimpleListFilter):
    """Rows in force whose day of review has come."""

    title = _("review")
    parameter_name = "review"

    def lookups(self, request, model_admin):
        """One choice beside all."""
        return [("due", _("to be reviewed"))]

    def queryset(self, request, queryset):
        """Those that are due, or every row."""
        if self.value() == "due":
            return queryset.filter(pk__in=due_for_review(moment(request).date()).values("pk"))
        return queryset
