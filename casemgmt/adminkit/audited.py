"""Admin pages that an auditor can believe: nothing is deleted, history is only read, lookups are listed."""

from django.contrib.admin.exceptions import DisallowedModelAdminLookup, DisallowedModelAdminToField
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseNotAllowed
from django.utils import timezone
from django.utils.translation import gettext as _
from simple_history.admin import SimpleHistoryAdmin
from unfold.admin import ModelAdmin

from casemgmt.adminkit.paging import UncountedPaginator
from casemgmt.privacy import access
from casemgmt.privacy.models import AccessKind
from casemgmt.refusing import page

LONGEST_SEARCH = 200
READING = ("GET", "HEAD", "OPTIONS")


class AuditedAdmin(SimpleHistoryAdmin, ModelAdmin):
    """The base of every admin page of the house.

    History pages answer GET and HEAD alone, and only for rows that the viewer may see. Nobody deletes. Only the
    lookups in `lookups` may stand in an address, so that no filter tells what a page hides. Django's own log is
    off: the ledger says more. A refused right leaves one access event.
    """

    lookups: tuple[str, ...] = ()
    list_per_page = 50
    list_max_show_all = 0
    show_full_result_count = False
    show_facets = None
    paginator = UncountedPaginator
    compressed_fields = True
    list_fullwidth = True
    actions = None

    def get_model_perms(self, request):
        """As Django asks it; deleting is nobody's."""
        return super().get_model_perms(request) | {"delete": False}

    def has_delete_permission(self, request, obj=None):
        """Nothing is deleted anywhere."""
        return False

    def lookup_allowed(self, lookup, value, request=None):
        """Only what this page lists; a filter of its own brings its parameter with it."""
        return lookup in self.lookups or lookup in self._filter_parameters(request)

    def _filter_parameters(self, request):
        names = set()
        for item in self.get_list_filter(request):
            if isinstance(item, str):
                names |= {item, f"{item}__exact", f"{item}__isnull", f"{item}__id__exact"}
            elif isinstance(item, tuple):
                names |= {item[0], f"{item[0]}__exact", f"{item[0]}__id__exact"}
        return names

    def changelist_view(self, request, extra_context=None):
        """The list; an address that makes no sense gets a sentence and 400, never another list."""
        if len(request.GET.get("q", "")) > LONGEST_SEARCH:
            return page(
                400, _("The search text is too long: at most %(limit)s characters.") % {"limit": LONGEST_SEARCH}
            )
        try:
            response = super().changelist_view(request, extra_context)
        except DisallowedModelAdminLookup:
            return page(400, _("This filter is not available."))
        except (IncorrectLookupParameters, DisallowedModelAdminToField):
            return page(400, _("The value of the filter is not valid."))
        if response.status_code == 302 and response["Location"].endswith("e=1"):
            return page(400, _("The value of the filter is not valid."))
        return response

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """The form; a pop-up cannot ask for a key of its own choice."""
        if "_to_field" in request.GET or "_to_field" in request.POST:
            return page(400, _("This filter is not available."))
        return super().changeform_view(request, object_id, form_url, extra_context)

    def delete_view(self, request, object_id, extra_context=None):
        """Refused, and noted."""
        self.refuse_right(request, "delete", object_id)
        raise PermissionDenied

    def history_view(self, request, object_id, extra_context=None):
        """What happened to a row that the viewer may see; read-only."""
        refused = self._refused_history(request, object_id)
        return refused or super().history_view(request, object_id, extra_context)

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        """One version of a row that the viewer may see; read-only, whatever the viewer may change."""
        refused = self._refused_history(request, object_id)
        if refused:
            return refused
        if not str(version_id).isdecimal() or len(str(version_id)) > 18:
            raise Http404
        return super().history_form_view(request, object_id, version_id, extra_context)

    def _refused_history(self, request, object_id):
        if request.method not in READING:
            self.refuse_right(request, "rewrite_history", object_id)
            return HttpResponseNotAllowed(READING)
        if self.get_object(request, object_id) is None:
            raise Http404
        return None

    def refuse_right(self, request, right: str, object_id="") -> None:
        """Note that somebody tried what they may not."""
        access.note(
            AccessKind.REFUSED_RIGHT,
            by=request.user,
            at=timezone.now(),
            subject_label=self.opts.label_lower,
            subject_pk=object_id,
            reason=right,
        )

    def get_object(self, request, object_id, from_field=None):
        """The row, if it is among those the viewer may see; what cannot be a key is no row."""
        try:
            return super().get_object(request, object_id, from_field)
        except (ValueError, OverflowError):
            return None

    def log_addition(self, request, obj, message):
        """The ledger has it already."""

    def log_change(self, request, obj, message):
        """The ledger has it already."""

    def log_deletions(self, request, queryset):
        """Nothing is deleted."""


class ReadOnlyAdmin(AuditedAdmin):
    """Rows that are written by actions alone: looked at here, never edited."""

    def has_add_permission(self, request):
        """Actions add."""
        return False

    def has_change_permission(self, request, obj=None):
        """Actions change."""
        return False
