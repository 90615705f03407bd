"""Outside routes and public reviews of all cases: lists to work from, and the penalty points of each shop."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit import cells
from casemgmt.adminkit.list_filters import ManyFilter
from casemgmt.adminkit.moment import moment
from casemgmt.adminkit.pages import ClockCard
from casemgmt.adminkit.refused_rights import RightRefused
from casemgmt.adminkit.worklist import Queue, QueueFilter
from casemgmt.people.models import ShopPlatform
from complaints.admin import buttons
from complaints.admin.base import outside_url, visible_cases
from complaints.admin.buttons.outside import REGISTER_REVIEW
from complaints.admin.paperwork import ALL_ROWS, PartAdmin, WorkAdmin
from complaints.models import Clock, CounselEngagement, ExternalRoute, Review
from complaints.models.reviews import WITHOUT_ANSWER
from complaints.models.routes import RUNNING
from complaints.roles import AUDITORS, SUPERVISORS, day_of, groups_of, may
from complaints.states import ReviewState, RouteState
from complaints.vocabulary import BodyKind, RouteKind
from policies.lookup import NothingInForce, outside_policy_in_force


class BodyKindFilter(ManyFilter):
    """Kinds of body."""

    title, parameter_name = _("kind of body"), "body_kind"
    options = staticmethod(lambda request: BodyKind.choices)


class RouteKindFilter(ManyFilter):
    """Rungs of the ladder."""

    title, parameter_name = _("outside route"), "kind"
    options = staticmethod(lambda request: RouteKind.choices)


class RouteStateFilter(ManyFilter):
    """States of the route."""

    title, parameter_name = _("state"), "state"
    options = staticmethod(lambda request: RouteState.choices)


class PlatformFilter(ManyFilter):
    """Platforms on which reviews stand."""

    title, parameter_name = _("platform"), "platform"
    options = staticmethod(lambda request: ShopPlatform.choices)


class ReviewStateFilter(ManyFilter):
    """States of the review."""

    title, parameter_name = _("state"), "state"
    options = staticmethod(lambda request: ReviewState.choices)


@dataclass(frozen=True, slots=True)
class PointsOfShop:
    """What platforms took from one shop within the window of the policy."""

    shop: str
    points: int
    is_grave: bool


def points_of_shops(request, at: datetime) -> tuple[list[PointsOfShop], int]:
    """The penalty points of each shop that the viewer sees, the most first, and the days in which they count."""
    try:
        policy = outside_policy_in_force(at)
    except NothingInForce:
        return [], 0
    since = at - timedelta(days=policy.points_window_days)
    rows = ExternalRoute.objects.filter(case__in=visible_cases(request), penalty_points__gt=0)
    rows = rows.annotate(taken_at=Coalesce("decided_at", "ended_at", "filed_at")).filter(taken_at__gte=since)
    sums = rows.order_by().values("case__shop__name").annotate(points=Sum("penalty_points"))
    found = [
        PointsOfShop(row["case__shop__name"] or "—", row["points"], row["points"] >= policy.points_alarm)
        for row in sums.order_by("-points", "case__shop__name")
    ]
    return found, policy.points_window_days


def running_clocks():
    """The clocks that run for a route."""
    return Clock.objects.running().filter(route=OuterRef("pk"))


def running(rows, request, at):
    """What a body still has before it."""
    return rows.filter(state__in=RUNNING)


def hearing_soon(rows, request, at):
    """Hearings that lie ahead."""
    return rows.filter(state__in=RUNNING, hearing_at__gte=at)


def answer_due(rows, request, at):
    """Where our answer is awaited, by a date of the body or by its clock."""
    owed = Q(answer_due_at__isnull=False) | Exists(running_clocks())
    return rows.filter(owed, state__in=RUNNING, answered_at__isnull=True)


def overdue(rows, request, at):
    """Where our answer, or a clock of the body, is late."""
    late = Q(answer_due_at__lt=at, answered_at__isnull=True) | Exists(running_clocks().filter(due_at__lt=at))
    return rows.filter(late, state__in=RUNNING)


def to_carry_out(rows, request, at):
    """Decided, and not yet complied with."""
    return rows.filter(state=RouteState.DECIDED)


@admin.register(ExternalRoute)
class RouteAdmin(WorkAdmin):
    """Outside routes: where our answer is due, hearings, rulings to carry out."""

    anchor = "routes"
    empty_words = _("No outside route in this list. One is recorded on the page of its case.")
    list_before_template = "complaints/points.html"
    list_filter = [QueueFilter, RouteKindFilter, BodyKindFilter, RouteStateFilter]
    case_actions = buttons.ROUTE
    list_display = ["case_cell", "body_cell", "state_cell", "hearing_cell", "due_cell", "number_cell", "points_cell"]
    ordering = ["-filed_at", "-pk"]
    queues = (
        Queue("running", _("Running"), running),
        Queue("overdue", _("Overdue"), overdue, is_late=True),
        Queue("answer", _("Answer due"), answer_due),
        Queue("hearing", _("Hearing soon"), hearing_soon),
        Queue("ruled", _("Decided, to carry out"), to_carry_out),
        ALL_ROWS,
    )

    def url_after(self, request, row, result):
        """The page of outside routes of the case, or where the dialog was opened."""
        after = super().url_after(request, row, result)
        return outside_url(row.case_id, f"route-{row.pk}") if "#routes" in after else after

    def with_cells(self, request, rows):
        """The earliest clock of each route."""
        return rows.annotate(clock_due_at=Subquery(running_clocks().order_by("due_at").values("due_at")[:1]))

    def changelist_view(self, request, extra_context=None):
        """With the penalty points of the shops, for who leads or audits."""
        context = dict(extra_context or {})
        if request.method in ("GET", "HEAD") and groups_of(request.user) & {SUPERVISORS, AUDITORS}:
            context["points"], context["points_days"] = points_of_shops(request, moment(request))
        return super().changelist_view(request, context)

    @admin.display(description=_("Outside route"))
    def body_cell(self, row):
        """Rung and body."""
        return cells.two_lines(row.get_kind_display(), row.body_name)

    @admin.display(description=_("Hearing"))
    def hearing_cell(self, row):
        """The hearing, while it lies ahead or the route runs."""
        return cells.moment_of(row.hearing_at) if row.hearing_at else "—"

    @admin.display(description=_("Due"))
    def due_cell(self, row):
        """Our answer or the earliest clock, whichever comes first."""
        dates = [row.clock_due_at]
        if row.is_running and row.answered_at is None:
            dates.append(row.answer_due_at)
        first = min(filter(None, dates), default=None)
        return cells.deadline(ClockCard("", first) if first else None)

    @admin.display(description=_("Reference number"))
    def number_cell(self, row):
        """Their number."""
        return row.reference_number or "—"

    @admin.display(description=_("Penalty points"))
    def points_cell(self, row):
        """Points of the platform."""
        return str(row.penalty_points) if row.penalty_points else "—"


@admin.register(Review)
class ReviewAdmin(WorkAdmin):
    """Public reviews: to answer, to agree to, before the platform."""

    anchor = "reviews"
    empty_words = _("No public review in this list. Record one on a case, or register one that belongs to none.")
    add_label = _("Register a public review")
    list_filter = [QueueFilter, PlatformFilter, ReviewStateFilter]
    case_actions = buttons.REVIEW
    list_display = ["case_cell", "stars_cell", "words_cell", "state_cell", "due_cell"]
    list_select_related = ["case__customer__key", "words"]
    queues = (
        Queue("answer", _("To be answered"), lambda rows, request, at: rows.filter(state__in=WITHOUT_ANSWER)),
        Queue(
            "approval",
            _("Awaiting approval"),
            lambda rows, request, at: rows.filter(state=ReviewState.ANSWER_PROPOSED),
        ),
        Queue(
            "overdue",
            _("Overdue"),
            lambda rows, request, at: rows.filter(state__in=WITHOUT_ANSWER, answer_due_at__lt=at),
            is_late=True,
        ),
        Queue(
            "removal",
            _("Before the platform"),
            lambda rows, request, at: rows.filter(state=ReviewState.REMOVAL_REQUESTED),
        ),
        ALL_ROWS,
    )

    def url_after(self, request, row, result):
        """The page of outside routes of the case, where its reviews stand."""
        if isinstance(result, Review):
            row = result
        if row.pk is None:
            return reverse("admin:complaints_review_changelist")
        after = super().url_after(request, row, result)
        return outside_url(row.case_id, "reviews") if "#reviews" in after else after

    def has_add_permission(self, request):
        """Who may register cases."""
        return may(request.user, "case.register", on=day_of(moment(request)))

    def has_right(self, request, right, row):
        """By role and case; a review without a case yet, by role."""
        if row.pk is None:
            return may(request.user, right, on=day_of(moment(request)))
        return super().has_right(request, right, row)

    def add_view(self, request, form_url="", extra_context=None):
        """A review of somebody whom no case is about yet."""
        if not self.has_add_permission(request):
            raise RightRefused("case.register", self.opts.label_lower, "")
        return self.dialog_or_deed(request, REGISTER_REVIEW, Review())

    @admin.display(description=_("Stars"))
    def stars_cell(self, row):
        """Stars and platform."""
        stars = _("%(stars)s of 5") % {"stars": row.improved_stars or row.stars}
        return cells.two_lines(stars, row.get_platform_display())

    @admin.display(description=_("What it says"))
    def words_cell(self, row):
        """The words of the review."""
        return str(row.words)

    @admin.display(description=_("Answer due"))
    def due_cell(self, row):
        """Until when it is to be answered."""
        return cells.deadline(ClockCard("", row.answer_due_at) if row.state in WITHOUT_ANSWER else None)


@admin.register(CounselEngagement)
class CounselAdmin(PartAdmin):
    """Counsel: its dialogs; what was said stands on the page of outside routes."""

    anchor = "routes"
    case_actions = buttons.COUNSEL

    def url_after(self, request, row, result):
        """Where counsel stands."""
        return outside_url(row.case_id, "counsel")
