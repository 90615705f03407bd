"""What the customer is owed, as cards: the answer, its arithmetic, the facts, what is missing, clause and policy."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from casemgmt.adminkit.pages import Fact, FactGroup, Link, Piece
from casemgmt.money import amount_shown
from casemgmt.sentences import say
from complaints.actions.entitling import answers_of
from complaints.actions.knowing import Known, known_of
from complaints.admin.base import action_url, entitlements_url, holds
from complaints.models import Complaint
from complaints.rules.knowing import STATABLE
from complaints.vocabulary import Remedy
from policies.lookup import PoliciesInForce, PolicyWords, policies_in_words
from policies.rules.answering import Answer
from policies.values import Entitlement, LegalReference
from policies.words.facts import fact_name, fact_value

MARKS = {"owed": "met", "unknown": "soon", "not_owed": "blocked"}
VERDICTS = {
    "owed": pgettext_lazy("answer", "owed"),
    "unknown": gettext_lazy("cannot be told yet"),
    "not_owed": pgettext_lazy("answer", "not owed"),
}
RISKS = frozenset({"delay", "burden_of_proof"})
"""Rules that give the customer nothing by themselves: they apply or not."""

APPLIES = {
    "owed": pgettext_lazy("answer", "applies"),
    "unknown": VERDICTS["unknown"],
    "not_owed": pgettext_lazy("answer", "does not apply"),
}
HEADINGS = {
    "owed": gettext_lazy("Owed on what is known"),
    "unknown": gettext_lazy("Cannot be told yet"),
    "not_begun": gettext_lazy("Nothing is known of these yet"),
    "not_owed": gettext_lazy("Not owed"),
}
FOLDED = ("not_begun", "not_owed")
MENDED_BY = {
    "price": "record-order",
    "received_on": "record-order",
    "signed_by": "record-order",
    "responsible_party": "record-finding",
    "damage_cause": "record-finding",
    "verdict": "establish",
    "category": "edit-facts",
}
"""Facts with a record of their own, and the action that puts it right."""

ORIGINS = {
    "order": gettext_lazy("order"),
    "finding": gettext_lazy("finding"),
    "judgement": gettext_lazy("judgement"),
    "case": gettext_lazy("case"),
}


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause with its figure, and how sure we are of its text."""

    title: str
    figure: str
    mark: str
    found_in: str


@dataclass(frozen=True, slots=True)
class Card:
    """One entitlement with its answer. `state_all` opens the form for everything that is missing."""

    code: str
    title: str
    verdict: str
    verdict_words: str
    mark: str
    gives: str
    amount: str
    until: str
    steps: tuple[str, ...]
    used: tuple[Fact, ...]
    missing: tuple[Link, ...]
    helpful: str
    state_all: Link | None
    clauses: tuple[Clause, ...]
    policy: str
    source: str
    remedies: str
    record: Link | None = None


@dataclass(frozen=True, slots=True)
class Pile:
    """The cards of one answer; what is not owed, or of what nothing is known, is folded away."""

    title: str
    cards: tuple[Card, ...]
    is_folded: bool


def piles_of(request, case: Complaint, at: datetime, policies: PoliciesInForce) -> tuple[Pile, ...]:
    """Every entitlement that binds the shop of the case, by its answer."""
    answers, known = answers_of(case, at), known_of(case)
    words = policies_in_words(row.policy_id for row, _answer in answers)
    may_state = case.is_open and holds(request, "case.edit_facts", case, at)
    may_record = case.is_open and holds(request, "case.handle", case, at)
    cards = [
        card_of(
            case,
            row,
            answer,
            words[row.policy_id],
            [policies.legal_references[code] for code in row.law if code in policies.legal_references],
            known,
            may_state=may_state,
            may_record=may_record,
        )
        for row, answer in answers
    ]
    return tuple(
        Pile(str(heading), found, name in FOLDED)
        for name, heading in HEADINGS.items()
        if (found := tuple(card for card in cards if _pile_of(card) == name))
    )


def _pile_of(card: Card) -> str:
    return "not_begun" if card.verdict == "unknown" and not card.used else card.verdict


def card_of(
    case: Complaint,
    row: Entitlement,
    answer: Answer,
    words: PolicyWords,
    laws: Iterable[LegalReference],
    known: dict[str, Known],
    *,
    may_state: bool = False,
    may_record: bool = False,
) -> Card:
    """One entitlement as a card; without rights it has nothing to press."""
    language = get_language() or "zh-hans"
    record = Link(_("Write it down"), f"{action_url(case, 'record-entitlement')}?entitlement={row.code}", sheet=True)
    remedies = dict(Remedy.choices)
    return Card(
        code=row.code,
        title=row.label.in_language(language),
        verdict=answer.verdict,
        verdict_words=str((APPLIES if row.rule in RISKS else VERDICTS)[answer.verdict]),
        mark=MARKS[answer.verdict],
        gives=row.gives.in_language(language),
        amount=amount_shown(answer.amount, row.currency or "") if answer.amount is not None else "",
        until=date_format(answer.until, "SHORT_DATE_FORMAT") if answer.until is not None else "",
        steps=tuple(say(step) for step in answer.steps),
        used=tuple(used_fact(name, value, known.get(name)) for name, value in answer.used.items()),
        missing=tuple(_way_to(case, name, may_state) for name in answer.missing),
        helpful=fact_name(", ".join(answer.helpful)) if answer.helpful and answer.verdict != "not_owed" else "",
        state_all=_state_all(case, answer) if may_state else None,
        clauses=tuple(
            Clause(law.label.in_language(language), law.figure.in_language(language), law.mark, law.found_in)
            for law in laws
        ),
        policy=_("%(title)s, edition %(edition)s") % {"title": words.title, "edition": words.edition},
        source=words.source,
        remedies=_(", ").join(str(remedies.get(code, code)) for code in row.remedies),
        record=record if may_record else None,
    )


def used_fact(name: str, value, known: Known | None) -> Fact:
    """A fact that spoke, with where it comes from."""
    said = fact_value(value)
    if known is None or known.value != value:
        return Fact(fact_name(name), said)
    if known.stated is not None:
        origin = _("stated by %(name)s, %(day)s") % {
            "name": known.stated.stated_by.name, "day": date_format(known.stated.stated_at, "SHORT_DATE_FORMAT"),
        }  # fmt: skip
    else:
        origin = str(ORIGINS[known.origin])
    return Fact(fact_name(name), f"{said} · {origin}")


def _way_to(case: Complaint, name: str, may_state: bool) -> Link:
    """A missing fact, with where it can be filled in; without the right it is only named."""
    if not may_state:
        return Link(fact_name(name), "")
    if name in STATABLE:
        return Link(fact_name(name), f"{action_url(case, 'state-facts')}?{urlencode({'facts': name})}", sheet=True)
    action = MENDED_BY.get(name)
    return Link(fact_name(name), action_url(case, action) if action else "", sheet=True)


def _state_all(case: Complaint, answer: Answer) -> Link | None:
    names = [name for name in (*answer.missing, *answer.helpful) if name in STATABLE]
    if not names or answer.verdict == "not_owed":
        return None
    query = urlencode({"facts": ",".join(dict.fromkeys(names))})
    return Link(_("State what is missing"), f"{action_url(case, 'state-facts')}?{query}", sheet=True)


def entitlements_of(request, case: Complaint, at: datetime, policies: PoliciesInForce) -> FactGroup | None:
    """The group on the case page: the way to what is owed, and the answers that were written down. Asks no query."""
    if not policies.entitlements:
        return None
    language = get_language() or "zh-hans"
    pieces = []
    for row in case.entitlement_answers.all():
        known = policies.entitlements.get(row.entitlement)
        amount = amount_shown(row.amount, row.currency) if row.amount is not None else ""
        note = " · ".join(
            filter(None, (str(VERDICTS[row.verdict]), amount, date_format(row.as_of, "SHORT_DATE_FORMAT")))
        )
        label = known.label.in_language(language) if known else row.entitlement
        pieces.append(Piece(label, note, entitlements_url(case.pk, row.pk), "balance"))
    facts = tuple(
        Fact(fact_name(name), f"{fact_value(known.value)} · {known.stated.stated_by.name}")
        for name, known in known_of(case).items()
        if known.stated is not None
    )
    link = Link(_("What is owed"), entitlements_url(case.pk))
    return FactGroup(_("Entitlements"), facts, pieces=tuple(pieces), link=link, anchor="entitlements")
