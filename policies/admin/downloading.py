"""The differences that a dry run found, as a file: figures, case numbers and texts, noted before it leaves."""

from django.http import FileResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from casemgmt.adminkit.exporting import Terms, in_the_language_of, note_export
from casemgmt.adminkit.models import Export
from casemgmt.adminkit.moment import moment
from casemgmt.exporting import in_csv, in_xlsx, rows_of
from casemgmt.refusing import page
from policies.admin.dry_runs import columns_of_download
from policies.admin.texts_of_runs import TextsOfRun, columns_of_texts
from policies.dry_running import cases, texts_of
from policies.models import DryRun, PolicyRow

TABLE = "policies.dryrunline"


def sent_file(request, row: PolicyRow, terms: Terms):
    """CSV or, with `file_format` xlsx, a workbook of the newest finished run; 404-like page when there is none."""
    run = row.dry_runs.filter(state=DryRun.State.DONE).order_by("-finished_at", "-pk").first()
    file_format = request.POST.get("file_format", Export.Format.XLSX)
    if run is None or file_format not in Export.Format.values:
        return page(400, _("There is no dry run to take out."))
    lines = run.lines.order_by("pk")
    hidden = cases().hidden_from(request.user, lines.values_list("case_id", flat=True).distinct())
    lines = lines.exclude(case_id__in=hidden)[: terms.most]
    at = moment(request)
    columns = columns_of_download(at, row)
    has_texts = texts_of(row.kind) is not None
    if has_texts:
        lines = list(lines)
        columns += columns_of_texts(TextsOfRun(run, lines, viewer=request.user, at=at))
    note_export(
        TABLE,
        by=request.user,
        at=at,
        columns=[column.name for column in columns],
        part={"run": str(run.pk)},
        rows=len(lines),
        terms=terms,
        words="",
        file_format=file_format,
        request=getattr(request, "request_id", ""),
    )
    about = list(_about(request, row, run, at, terms, has_texts=has_texts))
    name = f"dry-run-{row.kind}-{row.key}-{row.edition}-{localtime(at):%Y%m%d-%H%M}.{file_format}"
    if file_format == Export.Format.XLSX:
        file = in_xlsx(rows_of(lines), columns, about, title=_("Dry run"), about_title=_("What this is"))
        return FileResponse(file, as_attachment=True, filename=name)
    pieces = in_the_language_of(get_language(), in_csv(rows_of(lines), columns, about))
    response = StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    return response


def _about(request, row, run, at, terms, *, has_texts):
    if terms.is_marked:
        yield _("Audit copy"), _("made for an audit; not to be passed on")
    yield _("What this is"), _("What the draft “%(draft)s” would change") % {"draft": row}
    yield _("Taken by"), request.user.get_full_name()
    yield _("Taken at"), f"{localtime(at):%Y-%m-%d %H:%M} ({localtime(at).tzname()})"
    yield _("Cases looked at"), str(run.cases)
    if has_texts:
        yield (
            _("Texts are filled as whoever takes them out may read the case; elsewhere the gaps are named."),
            "",
        )
    else:
        yield _("No personal data: case numbers and figures only."), ""
