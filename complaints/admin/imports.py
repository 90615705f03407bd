"""The admin of imports: upload, match the columns, look at the dry run, say yes, stop or undo, watch the progress."""

from django.contrib import admin
from django.http import Http404, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit import cells
from casemgmt.adminkit.acting import CaseAction
from casemgmt.adminkit.audited import ReadOnlyAdmin
from casemgmt.adminkit.doing import CaseActionsMixin
from casemgmt.adminkit.moment import moment
from casemgmt.adminkit.refused_rights import RightRefused
from casemgmt.privacy import access
from casemgmt.privacy.models import AccessKind
from casemgmt.sentences import say, say_mend
from complaints.actions.importing import cancel_import, confirm_import, stop_import, why_not_confirm
from complaints.actions.staging import match_columns, shapes_of, upload_file, violations_of
from complaints.actions.undoing import UNDOABLE, undo_import, why_not_undo
from complaints.admin.import_lists import bad_rows_csv, effect_of_registering, progress_of
from complaints.forms.importing import ImportForm, MatchForm, UndoForm, columns_named, columns_shown
from complaints.models import ImportBatch, ImportMatching
from complaints.models.imports import BEFORE_REGISTERING
from complaints.roles import AUDITORS, day_of, groups_of, may
from complaints.states import ImportState

SHOWN_ROWS = 200
RUNNING = (ImportState.CHECKING, ImportState.REGISTERING, ImportState.UNDOING)
MATCHABLE = (ImportState.MATCHING, ImportState.STAGED)


def _upload(pk, *, by, at, file, mode, shop_id):
    return upload_file(by=by, at=at, content=file.read(), mode=mode, shop_id=shop_id, name=file.name)


UPLOAD = CaseAction(
    "upload",
    _("Upload a file of complaints"),
    "import",
    _upload,
    ImportForm,
    submit=_("Read the file"),
    intro=_("The file is read and looked over first; nothing is registered before you say yes."),
    template="complaints/import_upload.html",
)


@admin.register(ImportBatch)
class ImportAdmin(CaseActionsMixin, ReadOnlyAdmin):
    """Files of complaints on their way in."""

    empty_words = _(
        "No file yet. Upload one; it is only looked at, until you say that its good rows shall be registered."
    )
    list_display = [
        "file_and_time",
        "uploaded_by",
        "mode",
        "state",
        "counts",
        "columns_matched",
    ]
    list_select_related = ["uploaded_by"]
    list_filter = ["state", "mode"]
    ordering = ["-uploaded_at", "-pk"]
    add_label = UPLOAD.label
    case_actions = (
        CaseAction(
            "match",
            _("Match the columns"),
            "import",
            match_columns,
            MatchForm,
            submit=_("Check the rows"),
            template="complaints/import_match.html",
        ),
        CaseAction(
            "confirm",
            _("Register the good rows"),
            "import",
            confirm_import,
            why_not=why_not_confirm,
            effects=lambda row, at: [effect_of_registering(row), row.get_mode_display()],
            group="next",
            is_step=True,
        ),
        CaseAction("cancel", _("Throw the file away"), "import", cancel_import),
        CaseAction(
            "stop",
            _("Stop registering"),
            "import",
            stop_import,
            intro=_("The rows that the worker has in hand become cases; no further row does."),
        ),
        CaseAction(
            "undo",
            _("Undo the import"),
            "import",
            undo_import,
            UndoForm,
            why_not=why_not_undo,
            intro=_("Cases that nobody has touched are voided as entered in error; all others stay and are named."),
        ),
    )

    def get_queryset(self, request):
        """One's own files; auditors see all."""
        rows = super().get_queryset(request)
        return rows if AUDITORS in groups_of(request.user) else rows.filter(uploaded_by=request.user)

    def get_urls(self):
        """How far it is, and the list of bad rows."""
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        own = [
            path("<int:object_id>/progress/", self.admin_site.admin_view(self.progress_view), name=f"{name}_progress"),
            path("<int:object_id>/bad-rows/", self.admin_site.admin_view(self.bad_rows_view), name=f"{name}_bad_rows"),
        ]
        return [*own, *super().get_urls()]

    @admin.display(description=_("file"), ordering="uploaded_at")
    def file_and_time(self, row):
        """The name of the file, and when it came."""
        return cells.two_lines(
            row.file_name or str(_("A file without a name")),
            date_format(localtime(row.uploaded_at), "SHORT_DATETIME_FORMAT"),
        )

    @admin.display(description=_("rows"), ordering="row_count")
    def counts(self, row):
        """What became of the rows, in words, so that it reads on a phone as well."""
        return _("%(rows)s rows: %(good)s good, %(registered)s registered, %(undone)s undone") % {
            "rows": row.row_count,
            "good": row.good_count,
            "registered": row.registered_count,
            "undone": row.undone_count,
        }

    @admin.display(description=_("columns"))
    def columns_matched(self, row):
        """How many columns are used, of how many."""
        used = sum(bool(name) for _heading, name in row.columns)
        return _("%(used)s of %(all)s columns") % {"used": used, "all": len(row.columns)}

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
        """The matching of a file that needs it, else the dry run."""
        batch = result if isinstance(result, ImportBatch) else row
        if batch.pk is None:
            return reverse("admin:complaints_importbatch_changelist")
        if result is not None and batch.state == ImportState.MATCHING:
            return self.url_of_action(batch, "match")
        return reverse("admin:complaints_importbatch_change", args=[batch.pk])

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The dry run, and how far the registering is."""
        if request.method not in ("GET", "HEAD"):
            return self.only_read(request, "change", object_id)
        batch = self.seen_or_404(request, object_id)
        own = batch.uploaded_by_id == request.user.pk and self.has_right(request, "import", batch)
        bad = batch.rows.filter(is_good=False).order_by("line")
        left = batch.rows.filter(is_undone=False).select_related("case").order_by("line")
        sheets = shapes_of(batch) if own else []
        context = {
            **self.admin_site.each_context(request),
            "title": batch.file_name or _("Import"),
            "content_title": batch.file_name or _("Import"),
            "opts": self.opts,
            "batch": batch,
            "own": own,
            "sheet": sheets[batch.sheet] if batch.sheet < len(sheets) else None,
            "hidden_sheets": sum(sheet.is_hidden for sheet in sheets),
            "columns": columns_shown(batch) if own else columns_named(batch),
            "remembered": self._remembered(batch),
            "bad_rows": [(row.line, _reasons(row.errors)) for row in bad[:SHOWN_ROWS]],
            "more_bad": max(0, batch.bad_count - SHOWN_ROWS),
            "left_rows": [(row.line, row.case, _reasons(row.left_because)) for row in left[:SHOWN_ROWS]],
            "more_left": max(0, batch.left_count - SHOWN_ROWS),
            "progress": progress_of(batch, moment(request)),
            "is_running": batch.state in RUNNING,
            "urls": self._urls(batch) if own else {},
            "progress_url": reverse("admin:complaints_importbatch_progress", args=[batch.pk]),
        }
        return TemplateResponse(request, "complaints/import.html", context)

    def _remembered(self, batch):
        found = ImportMatching.objects.filter(team_id=batch.uploaded_by.team_id, shape=batch.shape)
        return found.select_related("made_by").first()

    def _urls(self, batch) -> dict[str, str]:
        """What its uploader can do with the file as it stands."""
        offered = {
            "match": batch.state in MATCHABLE,
            "confirm": batch.state == ImportState.STAGED and batch.good_count,
            "cancel": batch.state in BEFORE_REGISTERING,
            "stop": batch.state == ImportState.REGISTERING,
            "undo": batch.state in UNDOABLE and batch.registered_count,
        }
        urls = {name: self.url_of_action(batch, name) for name, is_offered in offered.items() if is_offered}
        if batch.key_id and batch.bad_count:
            urls["bad_rows"] = reverse("admin:complaints_importbatch_bad_rows", args=[batch.pk])
        return urls

    def progress_view(self, request, object_id):
        """How far the worker is, as numbers and words; asked every second or two by an open page."""
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(("GET", "HEAD"))
        batch = self.seen_or_404(request, object_id)
        answer = JsonResponse(progress_of(batch, moment(request)) | {"is_running": batch.state in RUNNING})
        answer["Cache-Control"] = "no-store"
        return answer

    def bad_rows_view(self, request, object_id):
        """The rows that cannot be registered, to be mended: a download of personal data, noted as such."""
        if request.method != "POST":
            return HttpResponseNotAllowed(("POST",))
        batch = self.seen_or_404(request, object_id)
        if batch.uploaded_by_id != request.user.pk or not self.has_right(request, "import", batch):
            raise RightRefused("import", self.opts.label_lower, object_id)
        if batch.key is None:
            raise Http404
        at = moment(request)
        access.note(
            AccessKind.DOWNLOADED,
            by=request.user,
            at=at,
            subject=batch,
            field="bad_rows",
            request=getattr(request, "request_id", ""),
        )
        answer = HttpResponse(bad_rows_csv(batch), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="import-{batch.pk}-bad-rows.csv"'
        answer["Cache-Control"] = "no-store"
        answer["X-Content-Type-Options"] = "nosniff"
        return answer


def _reasons(kept) -> list[str]:
    return [f"{say(violation)} {say_mend(violation)}".strip() for violation in violations_of(kept)]
