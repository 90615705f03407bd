"""Admin pages that an auditor can believe: nothing is deleted, history is only read, lookups are listed."""

from django.contrib.admin import ShowFacets
from django.contrib.admin.exceptions import DisallowedModelAdminLookup, DisallowedModelAdminToField
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import unquote
from django.core.exceptions import FieldError, ValidationError
from django.http import Http404
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from simple_history.admin import SimpleHistoryAdmin
from unfold.admin import ModelAdmin

from casemgmt.adminkit.editing import EditingCarefully
from casemgmt.adminkit.paging import UncountedPaginator
from casemgmt.adminkit.reading_history import ReadingHistory
from casemgmt.adminkit.refused_rights import RightRefused, note_refusal
from casemgmt.refusing import page

LONGEST_SEARCH = 200
ENDINGS_OF_FILTERS = ("__exact", "__isnull", "__id__exact", "__in", "__gte", "__lte", "__gt", "__lt", "_from", "_to")
YES_OR_NO = ("True", "False", "true", "false", "1", "0")
READING = ("GET", "HEAD", "OPTIONS")


class AuditedAdmin(ReadingHistory, EditingCarefully, SimpleHistoryAdmin, ModelAdmin):
    """The base of every admin page of the house.

    History pages answer GET and HEAD alone, and only for rows that the viewer may see. Nobody deletes. Only the
    lookups in `lookups` may stand in an address, so that no filter tells what a page hides. `help_texts` has a
    sentence for each field of the change form, `empty_words` says what to do when the list is empty. Django's own
    log is off: the ledger says more. A refused right leaves one access event.
    """

    lookups: tuple[str, ...] = ()
    help_texts: dict[str, str] = {}
    empty_words = ""
    list_per_page = 50
    list_max_show_all = 0
    show_full_result_count = False
    show_facets = ShowFacets.NEVER
    paginator = UncountedPaginator
    compressed_fields = True
    list_fullwidth = True
    list_filter_sheet = True
    actions = None

    def get_model_perms(self, request):
        """As Django asks it; deleting is nobody's."""
        return super().get_model_perms(request) | {"delete": False}

    def has_delete_permission(self, request, obj=None):
        """Nothing is deleted anywhere."""
        return False

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Related rows are chosen here, and made on their own pages: pop-ups are not served."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        for name in ("can_add_related", "can_change_related", "can_delete_related", "can_view_related"):
            if field is not None and hasattr(field.widget, name):
                setattr(field.widget, name, False)
        return field

    def get_form(self, request, obj=None, change=False, **kwargs):
        """The change form, with the sentence of help that this page has for each field."""
        return super().get_form(request, obj, change=change, **{"help_texts": self.help_texts, **kwargs})

    def lookup_allowed(self, lookup, value, request=None):
        """Only what this page lists; a filter of its own brings its parameter with it."""
        return lookup in self.lookups or lookup in self._filter_parameters(request)

    def _filter_parameters(self, request):
        names = set()
        for item in self.get_list_filter(request):
            name = item[0] if isinstance(item, tuple) else item
            if isinstance(name, str):
                names |= {name, *(f"{name}{ending}" for ending in ENDINGS_OF_FILTERS)}
            else:
                taken = getattr(name, "taken", None)
                names |= set(taken()) if taken else {getattr(name, "parameter_name", "")}
        return names

    def changelist_view(self, request, extra_context=None):
        """The list, called by what it holds; an address that makes no sense gets a sentence and 400, no other list."""
        if any("\x00" in value for values in request.GET.lists() for value in values[1]):
            return page(400, _("Null characters are not allowed."))
        if len(request.GET.get("q", "")) > LONGEST_SEARCH:
            return page(
                400, _("The search text is too long: at most %(limit)s characters.") % {"limit": LONGEST_SEARCH}
            )
        if "_to_field" in request.GET:
            return page(400, _("This filter is not available."))
        if any(name.endswith("__isnull") and value not in YES_OR_NO for name, value in request.GET.items()):
            return page(400, _("The value of the filter is not valid."))
        try:
            titled = {"title": capfirst(self.opts.verbose_name_plural), **(extra_context or {})}
            response = super().changelist_view(request, titled)
        except DisallowedModelAdminLookup:
            return page(400, _("This filter is not available."))
        except (IncorrectLookupParameters, DisallowedModelAdminToField, FieldError, ValidationError):
            return page(400, _("The value of the filter is not valid."))
        if response.status_code == 302 and response["Location"].endswith("?e=1"):
            return page(400, _("The value of the filter is not valid."))
        return response

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """The form, called by what it is about."""
        kind = capfirst(self.opts.verbose_name)
        new = getattr(self, "add_label", "") or _("Add %(name)s") % {"name": self.opts.verbose_name}
        titled = {"title": kind if object_id else new, **(extra_context or {})}
        return super().changeform_view(request, object_id, form_url, titled)

    def get_search_results(self, request, queryset, search_term):
        """What matches; a text that is too long, as a select box may send it, matches nothing."""
        if len(search_term) > LONGEST_SEARCH or "\x00" in search_term:
            return queryset.none(), False
        return super().get_search_results(request, queryset, search_term)

    def delete_view(self, request, object_id, extra_context=None):
        """Refused, and noted."""
        raise RightRefused("delete", self.opts.label_lower, object_id)

    def only_read(self, request, right: str, object_id):
        """405 and one access event: this page is read, whoever asks."""
        note_refusal(request, right, self.opts.label_lower, object_id)
        answer = page(405, _("This page can be read; what can be done has its own buttons."))
        answer["Allow"] = ", ".join(READING)
        return answer

    def get_object(self, request, object_id, from_field=None):
        """The row, if it is among those the viewer may see; what cannot be a key is no row."""
        if "\x00" in str(object_id):
            return None
        try:
            return super().get_object(request, object_id, from_field)
        except (ValueError, OverflowError):
            return None

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        """A row that is not there, or not for this viewer, is a 404; Django leads to the start with a message."""
        raise Http404

    def seen_or_404(self, request, object_id):
        """The row, if the viewer may see it. Raises Http404, or RightRefused where only the right is missing."""
        row = self.get_object(request, unquote(str(object_id)))
        if row is None:
            raise Http404
        if not self.has_view_permission(request, row):
            raise RightRefused("view", self.opts.label_lower, row.pk)
        return row

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
