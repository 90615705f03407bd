"""One's own notices: the list with its pages, the panel of the bell, marking as read, and how one wants to be told."""

from collections import Counter
from urllib.parse import urlencode

from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import F
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from casemgmt.adminkit.audited import ReadOnlyAdmin
from casemgmt.adminkit.moment import moment
from casemgmt.adminkit.templatetags.bell import in_words, notice_in_words, unread_count
from casemgmt.models import Notice
from casemgmt.notice_kinds import kind_named, kind_of, notice_kinds
from casemgmt.notice_settings import SettingsPages
from casemgmt.notice_words import way_of
from casemgmt.refusing import page

IN_THE_PANEL = 12
LOOKED_AT = 200
ON_A_PAGE = 30
SHOWS = ("", "unread", "duties")
SAME_AT_MOST = 3
"""The panel tells the same thing so often, and then how many more of the kind there are."""


class NoticeAdmin(SettingsPages, ReadOnlyAdmin):
    """One's own notices; nobody sees another's."""

    def get_queryset(self, request):
        """Nobody reads another's notices."""
        return super().get_queryset(request).of(request.user)

    def has_view_permission(self, request, obj=None):
        """Everybody has notices."""
        return request.user.is_active and request.user.is_staff

    def get_urls(self):
        """Reading notices, and the settings."""
        views = {
            "read-all/": (self.read_all_view, "read_all"),
            "panel/": (self.panel_view, "panel"),
            "unread/": (self.unread_view, "unread"),
            "settings/": (self.settings_view, "settings"),
            "settings/robot/": (self.robot_view, "robot"),
            "settings/robot/test/": (self.robot_test_view, "robot_test"),
            "settings/robot/away/": (self.robot_away_view, "robot_away"),
            "<int:object_id>/acknowledge/": (self.acknowledge_view, "acknowledge"),
            "<int:object_id>/read/": (self.read_view, "read"),
        }
        return [
            *(
                path(address, self.admin_site.admin_view(view), name=f"casemgmt_notice_{name}")
                for address, (view, name) in views.items()
            ),
            *super().get_urls(),
        ]

    def shown(self, request):
        """What is to be shown to the viewer now, the unread first, the newest of each first."""
        rows = self.get_queryset(request).visible(moment(request))
        return rows.order_by(F("read_at").desc(nulls_first=True), "-shown_from", "-pk")

    def changelist_view(self, request, extra_context=None):
        """The list, page by page."""
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(("GET", "HEAD"))
        number, show, name = request.GET.get("p", "1"), request.GET.get("show", ""), request.GET.get("kind", "")
        kind = kind_named(name)
        if set(request.GET) - {"p", "show", "kind"} or not (number.isascii() and number.isdigit()):
            return page(400, _("The value of the filter is not valid."))
        if show not in SHOWS or (name and kind is None):
            return page(400, _("The value of the filter is not valid."))
        rows = self.filtered(request, show, kind)
        found = Paginator(rows, ON_A_PAGE).get_page(int(number[:9]))
        context = {
            **self.admin_site.each_context(request),
            "title": _("My notices"),
            "content_title": _("My notices"),
            "opts": self.opts,
            "page": found,
            "entries": _told(found),
            "show": show,
            "kind": kind,
            "kinds": notice_kinds(),
            "query": urlencode({key: value for key, value in (("show", show), ("kind", name)) if value}),
            "unread": unread_count(request),
        }
        return TemplateResponse(request, "adminkit/notices/list.html", context | (extra_context or {}))

    def filtered(self, request, show: str, kind):
        """What the list shows: all, the unread, or the duties that wait for a word; of one kind or of all."""
        rows = self.shown(request)
        if kind is not None:
            rows = rows.of_kind(kind)
        return rows.unread() if show == "unread" else rows.to_acknowledge() if show == "duties" else rows

    def panel_view(self, request):
        """The first notices as a fragment for the bell; changes nothing."""
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(("GET", "HEAD"))
        told, more = _without_storms(self.shown(request)[:LOOKED_AT])
        return TemplateResponse(
            request,
            "adminkit/notices/panel.html",
            {"entries": _told(told), "more": more, "unread": unread_count(request), "now": moment(request)},
        )

    def unread_view(self, request):
        """How many are unread, for the bell that looks every minute; changes nothing."""
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(("GET", "HEAD"))
        count = unread_count(request)
        return JsonResponse({"count": count, "words": in_words(count)}, headers={"Cache-Control": "no-store"})

    def read_all_view(self, request):
        """Mark all of one's own notices, or those of a kind, as read; the second time changes nothing."""
        if request.method != "POST":
            return HttpResponseNotAllowed(("POST",))
        at = moment(request)
        name = request.POST.get("kind", "")
        kind = kind_named(name)
        if name and kind is None:
            return page(400, _("The value of the filter is not valid."))
        rows = Notice.objects.of(request.user).unread().visible(at)
        (rows if kind is None else rows.of_kind(kind)).update(read_at=at)
        return HttpResponseRedirect(_back(request))

    def read_view(self, request, object_id: int):
        """Lead to what the notice is about; POST marks it as read, GET changes nothing."""
        notice = self.get_queryset(request).filter(pk=object_id).first()
        if notice is None:
            raise Http404
        if request.method not in ("GET", "HEAD", "POST"):
            return HttpResponseNotAllowed(("GET", "HEAD", "POST"))
        if request.method == "POST":
            Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=moment(request))
            if "go" not in request.POST:
                return HttpResponseRedirect(_back(request))
        way = way_of(notice.code, notice.subject_label, notice.subject_pk)
        return HttpResponseRedirect(way or reverse("admin:casemgmt_notice_changelist"))

    def acknowledge_view(self, request, object_id: int):
        """Say of a duty that one has it in hand; it is read then too. The second time changes nothing."""
        if request.method != "POST":
            return HttpResponseNotAllowed(("POST",))
        notice = self.get_queryset(request).filter(pk=object_id).first()
        if notice is None or not kind_of(notice.code).is_duty:
            raise Http404
        at = moment(request)
        Notice.objects.filter(pk=notice.pk, acknowledged_at=None).update(
            acknowledged_at=at, read_at=Coalesce("read_at", at)
        )
        return HttpResponseRedirect(_back(request))


def _without_storms(rows) -> tuple[list[Notice], list[dict]]:
    """The first of the rows, the same code a few times at most; and the kinds of which there are many more unread."""
    told, times = [], Counter()
    for notice in rows:
        times[notice.code] += notice.read_at is None
        if len(told) < IN_THE_PANEL and (notice.read_at is not None or times[notice.code] <= SAME_AT_MOST):
            told.append(notice)
    more: Counter = Counter()
    for code, number in times.items():
        more[kind_of(code).name] += max(0, number - SAME_AT_MOST)
    return told, [
        {"kind": kind_named(name), "n": number} for name, number in more.items() if number and kind_named(name)
    ]


def _told(rows) -> list[dict]:
    return [{"notice": notice, "words": notice_in_words(notice), "kind": kind_of(notice.code).label} for notice in rows]


def _back(request) -> str:
    return reverse("admin:casemgmt_notice_changelist" if "stay" in request.POST else "admin:index")


admin.site.register(Notice, NoticeAdmin)
