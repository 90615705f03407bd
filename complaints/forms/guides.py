"""What stands beside a form before it is sent: what is left of the limits, what each kind needs, which remedies fit."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from casemgmt.money import amount_shown
from complaints.models import CompensationGrant, Complaint
from complaints.vocabulary import EvidenceType, Remedy
from policies.lookup import PoliciesInForce, policies_in_words
from policies.rules.authority import LimitLine, Rung
from policies.rules.remedies import Fit
from policies.values import CompensationKind, Label, RemedyRule
from policies.words.facts import OWED_WORDS, fact_name

LIMITS = {
    "per_grant": gettext_lazy("one grant"),
    "per_case": gettext_lazy("this case and those merged with it"),
    "per_customer": gettext_lazy("this customer and order, %(days)s days"),
    "per_day": gettext_lazy("today, by whose word it is"),
}
CLASSES = {
    "virtual": gettext_lazy("1 · Virtual, offered first"),
    "cash_like": gettext_lazy("2 · Cash-class; say why nothing virtual comes first"),
    "refund": gettext_lazy("3 · Refund, bounded by what was paid"),
}


class LineLeft(NamedTuple):
    """A limit as words: the most, what is counted already, what is left; with an amount also whether it holds."""

    label: str
    most: str
    already: str
    amount: str
    left: str
    holds: bool


class RungLeft(NamedTuple):
    """A rung with its lines, the edition behind it, and whose word it is."""

    title: str
    policy: str
    whose: str
    lines: tuple[LineLeft, ...]
    carries: bool
    is_open: bool


class KindNeeds(NamedTuple):
    """A kind of compensation: what it needs, and by when it is paid."""

    label: str
    needs: str
    paid: str


@dataclass(frozen=True, slots=True)
class GrantGuide:
    """Beside the form of a grant."""

    kinds: tuple[tuple[str, tuple[KindNeeds, ...]], ...]


@dataclass(frozen=True, slots=True)
class FittingLine:
    """A line of the matrix that speaks on the case."""

    remedies: str
    why: str
    owed: str
    laws: str
    against: str
    policy: str


@dataclass(frozen=True, slots=True)
class PlanGuide:
    """Beside the form of a plan. `undecided` are lines that would fit, with the facts they lack."""

    lines: tuple[FittingLine, ...]
    undecided: tuple[tuple[str, str, str], ...]


def _said(label: Label) -> str:
    return label.in_language(get_language() or "zh-hans")


def rungs_in_words(rungs: Iterable[Rung], amount: Decimal | None = None) -> tuple[RungLeft, ...]:
    """Every rung with its arithmetic; one query for the editions."""
    rungs = tuple(rungs)
    words = policies_in_words(rung.limit.policy_id for rung in rungs)
    return tuple(_rung(rung, words[rung.limit.policy_id], amount) for rung in rungs)


def _rung(rung: Rung, words, amount) -> RungLeft:
    limit = rung.limit
    others = ngettext("%(n)s other person must agree", "%(n)s other people must agree", limit.approvers)
    return RungLeft(
        title=words.title,
        policy=_("edition %(edition)s") % {"edition": words.edition},
        whose=others % {"n": limit.approvers} if limit.approvers else _("own word is enough"),
        lines=tuple(_line(line, limit, amount) for line in rung.lines),
        carries=rung.carries,
        is_open=rung.is_open,
    )


def limit_label(name: str, days: int) -> str:
    """What a limit counts, in words."""
    return str(LIMITS[name]) % {"days": days}


def _line(line: LimitLine, limit, amount) -> LineLeft:
    return LineLeft(
        limit_label(line.name, limit.window_days),
        amount_shown(line.most, limit.currency),
        amount_shown(line.already, limit.currency),
        amount_shown(line.amount, limit.currency) if amount is not None else "",
        amount_shown(line.left, limit.currency),
        line.holds,
    )


def grant_guide(policies: PoliciesInForce) -> GrantGuide:
    """What each kind needs, virtual kinds first."""
    piles: dict[str, list[KindNeeds]] = {name: [] for name in CLASSES}
    for kind in sorted(policies.compensation_kinds.values(), key=lambda kind: (kind.order, kind.code)):
        piles["refund" if kind.is_refund else kind.kind_class].append(_kind(kind))
    return GrantGuide(
        tuple((str(CLASSES[name]), tuple(found)) for name, found in piles.items() if found),
    )


def _kind(kind: CompensationKind) -> KindNeeds:
    types = dict(EvidenceType.choices)
    needs = [_("our own fault")] if kind.needs_our_fault else []
    needs += [str(types.get(name, name)) for name in kind.needs_evidence]
    days = kind.payout_working_days
    paid = ngettext("paid within %(n)s working day", "paid within %(n)s working days", days) % {"n": days}
    return KindNeeds(_said(kind.label), _(", ").join(needs), paid)


def plan_guide(policies: PoliciesInForce, fit: Fit) -> PlanGuide:
    """Which lines of the matrix speak on the case, and which would if somebody stated their facts."""
    words = policies_in_words(rule.policy_id for rule in fit.rules)
    return PlanGuide(
        tuple(_fitting(rule, words[rule.policy_id], policies) for rule in fit.rules),
        tuple((_said(rule.label), fact_name(", ".join(missing)), ",".join(missing)) for rule, missing in fit.undecided),
    )


def _fitting(rule: RemedyRule, words, policies) -> FittingLine:
    laws = [policies.legal_references[code] for code in rule.law if code in policies.legal_references]
    return FittingLine(
        remedies=in_remedy_words(rule.remedies),
        why=_said(rule.why),
        owed=str(OWED_WORDS[rule.owed_by]) if rule.owed_by else "",
        laws="; ".join(_said(law.label) for law in laws),
        against=_said(rule.against) if rule.against else "",
        policy=_("%(title)s, edition %(edition)s") % {"title": words.title, "edition": words.edition},
    )


def in_remedy_words(codes: Iterable[str]) -> str:
    """Remedies as words with commas."""
    words = dict(Remedy.choices)
    return _(", ").join(str(words.get(code, code)) for code in codes)


def remedy_choices(fit: Fit) -> list:
    """Every remedy, those that fit first; without a line that speaks on the case they stand in one list."""
    words = dict(Remedy.choices)
    if not any(rule.when for rule in fit.rules):
        return list(Remedy.choices)
    others = [(code, label) for code, label in Remedy.choices if code not in fit.codes]
    fitting = [(code, words[code]) for code in fit.codes]
    return [(_("Fits the facts of this case"), fitting), (_("Another one, with a reason"), others)]


def case_behind(row: Complaint | CompensationGrant) -> Complaint:
    """The case of a form that stands on the case or on its grant."""
    return row if isinstance(row, Complaint) else row.case
