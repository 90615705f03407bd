"""The doors through which files of evidence leave: the original, a copy, and pictures to look at."""

import logging

from django.http import FileResponse, Http404, HttpResponse
from django.urls import path

from casemgmt.adminkit.in_parts import in_parts
from casemgmt.adminkit.moment import moment
from casemgmt.adminkit.refused_rights import RightRefused
from casemgmt.refusing import page as refusal_page
from casemgmt.sentences import say, say_mend
from casemgmt.violations import RuleBroken, Violation
from complaints.actions.showing_evidence import (
    copy_evidence,
    download_evidence,
    play_evidence,
    preview_evidence,
    thumbnail_of,
)
from complaints.admin.base import holds
from complaints.evidence_files import derived

logger = logging.getLogger(__name__)


class EvidenceFiles:
    """Adds `<pk>/file/`, `copy/`, `play/`, `thumbnail/` and `preview/<page>/` to the admin of evidence.

    Every answer is checked for rights, noted, never cached by others, and runs nothing. Originals, copies and
    what is played leave as attachments alone.
    """

    def get_urls(self):
        """The doors."""
        view = self.admin_site.admin_view
        return [
            path("<int:object_id>/file/", view(self.file_view), name="complaints_evidence_file"),
            path("<int:object_id>/copy/", view(self.copy_view), name="complaints_evidence_copy"),
            path("<int:object_id>/play/", view(self.play_view), name="complaints_evidence_play"),
            path("<int:object_id>/thumbnail/", view(self.thumbnail_view), name="complaints_evidence_thumbnail"),
            path("<int:object_id>/preview/<int:number>/", view(self.preview_view), name="complaints_evidence_preview"),
            *super().get_urls(),
        ]

    def _answered(self, request, object_id: int, answer):
        """What `answer(key, by, at)` gives, or why not: 404 for what is not seen, 403, or a page with the reason."""
        if request.method not in ("GET", "HEAD"):
            return self.only_read(request, "evidence", object_id)
        row = self.get_object(request, str(object_id))
        if row is None:
            raise Http404
        at = moment(request)
        if not holds(request, "evidence.read", row.case, at):
            raise RightRefused("evidence.read", self.opts.label_lower, object_id)
        try:
            return answer(row.pk, by=request.user, at=at)
        except derived.CannotDraw as failure:
            raise Http404 from failure
        except RuleBroken as broken:
            return refusal_page(409, *(f"{say(why)} {say_mend(why) or ''}".strip() for why in broken.violations))
        except OSError:
            logger.exception("the bytes of evidence %s are missing or changed", row.pk)
            why = Violation("evidence.bytes_changed")
            return refusal_page(409, say(why), say_mend(why))

    def file_view(self, request, object_id: int):
        """The original, as an attachment, after a look at its digest."""

        def answer(key, **who):
            found = download_evidence(key, **who)
            return _sent(found.open(), found.content_type, found.name, found.sha256)

        return self._answered(request, object_id, answer)

    def copy_view(self, request, object_id: int):
        """A picture or a recording made anew, without what its head told, as an attachment."""

        def answer(key, **who):
            found = copy_evidence(key, **who)
            return _sent(found.open(), found.content_type, found.name, found.sha256)

        return self._answered(request, object_id, answer)

    def preview_view(self, request, object_id: int, number: int):
        """A picture, or a page of a PDF, to be looked at."""

        def answer(key, **who):
            return _shown(preview_evidence(key, page=number, **who))

        return self._answered(request, object_id, answer)

    def play_view(self, request, object_id: int):
        """A recording in the parts that the player of the page asks for; opened by itself it is a file to keep."""

        def answer(key, **who):
            found = play_evidence(key, **who)
            response = in_parts(request, found.open(), found.content_type)
            response["Content-Disposition"] = f'attachment; filename="{key}{found.ending}"'
            return _guarded(response)

        return self._answered(request, object_id, answer)

    def thumbnail_view(self, request, object_id: int):
        """The small picture of lists."""
        return self._answered(request, object_id, lambda key, **who: _shown(thumbnail_of(key, **who)))


def _sent(bytes_of, content_type: str, name: str, sha256: str) -> FileResponse:
    response = FileResponse(bytes_of, as_attachment=True, filename=name, content_type=content_type)
    response["X-Original-SHA256"] = sha256
    return _guarded(response)


def _shown(drawn: derived.Drawn) -> FileResponse:
    response = FileResponse(drawn.open(), content_type=drawn.content_type)
    response["X-Pages"] = str(drawn.pages)
    return _guarded(response)


def _guarded(response: HttpResponse) -> HttpResponse:
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response
