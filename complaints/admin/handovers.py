"""The admin of handovers: the register as it stood, who answered each line, and handing over the own shift."""

from django.contrib import admin
from django.db.models import Count, Q
from django.http import StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casemgmt.adminkit.acting import CaseAction
from casemgmt.adminkit.audited import ReadOnlyAdmin
from casemgmt.adminkit.doing import CaseActionsMixin
from casemgmt.adminkit.moment import moment
from casemgmt.adminkit.pages import Link
from casemgmt.adminkit.refused_rights import RightRefused
from casemgmt.exporting import in_csv
from casemgmt.notice_words import page_of, register_ways
from complaints.actions import handing_over
from complaints.admin.base import CasePartAdmin, action_url, visible_cases
from complaints.admin.giving_out import next_links
from complaints.admin.shift_words import COLUMNS, rows_then
from complaints.forms.handing_over import HandOverForm, ReturnLineForm
from complaints.models import Handover, HandoverLine
from complaints.roles import AUDITORS, STAFF, SUPERVISORS, acts_as, day_of, groups_of, may, teams_of
from complaints.shift_register import with_words
from complaints.states import HandoverLineState, HandoverState
from policies.lookup import policies_read_once

WAITING = HandoverLineState.WAITING

HAND_OVER = CaseAction(
    "hand-over",
    gettext_lazy("Hand over"),
    "case.hand_over",
    handing_over.hand_over,
    HandOverForm,
    intro=gettext_lazy("The register is kept as it stands now. Nothing changes hands before somebody has answered."),
    submit=gettext_lazy("Hand these over"),
    template="complaints/dialog_hand_over.html",
    is_page=True,
)


def handovers_of(request):
    """The handovers that the viewer may read: given by or to them or whom they stand in for, and of their teams."""
    rows = Handover.objects.select_related("given_by", "given_to", "team", "words")
    if request.user.is_superuser or AUDITORS in groups_of(request.user):
        return rows
    if not groups_of(request.user) & {STAFF, SUPERVISORS}:
        return rows.none()
    on = day_of(moment(request))
    own, teams = acts_as(request.user, on), teams_of(request.user, on)
    return rows.filter(Q(given_by__in=own) | Q(given_to__in=own) | Q(team__in=teams))


def waits_for(request):
    """Of these, what waits for an answer of the viewer."""
    on = day_of(moment(request))
    to_team = Q(given_to__isnull=True, team__in=teams_of(request.user, on)) & ~Q(given_by=request.user)
    mine = handovers_of(request).filter(Q(given_to__in=acts_as(request.user, on)) | to_team, state=HandoverState.OPEN)
    seen = HandoverLine.objects.filter(state=WAITING, case__in=visible_cases(request))
    return mine.filter(pk__in=seen.values("handover"))


def with_lines_seen(request, rows):
    """The handovers with how many of the viewer's visible lines there are and how many of them wait."""
    seen = Q(lines__case__in=visible_cases(request))
    return rows.annotate(
        lines_seen=Count("lines", filter=seen, distinct=True),
        lines_waiting=Count("lines", filter=seen & Q(lines__state=WAITING), distinct=True),
    )


def handover_url(handover: Handover) -> str:
    """The page of a handover."""
    return reverse("admin:complaints_handover_change", args=[handover.pk])


@admin.register(Handover)
class HandoverAdmin(CaseActionsMixin, ReadOnlyAdmin):
    """Handovers, the newest first; each opens the register as it stood."""

    empty_words = gettext_lazy("No shift was handed over yet. Open the register and hand over yours.")
    list_display = ["given_at", "given_by", "to", "state", "answered"]
    list_filter = ["state"]
    list_select_related = ["given_by", "given_to", "team"]
    sortable_by = []
    ordering = ["-given_at", "-pk"]
    add_label = gettext_lazy("Hand over")
    case_actions = (
        CaseAction(
            "take-everything",
            gettext_lazy("Take everything over"),
            "handover.answer",
            handing_over.take_everything_over,
            why_not=handing_over.why_not_take_everything,
            intro=gettext_lazy("Every case that still waits here becomes yours, with its promises and calls."),
            weight=10,
            group="next",
            is_step=True,
        ),
        CaseAction(
            "take-back",
            gettext_lazy("Take it back"),
            "case.hand_over",
            handing_over.take_back_handover,
            why_not=handing_over.why_not_take_back,
            intro=gettext_lazy("What nobody has answered stays with who gave it."),
            weight=20,
        ),
    )

    def get_queryset(self, request):
        """What the viewer may read."""
        return with_lines_seen(request, handovers_of(request))

    def get_urls(self):
        """The register as a table that leaves the house."""
        name = "complaints_handover_csv"
        return [path("<int:object_id>/csv/", self.admin_site.admin_view(self.csv_view), name=name), *super().get_urls()]

    def has_right(self, request, right, row):
        """By role; whose it is to answer, the rules say."""
        return may(request.user, right, on=day_of(moment(request)))

    def has_add_permission(self, request):
        """Who may hand over."""
        return may(request.user, "case.hand_over", on=day_of(moment(request)))

    def is_beside_the_point(self, violation):
        """What is over, or somebody else's, is not offered."""
        codes = ("handover.settled_already", "handover.not_yours", "handover.not_given_by_you", "handover.to_oneself")
        return violation.code in codes or super().is_beside_the_point(violation)

    def add_view(self, request, form_url="", extra_context=None):
        """Handing over: an action without a row yet."""
        if not self.has_add_permission(request):
            raise RightRefused("case.hand_over", self.opts.label_lower, "")
        return self.dialog_or_deed(request, HAND_OVER, Handover())

    def url_after(self, request, row, result):
        """The handover itself; the register, when nothing came of it."""
        handover = result if isinstance(result, Handover) else row
        return handover_url(handover) if handover.pk else reverse("desk:register")

    @admin.display(description=pgettext_lazy("handover", "given to"))
    def to(self, handover):
        """A colleague, or a team."""
        return handover.given_to.name if handover.given_to else str(handover.team)

    @admin.display(description=pgettext_lazy("handover", "answered"))
    def answered(self, handover):
        """How many lines have their answer, of those the viewer sees."""
        done = handover.lines_seen - handover.lines_waiting
        return _("%(done)s of %(all)s") % {"done": done, "all": handover.lines_seen}

    def _lines(self, request, handover) -> list[HandoverLine]:
        """The lines whose cases the viewer sees, each with its case as a row draws it."""
        cases = {case.pk: case for case in with_words(visible_cases(request).filter(handover_lines__handover=handover))}
        rows = handover.lines.filter(case__in=cases).select_related("answered_by", "handover")
        lines = list(rows.order_by("place"))
        for line in lines:
            line.case = cases[line.case_id]
        return lines

    def _links(self, request, at):
        def links(line):
            answers = handing_over.receives(request.user, line.handover, at=at)
            if line.state != WAITING or not answers or line.handover.given_by_id == request.user.pk:
                return ()
            return (
                Link(_("Take over"), action_url(line, "take-over"), sheet=True),
                Link(_("Return it"), action_url(line, "return-line"), sheet=True),
                Link(_("Ask by a note"), action_url(line.case, "write-note"), sheet=True),
            )

        return links

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The register as it stood, and what came of each line; auditors read it and press nothing."""
        if request.method not in ("GET", "HEAD"):
            return self.only_read(request, "change", object_id)
        handover = self.seen_or_404(request, object_id)
        at = moment(request)
        with policies_read_once():
            lines = self._lines(request, handover)
            rows = rows_then(lines, self._links(request, at))
        waiting = sum(line.state == WAITING for line in lines)
        is_giver = handover.given_by_id == request.user.pk
        context = {
            **self.admin_site.each_context(request),
            "title": _("Handover register"),
            "content_title": _("Handover register"),
            "opts": None,
            "handover": handover,
            "rows": rows,
            "now": handover.given_at,
            "answered": len(lines) - waiting,
            "offers": self.offers(request, handover, at),
            "receiver": handover.given_to.name if handover.given_to else handover.team,
            "csv_url": reverse("admin:complaints_handover_csv", args=[handover.pk]),
            "register_url": reverse("desk:register"),
            "is_open": handover.state == HandoverState.OPEN,
            "next_links": () if handover.is_whole_shift or not is_giver else next_links(request.user, at=at),
        }
        template = "complaints/handover_paper.html" if "paper" in request.GET else "complaints/handover.html"
        return TemplateResponse(request, template, context)

    def csv_view(self, request, object_id: int):
        """The same lines as a table; personal data masked as on the page."""
        if request.method not in ("GET", "HEAD"):
            return self.only_read(request, "export", object_id)
        handover = self.seen_or_404(request, object_id)
        with policies_read_once():
            rows = rows_then(self._lines(request, handover), lambda line: ())
            about = [
                (_("Handover register"), f"{handover.given_by} → {handover.given_to or handover.team}"),
                (_("handed over at"), date_format(localtime(handover.given_at), "DATETIME_FORMAT")),
                (_("exported by"), request.user.name),
            ]
            table = list(in_csv(rows, COLUMNS, about))
        return sent_csv(table, f"handover-{handover.pk}.csv")


def sent_csv(pieces, name: str) -> StreamingHttpResponse:
    """A table as a file that nobody keeps on the way."""
    response = StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@admin.register(HandoverLine)
class HandoverLineAdmin(CasePartAdmin):
    """Single cases of handovers: taken over, or returned."""

    empty_words = gettext_lazy("No case was handed over yet.")
    list_display = ["case", "handover", "state"]
    list_filter = ["state"]
    list_select_related = ["case", "handover"]
    sortable_by = []
    case_actions = (
        CaseAction(
            "take-over",
            gettext_lazy("Take over"),
            "handover.answer",
            handing_over.take_over,
            why_not=handing_over.why_not_take_over,
            intro=gettext_lazy("The case becomes yours, with its promises and calls."),
        ),
        CaseAction(
            "return-line",
            gettext_lazy("Return it"),
            "handover.answer",
            handing_over.return_line,
            ReturnLineForm,
            why_not=handing_over.why_not_return,
        ),
    )

    def url_after(self, request, row, result):
        """The handover."""
        return reverse("admin:complaints_handover_change", args=[row.handover_id])


register_ways("complaints.handover", {"": page_of("complaints_handover")})
