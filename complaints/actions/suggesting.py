"""What a case teaches about our own rules: a supervisor suggests to change a policy (S-CLO-06, 08, S-TAB-17)."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from casemgmt.violations import Violation, demand
from complaints.models import Complaint
from complaints.roles import demand_right
from policies.suggesting import suggest_change


def why_not_suggest(case: Complaint, *, by, at: datetime) -> list[Violation]:
    """Any case that was judged may teach something, an ended one above all."""
    return [] if case.assessments.exists() else [Violation("suggestion.nothing_learnt_yet")]


@transaction.atomic
def suggest_policy_change(case_id: int, *, by, at: datetime, policy: str, aim: str, words: str):
    """Send the policy editors a suggestion that names this case by its number alone; they see no case.

    `policy` is "kind:key" of a policy in force. A second call sends a second one.
    """
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "case.supervise", case, at=at)
    if not by.has_perm("policies.propose_policy"):
        raise PermissionDenied("policies.propose_policy")
    demand(why_not_suggest(case, by=by, at=at))
    return suggest_change(policy, by=by, at=at, words=words, aim=aim, case_id=case.pk, case_number=case.case_number)
