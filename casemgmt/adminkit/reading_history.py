"""The history pages of a row: every version that the database wrote, read and never sent back."""

from django.core.paginator import Paginator
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from casemgmt.adminkit.stored_words import in_words, names_in, source_in_words
from casemgmt.sentences import registered

VERSIONS_PER_PAGE = 50
LARGEST_KEY = 2**63 - 1
_SIGNATURE = (
    "history_id",
    "history_date",
    "history_at",
    "history_type",
    "history_change_reason",
    "history_user_id",
    "history_actor",
    "history_request",
    "history_source",
    "history_login",
)


class ReadingHistory:
    """Answers GET and HEAD on both history addresses, for rows that the viewer may see.

    simple_history's own view of a version takes a POST from whoever may view, and writes it over the row.
    """

    def history_view(self, request, object_id, extra_context=None):
        """Everything that happened to a row, the latest first."""
        if request.method not in ("GET", "HEAD", "OPTIONS"):
            return self.only_read(request, "rewrite_history", object_id)
        row = self.seen_or_404(request, object_id)
        records = self._records_of(row).order_by("-history_id")
        paginator = Paginator(records, VERSIONS_PER_PAGE)
        leaf = paginator.get_page(request.GET.get("p"))
        versions = list(leaf.object_list)
        before = records.filter(history_id__lt=versions[-1].pk).first() if versions else None
        followed = [*versions[1:], before]
        names = names_in(filter(None, [*versions, before]))
        context = self._history_context(request, row) | {
            "title": _("History"),
            "leaf": leaf,
            "versions": [told_version(new, old, names) for new, old in zip(versions, followed, strict=True)],
            **(extra_context or {}),
        }
        return TemplateResponse(request, "adminkit/history.html", context)

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        """One version of a row, field by field."""
        if request.method not in ("GET", "HEAD", "OPTIONS"):
            return self.only_read(request, "rewrite_history", object_id)
        row = self.seen_or_404(request, object_id)
        key = str(version_id)
        if not (key.isascii() and key.isdecimal() and 0 < int(key[:20]) <= LARGEST_KEY):
            raise Http404
        version = self._records_of(row).filter(history_id=int(key[:20])).first()
        if version is None:
            raise Http404
        names = names_in([version])
        context = self._history_context(request, row) | {
            "title": _("Version %(number)s") % {"number": version.pk},
            "told": told_version(version, None, names),
            "values": [
                (field.verbose_name, in_words(version, field, names))
                for field in version._meta.fields
                if _is_content(field)
            ],
            **(extra_context or {}),
        }
        return TemplateResponse(request, "adminkit/version.html", context)

    def _records_of(self, row):
        """The versions of a row; rows whose changes nobody keeps (notices, letters, sweeps) have no such page."""
        attribute = getattr(self.opts, "simple_history_manager_attribute", None)
        if attribute is None:
            raise Http404
        manager = getattr(self.model, attribute)
        return manager.filter(**{self.opts.pk.attname: row.pk})

    def _history_context(self, request, row):
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "object": row,
            "original": row,
            "history_name": f"admin:{self.opts.app_label}_{self.opts.model_name}_history",
            "version_name": f"admin:{self.opts.app_label}_{self.opts.model_name}_simple_history",
        }


def told_version(version, before, names) -> dict:
    """A version with its signature in words, and what it changed against the one before."""
    reason = version.history_change_reason or ""
    known = registered()
    sentence = known.get(f"story.{reason}") or known.get(reason)
    changes = []
    if before is not None:
        changes = [
            (field.verbose_name, in_words(before, field, names), in_words(version, field, names))
            for field in version._meta.fields
            if _is_content(field) and getattr(version, field.attname) != getattr(before, field.attname)
        ]
    return {
        "version": version,
        "who": getattr(version, "history_actor", "") or "",
        "why": _said(sentence) if sentence else reason,
        "written_at": version.history_date,
        "at": getattr(version, "history_at", None) or version.history_date,
        "source": source_in_words(getattr(version, "history_source", "") or ""),
        "changes": changes,
    }


def _is_content(field) -> bool:
    return field.name not in _SIGNATURE and field.attname not in _SIGNATURE and field.name != "version"


def _said(sentence) -> str:
    """A story sentence; one with parameters is cut before the first, the changes beside it tell the rest."""
    return str(sentence.says).partition("%(")[0].rstrip(" :：，,(（")
