"""Templates under a draft: which open cases would read another text, and what the wording check says to it."""

from collections.abc import Iterator, Sequence
from types import SimpleNamespace
from typing import NamedTuple

from complaints.actions.wording import findings_in
from complaints.dry_runs.effects import reading_moved, waits_moved
from complaints.models import Complaint, WordingOverride
from complaints.places import language_of
from complaints.rules.wording import Agreed, kept_back
from complaints.states import OPEN, OverrideState
from complaints.template_values import names, values_of
from policies.dry_running import Comparison, Effect
from policies.lookup import policies_read_once
from policies.rules.filling import filled, gaps_in, is_word_for_word
from policies.values import Template

NOBODY_YET = SimpleNamespace(name="…")
"""Whoever will write where a case has no handler; their name is always known."""
CASE_BY_CASE = "message"
"""Messages are offered on the channels of the template; a script or letter may be needed in any case."""


class Reading(NamedTuple):
    """A template in one case: its text with the gaps of that case filled, and the names of those that nothing fills.

    `words` is empty where the template is not offered.
    """

    words: str = ""
    gaps: tuple[str, ...] = ()


def reading_of(row: Template | None, case: Complaint, at) -> Reading:
    """What the template reads like in this case at `at`; personal data are masked as they are when one writes."""
    text = text_for(row, case)
    if not text:
        return Reading()
    used = gaps_in(text)
    values = values_of(case, person=case.handler or NOBODY_YET, at=at, only=used)
    return Reading(filled(text, values, names()), tuple(name for name in used if not values.get(name)))


def text_for(row: Template | None, case: Complaint) -> str:
    """The template's own text in the language of the case's customer; "" where the template is not offered."""
    if row is None or (row.form == CASE_BY_CASE and case.channel not in row.channels):
        return ""
    return row.texts.in_language(language_of(case.customer))


def with_what_texts_need(cases):
    """The cases with what fills texts and covers promises, a few queries for all of them."""
    cases = cases.select_related("customer", "order", "product", "shop", "handler")
    return cases.prefetch_related("grants", "plans__options")


def channel_of(row: Template | None, case: Complaint) -> str:
    """The channel on which the text would go out: that of the case, or the first on which the template is kept."""
    return case.channel if row is None or case.channel in row.channels else row.channels[0]


def texts_judged(comparison: Comparison, case_ids: Sequence[int]) -> Iterator[Effect]:
    """Each open case that would read another text or keep other gaps, and each text that waits for a yes.

    Told are the codes of phrases that the wording check finds and the names of gaps. The texts hold what is the
    case's own and stand in no table; `complaints.dry_runs.filled_texts` makes them again for whoever reads.
    """
    books = (comparison.before, comparison.after)
    rows = [book.on(comparison.at).templates.get(comparison.key) for book in books]
    cases = with_what_texts_need(Complaint.objects.filter(pk__in=case_ids, state__in=OPEN))
    for case in cases.order_by("pk"):
        if text_for(rows[0], case) == text_for(rows[1], case):
            continue
        readings = [reading_of(row, case, comparison.at) for row in rows]
        found, held = [], []
        for book, row, reading in zip(books, rows, readings, strict=True):
            with policies_read_once(book):
                stands = findings_in(case, reading.words, at=comparison.at, channel=channel_of(row, case))
            found.append(_codes_of(stands))
            held.append(_codes_of(kept_back(stands, Agreed())))
        is_kept_back = bool(set(held[1]) - set(held[0]))
        yield from reading_moved(case, "template", [reading.words for reading in readings], found, is_kept_back)
        yield from waits_moved(case, "gaps", [[f"gap.{name}" for name in reading.gaps] for reading in readings])
    yield from _waiting(comparison, case_ids, rows)


def _codes_of(findings) -> list[str]:
    return sorted({finding.phrase.code for finding in findings})


def _waiting(comparison: Comparison, case_ids: Sequence[int], rows) -> Iterator[Effect]:
    waiting = WordingOverride.objects.filter(case_id__in=case_ids, case__state__in=OPEN, state=OverrideState.ASKED)
    for override in waiting.select_related("case", "words").order_by("case_id", "pk"):
        words = override.words.words or ""
        found = [["template"] if words and _is_of(row, words) else [] for row in rows]
        yield from waits_moved(override.case, "words_agreed_to", found)


def _is_of(row: Template | None, words: str) -> bool:
    return row is not None and any(is_word_for_word(text, words) for _language, text in row.texts.each())
