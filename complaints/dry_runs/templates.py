"""Templates under a draft: where the new text lacks what the case does not know, and which texts wait in it."""

from collections.abc import Iterator, Sequence
from types import SimpleNamespace

from complaints.dry_runs.effects import waits_moved
from complaints.models import Complaint, WordingOverride
from complaints.places import language_of
from complaints.states import OPEN, OverrideState
from complaints.template_values import values_of
from policies.dry_running import Comparison, Effect
from policies.rules.filling import gaps_in, is_word_for_word

WRITER = SimpleNamespace(name="…")
"""Whoever will write; their name is always known."""


def texts_judged(comparison: Comparison, case_ids: Sequence[int]) -> Iterator[Effect]:
    """Each open case reached on a channel of the template in which other gaps would stay, and each text that waits.

    Gaps are told by their names: what they are filled with is the case's own and stands in no table.
    """
    rows = [book.on(comparison.at).templates.get(comparison.key) for book in (comparison.before, comparison.after)]
    cases = Complaint.objects.filter(pk__in=case_ids, state__in=OPEN)
    cases = cases.select_related("customer", "order", "product", "shop")
    for case in cases.order_by("pk"):
        texts = [_text(row, case) for row in rows]
        gaps = [gaps_in(text) for text in texts]
        if set(gaps[0]) == set(gaps[1]):
            continue
        values = values_of(case, person=WRITER, at=comparison.at)
        yield from waits_moved(
            case, "gaps", [[f"gap.{name}" for name in found if not values.get(name)] for found in gaps]
        )
    yield from _waiting(comparison, case_ids, rows)


def _text(row, case: Complaint) -> str:
    if row is None or case.channel not in row.channels:
        return ""
    return row.texts.in_language(language_of(case.customer))


def _waiting(comparison: Comparison, case_ids: Sequence[int], rows) -> Iterator[Effect]:
    waiting = WordingOverride.objects.filter(case_id__in=case_ids, case__state__in=OPEN, state=OverrideState.ASKED)
    for override in waiting.select_related("case", "words").order_by("case_id", "pk"):
        words = override.words.words or ""
        found = [["template"] if words and _is_of(row, words) else [] for row in rows]
        yield from waits_moved(override.case, "words_agreed_to", found)


def _is_of(row, words: str) -> bool:
    return row is not None and any(is_word_for_word(text, words) for _language, text in row.texts.each())
