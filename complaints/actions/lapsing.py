"""A yes to money ends when the facts it rests on change: whoever notes the fact makes the request a draft again."""

from datetime import datetime

from casemgmt.ledger import signed
from complaints import notices
from complaints.actions.weighing_money import digest_of
from complaints.models import Complaint
from complaints.states import GrantState
from policies.lookup import policies_in_force

HANDED_IN = (GrantState.AWAITING_APPROVAL, GrantState.APPROVED)


def lapse_changed_grants(case: Complaint, *, by, at: datetime) -> int:
    """Make drafts again of the grants of this case whose content is no longer what was handed in; how many.

    For holders of the case's lock, after the fact was written. The promise to pay stands as it was given; the asker
    is told, and asks anew. The second time finds none.
    """
    grants = case.grants.filter(state__in=HANDED_IN).select_related("basis", "order_of_offers_reason", "payee")
    policies = policies_in_force(at) if (found := list(grants)) else None
    changed = [grant for grant in found if digest_of(grant, case, policies) != grant.content_digest]
    for grant in changed:
        with signed(by=by, reason="grant.lapsed", at=at):
            grant.lapse()
            grant.save()
        notices.queue(
            case,
            "notice.grant_lapsed",
            to=grant.asked_by,
            at=at,
            params={"amount": str(grant.amount), "currency": grant.currency},
            about=grant,
        )
    return len(changed)
