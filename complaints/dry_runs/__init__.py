"""What a draft of a policy would change in the cases: the same rules as for real decisions, asked with the draft."""

from complaints.dry_runs.cases import CASES
from complaints.dry_runs.deadlines import clocks_moved, ladders_moved
from complaints.dry_runs.entitlements import amounts_moved
from complaints.dry_runs.money import authorities_moved, grants_judged
from complaints.dry_runs.refusals import refusals_judged
from complaints.dry_runs.talks import calls_judged
from complaints.dry_runs.wordings import words_judged
from policies.dry_running import register_cases, register_replay

__all__ = ["register_all"]


def register_all() -> None:
    """Tell the policies what can be replayed here, by the kinds that decide it."""
    register_cases(CASES)
    register_replay(["clock", "calendar"], clocks_moved)
    register_replay(["escalation"], ladders_moved)
    register_replay(["limit"], authorities_moved)
    register_replay(["compensation_kind"], grants_judged)
    register_replay(["refusal_ground"], refusals_judged)
    register_replay(["calling_window"], calls_judged)
    register_replay(["phrase"], words_judged)
    register_replay(["entitlement"], amounts_moved)
