"""Deciding several requests of the inbox at once: each by its own action, in its own transaction, with its result."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgmt.adminkit.doing import FORM_KEY, NO_KEY
from casemgmt.adminkit.editing import version_of
from casemgmt.adminkit.forms import LONGEST_WORDS
from casemgmt.adminkit.models import SpentFormKey
from casemgmt.adminkit.moment import moment
from casemgmt.adminkit.own_pages import drawn, register_page
from casemgmt.adminkit.refused_rights import RightRefused, note_refusal
from casemgmt.ledger import Refused
from casemgmt.refusing import page
from casemgmt.sentences import registered, say
from casemgmt.violations import CaseMovedOn, RuleBroken, Violation
from complaints.actions import (
    announcing_incidents,
    approving,
    extending,
    holding,
    incident_plans,
    overriding,
    refusing,
    reviewing,
)
from complaints.admin.base import case_url
from complaints.admin.incident_page import incident_url
from complaints.admin.waiting import (
    announcements_waiting,
    decides,
    extensions_waiting,
    grants_waiting,
    holds_waiting,
    plans_waiting,
    refusals_waiting,
    reviews_waiting,
    wordings_waiting,
)

MOST_AT_ONCE = 25

MANY: Mapping[str, str | Promise] = MappingProxyType(
    {
        "approve": gettext_lazy("Agree to the chosen ones"),
        "send_back": gettext_lazy("Send the chosen ones back"),
        "refuse": gettext_lazy("Refuse the chosen ones"),
    }
)
"""What can be done with several lines at once, by name."""


def _in_its_case(row, kind: str) -> tuple[str, str]:
    """What staff call it, and where it is read."""
    return row.case.case_number, case_url(row.case_id, f"{kind}s")


def _in_its_incident(row, kind: str) -> tuple[str, str]:
    return row.incident.title, incident_url(row.incident_id)


@dataclass(frozen=True, slots=True)
class Kind:
    """How requests of a kind are decided: where they wait, the right, each deed with the name of its words, and what
    was seen of one. `bound` names the parameter by which a yes is bound to what was seen.
    """

    waiting: Callable
    right: str
    deeds: Mapping[str, tuple[Callable, str]]
    seen: Callable = version_of
    bound: str = ""
    place: Callable = _in_its_case


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "grant": Kind(
            grants_waiting,
            "grant.approve",
            {
                "approve": (approving.approve_grant, ""),
                "send_back": (approving.return_grant, "reason"),
                "refuse": (approving.reject_grant, "reason"),
            },
            seen=lambda row: row.content_digest,
            bound="seen_digest",
        ),
        "refusal": Kind(
            refusals_waiting,
            "refusal.decide",
            {
                "approve": (refusing.approve_refusal, "remark"),
                "send_back": (refusing.send_back_refusal, "remark"),
            },
        ),
        "wording": Kind(
            wordings_waiting,
            "wording.decide",
            {
                "approve": (overriding.approve_wording, "remark"),
                "refuse": (overriding.reject_wording, "remark"),
            },
        ),
        "extension": Kind(
            extensions_waiting,
            "clock.decide",
            {
                "approve": (extending.approve_extension, "remark"),
                "refuse": (extending.reject_extension, "reason"),
            },
        ),
        "review": Kind(
            reviews_waiting,
            "review.decide",
            {"approve": (reviewing.approve_answer, ""), "send_back": (reviewing.send_back_answer, "remark")},
        ),
        "hold": Kind(
            holds_waiting,
            "hold.decide",
            {"approve": (holding.lift_hold, ""), "refuse": (holding.let_hold_stay, "reason")},
        ),
        "incident_plan": Kind(
            plans_waiting,
            "incident.lead",
            {
                "approve": (incident_plans.approve_incident_plan, "remark"),
                "send_back": (incident_plans.send_back_incident_plan, "remark"),
            },
            place=_in_its_incident,
        ),
        "public_notice": Kind(
            announcements_waiting,
            "incident.lead",
            {
                "approve": (announcing_incidents.approve_public_notice, "remark"),
                "send_back": (announcing_incidents.send_back_public_notice, "remark"),
            },
            place=_in_its_incident,
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of one line: done, or every reason why not."""

    case_number: str
    url: str
    what: str
    is_done: bool
    reasons: tuple[str, ...] = ()


def deciding_url() -> str:
    """Where chosen lines are posted to."""
    return reverse("desk:decide-many")


def decide_many(request):
    """Decide the chosen lines, with one remark for all; what came of each is shown. Sent twice it is done once."""
    if request.method != "POST":
        return HttpResponseNotAllowed(("POST",))
    if not decides(request.user):
        raise RightRefused("approvals")
    try:
        key = uuid.UUID(request.POST.get(FORM_KEY, ""))
    except ValueError:
        return page(400, NO_KEY)
    deed, chosen = request.POST.get("deed", ""), list(dict.fromkeys(request.POST.getlist("line")))
    remark = request.POST.get("remark", "").replace("\r\n", "\n")
    if deed not in MANY or len(chosen) > MOST_AT_ONCE or len(remark) > LONGEST_WORDS or "\x00" in remark:
        return page(400, _("The value of the filter is not valid."))
    if not chosen:
        return page(400, _("Choose at least one line."))
    if not _spend(request, key):
        return HttpResponseRedirect(reverse("desk:approvals"))
    results = [_decide(request, name, deed, remark) for name in chosen]
    context = {
        "title": _("What came of it"),
        "results": results,
        "done": sum(result.is_done for result in results),
        "left": sum(not result.is_done for result in results),
        "back_url": reverse("desk:approvals"),
    }
    return drawn(request, "complaints/approvals_done.html", context)


def _spend(request, key: uuid.UUID) -> bool:
    try:
        with transaction.atomic():
            spent = SpentFormKey(key=key, person=request.user, led_to=reverse("desk:approvals"), at=moment(request))
            spent.save(force_insert=True)
    except IntegrityError:
        return False
    return True


def _decide(request, name: str, deed: str, remark: str) -> Decided:
    """One line, by the very action of its button, in a transaction of its own; a failure leaves no trace of it."""
    kind_name, _dash, number = name.partition("-")
    kind = KINDS.get(kind_name)
    is_number = number.isascii() and number.isdecimal() and len(number) < 16
    row = kind.waiting(request).filter(pk=int(number)).first() if kind and is_number else None
    if row is None:
        return Decided("", "", name, False, (_("This request does not wait any more."),))
    told = partial(Decided, *kind.place(row, kind_name), str(row._meta.verbose_name))
    if deed not in kind.deeds:
        return told(False, (_("This kind of request has no such answer; open the line."),))
    seen = request.POST.get(f"seen-{name}", "")
    if seen != kind.seen(row):
        return told(False, (_("The request changed after you opened the page. Look at it again."),))
    run, words = kind.deeds[deed]
    given = ({words: remark} if words else {}) | ({kind.bound: seen} if kind.bound and deed == "approve" else {})
    try:
        run(row.pk, by=request.user, at=moment(request), **given)
    except RuleBroken as broken:
        return told(False, tuple(map(say, broken.violations)))
    except CaseMovedOn:
        return told(False, (_("Somebody was faster. Look at it again."),))
    except Refused as refused:
        return told(False, (_refused_by_the_database(refused),))
    except PermissionDenied:
        note_refusal(request, kind.right, row._meta.label_lower, row.pk)
        return told(False, (_("You may not decide this request."),))
    return told(True)


def _refused_by_the_database(refused: Refused) -> str:
    code = getattr(refused, "code", "")
    if code in registered():
        return say(Violation(code))
    return _("The database does not allow this: %(code)s.") % {"code": code}


register_page("approvals/decide/", decide_many, "decide-many")
