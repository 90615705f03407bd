"""Codes of policies in the history pages, in the words of the policies: no reader knows “product.quality”."""

from functools import partial

from django.utils.translation import gettext as _

from casemgmt.adminkit.stored_words import say_codes
from complaints.models import Clock, CompensationGrant, Complaint, Escalation, FollowUpCall, Pause, RefusalProposal
from policies.lookup import labels_of, policies_in_words

CODES = (
    (Complaint, "category", "category"),
    (CompensationGrant, "kind", "compensation_kind"),
    (CompensationGrant, "legal_reference", "legal_reference"),
    (RefusalProposal, "ground", "refusal_ground"),
    (RefusalProposal, "legal_reference", "legal_reference"),
    (RefusalProposal, "company_rule", "company_rule"),
)
ROWS = (
    (Clock, "policy_id"),
    (Escalation, "policy_id"),
    (FollowUpCall, "policy_id"),
    (Pause, "policy_id"),
    (CompensationGrant, "limit_policy_id"),
    (RefusalProposal, "ground_policy_id"),
    (RefusalProposal, "legal_policy_id"),
    (RefusalProposal, "company_rule_policy_id"),
)


def editions(numbers) -> dict[int, str]:
    """Title and edition of the policy rows that a decision cites."""
    return {
        number: _("%(title)s, edition %(edition)s") % {"title": words.title, "edition": words.edition}
        for number, words in policies_in_words(numbers).items()
    }


for model, name, kind in CODES:
    say_codes(model, name, partial(labels_of, kind))
for model, name in ROWS:
    say_codes(model, name, editions)
