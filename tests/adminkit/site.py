"""A site of its own over the ledger's probe: every tool of adminkit on a model that means nothing."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import include, path
from unfold.sites import UnfoldAdminSite

from casemgmt.adminkit import cells, own_pages
from casemgmt.adminkit.acting import CaseAction
from casemgmt.adminkit.audited import AuditedAdmin, ReadOnlyAdmin
from casemgmt.adminkit.doing import CaseActionsMixin
from casemgmt.adminkit.forms import ActionForm, choice_field, file_field, line_field, words_field
from casemgmt.adminkit.language import choose_language
from casemgmt.adminkit.pages import ClockCard, Severity, StateChip
from casemgmt.adminkit.recording import RecordPageMixin
from casemgmt.adminkit.worklist import Queue, QueueFilter, WorkListMixin
from casemgmt.ledger import signed
from casemgmt.models import Notice
from casemgmt.notice_pages import NoticeAdmin
from casemgmt.violations import CaseMovedOn, RuleBroken, Violation
from tests.adminkit.sample import sample_record
from tests.ledger.probe.models import Lamp, Probe, Tag

RIGHT = "probe.change_probe"


@transaction.atomic
def rename(pk, *, by, at, name, words, colours=()):
    """Give the probe another name; "wrong" and "elsewhere" are refused for two reasons, after something was written."""
    with signed(by=by, reason="test.renamed", at=at):
        probe = Probe.objects.select_for_update().get(pk=pk)
        probe.name = name
        probe.amount += 1
        probe.save()
    if name == "wrong":
        raise RuleBroken([Violation("test.name", field="name"), Violation("test.whole")])
    if name == "moved":
        raise CaseMovedOn("somebody was faster")
    if name == "forbidden":
        raise PermissionDenied("rename")
    return probe


def take_file(pk, *, by, at, file):
    """Keep the length of a file."""
    with signed(by=by, reason="test.file", at=at):
        Probe.objects.filter(pk=pk).update(amount=file.size)


def blocked(row, *, by, at):
    """Always one reason why not."""
    yield Violation("test.whole")


class RenameForm(ActionForm):
    """A name and words."""

    name = line_field("Name")
    words = words_field("Words", required=False, help_text="Nobody reads them.")
    colour = choice_field("Colour", [("r", "Red"), ("g", "Green")], required=False)
    colours = forms.MultipleChoiceField(
        label="Colours",
        choices=[("r", "Red"), ("g", "Green")],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def clean(self):
        """One colour is for show."""
        cleaned = super().clean()
        cleaned.pop("colour", None)
        return cleaned


class FileForm(ActionForm):
    """A file."""

    file = file_field("File")


ACTIONS = (
    CaseAction(
        "rename",
        "提交进度说明",
        RIGHT,
        rename,
        RenameForm,
        intro="干洗费已超时 2 天，每天要给顾客一次说明。",
        submit="发送进度说明",
        effects=lambda row, at: ["状态：执行方案", "顾客收到上面的答复"],
        weight=1,
        group="next",
    ),
    CaseAction(
        "careful-rename",
        "登记电话",
        RIGHT,
        rename,
        RenameForm,
        checks_version=True,
        icon="call",
        hint=lambda row, at: "今天 0/3 次",
    ),
    CaseAction("take-file", "上传文件", RIGHT, take_file, FileForm, icon="attach_file"),
    CaseAction("blocked", "完成执行", RIGHT, rename, RenameForm, why_not=blocked),
    CaseAction("hidden", "Hidden", RIGHT, rename, RenameForm, group="hidden"),
    CaseAction("forbidden", "Not for you", "probe.nobody_has_this", rename, RenameForm),
)


class ProbeAdmin(CaseActionsMixin, RecordPageMixin, WorkListMixin, ReadOnlyAdmin):
    """Probes as records to work on."""

    list_display = ["what", "how_grave", "where", "due", "sum"]
    list_filter = [QueueFilter, "amount"]
    search_fields = ["name"]
    ordering = ["pk"]
    queues = (
        Queue("all", "我的", lambda rows, request, at: rows),
        Queue("named-a", "已超时", lambda rows, request, at: rows.filter(name__startswith="a"), is_late=True),
        Queue("none", "没有", lambda rows, request, at: rows.none()),
        Queue("old", "已结案", lambda rows, request, at: rows.filter(state="done"), is_counted=False),
    )
    case_actions = ACTIONS

    def get_queryset(self, request):
        """Nobody sees the probe called "secret"."""
        return super().get_queryset(request).exclude(name="secret")

    def record_page(self, request, row, at):
        """The sample, with this row's actions."""
        is_reader = not request.user.has_perm(RIGHT)
        return sample_record(
            at,
            () if is_reader else self.offers(request, row, at),
            "只读。您在查看本案，这次查看已记录。" if is_reader else "",
        )

    @admin.display(description="编号与事由")
    def what(self, row):
        """Two lines."""
        return cells.two_lines(row.name, "TS-20260928-0093", marks=("差评风险",))

    @admin.display(description="严重程度")
    def how_grave(self, row):
        """Shape and word."""
        return cells.severity_mark(Severity("critical" if row.pk % 2 else "minor", "重大" if row.pk % 2 else "轻微"))

    @admin.display(description="状态")
    def where(self, row):
        """A chip."""
        return cells.state_chip(StateChip("执行方案", 0.6))

    @admin.display(description="下一个期限")
    def due(self, row):
        """Paused."""
        return cells.deadline(ClockCard("承诺付款", None, is_paused=True, note="等顾客回复"))

    @admin.display(description="涉及金额")
    def sum(self, row):
        """A dash or an amount."""
        return cells.money(row.amount)


class TagAdmin(CaseActionsMixin, AuditedAdmin):
    """Tags with a plain change form."""

    list_display = ["name"]
    list_filter = ["name"]
    lookups = ("main_probes__amount",)
    search_fields = ["name"]


class LampAdmin(AuditedAdmin):
    """Keyed by a UUID."""


site = UnfoldAdminSite()
site.register(Probe, ProbeAdmin)
site.register(Tag, TagAdmin)
site.register(Lamp, LampAdmin)
site.register(Notice, NoticeAdmin)

urlpatterns = [
    path("admin/", include((own_pages.addresses(), "desk"))),
    path("admin/", site.urls),
    path("language/", choose_language, name="set_language"),
]
handler400 = "casemgmt.refusing.bad_request"
handler403 = "casemgmt.refusing.permission_denied"
handler404 = "casemgmt.refusing.not_found"
