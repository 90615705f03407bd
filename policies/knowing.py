"""What staff can look up, as entries to read and to search: articles, taboos with their reasons, clauses of law."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from policies.lookup import PoliciesInForce, policies_in_force
from policies.values import Knowledge, Label, LegalReference, Phrase
from policies.words.knowledge import TOPICS
from policies.words.phrases import SEVERITIES

TABOOS, LAW = "taboos", "law"


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to read. `sought` is everything by which it is found, in both languages; `row` its policy."""

    anchor: str
    topic: str
    subject: str
    lines: tuple[str, ...]
    row: int
    note: str = ""
    law: tuple[tuple[str, str], ...] = ()
    sought: str = ""

    def says(self, words: Iterable[str]) -> bool:
        """Whether all of these words are in it; case makes no difference."""
        return all(word in self.sought for word in words)


def topics() -> dict[str, str]:
    """Every topic by code, in the order of the page and the reader's language."""
    named = {code: str(label) for code, label in TOPICS.items()}
    return named | {TABOOS: _("What must not be said"), LAW: _("Law")}


def entries_at(at: datetime) -> list[Entry]:
    """Everything that can be looked up at this instant, in the order of the page."""
    policies = policies_in_force(at)
    return [
        *(_article(article, policies) for article in articles_of(policies)),
        *(_taboo(phrase, policies) for phrase in policies.phrases.values()),
        *(_clause(clause) for clause in policies.legal_references.values()),
    ]


def articles_of(policies: PoliciesInForce) -> list[Knowledge]:
    """The articles by topic, then in the order of the pack."""
    order = list(TOPICS)
    return sorted(policies.knowledge.values(), key=lambda article: (order.index(article.topic), article.order))


def articles_for(place: str, at: datetime) -> list[Entry]:
    """The articles that stand beside what one does there."""
    policies = policies_in_force(at)
    return [_article(article, policies) for article in articles_of(policies) if place in article.places]


def found_in(entries: Iterable[Entry], text: str, topic: str = "") -> list[Entry]:
    """The entries of a topic ("" for all) that hold every word of the text."""
    words = text.casefold().split()
    return [entry for entry in entries if (not topic or entry.topic == topic) and entry.says(words)]


def _article(article: Knowledge, policies: PoliciesInForce) -> Entry:
    return Entry(
        anchor=f"k-{article.code}",
        topic=article.topic,
        subject=_read(article.label),
        lines=tuple(_read(article.text).splitlines()),
        row=article.policy_id,
        law=_clauses(article.law, policies),
        sought=_sought(article.label, article.text, *article.keywords),
    )


def _taboo(phrase: Phrase, policies: PoliciesInForce) -> Entry:
    kept = (_("Kept by: %(what)s") % {"what": _read(phrase.kept_by)},) if phrase.kept_by else ()
    return Entry(
        anchor=f"p-{phrase.code}",
        topic=TABOOS,
        subject=_read(phrase.label),
        lines=(
            _("Why: %(why)s") % {"why": _read(phrase.why)},
            _("Instead: %(instead)s") % {"instead": _read(phrase.instead)},
            *kept,
        ),
        row=phrase.policy_id,
        note=str(SEVERITIES[phrase.gravity]),
        law=_clauses(phrase.law, policies),
        sought=_sought(phrase.label, phrase.why, phrase.instead, *phrase.forms),
    )


def _clause(clause: LegalReference) -> Entry:
    mark = _("found in the text") if clause.mark == "F" else _("not verified")
    article = (clause.article,) if clause.article != "-" else ()
    return Entry(
        anchor=f"l-{clause.code}",
        topic=LAW,
        subject=_read(clause.label),
        lines=(
            _read(clause.figure),
            _("Counted from: %(start)s") % {"start": _read(clause.starts_from)},
            " · ".join((*article, *clause.regions, clause.found_in)),
        ),
        row=clause.policy_id,
        note=mark,
        sought=_sought(clause.label, clause.figure, clause.starts_from, clause.article, clause.found_in),
    )


def _clauses(codes: Iterable[str], policies: PoliciesInForce) -> tuple[tuple[str, str], ...]:
    known = policies.legal_references
    return tuple((f"l-{code}", _read(known[code].label)) for code in codes if code in known)


def _read(label: Label) -> str:
    return label.in_language(get_language() or "zh-hans")


def _sought(*parts: Label | str) -> str:
    return "\n".join(f"{part.en}\n{part.zh}" if isinstance(part, Label) else part for part in parts).casefold()
