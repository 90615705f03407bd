"""The text of a settlement agreement: the policy's template, filled with the plan, the sums and the dates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.timezone import localtime
from django.utils.translation import override

from casemgmt.money import amount_shown
from complaints.models import Complaint, HandlingPlan, PlanOption
from complaints.places import language_of
from complaints.template_values import names, values_of
from policies.rules.filling import parts_of
from policies.values import Template

TEMPLATE = "settlement_agreement"
"""The key of the template that policies hold for it."""


@dataclass(frozen=True, slots=True)
class AgreementText:
    """A text with the sum of what it promises; `gaps` name what the case cannot fill."""

    words: str
    amount: Decimal | None
    gaps: tuple[str, ...]


def text_of(
    case: Complaint,
    plan: HandlingPlan,
    options: Iterable[PlanOption],
    template: Template,
    *,
    due_at: datetime | None,
    more: str,
    by,
    at: datetime,
) -> AgreementText:
    """The agreement in the customer's language; `more` are further terms, as they were typed."""
    options = list(options)
    amounts = [option.amount for option in options if option.amount is not None]
    total = sum(amounts, Decimal(0)) if amounts else None
    currency = options[0].currency if options else ""
    language = language_of(case.customer)
    with override(language):
        lines = [_line(number, option) for number, option in enumerate(options, 1)]
    if more.strip():
        lines.append(f"{len(lines) + 1}. {more.strip()}")
    values = values_of(case, person=by, at=at) | {
        "plan": "\n".join(lines),
        "amount": amount_shown(total, currency) if total is not None else "—",
        "due": f"{localtime(due_at):%Y-%m-%d %H:%M}" if due_at is not None else "",
        "reason": plan.explanation.words or "",
    }
    parts = parts_of(template.texts.in_language(language), values, names())
    words = "".join(part.words for part in parts)
    return AgreementText(words, total, tuple(dict.fromkeys(part.words for part in parts if part.is_gap)))


def _line(number: int, option: PlanOption) -> str:
    amount = amount_shown(option.amount, option.currency) if option.amount is not None else ""
    described = option.words.words if option.words is not None else ""
    said = " ".join(part for part in (option.get_remedy_display(), amount) if part)
    return f"{number}. {said}" + (f" – {described}" if described else "")
