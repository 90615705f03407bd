"""A request for money before it is asked for, in words: whose word it takes, what is left, and what like cases got."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casemgmt.money import amount_shown
from casemgmt.sentences import say
from complaints.actions.assigning import subjects_of
from complaints.actions.superiors import Superiors
from complaints.actions.weighing_authority import Outlook, outlook_on
from complaints.forms.guides import RungLeft, limit_label, rungs_in_words
from complaints.models import CompensationGrant, Complaint
from complaints.precedents import precedent_for
from complaints.rules.comparing import Likeness, Precedent
from policies.lookup import PoliciesInForce
from policies.rules.authority import LimitLine, Rung

NAMES_SHOWN = 3
LINKS_SHOWN = 6
HIGHEST_PILE = 5
WIDTH = 300


class BarLeft(NamedTuple):
    """One limit drawn: what is counted already and what is asked for, in percent of the most, or of the sum that is
    above it; and in words.
    """

    label: str
    used: int
    asked: int
    sum: str
    left: str
    holds: bool


class Dot(NamedTuple):
    """One like case on the line from nothing (0) to the most (WIDTH); equal sums are piled up to `top`."""

    left: int
    top: int


@dataclass(frozen=True, slots=True)
class PrecedentShown:
    """Like cases in words, as dots, and those that the viewer may open."""

    title: str
    words: str
    dots: tuple[Dot, ...]
    middle: int
    own: int | None
    most: str
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class OutlookShown:
    """What stands beside the form while somebody types. `kind`: open, own, one, two or nobody."""

    kind: str
    route: str
    why: tuple[str, ...]
    title: str
    bars: tuple[BarLeft, ...]
    others: tuple[RungLeft, ...]
    is_weighed: bool
    steps: tuple[str, ...]
    precedent: PrecedentShown | None


def outlook_for(
    case: Complaint,
    policies: PoliciesInForce,
    *,
    by,
    at: datetime,
    amount: Decimal | None,
    kind: str = "",
    legal_reference: str = "",
    grant: CompensationGrant | None = None,
) -> OutlookShown:
    """The outlook of this request by this person now."""
    found = outlook_on(
        case, policies, by=by, at=at, amount=amount, kind=kind, legal_reference=legal_reference, grant=grant
    )
    open_ones = [rung for rung in found.rungs if rung.is_open]
    own = open_ones[0] if open_ones else None
    is_weighed = found.amount is not None
    return OutlookShown(
        kind=_kind(found),
        route=_route(found, case, by, at),
        why=_why(found, own),
        title=_title(own),
        bars=tuple(_bar(line, own, found.amount) for line in own.lines) if own else (),
        others=rungs_in_words(open_ones[1:], found.amount),
        is_weighed=is_weighed,
        steps=_steps(found, policies, kind),
        precedent=_precedent(precedent_for(case, by, at=at), found.amount),
    )


def _kind(found: Outlook) -> str:
    if found.authority is None:
        return "open"
    return {None: "nobody", 0: "own", 1: "one"}.get(found.authority.approvers, "two")


def _route(found: Outlook, case, by, at) -> str:
    kind = _kind(found)
    if kind == "open":
        return _("Type an amount: whose word it takes is shown here, before anybody is asked.")
    if kind == "own":
        return _("Within your own authority: approved at once when handed in, and somebody else pays.")
    if kind == "nobody":
        return _("Nobody may grant this.")
    names = _names(Superiors(at).told(case.team_id, None, subjects_of(case) | {by.pk, case.handler_id}))
    if kind == "one":
        return _("One supervisor decides: %(names)s.") % {"names": names}
    return _("Two different supervisors decide: two of %(names)s.") % {"names": names}


def _names(people: Sequence) -> str:
    if not people:
        return _("nobody; ask an administrator")
    shown = _(", ").join(person.name for person in people[:NAMES_SHOWN])
    rest = len(people) - NAMES_SHOWN
    return shown if rest <= 0 else _("%(names)s and %(n)s more") % {"names": shown, "n": rest}


def _why(found: Outlook, own: Rung | None) -> tuple[str, ...]:
    if found.authority is None or (not found.authority.approvers and found.authority.limit is not None):
        return ()
    if found.authority.limit is None:
        return tuple(say(violation) for violation in found.authority.why[-1:])
    if found.beyond_commitment and (own is None or own.carries):
        return (_("More than the order was worth: never granted on one's own authority."),)
    return ()


def _title(own: Rung | None) -> str:
    if own is None:
        return ""
    return _("Your own authority") if own.limit.approvers == 0 else _("What a supervisor may approve")


def _bar(line: LimitLine, rung: Rung, amount: Decimal | None) -> BarLeft:
    currency = rung.limit.currency
    together = line.already + (line.amount if amount is not None else 0)
    over = together - line.most
    whole = max(line.most, together, Decimal(1))
    used = round(100 * line.already / whole)
    asked = round(100 * (together - line.already) / whole)
    return BarLeft(
        limit_label(line.name, rung.limit.window_days),
        used,
        asked,
        f"{amount_shown(together, currency)} / {amount_shown(line.most, currency)}",
        _("%(amount)s too much") % {"amount": amount_shown(over, currency)}
        if over > 0
        else _("%(amount)s left") % {"amount": amount_shown(line.most - together, currency)},
        over <= 0,
    )


def _steps(found: Outlook, policies, kind: str) -> tuple[str, ...]:
    """Who does what after it is handed in: three people, each one step."""
    if found.authority is None or found.authority.limit is None:
        return ()
    asked = {
        0: _("You hand it in: it holds at once"),
        1: _("You hand it in; one supervisor agrees"),
        2: _("You hand it in; two supervisors agree"),
    }[found.authority.limit.approvers]
    value = policies.compensation_kinds.get(kind)
    if value is None:
        paid = _("Operations pay it, with a reference")
    else:
        days = value.payout_working_days
        paid = ngettext(
            "Operations pay it within %(n)s working day", "Operations pay it within %(n)s working days", days
        ) % {"n": days}
    return (asked, paid, _("You tell the customer"))


def _likeness(likeness: Likeness) -> str:
    return {
        Likeness.GOODS: _("with the same goods"),
        Likeness.CAUSE: _("of the same category and reason"),
        Likeness.CATEGORY: _("of the same category"),
    }[likeness]


def _precedent(found: Precedent | None, amount: Decimal | None) -> PrecedentShown | None:
    if found is None:
        return None
    top = max(found.most, amount or Decimal(0), Decimal(1))
    places: dict[int, int] = {}
    dots = []
    for given in found.sums:
        left = round(WIDTH * given / top)
        dots.append(Dot(left, -3 - 5 * min(places.get(left, 0), HIGHEST_PILE)))
        places[left] = places.get(left, 0) + 1
    title = ngettext("%(n)s like case in a year", "%(n)s like cases in a year", found.count) % {"n": found.count}
    words = _("%(likeness)s: %(least)s to %(most)s, half of them up to %(middle)s") % {
        "likeness": _likeness(found.likeness),
        "least": amount_shown(found.least),
        "most": amount_shown(found.most),
        "middle": amount_shown(found.middle),
    }
    return PrecedentShown(
        title,
        words,
        tuple(dots),
        round(WIDTH * found.middle / top),
        round(WIDTH * amount / top) if amount is not None else None,
        amount_shown(top),
        tuple(
            (reverse("admin:complaints_complaint_change", args=[one.case]), amount_shown(one.given))
            for one in found.shown[:LINKS_SHOWN]
        ),
    )
