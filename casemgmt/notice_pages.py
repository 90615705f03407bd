"""One's own notices: the list with its pages, the panel of the bell, marking as read, and how one wants to be told."""

from datetime import time

from django import forms
from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from casemgmt.adminkit.audited import ReadOnlyAdmin
from casemgmt.adminkit.moment import moment
from casemgmt.adminkit.templatetags.bell import in_words, notice_in_words, unread_count
from casemgmt.models import Notice, NoticeSettings
from casemgmt.notice_kinds import kind_of, notice_kinds
from casemgmt.refusing import page

IN_THE_PANEL = 12
ON_A_PAGE = 30
SHOWS = ("", "unread")
LED_TO = frozenset({"complaints.complaint", "complaints.bulkrun", "policies.policyrow", "casemgmt.endpoint"})
"""What a notice may be about and has a page of its own; others lead to the list of notices."""


class NoticeAdmin(ReadOnlyAdmin):
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
        number, show = request.GET.get("p", "1"), request.GET.get("show", "")
        if set(request.GET) - {"p", "show"} or not number.isascii() or not number.isdigit() or show not in SHOWS:
            return page(400, _("The value of the filter is not valid."))
        rows = self.shown(request).unread() if show else self.shown(request)
        found = Paginator(rows, ON_A_PAGE).get_page(int(number[:9]))
        context = {
            **self.admin_site.each_context(request),
            "title": _("My notices"),
            "content_title": _("My notices"),
            "opts": self.opts,
            "page": found,
            "entries": _told(found),
            "show": show,
            "unread": unread_count(request),
        }
        return TemplateResponse(request, "adminkit/notices/list.html", context | (extra_context or {}))

    def panel_view(self, request):
        """The first notices as a fragment for the bell; changes nothing."""
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(("GET", "HEAD"))
        rows = self.shown(request)[:IN_THE_PANEL]
        return TemplateResponse(
            request,
            "adminkit/notices/panel.html",
            {"entries": _told(rows), "unread": unread_count(request), "now": moment(request)},
        )

    def unread_view(self, request):
        """How many are unread, for the bell that looks every minute; changes nothing."""
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(("GET", "HEAD"))
        count = unread_count(request)
        return JsonResponse({"count": count, "words": in_words(count)}, headers={"Cache-Control": "no-store"})

    def read_all_view(self, request):
        """Mark all of one's own notices as read; the second time changes nothing."""
        if request.method != "POST":
            return HttpResponseNotAllowed(("POST",))
        at = moment(request)
        Notice.objects.of(request.user).unread().visible(at).update(read_at=at)
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
        if notice.subject_label in LED_TO:
            named = notice.subject_label.replace(".", "_")
            return HttpResponseRedirect(reverse(f"admin:{named}_change", args=[notice.subject_pk]))
        return HttpResponseRedirect(reverse("admin:casemgmt_notice_changelist"))

    def settings_view(self, request):
        """How the viewer wants to be told; nobody sets it for another."""
        if request.method not in ("GET", "HEAD", "POST"):
            return HttpResponseNotAllowed(("GET", "HEAD", "POST"))
        wishes = NoticeSettings.objects.filter(pk=request.user.pk).first() or NoticeSettings(person=request.user)
        form = SettingsForm(request.POST or None, wishes=wishes)
        if request.method == "POST" and form.is_valid():
            form.save()
            messages.success(request, _("Your settings are kept."))
            return HttpResponseRedirect(reverse("admin:casemgmt_notice_settings"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("How I am told"),
            "content_title": _("How I am told"),
            "opts": self.opts,
            "form": form,
        }
        return TemplateResponse(
            request, "adminkit/notices/settings.html", context, status=422 if form.is_bound else 200
        )


def _told(rows) -> list[dict]:
    return [{"notice": notice, "words": notice_in_words(notice), "kind": kind_of(notice.code).label} for notice in rows]


def _back(request) -> str:
    return reverse("admin:casemgmt_notice_changelist" if "stay" in request.POST else "admin:index")


def _clock(label, help_text) -> forms.TimeField:
    widget = UnfoldAdminTextInputWidget(attrs={"type": "time", "step": "60"})
    return forms.TimeField(label=label, required=False, help_text=help_text, widget=widget)


class SettingsForm(forms.Form):
    """Two boxes a kind, and the times of letters."""

    letters = forms.ChoiceField(
        label=gettext_lazy("Letters by e-mail"),
        choices=NoticeSettings.Letters,
        widget=UnfoldAdminSelectWidget,
        help_text=gettext_lazy("A daily letter holds everything since the last one."),
    )
    daily_at = _clock(gettext_lazy("Daily letter at"), gettext_lazy("On the clock of the house, for instance 08:30."))
    quiet_from = _clock(gettext_lazy("No letters from"), gettext_lazy("Letters wait; the list here does not."))
    quiet_until = _clock(gettext_lazy("No letters until"), gettext_lazy("May be on the next day. Both empty: always."))

    def __init__(self, *args, wishes: NoticeSettings, **kwargs):
        super().__init__(*args, **kwargs)
        self.wishes = wishes
        self.label_suffix = ""
        for name in ("letters", "daily_at", "quiet_from", "quiet_until"):
            self.fields[name].initial = getattr(wishes, name)
            self.fields[name].widget.attrs["aria-describedby"] = f"help-{name}"
        for kind in notice_kinds():
            self.fields[f"show-{kind.name}"] = forms.BooleanField(
                required=False, disabled=kind.is_duty, initial=wishes.is_shown(kind), label=_("in the list here")
            )
            self.fields[f"mail-{kind.name}"] = forms.BooleanField(
                required=False, initial=wishes.is_mailed(kind), label=_("by e-mail")
            )

    def rows(self):
        """Each kind with its two boxes."""
        return [(kind, self[f"show-{kind.name}"], self[f"mail-{kind.name}"]) for kind in notice_kinds()]

    def times(self):
        """The other fields."""
        return [self[name] for name in ("letters", "daily_at", "quiet_from", "quiet_until")]

    def clean(self):
        """Both ends of the quiet hours or none, and not all day; a time for the daily letter."""
        data = super().clean()
        quiet = data.get("quiet_from"), data.get("quiet_until")
        if "quiet_from" in data and "quiet_until" in data and (quiet[0] is None) != (quiet[1] is None):
            self.add_error(
                "quiet_until" if quiet[1] is None else "quiet_from", _("Give both ends of the quiet hours, or none.")
            )
        elif quiet[0] is not None and quiet[0] == quiet[1]:
            self.add_error("quiet_until", _("The quiet hours would never end. Take the boxes away instead."))
        if "daily_at" in data and data["daily_at"] is None:
            data["daily_at"] = time(8, 30)
        return data

    def save(self) -> None:
        """Keep the wishes; the second time changes nothing."""
        data = self.cleaned_data
        for name in ("letters", "daily_at", "quiet_from", "quiet_until"):
            setattr(self.wishes, name, data[name])
        self.wishes.silent = [kind.name for kind in notice_kinds() if not data[f"show-{kind.name}"]]
        self.wishes.unmailed = [kind.name for kind in notice_kinds() if not data[f"mail-{kind.name}"]]
        self.wishes.save()


admin.site.register(Notice, NoticeAdmin)
