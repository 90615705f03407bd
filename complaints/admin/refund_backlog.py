"""Refunds and returns that wait: per age, per handler and per step, and whether a big promotion needs more people.

After big promotions as many people as possible see to refunds and returns (S-SLA-11); otherwise marks fall (WC-25).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casemgmt.adminkit.moment import moment
from casemgmt.adminkit.own_pages import drawn, register_page
from casemgmt.adminkit.pages import Fact, FactGroup, Link
from casemgmt.adminkit.refused_rights import RightRefused
from casemgmt.refusing import page as refusal_page
from complaints.admin.base import visible_cases
from complaints.admin.landing.load import members
from complaints.models import CompensationGrant, ReturnRequest
from complaints.roles import AUDITORS, OPERATIONS, SUPERVISORS, day_of, groups_of
from complaints.states import GrantState, ReturnState
from complaints.vocabulary.returning import ReturnKind
from policies.lookup import PoliciesInForce, policies_of_kinds_in_force
from policies.rules.promotions import people_wanted, promotions_on, shortage
from policies.values import Promotion

R, G = ReturnState, GrantState
AGES = (1, 3, 7)
"""The last day of each column but the open one."""
MOST_READ = 20_000
KINDS = ("promotion", "compensation_kind")
"""What is asked here of the policies."""
READERS = frozenset({SUPERVISORS, OPERATIONS, AUDITORS})
GRANTS_THAT_WAIT = {G.DRAFTED: "approval", G.AWAITING_APPROVAL: "approval", G.APPROVED: "payment", G.BOUNCED: "payment"}


@dataclass(frozen=True, slots=True)
class Waiting:
    """One refund or return that waits: of whose case, since when, and for what (a step)."""

    handler_id: int | None
    handler: str
    since: datetime
    step: str

    def days(self, at: datetime) -> int:
        """Local days since it was asked for."""
        return (day_of(at) - day_of(self.since)) // timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Row:
    """What waits for one person, by age; `url` is their list of cases."""

    label: str
    total: int
    ages: tuple[int, ...]
    oldest: int
    url: str

    @property
    def columns(self) -> list[tuple[str, int]]:
        """The numbers by age, each under the heading of its column."""
        return list(zip(age_names(), self.ages, strict=True))


@dataclass(frozen=True, slots=True)
class Alarm:
    """A promotion that weighs on today, what waits, and how many people are short."""

    promotion: Promotion
    label: str
    waiting: int
    oldest: int
    too_old: int
    people: int
    wanted: int
    short: int

    @property
    def is_short(self) -> bool:
        """Whether somebody has to act: too few people, or something has waited too long."""
        return self.short > 0 or self.too_old > 0

    @property
    def words(self) -> str:
        """The alarm in a sentence."""
        if self.short:
            said = ngettext(
                "%(short)s more person is wanted for refunds and returns: %(waiting)s wait, at most %(most)s for each.",
                "%(short)s more people are wanted for refunds and returns: %(waiting)s wait, at most %(most)s each.",
                self.short,
            )
            return said % {
                "short": self.short,
                "waiting": self.waiting,
                "most": self.promotion.waiting_per_person,
            }
        if self.too_old:
            return ngettext(
                "%(n)s refund or return has waited longer than %(days)s days.",
                "%(n)s refunds and returns have waited longer than %(days)s days.",
                self.too_old,
            ) % {"n": self.too_old, "days": self.promotion.oldest_days}
        return _("The people there are enough for what waits.")

    @property
    def days(self) -> str:
        """When it is, and until when its refunds and returns are watched."""
        shown = [date_format(day, "Y-m-d") for day in (self.promotion.begins_on, self.promotion.ends_on)]
        return _("%(first)s to %(last)s; refunds and returns until %(until)s") % {
            "first": shown[0],
            "last": shown[1],
            "until": date_format(self.promotion.last_day, "Y-m-d"),
        }


def policies_at(at: datetime) -> PoliciesInForce:
    """What is asked here of the policies: big promotions, and which compensation is a refund."""
    return policies_of_kinds_in_force(KINDS, at)


def waiting_in(cases, policies: PoliciesInForce) -> list[Waiting]:
    """Every refund and return of these cases that waits, in two statements.

    What waits for the customer to send goods is among them with its step; a refund that follows a return is counted
    with that return.
    """
    known = ("case__handler", "case__handler__name", "asked_at", "state", "kind", "refund__state")
    returns = ReturnRequest.objects.filter(case__in=cases, refunded_at__isnull=True)
    returns = returns.exclude(state__in=(R.DECLINED, R.CANCELLED, R.REFUNDED, R.EXCHANGED, R.SENT_BACK))
    returns = returns.exclude(state=R.LOST, refund__isnull=True).order_by("asked_at")
    found = [
        Waiting(handler, name or "", since, _step_of(state, kind, money))
        for handler, name, since, state, kind, money in returns.values_list(*known)[:MOST_READ]
    ]
    refunds = [code for code, kind in policies.compensation_kinds.items() if kind.is_refund]
    grants = CompensationGrant.objects.filter(case__in=cases, kind__in=refunds, state__in=GRANTS_THAT_WAIT)
    grants = grants.filter(returns__isnull=True).order_by("asked_at")
    rows = grants.values_list("case__handler", "case__handler__name", "asked_at", "state")[:MOST_READ]
    return found + [
        Waiting(handler, name or "", since, GRANTS_THAT_WAIT[state]) for handler, name, since, state in rows
    ]


def _step_of(state: str, kind: str, money: str | None) -> str:
    if state == R.ASKED:
        return "decision"
    if state in (R.AGREED, R.SENT) and kind != ReturnKind.REFUND_ONLY:
        return "goods"
    if state in (R.RECEIVED, R.INSPECTED, R.FAILED):
        return "inspection"
    return GRANTS_THAT_WAIT.get(money, "approval")


def step_names() -> dict[str, str]:
    """What each step is called, in the order in which they come."""
    return {
        "decision": _("our decision"),
        "goods": _("the goods, from the customer"),
        "inspection": _("inspection of the goods"),
        "approval": _("approval of the refund"),
        "payment": _("the payment"),
    }


def rows_of(found: list[Waiting], at: datetime) -> list[Row]:
    """One row a person, most first; what nobody handles last."""
    by_person: dict[int | None, list[Waiting]] = {}
    for one in found:
        by_person.setdefault(one.handler_id, []).append(one)
    rows = [_row(pk, waiting, at) for pk, waiting in by_person.items() if pk is not None]
    rows.sort(key=lambda row: (-row.total, row.label))
    return rows + ([_row(None, by_person[None], at)] if None in by_person else [])


def _row(pk: int | None, waiting: list[Waiting], at: datetime) -> Row:
    days = [one.days(at) for one in waiting]
    query = "?queue=unassigned" if pk is None else f"?queue=all&handler={pk}"
    return Row(
        label=_("Nobody yet") if pk is None else waiting[0].handler,
        total=len(waiting),
        ages=tuple(Counter(map(_column, days))[place] for place in range(len(AGES) + 1)),
        oldest=max(days),
        url=reverse("admin:complaints_complaint_changelist") + query,
    )


def _column(days: int) -> int:
    return next((place for place, last in enumerate(AGES) if days <= last), len(AGES))


def age_names() -> list[str]:
    """The headings of the columns of ages."""
    begins = (0, *(last + 1 for last in AGES))
    closed = [
        _("%(first)s–%(last)s d") % {"first": first, "last": last} for first, last in zip(begins, AGES, strict=False)
    ]
    return [*closed, _("from %(first)s d") % {"first": begins[-1]}]


def alarms_of(
    found: list[Waiting], people: Mapping[int, bool], promotions: Iterable[Promotion], at: datetime
) -> list[Alarm]:
    """Each promotion that weighs on today, with what waits for the people there and for nobody.

    What still is with the customer asks for nobody's time and is left out. `people`: who is there (True) or away;
    what an absent person has waits for nobody, and whoever else has something is there.
    """
    ours = [one for one in found if one.step != "goods"]
    waiting = Counter({pk: 0 for pk, is_there in people.items() if is_there})
    waiting.update(one.handler_id if people.get(one.handler_id, True) else None for one in ours)
    days = [one.days(at) for one in ours]
    language = get_language() or "zh-hans"
    return [
        Alarm(
            promotion=promotion,
            label=promotion.label.in_language(language),
            waiting=len(ours),
            oldest=max(days, default=0),
            too_old=sum(age > promotion.oldest_days for age in days),
            people=sum(pk is not None for pk in waiting),
            wanted=people_wanted(promotion, len(ours)),
            short=shortage(promotion, waiting),
        )
        for promotion in promotions
    ]


def people_of(members: Iterable) -> dict[int, bool]:
    """Members of teams, and whether each is there; see `complaints.admin.landing.load.members`."""
    return {person.pk: not person.is_away for person in members}


def may_see_backlog(person) -> bool:
    """Who leads, who pays, and who audits."""
    return bool(READERS & groups_of(person)) and person.has_perm("complaints.view_returnrequest")


def card_of(request, cases, people: Mapping[int, bool], at: datetime) -> FactGroup | None:
    """The card of the desk while a promotion weighs; None on all other days, for one look at the policies."""
    if not may_see_backlog(request.user):
        return None
    policies = policies_at(at)
    promotions = promotions_on(policies.promotions.values(), day_of(at))
    if not promotions:
        return None
    link = Link(_("What waits, by age and person"), reverse("desk:refund_backlog"))
    return _drawn(alarms_of(waiting_in(cases, policies), people, promotions[:1], at)[0], link)


def _drawn(alarm: Alarm, link: Link | None = None) -> FactGroup:
    return FactGroup(
        _("%(promotion)s: refunds and returns") % {"promotion": alarm.label},
        facts=(
            Fact(_("waiting for us"), str(alarm.waiting)),
            Fact(_("oldest, in days"), str(alarm.oldest)),
            Fact(_("people there / wanted"), f"{alarm.people} / {alarm.wanted}"),
        ),
        quote=alarm.words,
        link=link,
        note=alarm.days,
    )


@require_safe
def refund_backlog_view(request):
    """For who leads, pays or audits; counted over the cases that the viewer sees. It takes no parameter."""
    if not may_see_backlog(request.user):
        raise RightRefused("refund_backlog")
    if request.GET:
        return refusal_page(400, _("The value of the filter is not valid."))
    at = moment(request)
    policies = policies_at(at)
    found = waiting_in(visible_cases(request), policies)
    promotions = promotions_on(policies.promotions.values(), day_of(at))
    steps = Counter(one.step for one in found)
    people = people_of(members(request, at)) if SUPERVISORS in groups_of(request.user) else {}
    return drawn(
        request,
        "complaints/refund_backlog.html",
        {
            "title": _("Refunds and returns waiting"),
            "rows": rows_of(found, at),
            "ages": age_names(),
            "groups": [
                *map(_drawn, alarms_of(found, people, promotions, at)),
                FactGroup(
                    _("What it waits for"), tuple(Fact(name, str(steps[code])) for code, name in step_names().items())
                ),
            ],
            "returns": Link(_("Returns"), reverse("admin:complaints_returnrequest_changelist")),
            "speed": Link(_("Refund speed"), reverse("desk:refund_speed")),
        },
    )


register_page("refund-backlog/", refund_backlog_view, "refund_backlog")
