"""The list of policies, the page of one, and the dialogs in which it is drafted, tried and switched on."""

from django.contrib import admin
from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.acting import CaseAction
from casemgmt.adminkit.audited import ReadOnlyAdmin
from casemgmt.adminkit.doing import CaseActionsMixin
from casemgmt.adminkit.exporting import ExportMixin, Terms
from casemgmt.adminkit.moment import moment
from casemgmt.adminkit.refused_rights import RightRefused
from casemgmt.exporting import Column
from casemgmt.people.groups import GroupName
from policies.actions.drafting import draft_new
from policies.admin.beginning import NewForm
from policies.admin.buttons import DRAFT, POLICY
from policies.admin.downloading import sent_file
from policies.admin.dry_runs import NO_DRY_RUN, found_by
from policies.admin.holding import held_view
from policies.admin.list_filters import ReviewFilter
from policies.admin.page import context_of, page_url, steps_of
from policies.models import PolicyKind, PolicyRow, PolicyState
from policies.readiness import is_fresh, newest_dry_run
from policies.telling_changes import told_of

MOST_ROWS = 5_000
BESIDE_THE_POINT = (
    "policy.not_in_this_state",
    "policy.changes_no_cases",
    "policy.no_dry_run_under_way",
    "policy.has_begun",
    "policy.no_such_case",
)


def _content(row) -> str:
    return "\n".join(f"{name}: {'; '.join(lines)}" for name, lines in told_of(row))


EXPORT_COLUMNS = (
    Column("title", _("title"), lambda row: row.title),
    Column("kind", _("kind"), lambda row: row.get_kind_display()),
    Column("key", _("key"), lambda row: row.key),
    Column("edition", _("edition"), lambda row: row.edition),
    Column("state", _("state"), lambda row: row.get_state_display()),
    Column("valid_from", _("valid from"), lambda row: row.valid_from, is_time=True),
    Column("content", _("content"), _content),
    Column("source", _("source"), lambda row: str(row.source)),
    Column("review_on", _("to be reviewed on"), lambda row: str(row.review_on or "")),
    Column("drafted_by", _("drafted by"), lambda row: str(row.drafted_by or "")),
    Column("activated_by", _("activated by"), lambda row: str(row.activated_by or "")),
)


@admin.register(PolicyRow)
class PolicyRowAdmin(CaseActionsMixin, ExportMixin, ReadOnlyAdmin):
    """Nothing is edited in place: policies change by the dialogs of their actions alone."""

    empty_words = _("No policy here. The policies of the country come with the release; without them no deadline runs.")
    list_display = ["titled", "kind", "key", "edition", "state", "valid_from", "review_on", "activated_by"]
    list_filter = ["kind", "state", ReviewFilter, "check_with_counsel"]
    list_select_related = ["activated_by"]
    search_fields = ["key", "title_en", "title_zh"]
    export_columns = EXPORT_COLUMNS
    list_before_template = "policies/list_tools.html"
    case_actions = POLICY

    def get_urls(self):
        """What held on a day, a policy that is new, how far a dry run is, and its file."""
        wrap, name = self.admin_site.admin_view, "policies_policyrow"
        return [
            path("held/", wrap(self.held_view), name=f"{name}_held"),
            path("new/<slug:kind>/", wrap(self.new_view), name=f"{name}_new"),
            path("<int:object_id>/dry-run/", wrap(self.progress_view), name=f"{name}_progress"),
            path("<int:object_id>/dry-run/file/", wrap(self.file_view), name=f"{name}_file"),
            *super().get_urls(),
        ]

    def export_terms(self, request):
        """Policy editors, and auditors with the mark of an audit copy (roles.md, row export)."""
        groups = set(request.user.groups.values_list("name", flat=True))
        if GroupName.AUDITORS in groups:
            return Terms(MOST_ROWS, is_marked=True)
        return Terms(MOST_ROWS) if GroupName.POLICY_EDITORS in groups else None

    def export_rows(self, request, queryset):
        """With the people who drafted and switched on."""
        return queryset.select_related("drafted_by", "activated_by")

    def changelist_view(self, request, extra_context=None):
        """The list, with the ways to a new policy and to a day of the past."""
        context = {
            "held_url": reverse("admin:policies_policyrow_held"),
            "new_urls": [
                (label, reverse("admin:policies_policyrow_new", args=[kind])) for kind, label in PolicyKind.choices
            ]
            if request.user.has_perm(DRAFT)
            else [],
        }
        return super().changelist_view(request, context | (extra_context or {}))

    def is_beside_the_point(self, violation):
        """What the state of the row knows nothing of is not offered."""
        return violation.code in BESIDE_THE_POINT

    def url_after(self, request, row, result):
        """The page of the row; of a new draft the form in which it is written."""
        if isinstance(result, PolicyRow) and result.pk != row.pk and result.state == PolicyState.DRAFTED:
            return page_url(result) if result.closing else self.url_of_action(result, "write")
        if row.pk is None:
            return page_url(result) if result else reverse("admin:policies_policyrow_changelist")
        return page_url(row)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The page: the change, the own cases, the dry run, the editions; GET and HEAD alone."""
        if request.method not in ("GET", "HEAD", "OPTIONS"):
            return self.only_read(request, "change", object_id)
        row, at = self.seen_or_404(request, object_id), moment(request)
        shown = context_of(row, at, is_asked="ask" in request.GET)
        run = newest_dry_run(row)
        is_done = run is not None and run.state == run.State.DONE
        fresh = run is not None and is_fresh(run, row, at)
        offers = self.offers(request, row, at)
        may_draft = request.user.has_perm(DRAFT)
        context = {
            **self.admin_site.each_context(request),
            **shown,
            "title": shown["headline"],
            "content_title": _("Policies"),
            "opts": self.opts,
            "now": at,
            "page": _Offers(offers),
            "steps": steps_of(row, shown["cases"], run, fresh),
            "run": run,
            "is_fresh": fresh,
            "found": found_by(run, request.user, at) if is_done else [],
            "untouched": run.cases - run.counts.get("changed", 0) if is_done else 0,
            "no_dry_run": NO_DRY_RUN.get(row.kind, ""),
            "progress_url": reverse("admin:policies_policyrow_progress", args=[row.pk]),
            "file_url": reverse("admin:policies_policyrow_file", args=[row.pk]) if self.export_terms(request) else "",
            "case_url": self.url_of_action(row, "set-case") if may_draft else "",
            "drop_url": self.url_of_action(row, "drop-case") if may_draft else "",
            "may_write": may_draft and row.state == PolicyState.DRAFTED,
            **(extra_context or {}),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "policies/policy.html", context)

    def progress_view(self, request, object_id: int):
        """A piece of the page: how far the dry run is. Once it has ended, the browser loads the page anew."""
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(("GET", "HEAD"))
        row = self.seen_or_404(request, object_id)
        run = newest_dry_run(row)
        if run is None or not run.is_under_way:
            return HttpResponse(status=204, headers={"HX-Refresh": "true"})
        percent = round(100 * run.looked_at / (run.cases or 1))
        context = {"run": run, "percent": min(percent, 100), "progress_url": request.path}
        return TemplateResponse(request, "policies/progress.html", context)

    def file_view(self, request, object_id: int):
        """The differences of the newest dry run as a table; POST alone, and noted before the first byte leaves."""
        row = self.seen_or_404(request, object_id)
        terms = self.export_terms(request)
        if terms is None:
            raise RightRefused("export", self.opts.label_lower, object_id)
        if request.method != "POST":
            return HttpResponseNotAllowed(("POST",))
        return sent_file(request, row, terms)

    def held_view(self, request):
        """What held on a day; for everybody who reads policies."""
        if not self.has_view_permission(request):
            raise RightRefused("view", self.opts.label_lower)
        return held_view(request, self)

    def new_view(self, request, kind: str):
        """A policy that has no edition yet: its key, and its first text."""
        if kind not in PolicyKind.values:
            raise Http404
        if not self.has_right(request, DRAFT, None):
            raise RightRefused(DRAFT, self.opts.label_lower)
        return self.dialog_or_deed(request, NEW, PolicyRow(kind=kind, valid_from=moment(request)))

    @admin.display(description=_("title"))
    def titled(self, row):
        """In the reader's language."""
        return row.title


class _Offers:
    """The buttons as the part of record pages draws them."""

    seldom_groups = ("seldom",)
    checklist = checklists = ()
    checklist_title = ""

    def __init__(self, offers):
        self.primary = next((offer for offer in offers if offer.is_primary), None)
        allowed = [offer for offer in offers if offer.is_allowed and not offer.is_primary]
        self.possible = [offer for offer in allowed if offer.action.group not in self.seldom_groups]
        self.seldom = [offer for offer in allowed if offer.action.group in self.seldom_groups]
        self.blocked = [offer for offer in offers if not offer.is_allowed]


NEW = CaseAction(
    "new",
    _("Draft a new policy"),
    DRAFT,
    draft_new,
    NewForm,
    submit=_("Draft"),
    intro=_("Its first edition, with a key of its own; the content is written in the next step."),
)
