"""The differences that a draft makes in a case, told as figures and codes; nothing of any person."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from complaints.models import Complaint
from complaints.states import OPEN
from policies.dry_running import Effect

LONGEST = 200


def blocks_moved(case: Complaint, name: str, found: Sequence[Sequence[str]]) -> Iterator[Effect]:
    """The difference between what stood against something and what would, as codes."""
    if list(found[0]) != list(found[1]):
        verdict = "allowed" if not found[1] else "other_reason" if found[0] else "refused"
        yield _effect(case, "block", name, verdict, *(", ".join(codes) for codes in found))


def waits_moved(case: Complaint, name: str, found: Sequence[Sequence[str]]) -> Iterator[Effect]:
    """The difference between what a step of the case waited for and what it would wait for, as codes."""
    before, after = (list(dict.fromkeys(codes)) for codes in found)
    if set(before) != set(after):
        verdict = "waits_for_other"
        if set(before) < set(after):
            verdict = "waits_for_more"
        elif set(after) < set(before):
            verdict = "waits_for_less"
        yield _effect(case, "block", name, verdict, ", ".join(before), ", ".join(after))


def reading_moved(
    case: Complaint, name: str, texts: Sequence[str], found: Sequence[Sequence[str]], is_kept_back: bool
) -> Iterator[Effect]:
    """A text that reads differently, "" where there is none; told are the phrases that were found in each one.

    `is_kept_back`: the text after could not be sent for something that the text before does not hold.
    """
    if texts[0] != texts[1]:
        verdict = "kept_back" if is_kept_back else "reads_otherwise"
        if not is_kept_back and not all(texts):
            verdict = "disappears" if texts[0] else "appears"
        told = ("" if not text else ", ".join(codes) or "passes" for text, codes in zip(texts, found, strict=True))
        yield _effect(case, "text", name, verdict, *told)


def offers_moved(case: Complaint, name: str, before: Sequence[str], after: Sequence[str]) -> Iterator[Effect]:
    """The difference between what is offered to choose from, the best first, as codes."""
    if list(before) != list(after):
        yield _effect(case, "block", name, "offers_other", ", ".join(before), ", ".join(after))


def moments_moved(case: Complaint, name: str, before: datetime | None, after: datetime | None) -> Iterator[Effect]:
    """The difference between two moments; one that is not there any more disappears, a new one appears."""
    if before != after:
        if before is None or after is None:
            verdict = "appears" if before is None else "disappears"
        else:
            verdict = "earlier" if after < before else "later"
        told = (moment.isoformat() if moment else "" for moment in (before, after))
        yield _effect(case, "due", name, verdict, *told)


def counts_moved(case: Complaint, name: str, before: int, after: int) -> Iterator[Effect]:
    """The difference between how often something may be done."""
    if before != after:
        yield _effect(case, "limit", name, "more_often" if after > before else "less_often", str(before), str(after))


def _effect(case: Complaint, what: str, name: str, verdict: str, before: str, after: str) -> Effect:
    is_open = case.state in OPEN
    return Effect(case.pk, case.case_number, is_open, what, name, verdict, before[:LONGEST], after[:LONGEST])
