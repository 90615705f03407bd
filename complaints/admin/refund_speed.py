"""How fast money goes back: from request and from goods to the payment, month by month (S-RET-11, S-SLA-10)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casemgmt.adminkit.moment import moment
from casemgmt.adminkit.own_pages import drawn, register_page
from casemgmt.adminkit.pages import Link
from casemgmt.adminkit.refused_rights import RightRefused
from casemgmt.adminkit.templatetags.desk import span_in_words
from casemgmt.refusing import page as refusal_page
from complaints.admin.base import visible_cases
from complaints.models import ReturnRequest
from complaints.states import ReturnState

MONTHS_SHOWN = 6
MOST_READ = 20_000
DECIDED = (ReturnState.DECLINED, ReturnState.CANCELLED)


@dataclass(frozen=True, slots=True)
class Month:
    """The figures of one month of requests; spans in words, "" while there is nothing to measure."""

    label: str
    asked: int
    refunded: int
    from_request: str
    from_goods: str
    slowest: str
    refund_only_late: int
    refund_only: int


def months_of(cases, at: datetime) -> list[Month]:
    """The last months, the newest first, of the cases that the viewer sees; one statement."""
    since = localtime(at).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    since = (since - timedelta(days=31 * (MONTHS_SHOWN - 1))).replace(day=1)
    rows = (
        ReturnRequest.objects.filter(case__in=cases, asked_at__gte=since)
        .order_by("-asked_at")
        .values_list("asked_at", "received_at", "refunded_at", "decide_by", "decided_at")[:MOST_READ]
    )
    months: dict[str, list] = {}
    for row in rows:
        months.setdefault(date_format(localtime(row[0]), "YEAR_MONTH_FORMAT"), []).append(row)
    return [_month(label, found, at) for label, found in months.items()]


def _month(label, rows, at) -> Month:
    from_request = [paid - asked for asked, _goods, paid, _by, _decided in rows if paid is not None]
    from_goods = [paid - goods for _asked, goods, paid, _by, _decided in rows if paid is not None and goods is not None]
    hurried = [(decide_by, decided) for *_dates, decide_by, decided in rows if decide_by is not None]
    return Month(
        label=label,
        asked=len(rows),
        refunded=len(from_request),
        from_request=_words(median(from_request)) if from_request else "",
        from_goods=_words(median(from_goods)) if from_goods else "",
        slowest=_words(max(from_request)) if from_request else "",
        refund_only=len(hurried),
        refund_only_late=sum((decided or at) > decide_by for decide_by, decided in hurried),
    )


def _words(span: timedelta) -> str:
    return str(span_in_words(span))


@require_safe
def refund_speed_view(request):
    """For whoever sees returns; counted over the cases that the viewer sees. It takes no parameter."""
    if not request.user.has_perm("complaints.view_returnrequest"):
        raise RightRefused("refund_speed")
    if request.GET:
        return refusal_page(400, _("The value of the filter is not valid."))
    at = moment(request)
    return drawn(
        request,
        "complaints/refund_speed.html",
        {
            "title": _("Refund speed"),
            "months": months_of(visible_cases(request), at),
            "returns": Link(_("Returns"), reverse("admin:complaints_returnrequest_changelist")),
        },
    )


register_page("refund-speed/", refund_speed_view, "refund_speed")
