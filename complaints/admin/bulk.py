"""The admin of bulk work: the actions of the list of cases, and the page of a run from dry run to result."""

import uuid

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.acting import CaseAction
from casemgmt.adminkit.audited import ReadOnlyAdmin
from casemgmt.adminkit.doing import CaseActionsMixin
from casemgmt.adminkit.frame import Group, Place, register_sidebar
from casemgmt.adminkit.moment import moment
from casemgmt.adminkit.refused_rights import RightRefused
from casemgmt.doorbell import ring_after_commit
from casemgmt.sentences import say, say_mend
from casemgmt.violations import RuleBroken
from complaints.actions import bulk
from complaints.actions.bulk_kinds import DEEDS
from complaints.actions.bulk_running import goes_to_the_worker, run_lines
from complaints.admin.bulk_page import button_of, context_of, counts_of, run_url, short_deed_of
from complaints.forms.bulk import AssignManyForm, LinkManyForm, MoveManyForm, RemindManyForm, TagManyForm
from complaints.models import BulkRun
from complaints.roles import AUDITORS, SUPERVISORS, day_of, groups_of, may, teams_of
from complaints.states import BulkState

Kind = BulkRun.Kind
PREFIX = "bulk_"
FROM_THE_LIST = (Kind.ASSIGN, Kind.TAKE, Kind.SHARE, Kind.MOVE, Kind.TAG, Kind.UNTAG, Kind.REMIND, Kind.LINK)
"""What is chosen in the list of cases; what is done for an incident begins on its page."""

WITHOUT_A_CHOICE = (Kind.TAKE, Kind.SHARE)
"""Nothing but the cases is chosen, so that the dry run stands at once."""


def _choosing(kind: str, label):
    """An action of the list: notes the cases that are meant and leads on. Nothing is done yet."""

    @admin.action(description=label, permissions=[f"{PREFIX}{kind}"])
    def choose(self, request, queryset):
        keys = list(queryset.values_list("pk", flat=True)[: bulk.MOST_CHOSEN])
        at = moment(request)
        try:
            with transaction.atomic():
                run = bulk.choose_cases(kind, keys, by=request.user, at=at)
                if kind in WITHOUT_A_CHOICE:
                    bulk.plan_run(run.pk, by=request.user, at=at)
        except RuleBroken as broken:
            for violation in broken.violations:
                messages.error(request, f"{say(violation)} {say_mend(violation)}".strip())
            return None
        return HttpResponseRedirect(run_url(run))

    choose.__name__ = f"{PREFIX}{kind}"
    return choose


class BulkActionsMixin:
    """Gives the list of cases its bulk actions. Stands before the admin that lists cases.

    Who may not is not offered them, and trying by hand is a refused right.
    """

    bulk_assign = _choosing(Kind.ASSIGN, _("Assign to somebody…"))
    bulk_take = _choosing(Kind.TAKE, _("Take"))
    bulk_share = _choosing(Kind.SHARE, _("Give out by rule"))
    bulk_move = _choosing(Kind.MOVE, _("Move to a team…"))
    bulk_tag = _choosing(Kind.TAG, _("Tag…"))
    bulk_untag = _choosing(Kind.UNTAG, _("Remove a tag…"))
    bulk_remind = _choosing(Kind.REMIND, _("Remind the handlers…"))
    bulk_link = _choosing(Kind.LINK, _("Link to an incident…"))
    actions = tuple(f"{PREFIX}{kind}" for kind in FROM_THE_LIST)

    def has_bulk_assign_permission(self, request):
        """Who may change handlers."""
        return self._may_run(request, Kind.ASSIGN)

    def has_bulk_take_permission(self, request):
        """Who may take cases."""
        return self._may_run(request, Kind.TAKE)

    def has_bulk_share_permission(self, request):
        """Who may change handlers."""
        return self._may_run(request, Kind.SHARE)

    def has_bulk_move_permission(self, request):
        """Who may change handlers."""
        return self._may_run(request, Kind.MOVE)

    def has_bulk_tag_permission(self, request):
        """Who may edit facts."""
        return self._may_run(request, Kind.TAG)

    def has_bulk_untag_permission(self, request):
        """Who may edit facts."""
        return self._may_run(request, Kind.UNTAG)

    def has_bulk_remind_permission(self, request):
        """Who supervises."""
        return self._may_run(request, Kind.REMIND)

    def has_bulk_link_permission(self, request):
        """Who may link cases to incidents."""
        return self._may_run(request, Kind.LINK)

    def _may_run(self, request, kind):
        return may(request.user, DEEDS[kind].right, on=day_of(moment(request)))

    def changelist_view(self, request, extra_context=None):
        """The list; an action that the viewer may not run is refused before anything is looked at."""
        name = request.POST.get("action", "")
        kind = name.removeprefix(PREFIX)
        if name.startswith(PREFIX) and kind in FROM_THE_LIST and not self._may_run(request, kind):
            raise RightRefused(DEEDS[kind].right, self.opts.label_lower)
        return super().changelist_view(request, extra_context)


def _confirm(pk, *, by, at):
    """Say yes; the cases change after that is written, here when they are few, else in the worker."""
    run = bulk.confirm_run(pk, by=by, at=at)
    if goes_to_the_worker(run):
        ring_after_commit("complaints.tasks.run_bulk_run", run.pk)
        return run

    def run_here():
        run_lines(run.pk, at=at)

    transaction.on_commit(run_here, robust=True)
    return run


def _choice(kind, label, form, intro):
    submit = _("Try it dry")
    return CaseAction(f"plan-{kind}", label, "bulk", bulk.plan_run, form, intro=intro, submit=submit, group="hidden")


NOTHING_YET = _("Nothing is changed yet: you see first what would become of each case.")


@admin.register(BulkRun)
class BulkRunAdmin(CaseActionsMixin, ReadOnlyAdmin):
    """Bulk runs: one's own, for supervisors those of the team, for auditors all."""

    empty_words = _("No bulk run yet. Choose cases in their list, then what to do with all of them.")

    list_display = ["made_at", "deed", "made_by", "state", "finished_at"]
    list_display_links = ["made_at", "deed"]
    list_select_related = ["made_by", "to_team", "tag", "incident"]
    list_filter = ["kind", "state"]
    sortable_by = []
    ordering = ["-made_at", "-pk"]
    case_actions = (
        _choice(Kind.ASSIGN, _("Assign to somebody"), AssignManyForm, NOTHING_YET),
        _choice(Kind.MOVE, _("Move to a team"), MoveManyForm, NOTHING_YET),
        _choice(Kind.TAG, _("Tag"), TagManyForm, NOTHING_YET),
        _choice(Kind.UNTAG, _("Remove a tag"), TagManyForm, NOTHING_YET),
        _choice(Kind.REMIND, _("Remind the handlers"), RemindManyForm, NOTHING_YET),
        _choice(Kind.LINK, _("Link to an incident"), LinkManyForm, NOTHING_YET),
        CaseAction("run", _("Run what was shown"), "bulk", _confirm),
        CaseAction("stop", _("Stop the run"), "bulk", bulk.stop_run, intro=_("What is done stays done.")),
        CaseAction("retry", _("Try the failed ones again"), "bulk", bulk.retry_run, intro=NOTHING_YET),
        CaseAction("throw-away", _("Throw the dry run away"), "bulk", bulk.throw_away),
    )

    def get_urls(self):
        """How far a run is, for the page that waits."""
        view = self.admin_site.admin_view(self.progress_view)
        return [
            path("<int:object_id>/progress/", view, name="complaints_bulkrun_progress"),
            *super().get_urls(),
        ]

    def get_queryset(self, request):
        """One's own; supervisors read those of their teams, auditors all."""
        rows = (
            super()
            .get_queryset(request)
            .select_related("made_by", "team", "to_team", "tag", "words", "retry_of", "incident", "message__words")
        )
        groups = groups_of(request.user)
        if AUDITORS in groups:
            return rows
        mine = Q(made_by=request.user)
        if SUPERVISORS in groups:
            mine |= Q(team__in=teams_of(request.user, day_of(moment(request))))
        return rows.filter(mine)

    def has_right(self, request, right, row):
        """Whoever made the run, as long as they hold the right that it needs."""
        return row.made_by_id == request.user.pk and may(
            request.user, DEEDS[row.kind].right, on=day_of(moment(request))
        )

    def do_view(self, request, object_id, name):
        """A choice of another kind of run is not found here."""
        run = self.get_object(request, str(object_id))
        if run is not None and name.startswith("plan-") and name != f"plan-{run.kind}":
            raise Http404
        response = super().do_view(request, object_id, name)
        list(messages.get_messages(request))  # the page says what came of it; "done" would be too much said
        return response

    def url_after(self, request, row, result):
        """The page of the run; of the new one after another try; the cases when nothing was planned yet."""
        run = result if isinstance(result, BulkRun) else row
        if run.state == BulkState.CHOSEN or (result is not None and run.state == BulkState.CANCELLED):
            return reverse("admin:complaints_complaint_changelist")
        return run_url(run)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The dry run, how far it is, or what came of it."""
        if request.method not in ("GET", "HEAD"):
            return self.only_read(request, "change", object_id)
        run = self.seen_or_404(request, object_id)
        own = self.has_right(request, "bulk", run)
        if run.state == BulkState.CHOSEN and own:
            return HttpResponseRedirect(self.url_of_action(run, f"plan-{run.kind}"))
        shown = context_of(run, request, moment(request))
        context = {
            **self.admin_site.each_context(request),
            **shown,
            "title": shown["deed"],
            "content_title": shown["deed"],
            "opts": self.opts,
            "is_own": own,
            "form_key": uuid.uuid4(),
            "run_label": button_of(run, shown["will"]),
            "urls": {name: self.url_of_action(run, name) for name in ("run", "stop", "retry")},
            "discard_url": self.url_of_action(run, "throw-away"),
            "choose_url": ""
            if run.kind in (*WITHOUT_A_CHOICE, Kind.OFFER, Kind.TELL)
            else self.url_of_action(run, f"plan-{run.kind}"),
            "progress_url": reverse("admin:complaints_bulkrun_progress", args=[run.pk]),
            "cases_url": reverse("admin:complaints_complaint_changelist"),
        }
        return TemplateResponse(request, "complaints/bulk.html", context)

    def progress_view(self, request, object_id: int):
        """A piece of the page: how far the run is. Once it has ended, the browser is told to load the page anew."""
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(("GET", "HEAD"))
        run = self.seen_or_404(request, object_id)
        if run.state != BulkState.RUNNING:
            return HttpResponse(status=204, headers={"HX-Refresh": "true"})
        counts = counts_of(run, request.user)
        done = counts[bulk.Outcome.DONE] + counts[bulk.Outcome.FAILED]
        all_of_them = done + counts[bulk.Outcome.WILL]
        context = {
            "run": run,
            "dealt_with": done,
            "all_of_them": all_of_them,
            "failed": counts[bulk.Outcome.FAILED],
            "percent": round(100 * done / (all_of_them or 1)),
            "progress_url": request.path,
        }
        return TemplateResponse(request, "complaints/bulk_progress.html", context)

    @admin.display(description=_("What"))
    def deed(self, run):
        """What the run does."""
        return short_deed_of(run)


def sidebar_of(request) -> list[Group]:
    """The entry of the runs, for whoever may read any."""
    if not request.user.has_perm("complaints.view_bulkrun"):
        return []
    return [Group(_("Work"), (Place(_("Bulk runs"), reverse("admin:complaints_bulkrun_changelist"), "checklist"),))]


register_sidebar("bulk", sidebar_of, weight=11)
