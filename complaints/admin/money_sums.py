"""The ledger of compensations added up: per case, customer, handler, asker or month, as the list is narrowed."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncMonth
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from casemgmt.adminkit.exporting import UNREADABLE
from casemgmt.adminkit.moment import moment
from casemgmt.adminkit.pages import Tab, Words
from casemgmt.adminkit.refused_rights import RightRefused
from casemgmt.adminkit.templatetags.desk import chips
from casemgmt.money import amount_shown
from casemgmt.people.models import Person
from casemgmt.refusing import page
from complaints.admin.base import case_url
from complaints.models import Complaint, Customer
from complaints.roles import AUDITORS, OPERATIONS, SUPERVISORS, WORK_STATES, day_of, groups_of, teams_of
from complaints.states import GrantState

BY = "by"
GROUPS_SHOWN = 100
TO_PAY = (GrantState.APPROVED, GrantState.BOUNCED)
KEYS = {
    "case": "case",
    "customer": "case__customer",
    "handler": "case__handler",
    "asker": "asked_by",
    "month": "month",
}


@dataclass(frozen=True, slots=True)
class SumRow:
    """What was asked for, waits, is to be paid and is paid under one heading, in one currency."""

    title: Words
    url: str
    count: int
    waiting: str
    to_pay: str
    paid: str
    total: str


def may_read_sums(person) -> bool:
    """Operations, supervisors of their teams, and auditors."""
    return person.is_superuser or bool({OPERATIONS, SUPERVISORS, AUDITORS} & groups_of(person))


def ledger_rows(request, rows):
    """Of these visible rows those whose sums the viewer reads: payments, those of the own teams, or all."""
    groups = groups_of(request.user)
    if request.user.is_superuser or AUDITORS in groups:
        return rows
    own = Q(pk__in=[])
    if SUPERVISORS in groups:
        own |= Q(case__team__in=teams_of(request.user, day_of(moment(request))))
    if OPERATIONS in groups:
        own |= Q(state__in=WORK_STATES)
    return rows.filter(own)


class MoneySums:
    """Gives the list of compensations `sums/`, by the filters of the list. Stands before the work list."""

    def get_urls(self):
        """Before Django's own addresses, which take any word for a key."""
        view = self.admin_site.admin_view(self.sums_view)
        return [path("sums/", view, name="complaints_compensationgrant_sums"), *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        """The list, with the way to its sums."""
        found = {"sums_url": self._sums_url(request)} if may_read_sums(request.user) else {}
        return super().changelist_view(request, {**found, **(extra_context or {})})

    def _sums_url(self, request, by: str = "") -> str:
        kept = request.GET.copy()
        for name in ("p", "o", "e", "after", "before", BY):
            kept.pop(name, None)
        if by:
            kept[BY] = by
        query = kept.urlencode()
        url = reverse("admin:complaints_compensationgrant_sums")
        return f"{url}?{query}" if query else url

    def sums_view(self, request):
        """The sums of the list as it is narrowed; two queries for them, one or two for names. Nothing is changed."""
        if request.method not in ("GET", "HEAD"):
            return self.only_read(request, "sums", "")
        if not may_read_sums(request.user) or not self.has_view_permission(request):
            raise RightRefused("sums", self.opts.label_lower)
        by = request.GET.get(BY, "case")
        if by not in KEYS or len(request.GET.getlist(BY)) > 1:
            return page(400, _("The value of the filter is not valid."))
        try:
            changelist = self.list_from(request, self._narrowing(request), self.get_changelist(request))
            rows = ledger_rows(request, changelist.get_queryset(request)).order_by()
            context = {
                "title": _("Compensation added up"),
                "opts": self.opts,
                "states": _by_state(rows),
                "rows": _by_key(rows, by),
                "tabs": [Tab(label, self._sums_url(request, name), is_active=name == by) for name, label in _labels()],
                "heading": dict(_labels())[by],
                "most": GROUPS_SHOWN,
                "on": chips(changelist),
                "list_url": self._list_url(request),
                "export_url": self.export_url(request),
            }
        except UNREADABLE:
            return page(400, _("The value of the filter is not valid."))
        return TemplateResponse(
            request, "complaints/money_sums.html", {**self.admin_site.each_context(request), **context}
        )

    def _narrowing(self, request) -> str:
        kept = request.GET.copy()
        kept.pop(BY, None)
        kept.setdefault("queue", "all")
        return kept.urlencode()

    def _list_url(self, request) -> str:
        return f"{reverse('admin:complaints_compensationgrant_changelist')}?{self._narrowing(request)}"


def _labels() -> list[tuple[str, str]]:
    return [
        ("case", _("By case")),
        ("customer", _("By customer")),
        ("handler", _("By handler")),
        ("asker", _("By who asked")),
        ("month", _("By month")),
    ]


def _by_state(rows) -> list[tuple[Words, int, str]]:
    """Each state and currency: its name, how many, and their sum."""
    found = rows.values("state", "currency").annotate(count=Count("pk"), sum=Sum("amount")).order_by("currency")
    order = {state: place for place, (state, _label) in enumerate(GrantState.choices)}
    return [
        (GrantState(row["state"]).label, row["count"], amount_shown(row["sum"], row["currency"]))
        for row in sorted(found, key=lambda row: (row["currency"], order[row["state"]]))
    ]


def _by_key(rows, by: str) -> list[SumRow]:
    if by == "month":
        rows = rows.annotate(month=TruncMonth("asked_at"))
    key = KEYS[by]
    grouped = (
        rows.values(key, "currency")
        .annotate(
            count=Count("pk"),
            waiting=Sum("amount", filter=Q(state=GrantState.AWAITING_APPROVAL)),
            to_pay=Sum("amount", filter=Q(state__in=TO_PAY)),
            paid=Sum("amount", filter=Q(state=GrantState.PAID)),
            total=Sum("amount"),
        )
        .order_by(f"-{key}" if by == "month" else "-total")[:GROUPS_SHOWN]
    )
    found = list(grouped)
    names = _names(by, {row[key] for row in found} - {None})
    return [
        SumRow(
            *names.get(row[key], (_("nobody"), "")),
            row["count"],
            *(_told(row[name], row["currency"]) for name in ("waiting", "to_pay", "paid", "total")),
        )
        for row in found
    ]


def _told(amount, currency: str) -> str:
    return amount_shown(amount, currency) if amount else ""


def _names(by: str, keys: set) -> dict[object, tuple[str, str]]:
    """Of each key what a reader calls it, and where it leads."""
    if by == "month":
        return {key: (_month(key), "") for key in keys}
    here = reverse("admin:complaints_compensationgrant_changelist")
    if by == "case":
        numbers = Complaint.objects.filter(pk__in=keys).values_list("pk", "case_number")
        return {pk: (number, case_url(pk, "grants")) for pk, number in numbers}
    if by == "customer":
        people = Customer.objects.filter(pk__in=keys).select_related("key")
        return {row.pk: (str(row), f"{here}?{urlencode({'queue': 'all', 'customer': row.pk})}") for row in people}
    parameter = "handler" if by == "handler" else "asked_by"
    people = Person.objects.filter(pk__in=keys).values_list("pk", "name")
    return {pk: (name, f"{here}?{urlencode({'queue': 'all', parameter: pk})}") for pk, name in people}


def _month(moment_of_month: datetime) -> str:
    return date_format(localtime(moment_of_month), "YEAR_MONTH_FORMAT")
