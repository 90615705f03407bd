"""The admin of imports: upload, look at the dry run, say yes or throw away, watch the progress."""

from django.contrib import admin
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.acting import CaseAction
from casemgmt.adminkit.audited import ReadOnlyAdmin
from casemgmt.adminkit.doing import CaseActionsMixin
from casemgmt.adminkit.moment import moment
from casemgmt.adminkit.refused_rights import RightRefused
from casemgmt.sentences import say, say_mend
from complaints.actions.importing import cancel_import, confirm_import
from complaints.actions.staging import stage_file, violations_of
from complaints.forms.intake import ImportForm
from complaints.models import ImportBatch
from complaints.roles import AUDITORS, day_of, groups_of, may
from complaints.states import ImportState

SHOWN_ROWS = 200
UPLOAD = CaseAction(
    "upload",
    _("Upload a file of complaints"),
    "import",
    lambda pk, *, by, at, file, mode, shop_id: stage_file(
        by=by, at=at, content=file.read(), mode=mode, shop_id=shop_id
    ),
    ImportForm,
    submit=_("Read the file"),
    intro=_("The file is read and looked over first; nothing is registered before you say yes."),
)


@admin.register(ImportBatch)
class ImportAdmin(CaseActionsMixin, ReadOnlyAdmin):
    """Files of complaints on their way in."""

    list_display = ["uploaded_at", "uploaded_by", "mode", "state", "row_count", "good_count", "registered_count"]
    list_select_related = ["uploaded_by"]
    list_filter = ["state", "mode"]
    ordering = ["-uploaded_at", "-pk"]
    case_actions = (
        CaseAction(
            "confirm",
            _("Register the good rows"),
            "import",
            confirm_import,
            why_not=lambda row, *, by, at: [],
            group="next",
            is_step=True,
        ),
        CaseAction("cancel", _("Throw the file away"), "import", cancel_import),
    )

    def get_queryset(self, request):
        """One's own files; auditors see all."""
        rows = super().get_queryset(request)
        return rows if AUDITORS in groups_of(request.user) else rows.filter(uploaded_by=request.user)

    def has_right(self, request, right, row):
        """Who may import."""
        return may(request.user, right, on=day_of(moment(request)))

    def has_add_permission(self, request):
        """Who may import."""
        return may(request.user, "import", on=day_of(moment(request)))

    def add_view(self, request, form_url="", extra_context=None):
        """Uploading: an action without a row yet."""
        if not self.has_add_permission(request):
            raise RightRefused("import", self.opts.label_lower, "")
        return self.dialog_or_deed(request, UPLOAD, ImportBatch())

    def url_after(self, request, row, result):
        """The dry run of the file."""
        batch = result if isinstance(result, ImportBatch) else row
        if batch.pk is None:
            return reverse("admin:complaints_importbatch_changelist")
        return reverse("admin:complaints_importbatch_change", args=[batch.pk])

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The dry run, and how far the registering is."""
        if request.method not in ("GET", "HEAD"):
            return self.only_read(request, "change", object_id)
        batch = self.get_object(request, object_id)
        if batch is None:
            raise Http404
        bad = batch.rows.filter(is_good=False).order_by("line")
        rows = [
            (row.line, [f"{say(violation)} {say_mend(violation)}".strip() for violation in violations_of(row.errors)])
            for row in bad[:SHOWN_ROWS]
        ]
        own = batch.uploaded_by_id == request.user.pk and batch.state == ImportState.STAGED
        context = {
            **self.admin_site.each_context(request),
            "title": _("Import"),
            "opts": self.opts,
            "batch": batch,
            "bad_rows": rows,
            "bad_count": batch.row_count - batch.good_count,
            "more_bad": max(0, batch.row_count - batch.good_count - SHOWN_ROWS),
            "confirm_url": self.url_of_action(batch, "confirm") if own and batch.good_count else "",
            "cancel_url": self.url_of_action(batch, "cancel") if own else "",
            "is_running": batch.state == ImportState.REGISTERING,
            "percent": round(100 * batch.registered_count / batch.good_count) if batch.good_count else 0,
        }
        return TemplateResponse(request, "complaints/import.html", context)
