"""Words under a draft: which messages of ours would be kept back, and which would go out after all."""

from collections.abc import Iterator, Sequence

from complaints.actions.wording import findings_in
from complaints.dry_runs.effects import blocks_moved
from complaints.models import Contact
from complaints.rules.contacting import CALLS
from complaints.rules.wording import Agreed, kept_back
from complaints.vocabulary import Direction
from policies.dry_running import Comparison, Effect
from policies.lookup import policies_read_once


def words_judged(comparison: Comparison, case_ids: Sequence[int]) -> Iterator[Effect]:
    """Each message of ours that the wording check would keep back, or let go, with the draft."""
    said = Contact.objects.filter(case_id__in=case_ids, direction=Direction.OUTGOING).exclude(channel__in=CALLS)
    said = said.select_related("case", "words").order_by("case_id", "pk")
    for contact in said.prefetch_related("case__grants", "case__plans__options"):
        words = contact.words.words if contact.words else None
        if not words:
            continue
        found = []
        for book in (comparison.before, comparison.after):
            with policies_read_once(book):
                stands = findings_in(contact.case, words, at=contact.occurred_at, channel=contact.channel)
            found.append(sorted({finding.phrase.code for finding in kept_back(stands, Agreed())}))
        yield from blocks_moved(contact.case, "message", found)
