"""What a case fills the gaps of a template with; what it does not know stays a gap, and personal data stay masked."""

from collections.abc import Collection
from datetime import datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from casemgmt.money import amount_shown
from complaints.models import Complaint
from complaints.places import language_of
from complaints.refusal_words import told_of_refusal
from complaints.states import EvidenceRequestState, GrantState, PlanState, RefusalState
from policies.rules.filling import VARIABLES

NAMES = {
    "customer": _("customer's surname"),
    "case_number": _("case number"),
    "order_number": _("order number"),
    "goods": _("goods"),
    "shop": _("shop"),
    "enquiries": _("where customers ask about refunds"),
    "handler": _("your name"),
    "amount": _("amount paid"),
    "due": _("next deadline"),
    "reason": _("what was found, in plain words"),
    "evidence": _("what is to be sent"),
    "plan": _("what we do for the customer"),
    "basis": _("rule and law of a refusal"),
    "routes": _("other ways of the customer"),
    "enclosed": _("what goes along with it"),
    "today": _("today's date"),
}
"""variable → what a reader calls it."""
OF_A_REFUSAL = frozenset({"reason", "plan", "basis", "routes", "enclosed"})


def names() -> dict[str, str]:
    """Every variable as the reader of the page calls it."""
    return {name: str(NAMES[name]) for name in VARIABLES}


def values_of(
    case: Complaint, *, person, at: datetime, language: str = "", only: Collection[str] | None = None
) -> dict[str, str]:
    """The values of this case for a text that `person` writes at `at`; "" for what is not known. A few queries.

    `language` is that of the text: what policies say is given in it; without one in that of the customer. `only`
    names the variables that are wanted; what nobody wants is not looked up.
    """
    wanted = VARIABLES if only is None else [name for name in VARIABLES if name in only]
    refusal = _refusal(case) if OF_A_REFUSAL.intersection(wanted) else None
    told = told_of_refusal(refusal, language or language_of(case.customer)) if refusal else {}
    due = case.next_due_at if case.next_due_at and case.next_due_at > at else None
    known = {
        "customer": lambda: _surname(case),
        "case_number": lambda: case.case_number,
        "order_number": lambda: case.order.number if case.order else "",
        "goods": lambda: case.product.name if case.product else "",
        "shop": lambda: case.shop.name if case.shop else "",
        "enquiries": lambda: case.shop.enquiries if case.shop else "",
        "handler": lambda: person.name,
        "amount": lambda: _amount(case),
        "due": lambda: f"{localtime(due):%Y-%m-%d %H:%M}" if due else "",
        "evidence": lambda: _evidence(case),
        "plan": lambda: told.get("plan") or _plan(case),
        "today": lambda: f"{localtime(at):%Y-%m-%d}",
    }
    return {name: known[name]() if name in known else told.get(name, "") for name in wanted}


def _surname(case) -> str:
    """The first character of a Chinese name, which the masked name shows as well; else nothing."""
    shown = str(case.customer.name) if case.customer and case.customer.name else ""
    return shown[:1] if "\u4e00" <= shown[:1] <= "\u9fff" and "*" in shown else ""


def _amount(case) -> str:
    grant = case.grants.filter(state=GrantState.PAID).order_by("-pk").first()
    return amount_shown(grant.amount, grant.currency) if grant else ""


def _refusal(case):
    refusals = case.refusals.filter(state=RefusalState.APPROVED)
    return refusals.select_related("explanation", "alternatives", "routes", "company_policy").order_by("-pk").first()


def _evidence(case) -> str:
    requests = case.evidence_requests.filter(state=EvidenceRequestState.ASKED).select_related("what")
    return "；".join(request.what.words for request in requests.order_by("pk") if request.what.words)


def _plan(case) -> str:
    plans = case.plans.filter(state__in=(PlanState.DRAFTED, PlanState.OFFERED, PlanState.ACCEPTED))
    plan = plans.order_by("-pk").first()
    if plan is None:
        return ""
    options = plan.options.select_related("words")
    if plan.state == PlanState.ACCEPTED:
        options = options.filter(chosen=True)
    words = [option.words.words for option in options if option.words and option.words.words]
    return words[0] if len(words) == 1 else "".join(f"{n}. {said}；" for n, said in enumerate(words, 1)).rstrip("；")
