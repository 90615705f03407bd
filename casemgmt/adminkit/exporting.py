"""Lists that can be taken out: a page to choose columns and format, the cap of the role, a note before it leaves."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django import forms
from django.contrib.admin.exceptions import DisallowedModelAdminLookup, DisallowedModelAdminToField
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import FieldError, ValidationError
from django.db import transaction
from django.http import FileResponse, HttpResponseNotAllowed, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import translation
from django.utils.http import content_disposition_header
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget, UnfoldAdminRadioSelectWidget

from casemgmt.adminkit.acting import CaseAction, Reason
from casemgmt.adminkit.audited import LONGEST_SEARCH, YES_OR_NO
from casemgmt.adminkit.forms import ActionForm, words_field
from casemgmt.adminkit.models import Export, ExportReason
from casemgmt.adminkit.moment import moment
from casemgmt.adminkit.refused_rights import RightRefused
from casemgmt.adminkit.templatetags.desk import chips
from casemgmt.exporting import MOST_ROWS_OF_XLSX, Column, in_csv, in_xlsx, rows_of
from casemgmt.ledger import signed
from casemgmt.privacy import access
from casemgmt.privacy.models import AccessKind
from casemgmt.refusing import page

COUNTED_AT_MOST = 1_000_000
NOT_A_FILTER = ("q", "p", "o", "e", "after", "before", "_changelist_filters")
UNREADABLE = (
    DisallowedModelAdminLookup,
    DisallowedModelAdminToField,
    IncorrectLookupParameters,
    FieldError,
    ValidationError,
    ValueError,
    OverflowError,
)
EXPORT = CaseAction(
    "export",
    gettext_lazy("Export the list"),
    "export",
    lambda pk, **_how: None,
    submit=gettext_lazy("Export"),
    intro=gettext_lazy("What the list shows, personal data masked. Each export is noted with its rows and filters."),
)


@dataclass(frozen=True, slots=True)
class Terms:
    """On which terms somebody takes a table out: at most so many rows, with a reason, marked as an audit copy."""

    most: int
    needs_reason: bool = False
    is_marked: bool = False


class ExportForm(ActionForm):
    """Which columns, in which format, and why."""

    file_format = forms.ChoiceField(
        label=gettext_lazy("Format"),
        choices=Export.Format.choices,
        initial=Export.Format.XLSX,
        widget=UnfoldAdminRadioSelectWidget(),
        help_text=gettext_lazy("XLSX opens in any spreadsheet; CSV is for other programs and for very long lists."),
    )
    columns = forms.MultipleChoiceField(
        label=gettext_lazy("Columns"),
        widget=UnfoldAdminCheckboxSelectMultipleWidget(),
        help_text=gettext_lazy("Names, phones and accounts stay masked."),
    )
    words = words_field(
        gettext_lazy("Reason"), rows=2, help_text=gettext_lazy("What the table is for; auditors read it.")
    )

    def __init__(self, *args, columns: tuple[Column, ...] = (), needs_reason: bool = False, **kwargs):
        self._columns, self._needs_reason = columns, needs_reason
        super().__init__(*args, **kwargs)

    def prepare(self):
        """The columns of this table; the reason only from whom it is asked."""
        self.fields["columns"].choices = [(column.name, column.label) for column in self._columns]
        self.fields["columns"].initial = [column.name for column in self._columns if column.is_default]
        self.fields["words"].required = self._needs_reason


class ExportMixin:
    """Gives a list `export/`: GET shows the page, POST sends the file. Stands before the admin class.

    Fill `export_columns`, `export_terms(request)` and, where the list shows more than may leave, `export_rows`.
    The filters of the list count as they stand in the address.
    """

    export_columns: tuple[Column, ...] = ()

    def export_terms(self, request) -> Terms | None:
        """The terms of this viewer; None for who may not export at all."""
        return None

    def export_rows(self, request, queryset):
        """The rows that may leave, with everything that the columns read."""
        return queryset

    def get_urls(self):
        """Before Django's own addresses, which take any word for a key."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_export"
        return [path("export/", self.admin_site.admin_view(self.export_view), name=name), *super().get_urls()]

    def export_url(self, request) -> str:
        """Where this list can be taken out as it is filtered now; "" for who may not."""
        if self.export_terms(request) is None:
            return ""
        kept = request.GET.copy()
        for name in ("p", "o", "e"):
            kept.pop(name, None)
        query = kept.urlencode()
        url = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_export")
        return f"{url}?{query}" if query else url

    def changelist_view(self, request, extra_context=None):
        """The list, with the way out."""
        return super().changelist_view(request, {"export_url": self.export_url(request), **(extra_context or {})})

    def export_view(self, request):
        """The page, or the file. Over the cap nothing is sent, and the page says by how much."""
        if request.method not in ("GET", "HEAD", "POST"):
            return HttpResponseNotAllowed(("GET", "HEAD", "POST"))
        terms = self.export_terms(request)
        if terms is None or not self.has_view_permission(request):
            raise RightRefused("export", self.opts.label_lower)
        if _is_rubbish(request.GET):
            return page(400, _("The value of the filter is not valid."))
        try:
            changelist = self.get_changelist_instance(request)
            rows = self.export_rows(request, changelist.get_queryset(request))
            count = rows.order_by()[: COUNTED_AT_MOST + 1].count()
        except UNREADABLE:
            return page(400, _("The value of the filter is not valid."))
        form = ExportForm(
            request.POST if request.method == "POST" else None,
            columns=self.export_columns,
            needs_reason=terms.needs_reason,
            row=self.model(),
            person=request.user,
            at=moment(request),
        )
        too_many = _violations_in_size(count, terms, form)
        if request.method != "POST":
            return self._export_page(request, form, too_many, count, terms)
        if too_many or not form.is_valid():
            form.is_valid()
            for sentence in too_many:
                form.add_error(None, sentence)
            return self._export_page(request, form, [], count, terms, status=422)
        return self._sent(request, changelist, rows, count, terms, form.cleaned_data)

    def _export_page(self, request, form, too_many, count, terms, *, status=200):
        back = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        query = request.GET.urlencode()
        context = {
            **self.admin_site.each_context(request),
            "title": EXPORT.label,
            "content_title": EXPORT.label,
            "opts": self.opts,
            "action": EXPORT,
            "row": self.model(),
            "form": form,
            "problems": form.problems(),
            "blockers": [Reason("export.too_many", None, sentence, "") for sentence in too_many],
            "effects": list(_told_before(count, terms)),
            "url": request.get_full_path(),
            "back_url": f"{back}?{query}" if query else back,
            "base_template": "admin/base_site.html",
            "is_fragment": False,
            "draft": "",
        }
        return TemplateResponse(request, "adminkit/dialog.html", context, status=status)

    def _sent(self, request, changelist, rows, count, terms, chosen):
        columns = [column for column in self.export_columns if column.name in chosen["columns"]]
        at, table, file_format = moment(request), self.opts.label_lower, chosen["file_format"]
        note_export(
            table,
            by=request.user,
            at=at,
            columns=[column.name for column in columns],
            part=_part(request.GET),
            rows=count,
            terms=terms,
            words=chosen["words"],
            file_format=file_format,
            request=getattr(request, "request_id", ""),
        )
        about = list(self._about(request, changelist, count, terms, at))
        title = str(self.opts.verbose_name_plural)
        name = f"{title}-{localtime(at):%Y%m%d-%H%M}{'-audit' if terms.is_marked else ''}.{file_format}"
        if file_format == Export.Format.XLSX:
            file = in_xlsx(rows_of(rows), columns, about, title=title, about_title=_("What this is"))
            return FileResponse(file, as_attachment=True, filename=name)
        pieces = in_the_language_of(get_language(), in_csv(rows_of(rows), columns, about))
        response = StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = content_disposition_header(True, name)
        return response

    def _about(self, request, changelist, count, terms, at):
        if terms.is_marked:
            yield _("Audit copy"), _("made for an audit; not to be passed on")
        yield _("What this is"), str(self.opts.verbose_name_plural)
        yield _("Taken by"), request.user.get_full_name()
        yield _("Taken at"), f"{localtime(at):%Y-%m-%d %H:%M} ({localtime(at).tzname()})"
        yield _("Filters"), "; ".join(_filters_in_words(self, request, changelist)) or _("none")
        yield _("Rows"), str(count)
        yield _("At most"), str(terms.most)
        yield _("Personal data is masked."), ""


def in_the_language_of(language: str, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The pieces are made after the request has ended, when the language of its reader is forgotten."""
    while True:
        with translation.override(language):
            piece = next(pieces, None)
        if piece is None:
            return
        yield piece


def note_export(table, *, by, at, columns, part, rows, terms, words, file_format, request="") -> Export:
    """Write down what leaves, before its first byte does: in the export's own table and in the access log."""
    with transaction.atomic():
        reason = None
        if words and words.strip():
            with signed(by=by, reason="export.taken", at=at):
                reason = ExportReason(said_by=by, said_at=at).speak(words)
                reason.save()
        export = Export.objects.create(
            table=table,
            file_format=file_format,
            columns=columns,
            part=part,
            row_count=rows,
            is_marked=terms.is_marked,
            taken_by=by,
            at=at,
            reason=reason,
        )
        filters = " ".join(f"{name}={value}" for name, value in part.items())
        access.note(
            AccessKind.EXPORTED,
            by=by,
            at=at,
            subject=export,
            field=table,
            reason=f"rows={rows} {filters}"[:100].strip(),
            request=request,
        )
    return export


def _is_rubbish(parameters) -> bool:
    return (
        any("\x00" in value for _name, values in parameters.lists() for value in values)
        or len(parameters.get("q", "")) > LONGEST_SEARCH
        or "_to_field" in parameters
        or any(name.endswith("__isnull") and value not in YES_OR_NO for name, value in parameters.items())
    )


def _part(parameters) -> dict[str, str]:
    """The filters as codes; of a search only that there was one."""
    part = {name: ",".join(parameters.getlist(name)) for name in parameters if name not in NOT_A_FILTER}
    return part | ({"searched": "yes"} if parameters.get("q") else {})


def _violations_in_size(count: int, terms: Terms, form) -> list[str]:
    most = terms.most
    if form.is_bound and form.data.get("file_format") == Export.Format.XLSX:
        most = min(most, MOST_ROWS_OF_XLSX)
    if count <= most:
        return []
    counted = f"{COUNTED_AT_MOST}+" if count > COUNTED_AT_MOST else str(count)
    if most < terms.most:
        sentence = _("The list has %(count)s rows; a workbook holds at most %(most)s here. Take it as CSV.")
    else:
        sentence = _("The list has %(count)s rows; you may take at most %(most)s. Narrow it with its filters.")
    return [sentence % {"count": counted, "most": most}]


def _told_before(count, terms) -> Iterable[str]:
    yield _("%(count)s rows; at most %(most)s at a time.") % {"count": count, "most": terms.most}
    if terms.is_marked:
        yield _("The file is marked as an audit copy.")
    yield _("Times are those of the shop; the heading names the zone. The last line or sheet says what this is.")


def _filters_in_words(model_admin, request, changelist) -> Iterable[str]:
    queues = model_admin.queues_for(request) if hasattr(model_admin, "queues_for") else ()
    chosen = request.GET.get("queue") or (queues[0].name if queues else "")
    yield from (_("Queue: %(queue)s") % {"queue": queue.label} for queue in queues if queue.name == chosen)
    for chip in chips(changelist):
        is_search = bool(changelist.query) and chip["value"] == changelist.query
        yield chip["title"] if is_search else f"{chip['title']}: {chip['value']}"
