"""What customers are owed under a draft: every open case asked again on what is known now."""

from collections.abc import Iterator, Sequence

from complaints.actions.entitling import answers_of
from complaints.models import Complaint
from complaints.states import OPEN
from policies.dry_running import Comparison, Effect
from policies.lookup import policies_read_once


def amounts_moved(comparison: Comparison, case_ids: Sequence[int]) -> Iterator[Effect]:
    """Each open case in which the answer of the draft's entitlement differs from the one in force."""
    for case in Complaint.objects.filter(pk__in=case_ids, state__in=OPEN).order_by("pk"):
        old, new = (_answer(case, book, comparison) for book in (comparison.before, comparison.after))
        if old == new:
            continue
        is_money = old[1] is not None and new[1] is not None
        how = "other" if not is_money else "more" if new[1] > old[1] else "less"
        told = [str(amount) if amount is not None else verdict for verdict, amount in (old, new)]
        yield Effect(case.pk, case.case_number, True, "amount", comparison.key, how, *told)


def _answer(case: Complaint, book, comparison: Comparison) -> tuple[str, object]:
    with policies_read_once(book):
        answers = answers_of(case, comparison.at)
    for row, answer in answers:
        if row.code == comparison.key:
            return str(answer.verdict), answer.amount
    return "", None
