"""Change forms that lose nothing: somebody else's change is shown, not overwritten, and nothing is sent twice."""

from django.contrib.admin.utils import unquote
from django.forms import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgmt.adminkit.merging import merge_of, with_choices
from casemgmt.adminkit.stored_words import in_words, names_in
from casemgmt.refusing import page

SEEN_VERSION = "seen_version"
MOVED_ON = gettext_lazy(
    "Somebody changed this while you were writing. What you typed is kept; compare, then save again."
)
TWICE = gettext_lazy("A field was sent more than once. Go back, reload the page and send it again.")


def version_of(row) -> str:
    """What tells that a row has changed: its version, or the number of its last history row."""
    version = getattr(row, "version", None)
    if version is not None:
        return str(version)
    attribute = getattr(row._meta, "simple_history_manager_attribute", None)
    last = (
        getattr(row, attribute).order_by("-history_id").values_list("history_id", flat=True).first()
        if attribute
        else None
    )
    return "" if last is None else str(last)


class EditingCarefully:
    """A stale form gets a 409 page with what is stored now and what was typed; a doubled field gets a 400 page."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """The form; a pop-up cannot ask for a key of its own choice."""
        if "_to_field" in request.GET or "_to_field" in request.POST:
            return page(400, _("This filter is not available."))
        row = self.get_object(request, unquote(object_id)) if object_id else None
        extra_context = {"seen_version": version_of(row) if row else "", **(extra_context or {})}
        may_send = self.has_change_permission(request, row) if row else self.has_add_permission(request)
        if request.method == "POST" and may_send:
            if doubled_names(request.POST, self._names_of_lists(request, row)):
                return page(400, TWICE)
            if row is not None:
                extra_context |= self._merged(request, row)
        response = super().changeform_view(request, object_id, form_url, extra_context)
        if hasattr(request, "stored_row") and response.status_code == 200:
            response.status_code = 409
        return response

    def get_form(self, request, obj=None, change=False, **kwargs):
        """The form, which refuses what was typed over a version that is no longer stored."""
        form = super().get_form(request, obj, change=change, **kwargs)
        stored = getattr(request, "stored_row", None)
        if stored is None or obj is None or obj.pk != stored.pk:
            return form
        return type(form.__name__, (Overtaken, form), {"stored_row": stored, "collided": request.collided})

    def _merged(self, request, row) -> dict:
        """Let the form go on with what was chosen, and with both versions when somebody else was faster."""
        form_class = super().get_form(request, row, change=True)
        seen = request.POST.get(SEEN_VERSION, "")
        request.POST = with_choices(form_class, row, request.POST)
        if seen == version_of(row):
            return {}
        merge = merge_of(form_class, row, request.POST, seen)
        request.POST = merge.data
        request.stored_row, request.collided = row, frozenset(collision.name for collision in merge.collisions)
        return {"merge": merge}

    def _names_of_lists(self, request, row) -> set[str]:
        """The fields of this form, and of its inlines, that may have several values."""
        forms = [self.get_form(request, row, change=row is not None)]
        forms += [formset.form for formset, _inline in self.get_formsets_with_inlines(request, row)]
        return {
            name
            for form in forms
            for name, field in form.base_fields.items()
            if getattr(field.widget, "allow_multiple_selected", False)
        }


def doubled_names(data, names_of_lists) -> list[str]:
    """The names in a POST that have several values and may have one only."""
    return [
        name
        for name, values in data.lists()
        if len(values) > 1 and name.rpartition("-")[2] not in names_of_lists and not name.startswith("_")
    ]


class Overtaken:
    """Mixed into a form whose row has changed: says for each field what is stored now and what was typed."""

    stored_row = None
    collided = frozenset()

    def clean(self):
        """Never valid; see the class."""
        cleaned = super().clean()
        fields = {field.name: field for field in self.stored_row._meta.fields}
        names = names_in([self.stored_row])
        lines = [str(MOVED_ON)]
        for name in self.changed_data:
            if name in fields and name in self.collided:
                lines.append(
                    _("%(field)s: stored is “%(stored)s”, you typed “%(typed)s”.")
                    % {
                        "field": self.fields[name].label,
                        "stored": in_words(self.stored_row, fields[name], names),
                        "typed": self[name].value() or "",
                    }
                )
        self.add_error(None, [ValidationError(line) for line in lines])
        return cleaned
